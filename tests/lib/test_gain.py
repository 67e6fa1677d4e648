"""Gains of a training and quality of questions: known figures, and what holds for all of them."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.gain import (
    Sebaran,
    difficulty,
    discrimination,
    gain,
    gain_class,
    mark,
    normalized_gain,
    point_biserial,
    summary,
    t_quantile,
)


D = Decimal
marks = st.integers(0, 10_000).map(lambda n: D(n) / 100)
pairs = st.lists(st.tuples(marks, marks), max_size=40)
answers = st.lists(st.tuples(marks, st.booleans()), min_size=10, max_size=60)


@pytest.mark.parametrize(
    ("benar", "semua", "nilai"), [(2, 3, "66.67"), (1, 3, "33.33"), (1, 8, "12.50"), (0, 5, "0"), (5, 5, "100"),
                                  (1, 16, "6.25"), (1, 32, "3.13")]  # 3.125 goes up
)  # fmt: skip
def test_a_mark_is_rounded_once(benar: int, semua: int, nilai: str) -> None:
    assert mark(benar, semua) == D(nilai)


def test_a_test_without_questions_has_no_mark() -> None:
    with pytest.raises(ZeroDivisionError):
        mark(0, 0)


@pytest.mark.parametrize(
    ("pra", "pasca", "poin", "g", "kelas"),
    [
        (40, 82, 42, Fraction(7, 10), "tinggi"),
        (40, D("81.99"), D("41.99"), Fraction(4199, 6000), "sedang"),
        (50, 65, 15, Fraction(3, 10), "sedang"),
        (50, 64, 14, Fraction(28, 100), "rendah"),
        (0, 100, 100, Fraction(1), "tinggi"),
        (80, 60, -20, Fraction(-1), "rendah"),
        (100, 100, 0, None, None),
        (100, 90, -10, None, None),
    ],
)
def test_gains_and_their_classes(pra: int, pasca: int, poin: int, g: Fraction | None, kelas: str | None) -> None:
    assert (gain(D(pra), D(pasca)), normalized_gain(D(pra), D(pasca))) == (poin, g)
    assert gain_class(g) == kelas


def test_a_summary_of_pairs() -> None:
    found = summary([(D(40), D(70)), (D(50), D(80)), (D(60), D(70)), (D(100), D(100))])
    assert (found.n, found.pra, found.pasca, found.gain, found.median) == (4, D("62.5"), D(80), D("17.5"), D(20))
    assert found.g == (Fraction(1, 2) + Fraction(3, 5) + Fraction(1, 4)) / 3
    assert (found.kelas, found.seratus) == ("sedang", 1)
    # stdev 15, t(3) 3.1824, 3.1824 × 15 / 2
    assert found.selang == pytest.approx((17.5 - 23.868, 17.5 + 23.868), abs=1e-3)


def test_nobody_and_one_person() -> None:
    assert summary([]).n == 0
    assert summary([]).gain is None
    one = summary([(D(10), D(30))])
    assert (one.gain, one.selang) == (D(20), None)


def test_all_who_knew_everything_before_have_no_normalised_gain() -> None:
    found = summary([(D(100), D(90)), (D(100), D(100))])
    assert (found.g, found.kelas, found.seratus) == (None, None, 2)


@pytest.mark.parametrize(("df", "t"), [(1, 12.7062), (10, 2.2281), (11, 2.2010), (20, 2.0860), (30, 2.0423),
                                       (60, 2.0003), (120, 1.9799), (100_000, 1.96)])  # fmt: skip
def test_students_t_agrees_with_the_tables(df: int, t: float) -> None:
    assert t_quantile(df) == pytest.approx(t, abs=2e-4)


@given(pairs)
def test_the_mean_gain_is_the_difference_of_the_means_and_lies_in_its_interval(rows: list[tuple[D, D]]) -> None:
    found = summary(rows)
    assert found.n == len(rows)
    if rows:
        assert float(found.gain or 0) == pytest.approx(float((found.pasca or 0) - (found.pra or 0)), abs=1e-9)
    if found.selang:
        assert found.selang[0] <= float(found.gain or 0) <= found.selang[1]


@given(marks, marks)
def test_nobody_learns_more_than_there_was_to_learn(pra: D, pasca: D) -> None:
    g = normalized_gain(pra, pasca)
    assert (g is None) == (pra == 100)
    assert g is None or g <= 1


def test_the_share_who_answered_rightly() -> None:
    assert difficulty(3, 4) == Fraction(3, 4)
    assert difficulty(0, 0) is None


def tally(rows: list[tuple[D, bool]]) -> Sebaran:
    """Right answers and all, by mark."""
    marks = Counter(nilai for nilai, _benar in rows)
    return {nilai: (sum(benar for of, benar in rows if of == nilai), n) for nilai, n in marks.items()}


def people(*right: bool) -> Sebaran:
    """Marks 10, 20, … of those who answered in this order."""
    return tally([(D(10 * number), benar) for number, benar in enumerate(right, 1)])


def test_a_question_that_only_the_best_know_discriminates_fully() -> None:
    rows = people(*[False] * 5, *[True] * 5)  # 27 % of ten are three
    assert discrimination(rows) == 1
    assert point_biserial(rows) == pytest.approx(0.8704, abs=1e-4)
    assert discrimination(people(*[True] * 5, *[False] * 5)) == -1


def test_a_question_that_everybody_knows_discriminates_nothing() -> None:
    assert discrimination(people(*[True] * 12)) == 0
    assert point_biserial(people(*[True] * 12)) is None
    assert point_biserial(tally([(D(50), n % 2 == 0) for n in range(12)])) is None


def test_too_few_people_tell_nothing_of_a_question() -> None:
    assert discrimination(people(*[True] * 9)) is None
    assert point_biserial(people(*[True] * 9)) is None


@given(answers, st.randoms())
def test_the_order_of_people_is_of_no_matter(rows: list[tuple[D, bool]], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert discrimination(tally(mixed)) == discrimination(tally(rows))
    found = discrimination(tally(rows))
    assert found is not None
    assert -1 <= found <= 1
    r = point_biserial(tally(rows))
    assert r is None or -1 <= r <= 1

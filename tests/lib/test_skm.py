"""The arithmetic of PermenPANRB 14/2017, against published figures and a second, slow way."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.skm import Sampel, desimal, ikm, kelas, nrr, sample_size


CONTOH = (105, 101, 100, 116, 102, 105, 106, 105, 115)
BATAS = {Decimal("25.00"): "D", Decimal("65.00"): "C", Decimal("76.61"): "B", Decimal("88.31"): "A"}


def test_29_respondents_of_the_published_example() -> None:
    assert sum(CONTOH) == 955
    index = ikm([(jumlah, 29) for jumlah in CONTOH], 29)
    assert index == Decimal("91.48")
    assert kelas(index, BATAS) == "A"


def test_the_weight_is_a_ninth_and_not_eleven_hundredths() -> None:
    assert ikm([(40, 10)] * 9, 10) == Decimal("100.00")
    assert ikm([(10, 10)] * 9, 10) == Decimal("25.00")


@pytest.mark.parametrize(
    ("nilai", "mutu"),
    [("25.00", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A"),
     ("100.00", "A")],
)  # fmt: skip
def test_the_borders_of_the_classes(nilai: str, mutu: str) -> None:
    assert kelas(Decimal(nilai), BATAS) == mutu


def test_it_is_rounded_first_and_classed_afterwards() -> None:
    """Exactly 76.605: unrounded it lies below the border of B."""
    sums = [(15321, 5000)] * 9
    assert 25 * Fraction(15321, 5000) == Fraction("76.605")
    index = ikm(sums, 5000)
    assert index == Decimal("76.61")
    assert kelas(index, BATAS) == "B"


def test_a_value_below_every_class_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"24\.99"):
        kelas(Decimal("24.99"), BATAS)


@pytest.mark.parametrize(("n", "index"), [(9, None), (10, Decimal("75.00"))])
def test_below_ten_respondents_there_is_no_index(n: int, index: Decimal | None) -> None:
    assert ikm([(3 * n, n)] * 9, n) == index


def test_an_element_that_nobody_answered_leaves_no_index() -> None:
    assert nrr(0, 0) is None
    assert ikm([*[(30, 10)] * 8, (0, 0)], 12) is None


def test_there_are_nine_elements() -> None:
    with pytest.raises(ValueError, match="9 unsur, bukan 8"):
        ikm([(30, 10)] * 8, 10)


VALUES = st.one_of(st.none(), st.integers(1, 4))


@given(st.lists(st.tuples(*[VALUES] * 9), min_size=10, max_size=60))
def test_it_agrees_with_adding_up_sheet_by_sheet(sheets: list[tuple[int | None, ...]]) -> None:
    columns = [[value for value in column if value is not None] for column in zip(*sheets, strict=True)]
    got = ikm([(sum(column), len(column)) for column in columns], len(sheets))
    if not all(columns):
        assert got is None
        return
    with localcontext() as context:
        context.prec = 60
        total = Decimal(0)
        for column in columns:
            mean = Decimal(sum(column)) / Decimal(len(column))
            total += mean / Decimal(9)
        want = (25 * total).quantize(Decimal("1e-40"), ROUND_HALF_UP).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert got == want
    assert Decimal(25) <= got <= Decimal(100)


@pytest.mark.parametrize(
    ("text", "places", "rounded"),
    [("0.005", 2, "0.01"), ("0.0049999999999999999999999999999999", 2, "0.00"), ("2.5", 0, "3"), ("3.2982", 2, "3.30")],
)
def test_halves_go_up_from_the_exact_value(text: str, places: int, rounded: str) -> None:
    assert desimal(Fraction(text), places) == Decimal(rounded)


# Krejcie and Morgan


@pytest.mark.parametrize(
    ("populasi", "n"), [(1, 1), (10, 10), (100, 80), (200, 132), (500, 217), (1000, 278), (10000, 370), (10**8, 384)]
)
def test_respondents_for_a_population(populasi: int, n: int) -> None:
    assert sample_size(populasi) == n


@given(st.integers(1, 10**6))
def test_more_people_never_need_fewer_respondents_nor_more_than_there_are(populasi: int) -> None:
    assert sample_size(populasi) <= min(populasi, 384)
    assert sample_size(populasi) <= sample_size(populasi + 1)


def test_an_unknown_population_is_not_nobody() -> None:
    with pytest.raises(ValueError, match="sedikitnya 1"):
        sample_size(0)
    unknown = Sampel(29, None)
    assert (unknown.perlu, unknown.cukup, unknown.kata) == (None, None, "populasi belum diisi")


@pytest.mark.parametrize(("n", "kata"), [(79, "belum memenuhi sampel"), (80, "memenuhi sampel")])
def test_the_remark_beside_a_result(n: int, kata: str) -> None:
    assert Sampel(n, 100).kata == kata
    assert Sampel(n, 100).perlu == 80

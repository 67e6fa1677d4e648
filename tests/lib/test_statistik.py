from decimal import Decimal

import pytest

from p3pd_portal.lib.statistik import arah_tren, wilson, z_modifikasi


@pytest.mark.parametrize(
    ("p", "n", "bounds"), [(16, 20, (58, 92)), (80, 100, (71, 87)), (400, 500, (76, 83)), (0, 10, (0, 28))]
)
def test_few_people_make_a_wide_interval(p: int, n: int, bounds: tuple[int, int]) -> None:
    found = wilson(p, n)
    assert found is not None
    assert tuple(round(bound) for bound in found) == bounds


@pytest.mark.parametrize(("p", "n"), [(0, 0), (5, 4), (-1, 4)])
def test_there_is_none_of_nobody_or_of_more_than_all(p: int, n: int) -> None:
    assert wilson(p, n) is None


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ((1, 2, 3), None),
        ((10, 12, 14, 16), 1),
        ((16, 14, 12, 10), -1),
        ((10, 10.5, 11, 11.5), 0),
        ((10, 30, 5, 12), 0),
        ((7, 7, 7, 7), 0),
    ],
)
def test_words_of_a_yearly_series(values: tuple[float, ...], word: int | None) -> None:
    assert arah_tren(list(enumerate(values))) == word


def test_the_order_of_the_points_does_not_matter() -> None:
    assert arah_tren([(3, 16), (0, 10), (2, 14), (1, 12)]) == 1


def test_a_figure_that_is_no_share_moves_by_any_slope() -> None:
    assert arah_tren([(0, 0.50), (1, 0.52), (2, 0.55), (3, 0.60)], 0) == 1


def test_one_that_stands_far_from_the_others_is_seen() -> None:
    scores = z_modifikasi([Decimal(n) for n in (8, 9, 10, 11, 52)])
    assert scores == [Decimal(n) for n in ("-1.349", "-0.6745", "0", "0.6745", "28.329")]


@pytest.mark.parametrize("values", [(), (1, 2, 3, 4), (7, 7, 7, 7, 99)])
def test_nobody_stands_out_of_few_or_where_most_are_alike(values: tuple[int, ...]) -> None:
    assert z_modifikasi([Decimal(n) for n in values]) is None

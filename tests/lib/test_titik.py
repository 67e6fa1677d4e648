"""Places as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.titik import parse_titik


@pytest.mark.parametrize(
    "text",
    [
        "-7.11234, 112.41725",
        "-7.11234,112.41725",
        " -7.11234 112.41725 ",
        "−7,11234; 112,41725",
        "-7.112341;112.417249",
    ],
)
def test_the_ways_in_which_a_place_is_written(text: str) -> None:
    assert parse_titik(text) == (Decimal("-7.11234"), Decimal("112.41725"))


@pytest.mark.parametrize("text", ["", "Lamongan", "-7.1", "7.1.2, 112", "٧.١, 112.4", "1" * 400])
def test_anything_else_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="lintang lalu bujur"):
        parse_titik(text)


@pytest.mark.parametrize("text", ["112.41725, -7.11234", "51.5, 0.1", "-12, 110"])
def test_a_place_abroad_is_most_often_the_wrong_way_round(text: str) -> None:
    with pytest.raises(ValueError, match="di luar Indonesia"):
        parse_titik(text)


@given(st.decimals(-11, 6, places=5), st.decimals(95, 141, places=5))
def test_every_place_in_indonesia_is_read_as_it_is_written(lintang: Decimal, bujur: Decimal) -> None:
    assert parse_titik(f"{lintang}, {bujur}") == (lintang, bujur)

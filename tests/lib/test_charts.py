"""What every chart shares."""

import json
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib.charts import LINE, PALETTE, TEXT, axis_end, bar_width, base_layout, figure_json, widths


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("colour", "least"), [(TEXT, 4.5), (LINE, 4.5), *((colour, 3) for colour in PALETTE[:3])])
def test_text_and_the_first_colours_stand_out_from_white(colour: str, least: float) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= least


def test_no_colour_of_the_palette_comes_twice() -> None:
    assert len(set(PALETTE)) == len(PALETTE)


def test_the_layout_takes_our_colours_and_the_charts_own_wishes() -> None:
    layout = base_layout(barmode="stack")
    assert (layout.barmode, layout.colorway, layout.font.color) == ("stack", PALETTE, TEXT)


def test_figures_write_decimals_with_a_comma_and_thousands_with_a_point() -> None:
    assert base_layout().separators == ",."


def test_a_figure_goes_out_as_plain_json_without_the_template_of_plotly() -> None:
    figure = json.loads(figure_json(go.Figure(go.Bar(x=[2024, 2025], y=[1.5, 2.5]), base_layout())))
    assert figure["data"][0]["y"] == [1.5, 2.5]
    assert not figure["layout"].get("template")
    assert figure["layout"]["plot_bgcolor"] == "#FFFFFF"


def test_parts_of_a_bar_stand_end_to_end() -> None:
    assert widths([1, 2, 1], 4) == [("0.00", "25.00"), ("25.00", "50.00"), ("75.00", "25.00")]


def test_a_bar_of_nothing_has_parts_without_width() -> None:
    assert widths([0, 0], 0) == [("0.00", "0.00"), ("0.00", "0.00")]
    assert widths([], 5) == []


@UNHURRIED
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20).filter(any))
def test_the_parts_of_a_whole_fill_the_bar_and_no_more(parts: list[int]) -> None:
    last_start, last_width = map(float, widths(parts, sum(parts))[-1])
    assert last_start + last_width == pytest.approx(100, abs=0.011)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], "0.05"),
        ([None], "0.05"),
        (["0"], "0.05"),
        (["0.05"], "0.05"),
        (["0.051"], "0.10"),
        (["0.31", None, "0.12"], "0.35"),
        (["1"], "1"),
        (["1.01"], "1.05"),
    ],
)
def test_an_axis_ends_at_the_next_five_per_cent(shares: list[str | None], expected: str) -> None:
    assert axis_end([None if share is None else Decimal(share) for share in shares]) == Decimal(expected)


@pytest.mark.parametrize(("share", "expected"), [(None, "0.00"), ("0", "0.00"), ("0.1", "50.00"), ("0.2", "100.00")])
def test_the_width_of_a_bar_is_its_share_of_the_axis(share: str | None, expected: str) -> None:
    assert bar_width(None if share is None else Decimal(share), Decimal("0.2")) == expected

"""Shared looks of charts: palette, plotly layout, and plain numbers for SVG written by templates."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go


# Contrast-checked; order as in the legend. Colour is never the only carrier: every chart stands beside its table.
PALETTE = ("#1D74AD", "#B54708", "#03466E", "#74A9CF", "#7A838E", "#BDC9E1", "#E4E7EC", "#FFFFFF")
TEXT, LINE = "#1B1F24", "#56606B"

# plotly makes one empty <style> and fills it by script; this is the hash of the empty text, for style-src.
PLOTLY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def base_layout(**own: Any) -> go.Layout:
    """Layout of every plotly figure: our font and colours."""
    return go.Layout(
        font={"family": "system-ui, sans-serif", "size": 14, "color": TEXT},
        colorway=PALETTE,
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
        legend={"orientation": "h", "y": -0.15},
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        separators=",.",
        **own,
    )


def figure_json(figure: go.Figure) -> str:
    """The figure as JSON for its endpoint, without plotly's own template (six kilobytes of defaults)."""
    figure.layout.template = None
    return str(figure.to_json())


def widths(parts: Sequence[int], whole: int) -> list[tuple[str, str]]:
    """Start and width in per cent of each part of a stacked bar, as text with a decimal point for SVG attributes."""
    result, start = [], 0.0
    for part in parts:
        share = 100 * part / whole if whole else 0.0
        result.append((f"{start:.2f}", f"{share:.2f}"))
        start += share
    return result


def axis_end(shares: Iterable[Decimal | None]) -> Decimal:
    """Where the axis of bars of shares ends: the next 5 per cent above the largest, 5 per cent at least."""
    largest = max((share for share in shares if share is not None), default=Decimal(0))
    return max(Decimal("0.05"), Decimal(math.ceil(largest * 20)) / 20)


def bar_width(share: Decimal | None, end: Decimal) -> str:
    """Width in per cent of a bar on an axis that ends at `end`; "0.00" when unknown."""
    return f"{100 * (share or 0) / end:.2f}"

"""Rows → figures of training."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from p3pd_portal.lib.charts import LINE, PALETTE, base_layout, figure_json
from pelatihan.queries.angkatan import BarisAngkatan


TERBIT, TERCATAT = "Peserta menurut terbitan", "Orang tercatat"


@dataclass(frozen=True)
class BatangAngkatan:
    """A cohort as two bars; widths in per cent of the largest number, as text for SVG attributes."""

    baris: BarisAngkatan
    terbit: str
    tercatat: str


def batang_angkatan(rows: Sequence[BarisAngkatan]) -> list[BatangAngkatan]:
    """Published and recorded people of each cohort as plain bars; a number that is not known has none."""
    largest = max((max(row.terbit or 0, row.tercatat) for row in rows), default=0) or 1

    def width(n: int | None) -> str:
        return f"{100 * (n or 0) / largest:.2f}"

    return [BatangAngkatan(row, width(row.terbit), width(row.tercatat)) for row in rows]


def angkatan_figure(rows: Sequence[BarisAngkatan]) -> str:
    """The same as an interactive plotly chart, as JSON; an unknown number is a gap, no bar of height 0."""
    names = [row.angkatan.nama for row in rows]
    bars = [
        go.Bar(
            name=nama,
            x=names,
            y=values,
            marker={"color": color, "line": {"color": LINE, "width": 0.5}},
            hovertemplate=f"%{{x}}<br>{nama}: %{{y:,}}<extra></extra>",
        )
        for nama, values, color in (
            (TERBIT, [row.terbit for row in rows], PALETTE[0]),
            (TERCATAT, [row.tercatat for row in rows], PALETTE[1]),
        )
    ]
    layout = base_layout(
        barmode="group",
        xaxis={"type": "category"},
        yaxis={"title": {"text": "Orang"}, "gridcolor": "#E4E7EC", "rangemode": "tozero"},
    )
    return figure_json(go.Figure(bars, layout))

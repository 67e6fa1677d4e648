"""Rows → figures."""

from dataclasses import dataclass

import plotly.graph_objects as go

from layanan_dasar.queries.kualitas import Komposisi
from p3pd_portal.lib.charts import LINE, PALETTE, base_layout, figure_json, widths


MILIAR = 10**9


@dataclass(frozen=True)
class Ruas:
    """A piece of a stacked bar: class of its colour, start and width in per cent, its words."""

    kelas: str
    mulai: str
    lebar: str
    nama: str
    jumlah: int


@dataclass(frozen=True)
class BatangTahun:
    """One year as a stacked bar over 100 per cent."""

    tahun: int
    ruas: list[Ruas]


def komposisi_batang(rows: list[Komposisi]) -> list[BatangTahun]:
    """The composition as plain bars for the page and for print."""
    bars = []
    for row in rows:
        places = widths(list(row.bagian.values()), row.total)
        ruas = [
            Ruas(f"warna-{number}", start, width, nama, jumlah)
            for number, ((nama, jumlah), (start, width)) in enumerate(zip(row.bagian.items(), places, strict=True))
        ]
        bars.append(BatangTahun(row.tahun, ruas))
    return bars


def komposisi_figure(rows: list[Komposisi]) -> str:
    """The composition as a stacked plotly bar chart in billion rupiah, as JSON."""
    tahun = [str(row.tahun) for row in rows]
    names = list(rows[0].bagian) if rows else []
    bars = [
        go.Bar(
            name=name,
            x=tahun,
            y=[row.bagian[name] / MILIAR for row in rows],
            marker={"color": color, "line": {"color": LINE, "width": 0.5}},
            hovertemplate=f"{name}<br>%{{x}}: Rp%{{y:,.2f}} miliar<extra></extra>",
        )
        for name, color in zip(names, PALETTE, strict=False)
    ]
    layout = base_layout(
        barmode="stack",
        xaxis={"type": "category", "title": {"text": "Tahun anggaran"}},
        yaxis={"title": {"text": "Rp miliar"}, "gridcolor": "#E4E7EC", "rangemode": "tozero"},
    )
    return figure_json(go.Figure(bars, layout))

"""What the panels of village spending draw: rows → bars, tables, and need beside spending."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from layanan_dasar.aggregation.keselarasan import Kuadran, Pasangan
from layanan_dasar.charts import komposisi_batang
from layanan_dasar.queries.kualitas import Komposisi, Ringkasan
from layanan_dasar.queries.mutu import MutuWilayah, jumlahkan
from layanan_dasar.queries.rincian import PALING_BANYAK, BarisRincian
from p3pd_portal.lib.charts import LINE, PALETTE, axis_end, bar_width, base_layout, figure_json


LEBAR, TINGGI, TEPI = 360, 300, 34


def isi_bidang(ringkasan: Ringkasan) -> dict[str, Any] | None:
    """The five services as bars and table; None while nothing is known by kegiatan."""
    if ringkasan.baris is None or not ringkasan.baris.n_rincian:
        return None
    scale = axis_end([satu.porsi for satu in ringkasan.bidang])
    bars = [(satu, bar_width(satu.porsi, scale)) for satu in ringkasan.bidang]
    total = {kelas: ringkasan.baris.jumlah(kelas) for kelas in ("inti", "terkait")}
    return {"ringkasan": ringkasan, "batang": bars, "skala": scale, **total}


def isi_komposisi(rows: list[Komposisi]) -> dict[str, Any] | None:
    """The composition by year as bars and table."""
    if not rows:
        return None
    tabel = [(nama, [row.bagian[nama] for row in rows]) for nama in rows[0].bagian]
    return {"batang": komposisi_batang(rows), "tabel": tabel}


def isi_apbdes(ringkasan: Ringkasan) -> dict[str, Any] | None:
    """Revenue, spending and the five chapters."""
    if ringkasan.baris is None:
        return None
    jumlah = [("Pendapatan", ringkasan.baris.jumlah("pendapatan")), ("Belanja", ringkasan.baris.jumlah("belanja"))]
    jumlah += [(f"{bab.kode} {bab.nama}", bab.jumlah) for bab in ringkasan.bab]
    return {"ringkasan": ringkasan, "jumlah": jumlah}


@dataclass(frozen=True)
class TitikKuadran:
    """A service in the picture: its place in units of the picture as text for SVG attributes, and on which side of it
    its code finds room."""

    kode: str
    x: str
    y: str
    di_kiri: bool


@dataclass(frozen=True)
class GambarKuadran:
    """Need to the right, share of the money upwards, and the two lines of the even share."""

    titik: list[TitikKuadran]
    batas_x: str
    batas_y: str
    skala: Decimal


def gambar_kuadran(rows: Sequence[Pasangan]) -> GambarKuadran | None:
    """The pairs as a plain picture; None where need and spending cannot be compared."""
    placed = _placed(rows)
    if not placed:
        return None
    scale = axis_end([share for _, x, y in placed for share in (x, y)])
    titik = [TitikKuadran(kode, _x(x, scale), _y(y, scale), x > scale * 3 / 4) for kode, x, y in placed]
    batas = rows[0].batas
    return GambarKuadran(titik, _x(batas, scale), _y(batas, scale), scale)


def _placed(rows: Sequence[Pasangan]) -> list[tuple[str, Decimal, Decimal]]:
    return [
        (satu.kode, satu.kebutuhan, satu.belanja)
        for satu in rows
        if satu.kebutuhan is not None and satu.belanja is not None
    ]


def _x(share: Decimal, scale: Decimal) -> str:
    return f"{TEPI + (LEBAR - 2 * TEPI) * share / scale:.1f}"


def _y(share: Decimal, scale: Decimal) -> str:
    return f"{TINGGI - TEPI - (TINGGI - 2 * TEPI) * share / scale:.1f}"


def kuadran_figure(rows: Sequence[Pasangan]) -> str:
    """The pairs as a plotly scatter with the names of the quadrants, as JSON; empty where there are none."""
    placed = _placed(rows)
    nama = {satu.kode: satu.nama for satu in rows}
    marks = [
        go.Scatter(
            x=[float(100 * x)], y=[float(100 * y)], name=nama[kode], text=[kode], mode="markers+text",
            textposition="top center", marker={"size": 14, "color": color},
            hovertemplate="%{x:.1f}% kebutuhan<br>%{y:.1f}% belanja<extra>" + nama[kode] + "</extra>",
        )
        for (kode, x, y), color in zip(placed, PALETTE, strict=False)
    ]  # fmt: skip
    batas = float(100 * rows[0].batas) if placed else 0.0
    line = {"type": "line", "line": {"color": LINE, "width": 1, "dash": "dot"}}
    shapes = [
        line | {"xref": "x", "yref": "paper", "x0": batas, "x1": batas, "y0": 0, "y1": 1},
        line | {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": batas, "y1": batas},
    ]
    axis = {"rangemode": "tozero", "ticksuffix": "%", "gridcolor": "#E4E7EC"}
    layout = base_layout(
        shapes=shapes if placed else [],
        annotations=_NAMA_KUADRAN if placed else [],
        xaxis=axis | {"title": {"text": "Bagian kebutuhan"}},
        yaxis=axis | {"title": {"text": "Bagian belanja"}},
    )
    return figure_json(go.Figure(marks, layout))


_NAMA_KUADRAN = [
    {"text": kuadran.value, "xref": "paper", "yref": "paper", "x": x, "y": y, "showarrow": False}
    for kuadran, x, y in (
        (Kuadran.PERTAHANKAN, 0, 1), (Kuadran.TINJAU, 1, 1), (Kuadran.PANTAU, 0, 0), (Kuadran.PRIORITASKAN, 1, 0),
    )
]  # fmt: skip


@dataclass(frozen=True)
class DaftarRincian:
    """A table of kegiatan or sources: the largest rows, the rest as one, and the total."""

    jenis: str
    rows: list[BarisRincian]
    sisa: BarisRincian | None
    total: BarisRincian


def daftar_rincian(jenis: str, rows: Sequence[BarisRincian]) -> DaftarRincian | None:
    """At most PALING_BANYAK rows and one for all others, so that a page stays light; None without rows."""
    if not rows:
        return None
    rest = rows[PALING_BANYAK:]
    sisa = jumlahkan(rest, f"{len(rest)} lainnya") if rest else None
    return DaftarRincian(jenis, list(rows[:PALING_BANYAK]), sisa, jumlahkan(rows, "Jumlah"))


def isi_mutu(mutu: MutuWilayah) -> dict[str, Any]:
    """What the spending page draws."""
    apbdes = isi_apbdes(mutu.ringkasan)
    return {
        "bidang": isi_bidang(mutu.ringkasan),
        "bab": apbdes and apbdes | {"apbdes": mutu.apbdes},
        "komposisi": isi_komposisi(mutu.semua.komposisi()),
        "rincian": [satu for satu in (daftar_rincian("sumber", mutu.sumber), daftar_rincian("kegiatan", mutu.kegiatan))
                    if satu],
        "kuadran": gambar_kuadran(mutu.pasangan),
        "nama_kuadran": list(Kuadran),
        "tanpa_anggaran": mutu.baris_tanpa_anggaran(PALING_BANYAK) if mutu.is_desa else [],
    }  # fmt: skip

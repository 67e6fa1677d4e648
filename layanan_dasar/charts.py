"""Rows → figures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from kecamatan.models import Batas, Tingkat
from layanan_dasar.queries.kualitas import BarisAnak, Komposisi
from p3pd_portal.lib.angka import angka, persen
from p3pd_portal.lib.charts import LINE, PALETTE, base_layout, figure_json, widths
from p3pd_portal.lib.peta import spread


MILIAR = 10**9

# The same in every region and year, so that a colour always means the same. There is no official target for this
# share; the breaks are the portal's own.
KELAS_PORSI = (
    ("k0", "di bawah 10%", Decimal("0.1")),
    ("k1", "10% sampai di bawah 20%", Decimal("0.2")),
    ("k2", "20% sampai di bawah 30%", Decimal("0.3")),
    ("k3", "30% sampai di bawah 40%", Decimal("0.4")),
    ("k4", "40% ke atas", Decimal("Infinity")),
)
KELAS_TANPA_ANGKA = (("kx", "belum ada data"), ("kt", "kelurahan, tanpa APBDes"))

# In units of the picture, which on a phone is about 300 pixels wide: 100 units keep dots of 27 pixels apart there, and
# an area below LUAS_TERLIHAT has less than five by five.
TITIK, LUAS_TERLIHAT = 100, 300
HURUF, BARIS = 12, 26  # width of a letter and height of a line of a label


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


@dataclass(frozen=True)
class DaerahPeta:
    """A region on the map: its class, a sentence that says the same in words, and its outline if there is one."""

    nama: str
    url: str
    kelas: str
    porsi: Decimal | None
    nilai: str
    kalimat: str
    batas: Batas | None

    @property
    def label(self) -> str:
        return self.nama.removeprefix("Kabupaten ")


@dataclass(frozen=True)
class TitikPeta:
    """The dot that stands for an area too small to see, and the place it belongs to."""

    daerah: DaerahPeta
    x: int
    y: int


@dataclass(frozen=True)
class PetaPorsi:
    """Regions by a share or a score: a map where there are outlines, else equal tiles.

    Attributes:
        daerah: every region, by name.
        berangka: those whose share or score is known, highest first.
        titik: dots of those too small to see.
        label: those whose names find room on the map.
        kelompok: class, its words, and the regions in it, from high to low, then those without a number.
        tanpa_batas: regions that the map cannot show.
        viewbox: of the SVG; empty where there is no outline at all.
    """

    daerah: list[DaerahPeta]
    berangka: list[DaerahPeta]
    titik: list[TitikPeta]
    label: list[DaerahPeta]
    kelompok: list[tuple[str, str, list[DaerahPeta]]]
    tanpa_batas: list[DaerahPeta]
    viewbox: str


def peta_porsi(rows: Sequence[BarisAnak], batas: Mapping[int, Batas]) -> PetaPorsi:
    """The children of a region as a map.

    Args:
        rows: those of the table under it.
        batas: outlines by id of the region.
    """
    daerah = [_daerah(row, batas.get(row.wilayah.pk)) for row in rows]
    return susun_peta(daerah, [(kode, nama) for kode, nama, _ in KELAS_PORSI], KELAS_TANPA_ANGKA)


def susun_peta(
    daerah: Sequence[DaerahPeta], kelas: Sequence[tuple[str, str]], tanpa_angka: Sequence[tuple[str, str]]
) -> PetaPorsi:
    """Regions with their classes as a map: dots, names, and the list beside it.

    Args:
        kelas: classes of numbers with their words, from low to high.
        tanpa_angka: classes of regions without a number.
    """
    daerah = sorted(daerah, key=lambda satu: satu.nama)
    berangka = sorted((satu for satu in daerah if satu.porsi is not None), key=lambda satu: -(satu.porsi or 0))
    terlihat = [(satu, satu.batas) for satu in daerah if satu.batas]
    titik = _titik(terlihat)
    return PetaPorsi(
        daerah,
        berangka,
        titik,
        _label(terlihat, titik),
        _kelompok(daerah, kelas if berangka else [], tanpa_angka),
        [satu for satu in daerah if not satu.batas] if terlihat else [],
        _viewbox(terlihat, titik),
    )


def _daerah(row: BarisAnak, batas: Batas | None) -> DaerahPeta:
    wilayah, baris = row.wilayah, row.baris
    porsi: Decimal | None = getattr(baris, "porsi_inti", None)
    kelas, nilai = ("kx", "belum ada data") if wilayah.jumlah_desa else ("kt", "tanpa APBDes")
    if porsi is not None:
        kelas, nilai = next(kode for kode, _, end in KELAS_PORSI if porsi < end), persen(porsi)
    kalimat = f"{wilayah.nama}: {nilai}"
    if porsi is not None and baris is not None and wilayah.tingkat < Tingkat.DESA:
        kalimat += f", dari {angka(baris.n_rincian)} dari {angka(wilayah.jumlah_desa)} desa"
    return DaerahPeta(wilayah.nama, wilayah.get_absolute_url(), kelas, porsi, nilai, kalimat, batas)


def _kelompok(
    daerah: list[DaerahPeta], kelas: Sequence[tuple[str, str]], tanpa_angka: Sequence[tuple[str, str]]
) -> list[tuple[str, str, list[DaerahPeta]]]:
    """Classes of numbers, also those nobody is in, once there is a number; the others only with somebody in them."""
    members = [(kode, nama, [satu for satu in daerah if satu.kelas == kode]) for kode, nama in tanpa_angka]
    return [
        *((kode, nama, [satu for satu in daerah if satu.kelas == kode]) for kode, nama in reversed(kelas)),
        *((kode, nama, isi) for kode, nama, isi in members if isi),
    ]


def _titik(terlihat: list[tuple[DaerahPeta, Batas]]) -> list[TitikPeta]:
    tiny = [(satu, (batas.titik_x, batas.titik_y)) for satu, batas in terlihat if batas.luas < LUAS_TERLIHAT]
    places = spread([point for _, point in tiny], TITIK)
    return [TitikPeta(satu, x, y) for (satu, _), (x, y) in zip(tiny, places, strict=True)]


def _label(terlihat: list[tuple[DaerahPeta, Batas]], titik: list[TitikPeta]) -> list[DaerahPeta]:
    """Names that are no wider than their area (and than its main island is large), and touch neither a dot nor a name
    placed before; large areas first."""
    half = TITIK // 2
    taken = [(satu.x - half, satu.y - half, satu.x + half, satu.y + half) for satu in titik]
    found = []
    for satu, batas in sorted(terlihat, key=lambda pair: -pair[1].luas):
        width = HURUF * len(satu.label)
        x, y = batas.titik_x, batas.titik_y
        box = (x - width // 2, y - BARIS // 2, x + width // 2, y + BARIS // 2)
        room = min(batas.kanan - batas.kiri, 1.6 * math.sqrt(batas.luas))
        if width <= room and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            found.append(satu)
    return found


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _viewbox(terlihat: list[tuple[DaerahPeta, Batas]], titik: list[TitikPeta]) -> str:
    """Around everything drawn, dots with their radius, borders with their width."""
    boxes = [(b.kiri - 4, b.atas - 4, b.kanan + 4, b.bawah + 4) for _, b in terlihat]
    half = TITIK // 2 + 5
    boxes += [(satu.x - half, satu.y - half, satu.x + half, satu.y + half) for satu in titik]
    if not boxes:
        return ""
    left, top, right, bottom = zip(*boxes, strict=True)
    return f"{min(left)} {min(top)} {max(right) - min(left)} {max(bottom) - min(top)}"

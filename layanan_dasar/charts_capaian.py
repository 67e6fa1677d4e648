"""What the pages of basic services draw: bullet bars, numbers on colour, a map, small lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from kecamatan.models import Batas, Bidang, Tingkat
from layanan_dasar.charts import DaerahPeta, PetaPorsi, susun_peta
from layanan_dasar.queries.angka import status
from layanan_dasar.queries.capaian_tahun import CapaianTahun
from layanan_dasar.queries.paspor import Paspor
from layanan_dasar.queries.skor import SkorAnak, SkorBidang, urut_anak
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.statistik import TITIK_MINIMUM
from p3pd_portal.lib.urutan import kolom


# Fixed, so that a colour always means the same; the words of the scores change at 50, 75 and 90.
KELAS_SKOR = (
    ("k0", "di bawah 25 (kritis)", Decimal("0.25")),
    ("k1", "25 sampai di bawah 50 (kritis)", Decimal("0.5")),
    ("k2", "50 sampai di bawah 75 (perlu perhatian)", Decimal("0.75")),
    ("k3", "75 sampai di bawah 90 (mendekati)", Decimal("0.9")),
    ("k4", "90 ke atas (tercapai)", Decimal("Infinity")),
)
KELAS_TANPA_SKOR = (("kx", "belum ada data"),)
LEBAR_GARIS, TINGGI_GARIS, TEPI = 120, 40, 5


def kelas_skor(skor: Decimal | None) -> str:
    return "kx" if skor is None else next(kode for kode, _, end in KELAS_SKOR if skor < end)


def tulis_skor(skor: Decimal | None) -> str:
    """0 to 1 as 0 to 100, never rounded over the border of its word: 0.899 is 89."""
    return angka(None if skor is None else Decimal(int(skor * 100)))


@dataclass(frozen=True)
class Peluru:
    """A service as bullet bar: score, mark of the region above, band of the regions below; places in per cent as text
    for SVG attributes."""

    satu: SkorBidang
    lebar: str
    induk: str
    pita: tuple[str, str] | None

    @property
    def nilai(self) -> str:
        return tulis_skor(self.satu.skor)

    @property
    def nilai_induk(self) -> str:
        return tulis_skor(self.satu.induk)

    @property
    def rentang(self) -> tuple[str, str] | None:
        return (tulis_skor(self.satu.anak[0]), tulis_skor(self.satu.anak[1])) if self.satu.anak else None


def peluru(satu: SkorBidang) -> Peluru:
    band = satu.anak and (_persen(satu.anak[0]), _persen(satu.anak[1] - satu.anak[0]))
    return Peluru(satu, _persen(satu.skor or 0), "" if satu.induk is None else _persen(satu.induk), band)


def _persen(skor: Decimal | int) -> str:
    return f"{100 * skor:.2f}"


@dataclass(frozen=True)
class BarisPanas:
    """A region below: class and number of each service, and of all."""

    anak: SkorAnak
    sel: list[tuple[str, str]]


@dataclass(frozen=True)
class BarisLengkap:
    """A region below: of each service a sign and "n/m", and in words how complete it is."""

    anak: SkorAnak
    sel: list[tuple[str, str, str]]


def panas(rows: Sequence[SkorAnak], bidang: Sequence[Bidang]) -> list[BarisPanas]:
    found = []
    for row in rows:
        skor = [*(row.skor.get(satu.pk) for satu in bidang), row.semua]
        found.append(BarisPanas(row, [(kelas_skor(satu), "" if satu is None else tulis_skor(satu)) for satu in skor]))
    return found


def lengkap(rows: Sequence[SkorAnak], bidang: Sequence[SkorBidang]) -> list[BarisLengkap]:
    return [
        BarisLengkap(row, [_lengkap(row.n_lapor.get(satu.bidang.pk, 0), satu.n_katalog) for satu in bidang])
        for row in rows
    ]


def _lengkap(n: int, dari: int) -> tuple[str, str, str]:
    sign, words = ("○", "belum ada") if not n else ("●", "lengkap") if n >= dari else ("◐", "sebagian")
    return sign, f"{n}/{dari}", words


def peta_skor(rows: Sequence[SkorAnak], batas: Mapping[int, Batas], tahun: int, bidang: str = "") -> PetaPorsi:
    """The regions below by their score in a service, or in all."""
    daerah = [_daerah(row, batas.get(row.wilayah.pk), tahun, bidang) for row in rows]
    return susun_peta(daerah, [(kode, nama) for kode, nama, _ in KELAS_SKOR], KELAS_TANPA_SKOR)


def _daerah(row: SkorAnak, batas: Batas | None, tahun: int, bidang: str) -> DaerahPeta:
    skor = row.nilai(bidang)
    nilai = "belum ada data" if skor is None else tulis_skor(skor)
    kalimat = f"{row.wilayah.nama}: {nilai}" + ("" if skor is None else f", {status(skor).kata}")
    url = f"{reverse('layanan_dasar:capaian', args=[row.wilayah.kode])}?tahun={tahun}"
    return DaerahPeta(row.wilayah.nama, url, kelas_skor(skor), skor, nilai, kalimat, batas)


@dataclass(frozen=True)
class GarisKecil:
    """A small line from left to right with its target across; places as text for SVG attributes.

    Attributes:
        garis: points of the line; empty under TITIK_MINIMUM of them, which are shown as dots alone.
        target: height of the target; empty without one.
    """

    titik: list[tuple[str, str]]
    garis: str
    target: str


def garis_kecil(
    titik: Sequence[tuple[float, Decimal]],
    target: Decimal | None,
    paling: Decimal,
    waktu: tuple[float, float] | None = None,
) -> GarisKecil:
    """Values over time; the picture reaches from 0 to `paling`, or higher where a value or the target does.

    Args:
        titik: (time, value), earliest first.
        waktu: first and last time of the picture, where several stand beside each other.
    """
    top = max([paling, *(value for _, value in titik), *([target] if target is not None else [])]) or Decimal(1)
    first, last = waktu or ((titik[0][0], titik[-1][0]) if titik else (0, 0))
    places = [(_x(time - first, last - first), _y(value, top)) for time, value in titik]
    line = " ".join(f"{x},{y}" for x, y in places) if len(places) >= TITIK_MINIMUM else ""
    return GarisKecil(places, line, "" if target is None else _y(target, top))


def _x(time: float, whole: float) -> str:
    return f"{TEPI + (LEBAR_GARIS - 2 * TEPI) * (time / whole if whole else 0.5):.1f}"


def _y(value: Decimal, top: Decimal) -> str:
    return f"{TINGGI_GARIS - TEPI - (TINGGI_GARIS - 2 * TEPI) * value / top:.1f}"


@dataclass(frozen=True)
class TrenBidang:
    """A service over the years: the score of each as text, and as a small line."""

    bidang: Bidang
    sel: list[str]
    garis: GarisKecil


@dataclass(frozen=True)
class Tren:
    """Services that have scores, over the same years."""

    tahun: list[int]
    baris: list[TrenBidang]


def tren(rows: Sequence[SkorBidang]) -> Tren:
    years = sorted({tahun for satu in rows for tahun, _ in satu.tren})
    return Tren(years, [_tren_bidang(satu, years) for satu in rows if satu.tren])


def _tren_bidang(satu: SkorBidang, tahun: Sequence[int]) -> TrenBidang:
    known = dict(satu.tren)
    line = garis_kecil(satu.tren, Decimal(1), Decimal(1), (tahun[0], tahun[-1]))
    return TrenBidang(satu.bidang, [tulis_skor(known.get(year)) for year in tahun], line)


def garis_paspor(paspor: Paspor) -> GarisKecil:
    """A figure with the earlier ones of its series, those that may be shown."""
    series = [(float(satu.periode.akhir.toordinal()), satu.nilai) for satu in reversed(paspor.deret)]
    known = [(time, value) for time, value in series if value is not None]
    top = Decimal(100) if paspor.indikator.jenis in ("persen", "ya_tidak") else Decimal(0)
    return garis_kecil(known, paspor.kini.target, top)


def isi_capaian(capaian: CapaianTahun, urut: str) -> dict[str, Any]:
    """What the page draws; nothing while the region has no figure."""
    if capaian.is_empty:
        return {}
    services = [satu for satu in capaian.skor.bidang if not capaian.bidang or satu.bidang.pk == capaian.bidang]
    ordered = [satu for satu in capaian.skor.terurut if satu.bidang.pk not in capaian.belum_mewakili]
    return {
        "peluru": [peluru(satu) for satu in capaian.skor.bidang],
        "skor_ada": bool(capaian.skor.terurut),
        "lemah": peluru(ordered[0]) if len(ordered) > 1 else None,
        "kuat": peluru(ordered[-1]) if len(ordered) > 1 else None,
        "semua": tulis_skor(capaian.skor.semua),
        "status_semua": status(capaian.skor.semua),
        "tren": tren(services),
        **(isi_anak(capaian, urut) if capaian.skor.anak else {}),
    }


def isi_anak(capaian: CapaianTahun, urut: str) -> dict[str, Any]:
    """Table, map and completeness of the regions below; completeness alone while none of them has a score."""
    isi: dict[str, Any] = {
        "lengkap": lengkap(capaian.skor.anak, capaian.skor.bidang),
        "sebutan": Tingkat(capaian.wilayah.tingkat + 1).label,
    }
    if all(skor is None for satu in capaian.skor.anak for skor in satu.skor.values()):
        return isi
    services, anak = [satu.bidang for satu in capaian.skor.bidang], urut_anak(capaian.skor.anak, urut)
    return isi | {
        "kolom": [kolom("nama", "Wilayah", urut), *(kolom(satu.pk, satu.nama, urut) for satu in services),
                  kolom("semua", "Rerata", urut)],
        "panas": panas(anak, services),
        "peta": peta_skor(capaian.skor.anak, capaian.batas, capaian.tahun, capaian.bidang),
        "sumber_peta": sorted({satu.asal for satu in capaian.batas.values()}),
    }  # fmt: skip

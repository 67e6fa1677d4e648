"""What everybody may know of the complaints of a region: figures of a year, and the reports that were let through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from kecamatan.models import Tingkat, Wilayah
from pengaduan.models import Pengaduan, RingkasanPengaduan
from pengaduan.queries import halaman as pages


SEHALAMAN = 20
SERUPA = 3
TERKECIL = 5
"""A smaller number could point at one person; it is shown as "<5"."""


@dataclass(frozen=True)
class BarisBidang:
    """Reports about one service; `n` is None where it is suppressed."""

    nama: str
    n: int | None
    ditekan: bool


@dataclass(frozen=True)
class StatistikPengaduan:
    """Figures of one year; `ringkasan` is None where nothing was reported."""

    tahun: int
    tahun_tersedia: Sequence[int]
    ringkasan: RingkasanPengaduan | None
    bidang: Sequence[BarisBidang]

    @property
    def ditekan(self) -> bool:
        """Whether so few reported that no figure is shown."""
        return self.ringkasan is not None and self.ringkasan.n_diterima < TERKECIL


def statistik(wilayah: Wilayah, tahun: int | None = None) -> StatistikPengaduan:
    found = RingkasanPengaduan.objects.filter(wilayah=wilayah).select_related("bidang")
    rows = list(found.order_by("-tahun", "bidang__urutan"))
    years = list(dict.fromkeys(row.tahun for row in rows))
    chosen = tahun if tahun in years else (years[0] if years else 0)
    of_year = [row for row in rows if row.tahun == chosen]
    whole = next((row for row in of_year if row.bidang_id is None), None)
    counts = {row.bidang.nama: row.n_diterima for row in of_year if row.bidang}
    counts |= {"Lainnya": whole.n_diterima - sum(counts.values())} if whole else {}
    return StatistikPengaduan(chosen, years, whole, tekan(counts))


@dataclass(frozen=True)
class AnakPengaduan:
    """Reports of a region below; `ringkasan` is None where there are none, `ditekan` where they are too few to show."""

    wilayah: Wilayah
    ringkasan: RingkasanPengaduan | None
    ditekan: bool


def per_anak(wilayah: Wilayah, tahun: int) -> list[AnakPengaduan]:
    """The regions directly below with their figures of a year; a small one takes the next smallest along."""
    found = RingkasanPengaduan.objects.filter(wilayah__induk=wilayah, tahun=tahun, bidang=None)
    rows = {row.wilayah_id: row for row in found}
    small = {satu.nama for satu in tekan({str(pk): row.n_diterima for pk, row in rows.items()}) if satu.ditekan}
    return [
        AnakPengaduan(anak, rows.get(anak.pk), str(anak.pk) in small) for anak in Wilayah.objects.children_of(wilayah)
    ]


def tekan(counts: dict[str, int]) -> list[BarisBidang]:
    """Suppress small numbers; where only one would be, also the next smallest, for the total gives the one away."""
    small = {nama for nama, n in counts.items() if 0 < n < TERKECIL}
    if len(small) == 1:
        others = sorted((n, nama) for nama, n in counts.items() if n >= TERKECIL)
        small |= {nama for _n, nama in others[:1]}
    return [BarisBidang(nama, None if nama in small else n, nama in small) for nama, n in counts.items()]


def serupa(kecamatan: Wilayah, kategori: str) -> list[Pengaduan]:
    """Running reports about a subject in a kecamatan that everybody may read, the most supported first; of a larger
    region none."""
    if kecamatan.tingkat < Tingkat.KECAMATAN:
        return []
    rows = Pengaduan.objects.published().open().in_wilayah(kecamatan).filter(kategori=kategori)
    return list(rows.select_related("wilayah").order_by("-dukungan", "-diterima_pada")[:SERUPA])


def daftar_publik(wilayah: Wilayah, halaman: int = 1) -> Page[Pengaduan]:
    """Reports that a moderator let through, the latest first; of a province or the nation the latest hundred."""
    rows = Pengaduan.objects.published().in_wilayah(wilayah).select_related("kategori", "wilayah")
    return pages.halaman(rows.order_by("-diterima_pada", "-id"), wilayah, SEHALAMAN, halaman)

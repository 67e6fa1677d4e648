"""What everybody may know of the complaints of a region: figures of a year, and the reports that were let through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from kecamatan.models import Wilayah
from pengaduan.models import Pengaduan, RingkasanPengaduan


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


def tekan(counts: dict[str, int]) -> list[BarisBidang]:
    """Suppress small numbers; where only one would be, also the next smallest, for the total gives the one away."""
    small = {nama for nama, n in counts.items() if 0 < n < TERKECIL}
    if len(small) == 1:
        others = sorted((n, nama) for nama, n in counts.items() if n >= TERKECIL)
        small |= {nama for _n, nama in others[:1]}
    return [BarisBidang(nama, None if nama in small else n, nama in small) for nama, n in counts.items()]


def serupa(kecamatan: Wilayah, kategori: str) -> list[Pengaduan]:
    """Running reports about a subject in a kecamatan that everybody may read, the most supported first."""
    rows = Pengaduan.objects.published().open().in_wilayah(kecamatan).filter(kategori=kategori)
    return list(rows.select_related("wilayah").order_by("-dukungan", "-diterima_pada")[:SERUPA])


def daftar_publik(wilayah: Wilayah, halaman: int = 1) -> Page[Pengaduan]:
    """Reports that a moderator let through, the latest first."""
    rows = Pengaduan.objects.published().in_wilayah(wilayah).select_related("kategori", "wilayah")
    return Paginator(rows.order_by("-diterima_pada", "-id"), SEHALAMAN).get_page(halaman)

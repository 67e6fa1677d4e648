"""What the pages say about village money and basic services; reads the result table only."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import F
from django.utils import timezone

from kecamatan.models import Bidang, Wilayah
from layanan_dasar.models import APBDes, BidangApbdes, Jumlah, KualitasBelanja
from p3pd_portal.lib.angka import ratio
from p3pd_portal.lib.periode import pilih_tahun
from p3pd_portal.lib.urutan import urutkan


@dataclass(frozen=True)
class BelanjaBidang:
    """Spending of a region on one basic service; shares are of the spending known by kegiatan."""

    bidang: Bidang
    inti: Jumlah
    terkait: Jumlah
    porsi: Decimal | None


@dataclass(frozen=True)
class BelanjaBab:
    """Spending of a region in one chapter of the budget."""

    kode: str
    nama: str
    jumlah: Jumlah


@dataclass(frozen=True)
class Ringkasan:
    """A region and year: the result row (None if no budget is known) and its parts.

    `n_desa` is the number of villages that should have a budget, known even without a row.
    """

    tahun: int
    n_desa: int
    baris: KualitasBelanja | None
    bidang: list[BelanjaBidang]
    bab: list[BelanjaBab]


@dataclass(frozen=True)
class Komposisi:
    """How a year's spending divides: Rp per service (inti), related, other, unmapped; they add up to `total`."""

    tahun: int
    bagian: dict[str, int]
    total: int


@dataclass(frozen=True)
class BarisAnak:
    """A region below, with its result row if there is one."""

    wilayah: Wilayah
    baris: KualitasBelanja | None


@dataclass(frozen=True)
class KualitasWilayah:
    """The result rows of a region in all years, read once and asked often."""

    wilayah: Wilayah

    @cached_property
    def baris(self) -> dict[int, KualitasBelanja]:
        """By year, latest first."""
        return {row.tahun: row for row in KualitasBelanja.objects.of(self.wilayah).order_by("-tahun")}

    @cached_property
    def bidang(self) -> list[Bidang]:
        return list(Bidang.objects.all())

    @property
    def tahun(self) -> list[int]:
        """Years with at least one budget in the region, latest first."""
        return list(self.baris)

    def pilih_tahun(self, asked: str) -> int:
        """The year asked for, else the latest with data, else this year."""
        return pilih_tahun(asked, self.tahun, timezone.localdate())

    def ringkasan(self, tahun: int) -> Ringkasan:
        baris = self.baris.get(tahun)
        if baris is None:
            return Ringkasan(tahun, self.wilayah.jumlah_desa, None, [], [])
        bidang = []
        for satu in self.bidang:
            inti, terkait = (baris.jumlah(f"{kelas}_{satu.kode.lower()}") for kelas in ("inti", "terkait"))
            bidang.append(BelanjaBidang(satu, inti, terkait, ratio(inti.anggaran, baris.jumlah("rincian").anggaran)))
        bab = [BelanjaBab(kode, nama, baris.jumlah(f"bab_{kode}")) for kode, nama in BidangApbdes.choices]
        return Ringkasan(tahun, baris.n_desa, baris, bidang, bab)

    def komposisi(self) -> list[Komposisi]:
        """Years whose spending is known by kegiatan, earliest first."""
        rows = [row for row in reversed(self.baris.values()) if row.n_rincian]
        nama = {bidang.kode.lower(): bidang.nama for bidang in self.bidang} if rows else {}
        return [_komposisi(row, nama) for row in rows]


def _komposisi(row: KualitasBelanja, nama: dict[str, str]) -> Komposisi:
    total = row.jumlah("rincian").anggaran or 0
    bagian = {nama[kode]: row.jumlah(f"inti_{kode}").anggaran or 0 for kode in nama}
    bagian["Terkait layanan dasar"] = row.jumlah("terkait").anggaran or 0
    belum = row.jumlah("belum_dipetakan").anggaran or 0
    bagian["Belanja lain"] = total - sum(bagian.values()) - belum
    bagian["Belum dipetakan"] = belum
    return Komposisi(row.tahun, bagian, total)


_URUTAN = {
    "nama": lambda anak: anak.wilayah.nama,
    "cakupan": lambda anak: anak.baris and anak.baris.n_apbdes / max(anak.baris.n_desa, 1),
    "belanja": lambda anak: anak.baris and anak.baris.jumlah("belanja").anggaran,
    "porsi": lambda anak: anak.baris and anak.baris.porsi_inti,
    "serapan": lambda anak: anak.baris and anak.baris.serapan,
    "belum": lambda anak: anak.baris and anak.baris.porsi_belum_dipetakan,
}
URUTAN = tuple(_URUTAN)


def anak(wilayah: Wilayah, tahun: int, urut: str = "kode") -> list[BarisAnak]:
    """The regions directly below, in the order of their codes or of a column; what is unknown comes last.

    Args:
        urut: a key of URUTAN, with "-" before it for largest first; anything else means by code.
    """
    rows = KualitasBelanja.objects.below(wilayah).filter(tahun=tahun)
    by_kode = {row.wilayah.kode_kini: row for row in rows}
    hasil = [BarisAnak(satu, by_kode.get(satu.kode)) for satu in Wilayah.objects.children_of(wilayah)]
    key = _URUTAN.get(urut.removeprefix("-"))
    if key is None:
        return hasil
    return urutkan(hasil, key, turun=urut.startswith("-"))


def apbdes_berlaku(desa: Wilayah, tahun: int) -> APBDes | None:
    """The budget in force, with the totals and balances that the village itself published."""
    budgets = APBDes.objects.published().filter(desa.q_below("desa__"), tahun=tahun)
    # Its own before that of a village it follows.
    return budgets.order_by(F("desa__berlaku_sampai").desc(nulls_first=True)).prefetch_related("total").first()


def tahun_dihitung() -> list[int]:
    """Every year with a budget in force or a result, earliest first."""
    budgets = APBDes.objects.published().order_by().values_list("tahun", flat=True)
    results = KualitasBelanja.objects.order_by().values_list("tahun", flat=True)
    return sorted(budgets.union(results))

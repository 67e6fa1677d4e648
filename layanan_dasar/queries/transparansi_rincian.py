"""The figures under the six items of transparency: parts of one budget, and each of its kegiatan."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Left
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from layanan_dasar.models import (
    APBDes,
    BidangApbdes,
    Kegiatan,
    KualitasBelanja,
    PemetaanKegiatan,
    Rekening,
    TotalAPBDes,
)
from layanan_dasar.models.kualitas import PEMBIAYAAN
from layanan_dasar.queries.pemetaan import Terbanyak
from p3pd_portal.lib.angka import ratio


_KEADAAN = {
    "tanpa_anggaran": (_("realisasi tanpa anggaran"),) * 2,
    "belum_dilaporkan": (_("belum dilaporkan"),) * 2,
    "sebagian_dilaporkan": (_("baru sebagian dilaporkan"),) * 2,
    "penuh": (_("terserap seluruhnya"),) * 2,
    "nol": (_("belum ada realisasi sampai laporan ini"), _("tidak ada realisasi sampai akhir tahun")),
    "kurang": (_("belum terserap seluruhnya sampai laporan ini"), _("realisasi di bawah anggaran sampai akhir tahun")),
}
"""Words for the state of a kegiatan, while the year runs and after it ended. Money alone does not tell whether work is
unfinished or was done for less."""


@dataclass(frozen=True)
class Pos:
    """Rp budgeted and realised of a part of the budget; None where unknown or not reported."""

    kode: str
    nama: str | Promise
    anggaran: int | None
    realisasi: int | None
    is_total: bool = False

    @property
    def persen(self) -> Decimal | None:
        return ratio(self.realisasi, self.anggaran)

    @property
    def sisa(self) -> int | None:
        return None if self.anggaran is None or self.realisasi is None else self.anggaran - self.realisasi


@dataclass(frozen=True)
class PosKegiatan(Pos):
    """A kegiatan. `is_lengkap`: each of its lines was reported; `tutup`: what was reported is the whole year."""

    is_lengkap: bool = True
    tutup: bool = False

    @property
    def keadaan(self) -> str:
        """Key of its state."""
        if not self.anggaran:
            return "tanpa_anggaran"
        if self.realisasi is None:
            return "belum_dilaporkan"
        if self.realisasi >= self.anggaran:
            return "penuh"
        if not self.is_lengkap:
            return "sebagian_dilaporkan"
        return "kurang" if self.realisasi else "nol"

    @property
    def keterangan(self) -> str | Promise:
        return _KEADAAN[self.keadaan][self.tutup]


def groups(apbdes: APBDes) -> list[dict[str, Any]]:
    """Sums of the lines: of each kegiatan (or chapter, in a summary), and of revenue and financing by kelompok."""
    kelompok = Case(When(kode_kegiatan="", then=Left("kode_rekening", 3)), default=Value(""))
    latest = Coalesce("realisasi_s2", "realisasi_s1")
    rows = apbdes.baris.values("kode_kegiatan", kelompok=kelompok).annotate(
        jumlah=Sum("anggaran"),
        realisasi=Sum(latest),
        n=Count("pk"),
        n_lapor=Count(latest),
        n_setahun=Count("realisasi_s2"),
        uraian=Terbanyak("uraian", filter=~Q(uraian="")),
    )
    return [dict(row) for row in rows.order_by("kode_kegiatan", "kelompok")]


def semester(groups: list[dict[str, Any]], total: list[TotalAPBDes]) -> int | None:
    """The last semester of which anything was reported."""
    if any(row["n_setahun"] for row in groups) or any(satu.realisasi_s2 is not None for satu in total):
        return 2
    reported = any(row["n_lapor"] for row in groups) or any(satu.realisasi_s1 is not None for satu in total)
    return 1 if reported else None


def kegiatan(groups: list[dict[str, Any]], tutup: bool) -> list[PosKegiatan]:
    rows = [row for row in groups if row["kode_kegiatan"]]
    names = dict(Kegiatan.objects.values_list("kode", "nama"))
    return [
        PosKegiatan(
            kode=row["kode_kegiatan"],
            nama=_nama(row["kode_kegiatan"], row["uraian"] or "", names),
            anggaran=row["jumlah"],
            realisasi=row["realisasi"],
            is_lengkap=row["n"] == row["n_setahun" if tutup else "n_lapor"],
            tutup=tutup,
        )
        for row in rows
    ]


def _nama(kode: str, uraian: str, names: dict[str, str]) -> str:
    """Codes 90–99 are called what the village calls them, the others what the regulation does."""
    if PemetaanKegiatan(kode_kegiatan=kode).is_kode_daerah:
        return uraian or names.get(kode, "")
    return names.get(kode, uraian)


def postur(baris: KualitasBelanja, groups: list[dict[str, Any]], total: dict[str, TotalAPBDes]) -> list[Pos]:
    """Revenue, spending by chapter, balance, financing."""
    names = dict(Rekening.objects.filter(kode__regex=r"^[46]\.\d$").values_list("kode", "nama"))
    parts = {
        akun: [
            Pos(row["kelompok"], names.get(row["kelompok"], row["uraian"] or ""), row["jumlah"], row["realisasi"])
            for row in groups
            if row["kelompok"].startswith(akun)
        ]
        for akun in "46"
    }
    pendapatan, belanja = baris.jumlah("pendapatan"), baris.jumlah("belanja")
    return [
        Pos("4", _("Pendapatan"), pendapatan.anggaran, pendapatan.realisasi, is_total=True),
        *parts["4"],
        Pos("5", _("Belanja"), belanja.anggaran, belanja.realisasi, is_total=True),
        *(_bab(baris, groups, total, kode, nama) for kode, nama in BidangApbdes.choices),
        Pos(
            "4-5",
            _("Surplus atau defisit"),
            _minus(pendapatan.anggaran, belanja.anggaran),
            _minus(pendapatan.realisasi, belanja.realisasi),
            is_total=True,
        ),
        *(parts["6"] or [Pos("6", _("Pembiayaan"), None, None)]),
    ]


def _bab(
    baris: KualitasBelanja, groups: list[dict[str, Any]], total: dict[str, TotalAPBDes], kode: str, nama: str
) -> Pos:
    """A chapter. One of a reported budget of which no line was reported is not 0."""
    jumlah = baris.jumlah(f"bab_{kode}")
    known = any(row["n_lapor"] for row in groups if row["kode_kegiatan"].startswith(kode))
    known = known or (kode in total and total[kode].realisasi is not None) or not jumlah.anggaran
    return Pos(kode, nama, jumlah.anggaran, jumlah.realisasi if known else None)


def _minus(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left - right


def silpa(baris: KualitasBelanja) -> int | None:
    """Unknown too while financing that was budgeted is not reported."""
    unreported = any(baris.jumlah(part).anggaran and baris.jumlah(part).realisasi is None for part in PEMBIAYAAN)
    return None if unreported else baris.silpa

"""What the lines of one budget say of themselves: balance, the rules of its year, the share of basic services.

Result tables hold budgets in force only; a draft is measured here, by the same sums over its own lines.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from layanan_dasar.aggregation.desa import budget_sums
from layanan_dasar.models import APBDes, AturanBelanja, KepatuhanAturan, ParameterIbdb
from layanan_dasar.models.kualitas import KODE_BIDANG
from p3pd_portal.lib.angka import angka, persen, ratio, rupiah


Status = KepatuhanAturan.Status
_BELANJA = ~Q(kode_kegiatan="")


@dataclass(frozen=True)
class Butir:
    """A computed item of the checklist: what was found, against what, and whether it holds.

    Attributes:
        pembilang, penyebut: Rp; None where the budget does not tell it.
        batas: the bound as the page says it ("paling banyak 30%").
        catatan: why it cannot be computed or does not apply, or what the reader should know.
    """

    kode: str
    nama: str
    status: str
    pembilang: int | None = None
    penyebut: int | None = None
    batas: str = ""
    dasar: str = ""
    catatan: str = ""

    @property
    def porsi(self) -> Decimal | None:
        return ratio(self.pembilang, self.penyebut)

    @property
    def label(self) -> str:
        return Status(self.status).label

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def periksa(apbdes: APBDes) -> list[Butir]:
    """The computed checklist of a budget, draft or not: two queries for its figures, two for rules and parameters."""
    jumlah = _sums(apbdes)
    aturan = AturanBelanja.objects.at(apbdes.tahun).order_by("kode")
    return [_balance(apbdes, jumlah), *(_rule(satu, apbdes, jumlah) for satu in aturan), _share(apbdes, jumlah)]


def dari_json(rows: Iterable[dict[str, Any]]) -> list[Butir]:
    """The checklist as it was kept with a result."""
    return [Butir(**row) for row in rows]


def _sums(apbdes: APBDes) -> dict[str, int]:
    """The sums of the nightly tables over the lines of this budget, and what only a draft is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(budget_sums("a.id = %(apbdes)s"), {"apbdes": apbdes.pk, "tahun": apbdes.tahun})
        names = [column.name.removesuffix("_a") for column in cursor.description]
        values = cursor.fetchone() or [0] * len(names)  # a budget without a line has no sums
    jumlah = {name: int(value or 0) for name, value in zip(names, values, strict=True)}
    jumlah["inti"] = sum(jumlah[f"inti_{kode.lower()}"] for kode in KODE_BIDANG)
    return jumlah | apbdes.baris.aggregate(
        dd_belanja=Coalesce(Sum("anggaran", filter=_BELANJA & Q(sumber_dana="DDS")), 0),
        tanpa_sumber=Count("pk", filter=_BELANJA & Q(sumber_dana="")),
    )


def _is_detailed(apbdes: APBDes) -> bool:
    return apbdes.cakupan_belanja == APBDes.CakupanBelanja.KEGIATAN


def _has_revenue(apbdes: APBDes) -> bool:
    return apbdes.cakupan_pendapatan == APBDes.CakupanPendapatan.LENGKAP


def _balance(apbdes: APBDes, jumlah: dict[str, int]) -> Butir:
    """(4 − 5) + (6.1 − 6.2) must be nothing."""
    nama, batas = _("Keseimbangan pendapatan, belanja, dan pembiayaan"), _("selisih nol")
    dasar = "Permendagri 20/2018"
    if not (_is_detailed(apbdes) and _has_revenue(apbdes)):
        catatan = _("Pendapatan atau belanja rancangan ini belum lengkap.")
        return Butir("keseimbangan", nama, Status.TIDAK_DAPAT_DIHITUNG, batas=batas, dasar=dasar, catatan=catatan)
    selisih = jumlah["pendapatan"] - jumlah["rincian"]
    selisih += jumlah["terima_pembiayaan"] - jumlah["keluar_pembiayaan"]
    status = Status.TIDAK_PATUH if selisih else Status.PATUH
    return Butir("keseimbangan", nama, status, selisih, batas=batas, dasar=dasar)


def _rule(aturan: AturanBelanja, apbdes: APBDes, jumlah: dict[str, int]) -> Butir:
    """One rule of the year, measured as its row in the table of rules says."""
    batas = "" if aturan.persen is None else f"{aturan.get_jenis_display()} {persen(aturan.persen / 100, 0)}"
    dikenal: dict[str, Any] = {"batas": batas, "dasar": aturan.dasar_hukum}
    if gap := _not_computable(aturan, apbdes, jumlah):
        return Butir(aturan.kode, aturan.nama, Status.TIDAK_DAPAT_DIHITUNG, catatan=gap, **dikenal)
    bagian, dasar = jumlah[aturan.ukuran], _base(aturan, jumlah)
    if aturan.persen is None:
        catatan = _("Peraturannya tidak menyebut persentase; hanya ditampilkan.")
        return Butir(aturan.kode, aturan.nama, Status.TIDAK_BERLAKU, bagian, dasar, catatan=catatan, **dikenal)
    if not dasar:
        catatan = _("Tidak ada yang dibagi: dasar hitungannya nol.")
        return Butir(aturan.kode, aturan.nama, Status.TIDAK_BERLAKU, bagian, dasar, catatan=catatan, **dikenal)
    limit = aturan.persen * dasar
    kept = bagian * 100 >= limit if aturan.jenis == AturanBelanja.Jenis.MIN else bagian * 100 <= limit
    status = Status.PATUH if kept else Status.TIDAK_PATUH
    return Butir(aturan.kode, aturan.nama, status, bagian, dasar, catatan=aturan.catatan, **dikenal)


def _base(aturan: AturanBelanja, jumlah: dict[str, int]) -> int:
    if aturan.basis == AturanBelanja.Basis.PAGU_REGULER:
        return jumlah["pagu_dd"] - jumlah["kdmp"]
    return jumlah[aturan.basis]


def _not_computable(aturan: AturanBelanja, apbdes: APBDes, jumlah: dict[str, int]) -> str:
    """Why a rule cannot be measured on this budget; empty if it can."""
    if not aturan.ukuran:
        return _("Tidak ada kode yang membedakan belanjanya.")
    if not _is_detailed(apbdes):
        return _("Rincian kegiatan belum ada.")
    if jumlah["tanpa_sumber"]:
        n = angka(jumlah["tanpa_sumber"])
        return _("%(n)s baris belanja tidak menyebut sumber dananya.") % {"n": n}
    if aturan.basis != AturanBelanja.Basis.BELANJA and not _has_revenue(apbdes):
        return _("Pagu Dana Desa belum diketahui: pendapatannya belum lengkap.")
    if aturan.basis != AturanBelanja.Basis.BELANJA and jumlah["dd_belanja"] and not jumlah["pagu_dd"]:
        return _("Ada belanja dari Dana Desa, tetapi pendapatannya (4.2.1) tidak dianggarkan.")
    return ""


def _share(apbdes: APBDes, jumlah: dict[str, int]) -> Butir:
    """The share of basic services: no law binds it, so it is shown and never judged."""
    nama = _("Porsi layanan dasar dalam belanja")
    if not _is_detailed(apbdes):
        catatan = _("Rincian kegiatan belum ada.")
        return Butir("porsi_layanan_dasar", nama, Status.TIDAK_DAPAT_DIHITUNG, catatan=catatan)
    target = ParameterIbdb.objects.filter(aktif=True).values_list("target_alokasi", flat=True).first()
    catatan = _("Bahan pembinaan, bukan kewajiban hukum.")
    if jumlah["belum_dipetakan"]:
        rp = rupiah(jumlah["belum_dipetakan"])
        catatan += " " + _("Belanja %(rp)s belum dipetakan ke layanan dasar mana pun.") % {"rp": rp}
    batas = "" if target is None else _("acuan portal %(target)s") % {"target": persen(target, 0)}
    belanja = jumlah["rincian"] - jumlah["kdmp"]
    return Butir("porsi_layanan_dasar", nama, Status.TIDAK_BERLAKU, jumlah["inti"], belanja, batas, "P3PD 1D", catatan)

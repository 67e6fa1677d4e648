"""What the lines of one budget say of themselves: balance, the rules of its year, the share of basic services.

Result tables hold budgets in force only; a draft is measured here, in one statement over its own lines.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from layanan_dasar.models import APBDes, AturanBelanja, KepatuhanAturan, ParameterIbdb
from p3pd_portal.lib.angka import angka, persen, ratio


Status = KepatuhanAturan.Status
_DD = "sumber_dana = 'DDS'"
_JUMLAH = {
    "pendapatan": "kode_kegiatan = '' AND starts_with(kode_rekening, '4')",
    "belanja": "kode_kegiatan <> ''",
    "terima": "kode_kegiatan = '' AND starts_with(kode_rekening, '6.1')",
    "keluar": "kode_kegiatan = '' AND starts_with(kode_rekening, '6.2')",
    "belanja_bersih": "kode_kegiatan <> '' AND NOT bengkok",
    "pagu_dd": "kode_kegiatan = '' AND starts_with(kode_rekening || '.', '4.2.1.')",
    "inti": "golongan = 'I'",
    "k30": "'k30' = ANY(tag) AND NOT bengkok",
    "dd_blt": f"'blt' = ANY(tag) AND {_DD}",
    "dd_pangan": f"{_DD} AND ('ketahanan_pangan' = ANY(tag) OR starts_with(kode_rekening || '.', '6.2.2.'))",
    "dd_operasional": f"'operasional_dd' = ANY(tag) AND {_DD}",
    "dd_stunting": f"'stunting' = ANY(tag) AND {_DD}",
    "kdmp": "'kdmp' = ANY(tag)",
    "dd_belanja": f"kode_kegiatan <> '' AND {_DD}",
}
# A mapping of the kabupaten goes before the national one. Under a condition not met, class and themes do not hold.
_SUMS = f"""
    WITH peta AS (
        SELECT DISTINCT ON (p.kode_kegiatan) p.*
        FROM layanan_dasar_pemetaankegiatan p LEFT JOIN kecamatan_wilayah k ON k.id = p.kabupaten_id
        WHERE p.status <> 'usulan' AND p.tahun_dari <= %(tahun)s AND coalesce(p.tahun_sampai, %(tahun)s) >= %(tahun)s
          AND (p.kabupaten_id IS NULL OR k.kode_kini = %(kabupaten)s)
        ORDER BY p.kode_kegiatan, p.kabupaten_id IS NULL
    ), syarat AS (
        SELECT b.*, p.kelas, p.kelas_lain, p.tag AS tema, coalesce(s.bengkok, false) AS bengkok,
            p.syarat_sumber_dana IN ('', b.sumber_dana) AND (
                (p.syarat_rekening = '' AND p.syarat_output = '')
                OR (p.syarat_rekening <> '' AND starts_with(b.kode_rekening, p.syarat_rekening))
                OR (p.syarat_output <> '' AND b.kode_output = p.syarat_output)
            ) AS terpenuhi
        FROM layanan_dasar_barisapbdes b
        LEFT JOIN peta p USING (kode_kegiatan)
        LEFT JOIN layanan_dasar_sumberdana s ON s.kode = b.sumber_dana
        WHERE b.apbdes_id = %(apbdes)s
    ), baris AS (
        SELECT kode_kegiatan, kode_rekening, sumber_dana, anggaran, bengkok,
            CASE WHEN terpenuhi THEN kelas ELSE kelas_lain END AS golongan,
            CASE WHEN terpenuhi THEN tema ELSE '{{}}' END AS tag
        FROM syarat
    )
    SELECT {", ".join(f"coalesce(sum(anggaran) FILTER (WHERE {what}), 0)::int8 AS {name}" for name, what in _JUMLAH.items())},
        count(*) FILTER (WHERE kode_kegiatan <> '' AND sumber_dana = '') AS tanpa_sumber,
        count(*) FILTER (WHERE kode_kegiatan <> '' AND golongan IS NULL) AS belum_dipetakan
    FROM baris
"""  # noqa: E501 - the sums are one line each where they are named


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
    """The computed checklist of a budget, draft or not: two queries for the figures, one for the rules."""
    jumlah = _sums(apbdes)
    aturan = AturanBelanja.objects.at(apbdes.tahun).order_by("kode")
    return [_balance(apbdes, jumlah), *(_rule(satu, apbdes, jumlah) for satu in aturan), _share(apbdes, jumlah)]


def dari_json(rows: Iterable[dict[str, Any]]) -> list[Butir]:
    """The checklist as it was kept with a result."""
    return [Butir(**row) for row in rows]


def _sums(apbdes: APBDes) -> dict[str, int]:
    values: dict[str, Any] = {"apbdes": apbdes.pk, "tahun": apbdes.tahun, "kabupaten": apbdes.desa.kode[:5]}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values)
        return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))


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
    selisih = jumlah["pendapatan"] - jumlah["belanja"] + jumlah["terima"] - jumlah["keluar"]
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
        n = angka(jumlah["belum_dipetakan"])
        catatan += " " + _("%(n)s baris belanja belum dipetakan ke layanan dasar mana pun.") % {"n": n}
    batas = "" if target is None else _("acuan portal %(target)s") % {"target": persen(target, 0)}
    belanja = jumlah["belanja"] - jumlah["kdmp"]
    return Butir("porsi_layanan_dasar", nama, Status.TIDAK_BERLAKU, jumlah["inti"], belanja, batas, "P3PD 1D", catatan)

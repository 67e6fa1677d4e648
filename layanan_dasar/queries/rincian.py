"""The lines of village budgets in force, added up by kegiatan and by source of money: for a desa or a kecamatan, one
statement each however many lines there are. Regions above read sums of result rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models.functions import Coalesce

from layanan_dasar.models import BarisAPBDes
from p3pd_portal.lib.angka import ratio


PALING_BANYAK = 50
"""Lines of a list on a page; files hold all."""


@dataclass(frozen=True)
class BarisRincian:
    """Spending on a kegiatan or from a source, over the desa whose budget is known by kegiatan.

    Attributes:
        golongan: code and class of the service a kegiatan counts for ("KES", "I"); None if nothing maps it, ("", "")
            if it is no basic service, and for sources of money.
        bersyarat: the class holds under a condition only.
        anggaran: Rp budgeted.
        realisasi: Rp spent since 1 January; None if nobody reported.
        terlapor: Rp budgeted by the desa that reported realisation.
        n_desa: desa with such a line.
        n_lebih: those that spent more on it than they budgeted.
    """

    kode: str
    nama: str
    golongan: tuple[str, str] | None
    bersyarat: bool
    anggaran: int
    realisasi: int | None
    terlapor: int | None
    n_desa: int
    n_lebih: int

    @property
    def serapan(self) -> Decimal | None:
        return ratio(self.realisasi, self.terlapor)


@dataclass(frozen=True)
class Cakupan:
    """Whose budgets are added up: desa with detail by kegiatan, those of them that reported, and their kabupaten."""

    tahun: int
    desa: Sequence[int]
    lapor: Sequence[int]
    kabupaten: str


_JUMLAH = """
    WITH per_desa AS (
        SELECT a.desa_id, b.{kunci} AS kode, max(b.uraian) AS uraian, coalesce(sum(b.anggaran), 0) AS anggaran,
            sum(coalesce(b.realisasi_s2, b.realisasi_s1)) AS realisasi
        FROM layanan_dasar_apbdes a JOIN layanan_dasar_barisapbdes b ON b.apbdes_id = a.id
        WHERE a.berlaku AND a.tahun = %(tahun)s AND a.desa_id = ANY(%(desa)s) AND b.kode_kegiatan <> ''
        GROUP BY a.desa_id, b.{kunci}
    ), jumlah AS (
        SELECT kode, mode() WITHIN GROUP (ORDER BY uraian) AS uraian, sum(anggaran)::bigint AS anggaran,
            sum(realisasi)::bigint AS realisasi, (sum(anggaran) FILTER (WHERE desa_id = ANY(%(lapor)s)))::bigint
            AS terlapor, count(*) AS n_desa, count(*) FILTER (WHERE realisasi > anggaran) AS n_lebih
        FROM per_desa GROUP BY kode
    )
"""
_KEGIATAN = f"""{_JUMLAH.format(kunci="kode_kegiatan")}
    SELECT j.kode, coalesce(k.nama, nullif(p.nama, ''), nullif(j.uraian, ''), '(tanpa nama)'),
        CASE WHEN p.id IS NULL THEN NULL ELSE ARRAY[coalesce(p.bidang_id::text, ''), p.kelas::text] END,
        coalesce(p.syarat_sumber_dana <> '' OR p.syarat_rekening <> '' OR p.syarat_output <> '', false),
        j.anggaran, j.realisasi, j.terlapor, j.n_desa, j.n_lebih
    FROM jumlah j LEFT JOIN layanan_dasar_kegiatan k ON k.kode = j.kode
    LEFT JOIN LATERAL (
        SELECT m.* FROM layanan_dasar_pemetaankegiatan m LEFT JOIN kecamatan_wilayah w ON w.id = m.kabupaten_id
        WHERE m.kode_kegiatan = j.kode AND m.status <> 'usulan'
            AND %(tahun)s BETWEEN m.tahun_dari AND coalesce(m.tahun_sampai, 9999)
            AND (m.kabupaten_id IS NULL OR w.kode = %(kabupaten)s)
        ORDER BY m.kabupaten_id IS NULL LIMIT 1
    ) p ON true
    ORDER BY j.anggaran DESC, j.kode
"""
_SUMBER = f"""{_JUMLAH.format(kunci="sumber_dana")}
    SELECT j.kode, coalesce(s.nama, nullif(j.kode, ''), '(tidak disebut)'), ARRAY['', ''], false,
        j.anggaran, j.realisasi, j.terlapor, j.n_desa, j.n_lebih
    FROM jumlah j LEFT JOIN layanan_dasar_sumberdana s ON s.kode = j.kode
    ORDER BY j.anggaran DESC, j.kode
"""
# The first half of the year, desa by desa: what share of the whole year's budget was spent by 30 June.
_SEMESTER = """
    SELECT min(bagian), max(bagian), count(*) FROM (
        SELECT sum(b.realisasi_s1) / nullif(sum(b.anggaran), 0) AS bagian
        FROM layanan_dasar_apbdes a JOIN layanan_dasar_barisapbdes b ON b.apbdes_id = a.id
        WHERE a.berlaku AND a.tahun = %s AND a.desa_id = ANY(%s) AND b.kode_kegiatan <> ''
        GROUP BY a.desa_id HAVING count(b.realisasi_s1) > 0
    ) per_desa WHERE bagian IS NOT NULL
"""


def per_kegiatan(cakupan: Cakupan) -> list[BarisRincian]:
    """By kegiatan, largest first, with the service each counts for."""
    return _rows(_KEGIATAN, cakupan)


def per_sumber(cakupan: Cakupan) -> list[BarisRincian]:
    """By source of money, largest first."""
    return _rows(_SUMBER, cakupan)


def _rows(statement: str, cakupan: Cakupan) -> list[BarisRincian]:
    values: dict[str, Any] = {
        "tahun": cakupan.tahun,
        "desa": list(cakupan.desa),
        "lapor": list(cakupan.lapor),
        "kabupaten": cakupan.kabupaten,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            BarisRincian(kode, nama, golongan and (golongan[0], golongan[1]), *rest)
            for kode, nama, golongan, *rest in cursor.fetchall()
        ]


def semester_pertama(desa: Sequence[int], tahun: int) -> tuple[Decimal, Decimal, int] | None:
    """Smallest and largest share of the year's budget that desa had spent by 30 June, and of how many; None if none
    reported a first half."""
    with connection.cursor() as cursor:
        cursor.execute(_SEMESTER, [tahun, list(desa)])
        least, most, n = cursor.fetchone()
    return (least, most, n) if n else None


def baris_tanpa_anggaran(desa: Sequence[int], tahun: int, paling_banyak: int | None = None) -> list[BarisAPBDes]:
    """Lines spent without a budget, largest first."""
    lines = BarisAPBDes.objects.filter(apbdes__berlaku=True, apbdes__tahun=tahun, apbdes__desa__in=list(desa))
    lines = lines.exclude(kode_kegiatan="").exclude(anggaran__gt=0)
    lines = lines.annotate(realisasi=Coalesce("realisasi_s2", "realisasi_s1")).filter(realisasi__gt=0)
    return list(lines.select_related("apbdes__desa").order_by("-realisasi", "kode_kegiatan")[:paling_banyak])

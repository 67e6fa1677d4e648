"""Recompute the result table of village money and basic services: one pass over the lines, then upwards by sums.

The lines of each budget in force are summed once; kecamatan, kabupaten, provinsi and the nation are sums of the
rows below them. Every statement writes only rows that differ, so a run may be repeated at will.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from layanan_dasar.models.belanja import BidangApbdes
from layanan_dasar.models.kualitas import KELOMPOK, KODE_BIDANG, KOLOM_HITUNG, KOLOM_JUMLAH
from p3pd_portal.lib.locks import wait_in_transaction


TABLE = "layanan_dasar_kualitasbelanja"
_COLUMNS = [*KOLOM_HITUNG, *KOLOM_JUMLAH]
_INTI = [f"inti_{kode.lower()}" for kode in KODE_BIDANG]
_TERKAIT = [f"terkait_{kode.lower()}" for kode in KODE_BIDANG]
_BAB = [f"bab_{kode}" for kode in BidangApbdes.values]

# Which lines each group sums; `golongan` is class and service of the line's kegiatan, null while it is unmapped.
_LINES = {
    "pendapatan": "kode_kegiatan = '' AND starts_with(kode_rekening, '4')",
    "rincian": "kode_kegiatan <> ''",
    "belum_dipetakan": "kode_kegiatan <> '' AND golongan IS NULL",
    **{f"inti_{kode.lower()}": f"golongan = 'I{kode}'" for kode in KODE_BIDANG},
    **{f"terkait_{kode.lower()}": f"golongan = 'T{kode}'" for kode in KODE_BIDANG},
    **{f"bab_{kode}": f"left(kode_kegiatan, 2) = '{kode}'" for kode in BidangApbdes.values},
}


def _known(group: str, measure: str) -> str:
    """One sum (`measure` a: anggaran, r: realisasi) as far as the budget tells it: NULL unknown, 0 a true zero."""
    if group == "belanja":
        return f"CASE WHEN lengkap THEN {' + '.join(_known(bab, measure) for bab in _BAB)} END"
    if group in ("inti", "terkait"):
        parts = _INTI if group == "inti" else _TERKAIT
        return f"CASE WHEN rinci THEN {' + '.join(f'coalesce({part}_{measure}, 0)' for part in parts)} END"
    if group == "pendapatan":
        return f"CASE WHEN pendapatan_lengkap THEN pendapatan_{measure} END"
    if group in _BAB:  # a summary states its chapters itself; its lines may be only some of them
        stated = f"coalesce(CASE WHEN NOT rinci THEN total_{group}_{measure} END, {group}_{measure})"
        return f"CASE WHEN lengkap THEN coalesce({stated}, 0) ELSE {stated} END"
    return f"CASE WHEN rinci THEN coalesce({group}_{measure}, 0) END"


def _desa_values() -> str:
    """The three columns of every group: budgeted, realised, and budgeted by those who reported realisation."""
    values = []
    for group in KELOMPOK:
        reported = "lapor_pendapatan" if group == "pendapatan" else "lapor_belanja"
        values.append(_known(group, "a"))
        values += [f"CASE WHEN {reported} THEN {_known(group, measure)} END" for measure in "ra"]
    return ",\n".join(values)


def _sums() -> str:
    return ",\n".join(
        f"sum(anggaran) FILTER (WHERE {condition}) AS {group}_a, sum(realisasi) FILTER (WHERE {condition}) AS {group}_r"
        for group, condition in _LINES.items()
    )


def _stated() -> str:
    return ",\n".join(
        f"max(anggaran) FILTER (WHERE kode = '{kode}') AS total_bab_{kode}_a, "
        f"max(coalesce(realisasi_s2, realisasi_s1)) FILTER (WHERE kode = '{kode}') AS total_bab_{kode}_r"
        for kode in BidangApbdes.values
    )


def _upsert(select: str) -> str:
    """Insert the selected rows (region, year, columns) or update those that differ."""
    columns = ", ".join(_COLUMNS)
    new, old = (", ".join(f"{source}.{column}" for column in _COLUMNS) for source in ("excluded", TABLE))
    return f"""
        INSERT INTO {TABLE} (wilayah_id, tahun, {columns}) {select}
        ON CONFLICT (wilayah_id, tahun) DO UPDATE SET ({columns}, updated_at) = ROW ({new}, now())
        WHERE ({old}) IS DISTINCT FROM ({new})
    """


def desa_select(scope: str) -> str:
    """The rows of the desa, from the lines of their budgets in force. `scope` is a condition on apbdes `a`."""
    return f"""
        WITH budget AS MATERIALIZED (
            SELECT a.id, a.desa_id, a.cakupan_belanja = 'kegiatan' AS rinci,
                a.cakupan_belanja IN ('kegiatan', 'bidang') AS lengkap,
                a.cakupan_pendapatan = 'lengkap' AS pendapatan_lengkap
            FROM layanan_dasar_apbdes a WHERE a.berlaku AND a.tahun = %(tahun)s AND {scope}
        ), peta AS MATERIALIZED (
            SELECT kode, coalesce(kelas || bidang_id, '') AS golongan, kelas_lain || bidang_id AS golongan_lain,
                syarat_sumber_dana <> '' OR syarat_rekening <> '' AS bersyarat, syarat_sumber_dana, syarat_rekening
            FROM layanan_dasar_kegiatan
        ), baris AS (
            SELECT b.apbdes_id, b.kode_kegiatan, b.kode_rekening, b.anggaran,
                coalesce(b.realisasi_s2, b.realisasi_s1) AS realisasi,
                CASE WHEN bersyarat AND NOT (b.sumber_dana = syarat_sumber_dana
                    AND starts_with(b.kode_rekening, syarat_rekening)) THEN golongan_lain ELSE golongan END AS golongan
            FROM budget JOIN layanan_dasar_barisapbdes b ON b.apbdes_id = budget.id
            LEFT JOIN peta ON peta.kode = b.kode_kegiatan
        ), jumlah AS (
            SELECT apbdes_id, {_sums()} FROM baris GROUP BY apbdes_id
        ), total AS (
            SELECT apbdes_id, {_stated()} FROM layanan_dasar_totalapbdes
            WHERE apbdes_id IN (SELECT id FROM budget WHERE NOT rinci) GROUP BY apbdes_id
        ), diketahui AS (
            SELECT *, pendapatan_r IS NOT NULL AS lapor_pendapatan,
                num_nonnulls(rincian_r, {", ".join(f"total_{bab}_r" for bab in _BAB)}) > 0 AS lapor_belanja
            FROM budget
            LEFT JOIN jumlah ON jumlah.apbdes_id = budget.id
            LEFT JOIN total ON total.apbdes_id = budget.id
        )
        SELECT desa_id, %(tahun)s, 1, 1, pendapatan_lengkap::int, lengkap::int, rinci::int,
            (lengkap AND lapor_belanja)::int, {_desa_values()}
        FROM diketahui
    """


_STALE = f"""
    DELETE FROM {TABLE} k USING kecamatan_wilayah w
    WHERE k.tahun = %(tahun)s AND w.id = k.wilayah_id AND w.tingkat = 4 AND {{scope}} AND NOT EXISTS (
        SELECT FROM layanan_dasar_apbdes a WHERE a.berlaku AND (a.desa_id, a.tahun) = (k.wilayah_id, k.tahun)
    )
"""
# A desa whose spending is known in part shows its chapters on its own page, and adds them to nothing.
# Of two villages that merged each had a budget, which makes them more than there are today.
_PARTS = ", ".join(
    f"least(sum(k.{column}), i.jumlah_desa)"
    if column.startswith("n_")
    else f"sum(k.{column})" + (" FILTER (WHERE k.n_belanja > 0)" if column.startswith("bab_") else "")
    for column in _COLUMNS[1:]
)
# Which region a row adds to today: a closed village counts where its successor is, in years without a row of the
# successor's own. Closed regions above the villages have no rows.
_ADDS_TO = f"""
    i.berlaku_sampai IS NULL AND i.tingkat = %(tingkat)s AND w.tingkat = %(tingkat)s + 1
    AND i.kode = CASE w.tingkat WHEN 4 THEN left(w.kode_kini, 8) ELSE w.kode_induk END
    AND NOT (i.tingkat = 0 AND w.contoh)
    AND (w.berlaku_sampai IS NULL OR NOT EXISTS (
        SELECT FROM {TABLE} sendiri JOIN kecamatan_wilayah p ON p.id = sendiri.wilayah_id
        WHERE p.kode = w.kode_kini AND p.berlaku_sampai IS NULL AND sendiri.tahun = %(tahun)s
    ))
"""
_ROLL_UP = f"""
    SELECT i.id, %(tahun)s, i.jumlah_desa, {_PARTS}
    FROM {TABLE} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id JOIN kecamatan_wilayah i ON {_ADDS_TO}
    WHERE k.tahun = %(tahun)s AND {{scope}}
    GROUP BY i.id
"""
_EMPTY = f"""
    DELETE FROM {TABLE} k USING kecamatan_wilayah i
    WHERE k.tahun = %(tahun)s AND i.id = k.wilayah_id AND i.tingkat = %(tingkat)s AND {{scope}} AND NOT EXISTS (
        SELECT FROM {TABLE} anak JOIN kecamatan_wilayah w ON w.id = anak.wilayah_id
        WHERE anak.tahun = k.tahun AND {_ADDS_TO}
    )
"""


@transaction.atomic
def rebuild(tahun: int, *, desa_ids: Sequence[int] | None = None) -> dict[str, int]:
    """Recompute a year: all desa or the given ones, and the regions above them.

    Returns counts of rows written: {"tahun", "desa", "wilayah"}; both counts are 0 when nothing had changed.
    Two runs of one year wait for each other.
    """
    wait_in_transaction(f"kualitas-belanja-{tahun}")
    values: dict[str, Any] = {"tahun": tahun, "desa_ids": desa_ids}
    all_desa = desa_ids is None
    with connection.cursor() as cursor:
        cursor.execute(_STALE.format(scope="true" if all_desa else "w.id = ANY(%(desa_ids)s)"), values)
        desa = cursor.rowcount
        cursor.execute(_upsert(desa_select("true" if all_desa else "a.desa_id = ANY(%(desa_ids)s)")), values)
        desa += cursor.rowcount
        wilayah = 0
        values["kode"] = None if desa_ids is None else _ancestors(desa_ids)
        above = "true" if all_desa else "i.kode = ANY(%(kode)s)"
        for values["tingkat"] in (3, 2, 1, 0):
            for statement in (_EMPTY, _upsert(_ROLL_UP)):
                cursor.execute(statement.format(scope=above), values)
                wilayah += cursor.rowcount
    return {"tahun": tahun, "desa": desa, "wilayah": wilayah}


def _ancestors(desa_ids: Sequence[int]) -> list[str]:
    kode = Wilayah.objects.filter(id__in=desa_ids, kode_kini__isnull=False).values_list("kode_kini", flat=True)
    return sorted({atas for desa in kode for atas in kode_leluhur(desa)[:-1]})

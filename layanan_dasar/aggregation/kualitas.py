"""Recompute the result tables of village money and basic services: one pass over the lines, then upwards by sums.

The lines of each budget in force are summed once; kecamatan, kabupaten, provinsi and the nation are sums of the
rows below them; rules and index follow from the sums. Every statement writes only rows that differ, so a run may be
repeated at will. What each sum holds stands in models/kualitas.py, the formulas in the reference of P3PD 1D §4.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from layanan_dasar.aggregation import aturan, indeks, sebaran
from layanan_dasar.aggregation.desa import desa_select
from layanan_dasar.aggregation.naik import (
    NASIONAL,
    PROVINSI,
    SCOPE_ABOVE,
    analyze,
    ancestors,
    empty,
    levels,
    lock_atas,
    lock_tahun,
    roll_up,
    run,
    upsert,
)
from layanan_dasar.models.kualitas import KOLOM_HITUNG, KOLOM_JUMLAH


TABLE = "layanan_dasar_kualitasbelanja"
COLUMNS = [*KOLOM_HITUNG, *KOLOM_JUMLAH]
KEYS = ["wilayah_id", "tahun"]

_STALE = f"""
    DELETE FROM {TABLE} k USING kecamatan_wilayah w
    WHERE k.tahun = %(tahun)s AND w.id = k.wilayah_id AND w.tingkat = 4 AND {{scope}} AND NOT EXISTS (
        SELECT FROM layanan_dasar_apbdes a WHERE a.berlaku AND (a.desa_id, a.tahun) = (w.id, k.tahun)
    )
"""
_DONE = "DELETE FROM layanan_dasar_desaberubah d WHERE d.tahun = %(tahun)s AND {scope}"


def _part(column: str) -> str:
    """The sum of a column over the rows below.

    A desa whose spending is known in part shows its chapters on its own page, and adds them to nothing. Of two
    villages that merged each had a budget, which makes them more than there are today.
    """
    if column == "n_desa":
        return "i.jumlah_desa"
    if column in ("n_apbdes", "n_pendapatan", "n_belanja", "n_rincian", "n_realisasi", "n_setahun"):
        return f"least(sum(k.{column}), i.jumlah_desa)"
    return f"sum(k.{column})" + (" FILTER (WHERE k.n_belanja > 0)" if column.startswith("bab_") else "")


_UPSERT_ABOVE = upsert(
    TABLE, ["wilayah_id", "tahun"], COLUMNS, roll_up(TABLE, [_part(column) for column in COLUMNS]), touch=True
)


@transaction.atomic
def rebuild(
    tahun: int, *, desa_ids: Sequence[int] | None = None, sampai: int = NASIONAL, tahun_berjalan: int | None = None
) -> dict[str, int]:
    """Recompute a year: all desa or the given ones, and the regions above them.

    Runs over different kabupaten go side by side; two over the same one, or a run over everything, wait.

    Args:
        sampai: level up to which regions are recomputed; parts of a run stop at their kabupaten.
        tahun_berjalan: the budget year that has not ended, for which there is no index; by default that of the
            database's clock.

    Returns:
        Rows written: {"tahun", "desa", "wilayah"}; both counts are 0 when nothing had changed.
    """
    above = None if desa_ids is None else ancestors(desa_ids)
    lock_tahun(tahun, above)
    values: dict[str, Any] = {"tahun": tahun, "desa_ids": desa_ids, "kode": above, "tahun_berjalan": tahun_berjalan}
    all_desa = desa_ids is None
    with connection.cursor() as cursor:
        # Sums in memory instead of lines sorted on disk: of the whole country, or of a few kabupaten.
        cursor.execute(f"SET LOCAL work_mem = '{512 if all_desa else 32}MB'")
        desa = _rebuild_desa(cursor, values, all_desa)
        wilayah = 0
        for level in levels(tahun, sampai, everywhere=all_desa):
            wilayah += _rebuild_level(cursor, values | {"tingkat": level}, all_desa)
    return {"tahun": tahun, "desa": desa, "wilayah": wilayah}


@transaction.atomic
def rebuild_above(tahun: int, *, tahun_berjalan: int | None = None) -> int:
    """Recompute the provinces and the nation of a year from their kabupaten; returns rows written."""
    lock_atas(tahun)
    values = {"tahun": tahun, "tahun_berjalan": tahun_berjalan}
    with connection.cursor() as cursor:
        return sum(_rebuild_level(cursor, values | {"tingkat": level}, True) for level in (PROVINSI, NASIONAL))


def _rebuild_desa(cursor: Any, values: dict[str, Any], all_desa: bool) -> int:
    of = "true" if all_desa else "{}.{} = ANY(%(desa_ids)s)"
    cursor.execute(_DONE.format(scope=of.format("d", "desa_id")), values)
    cursor.execute(_STALE.format(scope=of.format("w", "id")), values)
    written: int = cursor.rowcount
    select = desa_select(of.format("a", "desa_id"))
    cursor.execute(upsert(TABLE, KEYS, COLUMNS, select, touch=True), values)
    written += cursor.rowcount
    analyze(cursor, TABLE, written)
    scope = "w.tingkat = 4 AND " + of.format("w", "id")
    aturan.rebuild_desa(cursor, values, scope)
    return max(written, indeks.rebuild(cursor, values, scope))


def _rebuild_level(cursor: Any, values: dict[str, Any], everywhere: bool) -> int:
    scope = "true" if everywhere else SCOPE_ABOVE
    written = run(cursor, values, scope, empty(TABLE), _UPSERT_ABOVE)
    here = f"w.tingkat = %(tingkat)s AND {scope.replace('i.', 'w.')}"
    aturan.rebuild_level(cursor, values, scope, here)
    written = max(written, sebaran.rebuild(cursor, values, here))
    return max(written, indeks.rebuild(cursor, values, here))

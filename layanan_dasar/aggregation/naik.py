"""Sums from the rows of regions to the rows of the regions above them, for every result table alike."""

from collections.abc import Iterator, Sequence
from typing import Any

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from p3pd_portal.lib.locks import wait_in_transaction


KUALITAS = "layanan_dasar_kualitasbelanja"
SCOPE_ABOVE = "i.kode = ANY(%(kode)s)"
"""The regions above, `i`, that a run over some desa touches."""

DESA, KECAMATAN, KABUPATEN, PROVINSI, NASIONAL = 4, 3, 2, 1, 0
MANY = 5_000
KODE_ATAS = "CASE %(tingkat)s WHEN 0 THEN '0' ELSE left(w.kode_kini, 3 * %(tingkat)s - 1) END"
"""Code of the region of a level above a desa `w`, where it counts today."""
# Each level in a form for which there is an index: after one import only few regions are asked for.
_DI_BAWAH = {KECAMATAN: "w.tingkat = 4 AND left(w.kode_kini, 8) = i.kode"}
_INDUK = "w.induk_id = i.id AND w.berlaku_sampai IS NULL"


def at_level(statement: str, level: int, scope: str) -> str:
    """A statement of this package for one level of regions `i`: which rows `w` lie below, and the scope, filled in."""
    return statement.format(scope=scope, di_bawah=_DI_BAWAH.get(level, _INDUK))


def run(cursor: Any, values: dict[str, Any], scope: str, *statements: str) -> int:
    """Execute statements of this package one after another, for the level that `values` names if it names one; returns
    rows written."""
    written = 0
    for statement in statements:
        cursor.execute(at_level(statement, values.get("tingkat", DESA), scope), values)
        written += cursor.rowcount
    return written


def levels(tahun: int, sampai: int, *, everywhere: bool) -> Iterator[int]:
    """The levels above the desa up to `sampai`, from below. A run over some desa waits for others before provinces."""
    for level in range(KECAMATAN, sampai - 1, -1):
        if level == PROVINSI and not everywhere:
            lock_atas(tahun)
        yield level


def adds_to(own: str) -> str:
    """Which region `i` a row of region `w` adds to today: a closed village counts where its successor `p` is, unless
    the successor has rows of its own. Closed regions above the villages have no rows.

    Args:
        own: a select, from `{table} sendiri JOIN p`, of a row of the successor that takes the place of this one.
    """
    return f"""
        i.berlaku_sampai IS NULL AND i.tingkat = %(tingkat)s AND {{di_bawah}}
        AND NOT (i.tingkat = 0 AND w.contoh)
        AND (w.berlaku_sampai IS NULL OR NOT EXISTS ({own}))
    """


def of_successor(table: str) -> str:
    """Select the rows that the successor `p` of a closed village `w` has itself in a table of regions."""
    return f"""
        SELECT FROM {table} sendiri JOIN kecamatan_wilayah p ON p.id = sendiri.wilayah_id
        WHERE p.kode = w.kode_kini AND p.berlaku_sampai IS NULL
    """


_ADDS_TO = adds_to(f"{of_successor(KUALITAS)} AND sendiri.tahun = %(tahun)s")


def roll_up(table: str, parts: Sequence[str], by: str = "") -> str:
    """Select region `i`, the year, a further key `by` and the parts, sums over the rows `k` below."""
    keys = f", {by}" if by else ""
    return f"""
        SELECT i.id, %(tahun)s{keys}, {", ".join(parts)}
        FROM {table} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id JOIN kecamatan_wilayah i ON {_ADDS_TO}
        WHERE k.tahun = %(tahun)s AND {{scope}}
        GROUP BY i.id{keys}
    """


def empty(table: str) -> str:
    """Delete the rows of regions of a level under which nothing is left."""
    return f"""
        DELETE FROM {table} k USING kecamatan_wilayah i
        WHERE k.tahun = %(tahun)s AND i.id = k.wilayah_id AND i.tingkat = %(tingkat)s AND {{scope}} AND NOT EXISTS (
            SELECT FROM {table} anak JOIN kecamatan_wilayah w ON w.id = anak.wilayah_id
            WHERE anak.tahun = k.tahun AND {_ADDS_TO}
        )
    """


def upsert(
    table: str, keys: Sequence[str], columns: Sequence[str], select: str, only: str = "true", *, touch: bool = False
) -> str:
    """Insert the selected rows (keys, columns) or update those that differ and may be changed (`only`).

    `touch`: the table says when a row was written.
    """
    stamp = ", updated_at = now()" if touch else ""
    names = ", ".join(columns)
    new, old = (", ".join(f"{source}.{column}" for column in columns) for source in ("excluded", table))
    return f"""
        INSERT INTO {table} ({", ".join(keys)}, {names}) {select}
        ON CONFLICT ({", ".join(keys)}) DO UPDATE SET ({names}) = ROW ({new}){stamp}
        WHERE {only} AND ({old}) IS DISTINCT FROM ({new})
    """


def analyze(cursor: Any, table: str, written: int) -> None:
    """Let the database count a table that just got many rows: it would join it as if it were still empty."""
    if written >= MANY:
        cursor.execute(f"ANALYZE {table}")


def lock_tahun(tahun: int, above: list[str] | None) -> None:
    """Runs over parts share the year and take their kabupaten in order; a run over everything has it alone."""
    wait_in_transaction(f"hitung-{tahun}", shared=above is not None)
    for kode in above or ():
        if len(kode) == len("35.24"):
            wait_in_transaction(f"hitung-{tahun}-{kode}")


def lock_atas(tahun: int) -> None:
    """Provinces and the nation are added up by one run at a time."""
    wait_in_transaction(f"hitung-{tahun}-atas")


def ancestors(desa_ids: Sequence[int]) -> list[str]:
    """Codes above the desa, in order; of closed villages those of their successors too."""
    codes = Wilayah.objects.filter(id__in=desa_ids).values_list("kode", "kode_kini")
    return sorted({atas for pair in codes for desa in pair if desa for atas in kode_leluhur(desa)[:-1]})

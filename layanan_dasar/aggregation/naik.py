"""Sums from the rows of regions to the rows of the regions above them, for every result table alike."""

from collections.abc import Sequence


KUALITAS = "layanan_dasar_kualitasbelanja"
SCOPE_ABOVE = "i.kode = ANY(%(kode)s)"
"""The regions above, `i`, that a run over some desa touches."""

# Which region a row adds to today: a closed village counts where its successor is, in years without a row of the
# successor's own. Closed regions above the villages have no rows.
_ADDS_TO = f"""
    i.berlaku_sampai IS NULL AND i.tingkat = %(tingkat)s AND w.tingkat = %(tingkat)s + 1
    AND i.kode = CASE w.tingkat WHEN 4 THEN left(w.kode_kini, 8) ELSE w.kode_induk END
    AND NOT (i.tingkat = 0 AND w.contoh)
    AND (w.berlaku_sampai IS NULL OR NOT EXISTS (
        SELECT FROM {KUALITAS} sendiri JOIN kecamatan_wilayah p ON p.id = sendiri.wilayah_id
        WHERE p.kode = w.kode_kini AND p.berlaku_sampai IS NULL AND sendiri.tahun = %(tahun)s
    ))
"""


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

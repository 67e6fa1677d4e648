"""How budgets keep the rules of their year: judged per desa from its sums, counted upwards."""

from typing import Any

from layanan_dasar.aggregation.naik import KUALITAS, analyze, at_level, roll_up, upsert
from layanan_dasar.models import AturanBelanja


TABLE = "layanan_dasar_kepatuhanaturan"
KEYS = ["wilayah_id", "tahun", "aturan_id"]
COUNTS = ["n_patuh", "n_tidak_patuh", "n_tidak_dapat_dihitung", "n_tidak_berlaku"]
COLUMNS = [*COUNTS, "pembilang", "penyebut"]
_MEASURED = " ".join(f"WHEN '{ukuran}' THEN k.{ukuran}" for ukuran in AturanBelanja.Ukuran.values)
_BASIS = "WHEN 'pagu_dd_reguler' THEN k.pagu_dd - coalesce(k.kdmp, 0) WHEN 'pagu_dd' THEN k.pagu_dd "
_BASIS += "WHEN 'belanja_bersih' THEN k.belanja_bersih"

_DESA = f"""
    SELECT wilayah_id, %(tahun)s, id, (status = 'patuh')::int, (status = 'tidak_patuh')::int,
        (status = 'tidak_dapat_dihitung')::int, (status = 'tidak_berlaku')::int, pembilang, penyebut
    FROM (
        SELECT wilayah_id, id, pembilang, penyebut, CASE
            WHEN penyebut = 0 THEN 'tidak_berlaku'
            WHEN pembilang IS NULL OR penyebut IS NULL OR persen IS NULL THEN 'tidak_dapat_dihitung'
            WHEN jenis = 'min' AND pembilang * 100 >= persen * penyebut THEN 'patuh'
            WHEN jenis = 'maks' AND pembilang * 100 <= persen * penyebut THEN 'patuh'
            ELSE 'tidak_patuh' END AS status
        FROM (
            SELECT k.wilayah_id, a.id, a.jenis, a.persen,
                CASE a.ukuran {_MEASURED} END AS pembilang, CASE a.basis {_BASIS} END AS penyebut
            FROM {KUALITAS} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
            JOIN layanan_dasar_aturanbelanja a ON %(tahun)s BETWEEN a.tahun_dari AND coalesce(a.tahun_sampai, 9999)
            WHERE k.tahun = %(tahun)s AND {{scope}}
        ) ukur
    ) nilai
"""
_STALE = f"""
    DELETE FROM {TABLE} h USING kecamatan_wilayah w
    WHERE h.tahun = %(tahun)s AND w.id = h.wilayah_id AND {{scope}} AND NOT EXISTS (
        SELECT FROM {KUALITAS} k JOIN layanan_dasar_aturanbelanja a ON a.id = h.aturan_id
        WHERE (k.wilayah_id, k.tahun) = (w.id, h.tahun)
            AND k.tahun BETWEEN a.tahun_dari AND coalesce(a.tahun_sampai, 9999)
    )
"""
_JUDGED = "FILTER (WHERE num_nonnulls(k.pembilang, k.penyebut) = 2)"
_PARTS = [*(f"sum(k.{column})" for column in COUNTS), *(f"sum(k.{column}) {_JUDGED}" for column in COLUMNS[4:])]
_UP = upsert(TABLE, KEYS, COLUMNS, roll_up(TABLE, _PARTS, "k.aturan_id"))


def rebuild_desa(cursor: Any, values: dict[str, Any], here: str) -> None:
    """`here` is a condition on the desa, `w`."""
    cursor.execute(_STALE.format(scope=here), values)
    cursor.execute(upsert(TABLE, KEYS, COLUMNS, _DESA).format(scope=here), values)
    analyze(cursor, TABLE, cursor.rowcount)


def rebuild_level(cursor: Any, values: dict[str, Any], scope: str, here: str) -> None:
    """The same regions twice: `scope` calls them `i`, `here` calls them `w`."""
    cursor.execute(_STALE.format(scope=here), values)
    cursor.execute(at_level(_UP, values["tingkat"], scope), values)

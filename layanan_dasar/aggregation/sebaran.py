"""How the desa of a region differ: smallest, middle and largest share of basic services, and the Gini coefficient of
their spending per head (M12). Only desa whose budget is known by kegiatan; no inequality among fewer than two."""

from typing import Any

from layanan_dasar.aggregation.naik import KODE_ATAS, KUALITAS, of_successor, run


# An index of inequality is no amount of money: its sums over the whole country are floating point.
_COLUMNS = ("porsi_min", "porsi_median", "porsi_maks", "gini")
# Of the desa of a region under its present code; a closed village's row counts where its successor has none.
_SPREAD = f"""
    UPDATE {KUALITAS} k SET ({", ".join(_COLUMNS)}) = ROW (s.porsi_min, s.porsi_median, s.porsi_maks, s.gini)
    FROM (
        SELECT wilayah_id, round(min(porsi_inti), 6) AS porsi_min,
            round(percentile_cont(0.5) WITHIN GROUP (ORDER BY porsi_inti)::numeric, 6) AS porsi_median,
            round(max(porsi_inti), 6) AS porsi_maks,
            CASE WHEN count(per_jiwa) > 1 AND sum(per_jiwa) > 0 THEN round((
                2 * sum(urutan * per_jiwa) / (count(per_jiwa) * sum(per_jiwa))
                    - (count(per_jiwa) + 1.0::float8) / count(per_jiwa))::numeric, 6) END AS gini
        FROM (
            SELECT w.id AS wilayah_id, porsi_inti, per_jiwa,
                row_number() OVER (PARTITION BY w.id ORDER BY per_jiwa NULLS LAST) AS urutan
            FROM (
                SELECT {KODE_ATAS} AS kode,
                    CASE WHEN d.porsi_inti <= 999 THEN d.porsi_inti END AS porsi_inti,
                    d.inti_berpenduduk::float8 / nullif(d.penduduk, 0) AS per_jiwa
                FROM {KUALITAS} d JOIN kecamatan_wilayah w ON w.id = d.wilayah_id AND w.tingkat = 4
                WHERE d.tahun = %(tahun)s AND d.n_rincian > 0 AND w.kode_kini IS NOT NULL
                    AND (w.berlaku_sampai IS NULL OR NOT EXISTS ({of_successor(KUALITAS)} AND sendiri.tahun = d.tahun))
                    AND NOT (%(tingkat)s = 0 AND w.contoh)
            ) desa
            JOIN kecamatan_wilayah w ON w.kode = desa.kode AND w.berlaku_sampai IS NULL
            WHERE {{scope}}
        ) desa GROUP BY wilayah_id
    ) s
    WHERE k.wilayah_id = s.wilayah_id AND k.tahun = %(tahun)s
        AND k.wilayah_id IN (SELECT w.id FROM kecamatan_wilayah w WHERE {{scope}})
        AND ({", ".join(f"k.{name}" for name in _COLUMNS)})
            IS DISTINCT FROM (s.porsi_min, s.porsi_median, s.porsi_maks, s.gini)
"""
_NONE = f"""
    UPDATE {KUALITAS} k SET ({", ".join(_COLUMNS)}) = ROW (NULL, NULL, NULL, NULL) FROM kecamatan_wilayah w
    WHERE w.id = k.wilayah_id AND k.tahun = %(tahun)s AND {{scope}} AND k.n_rincian = 0 AND k.porsi_min IS NOT NULL
"""


def rebuild(cursor: Any, values: dict[str, Any], scope: str) -> int:
    """`scope` is a condition on the region, `w`; returns rows written."""
    return run(cursor, values, scope, _SPREAD, _NONE)

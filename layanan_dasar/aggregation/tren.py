"""Whether figures rise or fall: Theil–Sen's slope where Mann–Kendall's count agrees, over the last eight periods.

The same rule as `p3pd_portal.lib.statistik.arah_tren`, for all rows of a year at once. What starts anew every January
is compared with the same period of other years.
"""

from typing import Any

from p3pd_portal.lib.statistik import LERENG_PERSEN, TITIK_MINIMUM


TITIK_TERBANYAK = 8
_TABLE = "layanan_dasar_capaian"
_POINTS = f"""
    SELECT k.id, k.wilayah_id, k.indikator_id, k.akhir, k.nilai,
        CASE WHEN i.kumulatif THEN substr(k.periode, 5) ELSE '' END AS seri,
        CASE WHEN i.jenis IN ('persen', 'ya_tidak') THEN {LERENG_PERSEN} ELSE 0 END AS ambang,
        (k.akhir - DATE '2000-01-01') / 365.25 AS t
    FROM {_TABLE} k JOIN layanan_dasar_indikator i ON i.kode = k.indikator_id
    JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
    WHERE k.nilai IS NOT NULL AND {{scope}}
        AND k.akhir BETWEEN make_date(%(tahun)s - {TITIK_TERBANYAK}, 1, 1) AND make_date(%(tahun)s, 12, 31)
"""
_TREND = f"""
    WITH titik AS MATERIALIZED (
        SELECT *, row_number() OVER per AS urutan
        FROM ({_POINTS}) titik WINDOW per AS (PARTITION BY wilayah_id, indikator_id, seri ORDER BY akhir)
    ), arah AS (
        SELECT k.id, percentile_cont(0.5) WITHIN GROUP (ORDER BY ((b.nilai - a.nilai) / (b.t - a.t))::float8) AS lereng,
            sum(sign(b.nilai - a.nilai)) AS s
        FROM titik k
        JOIN titik b ON (b.wilayah_id, b.indikator_id, b.seri) = (k.wilayah_id, k.indikator_id, k.seri)
            AND b.urutan BETWEEN k.urutan - {TITIK_TERBANYAK - 1} AND k.urutan
        JOIN titik a ON (a.wilayah_id, a.indikator_id, a.seri) = (k.wilayah_id, k.indikator_id, k.seri)
            AND a.urutan >= k.urutan - {TITIK_TERBANYAK - 1} AND a.urutan < b.urutan
        WHERE k.urutan >= {TITIK_MINIMUM} AND k.akhir >= make_date(%(tahun)s, 1, 1) GROUP BY k.id
    )
    UPDATE {_TABLE} k SET tren = baru.tren
    FROM (
        SELECT titik.id, CASE WHEN arah.id IS NOT NULL THEN CASE WHEN lereng * s <= 0 OR abs(lereng) < ambang
            THEN 0 ELSE sign(lereng)::int END END AS tren
        FROM titik LEFT JOIN arah USING (id) WHERE titik.akhir >= make_date(%(tahun)s, 1, 1)
    ) baru WHERE baru.id = k.id AND k.tren IS DISTINCT FROM baru.tren
"""


def rebuild(cursor: Any, values: dict[str, Any], scope: str) -> int:
    """`scope` is a condition on the region, `w`; returns rows written."""
    cursor.execute(_TREND.format(scope=scope), values)
    written: int = cursor.rowcount
    return written

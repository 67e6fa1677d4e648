"""Whether figures rise or fall: Theil–Sen's slope where Mann–Kendall's count agrees, over the last eight periods.

The same rule as `p3pd_portal.lib.statistik.arah_tren`, for all rows of a year at once. What starts anew every January
is compared with the same period of other years.
"""

from typing import Any

from layanan_dasar.aggregation.naik import run
from layanan_dasar.aggregation.sasaran import SHARE
from p3pd_portal.lib.statistik import LERENG_PERSEN, TITIK_MINIMUM


TITIK_TERBANYAK = 8
_TABLE = "layanan_dasar_capaian"
_POINTS = f"""
    SELECT k.id, k.wilayah_id, k.indikator_id, k.akhir, k.nilai,
        CASE WHEN i.kumulatif THEN substr(k.periode, 5) ELSE '' END AS seri,
        CASE WHEN i.{SHARE} THEN {LERENG_PERSEN} ELSE 0 END AS ambang,
        (k.akhir - DATE '2000-01-01') / 365.25 AS t
    FROM {_TABLE} k JOIN layanan_dasar_indikator i ON i.kode = k.indikator_id
    JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
    WHERE k.nilai IS NOT NULL AND {{scope}}
        AND k.akhir BETWEEN make_date(%(tahun)s - {TITIK_TERBANYAK}, 1, 1) AND make_date(%(tahun)s, 12, 31)
"""
# Every row carries its own last points, so that no join can go astray in tables that were just filled.
_TREND = f"""
    UPDATE {_TABLE} k SET tren = baru.tren
    FROM (
        SELECT id, CASE WHEN cardinality(nilai) >= {TITIK_MINIMUM}
            THEN CASE WHEN lereng * s <= 0 OR abs(lereng) < ambang THEN 0 ELSE sign(lereng)::int END END AS tren
        FROM (
            SELECT id, akhir, ambang, array_agg(nilai) OVER per AS nilai, array_agg(t) OVER per AS t
            FROM ({_POINTS}) titik
            WINDOW per AS (
                PARTITION BY wilayah_id, indikator_id, seri ORDER BY akhir ROWS {TITIK_TERBANYAK - 1} PRECEDING
            )
        ) seri CROSS JOIN LATERAL (
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (naik / (t[b] - t[a]))::float8) AS lereng,
                sum(sign(naik)) AS s
            FROM generate_series(1, cardinality(nilai) - 1) a CROSS JOIN generate_series(a + 1, cardinality(nilai)) b
            CROSS JOIN LATERAL (SELECT nilai[b] - nilai[a] AS naik) beda
        ) arah
        WHERE akhir >= make_date(%(tahun)s, 1, 1)
    ) baru WHERE baru.id = k.id AND k.tren IS DISTINCT FROM baru.tren
"""


def rebuild(cursor: Any, values: dict[str, Any], scope: str) -> int:
    """`scope` is a condition on the region, `w`; returns rows written."""
    return run(cursor, values, scope, _TREND)

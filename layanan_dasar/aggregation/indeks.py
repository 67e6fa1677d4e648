"""IBDB, the index of quality village spending: six components from the sums of a region, weighted by a version of the
parameters (reference of P3PD 1D §4.5, §4.6). The same formula at every level, over sums of numerators and denominators.
"""

from typing import Any

from layanan_dasar.aggregation.naik import KUALITAS, run, upsert
from layanan_dasar.models.kualitas import KODE_BIDANG


TABLE = "layanan_dasar_indeksbelanja"
KOMPONEN = ("c1", "c2", "c3", "c4", "c5", "c6")
COLUMNS = [*KOMPONEN, "bobot", "nilai", "alasan", "sementara"]
LEAST_RULES = LEAST_DATES = 2
LEAST_BIDANG = 3
_YEAR_RUNS = """
    %(tahun)s >= coalesce(%(tahun_berjalan)s::int, extract(year FROM now() AT TIME ZONE 'Asia/Jakarta')::int)
"""
_INTI = " ".join(f"WHEN '{kode}' THEN k.inti_{kode.lower()}_anggaran" for kode in KODE_BIDANG)
# C3: overlap of two shares, of the gaps and of the money, over the services whose gap is known.
KESELARASAN = f"""
    SELECT wilayah_id, 1 - sum(abs(gap / nullif(semua_gap, 0) - inti / nullif(semua_inti, 0))) / 2 AS c3
    FROM (
        SELECT k.wilayah_id, g.gap, a.inti, sum(g.gap) OVER per AS semua_gap, sum(a.inti) OVER per AS semua_inti,
            count(*) OVER per AS n
        FROM {KUALITAS} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
        JOIN layanan_dasar_gapbidang g ON (g.wilayah_id, g.tahun) = (k.wilayah_id, k.tahun) AND g.gap IS NOT NULL
        CROSS JOIN LATERAL (SELECT CASE g.bidang_id {_INTI} END::numeric AS inti) a
        WHERE k.tahun = %(tahun)s AND {{scope}} WINDOW per AS (PARTITION BY k.wilayah_id)
    ) pasangan WHERE n >= {LEAST_BIDANG} GROUP BY wilayah_id
"""
_RULES = f"""
    SELECT h.wilayah_id, sum(h.n_patuh)::numeric / nullif(sum(h.n_patuh + h.n_tidak_patuh), 0) AS c4
    FROM layanan_dasar_kepatuhanaturan h JOIN kecamatan_wilayah w ON w.id = h.wilayah_id
    WHERE h.tahun = %(tahun)s AND {{scope}} GROUP BY h.wilayah_id
    HAVING count(*) FILTER (WHERE h.n_patuh + h.n_tidak_patuh > 0) >= {LEAST_RULES}
"""


def _at_most_one(value: str) -> str:
    """LEAST would make 1 of an unknown value."""
    return f"CASE WHEN {value} > 1 THEN 1 ELSE {value} END"


_ALOKASI = """k.inti_anggaran::numeric / nullif(k.rincian_anggaran - coalesce(k.kdmp, 0), 0)
    / p.target_alokasi"""
_SERAPAN = "k.inti_s2_realisasi::numeric / nullif(k.inti_s2_anggaran, 0)"
_OVERHEAD = "k.overhead::numeric / nullif(k.inti_anggaran, 0) / p.batas_overhead"
_WEIGHED = " + ".join(f"coalesce({c} * bobot_{c}, 0)" for c in KOMPONEN)
_WEIGHTS = " + ".join(f"CASE WHEN {c} IS NULL THEN 0 ELSE bobot_{c} END" for c in KOMPONEN)
_SELECT = f"""
    WITH selaras AS MATERIALIZED ({KESELARASAN}), aturan AS MATERIALIZED ({_RULES}), komponen AS (
        SELECT k.wilayah_id, p.*, k.rincian_anggaran, k.inti_anggaran,
            coalesce(k.porsi_belum_dipetakan > p.batas_belum_dipetakan, false) AS sementara,
            {_at_most_one(_ALOKASI)} AS c1,
            {_at_most_one(_SERAPAN)} AS c2,
            CASE WHEN k.inti_anggaran > 0 THEN selaras.c3 END AS c3,
            aturan.c4,
            1 - ({_at_most_one(_OVERHEAD)}) AS c5,
            CASE WHEN k.n_waktu >= {LEAST_DATES} THEN k.n_tepat_waktu::numeric / k.n_waktu END AS c6
        FROM {KUALITAS} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
        JOIN layanan_dasar_parameteribdb p ON p.aktif
        LEFT JOIN selaras ON selaras.wilayah_id = k.wilayah_id
        LEFT JOIN aturan ON aturan.wilayah_id = k.wilayah_id
        WHERE k.tahun = %(tahun)s AND {{scope}}
    ), timbang AS (
        SELECT *, {_WEIGHTS} AS bobot, {_WEIGHED} AS jumlah, CASE
            WHEN c1 IS NULL THEN 'rincian_belum_ada'
            WHEN {_YEAR_RUNS} THEN 'tahun_berjalan'
            WHEN {_WEIGHTS} >= bobot_minimum THEN ''
            WHEN inti_anggaran = 0 THEN 'tanpa_layanan_dasar'
            ELSE 'bobot_kurang' END AS alasan
        FROM komponen
    )
    SELECT wilayah_id, %(tahun)s, versi, {", ".join(f"round({c}, 6)" for c in KOMPONEN)}, bobot,
        CASE WHEN alasan = '' THEN round(100.0 * jumlah / bobot, 6) END, alasan, sementara, false
    FROM timbang
"""
_UPSERT = upsert(
    TABLE, ["wilayah_id", "tahun", "parameter_id"], [*COLUMNS, "terbit"], _SELECT, f"NOT {TABLE}.terbit", touch=True
)
_STALE = f"""
    DELETE FROM {TABLE} x USING kecamatan_wilayah w
    WHERE x.tahun = %(tahun)s AND w.id = x.wilayah_id AND NOT x.terbit AND {{scope}} AND NOT (
        EXISTS (SELECT FROM {KUALITAS} k WHERE (k.wilayah_id, k.tahun) = (w.id, x.tahun))
        AND EXISTS (SELECT FROM layanan_dasar_parameteribdb p WHERE p.versi = x.parameter_id AND p.aktif)
    )
"""


def rebuild(cursor: Any, values: dict[str, Any], scope: str) -> int:
    """`scope` is a condition on the region, `w`; published rows stay as they are. Returns rows written."""
    return run(cursor, values, scope, _STALE, _UPSERT)

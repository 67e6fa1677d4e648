"""Recompute the result tables of basic services: from the published figures of the desa to those of every region.

Σ pembilang / Σ penyebut over the desa with data, sums of counts, medians of scales; then score, shortfall and trend of
every row, and the gap of each bidang. Every statement writes only rows that differ, so a run may be repeated at will.
Meanings stand in models/capaian.py, the formulas in the reference of P3PD 1D §2.3 and §2.4.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from layanan_dasar.aggregation import kesenjangan, tren
from layanan_dasar.aggregation.naik import (
    KODE_ATAS,
    NASIONAL,
    PROVINSI,
    SCOPE_ABOVE,
    adds_to,
    analyze,
    ancestors,
    levels,
    lock_atas,
    lock_tahun,
    of_successor,
    run,
    upsert,
)
from layanan_dasar.aggregation.sasaran import KURANG, SASARAN, SHARE, TARGET, lantai, sasaran_joins, skor


TABLE = "layanan_dasar_capaian"
NILAI = "layanan_dasar_nilaiindikator"
KEYS = ["wilayah_id", "indikator_id", "periode"]
COLUMNS = ["akhir", "pembilang", "penyebut", "status", "nilai", "terendah", "tertinggi", "n_data", "n_desa"]
SCORED = ["target", "skor", "kurang"]

_YEAR = "akhir BETWEEN make_date(%(tahun)s, 1, 1) AND make_date(%(tahun)s, 12, 31)"
_OWN = f"{of_successor(TABLE)} AND (sendiri.indikator_id, sendiri.periode) = (k.indikator_id, k.periode)"
_ADDS_TO = adds_to(_OWN)

_DESA = f"""
    SELECT wilayah_id, indikator_id, periode, akhir, pembilang, penyebut,
        CASE WHEN status = 'ada' AND {SHARE} AND penyebut = 0 THEN 'tidak_ada_sasaran' ELSE status END AS status,
        nilai, nilai AS terendah, nilai AS tertinggi, (nilai IS NOT NULL)::int AS n_data, 1 AS n_desa,
        jenis, arah, kode
    FROM (
        SELECT DISTINCT ON (n.desa_id, n.indikator_id, n.periode) n.desa_id AS wilayah_id, n.indikator_id, n.periode,
            n.akhir, n.pembilang, n.penyebut, n.status, i.jenis, i.arah, coalesce(w.kode_kini, w.kode) AS kode
        FROM {NILAI} n JOIN layanan_dasar_indikator i ON i.kode = n.indikator_id
        JOIN kecamatan_wilayah w ON w.id = n.desa_id
        WHERE n.terbit_pada IS NOT NULL AND n.{_YEAR} AND {{scope}}
        ORDER BY n.desa_id, n.indikator_id, n.periode, n.revisi DESC
    ) terbit CROSS JOIN LATERAL (
        SELECT CASE WHEN status <> 'ada' THEN NULL WHEN {SHARE} THEN round(100 * pembilang / nullif(penyebut, 0), 4)
            ELSE pembilang END AS nilai
    ) hasil
"""
# Of a scale there is no sum: the median over the desa themselves.
_MEDIAN = f"""
    SELECT i.id AS wilayah_id, k.indikator_id, k.periode,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY k.nilai)::numeric, 4) AS nilai
    FROM {TABLE} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id AND w.tingkat = 4
    JOIN layanan_dasar_indikator d ON d.kode = k.indikator_id AND d.jenis = 'skala'
    JOIN kecamatan_wilayah i ON i.berlaku_sampai IS NULL AND i.tingkat = %(tingkat)s
        AND i.kode = {KODE_ATAS}
    WHERE k.{_YEAR} AND {{scope}} AND NOT (i.tingkat = 0 AND w.contoh)
        AND (w.berlaku_sampai IS NULL OR NOT EXISTS ({_OWN}))
    GROUP BY i.id, k.indikator_id, k.periode
"""
_ABOVE = f"""
    SELECT jumlah.wilayah_id, jumlah.indikator_id, jumlah.periode, akhir, pembilang, penyebut,
        CASE WHEN n_data > 0 THEN 'ada' WHEN tanpa_sasaran THEN 'tidak_ada_sasaran' ELSE lain END AS status,
        CASE WHEN {SHARE} THEN round(100 * pembilang / nullif(penyebut, 0), 4)
            WHEN jenis = 'skala' THEN median.nilai ELSE pembilang END AS nilai,
        terendah, tertinggi, n_data, n_desa, jenis, arah, kode
    FROM (
        SELECT i.id AS wilayah_id, i.kode, k.indikator_id, k.periode, max(k.akhir) AS akhir, d.jenis, d.arah,
            sum(k.pembilang) FILTER (WHERE k.n_data > 0 AND d.jenis <> 'skala') AS pembilang,
            sum(k.penyebut) FILTER (WHERE k.n_data > 0 AND d.jenis <> 'skala') AS penyebut,
            min(k.terendah) AS terendah, max(k.tertinggi) AS tertinggi,
            least(sum(k.n_data), i.jumlah_desa + i.jumlah_kelurahan) AS n_data,
            i.jumlah_desa + i.jumlah_kelurahan AS n_desa,
            bool_or(k.status = 'tidak_ada_sasaran') AS tanpa_sasaran, min(k.status) AS lain
        FROM {TABLE} k JOIN layanan_dasar_indikator d ON d.kode = k.indikator_id
        JOIN kecamatan_wilayah w ON w.id = k.wilayah_id JOIN kecamatan_wilayah i ON {_ADDS_TO}
        WHERE k.{_YEAR} AND {{scope}}
        GROUP BY i.id, k.indikator_id, k.periode, d.kode
    ) jumlah LEFT JOIN ({_MEDIAN}) median
        ON (median.wilayah_id, median.indikator_id, median.periode)
            = (jumlah.wilayah_id, jumlah.indikator_id, jumlah.periode)
"""
# Of counts the floor is one more than in the same period of the first year on record.
_AWAL = f"""coalesce((
        SELECT b.nilai FROM {TABLE} b
        WHERE (b.wilayah_id, b.indikator_id) = (a.wilayah_id, a.indikator_id) AND b.nilai IS NOT NULL
            AND substr(b.periode, 5) = substr(a.periode, 5) AND b.akhir < make_date(%(tahun)s, 1, 1)
        ORDER BY b.akhir LIMIT 1
    ), a.nilai)"""


def _scored(select: str) -> str:
    """The selected figures with target, score and shortfall beside them."""
    return f"""
        WITH sasaran AS MATERIALIZED ({SASARAN})
        SELECT {", ".join([*KEYS, *COLUMNS])}, target, {skor("nilai", "target", "lantai")}, {KURANG}
        FROM (
            SELECT a.*, {TARGET} AS target, {lantai(_AWAL)} AS lantai
            FROM ({select}) a {sasaran_joins("a.indikator_id", "a.kode")}
        ) b
    """


_UPSERT_DESA = upsert(TABLE, KEYS, [*COLUMNS, *SCORED], _scored(_DESA), touch=True)
_UPSERT_ABOVE = upsert(TABLE, KEYS, [*COLUMNS, *SCORED], _scored(_ABOVE), touch=True)
# What is missing is asked of the desa `w`, not of the row: else rows of the regions above are looked at one by one.
_STALE_DESA = f"""
    DELETE FROM {TABLE} k USING kecamatan_wilayah w
    WHERE k.{_YEAR} AND w.id = k.wilayah_id AND w.tingkat = 4 AND {{scope}} AND NOT EXISTS (
        SELECT FROM {NILAI} n WHERE n.terbit_pada IS NOT NULL
            AND (n.desa_id, n.indikator_id, n.periode) = (w.id, k.indikator_id, k.periode)
    )
"""
_STALE_ABOVE = f"""
    DELETE FROM {TABLE} x USING kecamatan_wilayah i
    WHERE x.{_YEAR} AND i.id = x.wilayah_id AND i.tingkat = %(tingkat)s AND {{scope}} AND NOT EXISTS (
        SELECT FROM {TABLE} k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
        WHERE (k.indikator_id, k.periode) = (x.indikator_id, x.periode) AND {_ADDS_TO}
    )
"""


@transaction.atomic
def rebuild(tahun: int, *, desa_ids: Sequence[int] | None = None, sampai: int = NASIONAL) -> int:
    """Recompute the figures of all periods that end in a year, of all desa or the given ones, and of the regions
    above them up to level `sampai`; the gaps of that year and the next, which still reads it. Returns rows written.

    Runs over different kabupaten go side by side; two over the same one, or a run over everything, wait.
    """
    above = None if desa_ids is None else ancestors(desa_ids)
    lock_tahun(tahun, above)
    values: dict[str, Any] = {"tahun": tahun, "desa_ids": desa_ids, "kode": above}
    all_desa = desa_ids is None
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{256 if all_desa else 32}MB'")
        of = "true" if all_desa else "w.id = ANY(%(desa_ids)s)"
        written = run(cursor, values, of, _STALE_DESA, _UPSERT_DESA)
        analyze(cursor, TABLE, written)
        written += _derive(cursor, values, f"w.tingkat = 4 AND {of}")
        for level in levels(tahun, sampai, everywhere=all_desa):
            written += _rebuild_level(cursor, values | {"tingkat": level}, "true" if all_desa else SCOPE_ABOVE)
    return written


@transaction.atomic
def rebuild_above(tahun: int) -> int:
    """Recompute the provinces and the nation of a year from their kabupaten; returns rows written."""
    lock_atas(tahun)
    with connection.cursor() as cursor:
        return sum(_rebuild_level(cursor, {"tahun": tahun, "tingkat": level}, "true") for level in (PROVINSI, NASIONAL))


def _rebuild_level(cursor: Any, values: dict[str, Any], scope: str) -> int:
    written = run(cursor, values, scope, _STALE_ABOVE, _UPSERT_ABOVE)
    return written + _derive(cursor, values, f"w.tingkat = %(tingkat)s AND {scope.replace('i.', 'w.')}")


def _derive(cursor: Any, values: dict[str, Any], here: str) -> int:
    """Trends and gaps of the regions `w`."""
    written = tren.rebuild(cursor, values, here)
    for tahun in (values["tahun"], values["tahun"] + 1):
        written += kesenjangan.rebuild(cursor, values | {"tahun": tahun}, here)
    return written

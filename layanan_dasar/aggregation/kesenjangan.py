"""How far regions are from their targets in each of the five services (reference of P3PD 1D §2.4)."""

from typing import Any

from layanan_dasar.aggregation.naik import run, upsert


TABLE = "layanan_dasar_gapbidang"
# Indicators that can have a score at all: those with a target. A service needs half of their weight.
_KATALOG = """
    SELECT bidang_id, sum(bobot) AS bobot, count(*) AS n FROM layanan_dasar_indikator i
    WHERE NOT konteks AND EXISTS (SELECT FROM layanan_dasar_targetindikator t WHERE t.indikator_id = i.kode)
    GROUP BY bidang_id
"""
# The latest figure of each indicator, of this year or else the one before.
_LATEST = """
    SELECT DISTINCT ON (k.wilayah_id, k.indikator_id) k.wilayah_id, k.indikator_id, k.skor
    FROM layanan_dasar_capaian k JOIN kecamatan_wilayah w ON w.id = k.wilayah_id
    WHERE k.akhir BETWEEN make_date(%(tahun)s - 1, 1, 1) AND make_date(%(tahun)s, 12, 31)
        AND k.status IN ('ada', 'tidak_ada_sasaran') AND {scope}
    ORDER BY k.wilayah_id, k.indikator_id, k.akhir DESC
"""
_SELECT = f"""
    SELECT wilayah_id, %(tahun)s, bidang_id,
        CASE WHEN 2 * terpakai >= semua THEN round(1 - jumlah / terpakai, 6) END, n_indikator, n_katalog
    FROM (
        SELECT l.wilayah_id, i.bidang_id, sum(l.skor * i.bobot) AS jumlah, sum(i.bobot) AS terpakai,
            max(katalog.bobot) AS semua, count(*) AS n_indikator, max(katalog.n) AS n_katalog
        FROM ({_LATEST}) l JOIN layanan_dasar_indikator i ON i.kode = l.indikator_id AND NOT i.konteks
        JOIN ({_KATALOG}) katalog ON katalog.bidang_id = i.bidang_id
        WHERE l.skor IS NOT NULL GROUP BY l.wilayah_id, i.bidang_id
    ) bidang
"""
_STALE = f"""
    DELETE FROM {TABLE} g USING kecamatan_wilayah w
    WHERE g.tahun = %(tahun)s AND w.id = g.wilayah_id AND {{scope}} AND NOT EXISTS (
        SELECT FROM ({_LATEST}) l JOIN layanan_dasar_indikator i ON i.kode = l.indikator_id AND NOT i.konteks
        WHERE l.skor IS NOT NULL AND (l.wilayah_id, i.bidang_id) = (g.wilayah_id, g.bidang_id)
    )
"""
_UPSERT = upsert(TABLE, ["wilayah_id", "tahun", "bidang_id"], ["gap", "n_indikator", "n_katalog"], _SELECT)


def rebuild(cursor: Any, values: dict[str, Any], scope: str) -> int:
    """`scope` is a condition on the region, `w`; returns rows written."""
    return run(cursor, values, scope, _STALE, _UPSERT)

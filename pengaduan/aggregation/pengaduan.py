"""Reports of a year counted for every region: one statement, from the reports to the nation."""

import datetime
from typing import Any

from django.db import connection, transaction

from pengaduan.models import RingkasanPengaduan
from pengaduan.models.alur import TERTUTUP


_T = RingkasanPengaduan._meta.db_table
# Demo regions stay out of the nation. Years and days are those of Jakarta.
_REBUILD = f"""
    INSERT INTO {_T} (
        wilayah_id, tahun, bidang_id, n_diterima, n_terbuka, n_lewat, n_ditutup, n_tayang, jawab_median, jawab_p90,
        tutup_median, tutup_p90
    )
    SELECT w.id, %(tahun)s, h.bidang_id, h.n, h.terbuka, h.lewat, h.n - h.terbuka, h.tayang,
        round(h.jawab[1]::numeric, 1),
        round(h.jawab[2]::numeric, 1), round(h.tutup[1]::numeric, 1), round(h.tutup[2]::numeric, 1)
    FROM (
        SELECT atas.kode, laporan.bidang_id, count(*) AS n, count(*) FILTER (WHERE terbuka) AS terbuka,
            count(*) FILTER (WHERE terbuka AND tenggat < %(pada)s) AS lewat, count(*) FILTER (WHERE tayang) AS tayang,
            percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY jawab) AS jawab,
            percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY tutup) AS tutup
        FROM (
            SELECT w.kode_kini AS kode, w.contoh, k.bidang_id, p.tenggat, p.tayang,
                p.status <> ALL(%(tertutup)s) AS terbuka,
                extract(epoch FROM p.dijawab_pada - p.diterima_pada) / 86400 AS jawab,
                extract(epoch FROM p.ditutup_pada - p.diterima_pada) / 86400 AS tutup
            FROM pengaduan_pengaduan p JOIN kecamatan_wilayah w ON w.id = p.wilayah_id
            JOIN pengaduan_kategoripengaduan k ON k.kode = p.kategori_id
            WHERE p.diterima_pada >= %(dari)s AND p.diterima_pada < %(sampai)s AND NOT p.perlu_disaring
        ) laporan CROSS JOIN LATERAL (
            SELECT DISTINCT unnest(ARRAY[
                CASE WHEN NOT contoh THEN '0' END, left(kode, 2), left(kode, 5), left(kode, 8), kode
            ]) AS kode
        ) atas
        GROUP BY GROUPING SETS ((atas.kode), (atas.kode, laporan.bidang_id))
        HAVING grouping(laporan.bidang_id) = 1 OR laporan.bidang_id IS NOT NULL
    ) h JOIN kecamatan_wilayah w ON w.kode = h.kode AND w.berlaku_sampai IS NULL
"""
JAKARTA = datetime.timezone(datetime.timedelta(hours=7))


@transaction.atomic
def rebuild(tahun: int, *, pada: datetime.date) -> int:
    """Count the reports of a year again; returns the number of result rows.

    Args:
        pada: the day as of which a deadline has passed.
    """
    told: dict[str, Any] = {
        "tahun": tahun,
        "pada": pada,
        "dari": datetime.datetime(tahun, 1, 1, tzinfo=JAKARTA),
        "sampai": datetime.datetime(tahun + 1, 1, 1, tzinfo=JAKARTA),
        "tertutup": [str(status) for status in TERTUTUP],
    }
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_T} WHERE tahun = %s", [tahun])
        cursor.execute(_REBUILD, told)
        return int(cursor.rowcount)

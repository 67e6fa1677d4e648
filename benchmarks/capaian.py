"""Roll-up of basic-service figures over the whole country: against one hand-written statement, and after one kecamatan.

The statement divides the sums of every region by its code and inserts value, range and coverage into a table with the
same keys. The rebuild also finds the latest revision, targets of each region, scores, shortfalls, medians of scales,
trends and the gap of each bidang.

Size: BENCH_DESA desa (20,000 unless told; 75,266 is the country) × the 60 indicators × one period.
"""

import io
import os
import resource
import statistics

from django.db import connection, transaction

from benchmarks import ukur
from kecamatan.models import Wilayah
from layanan_dasar.actions.nilai import impor_nilai
from layanan_dasar.aggregation import capaian
from layanan_dasar.importers.katalog import impor_indikator
from layanan_dasar.models import Indikator
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.tables import to_csv
from p3pd_portal.management.commands.impor import FIXTURES


PRATINJAU = 20_000
DESA = int(os.environ.get("BENCH_DESA") or 20_000)
_TABLES = "layanan_dasar_capaian, layanan_dasar_gapbidang"
_FILL = """
    INSERT INTO layanan_dasar_nilaiindikator (
        desa_id, indikator_id, periode, akhir, pembilang, penyebut, status, revisi, sumber, terbit_pada
    )
    SELECT d.id, i.kode, %(tahun)s::text, make_date(%(tahun)s, 12, 31),
        CASE i.jenis WHEN 'ya_tidak' THEN d.id %% 2 WHEN 'skala' THEN d.id %% 6 ELSE (d.id * i.nomor) %% 90 END,
        CASE i.jenis WHEN 'persen' THEN 90 + d.id %% 300 WHEN 'ya_tidak' THEN 1 END, 'ada', 1, 'uji', now()
    FROM (
        SELECT id FROM kecamatan_wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL AND NOT contoh
        ORDER BY kode LIMIT %(desa)s
    ) d CROSS JOIN (
        SELECT kode, jenis, row_number() OVER (ORDER BY kode) AS nomor FROM layanan_dasar_indikator WHERE NOT konteks
    ) i ORDER BY d.id, i.kode
"""
STATEMENT = """
    INSERT INTO tangan (wilayah_id, indikator_id, periode, akhir, pembilang, penyebut, status, nilai, terendah,
        tertinggi, n_data, n_desa)
    SELECT w.id, h.indikator_id, h.periode, h.akhir, h.p, h.n, 'ada', h.nilai, h.terendah, h.tertinggi, h.banyak,
        greatest(1, w.jumlah_desa + w.jumlah_kelurahan)
    FROM (
        SELECT coalesce(desa, kecamatan, kabupaten, provinsi, '0') AS kode, indikator_id, periode, max(akhir) AS akhir,
            sum(pembilang) AS p, sum(penyebut) AS n, min(nilai) AS terendah,
            max(nilai) AS tertinggi, count(*) AS banyak,
            CASE WHEN max(jenis) IN ('persen', 'ya_tidak') THEN round(100 * sum(pembilang) / sum(penyebut), 4)
                ELSE sum(pembilang) END AS nilai
        FROM (
            SELECT n.*, i.jenis, w.kode AS desa, left(w.kode, 8) AS kecamatan, left(w.kode, 5) AS kabupaten,
                left(w.kode, 2) AS provinsi, CASE WHEN i.jenis IN ('persen', 'ya_tidak')
                    THEN round(100 * n.pembilang / n.penyebut, 4) ELSE n.pembilang END AS nilai
            FROM layanan_dasar_nilaiindikator n JOIN kecamatan_wilayah w ON w.id = n.desa_id
            JOIN layanan_dasar_indikator i ON i.kode = n.indikator_id
        ) baris
        GROUP BY GROUPING SETS (
            (indikator_id, periode, desa), (indikator_id, periode, kecamatan), (indikator_id, periode, kabupaten),
            (indikator_id, periode, provinsi), (indikator_id, periode)
        )
    ) h JOIN kecamatan_wilayah w ON w.kode = h.kode AND w.berlaku_sampai IS NULL
"""


def run(desa: int = DESA) -> None:
    ukur.prepare()
    impor_indikator(FIXTURES / "indikator")
    Indikator.objects.filter(konteks=False).update(frekuensi="Y")
    small = fill(desa // 4)
    quarter = statistics.median(_rebuilt() for _ in range(ukur.ROUNDS))
    rows = fill(desa)
    ukur.execute("CREATE UNLOGGED TABLE tangan (LIKE layanan_dasar_capaian INCLUDING ALL)")
    by_hand, rebuilt = ukur.medians(
        (lambda: ukur.execute("TRUNCATE tangan"), lambda: ukur.execute(STATEMENT)),
        (lambda: ukur.execute(f"TRUNCATE {_TABLES}"), lambda: capaian.rebuild(ukur.TAHUN)),
    )
    print(f"{rows} nilai, {desa} desa × 60 indikator. Satu pernyataan SQL (nilai saja): {by_hand:.1f} s")
    print(f"  nilai yang berbeda, di luar median skala: {_differences()}")
    print(f"rebuild penuh, dengan target, skor, tren, kesenjangan: {rebuilt:.1f} s = {rebuilt / by_hand:.2f} ×")
    print(f"tumbuh: {rows / small:.1f} × nilai → {rebuilt / quarter:.2f} × waktu")
    same = ukur.seconds(lambda: capaian.rebuild(ukur.TAHUN))
    print(f"diulang tanpa perubahan: {same:.1f} s = {same / rebuilt:.2f} × yang pertama")
    one = _one_kecamatan()
    print(f"sesudah terbit satu kecamatan: {one * 1000:.0f} ms = 1/{rebuilt / one:.0f}")
    print(f"memori program paling banyak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    _preview()
    ukur.execute("DROP TABLE tangan")


def _preview() -> None:
    """A file of 20,000 figures looked at before it is confirmed, against COPY of the same rows into a bare table."""
    desa = ukur.kode_desa(PRATINJAU // 10)
    indikator = list(Indikator.objects.filter(jenis="persen", konteks=False).values_list("kode", flat=True)[:10])
    rows = [(kode, satu, str(ukur.TAHUN), 41, 90) for kode in desa for satu in indikator]
    file = to_csv(["kode_desa", "indikator", "periode", "pembilang", "penyebut"], rows)
    columns = {"kode": "text", "indikator": "text", "periode": "text", "pembilang": "numeric", "penyebut": "numeric"}

    def copy() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            stage(cursor, "salinan", columns, rows)

    bare, seen = ukur.medians((lambda: None, copy), (lambda: None, lambda: impor_nilai(io.BytesIO(file), simpan=False)))
    print(f"pratinjau {len(rows)} baris: {seen:.2f} s = {seen / bare:.1f} × COPY baris yang sama")


def fill(desa: int) -> int:
    """Make the figures of so many desa; returns how many."""
    ukur.execute(f"TRUNCATE layanan_dasar_nilaiindikator, {_TABLES}")
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"tahun": ukur.TAHUN, "desa": desa})
        count: int = cursor.rowcount
    ukur.execute("VACUUM ANALYZE layanan_dasar_nilaiindikator")
    return count


def _rebuilt() -> float:
    ukur.execute(f"TRUNCATE {_TABLES}")
    return ukur.seconds(lambda: capaian.rebuild(ukur.TAHUN))


def _one_kecamatan() -> float:
    """Median recount after a further revision of every figure of one kecamatan."""
    ukur.execute(f"ANALYZE {_TABLES}")
    kecamatan = (
        Wilayah.objects.in_force().filter(tingkat=3, anak__nilai_indikator__isnull=False).order_by("kode").first()
    )
    assert kecamatan is not None
    desa_ids = list(Wilayah.objects.filter(induk=kecamatan).values_list("id", flat=True))
    times = []
    for revisi in range(2, 2 * ukur.ROUNDS + 3):
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO layanan_dasar_nilaiindikator (desa_id, indikator_id, periode, akhir, pembilang, penyebut,
                    status, revisi, sumber, terbit_pada)
                SELECT desa_id, indikator_id, periode, akhir, pembilang, penyebut + 1, status, %s, sumber, now()
                FROM layanan_dasar_nilaiindikator WHERE revisi = 1 AND desa_id = ANY(%s)""",
                [revisi, desa_ids],
            )
        times.append(ukur.seconds(lambda: capaian.rebuild(ukur.TAHUN, desa_ids=desa_ids)))
    return statistics.median(times)


def _differences() -> int:
    """Rows of which one says something else than the other."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM tangan t
            FULL JOIN layanan_dasar_capaian c USING (wilayah_id, indikator_id, periode)
            JOIN layanan_dasar_indikator i ON i.kode = indikator_id AND i.jenis <> 'skala'
            WHERE (t.nilai, t.terendah, t.tertinggi, t.n_data) IS DISTINCT FROM
                (c.nilai, c.terendah, c.tertinggi, c.n_data)
        """)
        return int(cursor.fetchone()[0])

"""Recount of village spending over a made-up country: against one hand-written statement, in pieces, after one import.

The statement sums every line once per desa, adds each desa to the regions above it, and inserts M1–M6 and M9 into a
table with the same keys. It knows only complete budgets with realisation, which is all this benchmark holds. The
rebuild also yields the other measures, the rules of the year, the spread, and the index of every region.

Size: BENCH_DESA desa (20,000 unless told; 75,266 is the country) × 120 lines.
"""

import os
import resource
import statistics
import sys
from multiprocessing import get_context

import django
from django.db import connection

from benchmarks import ukur
from kecamatan.models import Wilayah
from layanan_dasar.actions import putaran
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import BagianHitung, PutaranHitung
from layanan_dasar.models.kualitas import KODE_BIDANG


DESA = int(os.environ.get("BENCH_DESA") or 20_000)
BERUBAH = 5
"""Every fifth desa has amended its budget, so that M9 has something to compare."""
_INTI = [f"inti_{kode.lower()}" for kode in KODE_BIDANG]
COLUMNS = ["n_apbdes", "rincian_anggaran", "rincian_realisasi", "inti_anggaran", "inti_realisasi", "pegawai", "modal",
           "overhead", "ubah", "awal", *(f"{k}_{u}" for k in _INTI for u in ("anggaran", "realisasi"))]  # fmt: skip

_LINES = """
    INSERT INTO layanan_dasar_barisapbdes (apbdes_id, kode_kegiatan, kode_rekening, sumber_dana, kode_output, uraian,
        satuan, anggaran, realisasi_s1, realisasi_s2)
    SELECT a.id, g.kegiatan, g.rekening, g.sumber, '', 'uraian baris', '', jumlah, jumlah / 3, jumlah / 2
    FROM layanan_dasar_apbdes a CROSS JOIN (
        SELECT '' AS kegiatan, format('4.%%s.%%s.01', n %% 3 + 1, n / 3 + 1) AS rekening, 'ADD' AS sumber, n
        FROM generate_series(0, 9) n
        UNION ALL
        SELECT kode, (ARRAY['5.1.1.01', '5.2.1.01', '5.2.2.01', '5.2.7.01', '5.3.5.01', '5.4.1.01'])[n %% 6 + 1],
            CASE n %% 2 WHEN 0 THEN 'DDS' ELSE 'ADD' END, n
        FROM (SELECT kode, row_number() OVER (ORDER BY kode) AS n FROM layanan_dasar_kegiatan) k WHERE n <= 110
    ) g CROSS JOIN LATERAL (
        SELECT 500000 * (g.n + 1) + a.desa_id %% 1000 + CASE a.jenis WHEN 'awal' THEN 0 ELSE g.n END AS jumlah
    ) j WHERE a.tahun = %(tahun)s ORDER BY a.id
"""
_BUDGETS = """
    INSERT INTO layanan_dasar_apbdes (desa_id, tahun, jenis, status, urutan_perubahan, nomor_perdes, berlaku,
        cakupan_belanja, cakupan_pendapatan, sumber)
    SELECT id, %(tahun)s, jenis, 'ditetapkan', 0, '', jenis = 'perubahan' OR nomor %% %(berubah)s > 0, 'kegiatan',
        'lengkap', ''
    FROM (
        SELECT id, row_number() OVER (ORDER BY kode) AS nomor FROM kecamatan_wilayah
        WHERE jenis = 'desa' AND berlaku_sampai IS NULL AND NOT contoh ORDER BY kode LIMIT %(desa)s
    ) d CROSS JOIN (VALUES ('awal'), ('perubahan')) j (jenis)
    WHERE jenis = 'awal' OR nomor %% %(berubah)s = 0
"""
_SUMMED = {
    "rincian": "kegiatan <> ''",
    **{f"inti_{kode.lower()}": f"golongan = 'I{kode}'" for kode in KODE_BIDANG},
}
_MEASURES = ("anggaran", "realisasi")
_SUMS = ", ".join(
    f"sum({measure}) FILTER (WHERE {condition}) AS {group}_{measure}"
    for group, condition in _SUMMED.items()
    for measure in _MEASURES
)
_TOTAL = {f"inti_{m}": " + ".join(f"coalesce(sum({k}_{m}), 0)" for k in _INTI) for m in _MEASURES}
_ROLLED = ", ".join(_TOTAL.get(column, f"coalesce(sum({column}), 0)") for column in COLUMNS[1:8])
STATEMENT = f"""
    INSERT INTO tangan (wilayah_id, tahun, {", ".join(COLUMNS)})
    SELECT w.id, {ukur.TAHUN}, count(*), {_ROLLED}, sum(ubah), sum(awal),
        {", ".join(f"coalesce(sum({column}), 0)" for column in COLUMNS[10:])}
    FROM (
        SELECT desa_id, {_SUMS},
            sum(anggaran) FILTER (WHERE kegiatan <> '' AND starts_with(rekening, '5.1')) AS pegawai,
            sum(anggaran) FILTER (WHERE kegiatan <> '' AND starts_with(rekening, '5.3')) AS modal,
            sum(anggaran) FILTER (WHERE golongan LIKE 'I%%' AND rekening ~ '^5\\.2\\.[235]') AS overhead
        FROM (
            SELECT a.desa_id, b.kode_kegiatan AS kegiatan, b.kode_rekening AS rekening, b.anggaran,
                coalesce(b.realisasi_s2, b.realisasi_s1) AS realisasi,
                CASE WHEN k.bersyarat AND NOT (k.syarat_sumber_dana = b.sumber_dana
                    AND starts_with(b.kode_rekening, k.syarat_rekening)) THEN k.lain ELSE k.golongan END AS golongan
            FROM layanan_dasar_barisapbdes b
            JOIN layanan_dasar_apbdes a ON a.id = b.apbdes_id
            LEFT JOIN (
                SELECT kode_kegiatan AS kode, coalesce(kelas || bidang_id, '') AS golongan,
                    kelas_lain || bidang_id AS lain, syarat_sumber_dana, syarat_rekening,
                    syarat_sumber_dana <> '' AS bersyarat
                FROM layanan_dasar_pemetaankegiatan
            ) k ON k.kode = b.kode_kegiatan
            WHERE a.berlaku AND a.tahun = {ukur.TAHUN}
        ) baris GROUP BY desa_id
    ) jumlah
    LEFT JOIN (
        SELECT desa_id, sum(abs(beda)) AS ubah, sum(lama) AS awal FROM (
            SELECT p.desa_id, sum(CASE b.apbdes_id WHEN p.id THEN b.anggaran ELSE -b.anggaran END) AS beda,
                sum(b.anggaran) FILTER (WHERE b.apbdes_id = a.id) AS lama
            FROM layanan_dasar_apbdes p JOIN layanan_dasar_apbdes a
                ON (a.desa_id, a.tahun, a.jenis) = (p.desa_id, p.tahun, 'awal')
            JOIN layanan_dasar_barisapbdes b ON b.apbdes_id IN (a.id, p.id) AND b.kode_kegiatan <> ''
            WHERE p.jenis = 'perubahan' AND p.berlaku AND p.tahun = {ukur.TAHUN}
            GROUP BY p.desa_id, b.kode_kegiatan, b.kode_rekening, b.sumber_dana
        ) per_baris GROUP BY desa_id
    ) ubah USING (desa_id)
    JOIN kecamatan_wilayah d ON d.id = jumlah.desa_id
    CROSS JOIN LATERAL (
        VALUES ('0'), (left(d.kode, 2)), (left(d.kode, 5)), (left(d.kode, 8)), (d.kode)
    ) atas (kode)
    JOIN kecamatan_wilayah w ON w.kode = atas.kode AND w.berlaku_sampai IS NULL
    GROUP BY w.id
"""
_TABLES = "layanan_dasar_kualitasbelanja, layanan_dasar_kepatuhanaturan, layanan_dasar_indeksbelanja"


def run(desa: int = DESA) -> None:
    ukur.prepare()
    small = fill(desa // 4)
    quarter = statistics.median(_rebuilt() for _ in range(ukur.ROUNDS))
    count = fill(desa)
    ukur.execute("CREATE UNLOGGED TABLE tangan (LIKE layanan_dasar_kualitasbelanja INCLUDING ALL)")
    nullable = [name for name in kualitas.COLUMNS if name not in COLUMNS]
    ukur.execute(f"ALTER TABLE tangan {', '.join(f'ALTER {name} DROP NOT NULL' for name in nullable)}")
    by_hand, rebuilt = ukur.medians(
        (lambda: ukur.execute("TRUNCATE tangan"), lambda: ukur.execute(STATEMENT)),
        (lambda: ukur.execute(f"TRUNCATE {_TABLES}"), lambda: kualitas.rebuild(ukur.TAHUN)),
    )
    print(f"{count} baris, {desa} desa. Satu pernyataan SQL (M1–M6, M9): {by_hand:.1f} s")
    print(f"  baris hasil yang berbeda: {_differences()}")
    print(f"rebuild penuh, semua ukuran: {rebuilt:.1f} s = {rebuilt / by_hand:.2f} × (sasaran 2 × atau kurang)")
    print(f"tumbuh: {count / small:.1f} × baris → {rebuilt / quarter:.2f} × waktu (sasaran 4,4 × atau kurang)")
    one = _one_kecamatan()
    print(f"sesudah impor satu kecamatan: {one * 1000:.0f} ms = 1/{rebuilt / one:.0f} (sasaran 1/200 atau kurang)")
    for workers in (1, 2):
        seconds, memory = _in_pieces(workers)
        print(f"{workers} pekerja, per kabupaten: {seconds:.1f} s; memori pekerja paling banyak {memory} MB (< 300 MB)")
    ukur.execute("DROP TABLE tangan")


def fill(desa: int) -> int:
    """Make the budgets of so many desa; returns how many lines are in force."""
    ukur.empty_budgets()
    values = {"tahun": ukur.TAHUN, "desa": desa, "berubah": BERUBAH}
    with connection.cursor() as cursor:
        for statement in (_BUDGETS, _LINES):
            cursor.execute(statement, values)
    ukur.execute("VACUUM ANALYZE layanan_dasar_barisapbdes")
    ukur.execute("ANALYZE layanan_dasar_apbdes")
    return desa * ukur.LINES_PER_DESA


def _rebuilt() -> float:
    ukur.execute(f"TRUNCATE {_TABLES}")
    return ukur.seconds(lambda: kualitas.rebuild(ukur.TAHUN))


def _one_kecamatan() -> float:
    """Median recount of the desa of one kecamatan whose budgets just changed, in tables that autovacuum has seen since
    they were filled, as it has by the morning after a full run."""
    ukur.execute(f"VACUUM ANALYZE {_TABLES}")
    kecamatan = Wilayah.objects.in_force().filter(tingkat=3, anak__apbdes__isnull=False).order_by("kode").first()
    assert kecamatan is not None
    desa_ids = list(Wilayah.objects.in_wilayah(kecamatan).with_apbdes().values_list("id", flat=True))
    times = []
    for _ in range(2 * ukur.ROUNDS + 1):
        ukur.execute(
            f"""UPDATE layanan_dasar_barisapbdes SET anggaran = anggaran + 1 WHERE apbdes_id IN (
            SELECT id FROM layanan_dasar_apbdes WHERE desa_id IN ({", ".join(map(str, desa_ids))}))"""
        )
        times.append(ukur.seconds(lambda: kualitas.rebuild(ukur.TAHUN, desa_ids=desa_ids)))
    return statistics.median(times)


def _in_pieces(workers: int) -> tuple[float, int]:
    """A full run over emptied tables by so many processes: seconds, and the most memory one of them took (MB)."""
    ukur.execute(f"TRUNCATE {_TABLES}")
    PutaranHitung.objects.all().delete()
    satu = putaran.start_putaran(jenis=PutaranHitung.Jenis.PENUH)
    ids = list(BagianHitung.objects.filter(putaran=satu).values_list("id", flat=True))
    connection.close()
    memory: list[int] = []

    def work() -> None:
        with get_context("spawn").Pool(workers, initializer=django.setup) as pool:
            memory.extend(pool.imap_unordered(_piece, ids))
        putaran.finish_putaran(satu.pk)

    return ukur.seconds(work), max(memory)


def _piece(bagian_id: int) -> int:
    assert putaran.compute_bagian(bagian_id) == "selesai"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 if sys.platform == "linux" else 1024 * 1024)


def _differences() -> int:
    columns = ", ".join(["wilayah_id", "tahun", *COLUMNS])
    one, other = (f"SELECT {columns} FROM {table}" for table in ("tangan", kualitas.TABLE))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (({one} EXCEPT {other}) UNION ALL ({other} EXCEPT {one})) x")
        return int(cursor.fetchone()[0])

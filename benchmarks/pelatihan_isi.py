"""A made-up nation of training: one ToT cohort with forty people of every kabupaten, one cohort of kecamatan staff for
every provinsi with four people of every kecamatan, and all that hangs on them."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from kecamatan.models import Tingkat, Wilayah
from pelatihan.models import Angkatan, Program
from pelatihan.models.alur import StatusAngkatan


PER_KABUPATEN, CADANGAN, PER_KECAMATAN = 40, 5, 4
_KAB = """
    CREATE TEMPORARY TABLE ukur_kab AS
    SELECT k.id, k.kode, row_number() OVER (ORDER BY k.kode) AS ke, a.id AS aparatur, t.id AS tot,
        (SELECT min(d.id) FROM kecamatan_wilayah d WHERE d.kode_kini LIKE k.kode || '.%%' AND d.tingkat = 4) AS desa
    FROM kecamatan_wilayah k
    JOIN pelatihan_angkatan a ON a.nama = 'Aparatur ' || left(k.kode, 2)
    JOIN pelatihan_angkatan t ON t.nama = 'ToT nasional'
    WHERE k.tingkat = 2 AND k.berlaku_sampai IS NULL AND NOT k.contoh
"""
_ORANG = """
    INSERT INTO kecamatan_orang (nama, nip, gelar_depan, gelar_belakang, jenis_kelamin, jabatan, instansi, telepon)
"""
_STEPS = [
    # Bank and tests, once.
    """INSERT INTO pelatihan_butir (program_id, teks, aktif)
       SELECT p.id, 'Soal ' || n, true FROM pelatihan_program p CROSS JOIN generate_series(1, 20) n
       WHERE p.nama LIKE 'Ukur%%' AND %(dari)s = 0""",
    """INSERT INTO pelatihan_pilihan (butir_id, teks, benar)
       SELECT id, 'Pilihan ' || n, n = 1 FROM pelatihan_butir CROSS JOIN generate_series(1, 4) n WHERE %(dari)s = 0""",
    """INSERT INTO pelatihan_tes (angkatan_id, jenis, buka, tutup)
       SELECT a.id, j, a.mulai + interval '1 hour', a.selesai + interval '20 hours' FROM pelatihan_angkatan a
       CROSS JOIN unnest(ARRAY['pra', 'pasca']) j WHERE %(dari)s = 0""",
    """INSERT INTO pelatihan_butirtes (tes_id, butir_id, bobot, urutan)
       SELECT t.id, b.id, 1, row_number() OVER (PARTITION BY t.id ORDER BY b.id) FROM pelatihan_tes t
       JOIN pelatihan_angkatan a ON a.id = t.angkatan_id JOIN pelatihan_butir b ON b.program_id = a.program_id
       WHERE %(dari)s = 0""",
    """INSERT INTO pelatihan_lembarevaluasi (angkatan_id, terisi)
       SELECT id, '{}' FROM pelatihan_angkatan WHERE nama = 'ToT nasional' AND %(dari)s = 0""",
    # People, classes, places.
    f"""{_ORANG} SELECT 'Pelatih ' || kode || '-' || n, '1' || lpad(ke::text, 5, '0') || lpad(n::text, 12, '0'), '', '',
            CASE WHEN n %% 3 = 0 THEN 'P' ELSE 'L' END, 'Analis', 'Kantor ' || kode, ''
        FROM kab CROSS JOIN generate_series(1, {PER_KABUPATEN}) n""",
    f"""{_ORANG} SELECT 'Aparatur ' || c.kode || '-' || n, '2' || lpad(c.id::text, 12, '0') || lpad(n::text, 5, '0'),
            '', '', CASE WHEN n %% 3 = 0 THEN 'P' ELSE 'L' END, 'Aparatur', 'Kecamatan ' || c.nama, ''
        FROM kab JOIN kecamatan_wilayah c ON c.induk_id = kab.id AND c.berlaku_sampai IS NULL
        CROSS JOIN generate_series(1, {PER_KECAMATAN}) n""",
    """INSERT INTO pelatihan_kelas (angkatan_id, nama, wilayah_id, tempat, zona)
       SELECT a, 'Kelas ' || kode, id, 'Aula', 'WIB' FROM kab CROSS JOIN LATERAL unnest(ARRAY[tot, aparatur]) a""",
    """INSERT INTO pelatihan_peserta
            (angkatan_id, kelas_id, orang_id, unsur_id, wilayah_id, status, alasan, versi_tautan)
       SELECT kab.tot, k.id, o.id,
            (ARRAY['inspektorat', 'bappeda', 'dukcapil', 'pmd', 'bag-pemerintahan'])[1 + right(o.nip, 2)::int %% 5],
            kab.id,
            CASE WHEN right(o.nip, 2)::int %% 10 = 0 THEN 'tidak_lulus' ELSE 'lulus' END,
            CASE WHEN right(o.nip, 2)::int %% 10 = 0 THEN 'kehadiran' ELSE '' END, 0
       FROM kab JOIN kecamatan_orang o ON o.nip LIKE '1' || lpad(ke::text, 5, '0') || '%%'
       JOIN pelatihan_kelas k ON k.angkatan_id = kab.tot AND k.wilayah_id = kab.id""",
    """INSERT INTO pelatihan_peserta
            (angkatan_id, kelas_id, orang_id, unsur_id, wilayah_id, status, alasan, versi_tautan)
       SELECT kab.aparatur, k.id, o.id, (ARRAY['camat', 'sekcam', 'upt-kesehatan', 'upt-pendidikan'])[n], c.id,
            CASE WHEN c.id %% 10 = 0 THEN 'tidak_lulus' ELSE 'lulus' END,
            CASE WHEN c.id %% 10 = 0 THEN 'kehadiran' ELSE '' END, 0
       FROM kab JOIN kecamatan_wilayah c ON c.induk_id = kab.id AND c.berlaku_sampai IS NULL
       CROSS JOIN generate_series(1, 4) n
       JOIN kecamatan_orang o ON o.nip = '2' || lpad(c.id::text, 12, '0') || lpad(n::text, 5, '0')
       JOIN pelatihan_kelas k ON k.angkatan_id = kab.aparatur AND k.wilayah_id = kab.id""",
    # Nomination.
    """INSERT INTO pelatihan_kuota (angkatan_id, wilayah_id, unsur_id, jumlah, cadangan)
       SELECT kab.tot, kab.id, u.kode, 8, 1 FROM kab CROSS JOIN pelatihan_unsurpeserta u WHERE u.jenis = 'tot'""",
    """INSERT INTO pelatihan_undangan (angkatan_id, wilayah_id, surel, versi, dikirim_pada)
       SELECT tot, id, 'setda@ukur.test', 1, now() FROM kab""",
    """INSERT INTO pelatihan_usulan (undangan_id, nomor_surat, tanggal_surat, pejabat, nip_pejabat, jabatan_pejabat,
            status, alasan, dikirim_pada)
       SELECT u.id, '800/1', now()::date, 'Sekda', '', 'Sekretaris Daerah', 'terkirim', '', now()
       FROM kab JOIN pelatihan_undangan u ON u.wilayah_id = kab.id""",
    """INSERT INTO pelatihan_berkasusulan (usulan_id, tipe, akhiran, isi, diunggah_pada)
       SELECT u.id, 'application/pdf', 'pdf', '', now() FROM kab JOIN pelatihan_undangan u ON u.wilayah_id = kab.id""",
    """INSERT INTO pelatihan_calon (usulan_id, unsur_id, wilayah_id, nama, gelar_depan, gelar_belakang, nip,
            jenis_kelamin, jabatan, instansi, telepon, surel, urutan, status, alasan, peserta_id)
       SELECT u.id, p.unsur_id, kab.id, o.nama, '', '', o.nip, o.jenis_kelamin, 'Analis', 'Kantor',
            '+6281234567890', '', row_number() OVER (PARTITION BY kab.id, p.unsur_id ORDER BY p.id),
            'disetujui', '', p.id
       FROM kab JOIN pelatihan_undangan u ON u.wilayah_id = kab.id
       JOIN pelatihan_peserta p ON p.angkatan_id = kab.tot AND p.wilayah_id = kab.id
       JOIN kecamatan_orang o ON o.id = p.orang_id""",
    f"""INSERT INTO pelatihan_calon (usulan_id, unsur_id, wilayah_id, nama, gelar_depan, gelar_belakang, nip,
            jenis_kelamin, jabatan, instansi, telepon, surel, urutan, status, alasan)
       SELECT u.id, 'bappeda', kab.id, 'Cadangan ' || n, '', '', '3' || lpad(kab.ke::text, 5, '0')
            || lpad(n::text, 12, '0'), 'P', 'Analis', 'Kantor', '+6281234567890', '', 50 + n, 'cadangan', ''
       FROM kab JOIN pelatihan_undangan u ON u.wilayah_id = kab.id CROSS JOIN generate_series(1, {CADANGAN}) n""",
    # Days of training. Of eleven sessions one is missed; the first two of a team teach their kecamatan.
    """INSERT INTO pelatihan_sesi (kelas_id, modul_id, judul, mulai, selesai, jp, ruang, kunci, versi, diubah_pada)
       SELECT k.id, m.kode, m.judul, a.mulai + interval '8 hours' + interval '4 hours' * m.urutan,
            a.mulai + interval '11 hours' + interval '4 hours' * m.urutan, 4, '', sha256(k.id::text::bytea), 0, now()
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_angkatan a ON a.id = k.angkatan_id
       JOIN pelatihan_program p ON p.id = a.program_id JOIN pelatihan_modul m ON m.jenis = p.jenis""",
    """INSERT INTO pelatihan_presensi (sesi_id, peserta_id, status, cara, waktu)
       SELECT s.id, p.id, CASE WHEN (s.id + p.id) %% 7 = 0 THEN 'terlambat' ELSE 'hadir' END, 'qr', s.mulai
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_sesi s ON s.kelas_id = k.id
       JOIN pelatihan_peserta p ON p.kelas_id = k.id WHERE (s.id + p.id) %% 11 > 0""",
    """INSERT INTO pelatihan_sesi_pelatih (sesi_id, orang_id)
       SELECT s.id, o.id FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id AND k.angkatan_id = kab.aparatur
       JOIN pelatihan_sesi s ON s.kelas_id = k.id
       JOIN kecamatan_orang o ON o.nip LIKE '1' || lpad(kab.ke::text, 5, '0') || '%%'
            AND right(o.nip, 2) IN ('01', '02')""",
    # Tests, 60 of 100 before and 80 after on the average.
    """INSERT INTO pelatihan_pengerjaan (tes_id, peserta_id, mulai, kirim, skor)
       SELECT t.id, p.id, t.buka, t.buka + interval '20 minutes',
            CASE WHEN t.jenis = 'pra' THEN 45 ELSE 65 END + p.id %% 30
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_peserta p ON p.kelas_id = k.id
       JOIN pelatihan_tes t ON t.angkatan_id = k.angkatan_id""",
    """INSERT INTO pelatihan_jawaban (pengerjaan_id, butir_id, pilihan_id)
       SELECT g.id, i.butir_id, i.awal + CASE WHEN (g.id * 7 + i.butir_id * 13) %% 100 < g.skor THEN 0 ELSE 1 END
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_peserta p ON p.kelas_id = k.id
       JOIN pelatihan_pengerjaan g ON g.peserta_id = p.id
       JOIN (SELECT b.tes_id, b.butir_id, min(pilihan.id) AS awal FROM pelatihan_butirtes b
             JOIN pelatihan_pilihan pilihan ON pilihan.butir_id = b.butir_id GROUP BY 1, 2) i ON i.tes_id = g.tes_id""",
    # What they do afterwards.
    """INSERT INTO pelatihan_rtl (peserta_id, masalah, kode_indikator, kegiatan, target, desa_id, tenggat,
            penanggung_jawab, status)
       SELECT p.id, 'Masalah', 'KES-01', 'Kegiatan ' || p.id, 'Target', kab.desa, now()::date + (p.id %% 90)::int - 30,
            'Camat', (ARRAY['rencana', 'berjalan', 'selesai'])[1 + p.id %% 3]
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_peserta p ON p.kelas_id = k.id""",
    """INSERT INTO pelatihan_pemantauanrtl (rtl_id, tonggak, jatuh_tempo, diisi_pada, keadaan, uraian, hasil, catatan)
       SELECT r.id, t, a.selesai + t, CASE WHEN t = 30 AND r.id %% 2 = 0 THEN now() END,
            CASE WHEN t = 30 AND r.id %% 2 = 0 THEN r.status ELSE '' END,
            CASE WHEN t = 30 AND r.id %% 2 = 0 THEN 'Berjalan' ELSE '' END, '', ''
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id JOIN pelatihan_peserta p ON p.kelas_id = k.id
       JOIN pelatihan_rtl r ON r.peserta_id = p.id JOIN pelatihan_angkatan a ON a.id = p.angkatan_id
       CROSS JOIN unnest(ARRAY[30, 60, 90, 180]) t""",
    """INSERT INTO pelatihan_terbitansertifikat (angkatan_id, tempat, tanggal, jabatan, gelar_depan, nama,
            gelar_belakang, tanpa_gelar, oleh_id, dibuat_pada)
       SELECT id, 'Jakarta', now()::date, 'Direktur', '', 'Penanda', '', true,
            (SELECT min(id) FROM kecamatan_pengguna), now() FROM pelatihan_angkatan WHERE %(dari)s = 0""",
    """INSERT INTO pelatihan_sertifikat (terbitan_id, peserta_id, urut, nomor, kode, nama, jp, alasan_cabut)
       SELECT t.id, p.id, p.id, p.id || '/UKUR', left(md5(p.id::text), 11), o.nama, 40, ''
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id
       JOIN pelatihan_peserta p ON p.kelas_id = k.id AND p.status = 'lulus'
       JOIN kecamatan_orang o ON o.id = p.orang_id
       JOIN pelatihan_terbitansertifikat t ON t.angkatan_id = p.angkatan_id""",
    # What they said.
    """INSERT INTO pelatihan_lembarevaluasi (angkatan_id, sesi_id, pelatih_id, terisi)
       SELECT kab.tot, min(s.id), (SELECT min(id) FROM kecamatan_orang), '{}' FROM kab
       JOIN pelatihan_kelas k ON k.wilayah_id = kab.id AND k.angkatan_id = kab.tot
       JOIN pelatihan_sesi s ON s.kelas_id = k.id GROUP BY kab.id, kab.tot""",
    """INSERT INTO pelatihan_jawabanevaluasi (id, lembar_id, nilai, baik, saran)
       SELECT gen_random_uuid(), l.id, jsonb_build_object('penyelenggara-info', 1 + p.id %% 4,
            'penyelenggara-tempat', 3, 'pelatih-materi', 4, 'pelatih-jelas', 1 + p.id %% 4),
            CASE WHEN p.id %% 5 = 0 THEN 'Materinya jelas' ELSE '' END, ''
       FROM kab JOIN pelatihan_kelas k ON k.wilayah_id = kab.id AND k.angkatan_id = kab.tot
       JOIN pelatihan_peserta p ON p.kelas_id = k.id JOIN pelatihan_lembarevaluasi l ON l.angkatan_id = kab.tot
       AND (l.sesi_id IS NULL OR l.sesi_id IN (SELECT id FROM pelatihan_sesi WHERE kelas_id = k.id))""",
    """UPDATE pelatihan_lembarevaluasi l SET terisi = (SELECT coalesce(array_agg(p.id ORDER BY p.id), '{}')
            FROM pelatihan_peserta p WHERE p.angkatan_id = l.angkatan_id) WHERE l.sesi_id IS NULL""",
]


def cohorts() -> Angkatan:
    """The cohorts, without anybody in them; returns the national ToT, which is at its evaluation."""
    nasional = Wilayah.objects.in_force().get(tingkat=Tingkat.NASIONAL)
    provinsi = list(Wilayah.objects.in_force().filter(tingkat=Tingkat.PROVINSI, contoh=False))
    days = {"mulai": timezone.localdate() - datetime.timedelta(days=50), "batas_usulan": timezone.localdate()}
    days["selesai"] = days["mulai"] + datetime.timedelta(days=5)
    program = Program.objects.create(wilayah=nasional, nama="Ukur ToT", jenis="tot")
    tot = Angkatan.objects.create(program=program, nama="ToT nasional", status=StatusAngkatan.EVALUASI, **days)
    tot.cakupan.set(provinsi)
    program = Program.objects.create(wilayah=nasional, nama="Ukur aparatur", jenis="aparatur")
    for satu in provinsi:
        angkatan = Angkatan.objects.create(
            program=program, nama=f"Aparatur {satu.kode}", status=StatusAngkatan.SELESAI, induk=tot, **days
        )
        angkatan.cakupan.set([satu])
    return tot


@contextmanager
def _unrecorded() -> Iterator[CursorWrapper]:
    """Past the history and the rules of the tables: nobody did any of this."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith("pelatihan_")]
        for name in (*tables, "kecamatan_orang"):
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield cursor
        for name in (*tables, "kecamatan_orang"):
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM ANALYZE {name}")


def fill(dari: int, sampai: int) -> None:
    """People and all that hangs on them for the kabupaten numbered after `dari`, up to `sampai`."""
    span = "WITH kab AS (SELECT * FROM ukur_kab WHERE ke > %(dari)s AND ke <= %(sampai)s) "
    with _unrecorded() as cursor:
        if not dari:
            cursor.execute(_KAB, {})
        for step in _STEPS:
            cursor.execute(span + step, {"dari": dari, "sampai": sampai})


def reopen(angkatan: Angkatan) -> None:
    """As if nobody had handed in the last test of a cohort."""
    with _unrecorded() as cursor:
        last = "SELECT id FROM pelatihan_tes WHERE angkatan_id = %s AND jenis = 'pasca'"
        cursor.execute(f"UPDATE pelatihan_pengerjaan SET kirim = NULL, skor = NULL WHERE tes_id = ({last})",
                       [angkatan.pk])  # fmt: skip

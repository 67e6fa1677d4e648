"""Complaints at scale: reports taken in a second, without and with three photographs; the desk and the public list of a
kecamatan among a million reports against the same among ten thousand.

Size: BENCH_LAPORAN reports (1,000,000 unless told) over the real kecamatan; the kecamatan that is read has as many of
its own in both worlds, so that only the table around it grows. Target: at most twice the time.
"""

import io
import os
import statistics
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from PIL import Image

from benchmarks import ukur
from kecamatan.models import Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.models.orang import Orang
from p3pd_portal.lib.lampiran import read_lampiran
from p3pd_portal.management.commands.impor import FIXTURES
from pengaduan.actions.terima import Laporan, terima
from pengaduan.aggregation.pengaduan import rebuild
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import KategoriPengaduan
from pengaduan.queries.meja import daftar_meja
from pengaduan.queries.publik import daftar_publik, statistik


BANYAK = int(os.environ.get("BENCH_LAPORAN") or 1_000_000)
SEDIKIT = 10_000
SENDIRI = 200
KIRIM = 100
_FILL = """
    INSERT INTO pengaduan_pengaduan (
        nomor, kode, kirim, sidik, jenis, kategori_id, wilayah_id, lokasi, terlapor, judul, isi, kanal, identitas,
        rahasia, pengawasan, wbs, perlu_disaring, status, meja_id, pelaksana_wilayah_id, pelaksana_peran, eskalasi,
        keberatan, instansi_lain, nomor_rujukan, kategori_sp4n, diterima_pada, jam_mulai, sejak, ditutup_pada, tenggat,
        tenggat_selesai, tayang, judul_publik, isi_publik, dukungan
    )
    SELECT %(awalan)s || n, sha256(%(awalan)s::bytea), sha256((%(awalan)s || n)::bytea), '', 'pengaduan',
        'infrastruktur', w.id, '', '', 'Laporan ' || n, repeat('Isi laporan. ', 20), 'web', 'tanpa_identitas',
        n %% 10 = 0, false, false, false, CASE WHEN n %% 4 = 0 THEN 'diterima' ELSE 'selesai' END, w.id, w.id, '',
        0, 0, '', '', '',
        saat, saat, saat, CASE WHEN n %% 4 <> 0 THEN saat + interval '9 days' END,
        CASE WHEN n %% 4 = 0 THEN saat::date + 3 END, saat::date + 14, n %% 10 <> 0, 'Laporan ' || n, '', 0
    FROM generate_series(1, %(n)s) n
    JOIN (SELECT id, row_number() OVER (ORDER BY kode) - 1 AS ke, count(*) OVER () AS semua FROM kecamatan_wilayah
        WHERE tingkat = 3 AND berlaku_sampai IS NULL AND {where}) w ON w.ke = n %% w.semua
    CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + (n %% 320) * interval '1 day' AS saat) kapan
"""


def run() -> None:
    ukur.prepare()
    impor_pengaduan(FIXTURES)
    kecamatan = Wilayah.objects.in_force().filter(tingkat=Tingkat.KECAMATAN, contoh=False).order_by("kode")[7]
    _intake(kecamatan)
    camat = _camat(kecamatan)
    fill("sendiri-", SENDIRI, f"id = {kecamatan.pk}")
    readings: list[tuple[str, Callable[[], object]]] = [
        ("meja kecamatan", lambda: list(daftar_meja(_again(camat), kecamatan).halaman)),
        ("daftar publik kecamatan", lambda: list(daftar_publik(kecamatan))),
        ("angka publik kecamatan", lambda: statistik(kecamatan)),
    ]
    times = []
    for n in (SEDIKIT, BANYAK - SEDIKIT):
        fill(f"lain-{n}-", n, f"id <> {kecamatan.pk}")
        counted = ukur.seconds(lambda: rebuild(2026, pada=timezone.localdate()))
        times.append([statistics.median(ukur.seconds(read) for _ in range(15)) for _, read in readings])
    print(f"{BANYAK} laporan, {SENDIRI} di kecamatan yang dibaca; dihitung untuk semua wilayah dalam {counted:.1f} s")
    for (name, _), few, many in zip(readings, *times, strict=True):
        print(f"{name}: {many * 1000:.1f} ms = {many / few:.2f} × di antara {SEDIKIT} (sasaran 2 × atau kurang)")


def fill(awalan: str, n: int, where: str) -> None:
    """Made-up reports, past the history: nobody handed them in."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pengaduan_pengaduan DISABLE TRIGGER USER")
        cursor.execute(_FILL.format(where=where), {"awalan": awalan, "n": n})
        cursor.execute("ALTER TABLE pengaduan_pengaduan ENABLE TRIGGER USER")
        cursor.execute("ANALYZE pengaduan_pengaduan")


def _intake(kecamatan: Wilayah) -> None:
    out = io.BytesIO()
    Image.effect_noise((1280, 960), 60).convert("RGB").save(out, "JPEG", quality=70)
    sent = out.getvalue()
    said = {
        "jenis": "pengaduan", "kategori": KategoriPengaduan.objects.get(pk="infrastruktur"), "wilayah": kecamatan,
        "judul": "Jembatan putus", "isi": "Sejak Senin.", "identitas": "tanpa_identitas",
    }  # fmt: skip

    def plain(nomor: int) -> object:
        return terima(laporan=Laporan(**said), kunci=f"ukur-{nomor}")

    def with_photos(nomor: int) -> object:
        return terima(laporan=Laporan(**said, lampiran=[read_lampiran(sent) for _ in range(3)]), kunci=f"foto-{nomor}")

    bare = ukur.seconds(lambda: [plain(nomor) for nomor in range(KIRIM)]) / KIRIM
    photos = ukur.seconds(lambda: [with_photos(nomor) for nomor in range(KIRIM // 4)]) / (KIRIM // 4)
    print(f"laporan diterima: {1 / bare:.0f} per detik; dengan tiga foto ({len(sent) // 1024} KB) {1 / photos:.1f} per")
    print(f"detik = {photos / bare:.1f} × waktunya, satu proses")


def _camat(kecamatan: Wilayah) -> Pengguna:
    user = Pengguna.objects.create_user("camat@ukur.test", orang=Orang.objects.create(nama="Camat Ukur"))
    Penugasan.objects.create(pengguna=user, peran="camat", wilayah=kecamatan, mulai="2026-01-01")
    return user


def _again(user: Pengguna) -> Pengguna:
    """As a new request sees it, with nothing read yet."""
    return Pengguna.objects.get_queryset().get(pk=user.pk)

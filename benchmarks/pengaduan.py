"""Complaints at scale: reports taken in a second, without and with three photographs; the desk and the public pages of
a kecamatan, its kabupaten, its province and the nation among a million reports against the same among ten thousand;
and the task of every hour.

Size: BENCH_LAPORAN reports (1,000,000 unless told) over all desa. A quarter of them is running, one in five hundred of
those is late. The kecamatan that is read has as many of its own in both worlds. Target: at most twice the time.
"""

import io
import os
import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from PIL import Image

from benchmarks import ukur
from kecamatan.models import Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.models.orang import Orang
from kecamatan.models.wilayah import NASIONAL
from p3pd_portal.lib.lampiran import read_lampiran
from p3pd_portal.management.commands.impor import FIXTURES
from pengaduan.actions.terima import Laporan, terima
from pengaduan.actions.waktu import recount_tenggat, settle_overdue
from pengaduan.aggregation.pengaduan import rebuild
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import KategoriPengaduan, Pengaduan
from pengaduan.queries.jam import perbarui_tenggat
from pengaduan.queries.meja import SARINGAN, daftar_meja, jumlah_meja
from pengaduan.queries.publik import daftar_publik, per_anak, serupa, statistik


BANYAK = int(os.environ.get("BENCH_LAPORAN") or 1_000_000)
SEDIKIT = 10_000
SENDIRI = 200
KIRIM = 100
PUTARAN = 11
PERAN = {Tingkat.KECAMATAN: "camat", Tingkat.KABUPATEN: "admin_kabupaten", Tingkat.PROVINSI: "admin_provinsi",
         Tingkat.NASIONAL: "admin_pusat"}  # fmt: skip
_FILL = """
    WITH w AS (
        SELECT id, induk_id, row_number() OVER (ORDER BY md5(kode)) - 1 AS ke FROM kecamatan_wilayah
        WHERE tingkat = 4 AND berlaku_sampai IS NULL AND NOT contoh AND {where}
    )
    INSERT INTO pengaduan_pengaduan (
        nomor, kode, kirim, sidik, jenis, kategori_id, wilayah_id, lokasi, terlapor, judul, isi, kanal, identitas,
        rahasia, pengawasan, wbs, perlu_disaring, status, meja_id, pelaksana_wilayah_id, pelaksana_peran, eskalasi,
        keberatan, instansi_lain, nomor_rujukan, kategori_sp4n, diterima_pada, jam_mulai, sejak, ditutup_pada, tenggat,
        tenggat_selesai, tayang, judul_publik, isi_publik, dukungan
    )
    SELECT %(awalan)s || n, sha256(%(awalan)s::bytea), sha256((%(awalan)s || n)::bytea), '', 'pengaduan',
        'infrastruktur', w.id, '', '', 'Laporan ' || n, repeat('Isi laporan. ', 20), 'web', 'tanpa_identitas',
        n %% 10 = 1, false, false, n %% 400 = 0,
        CASE WHEN n %% 4 > 0 THEN 'selesai'
            ELSE (ARRAY['diterima', 'diproses', 'didisposisi', 'ditanggapi'])[n / 4 %% 4 + 1] END,
        w.induk_id, w.induk_id, '', 0, 0, '', '', '',
        saat, saat, saat, CASE WHEN n %% 4 > 0 THEN saat + interval '9 days' END,
        NULL, saat::date + 20,
        n %% 10 <> 1 AND n %% 3 = 0, 'Laporan ' || n, '', 0
    FROM generate_series(1, %(n)s) n JOIN w ON w.ke = n %% (SELECT count(*) FROM w)
    CROSS JOIN LATERAL (
        SELECT date_trunc('day', now()) + interval '3 hours' - interval '1 day'
            * CASE WHEN n %% 2000 = 0 THEN 40 WHEN n %% 4 = 0 THEN n / 16 %% 4 ELSE 1 + n / 16 %% 320 END AS saat
    ) kapan
"""
Reading = tuple[str, Callable[[], object]]


def run() -> None:
    ukur.prepare()
    impor_pengaduan(FIXTURES)
    kecamatan = Wilayah.objects.in_force().filter(tingkat=Tingkat.KECAMATAN, contoh=False).order_by("kode")[7]
    _intake(kecamatan)
    fill("sendiri-", SENDIRI, f"induk_id = {kecamatan.pk}")
    readings = [reading for wilayah in _above(kecamatan) for reading in _readings(wilayah)]
    readings.append(("laporan serupa kecamatan", lambda: serupa(kecamatan, "infrastruktur")))
    times = []
    for n in (SEDIKIT, BANYAK - SEDIKIT):
        fill(f"lain-{n}-", n, f"induk_id <> {kecamatan.pk}")
        rebuild(timezone.localdate().year, pada=timezone.localdate())
        times.append([statistics.median(ukur.seconds(read) for _ in range(PUTARAN)) for _, read in readings])
    print(f"{BANYAK} laporan, {SENDIRI} di kecamatan yang dibaca; sasaran 2 × atau kurang")
    for (name, _), few, many in zip(readings, *times, strict=True):
        print(f"{name}: {many * 1000:.1f} ms = {many / few:.2f} × di antara {SEDIKIT}")
    _hourly()


def fill(awalan: str, n: int, where: str) -> None:
    """Made-up reports, past the history: nobody handed them in."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pengaduan_pengaduan DISABLE TRIGGER USER")
        cursor.execute(_FILL.format(where=where), {"awalan": awalan, "n": n})
        _set_days()
        cursor.execute("ALTER TABLE pengaduan_pengaduan ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE pengaduan_pengaduan")


def _set_days() -> None:
    """The days of the rules on every running report: they are alike where step and beginning are."""
    running = Pengaduan.objects.open().order_by("status", "diterima_pada", "id")
    for satu in running.select_related("wilayah", "meja").distinct("status", "diterima_pada"):
        perbarui_tenggat(satu)
        days = {name: getattr(satu, name) for name in ("tenggat", "tenggat_selesai", "tenggat_naik")}
        Pengaduan.objects.filter(status=satu.status, diterima_pada=satu.diterima_pada).update(**days)


def _above(wilayah: Wilayah) -> list[Wilayah]:
    """The region and those above it, the nation last."""
    codes = [wilayah.kode, wilayah.kode[:5], wilayah.kode[:2], NASIONAL]
    return [Wilayah.objects.in_force().get(kode=kode) for kode in codes]


def _readings(wilayah: Wilayah) -> list[Reading]:
    """Everything a page of complaints asks in a region, each time by a person of whom nothing is read yet."""
    user = _petugas(wilayah)
    name = Tingkat(wilayah.tingkat).name.lower()

    def desk(tampil: str, halaman: int = 1) -> Callable[[], object]:
        return lambda: list(daftar_meja(_again(user), wilayah, tampil, halaman=halaman).halaman)

    return [
        *((f"meja {name}: {label.lower()}", desk(tampil)) for tampil, label in SARINGAN.items()),
        (f"meja {name}: halaman 8", desk("", 8)),
        (f"jumlah di panel {name}", lambda: jumlah_meja(_again(user), wilayah)),
        (f"daftar publik {name}", lambda: list(daftar_publik(wilayah))),
        (f"daftar publik {name}: halaman 8", lambda: list(daftar_publik(wilayah, 8))),
        (f"angka publik {name}", lambda: statistik(wilayah)),
        (f"angka per anak {name}", lambda: per_anak(wilayah, timezone.localdate().year)),
    ]


def _hourly() -> None:
    """What jaga_tenggat does."""
    today = timezone.localdate()
    works: list[Reading] = [
        ("tenggat dihitung ulang", recount_tenggat),
        ("yang lewat diurus", lambda: settle_overdue(pada=today)),
        ("angka setahun", lambda: rebuild(today.year, pada=today)),
    ]
    for name, work in works:
        started = time.perf_counter()
        done = work()
        print(f"tugas tiap jam, {name}: {time.perf_counter() - started:.1f} s ({done})")


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


def _petugas(wilayah: Wilayah) -> Pengguna:
    peran = PERAN[Tingkat(wilayah.tingkat)]
    user = Pengguna.objects.create_user(f"{peran}@ukur.test", orang=Orang.objects.create(nama=peran))
    Penugasan.objects.create(pengguna=user, peran=peran, wilayah=wilayah, mulai="2026-01-01")
    return user


def _again(user: Pengguna) -> Pengguna:
    """As a new request sees it, with nothing read yet."""
    return Pengguna.objects.get_queryset().get(pk=user.pk)

"""Training of a nation: every page of a cohort of 20,560 people out of 514 kabupaten and of the cohorts of 7,285
kecamatan, against the same pages while 60 kabupaten take part; and the task of every hour.

Target: a page under 300 ms with as many queries as in the small world; what counts everybody (reports, results, the
participants as a file) in seconds, at most in proportion to the people. BENCH_KABUPATEN sets the large number.
"""

import logging
import os
import statistics
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone

from benchmarks import ukur
from benchmarks.pelatihan_isi import cohorts, fill, reopen
from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah
from kecamatan.models.wilayah import NASIONAL
from p3pd_portal.management.commands.impor import FIXTURES
from pelatihan.actions.hapus_calon import erase_calon
from pelatihan.actions.pengerjaan import submit_ended
from pelatihan.actions.tanya_rtl import ask_due
from pelatihan.importers.acuan import impor_kurikulum
from pelatihan.models import Angkatan, Peserta
from pelatihan.queries.rtl import kemajuan_rtl
from pelatihan.queries.terlatih import ringkas_pelatihan


SEDIKIT = 60
BANYAK = int(os.environ.get("BENCH_KABUPATEN") or 514)
PUTARAN = 5
BERAKUN = 2000
LAMA = 1.0
"""Seconds: what takes longer is measured fewer times."""
PROVINSI, KABUPATEN = "12", "12.01"
Reading = tuple[str, Callable[[], object]]
Hasil = tuple[float, int]


def run() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    logging.disable()  # whoever logs in is told to nobody
    setup_test_environment(debug=False)
    ukur.prepare()
    impor_kurikulum(FIXTURES / "pelatihan")
    user = _admin()
    tot = cohorts()
    n_few = _world(0, SEDIKIT)
    reference = [_measure(read) for _, read in _readings(user, tot)]
    n_many = _world(SEDIKIT, BANYAK)
    print(f"Acuan: halaman yang sama dengan {SEDIKIT} kabupaten; orangnya {n_many / n_few:.1f} × lebih banyak.")
    print(f"{'':34}{'ms':>8}{'acuan':>8}{'rasio':>8}{'kueri':>7}{'acuan':>7}", flush=True)
    for (name, read), (few, q_few) in zip(_readings(user, tot), reference, strict=True):
        many, q_many = _measure(read)
        print(f"{name:34}{many * 1000:8.0f}{few * 1000:8.0f}{many / few:7.1f}×{q_many:7}{q_few:7}", flush=True)
    _hourly(tot)


def _world(dari: int, sampai: int) -> int:
    """So many kabupaten more; returns the number of participants."""
    took = ukur.seconds(lambda: fill(dari, sampai))
    n = Peserta.objects.count()
    print(f"{n} peserta dari {sampai} kabupaten dibuat dalam {took:.0f} s", flush=True)
    return n


def _admin() -> Pengguna:
    user = Pengguna.objects.create_user("pusat@ukur.test", orang=Orang.objects.create(nama="Pusat"))
    nasional = Wilayah.objects.in_force().get(kode=NASIONAL)
    Penugasan.objects.create(pengguna=user, peran="admin_pusat", wilayah=nasional, mulai="2026-01-01")
    TOTP.activate(user, "CONTOHDASHBOARDKECAMATANDESAABCD")
    return user


def _measure(read: Callable[[], object]) -> Hasil:
    """Median seconds, and the number of queries."""
    with CaptureQueriesContext(connection) as queries:
        read()
    n = len(queries)  # the next page empties the log
    times = [ukur.seconds(read)]
    while len(times) < (PUTARAN if times[0] < LAMA else 2):
        times.append(ukur.seconds(read))
    return statistics.median(times), n


def _readings(user: Pengguna, tot: Angkatan) -> list[Reading]:
    client = Client()
    client.force_login(user)

    def page(name: str, *args: object, **query: object) -> Callable[[], object]:
        address = reverse(f"pelatihan:{name}", args=args)

        def read() -> object:
            answer = client.get(address, query)
            assert answer.status_code == 200, (address, answer.status_code)
            return answer.getvalue() if answer.streaming else answer.content

        return read

    of = (NASIONAL, tot.pk)
    kelas = tot.kelas.order_by("pk").first()
    satu = tot.undangan.order_by("pk").first()
    aparatur = Angkatan.objects.get(nama=f"Aparatur {PROVINSI}")
    sama = aparatur.kelas.order_by("pk").first()
    assert kelas and satu and sama
    sesi = kelas.sesi.first()
    assert sesi
    return [
        ("daftar publik", page("pelatihan", NASIONAL)),
        ("daftar publik kabupaten", page("pelatihan", KABUPATEN)),
        ("papan kelola", page("kelola", NASIONAL)),
        ("angkatan", page("angkatan", *of)),
        ("kuota", page("kuota", *of)),
        ("undangan", page("undangan", *of)),
        ("usulan dan seleksi", page("usulan_daftar", *of)),
        ("usulan satu provinsi", page("usulan_daftar", *of, provinsi=PROVINSI)),
        ("usulan satu kabupaten", page("usulan", *of, satu.pk)),
        ("peserta", page("peserta", *of)),
        ("peserta, halaman 40", page("peserta", *of, hal=40)),
        ("peserta XLSX", page("peserta_unduh", *of, "xlsx")),
        ("jadwal", page("jadwal", *of)),
        ("kelas", page("kelas", kelas.pk)),
        ("isian sesi kelas aparatur", page("sesi_tambah", sama.pk)),
        ("presensi satu sesi", page("presensi", kelas.pk, sesi.pk)),
        ("hasil tes", page("hasil", *of)),
        ("evaluasi", page("evaluasi", *of)),
        ("RTL", page("rtl", *of)),
        ("kelulusan", page("kelulusan", *of)),
        ("laporan angkatan", page("laporan", *of)),
        ("laporan angkatan XLSX", page("laporan_unduh", *of, "xlsx")),
        ("laporan angkatan provinsi", page("laporan", NASIONAL, aparatur.pk)),
        ("laporan program", page("program_laporan", NASIONAL, aparatur.program_id, "html")),
        ("kaskade nasional", page("kaskade", NASIONAL)),
        ("kaskade provinsi", page("kaskade", PROVINSI)),
        ("kaskade kabupaten", page("kaskade", KABUPATEN)),
        ("kaskade nasional XLSX", page("kaskade_unduh", NASIONAL, "xlsx")),
        ("dasbor nasional", page("pelatihan_dasbor", NASIONAL)),
        *((f"panel wilayah {kode}", _panel(kode)) for kode in (NASIONAL, PROVINSI, KABUPATEN)),
    ]


def _panel(kode: str) -> Callable[[], object]:
    wilayah = Wilayah.objects.in_force().get(kode=kode)
    return lambda: (ringkas_pelatihan(wilayah), kemajuan_rtl(wilayah))


def _hourly(tot: Angkatan) -> None:
    """What jaga_pelatihan does in its worst hour: the last test of a nation ends and nobody handed it
    in; and BERAKUN of its people, who have accounts, are due to be asked how their plans go."""
    people = list(tot.peserta.values_list("orang", flat=True)[:BERAKUN])
    Pengguna.objects.bulk_create(Pengguna(email=f"{pk}@ukur.test", orang_id=pk, is_active=True) for pk in people)
    reopen(tot)
    now = timezone.now()
    works: list[Reading] = [
        ("tes yang habis waktunya", lambda: submit_ended(pada=now)),
        ("RTL yang ditanyakan", lambda: ask_due(pada=timezone.localdate(now))),
        ("calon yang dihapus", lambda: erase_calon(pada=timezone.localdate(now))),
    ]
    for name, work in works:
        done = []
        with CaptureQueriesContext(connection) as queries:
            took = ukur.seconds(lambda work=work, done=done: done.append(work()))
        print(f"tugas tiap jam, {name}: {took * 1000:.0f} ms, {len(queries)} kueri ({done[0]})")

"""A cohort of many: its pages take as many queries as those of a few, and show a page or the provinsi first."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kecamatan.models import Wilayah
from p3pd_portal.lib.gain import mark
from pelatihan.actions.evaluasi import fill_lembar
from pelatihan.actions.hapus_calon import erase_calon
from pelatihan.actions.pengerjaan import submit_ended
from pelatihan.actions.sertifikat import issue_sertifikat
from pelatihan.actions.tanya_rtl import ask_due
from pelatihan.models import Angkatan, Biaya, Kelas, Pengerjaan, Tes
from pelatihan.queries.angkatan import rincian_angkatan
from pelatihan.queries.evaluasi import Sasaran, halaman_evaluasi
from pelatihan.queries.jadwal import SEHALAMAN as KELAS_SEHALAMAN
from pelatihan.queries.jadwal import kisi_jadwal
from pelatihan.queries.kuota import kabupaten_of
from pelatihan.queries.laporan import laporan_program
from pelatihan.queries.rtl import DIHUBUNGI, daftar_rtl, perlu_dihubungi
from pelatihan.queries.rtl import SEHALAMAN as RTL_SEHALAMAN
from pelatihan.queries.seleksi import daftar_usulan, menurut_provinsi, of_provinsi
from pelatihan.queries.sertifikat import SEHALAMAN as PUTUSAN_SEHALAMAN
from pelatihan.queries.sertifikat import daftar_putusan
from pelatihan.views import seleksi as view_seleksi
from tests.factories import (
    AngkatanFactory,
    ButirFactory,
    CalonFactory,
    IndikatorFactory,
    KelasFactory,
    KuotaFactory,
    ModulFactory,
    OrangFactory,
    PengerjaanFactory,
    PertanyaanEvaluasiFactory,
    PesertaFactory,
    PresensiFactory,
    RtlFactory,
    SesiFactory,
    TesFactory,
    UndanganFactory,
)
from tests.factories.usulan import nip
from tests.pelatihan.actions.test_sertifikat import ISI
from tests.pelatihan.dunia_usulan import DUA, SATU, angkatan_tot


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HALAMAN = ["angkatan", "kuota", "undangan", "usulan_daftar", "peserta", "jadwal", "hasil", "evaluasi", "rtl",
           "kelulusan", "laporan"]  # fmt: skip
UMUM = ["pelatihan", "kelola", "kaskade", "pelatihan_dasbor"]


@pytest.fixture
def angkatan(wilayah: World, acuan: None) -> Angkatan:
    """A ToT of both kabupaten at its evaluation, with its tests and nobody in it."""
    satu = angkatan_tot(
        wilayah, "evaluasi", mulai=timezone.localdate() - datetime.timedelta(days=40), pola_nomor="{urut}"
    )
    IndikatorFactory(kode="KES-01")
    ModulFactory(kode="satu")
    for sasaran in ("pelatih", "penyelenggara"):
        PertanyaanEvaluasiFactory(kode=sasaran, sasaran=sasaran)
    butir = [ButirFactory(program=satu.program) for _ in range(3)]
    for jenis in ("pra", "pasca"):
        TesFactory(angkatan=satu, jenis=jenis, butir=butir)
    return satu


def isi(angkatan: Angkatan, wilayah: Wilayah, by: object, banyak: int, nama: str) -> Kelas:
    """A class of so many people of a kabupaten, who went through everything."""
    kelas = KelasFactory(angkatan=angkatan, nama=nama, wilayah=wilayah)
    trainer = OrangFactory()
    sesi = SesiFactory(kelas=kelas, pelatih=[trainer], modul_id="satu")
    people = PesertaFactory.create_batch(banyak, angkatan=angkatan, kelas=kelas, wilayah=wilayah, status="lulus")
    desa = Wilayah.objects.filter(kode__startswith=wilayah.kode, tingkat=4).first()
    for number, satu in enumerate(people):
        PresensiFactory(sesi=sesi, peserta=satu)
        for tes in angkatan.tes.all():
            PengerjaanFactory(tes=tes, peserta=satu, benar=number % 3, skor=40 + number % 3)
        RtlFactory(peserta=satu, desa=desa)
        fill_lembar(peserta=satu, sasaran=Sasaran(), nilai={"penyelenggara": 4}, saran="lagi")
        fill_lembar(peserta=satu, sasaran=Sasaran(sesi, trainer), nilai={"pelatih": 3})
    issue_sertifikat(by=by, angkatan=angkatan, **ISI)
    return kelas


def usulkan(angkatan: Angkatan, wilayah: Wilayah, banyak: int, dari: int = 0) -> None:
    undangan = UndanganFactory(angkatan=angkatan, wilayah=wilayah, terkirim=True)
    for number in range(dari, dari + banyak):
        CalonFactory(usulan=undangan.usulan, nip=nip(number))


def count_queries(client: Client, alamat: dict[str, str]) -> dict[str, int]:
    found = {}
    for name, url in alamat.items():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = len(queries)
    return found


def test_no_page_of_a_cohort_takes_more_queries_for_more_people(
    angkatan: Angkatan, wilayah: World, cast: SimpleNamespace, client: Client
) -> None:
    client.force_login(cast.admin_provinsi)
    kelas = isi(angkatan, wilayah[SATU], cast.admin_provinsi, 6, "Kelas A")
    usulkan(angkatan, wilayah[SATU], 2)
    alamat = {name: reverse(f"pelatihan:{name}", args=["11", angkatan.pk]) for name in HALAMAN}
    alamat |= {name: reverse(f"pelatihan:{name}", args=["11"]) for name in UMUM}
    alamat["kelas"] = kelas.get_absolute_url()
    alamat["presensi"] = kelas.sesi.get().get_absolute_url()
    alamat["xlsx"] = reverse("pelatihan:laporan_unduh", args=["11", angkatan.pk, "xlsx"])
    alamat["daftar"] = reverse("pelatihan:peserta_unduh", args=["11", angkatan.pk, "csv"])
    alamat["program"] = reverse("pelatihan:program_laporan", args=["11", angkatan.program_id, "html"])
    client.get(alamat["angkatan"])  # the first page of a session asks more
    few = count_queries(client, alamat)
    for nama in ("Kelas B", "Kelas C"):
        isi(angkatan, wilayah[DUA], cast.admin_provinsi, 7, nama)
    usulkan(angkatan, wilayah[DUA], 6, 20)
    assert count_queries(client, alamat) == few


def test_the_report_of_a_programme_takes_the_same_queries_for_more_cohorts(
    angkatan: Angkatan, wilayah: World, cast: SimpleNamespace
) -> None:
    def report() -> tuple[int, list[tuple[str, int, int | None]]]:
        with CaptureQueriesContext(connection) as queries:
            told = laporan_program(angkatan.program)
        return len(queries), [(str(b.angkatan), satu.n, biaya.per_peserta) for b, satu, biaya in told.angkatan]

    isi(angkatan, wilayah[SATU], cast.admin_provinsi, 5, "Kelas A")
    Biaya.objects.create(angkatan=angkatan, komponen="Konsumsi", realisasi=100)
    n, alone = report()
    assert alone == [(str(angkatan), 5, 20)]
    other = AngkatanFactory(program=angkatan.program, mulai=None, pola_nomor="{urut}", status="evaluasi")
    isi(other, wilayah[DUA], cast.admin_provinsi, 2, "Kelas A")
    Biaya.objects.create(angkatan=other, komponen="Konsumsi", realisasi=50)
    more, both = report()
    assert (more, sorted(both)) == (n, sorted([*alone, (str(other), 2, 25)]))


def test_a_test_that_ends_is_marked_in_the_same_queries_for_many(angkatan: Angkatan) -> None:
    tes, counts = angkatan.tes.get(jenis="pasca"), []
    Tes.objects.filter(pk=tes.pk).update(tutup=timezone.now() - datetime.timedelta(minutes=30))
    for many in (1, 5):
        people = PesertaFactory.create_batch(many, angkatan=angkatan)
        goes = [PengerjaanFactory(tes=tes, peserta=satu, benar=number % 4) for number, satu in enumerate(people)]
        with CaptureQueriesContext(connection) as queries:
            assert submit_ended(pada=timezone.now()) == many
        counts.append(len(queries))
        marks = [Pengerjaan.objects.get(pk=satu.pk).skor for satu in goes]
        assert marks == [mark(number % 4, 3) for number in range(many)]
    assert counts[0] == counts[1]


def test_the_hourly_task_asks_no_more_for_more_people(
    angkatan: Angkatan, wilayah: World, cast: SimpleNamespace
) -> None:
    counts = []
    for nama in ("Kelas A", "Kelas B"):
        isi(angkatan, wilayah[SATU], cast.admin_provinsi, 5, nama)
        with CaptureQueriesContext(connection) as queries:
            submit_ended(pada=timezone.now())
            ask_due(pada=timezone.localdate())
            erase_calon(pada=timezone.localdate())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_long_lists_come_in_pages_and_nobody_is_lost_between_them(angkatan: Angkatan, wilayah: World) -> None:
    kelas = [KelasFactory(angkatan=angkatan, nama=f"Kelas {n:02}") for n in range(KELAS_SEHALAMAN + 1)]
    people = PesertaFactory.create_batch(PUTUSAN_SEHALAMAN + 3, angkatan=angkatan, kelas=kelas[0])
    for satu in people[: RTL_SEHALAMAN + 2]:
        RtlFactory(peserta=satu, desa=wilayah["11.01.01.2001"])
    decided = [daftar_putusan(angkatan, hal)[1] for hal in (1, 2)]
    assert [len(rows) for rows in decided] == [PUTUSAN_SEHALAMAN, 3]
    assert {satu.peserta for rows in decided for satu in rows} == set(people)
    plans = [daftar_rtl(angkatan, hal)[1] for hal in (1, 2)]
    assert [len(rows) for rows in plans] == [RTL_SEHALAMAN, 2]
    assert {satu.rtl.peserta for rows in plans for satu in rows} == set(people[: RTL_SEHALAMAN + 2])
    columns = [satu for hal in (1, 2) for satu in kisi_jadwal(angkatan, hal).kelas]
    assert columns == kelas
    assert len(rincian_angkatan(angkatan).kelas.object_list) == len(kelas)
    asked, semua = perlu_dihubungi(angkatan)
    assert (len(asked), semua) == (DIHUBUNGI, RTL_SEHALAMAN + 2)


def test_sheets_come_in_pages_with_their_words(angkatan: Angkatan, wilayah: World, cast: SimpleNamespace) -> None:
    isi(angkatan, wilayah[SATU], cast.admin_provinsi, 5, "Kelas A")
    page, (organiser, trainer) = halaman_evaluasi(angkatan, 1)
    assert (page.paginator.count, organiser.saran, organiser.indeks) == (2, ["lagi"] * 5, 4)
    assert (trainer.saran, trainer.indeks) == ([], 3)


def test_proposals_by_provinsi_add_up_to_those_of_their_kabupaten(angkatan: Angkatan, wilayah: World) -> None:
    other = Wilayah.objects.get(kode="99.01")
    KuotaFactory(angkatan=angkatan, wilayah=other, jumlah=4)
    usulkan(angkatan, wilayah[SATU], 2)
    daftar = daftar_usulan(angkatan)
    uji, contoh = menurut_provinsi(daftar)
    assert [(satu.wilayah.kode, satu.n, satu.angka.belum) for satu in (uji, contoh)] == [("11", 2, 1), ("99", 1, 1)]
    for name in vars(daftar.jumlah):
        assert getattr(uji.angka, name) + getattr(contoh.angka, name) == getattr(daftar.jumlah, name)
    only = of_provinsi(daftar, "11")
    assert ([satu.wilayah.kode for satu in only.baris], only.jumlah) == ([SATU, DUA], uji.angka)


def test_many_kabupaten_are_shown_by_provinsi_first(
    angkatan: Angkatan, wilayah: World, cast: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.admin_provinsi)
    url = reverse("pelatihan:usulan_daftar", args=["11", angkatan.pk])
    assert wilayah[SATU].nama in client.get(url).content.decode()
    monkeypatch.setattr(view_seleksi, "SEKALIGUS", 1)
    page = client.get(url).content.decode()
    assert "Provinsi Uji" in page
    assert "2 kabupaten/kota" in page
    assert wilayah[SATU].nama not in page
    inside = client.get(url, {"provinsi": "11"}).content.decode()
    assert wilayah[SATU].nama in inside
    assert "Semua provinsi" in inside
    assert "Provinsi Uji" in client.get(url, {"provinsi": "nonsens"}).content.decode()


def test_a_national_cohort_reaches_every_kabupaten_but_those_of_the_demo(angkatan: Angkatan, wilayah: World) -> None:
    angkatan.cakupan.set([Wilayah.objects.get(kode="0")])
    assert [satu.kode for satu in kabupaten_of(angkatan)] == [SATU, DUA]
    for cakupan, found in (("11", [SATU, DUA]), ("11.02", [DUA]), ("11.01.01", [SATU]), ("99", ["99.01"])):
        angkatan.cakupan.set([Wilayah.objects.get(kode=cakupan)])
        assert [satu.kode for satu in kabupaten_of(angkatan)] == found

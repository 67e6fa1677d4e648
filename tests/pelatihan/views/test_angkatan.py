"""Pages of cohorts and classes."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, Kelas, Program
from tests.assertions import visible_text
from tests.factories import (
    AngkatanFactory,
    KelasFactory,
    KuotaFactory,
    PesertaFactory,
    PresensiFactory,
    ProgramFactory,
    SesiFactory,
)


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
KELOLA = "/wilayah/11.01/pelatihan/kelola/"


@pytest.fixture
def admin(cast: SimpleNamespace, client: Client) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def test_everybody_reads_published_numbers_beside_recorded_persons(client: Client, wilayah: World) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["0"], status="ditutup", nama="ToT tahap 2", sumber="Laporan uji",
                           cakupan=[wilayah["11"]])  # fmt: skip
    for kode, n in (("11.01", 39), ("11.02", 72)):
        satu.angka_terbit.create(wilayah=wilayah[kode], jumlah=n, sumber="Laporan uji", catatan="Catatan uji.")
    PesertaFactory(angkatan=satu, orang__nama="Budi Rahasia")
    page = client.get("/wilayah/11/pelatihan/").content.decode()
    assert "111" in page
    assert "Kabupaten Satu 39, Kabupaten Dua 72" in page
    assert "Laporan uji" in page
    assert "Catatan uji." in page
    assert "Budi Rahasia" not in page
    assert len(page) < 45_000


def test_an_empty_region_says_whose_turn_it_is(client: Client, wilayah: World) -> None:
    page = client.get("/wilayah/11.02.01/pelatihan/?jenis=karangan&hal=x").content.decode()
    assert "Belum ada pelatihan" in page
    assert "/wilayah/0/pelatihan/" in page


def test_a_programme_then_a_cohort_then_a_class(admin: Client, wilayah: World, cast: SimpleNamespace) -> None:
    assert "Buat program pertama" in admin.get(KELOLA).content.decode()
    assert admin.post(f"{KELOLA}program/", {"nama": "ToT", "jenis": "tot"}).status_code == 302
    told = {"program": Program.objects.get().pk, "nama": "Tahap 1", "cakupan": "11.01.01, 110102", "moda": "hibrida",
            "mulai": "2026-12-01", "selesai": "2026-12-05", "pola_nomor": "{urut}/X/{tahun}"}  # fmt: skip
    assert admin.post(f"{KELOLA}tambah/", told).status_code == 302
    satu = Angkatan.objects.get()
    assert [w.kode for w in satu.cakupan.order_by("kode")] == ["11.01.01", "11.01.02"]
    page = admin.get(satu.get_absolute_url()).content.decode()
    assert "Belum ada kelas" in page
    kelas = {"nama": "Kelas A", "wilayah": "11.01", "zona": "WITA", "petugas": "penyedia@uji.test"}
    assert admin.post(f"{satu.get_absolute_url()}kelas/tambah/", kelas).status_code == 302
    assert list(Kelas.objects.get().petugas.all()) == [cast.penyedia]
    assert "11.01.01, 11.01.02" in admin.get(f"{satu.get_absolute_url()}ubah/").content.decode()
    assert "penyedia@uji.test" in admin.get(f"{Kelas.objects.get().get_absolute_url()}ubah/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("cakupan", "99.99", "tidak ada dalam daftar Kemendagri"),
        ("cakupan", "11.02", "tidak terletak di"),
        ("pola_nomor", "tanpa urut", "Pola memuat {urut}"),
        ("pola_nomor", "{urut}{nip}", "Pola memuat {urut}"),
        ("selesai", "2026-11-01", "mendahului hari pertama"),
        ("program", "0", "Pilih pilihan yang sahih"),
    ],
)
def test_a_wrong_field_says_what_to_do(admin: Client, wilayah: World, field: str, value: str, words: str) -> None:
    told = {"program": ProgramFactory(wilayah=wilayah["11.01"]).pk, "nama": "A", "cakupan": "11.01.01",
            "moda": "luring", "mulai": "2026-12-01", "selesai": "2026-12-05", field: value}  # fmt: skip
    answer = admin.post(f"{KELOLA}tambah/", told)
    assert answer.status_code == 422
    if words not in (page := answer.content.decode().replace("&#x27;", "'")):
        assert 'role="alert"' in page
        assert field == "program"
    assert not Angkatan.objects.exists()


def test_an_account_that_is_no_provider_runs_no_class(admin: Client, wilayah: World) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"])
    told = {"nama": "A", "wilayah": "11.01", "zona": "WIB", "petugas": "camat_a@uji.test"}
    answer = admin.post(f"{satu.get_absolute_url()}kelas/tambah/", told)
    assert answer.status_code == 422
    assert "bukan akun Penyedia" in answer.content.decode()


@pytest.mark.parametrize("kode", ["x", "11.01, 11.02", ""])
def test_a_class_stands_in_one_region(admin: Client, wilayah: World, kode: str) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"])
    told = {"nama": "A", "wilayah": kode, "zona": "WIB"}
    assert admin.post(f"{satu.get_absolute_url()}kelas/tambah/", told).status_code == 422


def test_a_clock_that_attendance_went_by_is_not_changed(admin: Client, wilayah: World) -> None:
    kelas = KelasFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]))
    PresensiFactory(sesi=SesiFactory(kelas=kelas), peserta=PesertaFactory(angkatan=kelas.angkatan, kelas=kelas))
    told = {"nama": kelas.nama, "wilayah": "11.01", "zona": "WIT"}
    answer = admin.post(f"{kelas.get_absolute_url()}ubah/", told)
    assert answer.status_code == 422
    assert "zona waktunya tetap" in visible_text(answer)


def test_steps_are_buttons_and_what_is_missing_is_said(admin: Client, wilayah: World) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"], mulai=None)
    answer = admin.post(f"{satu.get_absolute_url()}langkah/undang/", follow=True)
    assert "Isi hari pertama" in answer.content.decode()
    assert admin.post(f"{satu.get_absolute_url()}langkah/karangan/").status_code == 404
    assert admin.post(f"{satu.get_absolute_url()}langkah/batal/", {"alasan": ""}).status_code == 422
    assert admin.post(f"{satu.get_absolute_url()}langkah/batal/", {"alasan": "Dana ditunda."}).status_code == 302
    page = admin.get(satu.get_absolute_url()).content.decode()
    assert "Dana ditunda." in page
    assert "dibatalkan" in page


def test_a_get_of_a_step_changes_nothing(admin: Client, wilayah: World) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"])
    admin.get(f"{satu.get_absolute_url()}langkah/undang/")
    satu.refresh_from_db()
    assert satu.status == "rancang"


def test_a_cohort_of_another_region_does_not_exist_here(admin: Client, wilayah: World) -> None:
    for owner in ("11.02", "11", "0"):
        satu = AngkatanFactory(program__wilayah=wilayah[owner])
        assert admin.get(f"{KELOLA}{satu.pk}/").status_code == 404


def test_the_class_page_shows_names_and_offices_but_no_personal_data(
    client: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    kelas = KelasFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]), zona="WIT")
    kelas.petugas.set([cast.penyedia])
    SesiFactory(kelas=kelas, judul="Kepemimpinan", mulai="2026-12-01T00:00Z", selesai="2026-12-01T02:00Z")
    PesertaFactory(angkatan=kelas.angkatan, kelas=kelas, orang__nama="Sari Uji", orang__nip="198003122005011991",
                   orang__telepon="+6281234567890")  # fmt: skip
    client.force_login(cast.penyedia)
    page = client.get(kelas.get_absolute_url()).content.decode()
    assert "Sari Uji" in page
    assert "09.00" in page  # the clock of Jayapura
    assert "19800312" not in page
    assert "81234567890" not in page


def test_the_board_keeps_what_was_chosen_through_its_pages(admin: Client, wilayah: World) -> None:
    for tahap in (1,) * 26 + (2,):
        AngkatanFactory(program__wilayah=wilayah["11.01"], tahap=tahap)
    page = admin.get(f"{KELOLA}?tahap=1").content.decode()
    assert '<option value="1" selected>' in page
    assert "?tahap=1&amp;hal=2" in page
    assert page.count('<th class="lekat" scope="row">') == 25
    last = admin.get(f"{KELOLA}?tahap=1&hal=2&tahun=karangan").content.decode()
    assert last.count('<th class="lekat" scope="row">') == 1
    assert len(page) < 60_000


def test_a_board_that_was_narrowed_to_nothing_says_what_to_change(admin: Client, wilayah: World) -> None:
    AngkatanFactory(program__wilayah=wilayah["11.01"], tahap=1)
    AngkatanFactory(program__wilayah=wilayah["11.01"], tahap=2, status="batal")
    page = admin.get(f"{KELOLA}?tahap=1&status=batal").content.decode()
    assert "Ubah salah satu menjadi “semua”" in page
    assert f'href="{KELOLA}"' in page


def test_the_board_is_red_with_the_days_left(admin: Client, wilayah: World) -> None:
    for name, left in (("Lama", -1), ("Kini", 0), ("Nanti", 4)):
        last = timezone.localdate() + datetime.timedelta(days=left)
        satu = AngkatanFactory(program__wilayah=wilayah["11.01"], nama=name, status="usulan", batas_usulan=last)
        KuotaFactory(angkatan=satu, wilayah=wilayah["11.01"])
    page = visible_text(admin.get(KELOLA))
    for words in ("lewat batas", "hari ini batasnya", "4 hari lagi"):
        assert f"1 belum mengusulkan, {words}" in page

"""The pages of a timetable: the grid, the form of a session, print and calendar."""

from types import SimpleNamespace

import pytest
from django.test import Client
from icalendar import Calendar

from kecamatan.models import Wilayah
from p3pd_portal.lib import cetak
from pelatihan.models import Kelas, Sesi
from tests.factories import ModulFactory, OrangFactory, PesertaFactory, PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Kelas:
    return kelas_kini(wilayah, cast, nama="Kelas Barat", tempat="Hotel Uji", zona="WITA")


@pytest.fixture
def admin(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def isian(kelas: Kelas, **kwargs: object) -> dict[str, object]:
    told = {"hari": kelas.angkatan.mulai, "dari": "08:00", "sampai": "10:15", "jp": 3, "judul": "Kepemimpinan"}
    return {**told, **kwargs}


def grid(kelas: Kelas) -> str:
    return f"/wilayah/11.01/pelatihan/kelola/{kelas.angkatan_id}/jadwal/"


def test_a_session_is_written_by_the_clock_of_its_class(admin: Client, kelas: Kelas, cast: SimpleNamespace) -> None:
    url = f"/pelatihan/kelas/{kelas.pk}/sesi/tambah/"
    assert "Dari jam (WITA)" in admin.get(f"{url}?hari={kelas.angkatan.mulai}").text
    guest = OrangFactory(nip="198003122005011991")
    told = isian(kelas, pelatih=[cast.pelatih_kabupaten.orang_id], nip="19800312 200501 1 991")
    answer = admin.post(url, told, follow=True)
    assert answer.redirect_chain == [(grid(kelas), 302)]
    satu = Sesi.objects.get()
    assert satu.mulai.isoformat() == f"{kelas.angkatan.mulai}T00:00:00+00:00"
    assert set(satu.pelatih.all()) == {guest, cast.pelatih_kabupaten.orang}
    assert "08.00–10.15" in answer.text
    assert "3 JP" in answer.text


def test_a_module_gives_its_title(admin: Client, kelas: Kelas) -> None:
    modul = ModulFactory(judul="Kemitraan")
    admin.post(f"/pelatihan/kelas/{kelas.pk}/sesi/tambah/", isian(kelas, judul="", modul=modul.pk))
    assert Sesi.objects.get().judul == "Kemitraan"


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"judul": ""}, "Isi judulnya, atau pilih modul."),
        ({"sampai": "08:00"}, "Jam selesai mendahului jam mulai."),
        ({"nip": "123"}, "1 NIP belum tercatat di portal."),
        ({"hari": "2001-01-01"}, "Hari ini bukan hari angkatan"),
        ({"dari": ""}, "Bidang ini tidak boleh kosong."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(admin: Client, kelas: Kelas, wrong: dict[str, str], text: str) -> None:
    answer = admin.post(f"/pelatihan/kelas/{kelas.pk}/sesi/tambah/", isian(kelas, **wrong))
    assert answer.status_code == 422
    assert text in answer.text
    assert not Sesi.objects.exists()


def test_a_clash_says_who_where_and_when(admin: Client, kelas: Kelas) -> None:
    url = f"/pelatihan/kelas/{kelas.pk}/sesi/tambah/"
    admin.post(url, isian(kelas))
    answer = admin.post(url, isian(kelas, dari="10:00", sampai="12:00"))
    assert answer.status_code == 422
    assert "Kelas ini sudah mengikuti “Kepemimpinan”" in answer.text
    assert "08.00–10.15 WITA." in answer.text


def test_a_session_is_changed_and_taken_out(admin: Client, kelas: Kelas) -> None:
    admin.post(f"/pelatihan/kelas/{kelas.pk}/sesi/tambah/", isian(kelas))
    satu = Sesi.objects.get()
    url = f"/pelatihan/kelas/{kelas.pk}/sesi/{satu.pk}/"
    page = admin.get(f"{url}ubah/").text
    assert 'value="08:00"' in page
    assert 'value="10:15"' in page
    admin.post(f"{url}ubah/", isian(kelas, sampai="10:30"))
    satu.refresh_from_db()
    assert (satu.selesai.hour, satu.selesai.minute, satu.versi) == (2, 30, 1)
    hadir = PresensiFactory(sesi=satu, peserta=peserta_kini(kelas))
    assert "sudah memiliki presensi" in admin.post(f"{url}hapus/", follow=True).text
    hadir.delete()
    assert "Sesi dihapus dari jadwal." in admin.post(f"{url}hapus/", follow=True).text
    assert not Sesi.objects.exists()


def test_the_session_of_another_class_does_not_exist(admin: Client, kelas: Kelas, wilayah: dict[str, Wilayah]) -> None:
    other = sesi_kini(kelas_kini(wilayah))
    assert admin.get(f"/pelatihan/kelas/{kelas.pk}/sesi/{other.pk}/ubah/").status_code == 404


def test_the_grid_says_what_is_missing(admin: Client, kelas: Kelas) -> None:
    assert "+ Sesi" in admin.get(grid(kelas)).text
    Kelas.objects.all().delete()
    assert "Belum ada kelas, jadi belum ada jadwal." in admin.get(grid(kelas)).text


def test_a_closed_cohort_shows_its_timetable_without_forms(admin: Client, kelas: Kelas) -> None:
    sesi_kini(kelas, judul="Kepemimpinan")
    kelas.angkatan.status = "ditutup"
    kelas.angkatan.save()
    page = admin.get(grid(kelas)).text
    assert "Kepemimpinan" in page
    assert "/sesi/" not in page


def test_the_timetable_is_printed(admin: Client, kelas: Kelas) -> None:
    sesi_kini(kelas, judul="Kepemimpinan", pelatih=[OrangFactory(nama="Siti", gelar_depan="Dr.")])
    page = admin.get(f"/pelatihan/kelas/{kelas.pk}/jadwal/html/").text
    assert "Dr. Siti" in page
    assert "Jam menurut WITA." in page
    assert admin.get(f"/pelatihan/kelas/{kelas.pk}/jadwal/docx/").status_code == 404


def test_without_pango_the_pdf_says_so(admin: Client, kelas: Kelas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cetak, "pdf_tersedia", lambda: False)
    answer = admin.get(f"/pelatihan/kelas/{kelas.pk}/jadwal/pdf/")
    assert answer.status_code == 503
    assert f"/pelatihan/kelas/{kelas.pk}/jadwal/html/" in answer.text


def test_the_calendar_is_for_those_in_the_class(
    admin: Client, kelas: Kelas, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    satu = sesi_kini(kelas, judul="Kepemimpinan", pelatih=[OrangFactory(nama="Siti")])
    peserta = peserta_kini(kelas, orang=cast.camat_a.orang)
    answer = admin.get(f"/pelatihan/kelas/{kelas.pk}/jadwal.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    admin.force_login(cast.camat_a)
    own = admin.get(f"/ikut/{peserta.pk}/jadwal.ics").content
    assert own == answer.content
    assert b"Siti" not in own
    (event,) = Calendar.from_ical(own).events
    assert (str(event["SUMMARY"]), event.start.timestamp()) == ("Kepemimpinan", int(satu.mulai.timestamp()))
    assert admin.get(f"/pelatihan/kelas/{kelas.pk}/jadwal.ics").status_code == 404
    homeless = PesertaFactory(angkatan=kelas_kini(wilayah).angkatan, orang=cast.camat_a.orang)
    assert admin.get(f"/ikut/{homeless.pk}/jadwal.ics").status_code == 404


def test_the_curriculum_is_everybodys(client: Client, wilayah: dict[str, Wilayah]) -> None:
    assert "Kurikulum belum dimuat." in client.get("/pelatihan/kurikulum/").text
    ModulFactory(judul="Kepemimpinan", jp=4, halaman="capaian")
    page = client.get("/pelatihan/kurikulum/").text
    assert "Kepemimpinan" in page
    assert "/wilayah/0/capaian/" in page

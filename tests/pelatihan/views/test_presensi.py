"""The list of a session, its screen, and paper."""

import io
from types import SimpleNamespace

import pytest
from django.test import Client
from PIL import Image

from kecamatan.models import KopSurat, Wilayah
from p3pd_portal.lib import cetak
from pelatihan.exports_presensi import daftar_hadir, kop_pelatihan
from pelatihan.models import LembarHadir, Presensi, Sesi
from tests.factories import PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


@pytest.fixture
def sesi(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Sesi:
    return sesi_kini(kelas_kini(wilayah, cast, tempat="Hotel Uji"), ruang="Mawar")


@pytest.fixture
def penyedia(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.penyedia)
    return client


def url(sesi: Sesi) -> str:
    return f"/pelatihan/kelas/{sesi.kelas_id}/sesi/{sesi.pk}/"


def hari(sesi: Sesi) -> str:
    return f"/pelatihan/kelas/{sesi.kelas_id}/daftar-hadir/{sesi.hari}/"


def test_a_steward_marks_several_at_once_and_undoes(penyedia: Client, sesi: Sesi) -> None:
    a, b, c = (peserta_kini(sesi.kelas, orang__nama=nama) for nama in ("Ani", "Budi", "Cici"))
    told = {"cara": "kertas", f"s-{a.pk}": "hadir", f"a-{a.pk}": "", f"s-{b.pk}": "sakit", f"a-{b.pk}": ""}
    answer = penyedia.post(url(sesi), told | {f"s-{c.pk}": "", f"a-{c.pk}": ""}, follow=True)
    assert "2 presensi diubah." in answer.text
    assert "1 dari 3" in answer.text
    assert dict(Presensi.objects.values_list("peserta__orang__nama", "status")) == {"Ani": "hadir", "Budi": "sakit"}
    penyedia.post(url(sesi), {"cara": "petugas", f"s-{a.pk}": "", f"a-{a.pk}": "hadir"})
    assert list(Presensi.objects.values_list("peserta", flat=True)) == [b.pk]


def test_a_record_that_changed_meanwhile_is_told_and_kept(penyedia: Client, sesi: Sesi) -> None:
    a = peserta_kini(sesi.kelas)
    PresensiFactory(sesi=sesi, peserta=a)
    answer = penyedia.post(url(sesi), {"cara": "petugas", f"s-{a.pk}": "alpa", f"a-{a.pk}": ""}, follow=True)
    assert "1 orang tidak diubah" in answer.text
    assert Presensi.objects.get().status == "hadir"


def test_a_made_up_status_is_refused(penyedia: Client, sesi: Sesi) -> None:
    a = peserta_kini(sesi.kelas)
    answer = penyedia.post(url(sesi), {"cara": "petugas", f"s-{a.pk}": "lulus", f"a-{a.pk}": ""})
    assert answer.status_code == 422
    assert not Presensi.objects.exists()


def test_a_list_to_come_can_be_read_and_not_marked(penyedia: Client, sesi: Sesi) -> None:
    later = sesi_kini(sesi.kelas, -90)
    a = peserta_kini(sesi.kelas)
    assert "Belum ada. Cetak daftar hadir" in penyedia.get(url(later)).text
    answer = penyedia.post(url(later), {"cara": "petugas", f"s-{a.pk}": "hadir", f"a-{a.pk}": ""})
    assert answer.status_code == 422
    assert "Presensi sesi ini belum dibuka." in answer.text


def test_no_page_of_a_class_shows_personal_data(penyedia: Client, sesi: Sesi) -> None:
    peserta_kini(sesi.kelas, orang__nip="198003122005011991", orang__telepon="+6281234567890")
    for page in (url(sesi), f"{url(sesi)}layar/", f"{hari(sesi)}html/", sesi.kelas.get_absolute_url()):
        text = penyedia.get(page).text
        assert "198003122005011991" not in text
        assert "81234567890" not in text


def test_an_empty_class_says_so(penyedia: Client, sesi: Sesi) -> None:
    assert "Belum ada peserta di kelas ini." in penyedia.get(url(sesi)).text


def test_the_screen_shows_codes_and_never_names(penyedia: Client, sesi: Sesi) -> None:
    PresensiFactory(sesi=sesi, peserta=peserta_kini(sesi.kelas, orang__nama="Siti Rahasia"))
    page = penyedia.get(f"{url(sesi)}layar/").text
    assert 'class="kode-qr besar"' in page
    assert "dari 1 hadir" in page
    assert "Siti Rahasia" not in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_the_screen_of_a_session_to_come_says_when(penyedia: Client, sesi: Sesi) -> None:
    page = penyedia.get(f"{url(sesi_kini(sesi.kelas, -90))}layar/").text
    assert "kode-qr" not in page
    assert "Kode ditampilkan" in page


def test_nothing_is_written_by_looking(penyedia: Client, sesi: Sesi) -> None:
    peserta_kini(sesi.kelas)
    for page in (url(sesi), f"{url(sesi)}layar/", f"{hari(sesi)}html/"):
        penyedia.get(page)
    assert not Presensi.objects.exists()


def test_the_printed_list_has_twenty_five_people_on_a_sheet(sesi: Sesi) -> None:
    rest = sesi_kini(sesi.kelas, -200, judul="Rehat", jp=0)
    for number in range(26):
        peserta_kini(sesi.kelas, orang__nama=f"Peserta {number:02}")
    daftar = daftar_hadir(sesi.kelas, sesi.hari, [sesi, rest])
    assert [len(one.baris) for one in daftar.lembar] == [25, 1]
    assert daftar.lembar[1].baris[0][:3] == ["26", "Peserta 25", "Bappeda, Kabupaten Satu"]
    assert len(daftar.lembar[0].kepala) == 4  # nobody signs for a break
    assert daftar.kop.baris == ["Pemerintah Provinsi Uji", "Kabupaten Satu"]


def test_the_list_of_a_class_without_people_is_filled_in_by_hand(sesi: Sesi) -> None:
    rest = sesi_kini(sesi.kelas, -200, jp=0)
    daftar = daftar_hadir(sesi.kelas, sesi.hari, [rest])
    assert [len(one.baris) for one in daftar.lembar] == [25]
    assert len(daftar.lembar[0].kepala) == 4


def test_lists_of_the_nation_carry_the_head_of_the_ministry(wilayah: dict[str, Wilayah]) -> None:
    nation = Wilayah.objects.get(kode="0")
    assert kop_pelatihan(nation).baris[0] == "Kementerian Dalam Negeri"
    KopSurat.objects.create(wilayah=nation, baris_1="Ditjen Lain")
    assert kop_pelatihan(nation).baris == ["Ditjen Lain"]


@pytest.mark.skipif(not cetak.pdf_tersedia(), reason="perlu Pango")
def test_sixty_people_fill_three_pages(penyedia: Client, sesi: Sesi) -> None:
    import pypdfium2

    sesi_kini(sesi.kelas, -200, judul="Kemitraan")
    for number in range(60):
        peserta_kini(sesi.kelas, orang__nama=f"Peserta Bernama Agak Panjang Sekali Nomor {number:02}")
    answer = penyedia.get(f"{hari(sesi)}pdf/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(pypdfium2.PdfDocument(answer.content)) == 3


@pytest.mark.parametrize("day", ["2001-01-01", "kemarin", "2024-13-01"])
def test_a_day_without_sessions_has_no_list(penyedia: Client, sesi: Sesi, day: str) -> None:
    assert penyedia.get(f"/pelatihan/kelas/{sesi.kelas_id}/daftar-hadir/{day}/html/").status_code == 404


def foto() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    out.name = "IMG_0001.jpg"
    return out


def test_a_photograph_of_the_signed_list_is_kept_and_given_back(penyedia: Client, sesi: Sesi) -> None:
    assert "Lembar tersimpan." in penyedia.post(f"{hari(sesi)}lembar/", {"berkas": foto()}, follow=True).text
    satu = LembarHadir.objects.get()
    address = f"/pelatihan/kelas/{sesi.kelas_id}/lembar/{satu.pk}/"
    assert address in penyedia.get(url(sesi)).text
    answer = penyedia.get(address)
    assert (answer["Content-Type"], answer.content) == ("image/jpeg", bytes(satu.isi))
    assert "Lembar dihapus." in penyedia.post(f"{address}hapus/", follow=True).text
    assert penyedia.get(address).status_code == 404


def test_another_kind_of_file_is_refused(penyedia: Client, sesi: Sesi) -> None:
    answer = penyedia.post(f"{hari(sesi)}lembar/", {"berkas": io.BytesIO(b"<html>")})
    assert answer.status_code == 422
    assert "bukan PDF, JPEG, atau PNG" in answer.text


def test_a_sheet_of_a_closed_cohort_stays(penyedia: Client, sesi: Sesi) -> None:
    penyedia.post(f"{hari(sesi)}lembar/", {"berkas": foto()})
    sesi.kelas.angkatan.status = "ditutup"
    sesi.kelas.angkatan.save()
    address = f"/pelatihan/kelas/{sesi.kelas_id}/lembar/{LembarHadir.objects.get().pk}/"
    assert "sudah ditutup" in penyedia.post(f"{address}hapus/", follow=True).text
    assert LembarHadir.objects.exists()

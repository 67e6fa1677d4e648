"""The pages of participants: the list, one person, the file, the codes, and what is taken away."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kecamatan.models import BerkasImpor, CatatanAkses, Wilayah
from p3pd_portal.lib.kode import is_kode, normalize_kode
from pelatihan.models import Angkatan, KodePerangkat, Peserta
from tests.assertions import content, visible_text
from tests.factories import AngkatanFactory, OrangFactory, PesertaFactory
from tests.pelatihan.dunia_orang import ALFA, NIP, aparatur, baris, berkas_csv


pytestmark = pytest.mark.django_db


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return aparatur(wilayah["11.01"])


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


def address(angkatan: Angkatan, name: str = "peserta", *more: object) -> str:
    return reverse(f"pelatihan:{name}", args=[angkatan.program.wilayah.kode, angkatan.pk, *more])


def test_the_list_shows_personal_data_and_writes_the_reading_down(admin: Client, angkatan: Angkatan) -> None:
    orang = OrangFactory(nama="Siti", nip=NIP, telepon="+6281234567890")
    PesertaFactory(angkatan=angkatan, orang=orang)
    text = visible_text(admin.get(address(angkatan)))
    assert NIP in text
    assert "0812-3456-7890" in text
    assert CatatanAkses.objects.get().alasan == "membaca daftar peserta"


def test_an_empty_list_has_a_next_step_and_a_filter_without_hits_says_so(admin: Client, angkatan: Angkatan) -> None:
    assert "Unggah daftar peserta" in visible_text(admin.get(address(angkatan)))
    PesertaFactory(angkatan=angkatan)
    for query in ("?kelas=999", "?status=lulus", f"?kelas={angkatan.kelas.get().pk}"):
        assert "Tidak ada peserta yang cocok" in visible_text(admin.get(address(angkatan) + query))
    for query in ("?kelas=-", "?kelas=abc", "?status=karangan", ""):
        assert "Tidak ada peserta yang cocok" not in visible_text(admin.get(address(angkatan) + query))


def test_the_counts_by_status_add_up_to_the_rows(admin: Client, angkatan: Angkatan) -> None:
    for status in ("terdaftar", "terdaftar", "lulus"):
        PesertaFactory(angkatan=angkatan, status=status)
    page = admin.get(address(angkatan))
    assert re.findall(r"<dd>(\d+)</dd>", content(page)) == ["2", "1"]
    assert content(page).count('name="peserta"') == 3


def test_the_list_costs_the_same_for_one_and_for_many(
    admin: Client, angkatan: Angkatan, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        PesertaFactory(angkatan=angkatan)
    admin.get(address(angkatan))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        admin.get(address(angkatan))


def test_one_by_hand(admin: Client, angkatan: Angkatan) -> None:
    told = {"nip": NIP, "nama": "Siti Aminah", "unsur": "camat", "wilayah": ALFA, "telepon": "0812 3456 7890"}
    assert admin.post(address(angkatan, "peserta_tambah"), told).status_code == 302
    peserta = Peserta.objects.get()
    assert (peserta.orang.nip, peserta.orang.telepon) == (NIP, "+6281234567890")
    again = admin.post(address(angkatan, "peserta_tambah"), told)
    assert (again.status_code, "sudah menjadi peserta" in visible_text(again)) == (422, True)
    wrong = admin.post(address(angkatan, "peserta_tambah"), told | {"nip": "123"})
    assert "18 angka" in visible_text(wrong)


def test_changed_withdrawn_registered_again_and_struck_out(admin: Client, angkatan: Angkatan) -> None:
    peserta = PesertaFactory(angkatan=angkatan, orang__nama="Siti", wilayah=Wilayah.objects.get(kode=ALFA), unsur=None)
    page = admin.get(address(angkatan, "peserta_ubah", peserta.pk))
    assert 'value="Siti"' in content(page)
    told = {"nama": "Siti Aminah", "wilayah": ALFA, "kelas": angkatan.kelas.get().pk}
    assert admin.post(address(angkatan, "peserta_ubah", peserta.pk), told).status_code == 302
    assert admin.post(address(angkatan, "peserta_mundur", peserta.pk), {"alasan": "Mutasi"}).status_code == 302
    peserta.refresh_from_db()
    assert (str(peserta), str(peserta.kelas), peserta.status) == ("Siti Aminah", "Kelas A", "mundur")
    assert "Daftarkan kembali" in visible_text(admin.get(address(angkatan, "peserta_ubah", peserta.pk)))
    admin.post(address(angkatan, "peserta_kembali", peserta.pk))
    refused = admin.post(address(angkatan, "peserta_kembali", peserta.pk), follow=True)
    assert "Peserta ini tidak mengundurkan diri." in visible_text(refused)
    admin.post(address(angkatan, "peserta_hapus", peserta.pk))
    assert not Peserta.objects.exists()


def test_what_another_office_keeps_is_not_offered(
    admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    peserta = PesertaFactory(angkatan=angkatan, wilayah=wilayah[ALFA], unsur=None)
    PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["0"]), orang=peserta.orang)
    page = admin.get(address(angkatan, "peserta_ubah", peserta.pk))
    assert "dikelola di tempat lain" in visible_text(page)
    assert 'name="nip"' not in content(page)
    assert admin.post(address(angkatan, "peserta_ubah", peserta.pk), {"wilayah": ALFA}).status_code == 302


def test_many_are_put_into_a_class(admin: Client, angkatan: Angkatan) -> None:
    keys = [PesertaFactory(angkatan=angkatan).pk for _ in range(3)]
    kelas = angkatan.kelas.get()
    admin.post(address(angkatan, "peserta_kelas"), {"kelas": kelas.pk, "peserta": keys[:2]})
    assert kelas.peserta.count() == 2
    for told in ({}, {"kelas": kelas.pk}, {"kelas": "x", "peserta": keys}, {"kelas": kelas.pk, "peserta": "x"}):
        answer = admin.post(address(angkatan, "peserta_kelas"), told, follow=True)
        assert "Centang pesertanya dan pilih kelasnya dahulu." in visible_text(answer)


def test_a_file_from_choice_to_result(admin: Client, angkatan: Angkatan) -> None:
    def upload(content: bytes) -> object:
        file = SimpleUploadedFile("peserta.csv", content)
        return admin.post(address(angkatan, "peserta_impor"), {"berkas": file})

    refused = upload(berkas_csv(baris(unsur="warga")))
    assert "2 unsur Unsur “warga” tidak dikenal." in visible_text(refused)
    assert not BerkasImpor.objects.exists()
    answer = upload(berkas_csv(baris(nama="<b>Siti</b>"), baris(nama="Budi")))
    page = content(admin.get(answer.url))
    assert "&lt;b&gt;Siti" in page
    assert "Simpan 2 peserta baru dan 0 perubahan" in page
    berkas = BerkasImpor.objects.get()
    seen = re.search(r'name="sidik" value="(\w+)"', page)
    stale = admin.post(address(angkatan, "peserta_simpan", berkas.pk), {"sidik": "lama"})
    assert (stale.status_code, "Periksa lagi perubahan di bawah" in visible_text(stale)) == (409, True)
    admin.post(address(angkatan, "peserta_simpan", berkas.pk), {"sidik": seen[1] if seen else ""})
    assert "tersimpan" in visible_text(admin.get(answer.url))
    assert Peserta.objects.count() == 2
    again = admin.get(upload(berkas_csv(baris(nama="<b>Siti</b>"), baris(nama="Budi"))).url)
    assert "Tidak ada yang perlu disimpan." in visible_text(again)
    last = BerkasImpor.objects.latest("created_at")
    admin.post(address(angkatan, "peserta_batal", last.pk))
    assert "Dibatalkan" in visible_text(
        admin.post(address(angkatan, "peserta_simpan", last.pk), {"sidik": "x"}, follow=True)
    )


def test_a_file_that_no_longer_fits_says_why(admin: Client, angkatan: Angkatan) -> None:
    file = SimpleUploadedFile("peserta.csv", berkas_csv(baris(kelas="Kelas A")))
    answer = admin.post(address(angkatan, "peserta_impor"), {"berkas": file})
    angkatan.kelas.update(nama="Lain")
    page = admin.get(answer.url)
    assert (page.status_code, "Kelas “Kelas A” tidak dikenal" in visible_text(page)) == (409, True)
    angkatan.kelas.update(nama="Kelas A")
    Angkatan.objects.update(status="ditutup")
    last = BerkasImpor.objects.get()
    told = admin.post(address(angkatan, "peserta_simpan", last.pk), {"sidik": "x"}, follow=True)
    assert "sudah ditutup" in visible_text(told)


def test_the_list_taken_away_can_be_handed_in_again_and_is_written_down(admin: Client, angkatan: Angkatan) -> None:
    PesertaFactory(angkatan=angkatan, orang=OrangFactory(nama="Siti", nip=NIP, telepon="+6281234567890"),
                   unsur_id="camat", wilayah=Wilayah.objects.get(kode=ALFA))  # fmt: skip
    answer = admin.get(address(angkatan, "peserta_unduh", "csv"))
    assert CatatanAkses.objects.get().alasan == "mengunduh daftar peserta"
    assert "no-store" in answer.headers["Cache-Control"]
    again = admin.post(
        address(angkatan, "peserta_impor"), {"berkas": SimpleUploadedFile("a.csv", content(answer).encode())}
    )
    assert "Tidak ada yang perlu disimpan." in visible_text(admin.get(again.url))
    assert admin.get(address(angkatan, "peserta_unduh", "pdf")).status_code == 404
    assert admin.get(address(angkatan, "peserta_templat", "xlsx")).status_code == 200


def test_codes_are_shown_once(admin: Client, angkatan: Angkatan) -> None:
    kelas = angkatan.kelas.get()
    page = reverse("pelatihan:kelas_kode", args=[kelas.pk])
    assert "Belum ada peserta di kelas ini." in visible_text(admin.get(page))
    siti, _budi = (PesertaFactory(angkatan=angkatan, kelas=kelas, orang__nama=nama) for nama in ("Siti", "Budi"))
    assert content(admin.get(page)).count("checked") == 2
    assert admin.post(page).status_code == 422
    shown = admin.post(page, {"peserta": [siti.pk, "x"]})
    codes = [word for word in visible_text(shown).split() if word.isupper() and is_kode(normalize_kode(word))]
    assert len(codes) == 1
    assert "Budi" not in visible_text(shown)
    assert KodePerangkat.objects.get().peserta == siti
    assert CatatanAkses.objects.get().alasan == "mencetak kode peserta"
    assert codes[0] not in content(admin.get(page))


def test_participants_of_other_cohorts_do_not_exist_here(
    admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    other = PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.02"]))
    assert admin.get(address(angkatan, "peserta_ubah", other.pk)).status_code == 404
    assert admin.get(address(other.angkatan)).status_code == 404

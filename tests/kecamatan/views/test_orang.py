"""People and their work as the admin of Kabupaten Satu sees them in the browser."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah
from tests.assertions import content, row_counts, sent_mail, visible_text
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
SITI = {
    "nama": "Siti Aminah", "nip": "19800312 200501 2 991", "surel": "Siti@uji.test", "telepon": "0812 3456 7890",
    "peran": "operator_kecamatan", "wilayah": "110101", "jenis": "definitif", "mulai": "2026-01-01",
}  # fmt: skip


def logged_in(pengguna: Pengguna) -> Client:
    client = Client()
    client.force_login(pengguna)
    return client


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    return logged_in(cast.admin_kabupaten)


# Adding


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"nip": "198003122005013991"}, "Angka ke-15 NIP harus 1"),
        ({"nip": "12345"}, "NIP terdiri atas 18 angka; yang tertulis 5 karakter"),
        ({"telepon": "12"}, "Nomor telepon tidak dikenal."),
        ({"surel": "siti"}, "Alamat surel tidak lengkap."),
        ({"wilayah": "11.01.77"}, "Kode ini tidak ada dalam daftar Kemendagri."),
        ({"wilayah": "11.02.01"}, "Anda tidak berwenang menugaskan Operator Kecamatan di Kecamatan Gama."),
        ({"peran": "camat"}, "Kecamatan ini sudah memiliki camat pada masa itu."),
        ({"peran": "admin_pusat"}, "Peran ini tidak dapat Anda berikan."),
        ({"jenis": "plt"}, "Plt., Plh., dan Pj. memerlukan tanggal akhir."),
        ({"peran": "ptpd", "desa": "A1, B1, Antah"}, "“Antah” bukan satu desa di Kecamatan Alfa. Tulis kodenya."),
        ({"surel": "camat_b@uji.test"}, "Surel ini milik akun dengan NIP lain."),
    ],
)
def test_a_wrong_form_says_what_to_repair_and_saves_nothing(
    fields: dict[str, str], message: str, admin: Client
) -> None:
    before = row_counts()
    answer = admin.post("/akun/tambah/", SITI | fields)
    assert answer.status_code == 422
    assert message in visible_text(answer)
    assert "Belum tersimpan. Perbaiki isian yang ditandai" in visible_text(answer)
    assert row_counts() == before


def test_a_person_is_added_and_invited(admin: Client) -> None:
    answer = admin.post("/akun/tambah/", SITI, follow=True)
    siti = Pengguna.objects.get(email="siti@uji.test")
    assert answer.redirect_chain == [(f"/akun/{siti.pk}/", 302)]
    text = visible_text(answer)
    assert "Undangan dikirim" in text
    for shown in ("siti@uji.test", "0812-3456-7890", "19800312 200501 2 991", "lahir 12 Maret 1980", "perempuan"):
        assert shown in text
    assert [letter.to for letter in sent_mail()] == [["siti@uji.test"]]


def test_a_pppk_number_is_taken_with_a_warning(admin: Client) -> None:
    answer = admin.post("/akun/tambah/", SITI | {"nip": "199001012022212001"}, follow=True)
    assert "Diterima sebagai nomor PPPK" in visible_text(answer)


def test_desa_are_named_or_coded(admin: Client) -> None:
    admin.post("/akun/tambah/", SITI | {"peran": "ptpd", "desa": "a1\n11.01.02.2001; A1"})
    assert Penugasan.objects.get(pengguna__email="siti@uji.test").kode_desa == ["11.01.01.2001", "11.01.02.2001"]


def test_only_roles_one_may_give_are_offered_and_a_link_fills_the_form(admin: Client, cast: SimpleNamespace) -> None:
    page = content(admin.get("/akun/tambah/?peran=camat&wilayah=11.01.01"))
    assert '<option value="camat" selected>' in page
    assert 'value="11.01.01"' in page
    assert 'value="admin_pusat"' not in page
    assert 'value="admin_pusat"' in content(logged_in(cast.admin_pusat).get("/akun/tambah/"))


# The list


def test_the_list_names_people_and_work_but_no_contact(admin: Client, cast: SimpleNamespace) -> None:
    Orang.objects.filter(pk=cast.camat_a.orang_id).update(telepon="+6281234567890", nip="198003122005011991")
    page = content(admin.get("/akun/"))
    assert "camat_a" in page
    assert "Camat Kecamatan Alfa" in page
    for hidden in ("@uji.test", "0812", "+62812", "198003122005011991", "admin_kabupaten_lain"):
        assert hidden not in page


def test_a_search_leaves_no_name_in_an_address(admin: Client) -> None:
    before = row_counts()
    answer = admin.post("/akun/", {"kata": "camat_b", "peran": "", "wilayah": "", "status": ""})
    text = visible_text(answer)
    assert "1 orang dengan penugasan di wilayah Anda" in text
    assert "Camat Kecamatan Alfa" not in text
    assert row_counts() == before
    assert 'method="post"' in content(answer)


def test_an_empty_list_says_what_to_do(admin: Client) -> None:
    text = visible_text(admin.post("/akun/", {"kata": "tiada", "halaman": "x"}))
    assert "Tidak ada orang yang cocok di wilayah Anda. Hapus satu saringan, atau tambah orangnya." in text
    assert "Kode ini tidak ada" in visible_text(admin.post("/akun/", {"wilayah": "11.77"}))
    assert "Camat Kecamatan Beta" not in visible_text(admin.post("/akun/", {"wilayah": "11.01.01"}))


def test_pages_are_turned_inside_the_form(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kecamatan.queries.orang.PER_HALAMAN", 3)
    first = content(admin.get("/akun/"))
    assert 'name="halaman" value="2"' in first
    second = content(admin.post("/akun/", {"halaman": "2"}))
    assert 'name="halaman" value="1"' in second
    assert 'name="halaman" value="3"' in second


# One person


def test_a_page_of_somebody_elsewhere_does_not_exist(admin: Client, cast: SimpleNamespace) -> None:
    other = cast.admin_kabupaten_lain
    for path in (f"/akun/{other.pk}/", f"/akun/{other.pk}/ubah/", f"/penugasan/{other.penugasan.get().pk}/akhiri/"):
        assert admin.get(path).status_code == 404
    assert admin.post(f"/akun/{other.pk}/nonaktifkan/").status_code == 404
    assert Pengguna.objects.get(pk=other.pk).is_active


def test_who_moved_away_keeps_name_and_history_here_but_no_contact(
    admin: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    cast.camat_a.penugasan.update(sampai=TODAY - DAY)
    PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02.01"])
    text = visible_text(admin.get(f"/akun/{cast.camat_a.pk}/"))
    assert "Camat Kecamatan Alfa berakhir" in text
    assert "Ada penugasan lain di luar wilayah Anda; tidak ditampilkan." in text
    assert "Akun ini dikelola admin lain" in text
    assert "camat_a@uji.test" not in text
    assert "Gama" not in text
    for action in ("nonaktifkan", "aktifkan", "undang"):
        assert admin.post(f"/akun/{cast.camat_a.pk}/{action}/").status_code == 403
    assert admin.get(f"/akun/{cast.camat_a.pk}/ubah/").status_code == 403


def test_an_admin_above_is_seen_and_left_alone(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    colleague = PenugasanFactory(wilayah=wilayah["11.01"], peran="admin_kabupaten")
    admin = logged_in(cast.admin_kabupaten)
    assert admin.get(f"/akun/{colleague.pengguna_id}/").status_code == 200
    assert admin.get(f"/penugasan/{colleague.pk}/akhiri/").status_code == 403


def test_data_are_corrected_and_wrong_ones_explained(admin: Client, cast: SimpleNamespace) -> None:
    path = f"/akun/{cast.camat_a.pk}/ubah/"
    assert "tidak dapat diganti lagi di sini" in visible_text(admin.get(path))
    data = {"nama": "Rahmat", "nip": "198003122005011991", "surel": "lain@uji.test"}
    assert "Data tersimpan." in visible_text(admin.post(path, data, follow=True))
    camat = Pengguna.objects.get(pk=cast.camat_a.pk)
    assert (camat.orang.nama, camat.orang.nip, camat.email) == ("Rahmat", "198003122005011991", "camat_a@uji.test")
    other = admin.post(f"/akun/{cast.camat_b.pk}/ubah/", data)
    assert other.status_code == 422
    assert "NIP ini sudah dipakai orang lain." in visible_text(other)


def test_an_address_taken_by_another_account_is_refused_beside_its_field(
    admin: Client, wilayah: dict[str, Wilayah]
) -> None:
    waiting = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="sekcam", pengguna=PenggunaFactory(password=None))
    answer = admin.post(f"/akun/{waiting.pengguna_id}/ubah/", {"nama": "Ani", "surel": "camat_a@uji.test"})
    assert answer.status_code == 422
    assert "Surel ini sudah dipakai akun lain." in visible_text(answer)
    assert "undangan baru dikirim ke alamat itu" in visible_text(answer)


def test_an_account_is_closed_opened_and_invited_again(admin: Client, cast: SimpleNamespace) -> None:
    path = f"/akun/{cast.camat_a.pk}/"
    assert "akun dinonaktifkan" in visible_text(admin.post(f"{path}nonaktifkan/", follow=True))
    assert logged_in(cast.camat_a).get("/saya/").status_code == 302
    assert "Akun diaktifkan kembali." in visible_text(admin.post(f"{path}aktifkan/", follow=True))
    assert "Akun ini tidak menunggu undangan" in visible_text(admin.post(f"{path}undang/", follow=True))
    Pengguna.objects.filter(pk=cast.camat_a.pk).update(password="!", last_login=None)
    assert "Undangan baru dikirim" in visible_text(admin.post(f"{path}undang/", follow=True))
    assert "kata sandi belum dipilih" in visible_text(admin.get(path))


# Work


def test_more_work_is_given(admin: Client, cast: SimpleNamespace) -> None:
    path = f"/akun/{cast.camat_a.pk}/penugasan/"
    plt = {"peran": "camat", "wilayah": "11.01.02", "jenis": "plt", "mulai": str(TODAY)}
    assert "memerlukan tanggal akhir" in visible_text(admin.post(path, plt))
    answer = admin.post(path, plt | {"sampai": str(TODAY + DAY), "dasar": "ST 5/2026"}, follow=True)
    assert "Plt. Camat Kecamatan Beta" in visible_text(answer)
    assert "ST 5/2026" in visible_text(answer)


def test_work_is_ended_and_goes_to_the_successor(admin: Client, cast: SimpleNamespace) -> None:
    path = f"/penugasan/{cast.camat_a.penugasan.get().pk}/akhiri/"
    assert "Pekerjaan melekat pada peran dan wilayah" in visible_text(admin.get(path))
    for penerus in ("siapa@uji.test", "admin_kabupaten_lain@uji.test"):  # unknown, and unknown to this admin
        answer = admin.post(path, {"sampai": str(TODAY - DAY), "penerus": penerus})
        assert "Tidak ada akun bersurel ini di wilayah Anda." in visible_text(answer)
    assert "mendahului tanggal mulai" in visible_text(admin.post(path, {"sampai": "2001-01-01"}))
    answer = admin.post(path, {"sampai": str(TODAY - DAY), "penerus": "SEKCAM_A@uji.test"}, follow=True)
    text = visible_text(answer)
    assert "Camat Kecamatan Alfa berakhir" in text
    assert "Pemegang lain peran ini" in text
    assert "sekcam_a, Camat, sejak" in text
    assert Penugasan.objects.get(pengguna=cast.sekcam_a, peran="camat").mulai == TODAY


# Everybody


def test_the_own_profile_is_corrected(cast: SimpleNamespace) -> None:
    client = logged_in(cast.ptpd_a)
    page = visible_text(client.get("/saya/"))
    assert "PTPD Kecamatan Alfa (1 desa)" in " ".join(page.split()).replace(" (", " (")
    assert "Kelola orang" not in page
    answer = client.post("/saya/", {"nama": "Ani", "telepon": "12"})
    assert (answer.status_code, "Nomor telepon tidak dikenal." in visible_text(answer)) == (422, True)
    answer = client.post("/saya/", {"nama": "Ani", "telepon": "0812-3456-7890", "surel": "x@y.id"}, follow=True)
    assert "Profil tersimpan." in visible_text(answer)
    ptpd = Pengguna.objects.get(pk=cast.ptpd_a.pk)
    assert (ptpd.orang.nama, ptpd.orang.telepon, ptpd.email) == ("Ani", "+6281234567890", "ptpd_a@uji.test")


def test_a_profile_with_a_nip_from_before_the_check_explains_itself(cast: SimpleNamespace) -> None:
    Orang.objects.filter(pk=cast.camat_a.orang_id).update(nip="0" * 18)
    answer = logged_in(cast.camat_a).post("/saya/", {"nama": "Ani"})
    assert answer.status_code == 422
    assert "Angka 1–8 NIP bukan tanggal lahir" in visible_text(answer)


def test_a_profile_without_work_says_whom_to_ask(db: None) -> None:
    assert "Penugasan dicatat oleh admin kabupaten Anda." in visible_text(logged_in(PenggunaFactory()).get("/saya/"))


def test_the_page_of_roles_reads_like_the_table(cast: SimpleNamespace) -> None:
    text = visible_text(logged_in(cast.camat_a).get("/peran/"))
    assert "22 peran portal ini" in text
    assert "Camat kecamatan melihat data kerja mengisi tim pengelola mengevaluasi Raperdes APBDes" in text
    assert "Sekretaris Daerah kabupaten/kota membaca yang terbit" in text

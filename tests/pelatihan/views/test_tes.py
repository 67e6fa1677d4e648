"""Pages of tests, sheets and plans: of those who run a cohort, and of participants who came in by a signed link."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kecamatan.models import Wilayah
from pelatihan.actions.tautan import revoke_tautan
from pelatihan.models import BuktiRtl, Butir, JawabanEvaluasi, PemantauanRtl, Pengerjaan, Peserta, Rtl
from pelatihan.queries.rtl import url_tautan
from tests.assertions import content
from tests.factories import IndikatorFactory, PertanyaanEvaluasiFactory, RtlFactory
from tests.pelatihan.dunia import A1, Dunia, buat_dunia


pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None) -> Dunia:
    IndikatorFactory(kode="KES-01")
    PertanyaanEvaluasiFactory(kode="tempat", sasaran="penyelenggara")
    return buat_dunia(wilayah)


@pytest.fixture
def ponsel(dunia: Dunia, client: Client) -> Client:
    """A telephone that came in by the link of the first participant, without an account."""
    enter(client, dunia.peserta[0])
    return client


def enter(client: Client, peserta: Peserta) -> None:
    path = re.sub(r"^https?://[^/]+", "", url_tautan(peserta))
    assert client.get(path).status_code == 302


@pytest.fixture
def admin(dunia: Dunia, cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


def kelola(dunia: Dunia, name: str, *args: object) -> str:
    return reverse(f"pelatihan:{name}", args=["11.01", dunia.angkatan.pk, *args])


def ikut(dunia: Dunia, name: str, *args: object) -> str:
    return reverse(f"pelatihan:{name}", args=[dunia.peserta[0].pk, *args])


def test_a_test_from_the_first_to_the_last_screen(dunia: Dunia, ponsel: Client) -> None:
    tes = dunia.tes()
    here = ikut(dunia, "ikut_tes", tes.pk)
    assert "Mulai" in content(ponsel.get(here))
    page = ponsel.post(here, {"mulai": "1"}, follow=True)
    for number in (1, 2, 3):
        soal = page.context["soal"]
        assert (soal.nomor, soal.terpilih) == (number, None)
        chosen = next(satu.pk for satu in soal.pilihan if satu.benar)
        page = ponsel.post(here, {"butir": soal.butir.pk, "pilihan": chosen, "ke": number + 1}, follow=True)
    assert "Semua soal sudah Anda jawab." in content(page)
    sent = content(ponsel.post(here, {"kirim": "1"}, follow=True))
    assert "100,00" in sent
    again = ponsel.post(here, {"kirim": "1"})
    assert (again.status_code, Pengerjaan.objects.count()) == (422, 1)
    assert "sudah Anda kirim" in content(again)


def test_a_broken_connection_costs_nothing(dunia: Dunia, ponsel: Client) -> None:
    here = ikut(dunia, "ikut_tes", dunia.tes().pk)
    soal = ponsel.post(here, {"mulai": "1"}, follow=True).context["soal"]
    ponsel.post(here, {"butir": soal.butir.pk, "pilihan": soal.pilihan[0].pk, "ke": 2})
    other = Client()
    enter(other, dunia.peserta[0])
    page = other.get(here)  # another telephone, no place named: the first question that is open
    assert page.context["soal"].nomor == 2
    assert other.get(f"{here}?soal=1").context["soal"].terpilih == soal.pilihan[0].pk


def test_the_script_gets_every_screen_at_once_and_never_what_is_right(dunia: Dunia, ponsel: Client) -> None:
    here = ikut(dunia, "ikut_tes", dunia.tes().pk)
    assert "data-nomor" not in content(ponsel.get(f"{here}?semua=1"))  # not begun yet
    ponsel.post(here, {"mulai": "1"})
    page = content(ponsel.get(f"{here}?semua=1"))
    assert [f'data-nomor="{n}"' in page for n in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert page.count('type="radio"') == 9
    assert "<html" not in page
    ponsel.post(here, {"kirim": "1"})
    assert "data-nomor" not in content(ponsel.get(f"{here}?semua=1"))


def test_an_answer_that_is_sent_twice_and_late_counts_once(dunia: Dunia, ponsel: Client) -> None:
    here = ikut(dunia, "ikut_tes", dunia.tes().pk)
    soal = ponsel.post(here, {"mulai": "1"}, follow=True).context["soal"]
    for satu in (soal.pilihan[0], soal.pilihan[1], soal.pilihan[1]):
        assert ponsel.post(here, {"butir": soal.butir.pk, "pilihan": satu.pk, "ke": 1}).status_code == 302
    assert Pengerjaan.objects.get().jawaban.get().pilihan == soal.pilihan[1]
    assert [ponsel.post(here, {"kirim": "1"}).status_code for _ in range(2)] == [302, 422]


def test_going_on_without_a_choice_keeps_the_question_open(dunia: Dunia, ponsel: Client) -> None:
    here = ikut(dunia, "ikut_tes", dunia.tes().pk)
    soal = ponsel.post(here, {"mulai": "1"}, follow=True).context["soal"]
    ponsel.post(here, {"butir": soal.butir.pk, "ke": 2})
    assert "3 dari 3 soal belum Anda jawab" in content(ponsel.get(f"{here}?soal=99"))


@pytest.mark.parametrize("sent", [{}, {"butir": "x", "ke": "2"}, {"butir": "1", "pilihan": "9" * 30, "ke": "2"},
                                  {"butir": "9" * 30, "pilihan": "1", "ke": "2"}])  # fmt: skip
def test_a_step_that_is_none_is_refused(dunia: Dunia, ponsel: Client, sent: dict[str, str]) -> None:
    here = ikut(dunia, "ikut_tes", dunia.tes().pk)
    ponsel.post(here, {"mulai": "1"})
    assert ponsel.post(here, sent).status_code == 422


def test_the_test_of_somebody_else_does_not_exist(dunia: Dunia, ponsel: Client, wilayah: dict[str, Wilayah]) -> None:
    tes, foreign = dunia.tes(), buat_dunia(wilayah).tes()
    assert ponsel.get(reverse("pelatihan:ikut_tes", args=[dunia.peserta[1].pk, tes.pk])).status_code == 404
    assert ponsel.get(ikut(dunia, "ikut_tes", foreign.pk)).status_code == 404
    assert ponsel.post(ikut(dunia, "ikut_tes", foreign.pk), {"mulai": "1"}).status_code == 404


def test_after_the_links_are_taken_back_nothing_opens(dunia: Dunia, ponsel: Client, cast: SimpleNamespace) -> None:
    revoke_tautan(by=cast.admin_kabupaten, peserta=dunia.peserta[0])
    for name, args in (("ikut_tes", [dunia.tes().pk]), ("ikut_rtl_tambah", []), ("ikut_evaluasi", [])):
        assert ponsel.get(ikut(dunia, name, *args)).status_code == 404


def test_the_bank_and_a_test_are_put_together_on_pages(dunia: Dunia, admin: Client) -> None:
    told = {"teks": "Apa itu SPM?", "pilihan_1": "Standar", "pilihan_2": "", "pilihan_3": "Sistem", "benar": "2"}
    refused = admin.post(kelola(dunia, "soal_tambah"), told)
    assert (refused.status_code, Butir.objects.filter(teks="Apa itu SPM?").exists()) == (422, False)
    admin.post(kelola(dunia, "soal_tambah"), told | {"pilihan_2": "Surat"})
    butir = Butir.objects.get(teks="Apa itu SPM?")
    assert butir.pilihan.get(benar=True).teks == "Sistem"
    assert "Apa itu SPM?" in content(admin.get(kelola(dunia, "soal")))
    admin.post(kelola(dunia, "soal_ubah", butir.pk), told | {"pilihan_2": "Surat", "benar": "0"})
    assert butir.pilihan.get(benar=True).teks == "Standar"
    admin.post(kelola(dunia, "soal_pakai", butir.pk), {"aktif": "0"})
    assert "tidak dipakai" in content(admin.get(kelola(dunia, "soal")))
    times = {"buka": "2026-01-01T08:00", "tutup": "2026-01-01T09:00", "menit": "30"}
    assert admin.post(kelola(dunia, "tes_susun", "pra"), times).status_code == 422  # no question
    admin.post(kelola(dunia, "tes_susun", "pra"), times | {f"bobot_{dunia.butir[0].pk}": "2"})
    tes = dunia.angkatan.tes.get()
    assert (tes.menit, tes.butir.get().bobot) == (30, 2)
    assert "1 butir" in content(admin.get(kelola(dunia, "hasil")))
    assert admin.get(kelola(dunia, "tes_susun", "tengah")).status_code == 404
    page = content(admin.post(kelola(dunia, "tes_tutup", "pra"), follow=True))
    assert "Tes ini tidak sedang dibuka." in page


def test_a_file_of_questions_is_taken_in_or_every_error_is_named(dunia: Dunia, admin: Client) -> None:
    header = "pertanyaan;pilihan_a;pilihan_b;pilihan_c;pilihan_d;pilihan_e;benar\n"
    wrong = SimpleUploadedFile("soal.csv", f"{header}Apa?;ini;;;;;a\n".encode())
    page = admin.post(kelola(dunia, "soal_impor"), {"berkas": wrong})
    assert (page.status_code, "pilihan_b" in content(page)) == (422, True)
    good = SimpleUploadedFile("soal.csv", f"{header}Apa?;ini;itu;;;;a\n".encode())
    page = admin.post(kelola(dunia, "soal_impor"), {"berkas": good}, follow=True)
    assert "1 butir ditambahkan, 0 sudah ada." in content(page)


def test_a_sheet_is_filled_once_and_not_shown_again(dunia: Dunia, ponsel: Client) -> None:
    here = ikut(dunia, "ikut_evaluasi")
    assert ponsel.post(here, {"baik": "ramah"}).status_code == 422
    assert ponsel.post(here, {"tempat": "4", "baik": "ramah"}).status_code == 302
    page = content(ponsel.get(here))
    assert ("sudah mengisi lembar ini" in page, "ramah" in page) == (True, False)
    ponsel.post(here, {"tempat": "1"})
    assert JawabanEvaluasi.objects.get().nilai == {"tempat": 4}
    strange = reverse("pelatihan:ikut_evaluasi_pelatih", args=[dunia.peserta[0].pk, 99, 99])
    assert ponsel.get(strange).status_code == 404


def test_a_plan_from_writing_to_verification(dunia: Dunia, ponsel: Client, admin: Client) -> None:
    told = {"masalah": "Jarang ditimbang", "kode_indikator": "KES-01", "kegiatan": "Jadwal", "target": "20 dari 25",
            "desa": A1, "tenggat": "2099-01-01", "penanggung_jawab": "Kasi"}  # fmt: skip
    assert ponsel.post(ikut(dunia, "ikut_rtl_tambah"), told | {"desa": "11.01.02.2001"}).status_code == 422
    ponsel.post(ikut(dunia, "ikut_rtl_tambah"), told)
    rtl = Rtl.objects.get()
    ponsel.post(ikut(dunia, "ikut_rtl_ubah", rtl.pk), told | {"kegiatan": "Jadwal baru"})
    satu = rtl.pemantauan.get(tonggak=30)
    here = ikut(dunia, "ikut_rtl_pantau", satu.pk)
    assert ponsel.post(here, {"keadaan": "selesai", "uraian": "Sudah"}).status_code == 422
    bad = SimpleUploadedFile("bukti.pdf", b"bukan pdf")
    assert ponsel.post(here, {"keadaan": "selesai", "uraian": "Sudah", "bukti": bad}).status_code == 422
    good = SimpleUploadedFile("bukti.pdf", b"%PDF-1.4\n%%EOF")
    assert ponsel.post(here, {"keadaan": "selesai", "uraian": "Sudah", "bukti": good}).status_code == 302
    listed = content(admin.get(kelola(dunia, "rtl")))
    assert ("Jadwal baru" in listed, "Unduh bukti" in listed) == (True, True)
    file = admin.get(kelola(dunia, "rtl_bukti", satu.pk))
    assert (file.content, file["X-Content-Type-Options"]) == (b"%PDF-1.4\n%%EOF", "nosniff")
    assert "attachment" in file["Content-Disposition"]
    admin.post(kelola(dunia, "rtl_verifikasi", satu.pk), {"hasil": "diterima"})
    satu.refresh_from_db()
    assert satu.hasil == "diterima"
    assert "diterima" in content(ponsel.get(ikut(dunia, "ikut_rinci")))


def test_plans_of_another_cohort_or_person_do_not_exist(
    dunia: Dunia, ponsel: Client, admin: Client, wilayah: dict[str, Wilayah]
) -> None:
    other = RtlFactory(peserta=buat_dunia(wilayah).peserta[0], desa=wilayah[A1])
    satu = other.pemantauan.get(tonggak=30)
    PemantauanRtl.objects.filter(pk=satu.pk).update(diisi_pada="2026-01-01T00:00Z", keadaan="berjalan", uraian="x")
    BuktiRtl.objects.create(pemantauan=satu, tipe="image/png", akhiran="png", isi=b"x")
    for name, args in (("ikut_rtl_ubah", other.pk), ("ikut_rtl_pantau", satu.pk)):
        assert ponsel.get(ikut(dunia, name, args)).status_code == 404
    for name in ("rtl_bukti", "rtl_verifikasi"):
        assert admin.get(kelola(dunia, name, satu.pk)).status_code == 404
    assert admin.post(kelola(dunia, "rtl_ditanyakan", other.peserta.pk)).status_code == 404


def test_the_organiser_copies_the_message_and_says_so(dunia: Dunia, admin: Client, wilayah: dict[str, Wilayah]) -> None:
    RtlFactory(peserta=dunia.peserta[0], desa=wilayah[A1])
    assert "/ikut/t/" in content(admin.get(kelola(dunia, "rtl")))
    admin.post(kelola(dunia, "rtl_ditanyakan", dunia.peserta[0].pk))
    page = content(admin.get(kelola(dunia, "rtl")))
    assert ("/ikut/t/" in page, "sudah ditanyakan, belum diisi" in page) == (False, True)

"""Pages of verdicts, certificates, reports and the dashboard."""

from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from p3pd_portal.lib import cetak
from pelatihan.models import Angkatan, Peserta, Sertifikat
from tests.factories import AngkatanFactory, PesertaFactory


pytestmark = pytest.mark.django_db
TANDA = {"tempat": "Uji", "tanggal": "2026-11-20", "jabatan": "Direktur", "nama": "Sari Uji", "gelar_depan": "Dr.",
         "tanpa_gelar": "on"}  # fmt: skip


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"], status="evaluasi", pola_nomor="{urut}/X/{tahun}",
                           syarat_nilai=None, syarat_hadir=None, syarat_rtl=False)  # fmt: skip


@pytest.fixture
def admin(cast: SimpleNamespace, client: Client) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def test_from_the_verdict_to_the_certificate_and_back(admin: Client, angkatan: Angkatan) -> None:
    good, bad = PesertaFactory(angkatan=angkatan, orang__nama="Ani"), PesertaFactory(angkatan=angkatan)
    base = angkatan.get_absolute_url()
    page = admin.post(f"{base}kelulusan/putuskan/", follow=True).content.decode()
    assert "2 lulus, 0 tidak lulus." in page
    told = {"lulus": "0", "alasan": "Tidak hadir pada praktik melatih."}
    assert admin.post(f"{base}kelulusan/{bad.pk}/", told).status_code == 302
    assert "Tidak hadir pada praktik" in admin.get(f"{base}kelulusan/").content.decode()
    assert admin.post(f"{base}sertifikat/terbitkan/", TANDA).status_code == 302
    satu = Sertifikat.objects.get()
    assert (satu.peserta, satu.nomor) == (good, "001/X/2026")
    printed = f"{base}terbitan/{satu.terbitan_id}/"
    page = admin.get(f"{printed}html/").content.decode()
    assert "Ani" in page
    assert "Sari Uji" in page
    assert "Dr. Sari" not in page
    if cetak.pdf_tersedia():
        assert admin.get(f"{printed}pdf/").content.startswith(b"%PDF")
    assert admin.post(f"{base}sertifikat/{satu.pk}/cabut/", {"alasan": "Salah nama."}).status_code == 302
    satu.refresh_from_db()
    assert not satu.is_berlaku


def test_nothing_is_decided_outside_the_evaluation(admin: Client, angkatan: Angkatan) -> None:
    satu = PesertaFactory(angkatan=angkatan)
    Angkatan.objects.update(status="berlangsung")
    page = admin.post(f"{angkatan.get_absolute_url()}kelulusan/putuskan/", follow=True).content.decode()
    assert "tahap evaluasi" in page
    satu.refresh_from_db()
    assert satu.status == Peserta.Status.TERDAFTAR


def test_a_participant_of_another_cohort_is_not_decided_here(
    admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    other = PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]))
    assert admin.get(f"{angkatan.get_absolute_url()}kelulusan/{other.pk}/").status_code == 404


def test_without_pango_the_page_to_print_is_offered(
    admin: Client, angkatan: Angkatan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cetak, "pdf_tersedia", lambda: False)
    PesertaFactory(angkatan=angkatan, status="lulus")
    base = angkatan.get_absolute_url()
    admin.post(f"{base}sertifikat/terbitkan/", TANDA)
    for address in (f"{base}laporan/", f"{base}terbitan/{Sertifikat.objects.get().terbitan_id}/"):
        answer = admin.get(f"{address}pdf/")
        assert answer.status_code == 503
        assert f"{address}html/" in answer.content.decode()


@pytest.mark.parametrize(("bentuk", "status"), [("html", 200), ("xlsx", 200), ("docx", 404)])
def test_a_report_is_taken_away(admin: Client, angkatan: Angkatan, bentuk: str, status: int) -> None:
    PesertaFactory(angkatan=angkatan)
    assert admin.get(f"{angkatan.get_absolute_url()}laporan/{bentuk}/").status_code == status


def test_the_report_of_a_programme_is_taken_away(
    admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    base = f"/wilayah/11.01/pelatihan/kelola/program/{angkatan.program_id}/laporan/"
    assert [admin.get(f"{base}{bentuk}/").status_code for bentuk in ("html", "xlsx", "docx")] == [200, 200, 404]
    assert base in admin.get("/wilayah/11.01/pelatihan/kelola/").content.decode()
    other = AngkatanFactory(program__wilayah=wilayah["11.02"]).program
    assert admin.get(f"/wilayah/11.01/pelatihan/kelola/program/{other.pk}/laporan/html/").status_code == 404


def test_the_report_on_paper(admin: Client, angkatan: Angkatan) -> None:
    if cetak.pdf_tersedia():
        assert admin.get(f"{angkatan.get_absolute_url()}laporan/pdf/").content.startswith(b"%PDF")


def test_an_empty_cohort_and_an_empty_region_say_whose_turn_it_is(
    admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    assert "Belum ada peserta yang tercatat" in admin.get(f"{angkatan.get_absolute_url()}laporan/").content.decode()
    assert "Belum ada peserta." in admin.get(f"{angkatan.get_absolute_url()}kelulusan/").content.decode()
    Angkatan.objects.all().delete()
    assert "Belum ada angkatan yang terbit" in admin.get("/wilayah/11.01/pelatihan/dasbor/").content.decode()


def test_the_dashboard_and_its_figure(admin: Client, angkatan: Angkatan, wilayah: dict[str, Wilayah]) -> None:
    angkatan.angka_terbit.create(wilayah=wilayah["11.01"], jumlah=39, sumber="Uji")
    page = admin.get("/wilayah/11.01/pelatihan/dasbor/").content.decode()
    assert "39" in page
    assert len(page) < 45_000
    figure = admin.get("/wilayah/11.01/pelatihan/dasbor/grafik.json")
    assert figure.json()["data"][0]["y"] == [39]

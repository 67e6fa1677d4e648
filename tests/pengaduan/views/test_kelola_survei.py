"""What officers do with surveys: from the draft to poster, paper and report."""

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from p3pd_portal.lib import cetak
from pengaduan.models import JawabanSurvei, Survei
from pengaduan.models.jawaban_survei import UNSUR
from tests.assertions import visible_text
from tests.factories import JawabanSurveiFactory, SurveiFactory, UnitLayananFactory
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
KELOLA = f"/wilayah/{A}/survei/kelola/"


@pytest.fixture
def petugas(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.operator_kecamatan_a)
    return client


@pytest.fixture
def survei(wilayah: World) -> Survei:
    return SurveiFactory(unit__wilayah=wilayah[A1], unit__nama="Posyandu Satu")


def closed(wilayah: World, many: int = 12, **more: Any) -> Survei:
    return SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup", jawaban=many, **more)


def step(petugas: Client, survei: Survei, langkah: str) -> str:
    return visible_text(petugas.post(f"{KELOLA}{survei.pk}/langkah/{langkah}/", follow=True))


def test_the_list_without_surveys_says_what_to_do(petugas: Client, wilayah: World) -> None:
    page = petugas.get(KELOLA)
    assert "Belum ada survei di wilayah ini" in visible_text(page)
    assert f'href="{KELOLA}tambah/"' in page.text


def test_the_list_shows_state_answers_and_index(petugas: Client, wilayah: World, survei: Survei) -> None:
    closed(wilayah)
    text = visible_text(petugas.get(KELOLA))
    assert "berjalan 0 –" in text
    assert "ditutup 12 75,00 C" in text


def test_a_survey_is_made_opened_closed_and_published(petugas: Client, wilayah: World) -> None:
    unit, today = UnitLayananFactory(wilayah=wilayah[A1]), timezone.localdate()
    page = petugas.get(f"{KELOLA}tambah/")
    assert '<option value="Rawat jalan">' in page.text
    said = {
        "unit": unit.pk,
        "jenis_layanan": "rawat  JALAN",
        "periode": f"{today.year}-S1",
        "dari": today,
        "sampai": today,
    }
    made = petugas.post(f"{KELOLA}tambah/", said, follow=True)
    survei = Survei.objects.get()
    assert survei.jenis_layanan == "Rawat jalan"
    assert "Masih draf" in visible_text(made)
    assert survei.get_absolute_url() == f"/wilayah/{A1}/survei/kelola/{survei.pk}/"
    text = step(petugas, survei, "buka")
    assert f"{settings.SITE_URL}/survei/{survei.kunci}/" in text
    for _ in range(10):
        JawabanSurveiFactory(survei=survei)
    assert "IKM" not in text
    assert "75,00" in step(petugas, survei, "tutup")
    assert "Terbit sejak" in step(petugas, survei, "terbitkan")
    assert "Terbitkan" in step(petugas, survei, "tarik")
    assert "tidak berlaku lagi" in step(petugas, survei, "buka")
    assert petugas.post(f"{KELOLA}{survei.pk}/langkah/hapus/").status_code == 404


def test_the_same_survey_again_is_refused_beside_the_form(petugas: Client, survei: Survei) -> None:
    said = {"unit": survei.unit_id, "jenis_layanan": "RAWAT jalan", "periode": survei.periode, "dari": survei.dari,
            "sampai": survei.sampai}  # fmt: skip
    answer = petugas.post(f"{KELOLA}tambah/", said)
    assert answer.status_code == 422
    assert "sudah disurvei pada periode itu" in visible_text(answer)


def test_a_upt_chooses_among_its_own_units(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    own = UnitLayananFactory(wilayah=wilayah[A1], jenis="sekolah", nama="SDN Satu")
    other = UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Satu")
    client.force_login(cast.upt_pendidikan_a)
    page = client.get(f"{KELOLA}tambah/").text
    assert f'<option value="{own.pk}">SDN Satu' in page
    assert f'value="{other.pk}"' not in page
    assert "bukan unit Anda" in client.post(f"{KELOLA}tambah/", {"unit": other.pk}).text


def test_what_may_be_corrected_follows_where_it_stands(petugas: Client, wilayah: World, survei: Survei) -> None:
    page = petugas.get(f"{KELOLA}{survei.pk}/ubah/").text
    assert 'name="populasi"' in page
    assert 'name="jenis_layanan"' not in page
    answer = petugas.post(f"{KELOLA}{survei.pk}/ubah/", {"populasi": "100", "sampai": survei.dari})
    assert answer.status_code == 302
    survei.refresh_from_db()
    assert (survei.populasi, survei.sampai) == (100, survei.dari)
    wrong = petugas.post(f"{KELOLA}{survei.pk}/ubah/", {"populasi": "", "sampai": "2020-01-01"})
    assert "mendahului hari pertama" in visible_text(wrong)
    shown = SurveiFactory(unit__wilayah=wilayah[A1], status="terbit", jawaban=10)
    assert "yang terbit tidak dapat diubah" in visible_text(petugas.get(f"{KELOLA}{shown.pk}/ubah/"))
    assert petugas.post(f"{KELOLA}{shown.pk}/ubah/", {}).status_code == 302
    draft = SurveiFactory(unit__wilayah=wilayah[A1], status="draf", periode="2022-T3")
    assert '<option value="2022-T3" selected>' in petugas.get(f"{KELOLA}{draft.pk}/ubah/").text


def test_the_report_begins_with_the_weakest_and_hides_small_numbers(petugas: Client, wilayah: World) -> None:
    survei = closed(wilayah, 0, populasi=100)
    for nomor in range(12):
        JawabanSurveiFactory(survei=survei, nilai=[3, 3, 1, 3, 3, 3, 3, 3, 4], jenis_kelamin="p" if nomor < 2 else "l",
                             saran="Bu Siti ketus" if nomor == 0 else "")  # fmt: skip
    Survei.objects.filter(pk=survei.pk).update(status="berjalan", garam=b"x", ditutup_pada=None)
    step(petugas, survei, "tutup")
    text = visible_text(petugas.get(f"{KELOLA}{survei.pk}/"))
    assert "Mulai dari unsur terlemah: Waktu penyelesaian" in text
    assert text.index("Waktu penyelesaian 1,00") < text.index("Persyaratan 3,00") < text.index("prasarana 4,00")
    assert "Perempuan ditekan Laki-laki ditekan" in text
    assert "Bu Siti ketus" in text
    assert "belum memenuhi sampel (perlu 80 dari populasi 100)" in text


def test_a_survey_with_few_answers_says_why_there_is_no_index(petugas: Client, wilayah: World) -> None:
    survei = closed(wilayah, 9)
    text = visible_text(petugas.get(f"{KELOLA}{survei.pk}/"))
    assert "IKM belum dapat ditampilkan" in text
    assert "Respondennya terlalu sedikit" in text
    assert "populasi belum diisi" in text
    assert "sedikitnya 10 responden" in step(petugas, survei, "terbitkan")
    assert "IKM belum dapat dihitung" in petugas.get(f"{KELOLA}{survei.pk}/laporan/html/").text


def test_plans_are_kept_with_the_survey(petugas: Client, wilayah: World, survei: Survei) -> None:
    done = closed(wilayah)
    url = f"{KELOLA}{done.pk}/rencana/"
    assert "Tambah loket" in petugas.post(url, {"rencana": "Tambah loket"}, follow=True).text
    assert "tidak berlaku lagi" in petugas.post(f"{KELOLA}{survei.pk}/rencana/", {"rencana": "x"}, follow=True).text
    assert petugas.post(url, {"rencana": "x" * 4001}).status_code == 302
    done.refresh_from_db()
    assert done.rencana == "Tambah loket"


# Paper


def test_sheets_are_typed_in_one_after_the_other(petugas: Client, survei: Survei) -> None:
    url = f"{KELOLA}{survei.pk}/kertas/"
    for nomor, kunci in enumerate(("satu", "dua"), 1):
        page = petugas.get(url)
        signed = page.context["form"].kunci_tampil
        said = dict.fromkeys(UNSUR, "3") | {"waktu": "", "pekerjaan": "tani", "kunci": signed, "saran": kunci}
        after = petugas.post(url, said, follow=True)
        assert f"{nomor} lembar sudah diketik" in visible_text(after)
        assert petugas.post(url, said).status_code == 302  # sent twice by a double tap
    assert JawabanSurvei.objects.filter(cara="kertas", dicatat_oleh__orang__nama="operator_kecamatan_a").count() == 2
    assert "3 3 – 3" in visible_text(after)


def test_a_digit_that_is_none_of_the_four_is_refused_where_it_stands(petugas: Client, survei: Survei) -> None:
    url = f"{KELOLA}{survei.pk}/kertas/"
    said = {"kunci": petugas.get(url).context["form"].kunci_tampil, "persyaratan": "5"}
    answer = petugas.post(url, said)
    assert answer.status_code == 422
    assert 'href="#id_persyaratan"' in answer.text
    assert not JawabanSurvei.objects.exists()


def test_a_wrong_sheet_is_taken_back(petugas: Client, cast: SimpleNamespace, wilayah: World, survei: Survei) -> None:
    sheet = JawabanSurveiFactory(survei=survei, cara="kertas", dicatat_oleh=cast.camat_a)
    petugas.post(f"{KELOLA}{survei.pk}/kertas/{sheet.pk}/hapus/")
    assert not JawabanSurvei.objects.exists()
    done = closed(wilayah)
    late = petugas.post(f"{KELOLA}{done.pk}/kertas/{done.jawaban.first().pk}/hapus/", follow=True)
    assert "tidak berlaku lagi" in visible_text(late)
    assert "selama survei berjalan" in visible_text(petugas.get(f"{KELOLA}{done.pk}/kertas/", follow=True))


# To take away


def test_the_poster_carries_head_unit_period_code_and_address(petugas: Client, survei: Survei) -> None:
    page = petugas.get(f"{KELOLA}{survei.pk}/poster/html/").text
    for words in ("Kecamatan Alfa", "Posyandu Satu: Rawat jalan", "semester 2 2026", "<path d=",
                  f"{settings.SITE_URL}/survei/{survei.kunci_tampil}/"):  # fmt: skip
        assert words in page
    draft = SurveiFactory(unit=survei.unit, status="draf", periode="2026")
    assert petugas.get(f"{KELOLA}{draft.pk}/poster/html/").status_code == 404
    assert petugas.get(f"{KELOLA}{survei.pk}/poster/svg/").status_code == 404


def test_the_report_as_a_letter_is_signed_by_the_head_of_the_unit_or_the_camat(
    petugas: Client, wilayah: World, survei: Survei
) -> None:
    assert petugas.get(f"{KELOLA}{survei.pk}/laporan/html/").status_code == 404
    page = petugas.get(f"{KELOLA}{closed(wilayah, populasi=1000).pk}/laporan/html/").text
    for words in ("LAPORAN SURVEI KEPUASAN MASYARAKAT", "IKM 75,00, mutu C (kurang baik).",
                  "12 responden dari 278 yang diperlukan untuk populasi 1.000: belum memenuhi sampel.",
                  "Kepala Posyandu", "Belum diisi.", "1/9 (PermenPANRB 14/2017)"):  # fmt: skip
        assert words in page
    office = closed(wilayah, unit__jenis="kantor_camat", rencana="Satu.\nDua.")
    page = petugas.get(f"{KELOLA}{office.pk}/laporan/html/").text
    assert "Camat Kecamatan Alfa" in page or "Camat Alfa" in page
    assert "camat_a" in page
    assert "<p>Dua.</p>" in page


def test_the_report_as_a_workbook_holds_numbers_and_no_single_answer(petugas: Client, wilayah: World) -> None:
    survei = closed(wilayah, jawaban__saran="Bu Siti ketus")
    answer = petugas.get(f"{KELOLA}{survei.pk}/laporan/xlsx/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Baca dulu", "Unsur", "Profil"]
    about = {row[0].value: row[1].value for row in book["Baca dulu"].iter_rows(min_row=2)}
    assert (about["IKM (25–100)"], about["Responden"], about["Keterangan sampel"]) == (75, 12, "populasi belum diisi")
    assert [cell.value for cell in book["Unsur"][2]][2:4] == [12, 3]
    assert "Siti" not in str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])


@pytest.mark.parametrize("page", ["poster", "laporan"])
def test_pdf_or_the_way_around_it(
    page: str, petugas: Client, wilayah: World, survei: Survei, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu = survei if page == "poster" else closed(wilayah)
    url = f"{KELOLA}{satu.pk}/{page}/pdf/"
    if cetak.pdf_tersedia():
        answer = petugas.get(url)
        assert answer.content.startswith(b"%PDF-")
        assert "attachment" in answer["Content-Disposition"]
    monkeypatch.setattr(cetak, "pdf_tersedia", lambda: False)
    answer = petugas.get(url)
    assert answer.status_code == 503
    assert f'href="{url.replace("pdf", "html")}"' in answer.text

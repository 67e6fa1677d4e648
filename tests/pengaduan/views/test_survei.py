"""The form behind a poster, and what everybody reads of a region."""

import datetime
import html
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.actions.batas import count_try
from kecamatan.models import Wilayah
from pengaduan.actions.survei import close_survei
from pengaduan.forms_jawaban import kunci_perangkat
from pengaduan.models import JawabanSurvei, Langkah, Survei
from pengaduan.models.jawaban_survei import UNSUR
from tests.assertions import row_counts, visible_text
from tests.factories import PengaduanFactory, SurveiFactory, UnitLayananFactory
from tests.pengaduan.bukti import solved
from tests.pengaduan.dunia import A1, A, lapor, maju


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.fixture
def survei(wilayah: World) -> Survei:
    return SurveiFactory(unit__wilayah=wilayah[A1], unit__nama="Puskesmas Alfa")


def alamat(survei: Survei) -> str:
    return f"/survei/{survei.kunci}/"


def form(client: Client, survei: Survei, *, proof: bool = True, query: str = "", **more: Any) -> dict[str, Any]:
    """The form as the page gives it, every element answered with 4."""
    page = client.get(alamat(survei) + query).text
    hidden = dict(re.findall(r'name="(kunci|cara)" value="([^"]*)"', page))
    task = json.loads(html.unescape(re.search(r'data-tantangan="([^"]+)"', page)[1]))  # type: ignore[index]
    said = dict.fromkeys(UNSUR, "4") | hidden | {"bukti": solved(task) if proof else ""}
    return said | more


def test_the_form_names_unit_service_and_nine_elements_and_writes_nothing(client: Client, survei: Survei) -> None:
    before = row_counts()
    page = client.get(alamat(survei))
    text = visible_text(page)
    assert "Puskesmas Alfa : Rawat jalan" in text
    assert "9. Sarana dan prasarana" in text
    assert page.text.count('type="radio"') == 9 * 5
    assert "no-store" in page["Cache-Control"]
    assert row_counts() == before


def test_an_answer_is_stored_without_anything_that_tells_who(client: Client, survei: Survei) -> None:
    answer = client.post(
        alamat(survei), form(client, survei, saran="Tambah kursi.", jenis_kelamin="p", disabilitas="ya")
    )
    assert "Jawaban Anda tentang Puskesmas Alfa sudah tercatat" in visible_text(answer)
    satu = JawabanSurvei.objects.get()
    assert (satu.nilai, satu.cara, satu.terbukti, satu.disabilitas) == ([4] * 9, "daring", True, True)
    kept = {field.name: str(field.value_from_object(satu)) for field in satu._meta.concrete_fields}
    assert not any("127.0.0.1" in value for value in kept.values())


def test_without_javascript_it_counts_too(client: Client, survei: Survei) -> None:
    client.post(alamat(survei), form(client, survei, proof=False))
    assert not JawabanSurvei.objects.get().terbukti


def test_the_same_form_sent_twice_is_one_answer(client: Client, survei: Survei) -> None:
    said = form(client, survei)
    for _ in range(3):
        assert client.post(alamat(survei), said).status_code == 200
    assert JawabanSurvei.objects.count() == 1


def test_a_device_that_answered_finds_no_form_and_another_one_does(client: Client, survei: Survei) -> None:
    client.post(alamat(survei), form(client, survei))
    assert "Jawaban dari perangkat ini sudah tercatat" in visible_text(client.get(alamat(survei)))
    other = Client()
    other.post(alamat(survei), form(other, survei))
    assert JawabanSurvei.objects.count() == 2


def test_the_cookie_goes_nowhere_else_and_no_script_reads_it(client: Client, survei: Survei) -> None:
    client.get(alamat(survei))
    cookie = client.cookies["survei"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (alamat(survei), True, "Lax")
    assert kunci_perangkat(cookie.value) == kunci_perangkat(cookie.value)
    assert kunci_perangkat("palsu") != kunci_perangkat("palsu")


def test_one_letter_typed_otherwise_leads_to_the_same_survey(client: Client, survei: Survei) -> None:
    typed = survei.kunci_tampil.lower()
    assert client.get(f"/survei/{typed}/", follow=True).redirect_chain == [(alamat(survei), 302)]


def test_elements_may_be_left_out_and_too_many_are_told(client: Client, survei: Survei) -> None:
    said = form(client, survei, saran="Hanya ini.") | dict.fromkeys(UNSUR[:4], "")
    assert "tidak ikut dihitung dalam indeks" in visible_text(client.post(alamat(survei), said))
    assert JawabanSurvei.objects.get().n_isi == 5


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (dict.fromkeys(UNSUR, ""), "Pilih sedikitnya satu jawaban"),
        ({"waktu": "5"}, "Waktu penyelesaian"),
        ({"saran": "NIK saya 3524120101900001"}, "seperti NIK"),
        ({"kunci": "palsu"}, "Muat ulang halamannya"),
        ({"situs": "https://iklan.test"}, "Muat ulang halamannya"),
        ({"cara": "kertas"}, "cara"),
    ],
)
def test_what_is_refused_is_explained_and_nothing_is_stored(
    more: dict[str, str], words: str, client: Client, survei: Survei
) -> None:
    answer = client.post(alamat(survei), form(client, survei) | more)
    assert answer.status_code == 422
    assert words in answer.text
    assert not JawabanSurvei.objects.exists()


@pytest.mark.parametrize(("proof", "limit"), [(True, 120), (False, 15)])
def test_one_address_sends_only_so_many(proof: bool, limit: int, client: Client, survei: Survei) -> None:
    for _ in range(limit - 1):
        count_try("survei", "127.0.0.1")
    last, over = (form(Client(), survei, proof=proof) for _ in range(2))
    assert client.post(alamat(survei), last).status_code == 200
    assert client.post(alamat(survei), last).status_code == 200  # the same again is none
    answer = client.post(alamat(survei), over)
    assert answer.status_code == 429
    assert "minta lembar kertas" in visible_text(answer)
    assert JawabanSurvei.objects.count() == 1


def test_after_too_many_forms_of_any_kind_nothing_is_read(client: Client, survei: Survei) -> None:
    for _ in range(400):
        count_try("survei-kirim", "127.0.0.1")
    assert client.post(alamat(survei), {}).status_code == 429


def test_a_draft_does_not_exist_for_others(client: Client, wilayah: World) -> None:
    assert client.get(alamat(SurveiFactory(unit__wilayah=wilayah[A1], status="draf"))).status_code == 404
    assert client.get("/survei/0000000000/").status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"dari": "2027-12-01", "sampai": "2027-12-31"}, "Survei belum dibuka"),
        ({"dari": "2026-01-01", "sampai": "2026-01-31"}, "Jawaban diterima sampai 31 Januari 2026"),
        ({"status": "ditutup"}, "Sampaikan lewat Lapor"),
        ({"status": "terbit"}, "Lihat hasilnya"),
    ],
)
def test_a_survey_that_does_not_run_says_so_with_owner_and_next_step(
    more: dict[str, str], words: str, client: Client, wilayah: World
) -> None:
    text = visible_text(client.get(alamat(SurveiFactory(unit__wilayah=wilayah[A1], **more))))
    assert words in text
    assert "bersama kecamatan" in text


def test_closed_while_somebody_filled_it_in(client: Client, survei: Survei, cast: SimpleNamespace) -> None:
    said = form(client, survei)
    close_survei(by=cast.camat_a, survei=survei)
    assert "Survei sudah ditutup" in visible_text(client.post(alamat(survei), said))
    assert not JawabanSurvei.objects.exists()


# After a complaint


def pelapor(client: Client, wilayah: World, cast: SimpleNamespace, unit: Any) -> str:
    tanda = lapor(wilayah[A1], unit=unit)
    maju(tanda.pengaduan, cast, Langkah.VERIFIKASI, Langkah.PROSES, Langkah.TANGGAPI)
    sent = {"nomor": tanda.pengaduan.nomor, "kode": tanda.kode}
    before = client.post("/lapor/status/", sent).text
    assert "/survei/" not in before
    return client.post("/lapor/tanggapi/", sent | {"aksi": "puas"}).text


def test_after_the_end_of_a_complaint_the_survey_of_its_unit_is_offered(
    client: Client, survei: Survei, cast: SimpleNamespace, wilayah: World
) -> None:
    page = pelapor(client, wilayah, cast, survei.unit)
    assert f'href="{alamat(survei)}?cara=pengaduan"' in page
    client.post(alamat(survei), form(client, survei, query="?cara=pengaduan"))
    assert JawabanSurvei.objects.get().cara == "pengaduan"


def test_a_complaint_about_no_unit_or_one_without_a_survey_offers_none(
    client: Client, survei: Survei, cast: SimpleNamespace, wilayah: World
) -> None:
    assert "/survei/" not in pelapor(client, wilayah, cast, UnitLayananFactory(wilayah=wilayah[A1]))
    assert PengaduanFactory(wilayah=wilayah[A1], status="selesai", tenggat=None, ditutup_pada=timezone.now()).pk


# What everybody reads


def test_without_results_the_page_has_a_reason_an_owner_and_a_next_step(client: Client, survei: Survei) -> None:
    text = visible_text(client.get(f"/wilayah/{A}/survei/"))
    assert "Belum ada hasil survei yang terbit" in text
    assert "sedikitnya sekali setahun" in text
    assert "A: mulai 88,31, sangat baik" in text


def test_a_result_stands_with_class_number_sample_and_definition(client: Client, wilayah: World) -> None:
    SurveiFactory(unit__wilayah=wilayah[A1], status="terbit", jawaban=10, populasi=100, rencana="Tambah kursi.")
    text = visible_text(client.get(f"/wilayah/{A}/survei/"))
    for words in ("75,00", "Mutu C (kurang baik)", "10 responden", "belum memenuhi sampel (perlu 80 dari populasi 100)",
                  "Tambah kursi.", "sembilan unsur × 1/9", "Baru satu periode"):  # fmt: skip
        assert words in text


def test_periods_of_one_service_form_one_series_and_units_are_never_merged(client: Client, wilayah: World) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Satu")
    today = timezone.localdate()
    for back, periode in enumerate(("2026-S2", "2026-S1", "2025-S2", "2025-S1")):
        day = today - datetime.timedelta(days=180 * back)
        SurveiFactory(unit=unit, periode=periode, status="terbit", jawaban=10, dari=day, sampai=day,
                      jenis_layanan="Imunisasi" if back else "IMUNISASI")  # fmt: skip
    SurveiFactory(unit=unit, status="terbit", jawaban=12, jenis_layanan="Lansia")
    page = client.get(f"/wilayah/{A}/survei/")
    assert page.text.count('<section class="panel"') == 2
    assert "<polyline" in page.text
    text = visible_text(page)
    assert text.index("Semester 2 2026 75,00") < text.index("Semester 1 2025 75,00")
    assert "Posyandu Satu" in visible_text(client.get("/wilayah/11.01/survei/"))
    assert "Belum ada hasil" in visible_text(client.get("/wilayah/11.02/survei/?hal=x"))


def test_what_people_wrote_is_nowhere_public(client: Client, wilayah: World) -> None:
    SurveiFactory(unit__wilayah=wilayah[A1], status="terbit", jawaban=10, jawaban__saran="Bu Siti di loket ketus")
    assert "Siti" not in client.get(f"/wilayah/{A}/survei/").text


def test_the_page_of_complaints_leads_there(client: Client, wilayah: World) -> None:
    assert f'href="/wilayah/{A}/survei/"' in client.get(f"/wilayah/{A}/pengaduan/").text

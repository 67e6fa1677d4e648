"""A test on a line that breaks: answers wait on the telephone, in order, and the server has the last word."""

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from pelatihan.models import Jawaban, Pengerjaan, Tes
from tests.browser.conftest import PHONE
from tests.browser.test_masuk import check
from tests.browser.test_pelatihan_tes import enter
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None) -> Dunia:
    satu = buat_dunia(wilayah)
    satu.tes()
    return satu


@pytest.fixture
def ponsel(chromium: Browser, live_server: Any, dunia: Dunia) -> Iterator[Page]:
    """A telephone with the test begun and all questions on it. Its console tells of the broken line; scripts do not
    break."""
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    enter(page, dunia)
    page.get_by_role("link", name="Prates").click()
    with page.expect_response("**?semua=1"):
        page.get_by_role("button", name="Mulai").click()
    page.wait_for_load_state("networkidle")
    yield page
    context.close()
    assert problems == []


def answer(page: Page, nomor: int, pilihan: str = "benar") -> None:
    expect(page.get_by_text(f"Soal {nomor} dari 3")).to_be_visible()
    page.get_by_label(pilihan, exact=True).check()
    page.get_by_role("button", name="Simpan dan lanjut").click()


def test_a_whole_test_without_a_line_is_sent_when_it_is_back(ponsel: Page) -> None:
    ponsel.context.set_offline(True)
    answer(ponsel, 1, "keliru")
    expect(ponsel.get_by_text("1 jawaban belum terkirim")).to_be_visible()
    answer(ponsel, 2)
    ponsel.get_by_role("button", name="Simpan dan kembali").click()
    ponsel.get_by_role("button", name="Simpan dan kembali").click()
    expect(ponsel.get_by_label("keliru")).to_be_checked()
    answer(ponsel, 1)  # thought better of
    answer(ponsel, 2)
    expect(ponsel.get_by_text("2 jawaban belum terkirim")).to_be_visible()
    ponsel.get_by_role("button", name="Simpan dan lanjut").click()  # the third is left out
    expect(ponsel.get_by_text("1 dari 3 soal belum Anda jawab.")).to_be_visible()
    ponsel.get_by_role("link", name="Pertanyaan").nth(2).click()
    answer(ponsel, 3)
    expect(ponsel.get_by_text("Semua soal sudah Anda jawab.")).to_be_visible()
    expect(ponsel.get_by_text("3 jawaban belum terkirim")).to_be_visible()
    check(ponsel, "luring")
    ponsel.get_by_role("button", name="Kirim jawaban").click()
    expect(ponsel.get_by_text("Tes belum terkirim, 3 jawaban menunggu")).to_be_visible()
    assert (Jawaban.objects.count(), Pengerjaan.objects.get().kirim) == (0, None)
    ponsel.context.set_offline(False)
    expect(ponsel.get_by_text("100,00")).to_be_visible()
    assert Jawaban.objects.count() == 3
    assert ponsel.evaluate("localStorage.length") == 0


def test_answers_outlive_the_page(ponsel: Page) -> None:
    ponsel.route("**/tes/*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    answer(ponsel, 1)
    expect(ponsel.get_by_text("1 jawaban belum terkirim")).to_be_visible()
    assert Jawaban.objects.count() == 0
    ponsel.unroute("**/tes/*/")
    ponsel.goto(f"{ponsel.url.split('?')[0]}?soal=1")
    expect(ponsel.get_by_label("benar", exact=True)).to_be_checked()
    ponsel.wait_for_load_state("networkidle")
    assert Jawaban.objects.count() == 1


def test_after_the_closing_time_the_server_decides(ponsel: Page) -> None:
    answer(ponsel, 1)
    ponsel.wait_for_load_state("networkidle")
    ponsel.context.set_offline(True)
    answer(ponsel, 2)
    answer(ponsel, 3)
    expect(ponsel.get_by_text("2 jawaban belum terkirim")).to_be_visible()
    Tes.objects.update(tutup=timezone.now() - datetime.timedelta(minutes=5))
    ponsel.context.set_offline(False)
    expect(ponsel.get_by_text("Waktu tes sudah habis.")).to_be_visible()
    assert Jawaban.objects.count() == 1
    assert ponsel.evaluate("localStorage.length") == 0


def test_a_server_that_is_away_is_asked_again(ponsel: Page) -> None:
    ponsel.route("**/tes/*/", lambda route: route.fulfill(status=502))
    answer(ponsel, 1)
    expect(ponsel.get_by_text("1 jawaban belum terkirim")).to_be_visible()
    ponsel.unroute("**/tes/*/")
    answer(ponsel, 2)
    expect(ponsel.get_by_text("belum terkirim")).to_be_hidden()
    ponsel.wait_for_load_state("networkidle")
    assert Jawaban.objects.count() == 2

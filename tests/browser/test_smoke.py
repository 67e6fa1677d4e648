"""What a person does on a cheap phone and on an office computer."""

import csv
import io
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.importers.templat import template_columns
from layanan_dasar.models import APBDes
from tests import totp
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
JUTA = 1_000_000


@pytest.fixture
def figures(wilayah: dict[str, Wilayah], acuan: None, cast: SimpleNamespace) -> SimpleNamespace:
    for tahun in (2024, 2025):
        apbdes = APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun)
        BarisAPBDesFactory(apbdes=apbdes, anggaran=30 * JUTA, realisasi_s2=29 * JUTA)
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10", anggaran=70 * JUTA, realisasi_s2=60 * JUTA)
        rebuild(tahun)
    return cast


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360 px", "1280 px"])
def sized(page: Page, request: pytest.FixtureRequest) -> Page:
    page.set_viewport_size(request.param)
    return page


def login(page: Page, cast: SimpleNamespace, name: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("NIP atau surel").fill(f"{name}@uji.test")
    page.get_by_label("Kata sandi").fill("rahasia-sekali")
    page.get_by_role("button", name="Masuk").click()
    page.locator("[name=code]").fill(totp.code())
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/wilayah/**")


@pytest.mark.parametrize("url", ["/", "/wilayah/", "/wilayah/11.01.01/", "/wilayah/11.01.01.2001/", "/cari/?q=a1",
                                 "/masuk/", "/bantuan/", "/hari-libur/?mulai=2026-03-13&hari=3", "/wilayah/11.02.01/",
                                 "/wilayah/11.01.01/unit/"])  # fmt: skip
def test_pages_fit_the_screen_and_are_accessible(sized: Page, figures: SimpleNamespace, url: str) -> None:
    sized.goto(url)
    assert_reachable(sized)


def assert_reachable(sized: Page) -> None:
    """The page fits the screen, and axe finds nothing serious."""
    assert sized.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "melebar melewati layar"
    results = Axe().run(sized)
    serious = [
        f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in results.response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_search_suggests_while_typing_and_the_keyboard_chooses(page: Page, figures: SimpleNamespace) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("alf")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/11.01.01/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kecamatan Alfa")


def test_everything_can_be_read_without_javascript(chromium: Browser, live_server: object, figures: object) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("combobox").fill("alfa")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Kecamatan Alfa").click()
    page.get_by_label("Tahun anggaran").select_option("2024")
    page.get_by_role("button", name="Tampilkan").click()
    assert "tahun=2024" in page.url
    expect(page.locator("#porsi")).to_contain_text("30,0%")
    assert not page.get_by_role("button", name="Muat grafik interaktif").is_visible()
    context.close()


def test_the_year_takes_effect_at_once(page: Page, figures: SimpleNamespace) -> None:
    page.goto("/wilayah/11.01.01/")
    page.get_by_label("Tahun anggaran").select_option("2024")
    page.wait_for_url("**tahun=2024**")
    expect(page.locator("#porsi")).to_contain_text("belanja desa tahun 2024")


def test_the_interactive_chart_is_drawn_on_request_under_the_strict_policy(page: Page, figures: object) -> None:
    page.goto("/wilayah/11.01.01/")
    assert page.locator("script[src*=plotly]").count() == 0
    page.get_by_role("button", name="Muat grafik interaktif").click()
    expect(page.locator("#gambar-komposisi .main-svg").first).to_be_visible()
    expect(page.locator("#gambar-komposisi")).to_contain_text("Rp miliar")


def test_the_first_tab_leads_to_the_content(page: Page, figures: SimpleNamespace) -> None:
    page.goto("/wilayah/11.01.01/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#isi")


def test_an_operator_uploads_looks_and_saves(page: Page, figures: SimpleNamespace) -> None:
    login(page, figures, "operator_kecamatan_a")
    page.get_by_role("link", name="Unggah APBDes").click()
    out = io.StringIO()
    line = ["11.01.01.2002", 2025, "awal", "02.02.02", "Posyandu", "5.2.1.01", "DDS", "1.000.000", "", "", ""]
    csv.writer(out).writerows([[name for name, _ in template_columns()], line])
    good, bad = out.getvalue(), out.getvalue().replace("1.000.000", "sejuta")
    for text in (bad, good):
        file = {"name": "apbdes.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("Berkas APBDes").set_input_files(file)
        page.get_by_role("button", name="Periksa berkas").click()
        if text is bad:
            expect(page.get_by_role("alert")).to_contain_text("anggaran")
            assert not APBDes.objects.filter(desa__kode="11.01.01.2002").exists()
    expect(page.get_by_text("baris baru")).to_be_visible()
    page.get_by_role("button", name="Simpan 1 APBDes").click()
    expect(page.get_by_role("status")).to_contain_text("Tersimpan.")
    page.goto("/wilayah/11.01.01/")
    expect(page.locator("#porsi")).to_contain_text("dihitung dari 2 dari 2 desa")


def test_printing_leaves_out_what_paper_cannot_do(page: Page, figures: SimpleNamespace) -> None:
    page.goto("/wilayah/11.01.01/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Utama").is_visible()
    assert not page.get_by_role("button", name="Muat grafik interaktif").is_visible()
    assert page.locator("#bidang table").is_visible()

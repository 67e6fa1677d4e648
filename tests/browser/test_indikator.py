"""The catalogue of indicators on a phone and on an office computer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_smoke import assert_reachable


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", ["", "KES-13/", "SAB-02/", "PODES-AIR/"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_the_catalogue_fits_the_screen(size: dict, path: str, katalog: None, page: Page) -> None:
    page.set_viewport_size(size)
    page.goto(f"/indikator/{path}")
    assert_reachable(page)


def test_a_reader_finds_an_indicator_and_reads_it(katalog: None, page: Page) -> None:
    page.goto("/indikator/")
    page.get_by_label("Bidang").select_option("KES")
    page.get_by_label("Kode atau nama").fill("stunting")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("link", name="Prevalensi stunting balita").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prevalensi stunting balita")
    page.get_by_role("link", name="Katalog indikator").click()
    expect(page.get_by_role("heading", name="Administrasi kependudukan")).to_be_visible()

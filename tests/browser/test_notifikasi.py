"""Notices on a phone and on an office computer, with and without anything to show."""

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kecamatan.actions.notifikasi import notify
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_smoke import login
from tests.factories import PesanKeluarFactory


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def check(page: Page, url: str) -> None:
    """The page fits and is accessible."""
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "melebar melewati layar"
    violations = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in violations if rule["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_notices_can_be_read_chosen_and_looked_after(size: dict[str, int], page: Page, cast: SimpleNamespace) -> None:
    page.set_viewport_size(size)
    login(page, cast, "admin_kabupaten")
    urls = ("/saya/notifikasi/", "/saya/notifikasi/pilihan/", "/wilayah/11.01/pesan/")
    for url in urls:
        check(page, url)
    told = {"jenis": "penugasan", "isi": "Berlaku 1 Desember 2026.\nDasar SK 800/12/2026.", "url": "/wilayah/11.01/"}
    for judul in ("Anda ditugaskan sebagai Plt. Camat", "x" * 120):
        notify(kepada=[cast.admin_kabupaten], judul=judul, **told)
    given_up = {"status": "gagal", "percobaan": 10, "gagal_terakhir": "penerima ditolak (550)"}
    PesanKeluarFactory(kepada=cast.camat_a, **given_up)
    for url in urls:
        check(page, url)
    expect(page.locator(".jumlah")).to_contain_text("2")
    page.goto("/saya/notifikasi/")
    page.get_by_role("button", name="Buka: Anda ditugaskan").click()
    page.wait_for_url("**/wilayah/11.01/")
    expect(page.locator(".jumlah")).to_contain_text("1")

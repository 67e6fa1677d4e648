"""The first login of a camat on a cheap phone, and the own account afterwards."""

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Pengguna, Wilayah
from tests import totp
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def camat(wilayah: dict[str, Wilayah], acuan: None) -> Pengguna:
    """A camat who has not set up the second factor."""
    cache.clear()
    camat = PenggunaFactory(orang__nama="Siti Aminah", email="siti@uji.test", langkah_kedua=False)
    PenugasanFactory(pengguna=camat, wilayah=wilayah["11.02.01"])
    return camat


def log_in(page: Page) -> None:
    page.goto("/masuk/")
    page.get_by_label("NIP atau surel").fill("siti@uji.test")
    page.get_by_label("Kata sandi").fill("rahasia-sekali")
    page.get_by_role("button", name="Masuk").click()


def enrol(page: Page) -> str:
    """Set up the second factor on the page that asks for it; returns its secret."""
    page.get_by_text("Tidak dapat memindai?").click()
    secret = page.locator(".kunci").inner_text()
    page.get_by_label("Kode autentikator").fill(totp.code(secret=secret))
    page.get_by_role("button", name="Pasang").click()
    return secret


def check(page: Page, name: str) -> None:
    """It fits phone and office screen, and nothing keeps out whoever cannot see or use a mouse."""
    page.wait_for_load_state()  # a click only waits until the next page begins
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} melebar"
    serious = [
        f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == [], name


def test_a_camat_sets_up_the_second_factor_and_works(page: Page, camat: Pengguna) -> None:
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pasang langkah kedua")
    expect(page.get_by_alt_text("Kode QR untuk aplikasi autentikator")).to_be_visible()
    check(page, "pasang")
    secret = enrol(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode pemulihan")
    expect(page.locator(".kode-pemulihan li")).to_have_count(10)
    check(page, "pemulihan")
    page.get_by_role("link", name="Sudah saya simpan, lanjutkan").click()
    page.wait_for_url("**/wilayah/11.02.01/")

    page.get_by_role("link", name="Keamanan").click()
    expect(page.locator(".daftar-sesi li")).to_have_count(1)
    check(page, "keamanan")
    page.get_by_role("button", name="Keluar").click()
    log_in(page)
    check(page, "kode")
    page.get_by_label("Kode").fill(totp.code(1, secret=secret))
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/wilayah/11.02.01/")


def test_the_same_without_javascript(chromium: Browser, live_server: object, camat: Pengguna) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    enrol(page)
    page.get_by_role("link", name="Sudah saya simpan, lanjutkan").click()
    page.wait_for_url("**/wilayah/11.02.01/")
    context.close()


@pytest.mark.parametrize(
    ("name", "url"),
    [("masuk", "/masuk/?next=/mulai/"), ("lupa", "/sandi/lupa/"), ("terkirim", "/sandi/lupa/terkirim/"),
     ("tautan", "/sandi/atur/1-kedaluwarsa/"), ("tersimpan", "/sandi/atur/selesai/")],
)  # fmt: skip
def test_pages_before_the_login_fit_and_are_accessible(page: Page, camat: Pengguna, name: str, url: str) -> None:
    page.goto(url)
    check(page, name)


@pytest.mark.parametrize(
    ("name", "url"),
    [("sandi", "/saya/sandi/"), ("lepas", "/saya/autentikator/lepas/"), ("kode-baru", "/saya/kode-pemulihan/baru/"),
     ("konfirmasi", "/saya/konfirmasi/"), ("konfirmasi-kode", "/saya/konfirmasi/kode/")],
)  # fmt: skip
def test_pages_of_the_own_account_fit_and_are_accessible(
    page: Page, camat: Pengguna, cast: SimpleNamespace, name: str, url: str
) -> None:
    log_in(page)
    enrol(page)
    page.goto(url)
    check(page, name)

"""Who keeps the keys of programs, and who writes programs, on a phone and on an office computer."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from tests.assertions import weights
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories import KunciApiFactory
from tests.pengaduan.dunia import A, load_acuan


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def test_a_key_is_made_copied_and_revoked(page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    KunciApiFactory(wilayah=wilayah[A], nama="Aplikasi Lama", berlaku_sampai="2025-01-01", dipakai_pada="2025-01-01")
    login(page, cast, "admin_kabupaten")
    page.goto(f"/wilayah/{A}/pengaduan/meja/")
    page.get_by_role("link", name="Kunci API").click()
    check(page, "kunci")
    page.get_by_label("Nama aplikasi").fill("Aplikasi Warga")
    page.get_by_role("button", name="Buat kunci").click()
    expect(page.get_by_role("status")).to_contain_text("dk311_")
    check(page, "kunci baru")
    page.get_by_role("button", name="Cabut kunci Aplikasi Warga").click()
    expect(page.get_by_text("Kunci Aplikasi Warga dicabut")).to_be_visible()
    expect(page.get_by_role("button", name="Cabut")).to_have_count(0)


def test_the_page_for_developers_fits_and_is_light(page: Page, acuan: None, wilayah: dict[str, Wilayah]) -> None:
    load_acuan()
    page.goto(f"/wilayah/{A}/pengaduan/")
    page.get_by_role("link", name="Data terbuka untuk aplikasi lain").click()
    check(page, "open311")
    found = weights(page.content())
    assert sum(found[kind] for kind in ("html", "css", "js", "img")) <= 45 * 1024

"""Pages about people and teams, on a phone and on an office computer."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from kecamatan.models import Pengguna, Wilayah
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_smoke import assert_reachable, login
from tests.factories import tim_lengkap


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def test_pages_about_people_fit_the_screen_and_are_accessible(
    page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    tim_lengkap(wilayah["11.01.01"])
    login(page, cast, "admin_kabupaten")
    for path in ("/akun/", "/akun/tambah/", f"/akun/{cast.camat_a.pk}/", f"/akun/{cast.camat_a.pk}/penugasan/",
                 f"/penugasan/{cast.camat_a.penugasan.get().pk}/akhiri/", "/peran/", "/saya/",
                 "/wilayah/11.01/orang/impor/", "/wilayah/11.01/tim/", "/wilayah/11.01.01/tim/"):  # fmt: skip
        page.goto(path)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert_reachable(page)


def test_an_admin_adds_a_person_after_a_wrong_digit(page: Page, cast: SimpleNamespace) -> None:
    login(page, cast, "admin_kabupaten")
    page.goto("/akun/")
    page.get_by_role("link", name="Tambah orang").click()
    page.get_by_label("Nama tanpa gelar").fill("Siti Aminah")
    page.get_by_label("NIP").fill("19800312 200501 3 991")
    page.get_by_label("Surel").fill("siti@uji.test")
    page.get_by_label("Peran").select_option("operator_kecamatan")
    page.get_by_label("Kode wilayah").fill("11.01.01")
    page.get_by_label("Mulai bertugas").fill("2026-01-01")
    page.get_by_role("button", name="Simpan dan undang").click()
    expect(page.get_by_text("Angka ke-15 NIP harus 1")).to_be_visible()
    page.get_by_label("NIP").fill("19800312 200501 2 991")
    page.get_by_role("button", name="Simpan dan undang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Aminah")
    expect(page.get_by_text("undangan belum diterima")).to_be_visible()
    assert Pengguna.objects.get(email="siti@uji.test").is_waiting

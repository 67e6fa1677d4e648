"""The work list of the mapping and the public rules, on a phone and on an office computer."""

import os
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from layanan_dasar.models import PemetaanKegiatan
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_smoke import assert_reachable, login
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

NAMES = {
    "02.02.90": "Penyediaan air bersih, sanitasi, dan jambanisasi keluarga kurang mampu",
    "02.04.90": "Pembangunan lingkungan permukiman",
    "04.04.95": "Rembuk stunting",
    "01.04.13": "Kegiatan baru menurut peraturan kemudian",
}


@pytest.fixture
def lokal(wilayah: dict[str, Wilayah], acuan: None, cast: SimpleNamespace) -> SimpleNamespace:
    """A budget with local codes; one of them proposed, another approved in Kabupaten Satu."""
    apbdes = APBDesFactory(desa=wilayah["11.01.01.2001"])
    BarisAPBDesFactory(apbdes=apbdes, anggaran=125_000_000)
    for number, (kode, nama) in enumerate(NAMES.items(), 1):
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan=kode, uraian=nama, anggaran=12_345_678 * number)
    PemetaanKegiatanFactory(
        kabupaten=wilayah["11.01"], kode_kegiatan="04.04.95", status="usulan", bidang_id="KES", kelas="I",
        tag=["stunting"], nama=NAMES["04.04.95"], alasan="kata “stunting” dalam namanya",
    )  # fmt: skip
    PemetaanKegiatanFactory(kabupaten=wilayah["11.01"], kode_kegiatan="02.01.90", bidang_id="PDK", kelas="I")
    return cast


def test_pages_of_the_mapping_fit_the_screen_and_are_accessible(page: Page, lokal: SimpleNamespace) -> None:
    login(page, lokal, "admin_kabupaten")
    own = PemetaanKegiatan.objects.get(kode_kegiatan="02.01.90").pk
    for number, path in enumerate(("/wilayah/11.01/pemetaan/", "/wilayah/11.01/pemetaan/?tab=kabupaten",
                 "/wilayah/11.01/pemetaan/?tab=nasional", "/wilayah/11.01/pemetaan/baru/",
                 f"/wilayah/11.01/pemetaan/{own}/", "/aturan-belanja/", "/wilayah/11.01/")):  # fmt: skip
        page.goto(path)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert_reachable(page)
            if "GAMBAR" in os.environ:
                page.screenshot(path=f"{os.environ['GAMBAR']}/{number}-{size['width']}.png", full_page=True)


def test_an_admin_approves_a_suggestion_on_a_phone_without_javascript(
    chromium: Browser, live_server: object, lokal: SimpleNamespace
) -> None:
    context = chromium.new_context(
        viewport=PHONE,
        base_url=live_server.url,
        locale="id-ID",
        java_script_enabled=False,  # type: ignore[attr-defined]
    )
    page = context.new_page()
    login(page, lokal, "admin_kabupaten")
    page.goto("/wilayah/11.01/pemetaan/")
    kegiatan = page.get_by_role("region", name="02.02.90")
    expect(kegiatan.get_by_label("Bidang dan kelas")).to_have_value("SAB-I")
    kegiatan.get_by_label("Bidang dan kelas").select_option("SAB-T")
    kegiatan.get_by_role("button", name="Setujui").click()
    expect(page.get_by_text("02.02.90: Sanitasi dan air bersih (terkait), sejak 2025")).to_be_visible()
    expect(page.get_by_role("region", name="02.02.90")).to_have_count(0)
    context.close()

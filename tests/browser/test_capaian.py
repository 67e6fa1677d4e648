"""The figures of basic services on a phone and on an office computer."""

from decimal import Decimal
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from kecamatan.importers.batas import impor_batas
from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.models import GapBidang, Indikator
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_notifikasi import check
from tests.factories import NilaiFactory
from tests.kecamatan.geojson import geojson, square


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
A1, A2, ALFA, SATU = "11.01.01.2001", "11.01.01.2002", "11.01.01", "11.01"
NARROW = {"width": 320, "height": 640}
DIBAGI = (("PDK-06", "2025", 2, 300), ("PDK-07", "2025", 60, 80), ("PDK-12", "2025", 12, 40),
          ("KES-13", "2025-12", 3, 90), ("SAB-03", "2025", 412, 530))  # fmt: skip
UTUH = (("KES-19", "2025-12", 6), ("SAB-07", "2025", 0), ("SAB-08", "2025", 3), ("IDM-IDM", "2024", Decimal("0.7541")))


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], katalog: None) -> None:
    """Of every kind a figure in A1, of most in A2, over four years; A3 has none, and Beta has no outline."""
    daftar = Indikator.objects.in_bulk()
    for desa, less in ((A1, 0), (A2, 1)):
        for kode, periode, p, n in DIBAGI[less:]:
            for years in range(4):
                earlier = f"{int(periode[:4]) - years}{periode[4:]}"
                NilaiFactory(
                    desa=wilayah[desa], indikator=daftar[kode], periode=earlier, pembilang=p + years, penyebut=n
                )
        for kode, periode, value in UTUH:
            share = 1 if kode == "SAB-07" else None
            NilaiFactory(desa=wilayah[desa], indikator=daftar[kode], periode=periode, pembilang=value, penyebut=share)
    for tahun in range(2022, 2026):
        capaian.rebuild(tahun)
    for n, region in enumerate(wilayah[kode] for kode in (A1, A2, ALFA, SATU, "11", "0")):
        for bidang in ("PDK", "KES", "SAB"):
            GapBidang.objects.update_or_create(
                wilayah=region, tahun=2025, bidang_id=bidang,
                defaults={"gap": Decimal(n) / 10, "n_indikator": 5, "n_katalog": 9},
            )  # fmt: skip
    impor_batas(geojson({ALFA: square(), A1: square(side=0.4)}), sumber="Peta Uji")


KATALOG = [f"/indikator/{kode}" for kode in ("", "KES-01/", "KES-13/", "KES-12/", "IDM-IDM/", "PODES-AIR/")]
CAPAIAN = [
    *(f"/wilayah/{kode}/capaian/" for kode in ("0", "11", SATU, ALFA, A1, "11.01.01.1003", "11.02.01")),
    f"/wilayah/{ALFA}/capaian/?tahun=2023&bidang=KES", f"/wilayah/{ALFA}/capaian/?bidang=JSO", f"/wilayah/{ALFA}/",
]  # fmt: skip
ANGKA = [
    f"/wilayah/{A1}/angka/SAB-07/2025/", f"/wilayah/{A1}/angka/KES-13/2025-12/", f"/wilayah/{ALFA}/angka/PDK-07/2025/",
    f"/wilayah/{ALFA}/angka/IDM-IDM/2024/", f"/wilayah/{SATU}/angka/KES-19/2025-12/",
]  # fmt: skip


@pytest.mark.parametrize("paths", [KATALOG, CAPAIAN, ANGKA], ids=["indikator", "capaian", "angka"])
def test_every_page_fits_and_is_accessible(paths: list[str], dunia: None, page: Page) -> None:
    for path in paths:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            check(page, path)
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} pada 320 px"


def test_a_phone_shows_name_value_and_word_of_an_indicator_without_scrolling_sideways(dunia: None, page: Page) -> None:
    page.goto(f"/wilayah/{ALFA}/capaian/")
    row = page.get_by_role("row", name="Angka melanjutkan SD ke SMP")
    for part in (row.get_by_role("rowheader"), row.get_by_role("cell").first):
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    expect(row.get_by_role("cell").first).to_contain_text("75,0%")


def test_a_reader_goes_from_the_weakest_service_to_where_its_figure_comes_from(dunia: None, page: Page) -> None:
    page.goto(f"/wilayah/{ALFA}/capaian/")
    page.get_by_label("Bidang", exact=True).select_option("SAB")
    page.wait_for_url("**bidang=SAB**")
    page.locator("#prioritas").get_by_role("link", name="0,0%").click()
    page.wait_for_url(f"**/wilayah/{ALFA}/angka/SAB-07/2025/")
    expect(page.locator("#nilai")).to_contain_text("0 desa “ya” ÷ 2 desa")
    page.get_by_role("navigation", name="Jejak wilayah").get_by_role("link", name="Capaian layanan dasar").click()
    page.wait_for_url(f"**/wilayah/{ALFA}/capaian/")


def test_the_keyboard_reaches_the_table_that_scrolls(dunia: None, page: Page) -> None:
    page.goto(f"/wilayah/{ALFA}/capaian/")
    table = page.get_by_role("region", name="Tabel skor wilayah di bawahnya")
    table.focus()
    expect(table).to_be_focused()
    before = table.evaluate("element => element.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())
    assert before == 0


def test_the_key_of_the_map_stands_clear_of_its_words(dunia: None, page: Page) -> None:
    page.goto(f"/wilayah/{SATU}/capaian/")
    boxes = [box.bounding_box() for box in page.locator("#peta .kelas .kotak").all()]
    assert len(boxes) > 1
    for above, below in pairwise(boxes):
        assert above and below and above["y"] + above["height"] <= below["y"]


def test_everything_can_be_read_without_javascript(chromium: Browser, live_server: object, dunia: None) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/wilayah/{ALFA}/capaian/")
    page.get_by_label("Tahun", exact=True).select_option("2023")
    page.get_by_role("button", name="Tampilkan").click()
    assert "tahun=2023" in page.url
    expect(page.locator("#indikator")).to_contain_text("tahun 2023")
    context.close()

"""The desk of figures in a real browser: typed like in a spreadsheet, handed in as a workbook, published."""

import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from layanan_dasar.models import Isian, NilaiIsian
from layanan_dasar.queries.lembar import isi_of
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_notifikasi import check
from tests.browser.test_smoke import login
from tests.factories import AturanIsianFactory
from tests.layanan_dasar.isian import Meja, ada, hari_ini
from tests.layanan_dasar.views.test_buku_isian import put


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
LEMBAR = "/wilayah/11.01.01/isian/PDK-Y/2025/"


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch, datetime.date(2026, 1, 5))
    return Meja(cast, wilayah)


def enter(page: Page, meja: Meja, name: str) -> None:
    """Somebody else sits down at the machine."""
    page.context.clear_cookies()
    login(page, meja.cast, name)


def box(page: Page, meja: Meja, desa: int, bagian: str) -> str:
    wilayah, kode = meja.kunci(desa)
    return f'[name="s-{wilayah}-{kode}-{bagian}"]'


def test_figures_are_typed_like_in_a_spreadsheet(page: Page, meja: Meja) -> None:
    page.set_viewport_size(DESKTOP)
    enter(page, meja, "upt_pendidikan_a")
    page.goto(LEMBAR)
    first = page.locator("tbody tr").first
    names = [row.get_attribute("name") for row in page.locator('input[name$="-pembilang"]').all()]
    page.fill(f'[name="{names[0]}"]', "82")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == names[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.type("100")
    page.keyboard.press("Tab")
    expect(first).to_contain_text("tersimpan")
    expect(page.locator("#hitungan")).to_contain_text("1 dari 6 sel terisi")
    page.locator(f'[name="{names[1]}"]').focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }""",
        "70\t100\n60\t90\n",
    )
    expect(page.locator("#hitungan")).to_contain_text("3 dari 6 sel terisi")
    values = sorted(NilaiIsian.objects.values_list("pembilang", "penyebut"))
    assert values == [(60, 90), (70, 100), (82, 100)]


def test_what_is_no_figure_is_told_beside_the_row(page: Page, meja: Meja) -> None:
    enter(page, meja, "upt_pendidikan_a")
    page.goto(LEMBAR)
    page.fill(box(page, meja, 0, "pembilang"), "dua")
    page.keyboard.press("Tab")
    expect(page.locator(f"#k-s-{meja.kunci(0)[0]}-PDK-01")).to_contain_text("Pembilang")
    assert page.input_value(box(page, meja, 0, "pembilang")) == "dua"
    assert not Isian.objects.exists()


def test_from_the_downloaded_template_to_the_published_number(page: Page, meja: Meja, tmp_path: Path) -> None:
    page.set_viewport_size(DESKTOP)
    enter(page, meja, "upt_pendidikan_a")
    page.goto(f"{LEMBAR}unggah/")
    with page.expect_download() as download:
        page.get_by_text("Unduh buku kerja (XLSX)").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    for n, desa in enumerate(meja.desa):
        for kode in ("PDK-01", "PDK-02"):
            put(book, desa.kode, f"{kode}.pembilang", 80 + n)
            put(book, desa.kode, f"{kode}.penyebut", 100)
    book.save(file)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Simpan sebagai draf").click()
    page.get_by_role("button", name="Ajukan").click()
    expect(page.get_by_text("Diajukan. Verifikator sudah diberi tahu.")).to_be_visible()
    enter(page, meja, "verifikator_a")
    page.goto(f"{LEMBAR}ringkas/")
    page.get_by_role("button", name="Verifikasi").click()
    enter(page, meja, "camat_a")
    page.goto(f"{LEMBAR}ringkas/")
    page.get_by_role("button", name="Sahkan dan terbitkan").click()
    expect(page.get_by_text("Disahkan dan terbit.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(reverse("layanan_dasar:angka", args=["11.01.01", "PDK-01", "2025"]))
    expect(page.locator("#nilai")).to_contain_text("81,0%")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_every_page_fits_and_is_accessible(size: dict[str, int], page: Page, meja: Meja, tmp_path: Path) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    AturanIsianFactory(kode="sedikit", ekspresi="pembilang >= 10", tingkat="peringatan", pesan="Sedikit sekali.")
    meja.save({meja.kunci(0): ada(82), meja.kunci(1): ada(3), meja.kunci(2): ada(5, None)})
    enter(page, meja, "upt_pendidikan_a")
    for url in ("/wilayah/11.01.01/isian/", LEMBAR, f"{LEMBAR}ringkas/", f"{LEMBAR}unggah/", f"{LEMBAR}versi/1/"):
        check(page, url)
    with page.expect_download() as download:
        page.goto(f"{LEMBAR}unggah/")
        page.get_by_text("Unduh buku kerja (XLSX)").click()
    file = tmp_path / "isian.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    put(book, "11.01.01.2001", "PDK-01.pembilang", 90)
    put(book, "11.01.01.2002", "PDK-01.pembilang", "banyak")
    book.save(file)
    meja.save({meja.kunci(0): ada(85)}, dasar={meja.kunci(0): ada(82)})
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Periksa berkas").click()
    check(page, page.url.replace(page.url.split("/wilayah")[0], ""))
    assert isi_of(Isian.objects.get())[meja.kunci(0)] == ada(85)
    enter(page, meja, "admin_kabupaten")
    for url in ("/wilayah/11.01/isian/", "/wilayah/11.01/isian/kunci/"):
        check(page, url)

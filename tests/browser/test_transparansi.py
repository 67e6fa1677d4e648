"""The transparency of a village and the runs of the computation, on a phone and on an office computer."""

import os
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import BagianHitung, PutaranHitung, TerbitanIbdb
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_smoke import assert_reachable, login
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
A1, JUTA = "11.01.01.2001", 1_000_000


@pytest.fixture
def figures(wilayah: dict[str, Wilayah], acuan: None, cast: SimpleNamespace) -> SimpleNamespace:
    """A budget of two years, reported in 2025 but for one kegiatan; A2 has none."""
    for tahun in (2024, 2025):
        apbdes = APBDesFactory(
            desa=wilayah[A1], tahun=tahun, sumber="https://a1.desa.test/apbdes", per_tanggal="2025-12-31"
        )
        for rekening, juta in (("4.1.1.01", 20), ("4.2.1.01", 900), ("4.2.3.01", 480), ("6.1.1.01", 55)):
            BarisAPBDesFactory(
                apbdes=apbdes, kode_kegiatan="", kode_rekening=rekening, anggaran=juta * JUTA, realisasi_s2=juta * JUTA
            )
        for kegiatan, juta, realised in (
            ("01.01.01", 400, 400), ("02.02.02", 350, 310), ("02.03.10", 300, 0), ("05.03.00", 250, None),
        ):  # fmt: skip
            money = None if realised is None else realised * JUTA
            BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan=kegiatan, anggaran=juta * JUTA, realisasi_s2=money)
        rebuild(tahun)
    return cast


@pytest.fixture
def runs(figures: SimpleNamespace, wilayah: dict[str, Wilayah]) -> PutaranHitung:
    """One run that failed in part, and one that goes on."""
    TerbitanIbdb.objects.create(tahun=2023, parameter_id="2026.1", jumlah=7, oleh=figures.admin_pusat)
    ended = PutaranHitung.objects.create(jenis="malam", status="gagal", selesai=timezone.now())
    running = PutaranHitung.objects.create(jenis="penuh", dikirim_pada=timezone.now())
    for satu in (ended, running):
        BagianHitung.objects.create(
            putaran=satu, kabupaten=wilayah["11.01"], tahun=2025, status="gagal", selesai=timezone.now(),
            galat="OperationalError: canceling statement due to statement timeout",
        )  # fmt: skip
    BagianHitung.objects.create(putaran=running, kabupaten=wilayah["11.02"], tahun=2025)
    return running


def look(page: Page, path: str, name: str) -> None:
    page.goto(path)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert_reachable(page)
        if "GAMBAR" in os.environ:
            page.screenshot(path=f"{os.environ['GAMBAR']}/{name}-{size['width']}.png", full_page=True)


def test_the_pages_of_transparency_fit_the_screen_and_are_accessible(page: Page, figures: SimpleNamespace) -> None:
    for name, kode in (
        ("desa", A1),
        ("desa-kosong", "11.01.01.2002"),
        ("kelurahan", "11.01.01.1003"),
        ("kec", "11.01.01"),
    ):
        look(page, f"/wilayah/{kode}/transparansi/", name)


def test_a_citizen_without_javascript_goes_from_the_kecamatan_to_a_year_of_a_desa(
    chromium: Browser, live_server: SimpleNamespace, figures: SimpleNamespace
) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto("/wilayah/11.01.01/transparansi/")
    page.get_by_role("link", name="A1", exact=True).click()
    page.get_by_label("Tahun anggaran").select_option("2024")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Transparansi APBDes Desa A1 2024")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == f"transparansi-{A1}-2024.xlsx"
    context.close()


def test_the_pages_of_runs_fit_the_screen_and_follow_a_run(
    page: Page, runs: PutaranHitung, figures: SimpleNamespace
) -> None:
    login(page, figures, "admin_pusat")
    look(page, f"/perhitungan/{runs.pk}/", "putaran-rinci")
    look(page, "/perhitungan/terbitkan/?tahun=2025", "terbitkan")
    look(page, "/perhitungan/", "putaran")
    expect(page.get_by_text("0 selesai, 1 gagal, 1 menunggu").first).to_be_visible()
    runs.bagian.update(status="selesai")
    runs.status, runs.selesai = "selesai", timezone.now()
    runs.save()
    expect(page.get_by_text("Tidak ada hitungan yang berjalan.")).to_be_visible(timeout=20_000)
    page.get_by_text("Hitung ulang semua").first.click()
    page.get_by_role("button", name="Ya, hitung ulang semua").click()
    expect(page.get_by_text("Hitung ulang semua dicatat dan mulai dalam satu menit.")).to_be_visible()

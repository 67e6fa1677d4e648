"""A citizen on a cheap phone reports something: with a bad line, without JavaScript, and reads what became of it."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from pengaduan.actions.meja import set_tayang
from pengaduan.models import Lampiran, Langkah, Pengaduan
from tests.assertions import weights
from tests.browser.conftest import PHONE
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.pengaduan.dunia import A1, A, lapor, load_acuan, maju
from tests.pengaduan.views.test_meja import MEJA


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def dunia(wilayah: dict[str, Wilayah], acuan: None) -> None:
    load_acuan()


def tell(page: Page) -> None:
    """Everything that must be told."""
    page.get_by_label("Tentang apa").select_option("Kesehatan")
    page.get_by_label("Judul singkat").fill("Bidan tidak ada")
    page.get_by_label("Ceritakan").fill("Sudah sebulan bidan desa tidak ada.")


def photo() -> dict[str, Any]:
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(out, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_report_with_a_photo_over_a_line_that_breaks(page: Page, cast: SimpleNamespace) -> None:
    page.goto(f"/lapor/?wilayah={A1}")
    check(page, "lapor")
    tell(page)
    page.reload()  # the telephone was put away
    expect(page.get_by_label("Judul singkat")).to_have_value("Bidan tidak ada")
    page.get_by_label("Foto atau dokumen").set_input_files([photo()])
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Belum ada jaringan.")).to_be_visible()
    assert not Pengaduan.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan diterima")
    check(page, "diterima")
    satu, gambar = Pengaduan.objects.get(), Lampiran.objects.get()
    assert (satu.perlu_disaring, satu.wilayah.kode) == (False, A1)
    assert Image.open(io.BytesIO(gambar.isi)).size == (1280, 960)  # shrunk on the device
    nomor, kode = page.locator("dd code").all_inner_texts()
    page.get_by_role("link", name="Lihat kabar laporan").click()
    check(page, "status")
    page.get_by_label("Nomor laporan").fill(nomor.lower())
    page.get_by_label("Kode rahasia").fill(kode)
    page.get_by_role("button", name="Lihat kabar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bidan tidak ada")
    check(page, "kabar")
    page.goto(f"/lapor/?wilayah={A1}")
    expect(page.get_by_label("Judul singkat")).to_have_value("")  # the draft is gone with the report


def test_the_same_without_javascript_waits_to_be_sifted(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto("/lapor/")
    page.get_by_label("Nama desa, kecamatan, atau kabupaten").fill("Alfa")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Kecamatan Alfa").click()
    tell(page)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan diterima")
    context.close()
    assert Pengaduan.objects.get().perlu_disaring


def test_the_first_page_is_light(page: Page) -> None:
    for address in (f"/lapor/?wilayah={A}", "/lapor/status/", "/lapor/"):
        found = weights(page.goto(address).text())  # type: ignore[union-attr]
        assert found["html"] <= 6 * 1024
        assert found["js"] <= 6 * 1024
        assert found["html"] + found["css"] + found["js"] + found["img"] <= 45 * 1024


def test_the_desk_fits_and_is_accessible(page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    maju(satu, cast, Langkah.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan putus", isi="Sejak Senin.")
    login(page, cast, "camat_a")
    for address in ("", f"{satu.pk}/", f"{satu.pk}/langkah/disposisi/", "catat/"):
        page.goto(MEJA + address)
        check(page, address or "meja")
    page.goto(f"/wilayah/{A}/pengaduan/")
    check(page, "publik")

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
from pengaduan.queries.surel import token_konfirmasi
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


def test_an_error_of_the_server_keeps_the_form_to_be_sent_again(page: Page) -> None:
    page.goto(f"/lapor/?wilayah={A1}")
    tell(page)
    page.route("**/lapor/**", lambda route: route.fulfill(status=502))  # as a proxy says it, without a page
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Tekan Kirim sekali lagi")).to_be_visible()
    page.unroute("**/lapor/**")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan diterima")
    assert Pengaduan.objects.count() == 1


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


def test_an_address_is_confirmed_and_the_own_data_are_taken_away_and_erased(
    page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    tanda = lapor(wilayah[A1], identitas="anonim", nama="Siti", surel="siti@warga.test")
    page.goto(f"/lapor/konfirmasi/{token_konfirmasi(tanda.pengaduan.pk)}/")
    check(page, "konfirmasi")
    page.get_by_role("button", name="Ya, kirimi saya kabarnya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Surel Anda sudah dikonfirmasi")
    check(page, "konfirmasi_sudah")
    page.get_by_role("link", name="Lihat kabar laporan").click()
    page.get_by_label("Nomor laporan").fill(tanda.pengaduan.nomor)
    page.get_by_label("Kode rahasia").fill(tanda.kode)
    page.get_by_role("button", name="Lihat kabar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh data saya").click()
    assert download.value.suggested_filename == "data-laporan.json"
    page.get_by_text("Hapus data pribadi saya").click()
    page.get_by_role("button", name="Hapus semuanya").click()  # the browser asks for the tick
    assert Pengaduan.objects.exclude(isi="(dihapus)").exists()
    check(page, "data")
    page.get_by_label("Saya yakin").check()
    page.get_by_role("button", name="Hapus semuanya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("(dihapus)")


def test_the_privacy_notice_and_the_contact_fit(page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    page.goto("/privasi/")
    check(page, "privasi")
    contact = {"nama": "Siti", "telepon": "+6281234567890", "surel": "siti@warga.test"}
    satu = lapor(wilayah[A1], identitas="terbuka", **contact).pengaduan
    login(page, cast, "camat_a")
    page.goto(f"{MEJA}{satu.pk}/")
    page.get_by_role("button", name="Lihat kontak pelapor").click()
    expect(page.get_by_text("belum dikonfirmasi")).to_be_visible()
    expect(page.get_by_text("nomor tidak dikonfirmasi")).to_be_visible()
    check(page, "kontak")

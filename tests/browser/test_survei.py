"""Somebody in a waiting room answers on a cheap phone; an officer types sheets in and reads what came out."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from pengaduan.models import JawabanSurvei, Survei
from tests.assertions import weights
from tests.browser.conftest import PHONE
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories import KartuSkorFactory, SurveiFactory
from tests.pengaduan.dunia import A1, A, load_acuan


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
SKOR = [(nama, kelompok, n, 2 + (n + len(nama)) % 3) for nama in ("Petugas ramah", "Obat tersedia")
        for kelompok, n in (("perempuan", 8), ("pemuda", 6), ("disabilitas", 3), ("penyedia", 2))]  # fmt: skip


@pytest.fixture
def survei(wilayah: dict[str, Wilayah], acuan: None) -> Survei:
    load_acuan()
    return SurveiFactory(unit__wilayah=wilayah[A1], unit__nama="Posyandu Anggrek", populasi=200)


def fill(page: Page) -> None:
    """Every element but one, by the words of the answers."""
    for number in range(1, 9):
        page.get_by_role("group", name=re.compile(rf"^{number}\. ")).get_by_role("radio").nth(2).check()


def test_an_answer_on_a_phone(page: Page, survei: Survei) -> None:
    address = f"/survei/{survei.kunci}/"
    page.goto(address)
    check(page, "survei")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Pilih sedikitnya satu jawaban.")).to_be_visible()
    check(page, "kosong")
    fill(page)
    page.get_by_text("Tentang Anda (boleh kosong)").click()
    page.get_by_label("Kelompok umur").select_option("18–29 tahun")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih")
    check(page, "terima kasih")
    satu = JawabanSurvei.objects.get()
    assert (satu.nilai, satu.terbukti, satu.kelompok_umur) == ([3] * 8 + [None], True, "u18")
    page.goto(address)
    expect(page.get_by_text("Jawaban dari perangkat ini sudah tercatat.")).to_be_visible()


def test_the_same_without_javascript(chromium: Browser, live_server: Any, survei: Survei) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/survei/{survei.kunci}/")
    fill(page)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih")
    context.close()
    assert not JawabanSurvei.objects.get().terbukti


def test_the_form_is_light(page: Page, survei: Survei) -> None:
    found = weights(page.goto(f"/survei/{survei.kunci}/").text())  # type: ignore[union-attr]
    assert found["html"] <= 6 * 1024
    assert sum(found[kind] for kind in ("html", "css", "js", "img")) <= 45 * 1024


def test_the_pages_of_officers_and_readers_fit_and_are_accessible(
    page: Page, cast: SimpleNamespace, survei: Survei, wilayah: dict[str, Wilayah]
) -> None:
    for periode in ("2026-S1", "2026-S2"):
        shown = SurveiFactory(unit=survei.unit, jenis_layanan="Imunisasi", periode=periode, status="terbit",
                              jawaban=12, jawaban__saran="Tambah kursi tunggu.", populasi=100)  # fmt: skip
    kartu = KartuSkorFactory(wilayah=wilayah[A1], skor=SKOR, tayang=True)
    kartu.aksi.create(tindakan="Tambah petugas loket", penanggung_jawab="Kepala Puskesmas", tenggat="2026-12-01")
    login(page, cast, "camat_a")
    work = f"/wilayah/{A}/survei/kelola/"
    card = f"/wilayah/{A}/kartu-skor/"
    for address in (f"/wilayah/{A}/survei/", work, f"{work}tambah/", f"{work}{survei.pk}/", f"{work}{shown.pk}/",
                    f"{work}{survei.pk}/kertas/", f"{work}{survei.pk}/poster/html/", f"{work}{shown.pk}/laporan/html/",
                    card, f"{card}{kartu.pk}/", f"{card}kelola/", f"{card}kelola/tambah/", f"{card}kelola/{kartu.pk}/",
                    f"{card}kelola/{kartu.pk}/skor/"):  # fmt: skip
        page.goto(address)
        check(page, address)

"""A participant on a cheap phone: the test, with JavaScript or without, a plan, and its follow-up by link."""

import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from pelatihan.models import JawabanEvaluasi, Pengerjaan, Rtl
from pelatihan.queries.rtl import url_tautan
from tests.assertions import weights
from tests.browser.conftest import PHONE
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories import (
    IndikatorFactory,
    OrangFactory,
    PengerjaanFactory,
    PertanyaanEvaluasiFactory,
    RtlFactory,
    SesiFactory,
)
from tests.pelatihan.dunia import A1, Dunia, buat_dunia


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None) -> Dunia:
    IndikatorFactory(kode="KES-01", nama="Balita ditimbang")
    PertanyaanEvaluasiFactory(kode="pelatih-jelas", teks="Penjelasan pelatih mudah dipahami.")
    satu = buat_dunia(wilayah)
    SesiFactory(kelas=satu.kelas, judul="Binwas", pelatih=[OrangFactory(nama="Ibu Pelatih")])
    return satu


def enter(page: Page, dunia: Dunia) -> None:
    page.goto(re.sub(r"^https?://[^/]+", "", url_tautan(dunia.peserta[0])))


def take_test(page: Page) -> None:
    page.get_by_role("link", name="Prates").click()
    page.get_by_role("button", name="Mulai").click()
    for _ in range(3):
        page.get_by_label("benar", exact=True).check()
        page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("100,00")).to_be_visible()


def test_a_test_on_a_phone(page: Page, dunia: Dunia) -> None:
    dunia.tes()
    enter(page, dunia)
    check(page, "ikut")
    page.get_by_role("link", name="Prates").click()
    check(page, "mulai")
    page.get_by_role("button", name="Mulai").click()
    check(page, "soal")
    page.get_by_label("keliru").check()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("button", name="Simpan dan kembali").click()
    expect(page.get_by_label("keliru")).to_be_checked()
    page.goto(f"{page.url.split('?')[0]}?soal=4")
    check(page, "kirim")
    found = weights(page.goto(f"{page.url.split('?')[0]}?soal=1").text())  # type: ignore[union-attr]
    assert found["html"] <= 4 * 1024
    assert sum(found[kind] for kind in ("html", "css", "js", "img")) <= 45 * 1024


def test_the_same_without_javascript(chromium: Browser, live_server: Any, dunia: Dunia) -> None:
    dunia.tes()
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    enter(page, dunia)
    take_test(page)
    context.close()
    assert Pengerjaan.objects.get().skor == 100


def test_a_sheet_and_a_plan_and_its_follow_up_by_link(page: Page, dunia: Dunia, tmp_path: Path) -> None:
    enter(page, dunia)
    page.get_by_role("link", name="Ibu Pelatih").click()
    check(page, "lembar")
    page.get_by_label("4 – sangat setuju").check()
    page.get_by_role("button", name="Kirim tanpa nama").click()
    expect(page.get_by_text("tersimpan tanpa nama")).to_be_visible()
    page.get_by_role("link", name="Rencana baru").click()
    check(page, "rencana")
    page.get_by_label("Masalah").fill("Balita di A1 jarang ditimbang")
    page.get_by_label("Indikator").select_option("KES-01")
    page.get_by_label("Kegiatan").fill("Menyusun jadwal posyandu")
    page.get_by_label("Target terukur").fill("20 dari 25 balita")
    page.get_by_label("Desa atau kelurahan").select_option(A1)
    page.get_by_label("Tenggat").fill("2099-01-01")
    page.get_by_label("Penanggung jawab").fill("Kasi Kesra")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name="Menyusun jadwal posyandu")).to_be_visible()
    check(page, "ikut dengan rencana")
    page.context.clear_cookies()
    enter(page, dunia)  # weeks later, from the mail, on another telephone
    page.get_by_role("link", name="Ceritakan perkembangannya").click()
    check(page, "pantau")
    bukti = tmp_path / "bukti.pdf"
    bukti.write_bytes(b"%PDF-1.4\n%%EOF")
    page.get_by_label("Keadaan").select_option("selesai")
    page.get_by_label("Perkembangannya").fill("Jadwal berjalan di tiga posyandu")
    page.get_by_label("Bukti").set_input_files(bukti)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("menunggu verifikasi")).to_be_visible()
    assert (Rtl.objects.get().status, JawabanEvaluasi.objects.count()) == ("selesai", 1)


def test_the_pages_of_those_who_run_the_cohort(
    page: Page, dunia: Dunia, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    pra, pasca = dunia.tes(), dunia.tes("pasca")
    for n, peserta in enumerate(dunia.peserta):
        PengerjaanFactory(tes=pra, peserta=peserta, benar=n % 2, skor=33 * (n % 2))
        PengerjaanFactory(tes=pasca, peserta=peserta, benar=1 + n % 3, skor=33 * (1 + n % 3))
        rtl = RtlFactory(peserta=peserta, desa=wilayah[A1])
    satu = rtl.pemantauan.get(tonggak=30)
    satu.keadaan, satu.uraian, satu.diisi_pada = "berjalan", "Sudah mulai", pra.buka
    satu.save()
    login(page, cast, "admin_kabupaten")
    base = f"/wilayah/11.01/pelatihan/kelola/{dunia.angkatan.pk}/"
    for name in ("soal/", "soal/tambah/", "soal/impor/", f"soal/{dunia.butir[0].pk}/", "tes/", "tes/pra/", "evaluasi/",
                 "rtl/", f"rtl/{satu.pk}/"):  # fmt: skip
        page.goto(base + name)
        check(page, name)
        if folder := os.environ.get("GAMBAR"):
            page.screenshot(path=f"{folder}/{name.replace('/', '_')}.png", full_page=True)

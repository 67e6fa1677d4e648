"""A day in class: the screen in front, the telephone in the hand, the steward with the list."""

import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kecamatan.models import Wilayah
from p3pd_portal.lib import presensi as kode
from pelatihan.actions.tautan import give_kode
from pelatihan.models import Kelas, Presensi, Sesi
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories import ModulFactory, OrangFactory, PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah], acuan: None, cast: SimpleNamespace) -> Kelas:
    return kelas_kini(wilayah, cast, nama="Kelas Barat", tempat="Hotel Uji, Ruang Mawar")


@pytest.fixture
def sesi(kelas: Kelas) -> Sesi:
    for nama in ("Ani Lestari", "Budi Santoso", "Cici Paramida"):
        peserta_kini(kelas, orang__nama=nama)
    return sesi_kini(kelas, judul="Kepemimpinan", modul=ModulFactory(judul="Kepemimpinan"),
                     pelatih=[OrangFactory(nama="Siti Aminah")])  # fmt: skip


def pindai(sesi: Sesi, ago: float = 0) -> str:
    return f"/ikut/h/{sesi.pk}/{kode.token(bytes(sesi.kunci), time.time() - ago)}/"


def link(page: Page, sesi: Sesi, cast: SimpleNamespace, nama: str) -> int:
    satu = sesi.kelas.peserta.get(orang__nama=nama)
    (code,) = give_kode(by=cast.penyedia, kelas=sesi.kelas, peserta=[satu.pk]).values()
    page.goto("/ikut/")
    page.get_by_label("Kode sekali pakai").fill(code)
    page.get_by_role("button", name="Hubungkan").click()
    page.wait_for_url("**/ikut/*/")
    return int(satu.pk)


def test_a_participant_scans_and_taps(page: Page, sesi: Sesi, cast: SimpleNamespace) -> None:
    page.goto(pindai(sesi))
    expect(page.get_by_text("Ponsel ini belum terhubung")).to_be_visible()
    check(page, "belum terhubung")
    link(page, sesi, cast, "Ani Lestari")
    check(page, "pelatihan saya")
    page.goto(pindai(sesi))
    expect(page.get_by_text("Ani Lestari")).to_be_visible()
    check(page, "pindai")
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text(re.compile("Tercatat: hadir, pukul"))).to_be_visible()
    check(page, "presensi saya")
    assert Presensi.objects.get().cara == "qr"


def test_six_digits_without_javascript(chromium: Browser, live_server: Any, sesi: Sesi, cast: SimpleNamespace) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    pk = link(page, sesi, cast, "Budi Santoso")
    page.goto(f"/ikut/{pk}/hadir/")
    page.get_by_label("Enam angka di layar").fill(kode.kode(bytes(sesi.kunci), time.time()))
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text(re.compile("Tercatat: hadir"))).to_be_visible()
    context.close()


def test_the_screen_counts_by_itself(page: Page, sesi: Sesi, cast: SimpleNamespace) -> None:
    page.set_viewport_size(DESKTOP)
    login(page, cast, "penyedia")
    page.goto(f"{sesi.get_absolute_url()}layar/")
    expect(page.get_by_text("dari 3 hadir")).to_be_visible()
    expect(page.locator(".angka-besar")).to_have_text("0")
    PresensiFactory(sesi=sesi, peserta=sesi.kelas.peserta.first())
    expect(page.locator(".angka-besar")).to_have_text("1", timeout=20_000)
    check(page, "layar")


def test_a_steward_finds_a_name_and_marks_it(page: Page, sesi: Sesi, cast: SimpleNamespace) -> None:
    login(page, cast, "penyedia")
    page.goto(sesi.get_absolute_url())
    page.get_by_label("Cari nama").fill("cici")
    expect(page.get_by_label(re.compile("Ani Lestari"))).to_be_hidden()
    page.get_by_label(re.compile("Cici Paramida")).select_option("sakit")
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.get_by_text("1 presensi diubah.")).to_be_visible()
    check(page, "daftar presensi")
    assert Presensi.objects.get().status == "sakit"


def test_the_pages_of_those_who_run_it_fit_and_are_accessible(
    page: Page, sesi: Sesi, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    kelas_kini(wilayah, angkatan=sesi.kelas.angkatan, nama="Kelas Timur", zona="WIT")
    login(page, cast, "admin_kabupaten")
    of, grid = sesi.kelas.get_absolute_url(), f"/wilayah/11.01/pelatihan/kelola/{sesi.kelas.angkatan_id}/jadwal/"
    for address in ("/pelatihan/kurikulum/", grid, of, f"{of}sesi/tambah/", f"{sesi.get_absolute_url()}ubah/",
                    f"{of}jadwal/html/", f"{of}daftar-hadir/{sesi.hari}/html/",
                    f"{of}daftar-hadir/{sesi.hari}/lembar/"):  # fmt: skip
        page.goto(address)
        check(page, address)

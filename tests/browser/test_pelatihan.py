"""From the Sekda's letter to a certificate that a stranger checks: five people, each on their own device."""

import datetime
import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from p3pd_portal.lib import presensi as kode
from pelatihan.models import Angkatan, Sertifikat, Sesi
from tests.browser.conftest import DESKTOP
from tests.browser.test_pelatihan_usulan import angkatan, propose
from tests.browser.test_smoke import login
from tests.factories import IndikatorFactory
from tests.pelatihan.dunia_usulan import hari


__all__ = ["angkatan"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
A1 = "11.01.01.2001"
SESI = {"Judul": "Kepemimpinan", "Hari": None, "Dari jam": "00:00", "Sampai jam": "23:59",
        "Jam pelajaran (JP)": "4", "Terlambat sesudah (menit)": ""}  # fmt: skip

RENCANA = {"Masalah": "Balita jarang ditimbang", "Kegiatan": "Menyusun jadwal posyandu", "Desa atau kelurahan": A1,
           "Target terukur": "20 dari 25 balita", "Tenggat": "2099-01-01", "Penanggung jawab": "Kasi"}  # fmt: skip


def fill(page: Page, told: dict[str, str], save: str = "Simpan") -> None:
    for label, value in told.items():
        page.get_by_label(label).first.fill(value)
    page.get_by_role("button", name=save).click()


def step(page: Page, angkatan: Angkatan, name: str, then: str) -> None:
    """Press a button of the road on the cohort's page."""
    page.goto(angkatan.get_absolute_url())
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("[aria-current=step]")).to_have_text(then)


def select(page: Page, angkatan: Angkatan) -> None:
    step(page, angkatan, "Tutup usulan dan mulai seleksi", "seleksi")
    page.get_by_role("link", name="Usulan dan seleksi").click()
    page.get_by_role("link", name="Kabupaten Satu").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Setujui").click()
    expect(page.get_by_text("2 calon disetujui.")).to_be_visible()
    step(page, angkatan, "Tetapkan peserta", "peserta ditetapkan")


def prepare(page: Page, angkatan: Angkatan) -> None:
    """A class with one session, everybody in it, and a question asked before and after."""
    page.get_by_role("link", name="Kelas baru").click()
    page.get_by_label("Zona waktu").select_option("WIB")
    fill(page, {"Nama kelas": "Kelas A", "Kode wilayah tempatnya": "11.01"})
    page.goto(f"{angkatan.get_absolute_url()}peserta/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Masukkan yang dicentang ke").select_option("Kelas A")
    page.get_by_role("button", name="Masukkan").click()
    page.goto(f"{angkatan.kelas.get().get_absolute_url()}sesi/tambah/")
    today = timezone.localdate(timezone=angkatan.kelas.get().zona_waktu).isoformat()
    fill(page, {label: value or (today if value is None else "") for label, value in SESI.items()}, "Simpan sesi")
    page.goto(f"{angkatan.get_absolute_url()}soal/tambah/")
    fill(page, {"Pertanyaan": "Siapa membina desa?", "Pilihan A": "Camat", "Pilihan B": "Bupati"})
    now = timezone.localtime()
    times = {"Dibuka (WIB)": now - datetime.timedelta(hours=1), "Ditutup (WIB)": now + datetime.timedelta(hours=2)}
    for jenis in ("pra", "pasca"):
        page.goto(f"{angkatan.get_absolute_url()}tes/{jenis}/")
        told = {label: moment.strftime("%Y-%m-%dT%H:%M") for label, moment in times.items()}
        fill(page, {**told, "Siapa membina desa?": "1"})
    step(page, angkatan, "Mulai pelatihan", "berlangsung")


def code_of(page: Page, angkatan: Angkatan, nama: str) -> str:
    """A one-time code as the organiser reads it from the screen."""
    page.goto(f"{angkatan.kelas.get().get_absolute_url()}kode/")
    page.get_by_role("button", name="Buat kode dan tampilkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode sekali pakai Kelas A")
    return page.get_by_role("listitem").filter(has_text=nama).locator(".font-monospace").inner_text()


def take_part(page: Page, code: str) -> None:
    """On the telephone: link it, scan, answer before and after, and plan."""
    page.goto("/ikut/")
    fill(page, {"Kode sekali pakai": code}, "Hubungkan")
    page.wait_for_url("**/ikut/*/")
    own = page.url
    sesi = Sesi.objects.get()
    page.goto(f"/ikut/h/{sesi.pk}/{kode.token(bytes(sesi.kunci), time.time())}/")
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text(re.compile("Tercatat: hadir"))).to_be_visible()
    for name, choice, mark in (("Prates", "Bupati", "0,00"), ("Pascates", "Camat", "100,00")):
        page.goto(own)
        page.get_by_role("link", name=name).click()
        page.get_by_role("button", name="Mulai").click()
        page.get_by_label(choice, exact=True).check()
        page.get_by_role("button", name="Simpan dan lanjut").click()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_text(mark)).to_be_visible()
    page.goto(own)
    page.get_by_role("link", name="Rencana baru").click()
    page.get_by_label("Indikator").select_option("KES-01")
    fill(page, RENCANA)
    expect(page.get_by_role("heading", name="Menyusun jadwal posyandu")).to_be_visible()


def certify(page: Page, angkatan: Angkatan) -> None:
    step(page, angkatan, "Akhiri kelas dan mulai evaluasi", "evaluasi")
    page.get_by_role("link", name="Kelulusan dan sertifikat").click()
    page.get_by_role("button", name="Putuskan menurut syarat").click()
    expect(page.get_by_role("row").filter(has_text="Siti Aminah")).to_contain_text("lulus")
    expect(page.get_by_role("row").filter(has_text="Budi Santoso")).to_contain_text("tidak lulus")
    page.get_by_role("link", name="Terbitkan sertifikat").click()
    fill(page, {"Tempat": "Jakarta", "Tanggal": hari(0).isoformat(), "Jabatan penanda tangan": "Direktur",
                "Nama penanda tangan tanpa gelar": "Rina Utami"}, "Buat sertifikat")  # fmt: skip
    expect(page.get_by_text("Sertifikat dibuat.")).to_be_visible()


def test_from_the_letter_to_the_certificate(
    tab: Callable[..., Page], cast: SimpleNamespace, wilayah: dict[str, Wilayah], angkatan: Angkatan
) -> None:
    IndikatorFactory(kode="KES-01", nama="Balita ditimbang")
    Angkatan.objects.update(batas_usulan=hari(0), mulai=hari(0), selesai=hari(4), syarat_hadir=80, syarat_nilai=70,
                            syarat_rtl=True, pola_nomor="{urut}/ToT/{tahun}")  # fmt: skip
    propose(tab())
    organiser = tab(DESKTOP)
    login(organiser, cast, "admin_provinsi")
    select(organiser, angkatan)
    prepare(organiser, angkatan)
    take_part(tab(), code_of(organiser, angkatan, "Siti Aminah"))
    certify(organiser, angkatan)
    satu = Sertifikat.objects.get()
    stranger = tab()
    stranger.goto("/v/")
    fill(stranger, {"Kode pada sertifikat": satu.kode_tampil}, "Periksa")
    expect(stranger.get_by_text("Sertifikat ini diterbitkan melalui portal ini.")).to_be_visible()
    expect(stranger.get_by_role("heading", name="Siti Aminah")).to_be_visible()
    assert "Budi Santoso" not in stranger.content()

"""An office without an account proposes on a phone, from the mail to the letter; the organiser selects."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from pelatihan.actions.undangan import invite
from pelatihan.models import Angkatan, Calon, Peserta, Undangan
from tests.assertions import sent_mail, weights
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories.usulan import PDF, nip
from tests.pelatihan.dunia_usulan import SATU, angkatan_tot, hari


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def angkatan(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Angkatan:
    angkatan = angkatan_tot(wilayah)
    invite(by=cast.admin_provinsi, angkatan=angkatan, surel={wilayah[SATU].pk: "setda@satu.test"})
    return angkatan


def mailed(pattern: str) -> str:
    """What the newest mail to the office says at one place."""
    (text,) = [m.body for m in sent_mail() if m.to == ["setda@satu.test"]][-1:]
    found = re.search(pattern, text, re.MULTILINE)
    assert found
    return found[0]


def add(page: Page, number: int, nama: str) -> None:
    page.get_by_role("link", name="Tambah calon").click()
    page.get_by_label("Unsur").select_option("Bappeda")
    page.get_by_label("NIP").fill(nip(number))
    page.get_by_label("Nama tanpa gelar").fill(nama)
    page.get_by_label("Jabatan").fill("Analis")
    page.get_by_label("Instansi").fill("Bappeda")
    page.get_by_label("Telepon").fill("0812 3456 7890")
    if number == 1:
        check(page, "usul-calon")
    page.get_by_role("button", name="Simpan").click()


def propose(page: Page) -> None:
    page.goto(mailed(r"/usul/t/\S+/"))
    check(page, "usul-tautan")
    page.get_by_role("button", name="Kirim kode").click()
    expect(page.get_by_text("Kode dikirim ke se•••@satu.test.")).to_be_visible()
    page.get_by_label("Kode sekali pakai").fill("0000-0000")
    page.get_by_role("button", name="Buka usulan").click()
    expect(page.get_by_text("Kode ini salah")).to_be_visible()
    page.get_by_label("Kode sekali pakai").fill(mailed(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    page.get_by_role("button", name="Buka usulan").click()
    for number, nama in enumerate(("Siti Aminah", "Budi Santoso", "Rina Wati"), 1):
        add(page, number, nama)
    expect(page.get_by_text("cadangan: melebihi kuota")).to_be_visible()
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("alert").filter(has_text="Isi nomor surat.")).to_be_visible()
    check(page, "usul-kurang")
    page.get_by_role("link", name="Isi surat dan unggah").click()
    page.get_by_label("Nomor surat").fill("800/12/2026")
    page.get_by_label("Tanggal surat").fill(hari(0).isoformat())
    page.get_by_label("Nama pejabat pengusul").fill("Sri Rejeki")
    berkas = {"name": "surat.pdf", "mimeType": PDF.tipe, "buffer": PDF.isi}
    page.get_by_label("Pindaian surat bertanda tangan").set_input_files(berkas)  # type: ignore[arg-type]
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_text("Usulan terkirim.")).to_be_visible()
    check(page, "usul")


def select(page: Page, angkatan: Angkatan) -> None:
    work = f"/wilayah/11/pelatihan/kelola/{angkatan.pk}/"
    Angkatan.objects.update(status="seleksi")
    for address in ("kuota", "undangan", "usulan"):
        page.goto(f"{work}{address}/")
        check(page, address)
    page.get_by_role("link", name="Kabupaten Satu").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    check(page, "seleksi")
    page.get_by_role("button", name="Setujui").click()
    expect(page.get_by_text("2 calon disetujui. Kuota penuh, menjadi cadangan: Rina Wati.")).to_be_visible()
    check(page, "seleksi-selesai")
    page.goto("/wilayah/11/pelatihan/kelola/")
    check(page, "papan")


def test_from_the_mail_to_the_selection(page: Page, cast: SimpleNamespace, angkatan: Angkatan) -> None:
    propose(page)
    login(page, cast, "admin_provinsi")
    select(page, angkatan)
    assert Peserta.objects.count() == 2
    assert Calon.objects.filter(status="cadangan").count() == 1


def test_the_door_is_light(page: Page, angkatan: Angkatan) -> None:
    found = weights(page.goto(mailed(r"/usul/t/\S+/")).text())  # type: ignore[union-attr]
    assert sum(found[kind] for kind in ("html", "css", "js", "img")) <= 45 * 1024
    assert Undangan.objects.get().usulan.status == "draf"

"""Those who run a cohort bring its participants in, hand out codes, and look at what came of the training."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from pelatihan.models import Peserta
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.factories import PesertaFactory
from tests.pelatihan.dunia_orang import NIP, aparatur, baris, berkas_csv
from tests.pelatihan.queries.test_kaskade import dunia  # noqa: F401 - a fixture


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


def test_a_list_is_uploaded_looked_at_and_saved(page: Page, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    angkatan = aparatur(wilayah["11.01"])
    known = PesertaFactory(angkatan=angkatan, orang__nama="Siti Aminah", orang__nip=NIP, orang__jabatan="Sekcam")
    home = f"{angkatan.get_absolute_url()}peserta/"
    login(page, cast, "admin_kabupaten")
    page.goto(home)
    check(page, "peserta")
    page.get_by_role("link", name="Unggah daftar").click()
    check(page, "unggah")
    rows = [baris(nip=NIP, jabatan="Camat"), *(baris(nama=f"Orang {n}", instansi="Kecamatan Beta") for n in range(3))]
    for content, found in ((berkas_csv(baris(unsur="warga")), "Tidak ada yang disimpan: 1 kesalahan"),
                           (berkas_csv(*rows), "jabatan: Sekcam → Camat")):  # fmt: skip
        page.locator("input[type=file]").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Periksa berkas").click()
        expect(page.get_by_text(found)).to_be_visible()
        check(page, found)
    page.get_by_role("button", name="Simpan 3 peserta baru dan 1 perubahan").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    page.goto(home)
    for nama in ("Orang 0", "Orang 1"):
        page.get_by_label(f"Pilih {nama}").check()
    page.get_by_label("Masukkan yang dicentang ke").select_option("Kelas A")
    page.get_by_role("button", name="Masukkan").click()
    assert Peserta.objects.filter(kelas__nama="Kelas A").count() == 2
    page.goto(f"{home}{known.pk}/ubah/")
    check(page, "ubah")
    page.goto(f"/pelatihan/kelas/{angkatan.kelas.get().pk}/kode/")
    check(page, "kode")
    page.get_by_role("button", name="Buat kode dan tampilkan").click()
    expect(page.get_by_role("status")).to_contain_text("Cetak halaman ini sekarang")
    check(page, "kode cetak")


def test_two_records_and_the_cascade(page: Page, cast: SimpleNamespace, dunia: SimpleNamespace) -> None:  # noqa: F811
    people = [PesertaFactory(angkatan=dunia.lanjutan, orang__nama="Siti", orang__jabatan=jabatan).orang
              for jabatan in ("Camat", "Sekcam")]  # fmt: skip
    Peserta.objects.filter(orang=people[1]).delete()
    login(page, cast, "admin_pusat")
    page.goto(f"/orang/{people[0].pk}/gabung/")
    check(page, "cari")
    page.get_by_role("link", name="Bandingkan").click()
    check(page, "bandingkan")
    page.get_by_label("Jabatan yang dipakai").select_option("Sekcam")
    page.get_by_label("Mengapa keduanya orang yang sama").fill("SK pelantikan sama")
    page.get_by_role("button", name="Gabungkan").click()
    expect(page.get_by_text("Digabung.")).to_be_visible()
    for kode in ("0", "11", "11.01", "11.01.01"):
        page.goto(f"/wilayah/{kode}/pelatihan/kaskade/")
        check(page, f"kaskade {kode}")

"""The file of people and its three steps, as the admin of Kabupaten Satu sees them in the browser."""

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecamatan.importers.orang import KOLOM
from kecamatan.models import BerkasImpor, Pengguna
from kecamatan.permissions import PERAN
from tests.assertions import content, row_counts, visible_text
from tests.factories import BerkasImporFactory, PenggunaFactory
from tests.kecamatan.orang_berkas import BUDI, SITI, csv_orang, xlsx_orang


pytestmark = pytest.mark.django_db
IMPOR = "/wilayah/11.01/orang/impor/"


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


def upload(client: Client, content: bytes, name: str = "orang.csv") -> Any:
    return client.post(IMPOR, {"berkas": SimpleUploadedFile(name, content)})


def waiting(client: Client) -> str:
    """Address of a file that was uploaded and waits for confirmation."""
    answer = upload(client, csv_orang([SITI, BUDI | {"nip": "199001012022212001"}]))
    assert answer.status_code == 302
    return str(answer["Location"])


def test_without_a_file_the_page_asks_for_one(admin: Client) -> None:
    answer = admin.post(IMPOR, {"lain": "isi"})
    assert answer.status_code == 422
    assert "Pilih berkasnya lebih dahulu." in visible_text(answer)


def test_a_wrong_file_is_answered_with_a_table_of_errors(admin: Client) -> None:
    before = row_counts()
    answer = upload(admin, csv_orang([SITI | {"nip": "1"}, BUDI | {"kode_wilayah": "11.02.01.2001"}]))
    text = visible_text(answer)
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan: 2 kesalahan" in text
    assert "2 nip NIP terdiri atas 18 angka" in text
    assert "3 kode_wilayah Desa G1 berada di luar Kabupaten Satu." in text
    assert row_counts() == before


def test_the_template_lists_every_column_and_role(admin: Client) -> None:
    answer = admin.get(f"{IMPOR}templat.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book["Orang"][1]] == KOLOM
    said = " ".join(str(cell.value) for row in book["Petunjuk"].iter_rows() for cell in row)
    assert all(kode in said for kode in PERAN)
    assert content(admin.get(f"{IMPOR}templat.csv")).strip("\ufeff\r\n").split(",") == KOLOM
    assert admin.get(f"{IMPOR}templat.pdf").status_code == 404


def test_an_empty_template_is_told_to_be_filled(admin: Client) -> None:
    assert "Berkas tidak memuat satu orang pun." in visible_text(upload(admin, xlsx_orang([]), "orang.xlsx"))


def test_the_preview_counts_by_role_and_shows_notes(admin: Client) -> None:
    text = visible_text(admin.get(waiting(admin)))
    assert "akun baru, diundang 2" in text
    assert "Operator Desa 1 Operator Kecamatan 1" in text
    assert "Baris 3: Angka 13–14 NIP bukan bulan." in text
    assert "siti@uji.test" not in text


def test_saving_invites_and_says_so(admin: Client) -> None:
    page = waiting(admin)
    answer = admin.post(f"{page}simpan/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Tersimpan. Undangan dikirim kepada pemilik akun baru." in visible_text(answer)
    assert "simpan/" not in content(answer)
    assert Pengguna.objects.filter(email__in=["siti@uji.test", "budi@uji.test"]).count() == 2


def test_a_file_without_news_can_only_be_put_away(admin: Client) -> None:
    admin.post(f"{waiting(admin)}simpan/")
    page = admin.get(waiting(admin))
    assert "Semua baris sudah tercatat." in visible_text(page)
    assert "simpan/" not in content(page)
    assert "batal/" in content(page)


def test_a_preview_that_no_longer_fits_is_answered_409(admin: Client) -> None:
    page = waiting(admin)
    PenggunaFactory(email="budi@uji.test", is_active=False)
    answer = admin.post(f"{page}simpan/")
    assert answer.status_code == 409
    assert "Tidak ada yang disimpan: 1 kesalahan" in visible_text(answer)


def test_discarding_forgets_the_file(admin: Client) -> None:
    answer = admin.post(f"{waiting(admin)}batal/", follow=True)
    assert answer.redirect_chain == [(IMPOR, 302)]
    assert "Dibatalkan. Tidak ada yang disimpan." in visible_text(answer)
    assert BerkasImpor.objects.values_list("status", "isi").get() == ("dibatalkan", None)


def test_files_of_another_kind_or_region_are_not_found(admin: Client, cast: SimpleNamespace) -> None:
    page = waiting(admin)
    other = Client()
    other.force_login(cast.admin_kabupaten_lain)
    assert other.get(page.replace("11.01", "11.02")).status_code == 404
    assert other.get(page).status_code == 404
    apbdes = BerkasImporFactory(wilayah=BerkasImpor.objects.get().wilayah)
    assert admin.get(f"{IMPOR}{apbdes.pk}/").status_code == 404

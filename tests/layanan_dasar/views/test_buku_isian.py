"""The workbook of a sheet on its pages: out, back, looked at, taken over."""

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from layanan_dasar.actions import langkah_isian as langkah
from layanan_dasar.models import Isian, NilaiIsian
from layanan_dasar.queries.lembar import isi_of
from tests.assertions import visible_text
from tests.layanan_dasar.isian import Meja, ada, hari_ini


pytestmark = pytest.mark.django_db


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


def login(pengguna: Pengguna) -> Client:
    client = Client()
    client.force_login(pengguna)
    return client


@pytest.fixture
def client(meja: Meja) -> Client:
    return login(meja.cast.upt_pendidikan_a)


def alamat(page: str, *more: object, kode: str = "11.01.01") -> str:
    return reverse(f"layanan_dasar:{page}", args=[kode, "PDK-Y", "2025", *more])


def unduh(client: Client) -> Workbook:
    page = client.get(alamat("isian_buku"))
    assert page.headers["Content-Disposition"].startswith('attachment; filename="11.01.01_PDK-Y_2025_v')
    return openpyxl.load_workbook(io.BytesIO(page.content))


def put(book: Workbook, kode_desa: str, variabel: str, value: object) -> None:
    """Type into the cell of a desa and variable, found by the machine codes of the sheet."""
    page = book["PDK-Y"]
    rows = list(page.iter_rows())
    header = next(row for row in rows if any(cell.value == variabel for cell in row))
    column = next(cell.column for cell in header if cell.value == variabel)
    row = next(cell.row for row in rows for cell in row if cell.value == kode_desa)
    page.cell(row=row, column=column, value=value)


def unggah(client: Client, book: Workbook) -> HttpResponse:
    out = io.BytesIO()
    book.save(out)
    return client.post(alamat("isian_unggah"), {"berkas": SimpleUploadedFile("isian.xlsx", out.getvalue())})


def periksa(client: Client) -> str:
    return visible_text(client.get(alamat("isian_periksa", BerkasImpor.objects.latest("created_at").pk)))


def simpan(client: Client, *pilih: str) -> HttpResponse:
    berkas = BerkasImpor.objects.latest("created_at")
    return client.post(alamat("isian_terima", berkas.pk), {"pilih": pilih}, follow=True)


def test_from_the_template_to_a_draft(meja: Meja, client: Client) -> None:
    book = unduh(client)
    put(book, "11.01.01.2001", "PDK-01.pembilang", 82)
    put(book, "11.01.01.2001", "PDK-01.penyebut", 100)
    page = unggah(client, book)
    berkas = BerkasImpor.objects.get()
    assert page.headers["Location"] == alamat("isian_periksa", berkas.pk)
    text = periksa(client)
    assert "baru 1 berubah 0 dikosongkan 0 bentrok 0 galat 0 peringatan 0" in text
    assert "A1 PDK-01 Indikator PDK-01 kosong 82,0% (82 dari 100)" in text
    assert not NilaiIsian.objects.exists()
    assert "1 sel tersimpan sebagai draf." in visible_text(simpan(client))
    assert isi_of(Isian.objects.get()) == {meja.kunci(0): ada(82)}
    berkas.refresh_from_db()
    assert (berkas.status, berkas.isi, berkas.ringkasan["tersimpan"]) == ("tersimpan", None, 1)
    assert "Berkas ini sudah selesai sebelumnya." in visible_text(simpan(client))


def test_unchanged_it_changes_nothing(meja: Meja, client: Client) -> None:
    meja.isi_penuh()
    unggah(client, unduh(client))
    text = periksa(client)
    assert "sama 6 baru 0 berubah 0" in text
    assert "Tidak ada yang perlu disimpan." in text


def test_errors_are_shown_marked_and_stop_the_saving(meja: Meja, client: Client) -> None:
    book = unduh(client)
    put(book, "11.01.01.2001", "PDK-01.pembilang", "dua puluh")
    put(book, "11.01.01.2002", "PDK-01.pembilang", 120)
    put(book, "11.01.01.2002", "PDK-01.penyebut", 100)
    unggah(client, book)
    text = periksa(client)
    assert "galat 2" in text
    assert "Betulkan dahulu sel bergalat" in text
    marked = client.get(alamat("isian_bertanda", BerkasImpor.objects.get().pk))
    assert "Temuan" in openpyxl.load_workbook(io.BytesIO(marked.content)).sheetnames
    assert simpan(client).status_code == 409
    assert not NilaiIsian.objects.exists()


def test_two_who_fill_in_the_same_cell_choose(meja: Meja, client: Client) -> None:
    book = unduh(client)
    put(book, "11.01.01.2001", "PDK-01.pembilang", 82)
    put(book, "11.01.01.2001", "PDK-01.penyebut", 100)
    put(book, "11.01.01.2002", "PDK-01.pembilang", 50)
    put(book, "11.01.01.2002", "PDK-01.penyebut", 100)
    meja.save({meja.kunci(0): ada(90), meja.kunci(2): ada(70)}, by=meja.cast.operator_kecamatan_a)
    unggah(client, book)
    text = periksa(client)
    assert "bentrok 1" in text
    assert "A1, PDK-01 · di portal 90,0% (90 dari 100) · buku kerja 82,0% (82 dari 100)" in text
    simpan(client)
    assert isi_of(Isian.objects.get()) == {meja.kunci(0): ada(90), meja.kunci(1): ada(50), meja.kunci(2): ada(70)}
    unggah(client, book)
    simpan(client, f"{meja.desa[0].pk}:PDK-01", "x:PDK-01", "9")
    assert isi_of(Isian.objects.get())[meja.kunci(0)] == ada(82)


def test_what_is_no_workbook_of_this_sheet_is_refused_at_once(meja: Meja, client: Client) -> None:
    page = unggah(client, Workbook())
    assert page.status_code == 422
    assert "bukan buku kerja dari portal" in visible_text(page)
    other = login(meja.cast.operator_kecamatan_b).get(alamat("isian_buku", kode="11.01.02"))
    page = unggah(client, openpyxl.load_workbook(io.BytesIO(other.content)))
    assert "milik kecamatan 11.01.02" in visible_text(page)
    assert not BerkasImpor.objects.exists()
    assert client.post(alamat("isian_unggah")).status_code == 422


def test_a_workbook_of_the_first_version_meets_the_second(meja: Meja, client: Client) -> None:
    book = unduh(client)
    meja.sahkan(meja.isi_penuh())
    put(book, "11.01.01.2001", "PDK-01.pembilang", 10)
    put(book, "11.01.01.2001", "PDK-01.penyebut", 100)
    unggah(client, book)
    assert "bentrok 1" in periksa(client)
    page = simpan(client, f"{meja.desa[0].pk}:PDK-01")
    assert "Lembar ini sudah terbit." in visible_text(page)


def test_a_locked_or_submitted_sheet_refuses_the_workbook_like_the_grid(meja: Meja, client: Client) -> None:
    isian = meja.isi_penuh()
    book = unduh(client)
    put(book, "11.01.01.2001", "PDK-01.pembilang", 10)
    unggah(client, book)
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    assert "Minta dikembalikan dahulu" in visible_text(simpan(client))
    assert isi_of(isian)[meja.kunci(0)] == ada(82)


def test_a_waiting_workbook_can_be_dropped(meja: Meja, client: Client) -> None:
    unggah(client, unduh(client))
    berkas = BerkasImpor.objects.get()
    client.post(alamat("isian_buang", berkas.pk))
    berkas.refresh_from_db()
    assert berkas.status == "dibatalkan"
    assert client.get(alamat("isian_bertanda", berkas.pk)).status_code == 404
    assert "Ringkasan, temuan, dan pengajuan" in periksa(client)


def test_a_waiting_file_belongs_to_its_sheet_and_the_workbook_to_the_kecamatan(meja: Meja, client: Client) -> None:
    unggah(client, unduh(client))
    berkas = BerkasImpor.objects.get()
    assert (
        client.get(reverse("layanan_dasar:isian_periksa", args=["11.01.01", "PDK-Y", "2024", berkas.pk])).status_code
        == 404
    )
    assert client.get(alamat("isian_buku", kode="11.01.01.2001")).status_code == 404

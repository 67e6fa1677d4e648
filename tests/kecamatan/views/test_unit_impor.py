"""Handing in a list of units in the browser, and on the command line."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kecamatan.models import BerkasImpor, UnitLayanan, Wilayah
from tests.assertions import content, visible_text
from tests.factories import BerkasImporFactory
from tests.kecamatan.berkas import A1, B1, G1, TEMPLAT, impor, unit, unit_csv


ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def address(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"kecamatan:unit_{name}", args=[kode, *args])


def upload(client: Client, file: bytes) -> Any:
    return client.post(address("impor"), {"berkas": SimpleUploadedFile("unit.csv", file)})


def waiting(client: Client, *rows: Any) -> BerkasImpor:
    assert upload(client, unit_csv(*rows)).status_code == 302
    return BerkasImpor.objects.latest("created_at")


def test_without_a_file_the_page_asks_for_one(operator: Client) -> None:
    assert "Pilih berkasnya lebih dahulu." in visible_text(operator.post(address("impor")))


def test_a_wrong_file_is_answered_with_every_error_and_kept_nowhere(operator: Client) -> None:
    answer = upload(operator, unit_csv(unit(jenis="warung"), unit(kode_wilayah=B1), unit(wilayah_kerja=G1)))
    text = visible_text(answer)
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan: 3 kesalahan" in text
    assert "2 jenis Jenis “warung” tidak dikenal." in text
    assert f"3 kode_wilayah {B1} di luar Kecamatan Alfa." in text
    assert "4 wilayah_kerja Wilayah kerja tidak boleh keluar dari kabupaten/kota 11.01" in text
    assert not BerkasImpor.objects.exists()


def test_what_stands_in_a_cell_never_becomes_markup(operator: Client) -> None:
    page = content(operator.get(address("pratinjau", waiting(operator, unit("<b>x</b>")).pk)))
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_the_preview_tells_new_from_changed(operator: Client) -> None:
    impor(unit(), unit("Posyandu Mawar"))
    berkas = waiting(operator, unit(alamat="Dusun Krajan"), unit("Baru", wilayah_kerja=A1), unit("Posyandu Mawar"))
    text = visible_text(operator.get(address("pratinjau", berkas.pk)))
    assert "unit baru 1" in text.replace("1 unit baru", "unit baru 1")
    assert f"Posyandu Melati posyandu 2 A1 {A1} belum dirinci alamat" in text
    assert f"Baru posyandu 3 A1 {A1} 1 baru" in text
    assert "Simpan 1 unit baru dan 1 perubahan" in text


def test_a_file_without_news_cannot_be_saved(operator: Client) -> None:
    impor(unit())
    page = operator.get(address("pratinjau", waiting(operator, unit()).pk))
    assert "Tidak ada yang perlu disimpan." in visible_text(page)
    assert "/simpan/" not in content(page)


def test_saving_stores_once_and_says_so(operator: Client) -> None:
    berkas = waiting(operator, unit())
    answer = operator.post(address("simpan", berkas.pk), follow=True)
    assert "Tersimpan. Daftar unit layanan sudah diperbarui." in visible_text(answer)
    assert operator.post(address("simpan", berkas.pk)).status_code == 302
    assert UnitLayanan.objects.get().berkas_id == berkas.pk


def test_a_preview_that_no_longer_fits_is_answered_409(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    berkas = waiting(operator, unit(kode_unit="POS-1"))
    impor(unit("Lain", kode_unit="POS-1", kode_wilayah=B1))
    answer = operator.post(address("simpan", berkas.pk))
    assert answer.status_code == 409
    assert "milik unit di" in visible_text(answer)
    assert UnitLayanan.objects.get().nama == "Lain"


def test_discarding_forgets_the_file(operator: Client) -> None:
    berkas = waiting(operator, unit())
    answer = operator.post(address("batal", berkas.pk), follow=True)
    assert "Dibatalkan. Tidak ada yang disimpan." in visible_text(answer)
    operator.post(address("simpan", berkas.pk))
    assert not UnitLayanan.objects.exists()


@pytest.mark.parametrize(("name", "method"), [("pratinjau", "get"), ("simpan", "post"), ("batal", "post")])
def test_a_file_of_another_region_or_kind_is_not_found(
    name: str, method: str, operator: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    budget = BerkasImporFactory(wilayah=wilayah[ALFA], jenis="apbdes")
    assert getattr(operator, method)(address(name, budget.pk)).status_code == 404
    berkas = waiting(operator, unit())
    operator.force_login(cast.admin_kabupaten)
    assert getattr(operator, method)(address(name, berkas.pk, kode="11.01")).status_code == 404
    assert BerkasImpor.objects.filter(status="pratinjau").count() == 2


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_the_template_has_the_columns_of_the_importer(bentuk: str, operator: Client) -> None:
    answer = operator.get(address("templat", bentuk))
    assert answer["Content-Disposition"] == f'attachment; filename="templat-unit-layanan.{bentuk}"'
    if bentuk == "csv":
        assert tuple(answer.content.decode("utf-8-sig").strip().split(",")) == TEMPLAT
    else:
        book = load_workbook(io.BytesIO(answer.content))
        assert tuple(cell.value for cell in book["Unit layanan"][1]) == TEMPLAT
        assert [row[0] for row in book["Petunjuk"].iter_rows(min_row=2, values_only=True)] == list(TEMPLAT)
        assert book["Jenis"]["A2"].value == "puskesmas"
    assert "Berkas tidak memuat satu unit pun." in visible_text(upload(operator, answer.content))


def test_the_command_takes_a_file_for_every_region(tmp_path: Path, wilayah: dict[str, Wilayah]) -> None:
    file, out = tmp_path / "unit.csv", io.StringIO()
    file.write_bytes(unit_csv(unit(), unit(kode_wilayah=G1)))
    call_command("impor", "unit", str(file), "--periksa", stdout=out)
    assert "unit: 2 baru, 0 berubah, 0 sama (pemeriksaan saja, tidak disimpan)" in out.getvalue()
    assert not UnitLayanan.objects.exists()
    call_command("impor", "unit", str(file), stdout=out)
    assert UnitLayanan.objects.count() == 2
    assert BerkasImpor.objects.get().ringkasan["baru"] == 2


def test_the_command_names_every_error(tmp_path: Path, wilayah: dict[str, Wilayah]) -> None:
    file = tmp_path / "unit.csv"
    file.write_bytes(unit_csv(unit(jenis="warung")))
    with pytest.raises(CommandError, match="baris 2, kolom jenis: Jenis “warung” tidak dikenal"):
        call_command("impor", "unit", str(file))
    with pytest.raises(CommandError, match=r"manage\.py impor unit BERKAS"):
        call_command("impor", "unit")
    assert not BerkasImpor.objects.exists()

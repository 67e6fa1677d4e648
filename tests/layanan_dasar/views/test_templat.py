"""The empty template to download: what it holds, and that the importer knows it again."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.layanan_dasar.berkas import TEMPLAT, satu_galat


pytestmark = pytest.mark.usefixtures("acuan")


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def address(bentuk: str) -> str:
    return reverse("layanan_dasar:templat", args=["11.01.01", bentuk])


def _csv_header(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").strip().split(",")


def _xlsx_header(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    explained = [row[0] for row in book["Petunjuk"].iter_rows(min_row=2, values_only=True)]
    header = [cell.value for cell in book["APBDes"][1]]
    assert explained == header
    return header


@pytest.mark.parametrize(("bentuk", "header"), [("csv", _csv_header), ("xlsx", _xlsx_header)])
def test_the_template_has_the_columns_of_the_importer_and_is_refused_empty(
    bentuk: str, header: Callable[[bytes], list[str]], operator: Client
) -> None:
    answer = operator.get(address(bentuk))
    assert answer["Content-Disposition"] == f'attachment; filename="templat-apbdes.{bentuk}"'
    assert header(answer.content) == list(TEMPLAT)
    assert satu_galat(answer.content)[2].startswith("Berkas tidak memuat satu baris rincian pun. Isi templat")
    upload = {"berkas": SimpleUploadedFile(f"templat.{bentuk}", answer.content)}
    assert operator.post(reverse("layanan_dasar:impor", args=["11.01.01"]), upload).status_code == 422


def test_a_template_of_another_kind_is_not_found(operator: Client) -> None:
    assert operator.get(address("pdf")).status_code == 404

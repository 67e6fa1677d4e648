"""The files of the page of basic services."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.exports_capaian import BAGIAN
from tests.factories import IndikatorFactory, NilaiFactory, TargetFactory


pytestmark = pytest.mark.django_db
A1, A2, ALFA = "11.01.01.2001", "11.01.01.2002", "11.01.01"


@pytest.fixture
def angka(acuan: None, wilayah: dict[str, Wilayah]) -> None:
    sekolah = IndikatorFactory(kode="PDK-01")
    TargetFactory(indikator=sekolah)
    IndikatorFactory(kode="PDK-02")
    idm = IndikatorFactory(kode="IDM-01", bidang=None, konteks=True, jenis="skala")
    for kode, p in ((A1, 82), (A2, 40)):
        NilaiFactory(desa=wilayah[kode], indikator=sekolah, pembilang=p)
        NilaiFactory(desa=wilayah[kode], indikator=sekolah, pembilang=p - 10, periode="2024")
        NilaiFactory(desa=wilayah[kode], indikator=idm, pembilang=Decimal("0.5"), penyebut=None)
    for tahun in (2024, 2025):
        capaian.rebuild(tahun)


def book(client: Client, kode: str = ALFA, query: str = "") -> dict[str, list[dict[str, Any]]]:
    """Rows by the name of their sheet, as dicts."""
    answer = client.get(f"/wilayah/{kode}/capaian/unduh.xlsx{query}")
    sheets = load_workbook(io.BytesIO(answer.content), read_only=True)
    found = {}
    for sheet in sheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(header, row, strict=False)) for row in rows]
    return found


def test_every_table_is_a_sheet_with_numbers(angka: None, client: Client) -> None:
    sheets = book(client)
    assert list(sheets) == list(BAGIAN.values())
    sekolah, kosong, idm = sheets["Indikator"]
    assert (sekolah["kode"], sekolah["periode"], sekolah["nilai"], sekolah["pembilang"]) == ("PDK-01", "2025", 61, 122)
    assert (sekolah["penyebut"], sekolah["skor"], sekolah["status"], sekolah["kurang"]) == (
        200,
        0.61,
        "perlu perhatian",
        78,
    )
    assert (sekolah["periode_sebelumnya"], sekolah["nilai_sebelumnya"], sekolah["nilai_wilayah_atas"]) == (
        "2024",
        51,
        61,
    )
    assert (sekolah["terendah_desa"], sekolah["tertinggi_desa"], sekolah["jumlah_desa"]) == (40, 82, 2)
    assert (kosong["kode"], kosong["nilai"], kosong["keterangan"]) == ("PDK-02", None, "belum dilaporkan")
    assert (idm["kode"], idm["konteks"], idm["skor"]) == ("IDM-01", "ya", None)


def test_scores_of_the_region_and_of_those_below_it(angka: None, client: Client) -> None:
    rows = book(client)["Bidang"]
    assert [(row["nama_wilayah"], row["skor"], row["dari_indikator"]) for row in rows] == [
        ("Alfa", 61, 2), ("A3", None, 2), ("A1", 82, 2), ("A2", 40, 2),
    ]  # fmt: skip
    full = book(client)["Kelengkapan"]
    assert [row["indikator_dengan_angka"] for row in full] == [0, 1, 1]


@pytest.mark.parametrize(
    ("bagian", "first"), [("", "kode,indikator"), ("bidang", "kode_wilayah,nama_wilayah,kode_bidang,bidang"),
                          ("kelengkapan", "kode_wilayah,nama_wilayah,kode_bidang,indikator"), ("x", "kode,indikator")]
)  # fmt: skip
def test_a_csv_holds_the_table_asked_for(bagian: str, first: str, angka: None, client: Client) -> None:
    answer = client.get(f"/wilayah/{ALFA}/capaian/unduh.csv?bagian={bagian}&tahun=2024")
    assert answer.content.decode("utf-8-sig").startswith(first)
    assert answer["Content-Disposition"] == 'attachment; filename="capaian-11.01.01-2024.csv"'


def test_other_forms_are_not_found(angka: None, client: Client) -> None:
    assert client.get(f"/wilayah/{ALFA}/capaian/unduh.pdf").status_code == 404


def test_a_region_without_figures_gives_a_table_that_says_so(angka: None, client: Client) -> None:
    rows = book(client, "11.02.01")["Indikator"]
    assert {row["keterangan"] for row in rows} == {"belum dilaporkan"}

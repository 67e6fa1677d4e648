"""OpenDK's Data Sarana: places become counts of a year, and what cannot be counted is named."""

import io
from decimal import Decimal
from typing import Any

import pytest

from layanan_dasar.importers.opendk_sarana import is_sarana, read_sarana
from layanan_dasar.models import Indikator
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected, read_table
from tests.layanan_dasar import opendk
from tests.layanan_dasar.opendk import DESA, SARANA, csv, xlsx


pytestmark = pytest.mark.django_db
D1, D2 = DESA[:2]


@pytest.fixture(autouse=True)
def katalog(db: None) -> None:
    opendk.load_katalog()


def read(file: io.BytesIO, periode: str = "2025") -> tuple[list[tuple[Any, ...]], list[str]]:
    """Desa, indicator, period and number of every figure; and the notes."""
    table, errors = read_table(file), Errors()
    assert is_sarana(table)
    rows = list(read_sarana(table, Periode.parse(periode) if periode else None, errors))
    errors.raise_if_any()
    return [(r.kode, r.indikator, r.periode, r.pembilang) for r in rows], table.notes


def refusals(file: io.BytesIO, periode: str = "2025") -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as caught:
        read(file, periode)
    return [(error.baris, error.kolom, error.pesan) for error in caught.value.errors]


def test_places_of_a_kind_add_up_and_kinds_outside_the_services_are_named() -> None:
    rows = [
        (D1, "Posyandu Melati", 3, "Posyandu", ""),
        (D1, "Posyandu Mawar", 1, "posyandu", "pindah"),
        (D1, "PAUD Ceria", 1, "PAUD/Sederajat", ""),
        (D2, "Posyandu Melati", 2, "Posyandu", ""),
        (D2, "Pasar Desa", 1, "Pasar", ""),
        (D2, "Mushola Al Ikhlas", 1, "Mushola", ""),
    ]
    found, notes = read(xlsx(SARANA, *rows))
    assert found == [
        (D1, "OD-SR-POSY", "2025", Decimal(4)),
        (D1, "OD-SR-PAUD", "2025", Decimal(1)),
        (D2, "OD-SR-POSY", "2025", Decimal(2)),
    ]
    assert notes == ["Tidak dimuat karena bukan layanan dasar: mushola (1 baris), pasar (1 baris)."]


@pytest.mark.parametrize("name", ["tahun", "periode"])
def test_the_year_may_stand_in_a_column(name: str) -> None:
    rows = [(D1, "SDN 1", 1, "SD/Sederajat", "", 2024), (D1, "SDN 1", 1, "SD/Sederajat", "", 2025)]
    found, notes = read(xlsx((*SARANA, name), *rows), periode="")
    assert (found, notes) == ([(D1, "OD-SR-SD", "2024", 1), (D1, "OD-SR-SD", "2025", 1)], [])


@pytest.mark.parametrize(
    ("row", "kolom", "pesan"),
    [
        ((D1, "Posyandu Melati", "", "Posyandu", ""), "jumlah", "Tulis 1 bila barisnya satu tempat"),
        ((D1, "Posyandu Melati", 1.5, "Posyandu", ""), "jumlah", "bulat"),
        ((D1, "Posyandu Melati", -1, "Posyandu", ""), "jumlah", "nol sampai"),
        ((D1, "Klinik", 1, "Klinik", ""), "kategori", "“Klinik” tidak dikenal. Isi salah satu: puskesmas,"),
        (("desa kami", "Posyandu Melati", 1, "Posyandu", ""), "desa_id", "bukan kode wilayah"),
    ],
)
def test_wrong_rows_are_named(row: tuple[object, ...], kolom: str, pesan: str) -> None:
    ((baris, where, text),) = refusals(xlsx(SARANA, row))
    assert (baris, where) == (2, kolom)
    assert pesan in text


def test_the_same_place_twice_is_refused() -> None:
    file = csv(SARANA, (D1, "Posyandu Melati", 1, "Posyandu", ""), (D1, "posyandu melati", 1, "Posyandu", ""))
    assert [(baris, kolom) for baris, kolom, _ in refusals(file)] == [(3, "nama")]


def test_the_year_must_be_told_and_be_a_year() -> None:
    row = (D1, "SDN 1", 1, "SD/Sederajat", "")
    assert "Sebutkan tahunnya" in refusals(csv(SARANA, row), periode="")[0][2]
    assert "periode 2025-07 tidak cocok" in refusals(csv(SARANA, row), periode="2025-07")[0][2]
    ((_, kolom, text),) = refusals(csv((*SARANA, "tahun"), (*row, "2025-07")), periode="")
    assert (kolom, text) == ("tahun", "Tahun ditulis empat angka, misalnya 2025.")


def test_without_the_catalogue_the_way_to_load_it_is_told() -> None:
    Indikator.objects.filter(kode="OD-SR-SD").delete()
    assert "OD-SR belum ada di katalog" in refusals(csv(SARANA, (D1, "SDN 1", 1, "SD/Sederajat", "")))[0][2]

"""Cells that any kind of file may hold: what people type, and what it becomes or why it is refused."""

import datetime
from decimal import Decimal

import pytest

from p3pd_portal.lib import cells


@pytest.mark.parametrize(("typed", "text"), [(20512345.0, "20512345"), (1.5, "1.5"), (" SD ", "SD"), (True, "True")])
def test_a_cell_as_it_reads(typed: object, text: str) -> None:
    assert cells.as_text(typed) == text


def test_choice_in_any_case() -> None:
    assert cells.Pilihan(("awal", "perubahan"))(" AWAL ") == "awal"


def test_wrong_choice_lists_the_right_ones() -> None:
    with pytest.raises(ValueError, match=r"“murni” tidak dikenal\. Isi salah satu: \(kosong\), awal\."):
        cells.Pilihan(("", "awal"))("murni")


def test_text_is_one_line_of_at_most_250_characters() -> None:
    assert cells.teks("  Posyandu \n Melati ") == "Posyandu Melati"
    assert len(cells.teks("a" * 300)) == 250


def test_text_with_a_nul_is_refused() -> None:
    with pytest.raises(ValueError, match="karakter yang tidak sah"):
        cells.teks("Pos\x00yandu")


def test_a_long_or_missing_text_is_refused_where_it_may_not_be_cut() -> None:
    assert cells.Teks(8)("  Posyandu ") == "Posyandu"
    assert cells.Teks(8)("") == ""
    with pytest.raises(ValueError, match=r"lebih dari 8 huruf\. Ringkas"):
        cells.Teks(8)("Posyandu M")
    with pytest.raises(ValueError, match="belum diisi"):
        cells.Teks(8, required=True)(" ")


@pytest.mark.parametrize(
    "typed",
    [
        "2025-06-30",
        "30/06/2025",
        "30-6-2025",
        datetime.date(2025, 6, 30),
        datetime.datetime(2025, 6, 30, 14, 0),
    ],
)
def test_date_in_each_way_it_is_written(typed: object) -> None:
    assert cells.tanggal(typed) == datetime.date(2025, 6, 30)


def test_no_date_is_none() -> None:
    assert cells.tanggal(" ") is None


@pytest.mark.parametrize("typed", ["31/02/2025", "30 Juni 2025", "06/30/2025", 45838.0])
def test_wrong_date_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match=r"tidak dikenal\. Tulis 2025-06-30 atau 30/06/2025\."):
        cells.tanggal(typed)


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [("-7,1123456", "-7.112346"), ("112.41725", "112.41725"), (-7.5, "-7.5"), (112, "112"), ("-7.117", "-7.117")],
)
def test_degrees_with_a_point_or_a_comma(typed: object, degrees: str) -> None:
    assert cells.derajat(typed) == Decimal(degrees)


def test_no_degrees_are_none() -> None:
    assert cells.derajat("") is None


@pytest.mark.parametrize("typed", ["7°06'S", "-7.1.2", "-7117234", "lintang", "1e2", "٧"])
def test_degrees_in_another_spelling_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="bukan derajat desimal"):
        cells.derajat(typed)

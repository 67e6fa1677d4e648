"""Tables to take away: numbers stay numbers, text stays text, and nothing becomes a formula."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from p3pd_portal.lib.tables import Sheet, to_csv, to_xlsx


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("http://x.id")',
    "-",
    "=cmd|' /C calc'!A0",
]
NUMBERS = [0, -5, 12, -1.5, Decimal("-1234567.89"), 10**15, True]
# XML has no place for control characters: the two libraries write and read them in different ways.
PRINTABLE = st.characters(exclude_categories=["Cc", "Cs", "Cn"])


def read_csv(header: list[str], *rows: list[object]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(header, rows).decode("utf-8-sig"), newline="")))


def read_xlsx(*sheets: Sheet) -> list[Worksheet]:
    """What another library finds in the workbook."""
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets))).worksheets


def test_a_csv_begins_with_the_mark_that_tells_excel_its_encoding() -> None:
    assert to_csv(["désa"], [["é"]]) == b"\xef\xbb\xbfd\xc3\xa9sa\r\n\xc3\xa9\r\n"


def test_a_csv_quotes_what_would_break_its_rows() -> None:
    assert to_csv(["a"], [['x,"y"\nz']]).decode("utf-8-sig") == 'a\r\n"x,""y""\nz"\r\n'


def test_unknown_values_are_empty_cells_in_a_csv() -> None:
    assert read_csv(["a", "b"], [None, ""]) == [["a", "b"], ["", ""]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_gets_a_quote_in_a_csv(text: str) -> None:
    assert read_csv(["a"], [text])[1] == ["'" + text]


def test_a_header_that_looks_like_a_formula_gets_a_quote_in_a_csv() -> None:
    assert read_csv(FORMULAS)[0] == ["'" + text for text in FORMULAS]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_untouched_in_a_csv(number: object) -> None:
    assert read_csv(["a"], [number])[1] == [str(number)]


@pytest.mark.parametrize("text", ["a=1", "33.05.12.2003", "1-2", "'=1", "é"])
def test_other_texts_are_untouched_in_a_csv(text: str) -> None:
    assert read_csv([text], [text]) == [[text], [text]]


@UNHURRIED
@given(st.text())
def test_no_cell_of_a_csv_begins_like_a_formula_and_no_text_is_lost(text: str) -> None:
    (cell,) = read_csv(["a"], [text, "x"])[1][:1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (text, "'" + text)


@pytest.mark.parametrize("text", [*FORMULAS, "{=SUM(A1)}", "http://x.id", "mailto:a@b.id", "007", "1.000", "1e5"])
def test_text_stays_text_in_a_workbook(text: str) -> None:
    (page,) = read_xlsx(Sheet("Lembar", [text], [[text]]))
    for cell in (page["A1"], page["A2"]):
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert cell.value.replace("_x000D_", "\r") == text


@UNHURRIED
@given(st.sampled_from("=+-@{") | PRINTABLE, st.text(PRINTABLE))
def test_whatever_a_text_begins_with_it_is_no_formula_in_a_workbook(first: str, rest: str) -> None:
    (page,) = read_xlsx(Sheet("Lembar", [first + rest], [[first + rest]]))
    assert [cell.data_type for (cell,) in page.iter_rows()] == ["s", "s"]
    assert page["A2"].value.replace("_x005F_", "_") == (first + rest).replace("_x005F_", "_")


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_stay_numbers_in_a_workbook(number: float) -> None:
    (page,) = read_xlsx(Sheet("Lembar", ["a"], [[number]]))
    assert page["A2"].data_type == "n"
    assert page["A2"].value == pytest.approx(float(number), rel=1e-15)


def test_unknown_values_are_empty_cells_in_a_workbook() -> None:
    (page,) = read_xlsx(Sheet("Lembar", ["a", "b", "c"], [[None, "", 1]]))
    assert [cell.value or None for cell in page[2]] == [None, None, 1]


@pytest.mark.parametrize("day", [datetime.date(2025, 1, 31), datetime.datetime(2025, 1, 31, 7, 30)])
def test_a_day_is_lost_in_neither_form(day: datetime.date) -> None:
    assert "2025" in read_csv(["hari"], [day])[1][0]
    (page,) = read_xlsx(Sheet("Lembar", ["hari"], [[day]]))
    assert "2025" in str(page["A2"].value)


def test_each_sheet_has_its_name_a_frozen_bold_header_and_its_widths() -> None:
    first, second = read_xlsx(Sheet("Satu", ["a", "b"], [["x", 1]], [18, 80]), Sheet("Dua", ["c"], []))
    assert (first.title, second.title) == ("Satu", "Dua")
    assert first.freeze_panes == second.freeze_panes == "A2"
    assert first["A1"].font.bold
    assert not first["A2"].font.bold
    assert [round(first.column_dimensions[name].width) for name in "AB"] == [19, 81]
    assert list(second.values) == [("c",)]


def test_rows_may_come_from_any_iterable() -> None:
    (page,) = read_xlsx(Sheet("Lembar", ["a"], ([number] for number in range(3))))
    assert list(page.values) == [("a",), (0,), (1,), (2,)]
    assert read_csv(["a"], *([number] for number in range(3))) == [["a"], ["0"], ["1"], ["2"]]

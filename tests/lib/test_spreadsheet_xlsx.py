"""An uploaded XLSX: real workbooks are read, and anything broken is refused in a sentence."""

import datetime
import io
import re
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from p3pd_portal.lib.spreadsheet import SAVE_AS, WEB, Limits, Rejected, RowError, read_table


Rows = list[tuple[int, list[Any]]]

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FIRST_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def read(data: bytes, limits: Limits = WEB) -> tuple[list[str], Rows]:
    table = read_table(io.BytesIO(data), limits)
    return table.header, list(table.rows)


def refusal(data: bytes, limits: Limits = WEB) -> RowError:
    with pytest.raises(Rejected) as caught:
        read(data, limits)
    (error,) = caught.value.errors
    assert re.fullmatch(r"[A-Z].+\.", error.pesan)
    return error


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written(number: float, form: str) -> bytes:
    """A header and one number in a cell of this form."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "kode")
        page.write_number(1, 0, number, book.add_format({"num_format": form}))
    return out.getvalue()


def repacked(
    change: Callable[[str, bytes], tuple[str, bytes]], source: bytes = b"", method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A good workbook, a small one unless given, with every part of it changed by `change`."""
    out = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(source or workbook(["kode"], ["a"])))
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in good.namelist():
            archive.writestr(*change(name, good.read(name)))
    return out.getvalue()


def with_sheet(rows: str, place: str = SHEET) -> bytes:
    """A workbook whose first sheet consists of these rows, in this part of the archive."""
    xml = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        return (place, xml) if name == SHEET else (name, content.replace(SHEET.encode(), place.encode()))

    return repacked(change)


def unchanged(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content


def broken(data: bytes, part: str = SHEET) -> bytes:
    """The same archive with twenty wrong bytes inside the packed content of one part."""
    start = data.index(part.encode()) + len(part) + 10
    return data[:start] + b"\xff" * 20 + data[start + 20 :]


def archive(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_texts_numbers_and_dates_arrive_as_what_they_are() -> None:
    data = workbook(["kode", "nilai", "hari", "benar"], ["01", 1.5, datetime.date(2025, 1, 31), True], ["", 7])
    header, rows = read(data)
    assert header == ["kode", "nilai", "hari", "benar"]
    assert rows == [(2, ["01", 1.5, datetime.date(2025, 1, 31), True]), (3, ["", 7, "", ""])]


def test_row_numbers_are_those_a_person_sees() -> None:
    table = read_table(io.BytesIO(workbook([], [], [" kode ", "nilai"], [], ["a", 1], [], ["b", 2])))
    assert (table.header, table.header_row) == (["kode", "nilai"], 3)
    assert list(table.rows) == [(5, ["a", 1]), (7, ["b", 2])]


def test_empty_columns_on_the_left_leave_header_and_cells_side_by_side() -> None:
    header, rows = read(workbook(["", "", "kode", "nilai"], ["", "", "a", 1]))
    assert dict(zip(header, rows[0][1], strict=True))["nilai"] == 1


def test_the_first_sheet_counts_and_formulas_give_their_last_result() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first, second = book.add_worksheet("Satu"), book.add_worksheet("Dua")
        first.write_row(0, 0, ["kode", "nilai"])
        first.write_formula(1, 1, "=2+3", None, 5)
        second.write(0, 0, "lain")
    assert read(out.getvalue()) == (["kode", "nilai"], [(2, ["", 5])])


def test_a_sheet_in_an_unusual_place_of_the_archive_is_read() -> None:
    assert read(with_sheet(FIRST_ROW, "xl/lain/lembar.xml"))[0] == ["1.0"]


def test_the_limit_of_rows_holds_for_workbooks_too() -> None:
    data = workbook(["kode"], ["a"], ["b"], ["c"])
    assert len(read(data, Limits(rows=3))[1]) == 3
    assert refusal(data, Limits(rows=2)).baris == 4


def test_an_empty_sheet_is_refused() -> None:
    assert "tidak memuat satu baris pun" in refusal(workbook()).pesan


def test_a_workbook_may_be_as_large_as_the_limit_and_no_larger() -> None:
    data = workbook(["kode"])
    assert read(data, Limits(xlsx_bytes=len(data)))[0] == ["kode"]
    assert "XLSX berukuran" in refusal(data, Limits(xlsx_bytes=len(data) - 1)).pesan


BROKEN = {
    "end missing": workbook(["kode"])[:-200],
    "start only": workbook(["kode"])[:100],
    "magic only": b"PK\x03\x04",
    "magic and text": b"PK\x03\x04 hanya awalnya",
    "zip of a text": archive({"catatan.txt": "bukan buku kerja"}),
    "docx": archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}),
    "docx renamed": repacked(lambda name, content: (name.replace("xl/", "word/"), content)),
    "empty part": repacked(lambda name, content: (name, b"" if name == SHEET else content)),
    "cut XML": with_sheet('<row r="1"><c r="A1"><v>'),
    "text that is not there": with_sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'),
    "deflate": broken(workbook(["kode"])),
    "bzip2": broken(repacked(unchanged, method=zipfile.ZIP_BZIP2)),
    "lzma": broken(repacked(unchanged, method=zipfile.ZIP_LZMA)),
    "names differ": workbook(["kode"]).replace(SHEET.encode(), SHEET.encode().replace(b"1", b"2"), 1),
    "directory elsewhere": workbook(["kode"])[:-6] + b"\xff\xff\xff\x00\x00\x00",
    "directory before the start": workbook(["kode"])[:-10] + b"\xff\xff\xff\x00" + workbook(["kode"])[-6:],
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_or_one_that_is_no_workbook_is_refused(data: bytes) -> None:
    assert SAVE_AS in refusal(data).pesan


def test_an_old_or_locked_excel_file_is_refused_with_the_way_out() -> None:
    error = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    assert "kata sandi" in error.pesan
    assert SAVE_AS in error.pesan


@pytest.mark.parametrize(
    ("flags", "method"), [(1, 8), (1, 99), (0, 99)], ids=["zip password", "AES", "unknown packing"]
)
def test_a_locked_archive_is_refused_with_the_way_out(flags: int, method: int) -> None:
    data = bytearray(workbook(["kode"]))
    for found in re.finditer(rb"PK(?:\x03\x04(?=..)|\x01\x02..(?=..))", bytes(data), re.DOTALL):
        struct.pack_into("<H", data, found.end() + 2, flags)
        struct.pack_into("<H", data, found.end() + 4, method)
    assert "kata sandi" in refusal(bytes(data)).pesan


@pytest.mark.parametrize(
    ("number", "form"),
    [(1e10, "[h]:mm:ss"), (99_999_999_999, "[h]:mm"), (-1e300, "yyyy-mm-dd"), (1e300, "[h]:mm"), (1e12, "yyyy-mm-dd")],
)
def test_a_number_too_large_for_its_form_is_read_or_refused(number: float, form: str) -> None:
    try:
        assert read(written(number, form))[1][0][0] == 2
    except Rejected as refused:
        assert refused.errors[0].pesan.endswith(".")

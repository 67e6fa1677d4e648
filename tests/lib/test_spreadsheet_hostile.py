"""A hostile XLSX is refused before it costs memory or time, and whatever it holds never raises another error."""

import io
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib import spreadsheet
from p3pd_portal.lib.spreadsheet import MB, SAVE_AS, Limits, Rejected, checked_xlsx
from tests.lib.test_spreadsheet_xlsx import (
    FIRST_ROW,
    SHEET,
    archive,
    read,
    refusal,
    repacked,
    with_sheet,
    workbook,
    written,
)


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_file_that_unpacks_to_more_than_fifty_megabytes_is_refused() -> None:
    data = repacked(lambda name, content: (name, content + b"0" * (51 * MB) if name == SHEET else content))
    assert len(data) < MB
    assert "mengembang melebihi 50 MB" in refusal(data).pesan


def test_the_parts_of_an_archive_count_together() -> None:
    data = repacked(lambda name, content: (name, content + b" " * (MB // 4)))
    assert read(data, Limits(unpacked_bytes=4 * MB))[0] == ["kode"]
    assert "mengembang melebihi 1 MB" in refusal(data, Limits(unpacked_bytes=MB)).pesan


@pytest.mark.parametrize(
    "rest", ['<row r="2"><c r="XFD1048576"><v>1</v></c></row>', " " * 60 * MB], ids=["far cell", "60 MB"]
)
def test_an_archive_that_lies_about_its_sizes_gains_nothing_by_it(rest: str) -> None:
    data = bytearray(with_sheet(FIRST_ROW + " " * 2000 + rest))
    start = zipfile.ZipFile(io.BytesIO(bytes(data))).read(SHEET)[:1000]
    entry = data.rindex(SHEET.encode()) - 46
    struct.pack_into("<I", data, entry + 16, zlib.crc32(start))
    struct.pack_into("<I", data, entry + 24, len(start))
    assert SAVE_AS in refusal(bytes(data)).pesan


@pytest.mark.parametrize(
    ("cell", "row", "column"),
    [
        ("XFD1048576", 1048576, "XFD"),
        ("BA2", 2, "BA"),
        ("AAA2", 2, "AAA"),
        ("A300000", 300000, "A"),
        ("A01048576", 1048576, "A"),
        ("ZZZZZZZZZZZZ1", 1, "ZZZZZZZZZZ"),
    ],
)
def test_a_cell_far_outside_the_table_is_named(cell: str, row: int, column: str) -> None:
    error = refusal(with_sheet(f'{FIRST_ROW}<row><c r="{cell}"><v>1</v></c></row>'))
    assert (error.baris, error.kolom) == (row, column)
    assert "jauh di luar tabel" in error.pesan


@pytest.mark.parametrize(("row", "column"), [(2, "AZ"), (200_001, "A")])
def test_a_cell_at_the_edge_of_a_table_is_taken(row: int, column: str) -> None:
    data = with_sheet(f'{FIRST_ROW}<row r="{row}"><c r="{column}{row}"><v>7</v></c></row>')
    ((number, cells),) = read(data)[1]
    assert (number, cells[-1]) == (row, 7)


WIDE = Limits(last_row=50, last_column=702)


@pytest.mark.parametrize("cell", ["ZZ50", "BA1", "IV2"])
def test_a_form_may_be_wider_than_a_table_and_shorter(cell: str) -> None:
    """Limits are the caller's; columns are counted in letters up to ZZ."""
    data = with_sheet(f'{FIRST_ROW}<row><c r="{cell}"><v>7</v></c></row>')
    assert checked_xlsx(io.BytesIO(data), WIDE).read(4) == b"PK\x03\x04"


@pytest.mark.parametrize(("cell", "row"), [("AAA2", 2), ("A51", 51)])
def test_a_form_has_an_edge_too(cell: str, row: int) -> None:
    with pytest.raises(Rejected) as caught:
        checked_xlsx(io.BytesIO(with_sheet(f'{FIRST_ROW}<row><c r="{cell}"><v>1</v></c></row>')), WIDE)
    assert caught.value.errors[0].baris == row


@pytest.mark.parametrize("data", [b"", b"kode,nilai", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_not_unpacked(data: bytes) -> None:
    with pytest.raises(Rejected, match=r"bukan buku kerja Excel \(.xlsx\)"):
        checked_xlsx(io.BytesIO(data), WIDE)


READ_APART = """
import contextlib, resource, sys
from p3pd_portal.lib.spreadsheet import Rejected, read_table
with contextlib.suppress(ValueError):
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
try:
    with open(sys.argv[1], "rb") as file:
        list(read_table(file).rows)
except Rejected as refused:
    sys.exit(f"Rejected: {refused}")
"""
FAR = '<row><c r="XFD1048576"><v>1</v></c></row>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table '
    'table:name="S"><table:table-row table:number-rows-repeated="3000"><table:table-cell office:value-type="float" '
    'office:value="1" table:number-columns-repeated="3000"/></table:table-row></table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
HOSTILE = {
    "small letters": with_sheet(FIRST_ROW + FAR.replace("XFD", "xfd")),
    "sheet in another place": with_sheet(FIRST_ROW + FAR, "xl/lain/lembar.xml"),
    "no space before the name": with_sheet(FIRST_ROW + FAR.replace(' r="', ' t="n"r="')),
    "name where two pieces meet": with_sheet(FIRST_ROW + " " * (MB - 400) + FAR.replace(' r="', f' r{" " * 400}="')),
    "cells without a name": with_sheet(f'<row>{16384 * "<c><v>1</v></c>"}</row><row r="299999"><c><v>1</v></c></row>'),
    "row before the first": with_sheet('<row r="0"><c><v>1</v></c></row>'),
    "row four billion": with_sheet('<row r="4294967295"><c><v>1</v></c></row>'),
    "ten billion texts": repacked(
        lambda name, content: (name, re.sub(rb'uniqueCount="\d+"', b'uniqueCount="9999999999"', content)),
        written(1, "0"),
    ),
    "OpenDocument": archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS,
            "META-INF/manifest.xml": MANIFEST,
        }
    ),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_small_file_can_exhaust_neither_memory_nor_time(data: bytes, tmp_path: Path) -> None:
    """In a process of its own: where a check is missing the parser takes its whole process down."""
    file = tmp_path / "unggahan.xlsx"
    file.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", READ_APART, str(file)],
        capture_output=True,
        text=True,
        timeout=10,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"RUST_BACKTRACE": "0"},
    )
    assert done.stderr.startswith("Rejected: ")
    refusal(data)


DISGUISED = FAR + " " * (len(FAR) % 2)


@pytest.mark.parametrize(
    "data",
    [
        repacked(lambda name, content: (name, content.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1))),
        with_sheet(FIRST_ROW + "<?xml-model <row r='4294967295'>?>"),
        with_sheet(FIRST_ROW + '<row r="dua"/>'),
        with_sheet(FIRST_ROW + '<row><c r="2B"/></row>'),
        repacked(
            lambda name, content: (
                (
                    name,
                    '<?xml version="1.0" encoding="UTF-16"?><a>'.encode("utf-16")
                    + DISGUISED.encode()
                    + b"<\0/\0a\0>\0",
                )
                if name == SHEET
                else (name, content)
            )
        ),
    ],
    ids=["document type", "instruction", "row without number", "cell without column", "letters in other clothes"],
)
def test_what_two_readers_of_xml_might_understand_differently_is_refused(data: bytes) -> None:
    assert SAVE_AS in refusal(data).pesan


def test_a_part_that_stands_twice_in_the_archive_is_looked_at_twice() -> None:
    out = io.BytesIO(workbook(["kode"]))
    with zipfile.ZipFile(out, "a") as twice, pytest.warns(UserWarning, match="Duplicate name"):
        twice.writestr(SHEET, zipfile.ZipFile(io.BytesIO(with_sheet(FIRST_ROW + FAR))).read(SHEET))
    with pytest.raises(Rejected):
        read(out.getvalue())


def test_ctrl_c_while_rows_are_read_is_no_fault_of_the_file() -> None:
    def interrupted() -> Iterator[list[object]]:
        yield ["kode"]
        raise KeyboardInterrupt

    rows = spreadsheet._numbered(interrupted())
    assert next(rows) == (1, ["kode"])
    with pytest.raises(KeyboardInterrupt):
        next(rows)


GOOD = workbook(["kode", "nilai"], ["a", 1])


@UNHURRIED
@given(st.lists(st.tuples(st.integers(4, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_workbook_damaged_on_its_way_is_a_table_or_is_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in damage:
        data[place] = byte
    try:
        read(bytes(data))
    except Rejected as refused:
        assert re.fullmatch(r"[A-Z].+\.", refused.errors[0].pesan)

"""The workbook of a sheet as its fillers handle it: opened, changed, saved, handed in."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from layanan_dasar.exports_isian import buku_isian
from layanan_dasar.importers.buku_isian import IsiBuku, read_buku
from layanan_dasar.importers.temuan_buku import TemuanBuku
from layanan_dasar.models import Lembar
from tests.lib.test_spreadsheet_xlsx import repacked


LEMBAR = "KES-B"


def unduh(lembar: Lembar) -> bytes:
    return buku_isian(lembar, kontak="Sekretariat Kecamatan Alfa", tenggat=None)


def ubah(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The same workbook, changed and saved by another program than ours."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(page: Worksheet, kode: str, desa: str) -> str:
    """The address of a column of an indicator in the row of a desa or of the kecamatan."""
    (column,) = (cell.column_letter for cell in page[3] if cell.value == kode)
    (row,) = (cell.row for cell in page["A"] if cell.value == desa)
    return f"{column}{row}"


def ketik(data: bytes, **cells: Any) -> bytes:
    """Type into cells by their addresses."""

    def change(book: Workbook) -> None:
        for address, value in cells.items():
            book[LEMBAR][address] = value

    return ubah(data, change)


def with_result(data: bytes, result: str, kind: str = "n") -> bytes:
    """Every formula without a result gets this one, of this type, as if a spreadsheet program had computed it."""

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        new = rf'<c\1 t="{kind}">\2<v>{result}</v></c>'.encode()
        return name, re.sub(rb"<c((?: [rs]=\"\w+\")*)[^>]*>(<f>[^<]*</f>)<v ?/?>(?:</v>)?</c>", new, content)

    return repacked(change, data)


def baca(data: bytes, lembar: Lembar) -> IsiBuku:
    return read_buku(io.BytesIO(data), lembar)


def places(found: list[TemuanBuku]) -> list[tuple[str, str, str]]:
    return [(satu.sel, satu.desa, satu.variabel) for satu in found]

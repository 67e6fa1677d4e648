"""Header and rows as CSV or XLSX in which no cell can become a formula."""

import csv
import datetime
import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter


CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. Numbers stay numbers; codes are given as text and stay text."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = field(default_factory=list)


def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """RFC 4180, UTF-8 with a mark so that Excel reads it right; a text that looks like a formula gets a quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([_csv_cell(cell) for cell in row] for row in itertools.chain([header], rows))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with frozen bold headers; text cells are written as text whatever they begin with."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.header, bold)
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell, text)
                    elif isinstance(cell, int | float | Decimal):
                        page.write_number(number, column, cell)
                    elif isinstance(cell, datetime.datetime):
                        page.write_datetime(number, column, cell, moment)
                    elif isinstance(cell, datetime.date):
                        page.write_datetime(number, column, cell, day)
    return out.getvalue()

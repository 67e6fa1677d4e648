"""A workbook that came back wrong goes out again: the fillers' own, with what was found marked at its cells."""

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from layanan_dasar.importers.tata_buku import TEMUAN
from layanan_dasar.importers.temuan_buku import TemuanBuku
from p3pd_portal.lib.buku_kerja import checked_book, open_book


MERAH, JINGGA = "FFF4B6B6", "FFFFD9A0"
PORTAL = "Portal"
"""Author of our comments; those of people stay."""
_LEBAR = (12, 12, 8, 26, 20, 60, 60)


def buku_bertanda(file: BinaryIO, galat: Sequence[TemuanBuku], peringatan: Sequence[TemuanBuku]) -> bytes:
    """The workbook as it was handed in, errors red and warnings orange, with a sheet that lists them all.

    Marks of an earlier time are taken away first. Pictures and diagrams do not come back.

    Raises:
        Rejected: it cannot be opened, as when it was read.
    """
    book = open_book(checked_book(file))
    _clear(book)
    for colour, found in ((JINGGA, peringatan), (MERAH, galat)):
        for temuan in found:
            if temuan.sel and temuan.lembar in book.sheetnames:
                _mark(book[temuan.lembar][temuan.sel], colour, temuan.pesan)
    for page in book.worksheets:
        marked = {temuan.sel for temuan in (*galat, *peringatan) if temuan.sel and temuan.lembar == page.title}
        _uncover(page, marked)
    _list(book, [(_("galat"), satu) for satu in galat] + [(_("peringatan"), satu) for satu in peringatan])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clear(book: Workbook) -> None:
    if TEMUAN in book.sheetnames:
        del book[TEMUAN]
    for page in book.worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell, Cell)):
            if cell.fill.start_color.rgb in (MERAH, JINGGA):
                cell.fill = PatternFill()
            if cell.comment is not None and cell.comment.author == PORTAL:
                cell.comment = None


def _mark(cell: Cell, colour: str, pesan: str) -> None:
    """Of a merged cell nothing can be marked but its first."""
    if not isinstance(cell, Cell):
        return
    cell.fill = PatternFill("solid", start_color=colour)
    said = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(f"{said}{pesan}", PORTAL, height=120, width=320)


def _uncover(page: Worksheet, marked: Iterable[str]) -> None:
    """Colours of a condition would lie over the marks: at the marked cells they stop before they begin."""
    area = " ".join(sorted(marked))
    if not area:
        return
    for rules in page.conditional_formatting:
        for rule in rules.rules:
            rule.priority += 1
    page.conditional_formatting.add(area, Rule("expression", formula=["TRUE"], stopIfTrue=True, priority=1))


def _list(book: Workbook, found: Sequence[tuple[str, TemuanBuku]]) -> None:
    page = book.create_sheet(TEMUAN, 0)
    head = (_("Jenis"), _("Lembar"), _("Sel"), _("Desa"), _("Variabel"), _("Temuan"), _("Cara memperbaiki"))
    for column, (text, width) in enumerate(zip(head, _LEBAR, strict=True), 1):
        page.cell(1, column, text).font = Font(bold=True)
        page.column_dimensions[page.cell(1, column).column_letter].width = width
    for row, (jenis, temuan) in enumerate(found, 2):
        texts = (jenis, temuan.lembar, temuan.sel, temuan.desa, temuan.variabel, *_what_and_how(temuan.pesan))
        for column, text in enumerate(texts, 1):
            page.cell(row, column, text).data_type = "s"  # never a formula
        if temuan.sel:
            place = page.cell(row, 3)
            place.hyperlink = Hyperlink(place.coordinate, location=f"'{temuan.lembar}'!{temuan.sel}")
    page.freeze_panes = "A2"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page


def _what_and_how(pesan: str) -> tuple[str, str]:
    """A message says what is wrong, then in further sentences what to do."""
    what, _dot, how = pesan.partition(". ")
    return (f"{what}.", how) if how else (pesan, _("Betulkan sel ini, simpan, lalu unggah lagi."))

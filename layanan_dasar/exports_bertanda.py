"""A workbook that came back wrong goes out again: the fillers' own, with what was found marked at its cells."""

import io
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from layanan_dasar.importers.tata_buku import TEMUAN
from layanan_dasar.importers.temuan_buku import TemuanBuku
from p3pd_portal.lib.buku_kerja import checked_book, open_book


MERAH, JINGGA = "FFF4B6B6", "FFFFD9A0"
PORTAL = "Portal"
"""Author of our comments; those of people stay."""
TERBANYAK = 1_000
"""Findings that are marked, errors first: more take long, and nobody repairs them one by one."""
_LEBAR = (12, 12, 8, 26, 20, 60, 60)


def buku_bertanda(file: BinaryIO, galat: Sequence[TemuanBuku], peringatan: Sequence[TemuanBuku]) -> bytes:
    """The workbook as it was handed in, errors red and warnings orange, with a sheet that lists them all.

    Marks of an earlier time are taken away first. Pictures and diagrams do not come back.

    Raises:
        Rejected: it cannot be opened, as when it was read.
    """
    book = open_book(checked_book(file))
    if TEMUAN in book.sheetnames:
        del book[TEMUAN]
    shown = galat[:TERBANYAK], peringatan[: max(0, TERBANYAK - len(galat))]
    for page in book.worksheets:
        _clear(page)
        red, orange = ([satu for satu in part if satu.sel and satu.lembar == page.title] for part in shown)
        _mark(page, JINGGA, orange)
        _mark(page, MERAH, red)
        _rules(page, {MERAH: red, JINGGA: orange})
    _list(book, shown, len(galat) + len(peringatan))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clear(page: Worksheet) -> None:
    for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell, Cell)):
        if cell.fill.start_color.rgb in (MERAH, JINGGA):
            cell.fill = PatternFill()
        if cell.comment is not None and cell.comment.author == PORTAL:
            cell.comment = None


def _mark(page: Worksheet, colour: str, found: Sequence[TemuanBuku]) -> None:
    for temuan in found:
        cell = page[temuan.sel]
        if isinstance(cell, Cell):  # of merged cells only the first can be marked
            cell.fill = PatternFill("solid", start_color=colour)
            said = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
            cell.comment = Comment(f"{said}{temuan.pesan}", PORTAL, height=120, width=320)


def _rules(page: Worksheet, marks: Mapping[str, Sequence[TemuanBuku]]) -> None:
    """The yellow of an empty cell would lie over its mark. So the colours of marks are rules as well, before all others
    both in number, which Excel follows, and in place, which LibreOffice does."""
    rules = [
        (" ".join(sorted({satu.sel for satu in found})), _rule(colour)) for colour, found in marks.items() if found
    ]
    others = [(str(area.sqref), rule) for area in page.conditional_formatting for rule in area.rules]
    rules += sorted((one for one in others if not _is_ours(one[1])), key=lambda one: one[1].priority)
    page.conditional_formatting = ConditionalFormattingList()
    for priority, (area, rule) in enumerate(rules, 1):
        rule.priority = priority
        page.conditional_formatting.add(area, rule)


def _rule(colour: str) -> Rule:
    style = DifferentialStyle(fill=PatternFill(bgColor=colour))
    return Rule("expression", formula=["TRUE"], dxf=style, stopIfTrue=True)


def _is_ours(rule: Rule) -> bool:
    return bool(rule.dxf and rule.dxf.fill and rule.dxf.fill.bgColor.rgb in (MERAH, JINGGA))


def _list(book: Workbook, shown: tuple[Sequence[TemuanBuku], Sequence[TemuanBuku]], total: int) -> None:
    found = [(jenis, satu) for jenis, part in zip((_("galat"), _("peringatan")), shown, strict=True) for satu in part]
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
    if total > len(found):
        page.append(["", "", "", "", "", _("dan %(n)d temuan lain") % {"n": total - len(found)}])
    page.freeze_panes = "A2"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page


def _what_and_how(pesan: str) -> tuple[str, str]:
    """A message says what is wrong, then in further sentences what to do."""
    what, _dot, how = pesan.partition(". ")
    return (f"{what}.", how) if how else (pesan, _("Betulkan sel ini, simpan, lalu unggah lagi."))

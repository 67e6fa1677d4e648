"""An uploaded XLSX as a workbook with its sheets, formulas and comments: for forms that come back filled in.

The library that opens it lays out every cell of a stated range, and reads a shared formula anew for each of its cells.
So ranges and formulas are counted first, after the checks of lib/spreadsheet.py.
"""

import io
import re
import warnings
import zipfile
from typing import BinaryIO
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from p3pd_portal.lib.spreadsheet import MB, SAVE_AS_XLSX, Limits, checked_xlsx, rejected


BUKU = Limits(xlsx_bytes=5 * MB, unpacked_bytes=10 * MB, last_row=1_000, last_column=256)

_MOST_CELLS = 100_000
"""In all ranges of a sheet together: merged cells, links and comments."""
_MOST_LETTERS = 500_000
"""Read of all shared formulas of a sheet: about three seconds."""
_LAID_OUT = ("mergeCell", "hyperlink", "comment")
_PICTURE = re.compile(rb"<Relationship\b[^>]*/(?:drawing|pivotTable)[\"'][^>]*>")


def checked_book(file: BinaryIO, limits: Limits = BUKU) -> bytes:
    """An XLSX that is safe to open, without pictures, diagrams, pivot tables and macros.

    Raises:
        Rejected: it is none, too large, damaged, or lays out too much.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(checked_xlsx(file, limits)) as checked, zipfile.ZipFile(out, "w") as kept:
        for part in checked.infolist():
            data = checked.read(part)
            if part.filename.endswith(".rels"):
                data = _PICTURE.sub(b"", data)
            else:
                _Cost(limits).refuse_too_much(data)
            kept.writestr(part.filename, data)
    return out.getvalue()


def open_book(checked: bytes, *, results: bool = False) -> Workbook:
    """The workbook; with `results` its formulas give what they gave when it was last saved (None: never computed).

    Raises:
        Rejected: the library cannot read it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is lost on saving; nothing of ours is
            return load_workbook(io.BytesIO(checked), data_only=results, keep_links=False)
    except Exception as error:  # damage shows itself in a dozen kinds of errors
        raise rejected(f"Berkas XLSX rusak atau bukan buku kerja Excel. {SAVE_AS_XLSX}") from error


class _Cost:
    """Counts what one part would make the library lay out."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = self.shared = self.longest = self.letters = 0
        self.in_formula = False

    def refuse_too_much(self, xml: bytes) -> None:
        """Raises:
        Rejected: more than any form needs.
        """
        walker = expat.ParserCreate()
        walker.StartElementHandler = self._start
        walker.CharacterDataHandler = self._text
        walker.Parse(xml.decode(), True)
        if self.shared * self.longest > _MOST_LETTERS:
            raise rejected("Berkas memuat terlalu banyak rumus. Tempel sebagai nilai, lalu unggah lagi.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.in_formula = name == "f"
        if self.in_formula:
            self.letters = 0
            self.shared += attributes.get("t") == "shared"
        elif name in _LAID_OUT:
            self._count(attributes.get("ref", "A1"))

    def _text(self, text: str) -> None:
        if self.in_formula:
            self.letters += len(text)
            self.longest = max(self.longest, self.letters)

    def _count(self, ref: str) -> None:
        try:
            left, top, right, bottom = (int(edge) for edge in range_boundaries(ref))
        except (ValueError, TypeError):
            left = top = 1
            right = bottom = 0
        self.cells += (right - left + 1) * (bottom - top + 1)
        far = not (0 < left <= right <= self.limits.last_column and 0 < top <= bottom <= self.limits.last_row)
        if far or self.cells > _MOST_CELLS:
            raise rejected(
                f"Ada gabungan sel, tautan, atau komentar yang terlalu luas ({ref[:20]}). Hapus, lalu unggah lagi."
            )

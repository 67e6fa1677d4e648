"""An uploaded CSV or XLSX as a header and numbered rows, after the checks that keep a hostile file out.

Row numbers are those a person sees when the file is open in a spreadsheet: the header is row 1 unless empty
rows stand above it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from string import ascii_uppercase
from typing import Any, BinaryIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from p3pd_portal.lib.angka import angka


MB = 1024 * 1024

_XLSX_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t|"
_XLSX_PART = re.compile(r"(xl/.*|_rels/\.|\[Content_Types\]\.)(xml|rels)$", re.IGNORECASE)
_COLUMNS = {first + last: n for n, (first, last) in enumerate(product(("", *ascii_uppercase), ascii_uppercase), 1)}

SAVE_AS_XLSX = "Buka berkas itu, lalu simpan sebagai “Buku Kerja Excel (.xlsx)”."
SAVE_AS = "Buka berkas itu, lalu simpan sebagai “CSV UTF-8” atau “Buku Kerja Excel (.xlsx)”."


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong where: row and column as seen in a spreadsheet (0 and "" for the whole file), and the repair."""

    baris: int
    kolom: str
    pesan: str


class Rejected(Exception):
    """A file that was not taken, with every reason found; `total` counts also those beyond the kept ones."""

    def __init__(self, errors: list[RowError], total: int | None = None) -> None:
        self.errors = errors
        self.total = len(errors) if total is None else total
        super().__init__(errors[0].pesan if errors else "")


def rejected(message: str, row: int = 0, column: str = "") -> Rejected:
    return Rejected([RowError(row, column, message)])


@dataclass(frozen=True)
class Limits:
    """What a file may measure; None is no limit.

    No cell of an XLSX may stand beyond `last_row` and `last_column`, up to 702: the parser lays a sheet out from its
    first to its last cell, used or not.
    """

    csv_bytes: int | None = 20 * MB
    xlsx_bytes: int = 5 * MB
    unpacked_bytes: int = 50 * MB
    rows: int | None = 200_000
    last_row: int = 299_999
    last_column: int = 52


WEB = Limits()
COMMAND = Limits(csv_bytes=None, rows=None)


@dataclass
class Table:
    """Header cells as written, and the rows under it; both may be read once."""

    header: list[str]
    rows: Iterator[tuple[int, list[Any]]]
    header_row: int = 1
    notes: list[str] = field(default_factory=list)


def read_table(file: BinaryIO, limits: Limits = WEB) -> Table:
    """Open a CSV (UTF-8; comma, semicolon, tab or bar) or the first sheet of an XLSX.

    Args:
        file: seekable, at any position.
        limits: size limits; a CSV is streamed, so without limits any size fits.

    Raises:
        Rejected: at once or while the rows are read.
    """
    size, start = _size_and_start(file)
    if not size:
        raise rejected("Berkas kosong. Unduh templat, isi, lalu unggah lagi.")
    if start == _XLSX_MAGIC:
        return _with_header(_xlsx_rows(file, limits), limits)
    if start == _OLE_MAGIC:
        raise rejected(f"Berkas ini .xls lama atau dikunci kata sandi. {SAVE_AS}")
    if start.startswith(_UTF16_MARKS):
        raise rejected(f"Berkas ini berenkode UTF-16, bukan UTF-8. {SAVE_AS}", 1)
    if limits.csv_bytes is not None and size > limits.csv_bytes:
        raise rejected(_too_big(size, limits.csv_bytes, "CSV"))
    return _with_header(_csv_rows(file), limits)


def _size_and_start(file: BinaryIO) -> tuple[int, bytes]:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return size, start


def _too_big(size: int, most: int, kind: str) -> str:
    return (
        f"Berkas {kind} berukuran {angka(Decimal(size) / MB, 1)} MB; batasnya {angka(Decimal(most) / MB)} MB. "
        "Bagi berkas menurut kecamatan lalu unggah satu per satu."
    )


def _with_header(rows: Iterator[tuple[int, list[Any]]], limits: Limits) -> Table:
    for number, cells in rows:
        return Table([str(cell).strip() for cell in cells], _counted(rows, number, limits.rows), number)
    raise rejected("Berkas tidak memuat satu baris pun. Unduh templat, isi, lalu unggah lagi.")


def _counted(
    rows: Iterable[tuple[int, list[Any]]], header_row: int, most: int | None
) -> Iterator[tuple[int, list[Any]]]:
    for number, cells in rows:
        if most is not None and number - header_row > most:
            raise rejected(f"Berkas memuat lebih dari {angka(most)} baris. Bagi menurut kecamatan.", number)
        yield number, cells


# CSV


def _csv_rows(file: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    lines = _Utf8Lines(file)
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=True)
    number = complete = 0
    try:
        for number, cells in enumerate(reader, 1):
            complete = reader.line_num
            if any(cells):
                yield number, cells
    except _BadByte as bad:
        column = lines.column_of(bad) if reader.line_num == complete else ""  # else the row began lines above
        raise rejected(
            f"Huruf tidak terbaca: berkas ini bukan UTF-8 (mungkin Windows-1252). {SAVE_AS}", number + 1, column
        ) from None
    except csv.Error as error:
        old_mac = "new-line" in str(error)
        cause = "ada pergantian baris gaya lama di tengahnya" if old_mac else "tanda kutip tidak berpasangan"
        raise rejected(f"Baris tidak dapat dibaca sebagai CSV: {cause}. {SAVE_AS}", number + 1) from None


class _BadByte(Exception):
    def __init__(self, before: bytes) -> None:
        self.before = before


class _Utf8Lines:
    """Lines of a file as text, one decoding at a time so that a wrong byte can be located."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        lines = (line.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n") for line in file)
        self._header = next(filter(None, lines), b"").decode("utf-8", "replace")
        file.seek(0)
        self.delimiter = max(_DELIMITERS, key=self._header.count)

    def __iter__(self) -> Iterator[str]:
        first = True
        for line in self._file:
            if first:
                line, first = line.removeprefix(b"\xef\xbb\xbf"), False
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise _BadByte(line[: error.start]) from None
            if "\x00" in text:
                raise _BadByte(line[: line.index(b"\x00")])
            yield text

    def column_of(self, bad: _BadByte) -> str:
        """Header of the column in which the wrong byte stands, "" beyond the header."""
        try:
            # The letter stands for the wrong byte, so that an empty cell before it is not lost.
            names, cells = csv.reader([self._header, bad.before.decode() + "x"], delimiter=self.delimiter)
        except (csv.Error, ValueError):
            return ""
        return names[len(cells) - 1].strip() if len(cells) <= len(names) else ""


# XLSX: the parser ends its whole process where a small file makes it ask for too much memory. So every part is
# unpacked, counted and walked through first, and the parser gets a copy of nothing but what was looked at.


def _xlsx_rows(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[Any]]]:
    copy = checked_xlsx(file, limits)
    try:
        rows = CalamineWorkbook.from_filelike(copy).get_sheet_by_index(0).iter_rows()
    except (CalamineError, OSError, IndexError) as error:
        raise rejected(f"Berkas XLSX rusak atau bukan buku kerja Excel. {SAVE_AS}") from error
    return ((number, cells) for number, cells in _numbered(rows) if any(cell != "" for cell in cells))


def _numbered(rows: Iterator[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows, None)
        except BaseException as error:  # a panic of the parser is no Exception
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                raise rejected("Ada tanggal atau jam di luar batas. Betulkan lalu unggah lagi.", number) from error
            raise
        if cells is None:
            return
        yield number, cells


def checked_xlsx(file: BinaryIO, limits: Limits) -> BinaryIO:
    """A copy of an XLSX with those of its parts alone that were looked at: neither too large nor laid out too far.

    Raises:
        Rejected: it is no XLSX, too large, damaged, or a cell stands far outside.
    """
    size, start = _size_and_start(file)
    if start != _XLSX_MAGIC:
        raise rejected(f"Berkas ini bukan buku kerja Excel (.xlsx). {SAVE_AS_XLSX}")
    if size > limits.xlsx_bytes:
        raise rejected(_too_big(size, limits.xlsx_bytes, "XLSX"))
    copy = io.BytesIO()
    too_big = (
        f"Isi berkas XLSX mengembang melebihi {limits.unpacked_bytes // MB} MB. "
        "Hapus lembar dan gambar yang tidak perlu, atau bagi menurut kecamatan."
    )
    try:
        with zipfile.ZipFile(file) as archive, zipfile.ZipFile(copy, "w") as checked:
            for name, data in unpack(archive, limits.unpacked_bytes, too_big):
                if _XLSX_PART.match(name):
                    _walk(data, limits)
                    checked.writestr(name, data)
    except Rejected:
        raise
    except Exception as error:  # damage shows itself in a dozen kinds of errors
        raise rejected(f"Berkas XLSX rusak, terpotong, atau dikunci kata sandi. {SAVE_AS}") from error
    copy.seek(0)
    return copy


def unpack(archive: zipfile.ZipFile, most: int, too_big: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every part, counted while it is unpacked, for declared sizes can lie.

    Raises:
        Rejected: with `too_big`, as soon as all parts together exceed `most` bytes.
        Exception: of a dozen kinds, where the archive is damaged or locked.
    """
    for part in archive.infolist():
        with archive.open(part) as content:
            data = content.read(most + 1)
        most -= len(data)
        if most < 0:
            raise rejected(too_big)
        yield part.filename, data


def _walk(xml: bytes, limits: Limits) -> None:
    """Follow the parser's own steps through one part, refusing what would make it lay out too much.

    Raises:
        Rejected: a cell far outside the table.
        ValueError, expat.ExpatError: nothing that a spreadsheet program writes.
    """
    row = column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        if tag == "v":
            return
        tag = tag.rpartition(":")[2]
        place = attributes.get("r")
        if tag == "row":
            row, column = row + 1 if place is None else int(place), 0
            _refuse_far(limits, row, column)
        elif tag == "c":
            place = place or ""
            letters = place.rstrip("0123456789")
            column = _COLUMNS.get(letters.upper(), limits.last_column + 1) if place else column + 1
            _refuse_far(limits, int(place[len(letters) :]) if place else row, column, letters)
        elif any(int(attributes.get(name, 0)) > len(xml) for name in ("count", "uniqueCount")):
            raise ValueError  # memory is set aside for as many

    def refuse(*_: object) -> None:
        raise ValueError  # where the parser might read on differently

    walker = expat.ParserCreate()
    walker.StartElementHandler = start
    walker.StartDoctypeDeclHandler = walker.ProcessingInstructionHandler = refuse
    walker.Parse(xml.decode(), True)  # as UTF-8, whatever it says of itself


def _refuse_far(limits: Limits, row: int, column: int, letters: str = "") -> None:
    if 0 < row <= limits.last_row and column <= limits.last_column:
        return
    if row < 1:
        raise ValueError
    raise rejected(
        f"Ada sel terisi jauh di luar tabel ({letters[:10]}{row}). Hapus isi di luar tabel, simpan, lalu unggah lagi.",
        row,
        letters[:10],
    )

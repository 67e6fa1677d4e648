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
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook


MB = 1024 * 1024

_XLSX_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t|"
# A cell beyond column AZ or row 299,999: outside any table we take.
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:([A-Z]{3,}|[B-Z][A-Z])(\d+)|([A-Z]+)([3-9]\d{5}|\d{7,}))["']""")

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
    """What a file may measure; None is no limit."""

    csv_bytes: int | None = 20 * MB
    xlsx_bytes: int = 5 * MB
    unpacked_bytes: int = 50 * MB
    rows: int | None = 200_000


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
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if not size:
        raise rejected("Berkas kosong. Unduh templat, isi, lalu unggah lagi.")
    if start == _XLSX_MAGIC:
        if size > limits.xlsx_bytes:
            raise rejected(_too_big(size, limits.xlsx_bytes, "XLSX"))
        return _with_header(_xlsx_rows(file, limits), limits)
    if start == _OLE_MAGIC:
        raise rejected(f"Berkas ini .xls lama atau dikunci kata sandi. {SAVE_AS}")
    if start.startswith(_UTF16_MARKS):
        raise rejected(f"Berkas ini berenkode UTF-16, bukan UTF-8. {SAVE_AS}", 1)
    if limits.csv_bytes is not None and size > limits.csv_bytes:
        raise rejected(_too_big(size, limits.csv_bytes, "CSV"))
    return _with_header(_csv_rows(file), limits)


def _too_big(size: int, most: int, kind: str) -> str:
    return (
        f"Berkas {kind} berukuran {size / MB:.1f} MB; batasnya {most / MB:.0f} MB. "
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
            raise rejected(
                f"Berkas memuat lebih dari {most:,} baris. Bagi menurut kecamatan.".replace(",", "."), number
            )
        yield number, cells


# CSV


def _csv_rows(file: BinaryIO) -> Iterator[tuple[int, list[Any]]]:
    lines = _Utf8Lines(file)
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells):
                yield number, cells
    except _BadByte as bad:
        raise rejected(
            f"Huruf tidak terbaca: berkas ini bukan UTF-8 (mungkin Windows-1252). {SAVE_AS}",
            number + 1,
            lines.column_of(bad),
        ) from None
    except csv.Error as error:
        cause = "tanda kutip tidak berpasangan" if "quote" in str(error) or "expected" in str(error) else str(error)
        raise rejected(f"Baris tidak dapat dibaca sebagai CSV: {cause}. {SAVE_AS}", number + 1) from None


class _BadByte(Exception):
    def __init__(self, line: bytes, position: int) -> None:
        self.line, self.position = line, position


class _Utf8Lines:
    """Lines of a file as text, one decoding at a time so that a wrong byte can be located."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._header = file.readline().removeprefix(b"\xef\xbb\xbf")
        file.seek(0)
        text = self._header.decode("utf-8", "replace")
        self.delimiter = max(_DELIMITERS, key=text.count)

    def __iter__(self) -> Iterator[str]:
        first = True
        for line in self._file:
            if first:
                line, first = line.removeprefix(b"\xef\xbb\xbf"), False
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise _BadByte(line, error.start) from None
            if "\x00" in text:
                raise _BadByte(line, text.index("\x00"))
            yield text

    def column_of(self, bad: _BadByte) -> str:
        """Header of the column in which the wrong byte stands, "" beyond the header."""
        column = bad.line[: bad.position].count(self.delimiter.encode())
        names = self._header.decode("utf-8", "replace").strip().split(self.delimiter)
        return names[column].strip('"') if column < len(names) else ""


# XLSX


def _xlsx_rows(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[Any]]]:
    _refuse_bomb(file, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        rows = workbook.get_sheet_by_index(0).iter_rows()
    except (CalamineError, OSError, IndexError) as error:
        raise rejected(f"Berkas XLSX rusak atau bukan buku kerja Excel. {SAVE_AS}") from error
    return ((number, cells) for number, cells in enumerate(rows, 1) if any(cell != "" for cell in cells))


def _refuse_bomb(file: BinaryIO, limits: Limits) -> None:
    """Unpack every part once, counting, before a parser sees it: declared sizes can lie.

    The parser lays a sheet out from its first to its last cell, so one cell far away costs gigabytes too.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for part in archive.infolist():
                is_sheet = part.filename.startswith("xl/worksheets/")
                with archive.open(part) as content:
                    tail = b""
                    while chunk := content.read(MB):
                        unpacked += len(chunk)
                        if unpacked > limits.unpacked_bytes:
                            raise rejected(
                                f"Isi berkas XLSX mengembang melebihi {limits.unpacked_bytes // MB} MB. "
                                "Hapus lembar dan gambar yang tidak perlu, atau bagi menurut kecamatan."
                            )
                        if is_sheet:
                            _refuse_far_cells(tail + chunk)
                            tail = chunk[-32:]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise rejected(f"Berkas XLSX rusak, terpotong, atau dikunci kata sandi. {SAVE_AS}") from error
    finally:
        file.seek(0)


def _refuse_far_cells(xml: bytes) -> None:
    if far := _FAR_CELL.search(xml):
        column, row = (part.decode() for part in far.groups() if part is not None)
        raise rejected(
            f"Ada sel terisi jauh di luar tabel ({column[:10]}{row[:10]}). "
            "Hapus isi di luar tabel, simpan, lalu unggah lagi.",
            int(row[:10]),
            column[:10],
        )

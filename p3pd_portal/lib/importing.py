"""Clean the rows of a file against declared columns, collecting every error instead of stopping at the first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from p3pd_portal.lib.spreadsheet import Rejected, RowError, Table


MOST_ERRORS_KEPT = 1000


@dataclass(frozen=True)
class Column:
    """One column of a kind of file.

    Attributes:
        name: header, lower case with underscores.
        clean: cell → value; raises ValueError with an Indonesian sentence that says how to repair the cell.
        help: one line for the template's instructions.
        repeats: few distinct values in many rows; each is cleaned once.
        optional: the column may be missing, and then reads like an empty one.
    """

    name: str
    clean: Callable[[object], object]
    help: str = ""
    repeats: bool = False
    optional: bool = False


class Errors:
    """Errors of one file; the first thousand are kept, all are counted. The same one twice is one."""

    def __init__(self) -> None:
        self._kept: dict[RowError, None] = {}
        self.total = 0

    @property
    def kept(self) -> list[RowError]:
        return list(self._kept)

    def add(self, row: int, column: str, message: str) -> None:
        error = RowError(row, column, message)
        if error in self._kept:
            return
        self.total += 1
        if len(self._kept) < MOST_ERRORS_KEPT:
            self._kept[error] = None

    def extend(self, other: Rejected) -> None:
        for error in other.errors:
            self.add(error.baris, error.kolom, error.pesan)

    def as_rejected(self) -> Rejected:
        """The refusal that names them, by row."""
        return Rejected(sorted(self.kept, key=lambda error: error.baris), self.total)

    def raise_if_any(self) -> None:
        """Raises:
        Rejected: there is at least one error.
        """
        if self.total:
            raise self.as_rejected()


def normalize_header(cell: str) -> str:
    return re.sub(r"\W+", "_", cell.strip().lower()).strip("_")


def header_names(table: Table) -> list[str]:
    return [normalize_header(cell) for cell in table.header]


def match_header(table: Table, columns: Sequence[Column]) -> list[int]:
    """Position of each column in the file; of a missing optional one, that behind the last cell. Columns beyond the
    declared ones are noted and left unread.

    Raises:
        Rejected: a column is missing or stands there twice.
    """
    found = header_names(table)
    wanted = {column.name for column in columns}
    missing = [column.name for column in columns if column.name not in found and not column.optional]
    unknown = [name for name in found if name and name not in wanted]
    twice = sorted({name for name in found if name in wanted and found.count(name) > 1})
    row = table.header_row
    hint = f" Kolom yang tidak dikenal: {', '.join(unknown)}." if unknown else ""
    errors = [RowError(row, name, f"Kolom “{name}” tidak ada. Tambahkan sesuai templat.{hint}") for name in missing]
    errors += [RowError(row, name, f"Kolom “{name}” ada lebih dari satu kali. Sisakan satu.") for name in twice]
    if errors:
        raise Rejected(errors)
    if unknown:
        table.notes.append(f"Kolom yang tidak dibaca: {', '.join(unknown)}.")
    return [found.index(column.name) if column.name in found else len(found) for column in columns]


def clean_rows(table: Table, columns: Sequence[Column], errors: Errors) -> Iterator[tuple[int, list[Any]]]:
    """Row number and cleaned values, in the order of `columns`, of every row without an error.

    Raises:
        Rejected: the header does not fit, or the file cannot be read on.
    """
    width = len(table.header)
    plan: list[tuple[str, int, Callable[[object], object], dict[Any, Any] | None]] = [
        (column.name, position, column.clean, {} if column.repeats else None)
        for column, position in zip(columns, match_header(table, columns), strict=True)
    ]
    for number, cells in table.rows:
        if len(cells) > width and any(cell != "" for cell in cells[width:]):
            errors.add(
                number,
                "",
                f"Baris ini berisi {len(cells)} sel, padahal judulnya {width} kolom. "
                "Apit angka atau teks yang memuat koma dengan tanda kutip.",
            )
            continue
        cells += [""] * (width + 1 - len(cells))  # the one beyond stands for optional columns that are missing
        values: list[Any] = []
        for name, position, clean, known in plan:
            raw = cells[position]
            try:
                if known is None:
                    values.append(clean(raw))
                    continue
                key = type(raw), raw  # 1 and True are equal
                if key not in known:
                    known[key] = clean(raw)
                values.append(known[key])
            except ValueError as error:
                errors.add(number, name, str(error))
        if len(values) == len(plan):
            yield number, values

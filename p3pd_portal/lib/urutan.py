"""Tables that a reader sorts by tapping the heading of a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar


T = TypeVar("T")


@dataclass(frozen=True)
class Kolom:
    """Heading of a sortable column: its present order, and the one a tap asks for."""

    judul: str
    arah: str
    berikut: str


def kolom(kode: str, judul: str, urut: str, *, turun: bool = False) -> Kolom:
    """The heading of column `kode` in a table whose order is `urut`, the code of a column with "-" before it for
    largest first. The first tap sorts up, or with `turun` down."""
    if urut == kode:
        return Kolom(judul, "ascending", f"-{kode}")
    if urut == f"-{kode}":
        return Kolom(judul, "descending", kode)
    return Kolom(judul, "", f"-{kode}" if turun else kode)


def urutkan(rows: Sequence[T], key: Callable[[T], Any], *, turun: bool) -> list[T]:
    """By a value of each row; what is unknown comes last, either way."""
    known = [row for row in rows if key(row) is not None]
    return sorted(known, key=key, reverse=turun) + [row for row in rows if key(row) is None]

"""Cells of handed-in files → plain values. Each function raises ValueError with a sentence that says the repair."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal


_DERAJAT = re.compile(r"-?\d{1,3}([.,]\d{1,15})?", re.ASCII)


def as_text(cell: object) -> str:
    """A cell as it reads: whole numbers of a spreadsheet without their ".0", blanks at the ends gone."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def teks(cell: object) -> str:
    """Free text, at most 250 characters of it."""
    text = " ".join(as_text(cell).split())
    if "\x00" in text:
        raise ValueError("Teks memuat karakter yang tidak sah. Ketik ulang sel ini.")
    return text[:250]


@dataclass(frozen=True)
class Teks:
    """Free text that is refused, not cut, when it is longer than `most`; `required` when it may not be empty."""

    most: int
    required: bool = False

    def __call__(self, cell: object) -> str:
        text = teks(cell)
        if self.required and not text:
            raise ValueError("Sel ini belum diisi. Isi lalu unggah lagi.")
        if len(text) > self.most:
            raise ValueError(f"Teks lebih dari {self.most} huruf. Ringkas sel ini.")
        return text


@dataclass(frozen=True)
class Pilihan:
    """One of a few words, upper or lower case."""

    options: tuple[str, ...]

    def __call__(self, cell: object) -> str:
        word = as_text(cell).lower()
        if word not in self.options:
            listed = ", ".join(option or "(kosong)" for option in self.options)
            raise ValueError(f"“{as_text(cell)[:30]}” tidak dikenal. Isi salah satu: {listed}.")
        return word


def tanggal(cell: object) -> datetime.date | None:
    """A date as 2025-06-30, 30/06/2025 or a spreadsheet date; None of an empty cell."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = as_text(cell)
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"Tanggal “{text[:20]}” tidak dikenal. Tulis 2025-06-30 atau 30/06/2025.")


def derajat(cell: object) -> Decimal | None:
    """Decimal degrees to six places (0.1 m) with a point or a comma; None of an empty cell."""
    text = as_text(cell)
    if not text:
        return None
    if not _DERAJAT.fullmatch(text):
        raise ValueError(f"“{text[:20]}” bukan derajat desimal. Tulis misalnya -7,112345 atau 112,417250.")
    return round(Decimal(text.replace(",", ".")), 6)

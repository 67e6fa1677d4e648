"""Periods of figures: a year, a semester, a quarter, a month. One order, one spelling, one label."""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Self


BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
PER_TAHUN = {"Y": 1, "S": 2, "T": 4, "B": 12}
_PATTERN = re.compile(
    r"(?P<tahun>(?:19|20)\d\d)(?:-(?:(?P<jenis>[ST])(?P<n>[1-4])|(?P<bulan>0[1-9]|1[0-2])))?", re.ASCII
)
_FORMAT = "Periode ditulis 2025 (tahun), 2025-S1 (semester), 2025-T3 (triwulan), atau 2025-07 (bulan)."


def pilih_tahun(asked: str, tersedia: Sequence[int], hari: datetime.date) -> int:
    """The year asked for, if there is something of it; else the latest, which stands first; else this year."""
    if asked.isascii() and asked.isdigit() and int(asked) in tersedia:
        return int(asked)
    return tersedia[0] if tersedia else hari.year


@total_ordering
@dataclass(frozen=True)
class Periode:
    """Number `nomor` (from 1) of the periods of kind `frekuensi` (Y, S, T, B) in a year. Ordered by their last day,
    of those that end together the longer one last."""

    frekuensi: str
    tahun: int
    nomor: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.nomor <= PER_TAHUN[self.frekuensi]:
            raise ValueError(_FORMAT)

    @classmethod
    def parse(cls, text: str) -> Self:
        """2025, 2025-S1, 2025-T3 or 2025-07.

        Raises:
            ValueError: anything else, in words that say how to write it.
        """
        found = _PATTERN.fullmatch(text.strip().upper())
        if found is None:
            raise ValueError(_FORMAT)
        tahun = int(found["tahun"])
        if found["bulan"]:
            return cls("B", tahun, int(found["bulan"]))
        return cls(found["jenis"], tahun, int(found["n"])) if found["jenis"] else cls("Y", tahun)

    @classmethod
    def of(cls, frekuensi: str, day: datetime.date) -> Self:
        """The one a day lies in."""
        return cls(frekuensi, day.year, (day.month - 1) * PER_TAHUN[frekuensi] // 12 + 1)

    def __str__(self) -> str:
        tail = {"Y": "", "S": f"-S{self.nomor}", "T": f"-T{self.nomor}", "B": f"-{self.nomor:02}"}
        return f"{self.tahun}{tail[self.frekuensi]}"

    def __lt__(self, other: Self) -> bool:
        return (self.akhir, self._bulan) < (other.akhir, other._bulan)

    @property
    def _bulan(self) -> int:
        """Months it lasts."""
        return 12 // PER_TAHUN[self.frekuensi]

    @property
    def label(self) -> str:
        """As a reader says it: tahun 2025, semester 1 2025, Juli 2025."""
        words = {"Y": "tahun", "S": f"semester {self.nomor}", "T": f"triwulan {self.nomor}", "B": BULAN[self.nomor - 1]}
        return f"{words[self.frekuensi]} {self.tahun}"

    @property
    def awal(self) -> datetime.date:
        return datetime.date(self.tahun, (self.nomor - 1) * self._bulan + 1, 1)

    @property
    def akhir(self) -> datetime.date:
        month = self.nomor * self._bulan
        return datetime.date(self.tahun, month, calendar.monthrange(self.tahun, month)[1])

    def shift(self, steps: int) -> Self:
        """The one `steps` later, or earlier."""
        count = PER_TAHUN[self.frekuensi]
        years, rest = divmod(self.nomor - 1 + steps, count)
        return type(self)(self.frekuensi, self.tahun + years, rest + 1)

    @property
    def sebelumnya(self) -> Self:
        return self.shift(-1)

    @property
    def tahun_lalu(self) -> Self:
        """The same one a year before, with which figures are compared that start anew every January."""
        return self.shift(-PER_TAHUN[self.frekuensi])

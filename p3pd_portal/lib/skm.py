"""The arithmetic of the survey of public satisfaction, SKM (PermenPANRB 14/2017). Exact fractions, rounded once.

NRR_u = sum of the values of element u / number of its answers; IKM = 25 · Σ NRR_u · 1/9, from 25 to 100. The weight is
1/9 itself: 0.11 would give at most 99.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TypeVar


JUMLAH_UNSUR = 9
KOSONG_TERBANYAK = 3
"""Elements that somebody may leave out and still count."""
RESPONDEN_TERSEDIKIT = 10
"""Below this number of people there is no index."""
NILAI = (1, 2, 3, 4)

Mutu = TypeVar("Mutu")


def desimal(value: Fraction, places: int = 2) -> Decimal:
    """A positive fraction to so many decimals, halves up, from the exact value."""
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


def nrr(jumlah: int, n: int) -> Fraction | None:
    """Mean value of an element, from 1 to 4; None while nobody answered it."""
    return Fraction(jumlah, n) if n else None


def ikm(unsur: Sequence[tuple[int, int]], n: int) -> Decimal | None:
    """The index with two decimals; None below ten respondents, or with an element that nobody answered.

    Args:
        unsur: sum of the values and number of the answers of each of the nine elements.
        n: respondents who count.
    """
    if len(unsur) != JUMLAH_UNSUR:
        raise ValueError(f"SKM memiliki {JUMLAH_UNSUR} unsur, bukan {len(unsur)}.")
    means = [nrr(*one) for one in unsur]
    known = [mean for mean in means if mean is not None]
    if n < RESPONDEN_TERSEDIKIT or len(known) < JUMLAH_UNSUR:
        return None
    return desimal(25 * sum(known, Fraction(0)) / JUMLAH_UNSUR)


def kelas(nilai: Decimal, batas: Mapping[Decimal, Mutu]) -> Mutu:
    """What the table says of a rounded index: the entry with the highest lower limit that it reaches.

    Raises:
        ValueError: below every limit.
    """
    reached = [dari for dari in batas if dari <= nilai]
    if not reached:
        raise ValueError(f"Nilai {nilai} di bawah tabel mutu.")
    return batas[max(reached)]


def sample_size(populasi: int) -> int:
    """Respondents that stand for a population (Krejcie and Morgan 1970; 95 per cent, 5 points):
    3.841·N·0.25 / (0.0025·(N − 1) + 3.841·0.25), halves up.

    Raises:
        ValueError: nobody; an unknown population is not 0.
    """
    if populasi < 1:
        raise ValueError("Populasi sedikitnya 1 orang.")
    chi = Fraction("3.841") / 4
    return int(desimal(chi * populasi / (Fraction("0.0025") * (populasi - 1) + chi), 0))


@dataclass(frozen=True)
class Sampel:
    """Respondents beside the population they stand for; `populasi` is None where nobody filled it in."""

    n: int
    populasi: int | None

    @property
    def perlu(self) -> int | None:
        return None if self.populasi is None else sample_size(self.populasi)

    @property
    def cukup(self) -> bool | None:
        """Whether there are enough; None where that cannot be said."""
        return None if self.perlu is None else self.n >= self.perlu

    @property
    def kata(self) -> str:
        return {None: "populasi belum diisi", True: "memenuhi sampel", False: "belum memenuhi sampel"}[self.cukup]

"""What a training taught: marks before and after it, and how well the questions measured.

Marks are 0–100. Gains: Hake 1998 ("Interactive-engagement versus traditional methods"). Discrimination: upper and lower
27 % (Kelley 1939) and the point-biserial correlation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, sqrt
from statistics import NormalDist, median
from typing import TypeVar


TINGGI, SEDANG = Fraction(7, 10), Fraction(3, 10)
BAGIAN = Fraction(27, 100)
PENJAWAB_TERSEDIKIT = 10
"""[design] Below this number of people nothing is said of how a question discriminates."""
_T = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281)
_Z = NormalDist().inv_cdf(0.975)
T = TypeVar("T")
Sebaran = Mapping[Decimal, tuple[int, int]]
"""Answers to one question by mark in the whole test: how many of them were right, and how many there are (not 0)."""


def mark(benar: int, semua: int) -> Decimal:
    """Mark of weights answered rightly out of all, rounded half up to two places: (2, 3) → 66.67.

    Raises:
        ZeroDivisionError: there is nothing to answer.
    """
    return Decimal(_half_up(Fraction(10_000 * benar, semua))).scaleb(-2)


def _half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def gain(pra: Decimal, pasca: Decimal) -> Decimal:
    """Points more after than before; less than 0 for who knows less than before."""
    return pasca - pra


def normalized_gain(pra: Decimal, pasca: Decimal) -> Fraction | None:
    """What was learnt of what there was to learn, (pasca − pra) / (100 − pra); None of who knew all before."""
    return None if pra == 100 else (Fraction(pasca) - Fraction(pra)) / (100 - Fraction(pra))


def gain_class(g: Fraction | None) -> str | None:
    """tinggi from 0.7, sedang from 0.3, rendah below; None without a gain."""
    if g is None:
        return None
    return "tinggi" if g >= TINGGI else "sedang" if g >= SEDANG else "rendah"


def t_quantile(df: int) -> float:
    """Upper 2.5 % of Student's t: a table up to ten degrees of freedom, then the expansion around the normal
    distribution (Abramowitz and Stegun 26.7.5), right to four places."""
    if df <= len(_T):
        return _T[df - 1]
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )


@dataclass(frozen=True)
class Ringkasan:
    """Marks of people who took both tests.

    Attributes:
        n: how many.
        pra, pasca, gain, median: means of the marks and of the gain, and the median gain; None of nobody.
        selang: bounds of the 95 % interval of the mean gain, by Student's t for pairs; None of fewer than two.
        g: mean of the normalised gains of those who could still learn, None where nobody could.
        kelas: class of `g`.
        seratus: how many knew all before, and so have no normalised gain.
    """

    n: int
    pra: Decimal | None = None
    pasca: Decimal | None = None
    gain: Decimal | None = None
    median: Decimal | None = None
    selang: tuple[float, float] | None = None
    g: Fraction | None = None
    kelas: str | None = None
    seratus: int = 0


def summary(pairs: Iterable[tuple[Decimal, Decimal]]) -> Ringkasan:
    """Only pairs: who missed one of the tests does not count. Equal pairs are worked out once, for a cohort of many."""
    rows = Counter(pairs)
    n = rows.total()
    if not n:
        return Ringkasan(0)
    gains: Counter[Decimal] = Counter()
    for (pra, pasca), times in rows.items():
        gains[gain(pra, pasca)] += times
    normalized = [(g, times) for pair, times in rows.items() if (g := normalized_gain(*pair)) is not None]
    n_g = sum(times for _, times in normalized)
    g = sum((g * times for g, times in normalized), Fraction()) / n_g if n_g else None
    return Ringkasan(
        n=n,
        pra=_mean(rows, n, lambda pair: pair[0]),
        pasca=_mean(rows, n, lambda pair: pair[1]),
        gain=_mean(gains, n, lambda one: one),
        median=median(gains.elements()),
        selang=_interval(gains, n),
        g=g,
        kelas=gain_class(g),
        seratus=n - n_g,
    )


def _mean(rows: Counter[T], n: int, of: Callable[[T], Decimal]) -> Decimal:
    return sum((of(one) * times for one, times in rows.items()), Decimal()) / n


def _interval(gains: Counter[Decimal], n: int) -> tuple[float, float] | None:
    if n < 2:
        return None
    middle = _mean(gains, n, lambda one: one)
    spread = sqrt(_mean(gains, n - 1, lambda one: (one - middle) ** 2))
    half = t_quantile(n - 1) * spread / sqrt(n)
    return float(middle) - half, float(middle) + half


def difficulty(benar: int, penjawab: int) -> Fraction | None:
    """Share of those who took the test that answered rightly: 1 is the easiest; None of nobody."""
    return Fraction(benar, penjawab) if penjawab else None


def discrimination(rows: Sebaran) -> Fraction | None:
    """How much more often the best 27 % answered rightly than the weakest 27 %: −1 … 1; None of fewer than ten.

    People of equal marks at the edge of a group count in it in parts, so that the order in which they come is of no
    matter.
    """
    n = sum(semua for _benar, semua in rows.values())
    if n < PENJAWAB_TERSEDIKIT:
        return None
    size = _half_up(BAGIAN * n)
    return _share(rows, sorted(rows, reverse=True), size) - _share(rows, sorted(rows), size)


def _share(rows: Sebaran, order: Sequence[Decimal], size: int) -> Fraction:
    right, left = Fraction(), size
    for nilai in order:
        benar, semua = rows[nilai]
        taken = min(left, semua)
        right += Fraction(benar * taken, semua)
        left -= taken
    return right / size


def point_biserial(rows: Sebaran) -> float | None:
    """Correlation of the right answer with the mark; None of fewer than ten, and where all are alike in either."""
    right = {float(nilai): benar for nilai, (benar, _semua) in rows.items()}
    wrong = {float(nilai): semua - benar for nilai, (benar, semua) in rows.items()}
    n_right, n_wrong = sum(right.values()), sum(wrong.values())
    n = n_right + n_wrong
    if n < PENJAWAB_TERSEDIKIT or len(rows) < 2 or not n_right or not n_wrong:
        return None
    middle = (_sum(right) + _sum(wrong)) / n
    spread = sqrt(sum((nilai - middle) ** 2 * (right[nilai] + wrong[nilai]) for nilai in right) / (n - 1))
    r = (_sum(right) / n_right - _sum(wrong) / n_wrong) / spread * sqrt(n_right * n_wrong / (n * (n - 1)))
    return max(-1.0, min(1.0, r))


def _sum(rows: Mapping[float, int]) -> float:
    return sum(nilai * times for nilai, times in rows.items())

"""Small statistics of indicators: how sure a share of few people is, and whether a series goes up or down."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from math import sqrt
from statistics import median


_Z = 1.96
TITIK_MINIMUM = 4
"""Below this number of points there is no word about a trend."""
PEMBANDING_MINIMUM = 5
"""Below this number of regions none of them stands out."""
_NORMAL = Decimal("0.6745")
LERENG_PERSEN = 1
"""Percentage points a year that count as a movement of a share; of other figures any slope does."""


def wilson(pembilang: int | Decimal, penyebut: int | Decimal) -> tuple[float, float] | None:
    """Bounds, in per cent, of the 95 % Wilson interval of a share; None of nobody, or of more than all."""
    n, p = float(penyebut), float(pembilang)
    if n <= 0 or not 0 <= p <= n:
        return None
    share, square = p / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def z_modifikasi(values: Sequence[Decimal]) -> list[Decimal] | None:
    """How far each stands from the median, in median absolute deviations: 0.6745 · (x − median) / MAD (Iglewicz and
    Hoaglin 1993, who call more than 3.5 an outlier). None of fewer than five, or when more than half are alike."""
    if len(values) < PEMBANDING_MINIMUM:
        return None
    middle = median(values)
    mad = median(abs(value - middle) for value in values)
    return [_NORMAL * (value - middle) / mad for value in values] if mad else None


def arah_tren(titik: Sequence[tuple[float, float]], ambang: float = LERENG_PERSEN) -> int | None:
    """Whether a series rises (1), falls (-1) or stays (0); None under four points.

    `titik` are (years, value). It moves when the median of all slopes (Theil–Sen) is at least `ambang` units a year and
    agrees in sign with Mann–Kendall's S, the count of rises over falls.
    """
    if len(titik) < TITIK_MINIMUM:
        return None
    pairs = [(b[1] - a[1], b[0] - a[0]) for a, b in combinations(sorted(titik), 2)]
    slope = median(rise / run for rise, run in pairs)
    s = sum((rise > 0) - (rise < 0) for rise, _ in pairs)
    if abs(slope) < ambang or slope * s <= 0:
        return 0
    return 1 if slope > 0 else -1

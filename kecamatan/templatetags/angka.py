"""Numbers in templates as Indonesian offices write them; see p3pd_portal.lib.angka.

A name that leads nowhere (`anak.baris.serapan` of a region without a row) reaches a filter as "": unknown too.
"""

from decimal import Decimal
from typing import Any

from django import template

from p3pd_portal.lib import angka as lib


register = template.Library()


def _known(value: Any) -> Any:
    return None if value == "" else value


@register.filter
def angka(value: Any) -> str:
    return lib.angka(_known(value))


@register.filter
def persen(value: Any) -> str:
    return lib.persen(_known(value))


@register.filter
def rupiah(value: Any) -> str:
    return lib.rupiah(_known(value))


@register.filter
def sebagai(value: Any, satuan: str) -> str:
    """A value in its unit: rupiah, persen (a ratio), indeks (three decimals), else a count with its word."""
    known = _known(value)
    match satuan:
        case "rupiah":
            return lib.rupiah(None if known is None else lib.round_half_up(Decimal(known)))
        case "persen":
            return lib.persen(known)
        case "indeks":
            return lib.angka(known, 3)
    return lib.angka(known) if known is None else f"{lib.angka(known)} {satuan}"


@register.filter
def desimal(value: Any, digits: int) -> str:
    return lib.angka(_known(value), digits)


@register.filter
def poin(value: Any) -> str:
    """A difference of two ratios in percentage points, with its sign: Decimal("0.05") → "+5,0 poin"."""
    known = _known(value)
    return "–" if known is None else f"{'+' if known > 0 else ''}{lib.angka(known * 100, 1)} poin"


@register.filter
def rupiah_ringkas(value: Any) -> str:
    return lib.rupiah_ringkas(_known(value))


@register.filter
def durasi(value: int) -> str:
    return lib.durasi(value)

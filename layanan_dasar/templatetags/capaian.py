"""Figures of indicators in templates, in the unit of the indicator."""

from decimal import Decimal

from django import template

from layanan_dasar.models import Indikator, Sel, StatusNilai
from p3pd_portal.lib.angka import angka


register = template.Library()


@register.filter
def bernilai(value: Decimal | None, indikator: Indikator) -> str:
    """Decimal("77.7358") → "77,7%", Decimal(3) → "3 kasus"; "–" when unknown."""
    if value is None:
        return "–"
    return f"{angka(value, 1)}%" if indikator.is_share else f"{jumlah(value)} {indikator.satuan}"


@register.filter
def jumlah(value: Decimal | None) -> str:
    """A count without decimals; half people and medians with one."""
    return angka(value, 0 if value is None or value == value.to_integral_value() else 1)


@register.filter
def selang(value: tuple[float, float]) -> str:
    """The bounds of an interval in per cent: (70.91, 86.7) → "70,9–86,7%"."""
    low, high = (angka(Decimal(bound), 1) for bound in value)
    return f"{low}–{high}%"


@register.filter
def sel(value: Sel, indikator: Indikator) -> str:
    """A cell of a sheet in one line: "82,0% (82 dari 100)", "3 kasus", "tidak dilaporkan"."""
    if not value.is_filled:
        return "kosong"
    if value.status != StatusNilai.ADA:
        return str(StatusNilai(value.status).label)
    if value.penyebut is None:
        return bernilai(value.nilai, indikator)
    return f"{bernilai(value.nilai, indikator)} ({jumlah(value.pembilang)} dari {jumlah(value.penyebut)})"

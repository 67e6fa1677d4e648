"""Figures of indicators in templates, in the unit of the indicator."""

from decimal import Decimal

from django import template

from layanan_dasar.charts_capaian import tulis_skor
from layanan_dasar.models import Indikator, Sel, StatusNilai
from layanan_dasar.queries.angka import Angka
from p3pd_portal.lib.angka import angka, angka_utuh, round_half_up


INDEKS = "indeks"
"""The unit of figures between 0 and 1, whose words change in the fourth decimal."""

register = template.Library()
skor = register.filter("skor", tulis_skor)


@register.filter
def bilangan(value: Decimal | None, indikator: Indikator) -> str:
    """A value without its unit: shares with one decimal, an index with four, as it is published."""
    if indikator.is_share:
        return angka(value, 1)
    return angka(value, 4) if indikator.satuan.startswith(INDEKS) else jumlah(value)


@register.filter
def satuan(indikator: Indikator) -> str:
    """What stands after a value: "%", " kasus"."""
    return "%" if indikator.is_share else f" {indikator.satuan}"


@register.filter
def bernilai(value: Decimal | None, indikator: Indikator) -> str:
    """Decimal("77.7358") → "77,7%", Decimal(3) → "3 kasus"; "–" when unknown."""
    return "–" if value is None else bilangan(value, indikator) + satuan(indikator)


@register.filter
def tulis(satu: Angka, indikator: Indikator) -> str:
    """A figure, or what stands in its place. Of a single desa a yes is "ya", not 100%."""
    if satu.nilai is None:
        return satu.keterangan
    return _ya(satu.nilai) if _is_ya_tidak(satu, indikator) else bernilai(satu.nilai, indikator)


@register.filter
def target(satu: Angka, indikator: Indikator) -> str:
    """The target of a figure with as many decimals as it needs: "100%", "14,2%"; of a yes or no "ya"."""
    if satu.target is None:
        return "–"
    return _ya(satu.target) if _is_ya_tidak(satu, indikator) else angka_utuh(satu.target) + satuan(indikator)


@register.filter
def selisih(satu: Angka, indikator: Indikator) -> str:
    """How many people, households or cases lie between a figure and its target; empty where it is not even one."""
    if not satu.kurang or _is_ya_tidak(satu, indikator) or not round_half_up(satu.kurang):
        return ""
    written = f"{angka(satu.kurang)} {indikator.satuan_kurang}"
    return f"kurang {written}" if indikator.arah == Indikator.Arah.NAIK else f"{written} di atas target"


def _is_ya_tidak(satu: Angka, indikator: Indikator) -> bool:
    return satu.n_desa == 1 and indikator.jenis == Indikator.Jenis.YA_TIDAK


def _ya(value: Decimal) -> str:
    return "ya" if value else "tidak"


@register.filter
def jumlah(value: Decimal | None) -> str:
    """A count without decimals; half people and medians with one."""
    return angka(value, 0 if value is None or value == value.to_integral_value() else 1)


@register.filter
def rentang(value: tuple[Decimal, Decimal], indikator: Indikator) -> str:
    """Two values with the unit once: "3–5 pilar"."""
    return f"{bilangan(value[0], indikator)}–{bernilai(value[1], indikator)}"


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

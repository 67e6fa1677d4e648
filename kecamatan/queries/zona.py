"""What time it is where people work (Keppres 41/1987)."""

import datetime
from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from django.conf import settings

from kecamatan.models import AturanDaerah, Penugasan, Wilayah
from p3pd_portal.lib.hari_kerja import ZONA


def zona_waktu(wilayah: Wilayah) -> str:
    """WIB, WITA or WIT of a region; WIB, the capital's, for the nation and where no rule says otherwise."""
    rules = AturanDaerah.objects.for_kode(wilayah.kode).exclude(zona_waktu="")
    return rules.values_list("zona_waktu", flat=True).first() or "WIB"


def zona_pengguna(pengguna: Collection[int], on: datetime.date) -> dict[int, ZoneInfo]:
    """Time zone of each account: that of the largest region the person works in on that day; the portal's own
    without one. Two queries for any number of accounts."""
    rules = aturan_zona()
    zona = dict.fromkeys(pengguna, ZoneInfo(settings.TIME_ZONE))
    working = Penugasan.objects.in_force(on).filter(pengguna__in=pengguna)
    for pk, kode in working.order_by("-wilayah__tingkat", "-id").values_list("pengguna", "wilayah__kode"):
        zona[pk] = zona_dari(rules, kode)  # the last to write is the largest
    return zona


def aturan_zona() -> dict[str, str]:
    """The rules of all regions, for `zona_dari`."""
    return dict(AturanDaerah.objects.exclude(zona_waktu="").values_list("kode", "zona_waktu"))


def zona_dari(rules: Mapping[str, str], kode: str) -> ZoneInfo:
    """Time zone of a region by the rules of all; WIB where none says otherwise."""
    return ZONA[nama_zona(rules, kode)]


def nama_zona(rules: Mapping[str, str], kode: str) -> str:
    """The same as WIB, WITA or WIT."""
    return rules.get(kode[:5]) or rules.get(kode[:2]) or "WIB"

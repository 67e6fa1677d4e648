"""People, area and pilot lists of a region for its page."""

from dataclasses import dataclass

from kecamatan.models import Lokus, ProfilWilayah, Wilayah


@dataclass(frozen=True)
class Profil:
    """The latest count of people and area, None if nobody loaded one; and the years in which it was lokus."""

    terbaru: ProfilWilayah | None
    lokus: list[Lokus]


def profil(wilayah: Wilayah) -> Profil:
    return Profil(
        terbaru=ProfilWilayah.objects.filter(wilayah=wilayah).order_by("-per").first(),
        lokus=list(Lokus.objects.filter(wilayah=wilayah)),
    )

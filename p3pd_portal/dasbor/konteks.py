"""What the panels of a region's page may ask."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from kecamatan.models import Pengguna, Tingkat, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.queries import kualitas


@dataclass(frozen=True)
class Konteks:
    """What every panel may ask: the region, the year, who looks, and the order of tables."""

    wilayah: Wilayah
    tahun: int
    user: Pengguna | AnonymousUser
    hasil: kualitas.KualitasWilayah
    urut: str = ""

    @cached_property
    def ringkasan(self) -> kualitas.Ringkasan:
        return self.hasil.ringkasan(self.tahun)

    @cached_property
    def anak(self) -> list[kualitas.BarisAnak]:
        return kualitas.anak(self.wilayah, self.tahun, self.urut)

    def has_izin(self, izin: Izin) -> bool:
        return isinstance(self.user, Pengguna) and self.user.has_izin(izin, self.wilayah)

    @property
    def may_manage_wilayah(self) -> bool:
        return self.wilayah.tingkat == Tingkat.NASIONAL and self.has_izin(Izin.KELOLA_WILAYAH)

    @property
    def may_import(self) -> bool:
        return self.has_izin(Izin.IMPOR_APBDES)

"""Service units of a region: how many of each kind, and which."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.db.models.functions import Lower

from kecamatan.models import JenisUnit, UnitLayanan, Wilayah
from kecamatan.models.unit import UnitLayananQuerySet


PER_HALAMAN = 100
URUTAN = {
    "nama": (Lower("nama"), "wilayah__kode"),
    "jenis": ("jenis", Lower("nama"), "wilayah__kode"),
    "tempat": ("wilayah__kode", Lower("nama")),
}


@dataclass(frozen=True)
class JumlahUnit:
    """How many units of one kind stand in a region or serve it."""

    jenis: str
    label: str
    n: int


@dataclass(frozen=True)
class Saringan:
    """What a reader asks of the list: a kind ("" for all), closed units too, and an order ("-nama" for the reverse)."""

    jenis: str = ""
    tutup: bool = False
    urut: str = ""

    @classmethod
    def of(cls, query: Any) -> "Saringan":
        """From the query of an address; what is unknown there is as if it were not."""
        jenis, urut = query.get("jenis", ""), query.get("urut", "")
        return cls(
            jenis if jenis in JenisUnit.values else "",
            query.get("tutup", "") == "1",
            urut if urut.removeprefix("-") in URUTAN else "tempat",
        )


@dataclass(frozen=True)
class DaftarUnit:
    """A page of the units of a region, with the counts per kind over all of them whatever kind was asked for."""

    saringan: Saringan
    jumlah: list[JumlahUnit]
    halaman: Page[UnitLayanan]

    @property
    def n_semua(self) -> int:
        return sum(satu.n for satu in self.jumlah)


@dataclass(frozen=True)
class KerjaKecamatan:
    """The part of a working area that lies in one kecamatan."""

    kecamatan: Wilayah
    desa: list[Wilayah]


def _units(wilayah: Wilayah, tutup: bool = False) -> UnitLayananQuerySet:
    units = UnitLayanan.objects.of_wilayah(wilayah)
    return units if tutup else units.in_force()


def jumlah_unit(wilayah: Wilayah, *, tutup: bool = False) -> list[JumlahUnit]:
    """Units at work in a region per kind, in the order of the kinds; kinds without any are left out."""
    counts = dict(_units(wilayah, tutup).values_list("jenis").annotate(n=Count("pk")).order_by())
    return [JumlahUnit(jenis.value, jenis.label, counts[jenis]) for jenis in JenisUnit if jenis in counts]


def semua_unit(wilayah: Wilayah, saringan: Saringan) -> UnitLayananQuerySet:
    """The units a reader asked for, in order, with their regions."""
    units = _units(wilayah, saringan.tutup)
    if saringan.jenis:
        units = units.filter(jenis=saringan.jenis)
    units = units.order_by(*URUTAN[saringan.urut.removeprefix("-")], "pk")
    units = units.reverse() if saringan.urut.startswith("-") else units
    return units.select_related("wilayah__induk").prefetch_related("wilayah_kerja")


def daftar_unit(wilayah: Wilayah, saringan: Saringan, halaman: str) -> DaftarUnit:
    """One page of the list; a page number that is none leads to the first, one beyond the end to the last."""
    paginator = Paginator(semua_unit(wilayah, saringan), PER_HALAMAN)
    return DaftarUnit(saringan, jumlah_unit(wilayah, tutup=saringan.tutup), paginator.get_page(halaman))


def per_kecamatan(desa: Iterable[Wilayah]) -> list[KerjaKecamatan]:
    """Desa, loaded with their parents, by kecamatan in the order of the codes."""
    ordered = sorted(desa, key=lambda satu: satu.kode)
    groups = (list(group) for _, group in groupby(ordered, key=lambda satu: satu.induk_id))
    return [KerjaKecamatan(group[0].induk, group) for group in groups if group[0].induk is not None]


def wilayah_kerja(unit: UnitLayanan) -> list[KerjaKecamatan]:
    """The stated working area of a unit; empty when none is stated."""
    return per_kecamatan(unit.wilayah_kerja.select_related("induk"))

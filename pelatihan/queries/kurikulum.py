"""What is taught, and the part of the portal that each module is about."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from kecamatan.models import Tingkat, Wilayah
from pelatihan.models import JenisPelatihan, Modul


def _evaluasi(wilayah: Wilayah) -> str:
    """The desk of budget evaluation; above a kabupaten, the rules that it applies."""
    if wilayah.tingkat < Tingkat.KABUPATEN:
        return reverse("layanan_dasar:aturan_belanja")
    return reverse("layanan_dasar:evaluasi", args=[wilayah.kode])


def _of(name: str) -> Callable[[Wilayah], str]:
    return lambda wilayah: reverse(name, args=[wilayah.kode])


HALAMAN: dict[str, Callable[[Wilayah], str]] = {
    "wilayah": Wilayah.get_absolute_url,
    "capaian": _of("layanan_dasar:capaian"),
    "belanja": _of("layanan_dasar:belanja"),
    "evaluasi": _evaluasi,
    "pengaduan": _of("pengaduan:pengaduan"),
    "pelatihan": _of("pelatihan:pelatihan"),
}
"""Code of a part of the portal → its page for a region."""


@dataclass(frozen=True)
class BarisModul:
    """A module with the address of the page it is about; "" for none."""

    modul: Modul
    url: str


@dataclass(frozen=True)
class Kurikulum:
    """The modules of one kind of training.

    Attributes:
        jp: lesson hours of all; None as long as those of one are unknown.
    """

    jenis: str
    baris: list[BarisModul]
    jp: int | None


def kurikulum(wilayah: Wilayah) -> list[Kurikulum]:
    """Every kind of training that has modules, with pages about the region."""
    modul = list(Modul.objects.all())
    found = []
    for jenis in JenisPelatihan:
        rows = [BarisModul(satu, halaman_modul(satu, wilayah)) for satu in modul if satu.jenis == jenis]
        hours = [satu.modul.jp for satu in rows]
        if rows:
            whole = None if None in hours else sum(n for n in hours if n)
            found.append(Kurikulum(str(jenis.label), rows, whole))
    return found


def halaman_modul(modul: Modul, wilayah: Wilayah) -> str:
    """The page that a module is about; "" for none."""
    page = HALAMAN.get(modul.halaman)
    return page(wilayah) if page else ""

"""Places of a cohort: which kabupaten, which office, how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import NASIONAL
from pelatihan.models import Angkatan, Kuota, Peserta, UnsurPeserta


Kunci = tuple[int, str]
"""A kabupaten by its key and an office by its code."""


def kabupaten_of(angkatan: Angkatan) -> list[Wilayah]:
    """Kabupaten and kota in force that a cohort trains people of, by code: those below its regions, and those above."""
    codes = [kode for kode in angkatan.cakupan.values_list("kode_kini", flat=True) if kode]
    wanted = Q(kode__in=[kode[:5] for kode in codes]) | Q(kode_induk__in=codes)
    if NASIONAL in codes:
        wanted |= Q(contoh=False)
    return list(Wilayah.objects.in_force().filter(wanted, tingkat=Tingkat.KABUPATEN).order_by("kode"))


def unsur_of(angkatan: Angkatan) -> list[UnsurPeserta]:
    """Offices that take part in this kind of training, in their order."""
    return list(UnsurPeserta.objects.filter(jenis=angkatan.program.jenis).order_by("urutan"))


def terisi(angkatan: Angkatan) -> dict[Kunci, int]:
    """Participants who did not withdraw, by kabupaten (those of its kecamatan with it) and office: two queries."""
    kabupaten = {satu.kode: satu.pk for satu in Wilayah.objects.in_force().filter(
        pk__in=Kuota.objects.filter(angkatan=angkatan).values("wilayah"))}  # fmt: skip
    rows = Peserta.objects.ikut().filter(angkatan=angkatan).order_by().values_list("wilayah__kode_kini", "unsur")
    counts: dict[Kunci, int] = {}
    for kode, unsur, n in rows.annotate(n=Count("pk")):
        if kode and (pk := kabupaten.get(kode[:5])):
            counts[pk, unsur] = counts.get((pk, unsur), 0) + n
    return counts


@dataclass(frozen=True)
class BarisKuota:
    """A kabupaten in the grid: one pair for each office, None where no quota was given."""

    wilayah: Wilayah
    sel: list[tuple[UnsurPeserta, Kuota | None]]


@dataclass(frozen=True)
class PetakKuota:
    """The grid of kabupaten × offices; its sum is that of its rows.

    Attributes:
        jumlah, cadangan: sums over the whole cohort.
    """

    unsur: list[UnsurPeserta]
    baris: list[BarisKuota]
    jumlah: int
    cadangan: int


def petak_kuota(angkatan: Angkatan, kabupaten: Iterable[Wilayah]) -> PetakKuota:
    """Rows for some kabupaten of the cohort; two queries."""
    unsur = unsur_of(angkatan)
    known = {(satu.wilayah_id, satu.unsur_id): satu for satu in Kuota.objects.filter(angkatan=angkatan)}
    rows = [BarisKuota(satu, [(u, known.get((satu.pk, u.pk))) for u in unsur]) for satu in kabupaten]
    total = sum(satu.jumlah for satu in known.values())
    return PetakKuota(unsur, rows, total, sum(satu.cadangan for satu in known.values()))

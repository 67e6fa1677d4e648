"""How an indicator moved in kecamatan with trained staff, beside those without. A comparison, never a proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min
from django.db.models.functions import Left

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.models import Capaian, Indikator
from p3pd_portal.lib.angka import ratio
from p3pd_portal.lib.periode import Periode
from pelatihan.queries.terlatih import terlatih


Bagian = tuple[Decimal, Decimal] | None
"""Numerator and denominator of a kecamatan in a period; None without a figure."""


@dataclass(frozen=True)
class Pasangan:
    """A kecamatan before and after."""

    terlatih: bool
    sebelum: Bagian
    sesudah: Bagian


@dataclass(frozen=True)
class Kelompok:
    """Kecamatan with, or without, trained staff.

    Attributes:
        n: those with a figure both before and after; only they count. `dari`: all of them.
        sebelum, sesudah: Σ numerator / Σ denominator; None where there is nothing to divide by.
    """

    n: int
    dari: int
    sebelum: Decimal | None
    sesudah: Decimal | None

    @property
    def gerak(self) -> Decimal | None:
        """The difference of the two shares."""
        if self.sebelum is None or self.sesudah is None:
            return None
        return self.sesudah - self.sebelum


def kelompok(pasangan: Iterable[Pasangan]) -> Kelompok:
    """Pure: from kecamatan to their group; a share is that of the sums, never a mean of shares."""
    rows = list(pasangan)
    paired = [(satu.sebelum, satu.sesudah) for satu in rows if satu.sebelum and satu.sesudah]
    shares = [
        ratio(sum((pair[i][0] for pair in paired), Decimal(0)), sum((pair[i][1] for pair in paired), Decimal(0)))
        for i in (0, 1)
    ]
    return Kelompok(len(paired), len(rows), *shares)


@dataclass(frozen=True)
class Gerak:
    """An indicator in the kecamatan of a region, before the first and after the last training there."""

    indikator: Indikator
    sebelum: Periode
    sesudah: Periode
    terlatih: Kelompok
    lain: Kelompok


def pilihan_indikator(wilayah: Wilayah) -> list[Indikator]:
    """Shares of which the region has a figure."""
    known = Capaian.objects.filter(wilayah=wilayah, penyebut__gt=0).values("indikator")
    return [satu for satu in Indikator.objects.filter(pk__in=known, konteks=False).order_by("kode") if satu.is_share]


def pilih_periode(
    tersedia: Iterable[Periode], indikator: Indikator, hari: tuple[object, object]
) -> tuple[Periode, Periode] | None:
    """The last period that ended before the first day of training, and the last that began after the last one. What
    starts anew every January is compared with the same period of its year.

    Args:
        hari: first and last day of training.
    """
    known = sorted(tersedia)
    after = [satu for satu in known if satu.awal > hari[1]]  # type: ignore[operator]
    before = [satu for satu in known if satu.akhir < hari[0]]  # type: ignore[operator]
    if indikator.kumulatif and after:
        before = [satu for satu in before if satu.nomor == after[-1].nomor]
    return (before[-1], after[-1]) if before and after else None


def gerak_indikator(wilayah: Wilayah, indikator: Indikator) -> Gerak | None:
    """None where nobody was trained yet, or no figure stands before or after. Four queries."""
    trained = terlatih().in_wilayah(wilayah)
    days = trained.aggregate(awal=Min("angkatan__mulai"), akhir=Max("angkatan__selesai"))
    if not days["awal"] or not days["akhir"]:
        return None
    own = Capaian.objects.filter(wilayah=wilayah, indikator=indikator).values_list("periode", flat=True)
    chosen = pilih_periode((Periode.parse(satu) for satu in own), indikator, (days["awal"], days["akhir"]))
    if chosen is None:
        return None
    codes = set(trained.order_by().values_list(Left("wilayah__kode_kini", 8), flat=True))
    groups = _pasangan(wilayah, indikator, chosen, codes)
    with_staff, without = (kelompok(s for s in groups if s.terlatih is is_trained) for is_trained in (True, False))
    return Gerak(indikator, *chosen, with_staff, without)


def _pasangan(
    wilayah: Wilayah, indikator: Indikator, periode: tuple[Periode, Periode], terlatih: set[str]
) -> list[Pasangan]:
    every = Wilayah.objects.in_force().filter(tingkat=Tingkat.KECAMATAN).in_wilayah(wilayah)
    rows = Capaian.objects.filter(
        wilayah__in=every, indikator=indikator, akhir__in=[satu.akhir for satu in periode], penyebut__gt=0
    )
    values = rows.values_list("wilayah__kode", "periode", "pembilang", "penyebut")
    known = {(kode, told): (p, n) for kode, told, p, n in values if p is not None and n is not None}
    before, after = (str(satu) for satu in periode)
    codes = every.order_by("kode").values_list("kode", flat=True)
    return [Pasangan(kode in terlatih, known.get((kode, before)), known.get((kode, after))) for kode in codes]

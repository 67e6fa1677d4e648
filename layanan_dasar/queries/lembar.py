"""A sheet of figures as it stands: its cells, the published figures beside them, and who may do what with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from kecamatan.models import Pengguna, ProfilWilayah, Wilayah
from layanan_dasar.models import Dataset, Indikator, Isian, LangkahIsian, Lembar, NilaiIndikator, NilaiIsian, Sel
from layanan_dasar.models.lembar import BAGIAN, KOSONG, Kunci
from p3pd_portal.lib.periode import Periode


_ISI = ("indikator", *BAGIAN, "status")


def isian_of(dataset: Dataset, kecamatan: Wilayah, periode: Periode, versi: int | None = None) -> Isian | None:
    """A version of a sheet, by default the latest; None where there is none."""
    versions = Isian.objects.filter(dataset=dataset, kecamatan=kecamatan, periode=str(periode))
    if versi is not None:
        versions = versions.filter(versi=versi)
    return versions.select_related("dataset", "kecamatan").order_by("-versi").first()


def lembar(dataset: Dataset, kecamatan: Wilayah, periode: Periode, isian: Isian | None) -> Lembar:
    """The sheet with its cells; one that nobody began shows what is published of its period.

    Args:
        isian: the version to show, None if there is none.
    """
    indikator = tuple(dataset.indikator())
    desa = tuple(Wilayah.objects.children_of(kecamatan))
    published = terbit(desa, indikator, [periode, periode.sebelumnya, periode.tahun_lalu])
    return Lembar(
        dataset=dataset,
        kecamatan=kecamatan,
        periode=periode,
        versi=isian.versi if isian else 0,
        indikator=indikator,
        desa=desa,
        isi=isi_of(isian) if isian else published[periode],
        lalu=published[periode.sebelumnya],
        setahun=published[periode.tahun_lalu],
        terbit=published[periode],
        penduduk=_penduduk(desa),
    )


def isi_of(isian: Isian) -> dict[Kunci, Sel]:
    rows = NilaiIsian.objects.filter(isian=isian).values_list("wilayah", *_ISI)
    return {(wilayah, kode): Sel(*cells) for wilayah, kode, *cells in rows}


def terbit(
    desa: Iterable[Wilayah], indikator: Iterable[Indikator], periode: Iterable[Periode]
) -> Mapping[Periode, dict[Kunci, Sel]]:
    """The published figures of desa in some periods: the latest revision of each."""
    wanted = {str(satu): satu for satu in periode}
    rows = NilaiIndikator.objects.filter(
        desa__in=desa, indikator__in=indikator, periode__in=wanted, terbit_pada__isnull=False
    )
    found: dict[Periode, dict[Kunci, Sel]] = {satu: {} for satu in wanted.values()}
    for of, wilayah, kode, *cells in rows.order_by("revisi").values_list("periode", "desa", *_ISI):
        found[wanted[of]][wilayah, kode] = Sel(*cells)
    return found


def _penduduk(desa: Iterable[Wilayah]) -> dict[int, int]:
    """People of each desa by their latest count."""
    newest = ProfilWilayah.objects.filter(wilayah__in=desa).order_by("wilayah").values("wilayah").annotate(Max("per"))
    days = {row["wilayah"]: row["per__max"] for row in newest}
    rows = ProfilWilayah.objects.filter(wilayah__in=days, per__in=set(days.values())).values_list(
        "wilayah", "per", "penduduk"
    )
    return {wilayah: penduduk for wilayah, per, penduduk in rows if days[wilayah] == per}


@dataclass(frozen=True)
class Pihak:
    """Who had a hand in a sheet so far, by account: whoever filled or submitted it does not verify it, and whoever
    verified it does not approve it (four eyes)."""

    pengisi: frozenset[int]
    pengaju: frozenset[int]
    pemeriksa: frozenset[int]

    def may_verify(self, user: Pengguna) -> bool:
        return user.pk not in self.pengisi | self.pengaju

    def may_approve(self, user: Pengguna) -> bool:
        return user.pk not in self.pengisi | self.pengaju | self.pemeriksa


def pihak_isian(isian: Isian) -> Pihak:
    steps = list(LangkahIsian.objects.filter(isian=isian).values_list("langkah", "oleh"))
    typed = NilaiIsian.objects.filter(isian=isian, diisi_oleh__isnull=False)
    of = lambda langkah: frozenset(oleh for kind, oleh in steps if kind == langkah)  # noqa: E731
    return Pihak(
        pengisi=frozenset(typed.values_list("diisi_oleh", flat=True).distinct()),
        pengaju=of(LangkahIsian.Langkah.AJUKAN),
        pemeriksa=of(LangkahIsian.Langkah.VERIFIKASI),
    )


@dataclass(frozen=True)
class PerubahanSel:
    """A cell that differs from what is published of its period."""

    desa: Wilayah
    indikator: Indikator
    lama: Sel
    baru: Sel

    @property
    def besar(self) -> Decimal:
        """How far the value moves; what appears or goes counts most."""
        if self.lama.nilai is None or self.baru.nilai is None:
            return Decimal("Infinity")
        return abs(self.baru.nilai - self.lama.nilai)


def perubahan(sheet: Lembar) -> list[PerubahanSel]:
    """What publishing a sheet would change, the largest first."""
    found = [
        PerubahanSel(desa, indikator, sheet.terbit.get((desa.pk, indikator.kode), KOSONG), sheet.sel(desa, indikator))
        for desa in sheet.desa
        for indikator in sheet.indikator
    ]
    return sorted((satu for satu in found if satu.lama != satu.baru), key=lambda satu: satu.besar, reverse=True)

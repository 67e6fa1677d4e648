"""Cohorts: what everybody sees of them, and the page of those who run one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, AngkaTerbit, JenisPelatihan, Kelas, Peserta, Program, Sesi
from pelatihan.models.alur import LangkahAngkatan, langkah_dari
from pelatihan.models.angkatan import BERURUT, AngkatanQuerySet
from pelatihan.queries.hitung import jumlah


SEHALAMAN = 25


@dataclass(frozen=True)
class BarisAngkatan:
    """A cohort as everybody may see it.

    Attributes:
        tercatat: persons of it who are recorded here and did not withdraw.
        terbit: participants as published; None where no number was, which is not 0. `tercatat` and `terbit` are never
            added: they count the same people.
        rincian: the published numbers by region, with those whose number is unknown.
    """

    angkatan: Angkatan
    tercatat: int
    terbit: int | None
    rincian: list[AngkaTerbit]

    @property
    def catatan(self) -> list[str]:
        """What is unclear about the published numbers."""
        return list(dict.fromkeys(satu.catatan for satu in self.rincian if satu.catatan))


def jumlah_terbit(angka: Iterable[AngkaTerbit]) -> int | None:
    """Published participants of a cohort: the number of the whole where one was published, otherwise the sum of the
    regions (39 + 36 + 36 = 111); None where no number was published at all, and where a region's is missing."""
    rows = list(angka)
    whole = [satu.jumlah for satu in rows if satu.wilayah_id is None]
    if whole:
        return whole[0]
    parts = [satu.jumlah for satu in rows]
    return sum(n for n in parts if n is not None) if parts and None not in parts else None


def _rows(found: Iterable[Angkatan]) -> list[BarisAngkatan]:
    return [
        BarisAngkatan(satu, satu.tercatat, jumlah_terbit(satu.angka_terbit.all()), list(satu.angka_terbit.all()))  # type: ignore[attr-defined]
        for satu in found
    ]


def semua_angkatan(found: AngkatanQuerySet) -> list[BarisAngkatan]:
    """All of some cohorts with their numbers, the latest first; three queries."""
    return _rows(_complete(found))


def daftar_angkatan(wilayah: Wilayah, halaman: int, jenis: str = "") -> tuple[Page[Angkatan], list[BarisAngkatan]]:
    """A page of the published cohorts about a region, the latest first, of one kind or of all."""
    found = Angkatan.objects.published().filter(pk__in=Angkatan.objects.about(wilayah).values("pk"))
    if jenis in JenisPelatihan.values:
        found = found.filter(program__jenis=jenis)
    return halaman_angkatan(found, halaman)


def halaman_angkatan(found: AngkatanQuerySet, halaman: int) -> tuple[Page[Angkatan], list[BarisAngkatan]]:
    """A page of some cohorts with their numbers, the latest first; four queries."""
    page = Paginator(_complete(found), SEHALAMAN).get_page(halaman)
    return page, _rows(page.object_list)


def _complete(found: AngkatanQuerySet) -> AngkatanQuerySet:
    angka = Prefetch("angka_terbit", AngkaTerbit.objects.select_related("wilayah"))
    query = found.select_related("program__wilayah").prefetch_related(angka, "cakupan")
    return query.annotate(tercatat=jumlah(Peserta.objects.ikut(), "angkatan")).order_by(*BERURUT)


@dataclass(frozen=True)
class RincianAngkatan:
    """What the page of a cohort shows.

    Attributes:
        baris: its numbers.
        kelas: a page of its classes, each with `n_peserta` and `n_sesi`.
        langkah: steps that can be taken now.
        lanjutan: cohorts whose trainers come from this one.
    """

    baris: BarisAngkatan
    kelas: Page[Kelas]
    langkah: list[LangkahAngkatan]
    lanjutan: list[Angkatan]


def rincian_angkatan(angkatan: Angkatan, halaman: int = 1) -> RincianAngkatan:
    """Six queries for any cohort."""
    (baris,) = semua_angkatan(Angkatan.objects.filter(pk=angkatan.pk))
    kelas = angkatan.kelas.select_related("wilayah").annotate(
        n_peserta=jumlah(Peserta.objects.ikut(), "kelas"), n_sesi=jumlah(Sesi.objects.all(), "kelas")
    )
    lanjutan = Angkatan.objects.filter(induk=angkatan).select_related("program__wilayah")
    page: Page[Kelas] = Paginator(kelas.order_by("nama", "pk"), SEHALAMAN).get_page(halaman)  # type: ignore[assignment]
    return RincianAngkatan(baris, page, langkah_dari(angkatan.status), list(lanjutan))


def pilihan_induk(wilayah: Wilayah) -> list[Angkatan]:
    """Cohorts of trainers that a class can go back to: published ToT cohorts about the region."""
    tot = Angkatan.objects.published().filter(program__jenis=JenisPelatihan.TOT)
    return list(tot.filter(pk__in=Angkatan.objects.about(wilayah).values("pk")))


def daftar_program(wilayah: Wilayah) -> list[Program]:
    """Programmes that a region organises."""
    return list(Program.objects.filter(wilayah__kode_kini=wilayah.kode))

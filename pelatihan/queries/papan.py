"""The board of those who run training: a row of counters for each cohort, and what the rows can be narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna, Tingkat, Wilayah
from pelatihan.models import Angkatan, Peserta, Presensi, Rtl, StatusAngkatan
from pelatihan.models.angkatan import AngkatanQuerySet
from pelatihan.models.presensi import HADIR
from pelatihan.queries.angkatan import BarisAngkatan, halaman_angkatan
from pelatihan.queries.seleksi import Papan, papan


MENGUSULKAN = (StatusAngkatan.UNDANG, StatusAngkatan.USULAN, StatusAngkatan.SELEKSI)
"""States in which a kabupaten that did not propose can still be called up; before it is not asked, after it is late."""
BERJALAN = (Rtl.Status.BERJALAN, Rtl.Status.SELESAI)


@dataclass(frozen=True)
class BarisPapan:
    """A cohort on the board. People who withdrew are in none of its numbers, nor are plans that were called off.

    Attributes:
        angka: its recorded and published participants.
        usulan: counters of its nominations; None for a cohort without them, which is not 0.
        hadir: participants with a mark "hadir" or "terlambat" in at least one session: who came at all, whatever share
            of the hours they stayed, which is the condition of passing and is read in the report.
        lulus: participants who passed.
        rtl_jalan: action plans that go on or are done, of `rtl`.
    """

    angka: BarisAngkatan
    usulan: Papan | None
    hadir: int
    lulus: int
    rtl_jalan: int
    rtl: int

    @property
    def merah(self) -> bool:
        """A kabupaten did not propose while it is asked to."""
        return self.usulan is not None and self.usulan.belum > 0 and self.angka.angkatan.status in MENGUSULKAN


@dataclass(frozen=True)
class Saringan:
    """One way to narrow the board.

    Attributes:
        pilihan: (value, label) of what its cohorts have.
        dipilih: a value of these, or "" for all.
    """

    nama: str
    label: str
    pilihan: list[tuple[str, str]]
    dipilih: str


@dataclass(frozen=True)
class PapanKelola:
    """A page of the board, and the ways to narrow it."""

    halaman: Page[Angkatan]
    baris: list[BarisPapan]
    saringan: list[Saringan]

    @property
    def kosong(self) -> bool:
        """Whether there is no cohort whatever is chosen."""
        return not any(satu.pilihan for satu in self.saringan)


def papan_kelola(user: Pengguna, wilayah: Wilayah, dipilih: Mapping[str, str], halaman: int) -> PapanKelola:
    """The cohorts that a region organises, for those who run them, drafts too; eleven queries for any number of them.

    Args:
        dipilih: "sasaran" (code of a region they are about), "tahun", "tahap" and "status"; what is none of the
            choices counts as not chosen.
    """
    mine = Angkatan.objects.visible_to(user).of_wilayah(wilayah)
    saringan = _saringan(mine, wilayah, dipilih)
    chosen = {satu.nama: satu.dipilih for satu in saringan if satu.dipilih}
    page, rows = halaman_angkatan(_narrow(mine, chosen), halaman)
    return PapanKelola(page, _counted(rows), saringan)


_DI_BAWAH = {Tingkat.NASIONAL: (2, _("Provinsi")), Tingkat.PROVINSI: (5, _("Kabupaten/kota"))}
"""Length of the codes one level below an organiser, and what they are called; below a kabupaten the next line."""
_KECAMATAN = (8, _("Kecamatan"))


def _saringan(mine: AngkatanQuerySet, wilayah: Wilayah, dipilih: Mapping[str, str]) -> list[Saringan]:
    known = list(mine.order_by().values_list("mulai__year", "tahap", "status", "cakupan__kode_kini").distinct())
    size, label = _DI_BAWAH.get(Tingkat(wilayah.tingkat), _KECAMATAN)
    codes = {kode[:size] for *_rest, kode in known if kode and len(kode) >= size}
    regions = Wilayah.objects.in_force().filter(kode__in=codes).order_by("nama", "kode")
    years, stages = ({told for row in known if isinstance(told := row[n], int)} for n in (0, 1))
    states = {row[2] for row in known}
    choices = {
        "sasaran": (label, [(satu.kode, satu.nama_lengkap) for satu in regions]),
        "tahun": (_("Tahun"), [(str(n), str(n)) for n in sorted(years, reverse=True)]),
        "tahap": (_("Tahap"), [(str(n), str(n)) for n in sorted(stages)]),
        "status": (_("Keadaan"), [(s.value, str(s.label)) for s in StatusAngkatan if s in states]),
    }
    return [
        Saringan(nama, str(label), some, dipilih.get(nama, "") if dipilih.get(nama) in dict(some) else "")
        for nama, (label, some) in choices.items()
    ]


def _narrow(mine: AngkatanQuerySet, chosen: Mapping[str, str]) -> AngkatanQuerySet:
    """A cohort for a whole country is about each of its provinces."""
    plain = {"tahun": "mulai__year", "tahap": "tahap", "status": "status"}
    found = mine.filter(**{kolom: chosen[nama] for nama, kolom in plain.items() if nama in chosen})
    if "sasaran" not in chosen:
        return found
    about = Angkatan.objects.about(Wilayah.objects.in_force().get(kode=chosen["sasaran"]))
    return found.filter(pk__in=about.values("pk"))


def _counted(rows: list[BarisAngkatan]) -> list[BarisPapan]:
    """Five queries for any number of cohorts."""
    cohorts = [satu.angkatan for satu in rows]
    board, people, plans = papan(cohorts), _people(cohorts), _plans(cohorts)
    return [
        BarisPapan(satu, board[pk] if board[pk].ada else None, *people.get(pk, (0, 0)), *plans.get(pk, (0, 0)))
        for satu, pk in ((satu, satu.angkatan.pk) for satu in rows)
    ]


def _people(cohorts: list[Angkatan]) -> dict[int, tuple[int, int]]:
    there = Exists(Presensi.objects.filter(peserta=OuterRef("pk"), status__in=HADIR))
    rows = Peserta.objects.ikut().filter(angkatan__in=cohorts)
    return _pairs(rows, "angkatan", Count("pk", filter=there), Count("pk", filter=Q(status=Peserta.Status.LULUS)))


def _plans(cohorts: list[Angkatan]) -> dict[int, tuple[int, int]]:
    rows = Rtl.objects.berlaku().filter(peserta__angkatan__in=cohorts)
    return _pairs(rows, "peserta__angkatan", Count("pk", filter=Q(status__in=BERJALAN)), Count("pk"))


def _pairs(rows: "QuerySet[Any]", kunci: str, a: Count, b: Count) -> dict[int, tuple[int, int]]:
    counted = rows.order_by().values(kunci).annotate(a=a, b=b).values_list(kunci, "a", "b")
    return {pk: (first, second) for pk, first, second in counted}

"""Places that deliver basic services, and whom each of them serves."""

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from kecamatan.models.impor import BerkasImpor
from kecamatan.models.wilayah import Tingkat, Wilayah
from kecamatan.triggers import Catat


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kecamatan.models.pengguna import Pengguna


class JenisUnit(models.TextChoices):
    """Kinds of units, in the order of lists."""

    PUSKESMAS = "puskesmas", "puskesmas"
    PUSTU = "pustu", "puskesmas pembantu"
    POSYANDU = "posyandu", "posyandu"
    SEKOLAH = "sekolah", "sekolah/madrasah"
    PAUD = "paud", "PAUD/TK/RA"
    UPT_PENDIDIKAN = "upt_pendidikan", "UPT/korwil pendidikan"
    KANTOR_CAMAT = "kantor_camat", "kantor camat"
    KANTOR_DESA = "kantor_desa", "kantor desa/kelurahan"


SEKECAMATAN = (JenisUnit.PUSKESMAS, JenisUnit.UPT_PENDIDIKAN, JenisUnit.KANTOR_CAMAT)
"""Kinds that serve a whole kecamatan unless their working area says otherwise. All others serve the desa in which
they stand, which must therefore be known."""
BER_NPSN = (JenisUnit.SEKOLAH, JenisUnit.PAUD)
"""Kinds whose code is the eight characters of the NPSN."""

_KODE_POLA = r"^[A-Z0-9][A-Z0-9.-]{2,19}$"
_NPSN_POLA = r"^[A-Z0-9]{8}$"
# Box around Indonesia in degrees; a place outside is a typing error, most often of swapped columns.
LINTANG = Decimal("-11.1"), Decimal("6.2")
BUJUR = Decimal("95"), Decimal("141.1")


def check_wilayah_kerja(tempat: Wilayah, desa: list[Wilayah]) -> None:
    """Raises:
    ValidationError: a desa of another kabupaten than the one in which the unit stands, which no unit serves.
    """
    kabupaten = tempat.kode[:5]
    luar = sorted(satu.kode for satu in desa if satu.kode[:5] != kabupaten)
    if luar:
        pesan = (
            f"Wilayah kerja tidak boleh keluar dari kabupaten/kota {kabupaten}: {', '.join(luar[:5])}. Hapus desa itu."
        )
        raise ValidationError({"wilayah_kerja": pesan})


def find_problems(unit: Any, tempat: Wilayah | None) -> dict[str, str]:
    """Field and sentence of every rule a unit breaks, whether it is a model or a row of a large file."""
    problems = {}
    if tempat and (problem := _wrong_place(unit.jenis, tempat)):
        problems["wilayah"] = problem
    if unit.kode and unit.jenis in BER_NPSN and not re.fullmatch(_NPSN_POLA, unit.kode):
        problems["kode"] = "NPSN terdiri atas 8 huruf atau angka. Periksa lagi, atau kosongkan."
    if (unit.lintang is None) != (unit.bujur is None):
        problems["lintang" if unit.lintang is None else "bujur"] = "Isi lintang dan bujur keduanya, atau kosongkan."
    if unit.mulai and unit.sampai and unit.sampai < unit.mulai:
        problems["sampai"] = "Hari terakhir melayani mendahului hari mulainya. Periksa kedua tanggal."
    return problems


def _wrong_place(jenis: str, tempat: Wilayah) -> str:
    if tempat.tingkat == Tingkat.DESA or (tempat.tingkat == Tingkat.KECAMATAN and jenis in SEKECAMATAN):
        return ""
    if jenis in SEKECAMATAN:
        return "Pilih kecamatan, atau desa/kelurahan tempat unit ini berdiri."
    return "Unit jenis ini dicatat pada desa/kelurahan tempatnya berdiri. Pilih desa atau kelurahannya."


class UnitLayananQuerySet(models.QuerySet["UnitLayanan"]):
    def in_force(self, on: datetime.date | None = None) -> Self:
        """Units at work on a day, today in Jakarta if none is given; an unknown first day counts as long ago."""
        on = on or timezone.localdate()
        return self.filter(Q(mulai__isnull=True) | Q(mulai__lte=on), Q(sampai__isnull=True) | Q(sampai__gte=on))

    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """Units that stand in regions in which the user works; none for a visitor. Pages of units are public."""
        return self.filter(user.q_scope("wilayah__")) if user.is_authenticated else self.none()

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """Units that stand in the region."""
        return self.filter(wilayah.q_below("wilayah__"))

    def serving(self, wilayah: Wilayah) -> Self:
        """Units whose working area touches the region, wherever they stand."""
        return self.filter(pk__in=_serving(wilayah))

    def of_wilayah(self, wilayah: Wilayah) -> Self:
        """Units that stand in the region or serve it. Working areas stay inside a kabupaten, so from there on up
        these are the same."""
        if wilayah.tingkat <= Tingkat.KABUPATEN:
            return self.in_wilayah(wilayah)
        standing = UnitLayanan.objects.in_wilayah(wilayah).values("pk")
        return self.filter(pk__in=standing.union(_serving(wilayah)))


def _serving(wilayah: Wilayah) -> models.QuerySet["UnitLayanan", Any]:
    """Ids of the units that serve a region: a union, each part by its own index."""
    area = WilayahKerja.objects
    default = wilayah.q_below("wilayah__")
    if wilayah.tingkat == Tingkat.DESA:
        default |= Q(jenis__in=SEKECAMATAN) & Wilayah(kode=wilayah.kode[:8]).q_below("wilayah__")
    without_area = UnitLayanan.objects.filter(default, ~Exists(area.filter(unit=OuterRef("pk"))))
    return without_area.values("pk").union(area.filter(wilayah.q_below("wilayah__")).values("unit"))


class UnitLayanan(models.Model):
    """A place that delivers a basic service: a puskesmas, a posyandu, a school, an office.

    It stands in one region and serves the desa of its working area, which for a puskesmas may be part of a
    kecamatan or reach into a neighbouring one. Without a working area a puskesmas, an education UPT or a camat's
    office counts for its whole kecamatan, every other unit for the desa in which it stands. A unit that closes
    keeps its row, so that what it once reported stays with it.
    """

    jenis = models.CharField("jenis unit", max_length=15, choices=JenisUnit.choices)
    nama = models.CharField("nama unit", max_length=150)
    kode = models.CharField("kode unit", max_length=20, blank=True, help_text="NPSN, kode puskesmas, atau sejenisnya")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="unit", verbose_name="tempat berdiri")
    wilayah_kerja = models.ManyToManyField(Wilayah, through="WilayahKerja", related_name="unit_pelayan", blank=True)
    alamat = models.CharField(max_length=200, blank=True)
    lintang = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    bujur = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    mulai = models.DateField("mulai melayani", null=True, blank=True)
    sampai = models.DateField("hari terakhir melayani", null=True, blank=True)
    sumber = models.CharField("sumber data", max_length=200, blank=True)
    berkas = models.ForeignKey(BerkasImpor, models.SET_NULL, null=True, blank=True, related_name="unit", editable=False)
    updated_at = models.DateTimeField("diperbarui pada", default=timezone.now, editable=False)

    objects = UnitLayananQuerySet.as_manager()

    class Meta:
        verbose_name = "unit layanan"
        verbose_name_plural = "unit layanan"
        triggers = [Catat(wilayah="wilayah")]
        constraints = [
            models.CheckConstraint(condition=Q(jenis__in=JenisUnit.values), name="unit_layanan_jenis_dikenal"),
            models.CheckConstraint(condition=~Q(nama=""), name="unit_layanan_bernama"),
            models.CheckConstraint(
                condition=Q(kode="") | Q(kode__regex=_KODE_POLA),
                name="unit_layanan_kode_berpola",
                violation_error_message="Kode unit terdiri atas 3–20 huruf besar, angka, titik, atau tanda hubung.",
            ),
            models.CheckConstraint(
                condition=Q(kode="") | ~Q(jenis__in=BER_NPSN) | Q(kode__regex=_NPSN_POLA),
                name="unit_layanan_npsn_delapan",
            ),
            models.CheckConstraint(
                condition=Q(lintang__isnull=True, bujur__isnull=True)
                | Q(lintang__isnull=False, bujur__isnull=False, lintang__range=LINTANG, bujur__range=BUJUR),
                name="unit_layanan_koordinat_di_indonesia",
                violation_error_message="Koordinat di luar Indonesia. Periksa apakah lintang dan bujur tertukar.",
            ),
            models.CheckConstraint(
                condition=Q(mulai__isnull=True) | Q(sampai__isnull=True) | Q(sampai__gte=F("mulai")),
                name="unit_layanan_masa_urut",
            ),
            models.UniqueConstraint(
                fields=["jenis", "kode"],
                condition=~Q(kode=""),
                name="unit_layanan_kode_unik",
                violation_error_message="Kode ini sudah dipakai unit lain dari jenis yang sama. Periksa kodenya.",
            ),
            models.UniqueConstraint(
                "jenis",
                Lower("nama"),
                "wilayah",
                condition=Q(kode=""),
                name="unit_layanan_nama_unik_tanpa_kode",
                violation_error_message="Unit dengan jenis dan nama ini sudah tercatat di sana. Isi kodenya atau "
                "bedakan namanya.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    def get_absolute_url(self) -> str:
        return reverse("kecamatan:unit_rinci", args=[self.wilayah.kode, self.pk])

    def clean(self) -> None:
        """The rules of a row in words; the working area has a check of its own."""
        if problems := find_problems(self, self.wilayah if self.wilayah_id else None):
            raise ValidationError(problems)

    @property
    def nama_kode(self) -> str:
        """What the code of its kind is called."""
        if self.jenis in BER_NPSN:
            return "NPSN"
        return "Kode puskesmas" if self.jenis == JenisUnit.PUSKESMAS else "Kode unit"

    @property
    def is_closed(self) -> bool:
        return self.sampai is not None and self.sampai < timezone.localdate()

    @property
    def serves_by_default(self) -> Wilayah:
        """The region it serves when no working area is stated."""
        if self.jenis in SEKECAMATAN and self.wilayah.tingkat == Tingkat.DESA and self.wilayah.induk:
            return self.wilayah.induk
        return self.wilayah


class WilayahKerja(models.Model):
    """A desa in the working area of a unit."""

    unit = models.ForeignKey(UnitLayanan, models.CASCADE, related_name="+")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name="desa")

    class Meta:
        verbose_name = "wilayah kerja unit"
        verbose_name_plural = "wilayah kerja unit"
        triggers = [Catat(wilayah="wilayah")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "wilayah"], name="wilayah_kerja_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.wilayah}"

"""Accounts of persons, and where they work."""

import datetime
from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kecamatan.models.orang import Orang
from kecamatan.models.wilayah import Tingkat, Wilayah
from kecamatan.permissions import PERAN, Izin
from kecamatan.triggers import Catat


class PenggunaQuerySet(models.QuerySet["Pengguna"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Accounts with work, now or ever, in a region in which the user gives accounts."""
        work = Penugasan.objects.filter(user.q_scope("wilayah__", Izin.KELOLA_AKUN), pengguna=OuterRef("pk"))
        return self.filter(Exists(work))

    def bertugas(self, wilayah: Wilayah, peran: Collection[str]) -> Self:
        """Active accounts that work in exactly this region today, in one of these roles."""
        here = Penugasan.objects.in_force().filter(wilayah=wilayah, peran__in=peran)
        return self.filter(pk__in=here.values("pengguna"), is_active=True)


class PenggunaManager(BaseUserManager["Pengguna"]):
    def get_queryset(self) -> PenggunaQuerySet:
        """Each with its person: every page greets its reader by name."""
        return PenggunaQuerySet(self.model, using=self._db).select_related("orang")

    def visible_to(self, user: "Pengguna") -> PenggunaQuerySet:
        return self.get_queryset().visible_to(user)

    def bertugas(self, wilayah: Wilayah, peran: Collection[str]) -> PenggunaQuerySet:
        return self.get_queryset().bertugas(wilayah, peran)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Pengguna":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class Pengguna(AbstractBaseUser, PermissionsMixin):
    """An account. What its holder may do follows from the assignments in force, not from the account."""

    orang = models.OneToOneField(Orang, models.PROTECT, related_name="pengguna")
    email = models.EmailField(
        "surel", unique=True, error_messages={"unique": _("Surel ini sudah dipakai akun lain. Periksa lagi.")}
    )
    is_active = models.BooleanField("aktif", default=True)
    date_joined = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    diundang_pada = models.DateTimeField("diundang pada", null=True, blank=True, editable=False)

    objects: ClassVar[PenggunaManager] = PenggunaManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        triggers = [Catat(orang="orang", tanpa=["last_login"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="pengguna_surel_huruf_kecil"
            ),
        ]

    def __str__(self) -> str:
        return str(self.orang)

    @property
    def is_staff(self) -> bool:
        """May enter the admin of reference tables."""
        return self.is_superuser

    @cached_property
    def penugasan_berlaku(self) -> list["Penugasan"]:
        """Assignments in force today, largest region first; read once per request."""
        if not self.is_active:
            return []
        found = self.penugasan.in_force().select_related("wilayah").with_kode_desa()
        return list(found.order_by("wilayah__tingkat", "id"))

    @property
    def wajib_mfa(self) -> bool:
        """Whether the work of today asks for a second factor."""
        return self.is_superuser or any(PERAN[p.peran].wajib_mfa for p in self.penugasan_berlaku)

    def q_scope(self, field: str = "", izin: Izin | None = None) -> Q:
        """Regions in which this person works today, as a condition like `Wilayah.q_below`; with `izin` only those
        where the role carries that permission."""
        scope = Q(pk__in=[])
        for penugasan in self.penugasan_berlaku:
            if izin is None or izin in penugasan.izin:
                scope |= penugasan.q_scope(field)
        return scope

    def has_izin(self, izin: Izin, wilayah: Wilayah) -> bool:
        """Whether an assignment that covers the region carries the permission."""
        return any(izin in p.izin and p.covers(wilayah.kode) for p in self.penugasan_berlaku)

    def sebagai(self, wilayah: Wilayah) -> str:
        """The office in which this person works in a region, the nearest first: "Camat Kecamatan Alfa"; "" if none."""
        return next((str(p) for p in reversed(self.penugasan_berlaku) if p.covers(wilayah.kode)), "")

    @property
    def mengelola_akun(self) -> bool:
        """Whether this person gives accounts anywhere."""
        return any(Izin.KELOLA_AKUN in penugasan.izin for penugasan in self.penugasan_berlaku)

    def may_assign(self, peran: str, wilayah: Wilayah) -> bool:
        """Whether this person gives and ends a role in a region. Who gives accounts is appointed from above: by
        somebody of a larger region, or of the nation."""
        is_giver = Izin.KELOLA_AKUN in PERAN[peran].izin
        return any(
            Izin.KELOLA_AKUN in own.izin
            and own.covers(wilayah.kode)
            and (not is_giver or own.wilayah.tingkat < max(wilayah.tingkat, Tingkat.PROVINSI))
            for own in self.penugasan_berlaku
        )

    def may_manage(self, other: "Pengguna") -> bool:
        """Whether this person changes another's account: all its work, or all it once had, is theirs to give."""
        work = list(other.penugasan.select_related("wilayah"))
        work = [satu for satu in work if not satu.is_over] or work
        if other.pk == self.pk or (other.is_superuser and not self.is_superuser):
            return False
        return bool(work) and all(self.may_assign(satu.peran, satu.wilayah) for satu in work)

    @property
    def is_waiting(self) -> bool:
        """Invited, or to be invited, and never in yet; who logs in through another office's login has no password."""
        return self.is_active and self.last_login is None and not self.has_usable_password()


class PenugasanQuerySet(models.QuerySet["Penugasan"]):
    def in_force(self, on: datetime.date | None = None) -> Self:
        """Assignments that run on a day, today in Jakarta if none is given."""
        on = on or timezone.localdate()
        return self.filter(Q(sampai__isnull=True) | Q(sampai__gte=on), mulai__lte=on)

    def not_over(self) -> Self:
        """Assignments that run today or will."""
        return self.filter(Q(sampai__isnull=True) | Q(sampai__gte=timezone.localdate()))

    def with_kode_desa(self) -> Self:
        """Each with the codes of its list of desa, in the same query."""
        listed = ArrayAgg("desa__kode", filter=Q(desa__isnull=False), default=Value([]), order_by="desa__kode")
        return self.annotate(kode_desa=listed)


class RentangTanggal(Func):
    """The days of an assignment, both ends included; without an end for ever."""

    function = "daterange"
    output_field = DateRangeField()


class Penugasan(models.Model):
    """A role of a person in a region and everything below it, or in a list of desa, for a period, on the basis of a
    decision (SK). Work belongs to the role and the region: who follows in the assignment finds it there."""

    class Jenis(models.TextChoices):
        """Holder of the office, or somebody who stands in for a dated time."""

        DEFINITIF = "definitif", _("definitif")
        PLT = "plt", _("Plt. (pelaksana tugas)")
        PLH = "plh", _("Plh. (pelaksana harian)")
        PJ = "pj", _("Pj. (penjabat)")

    pengguna = models.ForeignKey(Pengguna, models.PROTECT, related_name="penugasan")
    peran = models.CharField(max_length=30, choices=[(peran.kode, peran.label) for peran in PERAN.values()])
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="penugasan")
    desa = models.ManyToManyField(
        Wilayah,
        through="PenugasanDesa",
        related_name="+",
        blank=True,
        help_text="kosong: seluruh wilayah; isi: hanya desa-desa ini",
    )
    jenis = models.CharField(max_length=10, choices=Jenis.choices, default=Jenis.DEFINITIF)
    mulai = models.DateField()
    sampai = models.DateField(null=True, blank=True)
    dasar = models.CharField("dasar (nomor SK)", max_length=100, blank=True)

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        triggers = [Catat(wilayah="wilayah", orang="pengguna__orang")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gte=F("mulai")),
                name="penugasan_masa_urut",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai. Betulkan salah satunya."),
            ),
            models.CheckConstraint(
                condition=Q(jenis="definitif") | Q(sampai__isnull=False),
                name="penugasan_pengganti_bertanggal",
                violation_error_message=_("Plt., Plh., dan Pj. memerlukan tanggal akhir. Isi menurut surat tugasnya."),
            ),
            models.UniqueConstraint(
                fields=["pengguna", "peran", "wilayah", "mulai"],
                name="penugasan_tidak_ganda",
                violation_error_message=_("Penugasan ini sudah tercatat untuk orang itu."),
            ),
            ExclusionConstraint(
                name="penugasan_satu_camat",
                expressions=[
                    ("wilayah", RangeOperators.EQUAL),
                    (
                        RentangTanggal("mulai", "sampai", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(peran="camat", jenis="definitif"),
                violation_error_message=_(
                    "Kecamatan ini sudah memiliki camat pada masa itu. Akhiri dahulu penugasannya, atau catat sebagai "
                    "Plt., Plh., atau Pj."
                ),
            ),
        ]

    def __str__(self) -> str:
        """ "Plt. Camat Kecamatan Deket"; the word is not said twice: "Operator Kecamatan Deket"."""
        sebutan, tempat = self.sebutan, self.wilayah.nama_lengkap
        return f"{sebutan.removesuffix(tempat.split()[0])} {tempat}".replace("  ", " ")

    @property
    def sebutan(self) -> str:
        """The role as letters write it: "Plt. Camat"."""
        prefix = "" if self.jenis == self.Jenis.DEFINITIF else f"{self.jenis.capitalize()}. "
        return f"{prefix}{PERAN[self.peran].label}"

    @property
    def izin(self) -> frozenset[Izin]:
        return PERAN[self.peran].izin

    @property
    def is_over(self) -> bool:
        return self.sampai is not None and self.sampai < timezone.localdate()

    @property
    def is_in_force(self) -> bool:
        return self.mulai <= timezone.localdate() and not self.is_over

    @cached_property
    def kode_desa(self) -> list[str]:
        """Codes of the list of desa; empty for the whole region."""
        return list(self.desa.order_by("kode").values_list("kode", flat=True))

    def q_scope(self, field: str = "") -> Q:
        """What this assignment covers, as a condition like `Wilayah.q_below`."""
        return Q(**{f"{field}kode__in": self.kode_desa}) if self.kode_desa else self.wilayah.q_below(field)

    def covers(self, kode: str) -> bool:
        return kode in self.kode_desa if self.kode_desa else self.wilayah.contains(kode)


class PenugasanDesa(models.Model):
    """A desa in the list of an assignment."""

    penugasan = models.ForeignKey(Penugasan, models.CASCADE, related_name="+")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name="desa")

    class Meta:
        verbose_name = "desa dalam penugasan"
        verbose_name_plural = "desa dalam penugasan"
        triggers = [Catat(wilayah="wilayah", orang="penugasan__pengguna__orang")]
        constraints = [
            models.UniqueConstraint(fields=["penugasan", "wilayah"], name="penugasan_desa_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.penugasan}: {self.wilayah}"

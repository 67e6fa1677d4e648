"""Persons, their accounts, and where they work."""

import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from kecamatan.models.wilayah import Wilayah
from kecamatan.permissions import PERAN, Izin


class Orang(models.Model):
    """A person who works for a government, with an account or without. NIP only for civil servants; never a NIK."""

    nama = models.CharField(max_length=150)
    nip = models.CharField("NIP", max_length=18, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "orang"
        constraints = [
            models.CheckConstraint(
                condition=Q(nip__isnull=True) | Q(nip__regex=r"^\d{18}$"), name="orang_nip_18_angka"
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class PenggunaManager(BaseUserManager["Pengguna"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Pengguna":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class Pengguna(AbstractBaseUser, PermissionsMixin):
    """An account. What its holder may do follows from the assignments in force, not from the account."""

    orang = models.OneToOneField(Orang, models.PROTECT, related_name="pengguna")
    email = models.EmailField("surel", unique=True)
    is_active = models.BooleanField("aktif", default=True)
    date_joined = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)

    objects: ClassVar[PenggunaManager] = PenggunaManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
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
        return list(self.penugasan.in_force().select_related("wilayah").order_by("wilayah__tingkat", "id"))

    def q_scope(self, field: str = "") -> Q:
        """Regions in which this person works today, as a condition like `Wilayah.q_below`."""
        scope = Q(pk__in=[])
        for penugasan in self.penugasan_berlaku:
            scope |= penugasan.wilayah.q_below(field)
        return scope

    def has_izin(self, izin: Izin, wilayah: Wilayah) -> bool:
        """Whether an assignment that covers the region carries the permission."""
        return any(izin in p.izin and p.wilayah.contains(wilayah.kode) for p in self.penugasan_berlaku)


class PenugasanQuerySet(models.QuerySet["Penugasan"]):
    def in_force(self, on: datetime.date | None = None) -> Self:
        """Assignments that run on a day, today in Jakarta if none is given."""
        on = on or timezone.localdate()
        return self.filter(Q(sampai__isnull=True) | Q(sampai__gte=on), mulai__lte=on)


class Penugasan(models.Model):
    """A role of a person in a region and everything below it, for a period, on the basis of a decision (SK)."""

    pengguna = models.ForeignKey(Pengguna, models.PROTECT, related_name="penugasan")
    peran = models.CharField(max_length=30, choices=[(peran.kode, peran.label) for peran in PERAN.values()])
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="penugasan")
    mulai = models.DateField()
    sampai = models.DateField(null=True, blank=True)
    dasar = models.CharField("dasar (nomor SK)", max_length=100, blank=True)

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gte=F("mulai")), name="penugasan_masa_urut"
            ),
            models.UniqueConstraint(fields=["pengguna", "peran", "wilayah", "mulai"], name="penugasan_tidak_ganda"),
        ]

    def __str__(self) -> str:
        return f"{self.get_peran_display()} {self.wilayah.nama_lengkap}"

    @property
    def izin(self) -> frozenset[Izin]:
        return PERAN[self.peran].izin

"""Classes of a cohort, and their sessions."""

import datetime
import secrets
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Orang, Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from p3pd_portal.lib.hari_kerja import ZONA
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.kurikulum import Modul


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


PRESENSI_DIBUKA = datetime.timedelta(minutes=30)
"""How long before a session its attendance is taken [design]."""


def kunci_acak() -> bytes:
    return secrets.token_bytes(32)


class KelasQuerySet(models.QuerySet["Kelas"]):
    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """Classes that somebody runs, provides or teaches."""
        if not isinstance(user, Pengguna):
            return self.none()
        mine = user.q_scope("angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN)
        if user.is_active:
            mine |= Q(petugas=user) | Q(sesi__pelatih=user.orang_id)
        return self.filter(mine).distinct()


class Kelas(models.Model):
    """People of a cohort who sit in one room, or in one meeting on the net.

    Attributes:
        wilayah: where it is held.
        zona: the clock on its wall: WIB, WITA or WIT.
        petugas: accounts of the provider that run the class on its days.
    """

    class Zona(models.TextChoices):
        WIB = "WIB", "WIB"
        WITA = "WITA", "WITA"
        WIT = "WIT", "WIT"

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="kelas")
    nama = models.CharField(max_length=100)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    tempat = models.CharField(max_length=150, blank=True)
    zona = models.CharField("zona waktu", max_length=4, choices=Zona.choices, default=Zona.WIB)
    petugas = models.ManyToManyField(Pengguna, blank=True, related_name="+", verbose_name="petugas penyedia")

    objects = KelasQuerySet.as_manager()

    class Meta:
        verbose_name = "kelas"
        verbose_name_plural = "kelas"
        ordering: ClassVar = ["nama"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["angkatan", "nama"], name="kelas_unik",
                violation_error_message=_("Kelas bernama itu sudah ada di angkatan ini. Beri nama lain."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    def get_absolute_url(self) -> str:
        return reverse("pelatihan:kelas", args=[self.pk])

    @property
    def zona_waktu(self) -> ZoneInfo:
        return ZONA[self.zona]


class Sesi(models.Model):
    """A part of a class's timetable.

    Attributes:
        modul: what of the curriculum it teaches; None for an opening, a test or a break.
        jp: lesson hours of it; 0 counts neither for attendance nor for trainers.
        toleransi: minutes after its beginning from which whoever comes is late; None for no such rule.
        kunci: what its attendance codes are made with; it never leaves the server.
        versi: how often it was changed, and `diubah_pada` when; calendars of participants follow them.
    """

    kelas = models.ForeignKey(Kelas, models.CASCADE, related_name="sesi")
    modul = models.ForeignKey(Modul, models.PROTECT, null=True, blank=True, related_name="+")
    judul = models.CharField(max_length=200)
    mulai = models.DateTimeField()
    selesai = models.DateTimeField()
    jp = models.PositiveSmallIntegerField("jam pelajaran (JP)", default=0)
    ruang = models.CharField(max_length=100, blank=True)
    pelatih = models.ManyToManyField(Orang, blank=True, related_name="sesi_dilatih")
    toleransi = models.PositiveSmallIntegerField("toleransi terlambat (menit)", null=True, blank=True, default=15)
    kunci = models.BinaryField(max_length=32, default=kunci_acak, editable=False)
    versi = models.PositiveIntegerField(default=0, editable=False)
    diubah_pada = models.DateTimeField("diubah pada", auto_now=True)

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering: ClassVar = ["mulai", "id"]
        triggers: ClassVar = [Catat(wilayah="kelas__wilayah", tanpa=["kunci", "versi", "diubah_pada"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(selesai__gt=F("mulai")), name="sesi_waktu_urut",
                violation_error_message=_("Jam selesai mendahului jam mulai. Periksa keduanya."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """The list of its participants, for those who run the class."""
        return reverse("pelatihan:presensi", args=[self.kelas_id, self.pk])

    @property
    def dibuka(self) -> datetime.datetime:
        """From when on attendance is taken, until its end."""
        return self.mulai - PRESENSI_DIBUKA

    def is_open(self, at: datetime.datetime) -> bool:
        """Whether attendance is taken at a moment."""
        return self.dibuka <= at <= self.selesai

    def is_late(self, at: datetime.datetime) -> bool:
        """Whether whoever comes at a moment is late."""
        return self.toleransi is not None and at > self.mulai + datetime.timedelta(minutes=self.toleransi)

    @property
    def hari(self) -> datetime.date:
        """Its day by the clock of the class."""
        return self.mulai.astimezone(self.kelas.zona_waktu).date()

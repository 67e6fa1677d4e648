"""How many people of which office a kabupaten may send, and the invitation to propose them."""

import datetime
import secrets
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.peserta import UnsurPeserta


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


SALAH_TERBANYAK = 5
"""Wrong codes after which a new one has to be asked for."""


def garam_acak() -> bytes:
    return secrets.token_bytes(16)


class Kuota(models.Model):
    """Places of a cohort for an office of a kabupaten.

    Attributes:
        wilayah: the kabupaten or kota, also for offices that work in its kecamatan.
        jumlah: participants; 0 says that the office is not asked.
        cadangan: names in reserve that are asked for besides; more may be proposed and stay in reserve.
    """

    angkatan = models.ForeignKey(Angkatan, models.CASCADE, related_name="kuota")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    unsur = models.ForeignKey(UnsurPeserta, models.PROTECT, related_name="+")
    jumlah = models.PositiveSmallIntegerField()
    cadangan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kuota"
        verbose_name_plural = "kuota"
        ordering: ClassVar = ["wilayah__kode", "unsur__urutan"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["angkatan", "wilayah", "unsur"], name="kuota_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.unsur}: {self.jumlah} + {self.cadangan}"


class UndanganQuerySet(models.QuerySet["Undangan"]):
    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """Invitations to the kabupaten whose Sekda somebody is, and those of cohorts that somebody runs."""
        if not isinstance(user, Pengguna):
            return self.none()
        mine = user.q_scope("angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN)
        as_sekda = [p.wilayah_id for p in user.penugasan_berlaku if p.peran == "sekda"]
        return self.filter(mine | Q(wilayah__in=as_sekda, dicabut_pada=None))


class Undangan(models.Model):
    """The invitation to the Sekda of a kabupaten to propose people for a cohort.

    Attributes:
        surel: address of the office; link and one-time codes go there and nowhere else.
        batas: last day for this kabupaten where it has one of its own, after its proposal was sent back.
        versi: counts up when the links given so far are taken back.
        dikirim_pada: when the link was last put into the outbox.
    """

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="undangan")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    surel = models.EmailField("surel kantor")
    batas = models.DateField("batas sendiri", null=True, blank=True)
    versi = models.PositiveSmallIntegerField(default=0, editable=False)
    dikirim_pada = models.DateTimeField("dikirim pada", default=timezone.now, editable=False)
    dicabut_pada = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)

    objects = UndanganQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan usulan"
        verbose_name_plural = "undangan usulan"
        ordering: ClassVar = ["wilayah__kode"]
        triggers: ClassVar = [Catat(wilayah="wilayah", tanpa=["versi"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["angkatan", "wilayah"], name="undangan_sekali")]

    def __str__(self) -> str:
        return f"{self.angkatan}: {self.wilayah.nama_lengkap}"

    def get_absolute_url(self) -> str:
        """The page of those who propose."""
        return reverse("pelatihan:usul", args=[self.pk])

    @property
    def tenggat(self) -> datetime.date | None:
        """The last day on which this kabupaten proposes; None while the cohort has none."""
        return self.batas or self.angkatan.batas_usulan

    @property
    def sisa_hari(self) -> int | None:
        """Days left, 0 on the last one, negative after it; None without a last day."""
        return (self.tenggat - timezone.localdate()).days if self.tenggat else None

    @property
    def is_late(self) -> bool:
        return self.sisa_hari is not None and self.sisa_hari < 0

    @property
    def surel_samar(self) -> str:
        """The address as its owner recognises it: "se•••@contoh.go.id"."""
        name, _at, host = self.surel.partition("@")
        return f"{name[:2]}•••@{host}"


class KodeUndangan(models.Model):
    """The one-time code with which an office opens its invitation; the code itself is made from `garam` and the key of
    the portal when its mail is sent, and stands nowhere."""

    undangan = models.OneToOneField(Undangan, models.CASCADE, primary_key=True, related_name="kode")
    garam = models.BinaryField(max_length=16, default=garam_acak)
    berlaku_sampai = models.DateTimeField("berlaku sampai")
    salah = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kode undangan"
        verbose_name_plural = "kode undangan"

    def __str__(self) -> str:
        return f"kode {self.undangan_id}"

    @property
    def is_usable(self) -> bool:
        return self.salah < SALAH_TERBANYAK and timezone.now() < self.berlaku_sampai


class StatusUsulan(models.TextChoices):
    """Where a proposal stands."""

    DRAF = "draf", _("belum dikirim")
    TERKIRIM = "terkirim", _("terkirim")
    DIKEMBALIKAN = "dikembalikan", _("dikembalikan")

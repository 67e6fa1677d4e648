"""Programs of others that bring reports through Open311, and what each of them brought."""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kecamatan.models import Wilayah
from kecamatan.triggers import Catat
from pengaduan.models.pengaduan import Pengaduan


class KunciApiQuerySet(models.QuerySet["KunciApi"]):
    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("wilayah__"))


class KunciApi(models.Model):
    """The right of a program to send reports from a region and below. The key itself is kept nowhere, only its mark.

    Attributes:
        nama: whose program it is, in the words of who gave the key.
        berlaku_sampai: last day on which it opens anything.
        dipakai_pada: last day on which it brought a report; a day is enough to see what nobody needs any more.
    """

    nama = models.CharField("nama aplikasi", max_length=80)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="kunci_api")
    tanda = models.BinaryField("tanda kunci", max_length=32)
    berlaku_sampai = models.DateField("berlaku sampai")
    dicabut_pada = models.DateTimeField("dicabut pada", null=True, blank=True)
    dipakai_pada = models.DateField("terakhir dipakai", null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = KunciApiQuerySet.as_manager()

    class Meta:
        verbose_name = "kunci API"
        verbose_name_plural = "kunci API"
        ordering: ClassVar = ["-created_at", "-id"]
        triggers: ClassVar = [Catat(wilayah="wilayah", tanpa=["dipakai_pada"])]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(nama=""), name="kunci_api_bernama")]

    def __str__(self) -> str:
        return self.nama

    def is_berlaku(self, on: datetime.date) -> bool:
        return self.dicabut_pada is None and on <= self.berlaku_sampai


class KirimanOpen311(models.Model):
    """A report that a program brought: through which key, and under which token it may ask for the number.

    Attributes:
        token: leads to the number of the report and to nothing else; nobody guesses 128 bits.
        sidik: mark of everything that was sent, so that another report under the same Idempotency-Key is noticed.
    """

    pengaduan = models.OneToOneField(Pengaduan, models.CASCADE, related_name="kiriman", primary_key=True)
    kunci = models.ForeignKey(KunciApi, models.PROTECT, related_name="kiriman")
    token = models.CharField(max_length=22, unique=True)
    sidik = models.BinaryField("sidik kiriman", max_length=32)

    class Meta:
        verbose_name = "kiriman Open311"
        verbose_name_plural = "kiriman Open311"

    def __str__(self) -> str:
        return str(self.pengaduan)

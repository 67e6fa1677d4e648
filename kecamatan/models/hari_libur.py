"""Days on which no promise of the portal runs."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kecamatan.models.wilayah import Tingkat, Wilayah
from kecamatan.triggers import Catat


BERKALENDER = (Tingkat.NASIONAL, Tingkat.KABUPATEN)
"""Levels that keep days off of their own; all below a kabupaten follow it."""


class HariLiburQuerySet(models.QuerySet["HariLibur"]):
    def in_force(self) -> Self:
        """Without the days that are only proposed."""
        return self.filter(usulan=False)

    def at(self, wilayah: Wilayah) -> Self:
        """Days off in a region: those of the nation, and its kabupaten's own."""
        return self.filter(Q(wilayah=None) | Q(wilayah__kode=wilayah.kode[:5], wilayah__tingkat=Tingkat.KABUPATEN))

    def kept_by(self, wilayah: Wilayah) -> Self:
        """Days that a region itself lays down: the nation's, or those of one kabupaten; none of other levels."""
        if wilayah.tingkat == Tingkat.NASIONAL:
            return self.filter(wilayah=None)
        return self.filter(wilayah=wilayah, wilayah__tingkat=Tingkat.KABUPATEN)


class HariLibur(models.Model):
    """A day off besides Saturday and Sunday: a national holiday or cuti bersama by joint decree of three ministers
    (SKB), or a day that one kabupaten laid down for itself, such as that of its election.

    A proposed day (`usulan`) counts nowhere until an administrator confirms it with its decree.
    """

    class Jenis(models.TextChoices):
        NASIONAL = "nasional", "libur nasional"
        CUTI_BERSAMA = "cuti_bersama", "cuti bersama"
        DAERAH = "daerah", "libur daerah"

    tanggal = models.DateField()
    nama = models.CharField(max_length=120)
    jenis = models.CharField(max_length=12, choices=Jenis.choices)
    wilayah = models.ForeignKey(
        Wilayah, models.PROTECT, null=True, blank=True, related_name="hari_libur", verbose_name="kabupaten/kota"
    )
    usulan = models.BooleanField("usulan, belum berlaku", default=False)
    sumber = models.CharField("dasar penetapan", max_length=200)
    updated_at = models.DateTimeField("diubah pada", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diubah oleh"
    )

    objects = HariLiburQuerySet.as_manager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        triggers = [Catat(wilayah="wilayah")]
        ordering = ["tanggal", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tanggal", "wilayah"], nulls_distinct=False, name="hari_libur_sekali_per_wilayah"
            ),
            models.CheckConstraint(
                condition=Q(jenis="daerah", wilayah__isnull=False) | (~Q(jenis="daerah") & Q(wilayah__isnull=True)),
                name="hari_libur_daerah_berwilayah",
            ),
            models.CheckConstraint(condition=~Q(nama="") & ~Q(sumber=""), name="hari_libur_bernama_dan_berdasar"),
        ]

    def __str__(self) -> str:
        return f"{self.tanggal:%Y-%m-%d} {self.nama}"

"""What became of regions when the national list changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kecamatan.models.wilayah import Wilayah
from kecamatan.triggers import Catat


class JenisRiwayat(models.TextChoices):
    """How one region follows another."""

    PINDAH = "pindah", "pindah induk"
    GANTI_KODE = "ganti_kode", "ganti kode"
    GANTI_NAMA = "ganti_nama", "ganti nama"
    KODE_DIPAKAI_ULANG = "kode_dipakai_ulang", "kode dipakai wilayah lain"
    PECAH = "pecah", "pecahan"
    GABUNG = "gabung", "bergabung"


MENERUSKAN = (JenisRiwayat.PINDAH, JenisRiwayat.GANTI_KODE, JenisRiwayat.GANTI_NAMA, JenisRiwayat.GABUNG)
"""Kinds in which the successor takes over: facts roll up through it, people keep their work, old addresses lead to it.
A part split off and a village that was given a used code inherit nothing."""


class RiwayatWilayahQuerySet(models.QuerySet["RiwayatWilayah"]):
    def waiting(self) -> Self:
        return self.filter(status=RiwayatWilayah.Status.USULAN)

    def approved(self) -> Self:
        return self.filter(status=RiwayatWilayah.Status.DISETUJUI)

    def of(self, wilayah: Wilayah) -> Self:
        """Approved history of a region, before and after it."""
        return self.approved().filter(Q(asal=wilayah) | Q(penerus=wilayah))


class RiwayatWilayah(models.Model):
    """One region's way into another: proposed when a new edition is loaded, in effect once an admin approves it.

    A new spelling under the same code has the same region on both ends and keeps the old name as an alias.
    """

    class Status(models.TextChoices):
        USULAN = "usulan", "menunggu keputusan"
        DISETUJUI = "disetujui", "disetujui"
        DITOLAK = "ditolak", "ditolak"

    asal = models.ForeignKey(Wilayah, models.PROTECT, related_name="riwayat_penerus")
    penerus = models.ForeignKey(Wilayah, models.PROTECT, related_name="riwayat_asal")
    jenis = models.CharField(max_length=20, choices=JenisRiwayat.choices)
    nama_lama = models.CharField("nama lama", max_length=100)
    nama_baru = models.CharField("nama baru", max_length=100)
    berlaku = models.DateField("berlaku sejak")
    dasar = models.CharField("dasar hukum", max_length=200)
    yakin = models.BooleanField(default=False, help_text="nama sama, atau ejaan paling sedikit 70 % sama")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.USULAN)
    created_at = models.DateTimeField("diusulkan pada", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diputuskan oleh",
    )

    objects = RiwayatWilayahQuerySet.as_manager()

    class Meta:
        verbose_name = "riwayat wilayah"
        verbose_name_plural = "riwayat wilayah"
        triggers = [Catat(wilayah="penerus")]
        ordering = ["-berlaku", "asal__kode", "penerus__kode"]
        constraints = [
            models.UniqueConstraint(fields=["asal", "penerus", "jenis", "berlaku"], name="riwayat_tidak_ganda"),
            models.UniqueConstraint(
                fields=["asal"],
                condition=Q(status="disetujui", jenis__in=MENERUSKAN) & ~Q(asal=F("penerus")),
                name="riwayat_satu_penerus",
            ),
            models.CheckConstraint(
                condition=Q(status="usulan", decided_at__isnull=True)
                | ~Q(status="usulan") & Q(decided_at__isnull=False),
                name="riwayat_putusan_bertanggal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asal} → {self.penerus}: {self.get_jenis_display()}"

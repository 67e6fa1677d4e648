"""What has to be recomputed, and the runs that do it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from kecamatan.models import Pengguna, Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.aturan import ParameterIbdb


class DesaBerubah(models.Model):
    """A desa and year whose figures no longer fit what they are computed from; the night run takes it."""

    desa = models.ForeignKey(Wilayah, models.CASCADE, related_name="+")
    tahun = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField("sejak", db_default=Now())

    class Meta:
        verbose_name = "desa yang perlu dihitung"
        verbose_name_plural = "desa yang perlu dihitung"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tahun", "desa"], name="desa_berubah_sekali")]

    def __str__(self) -> str:
        return f"{self.desa} {self.tahun}"


class PutaranHitung(models.Model):
    """A run over the spending of the country: what it took up, how far it came, what failed."""

    class Jenis(models.TextChoices):
        MALAM = "malam", "malam, hanya yang berubah"
        PENUH = "penuh", "penuh"

    class Status(models.TextChoices):
        BERJALAN = "berjalan", "berjalan"
        SELESAI = "selesai", "selesai"
        GAGAL = "gagal", "selesai dengan kegagalan"

    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.BERJALAN)
    mulai = models.DateTimeField(db_default=Now())
    dikirim_pada = models.DateTimeField(null=True, help_text="kapan bagian-bagiannya terakhir dibagikan")
    selesai = models.DateTimeField(null=True)
    wilayah_ditulis = models.PositiveIntegerField(default=0, help_text="baris provinsi dan nasional yang berubah")

    class Meta:
        verbose_name = "putaran hitung"
        verbose_name_plural = "putaran hitung"
        ordering = ["-mulai", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="berjalan"), name="putaran_satu_berjalan"),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.mulai:%Y-%m-%d %H.%M}"

    def get_absolute_url(self) -> str:
        return reverse("layanan_dasar:perhitungan_rinci", args=[self.pk])


class BagianHitung(models.Model):
    """One kabupaten and year of a run: the piece one worker takes."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "menunggu"
        SELESAI = "selesai", "selesai"
        GAGAL = "gagal", "gagal"

    putaran = models.ForeignKey(PutaranHitung, models.CASCADE, related_name="bagian", db_index=False)
    kabupaten = models.ForeignKey(Wilayah, models.CASCADE, related_name="+")
    tahun = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.MENUNGGU)
    mulai = models.DateTimeField(null=True)
    selesai = models.DateTimeField(null=True)
    desa_ditulis = models.PositiveIntegerField(default=0)
    wilayah_ditulis = models.PositiveIntegerField(default=0)
    galat = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "bagian hitung"
        verbose_name_plural = "bagian hitung"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["putaran", "kabupaten", "tahun"], name="bagian_hitung_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten} {self.tahun}"


class TerbitanIbdb(models.Model):
    """Somebody published the index of a year: from then on those rows of it stand as they are."""

    tahun = models.PositiveSmallIntegerField()
    parameter = models.ForeignKey(ParameterIbdb, models.PROTECT, related_name="terbitan")
    jumlah = models.PositiveIntegerField(help_text="wilayah yang indeksnya dibekukan")
    oleh = models.ForeignKey(Pengguna, models.PROTECT, related_name="+")
    pada = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "terbitan indeks belanja"
        verbose_name_plural = "terbitan indeks belanja"
        ordering: ClassVar = ["-pada", "-id"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return f"{self.tahun} {self.parameter_id}"

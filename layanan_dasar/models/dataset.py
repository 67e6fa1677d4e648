"""Who fills in which figures by when, and locks that are opened again."""

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now

from kecamatan.models import Bidang, Wilayah
from kecamatan.models.wilayah import kode_leluhur
from kecamatan.permissions import PERAN, Izin
from kecamatan.triggers import Catat
from layanan_dasar.models.indikator import Indikator


if TYPE_CHECKING:
    from kecamatan.models import Pengguna


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def open(self) -> Self:
        return self.filter(aktif=True)


class Dataset(models.Model):
    """The figures of one service that are due equally often, and who fills them by when.

    Its indicators are those of the catalogue with this `bidang` and `frekuensi`. All days count from the end of a
    period; who is given and for how long is the portal's own design until a regulation says otherwise.
    """

    kode = models.CharField(max_length=5, primary_key=True)
    nama = models.CharField(max_length=100)
    bidang = models.ForeignKey(Bidang, models.PROTECT, related_name="dataset")
    frekuensi = models.CharField(max_length=1, choices=Indikator.Frekuensi.choices)
    pengisi: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=30, choices=[(kode, satu.label) for kode, satu in PERAN.items()]),
        help_text="peran yang mengisi",
    )
    hari_tenggat = models.PositiveSmallIntegerField(
        "tenggat (hari kerja)", validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    hari_tenggang = models.PositiveSmallIntegerField(
        "tenggang sebelum terkunci (hari kerja)", validators=[MaxValueValidator(120)]
    )
    dari = models.DateField("periode pertama berakhir pada atau sesudah")
    aktif = models.BooleanField(default=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = "dataset"
        verbose_name_plural = "dataset"
        ordering: ClassVar = ["bidang__urutan", "frekuensi"]
        triggers: ClassVar = [Catat()]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bidang", "frekuensi"], name="dataset_satu_per_bidang_frekuensi"),
        ]

    def __str__(self) -> str:
        return self.nama

    def indikator(self) -> models.QuerySet[Indikator]:
        """What it asks for, in the order of the catalogue."""
        return Indikator.objects.filter(bidang=self.bidang_id, frekuensi=self.frekuensi, konteks=False)

    def may_fill(self, user: "Pengguna", wilayah: Wilayah) -> bool:
        """Whether somebody fills it in a region: by a role that supplies it, and that carries the permission."""
        return any(
            p.peran in self.pengisi and Izin.ISI_CAPAIAN in p.izin and p.covers(wilayah.kode)
            for p in user.penugasan_berlaku
        )


class PengecualianKunciQuerySet(models.QuerySet["PengecualianKunci"]):
    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("wilayah__"))

    def reaching(self, kecamatan: Wilayah, on: datetime.date) -> Self:
        """Those that hold on a day for a kecamatan: its own, and those of the regions above it."""
        return self.filter(wilayah__kode__in=kode_leluhur(kecamatan.kode), sampai__gte=on)


class PengecualianKunci(models.Model):
    """A locked period is open again in a region, up to a day, for a stated reason."""

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, null=True, blank=True, related_name="+", help_text="kosong: semua dataset"
    )
    periode = models.CharField(max_length=7)
    sampai = models.DateField("terbuka sampai")
    alasan = models.CharField(max_length=250)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    created_at = models.DateTimeField("pada", db_default=Now(), editable=False)

    objects = PengecualianKunciQuerySet.as_manager()

    class Meta:
        verbose_name = "pengecualian kunci"
        verbose_name_plural = "pengecualian kunci"
        ordering: ClassVar = ["-created_at"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.periode} s.d. {self.sampai}"

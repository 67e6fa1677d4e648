"""What an officer chooses from at the desk: categories of SP4N-LAPOR!, and answers written beforehand."""

from typing import ClassVar, Self

from django.db import models

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from kecamatan.triggers import Catat


class KategoriSp4n(models.Model):
    """A category of the national service, as `manage.py impor kategori_sp4n` read it; the portal ships none."""

    utama = models.CharField("kategori utama", max_length=200)
    nama = models.CharField(max_length=200)

    class Meta:
        verbose_name = "kategori SP4N-LAPOR!"
        verbose_name_plural = "kategori SP4N-LAPOR!"
        ordering: ClassVar = ["utama", "nama"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["utama", "nama"], name="kategori_sp4n_unik")]

    def __str__(self) -> str:
        return f"{self.utama} / {self.nama}"


class JawabanBakuQuerySet(models.QuerySet["JawabanBaku"]):
    def for_wilayah(self, wilayah: Wilayah) -> Self:
        """Those of a region and of all regions above it."""
        return self.filter(wilayah__kode_kini__in=kode_leluhur(wilayah.kode))


class JawabanBaku(models.Model):
    """Words that a desk often sends, written once; an officer completes them for the case. No person is named in it."""

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    judul = models.CharField(max_length=80)
    isi = models.TextField(max_length=4000)
    aktif = models.BooleanField("masih dipakai", default=True)

    objects = JawabanBakuQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban baku"
        verbose_name_plural = "jawaban baku"
        ordering: ClassVar = ["judul", "id"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["wilayah", "judul"], name="jawaban_baku_unik")]

    def __str__(self) -> str:
        return self.judul

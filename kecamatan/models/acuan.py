"""Reference data shared by all apps."""

from django.db import models

from kecamatan.triggers import Catat


class Bidang(models.Model):
    """One of the five basic services of P3PD 1D: pendidikan, kesehatan, sanitasi dan air bersih, jaminan sosial,
    administrasi kependudukan. Not to be mixed up with the five chapters of a village budget (BidangApbdes).
    """

    kode = models.CharField(max_length=3, primary_key=True)
    nama = models.CharField(max_length=60)
    keterangan = models.TextField(blank=True)
    urutan = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "bidang"
        verbose_name_plural = "bidang"
        ordering = ["urutan"]
        triggers = [Catat()]

    def __str__(self) -> str:
        return self.nama

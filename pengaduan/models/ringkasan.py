"""The result table of complaints: what pages show of a region and year without counting anything."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from kecamatan.models import Bidang, Wilayah


class RingkasanPengaduan(models.Model):
    """Reports received in a year in a region of any level and all below it; `bidang` empty means all subjects.

    `n_tayang` are those that everybody may read. Days are calendar days from receipt to the first answer, and to the
    end; null while there is none. What still waits to be sifted is not counted.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="ringkasan_pengaduan", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    bidang = models.ForeignKey(Bidang, models.PROTECT, null=True, related_name="+", db_index=False)
    n_diterima = models.PositiveIntegerField()
    n_terbuka = models.PositiveIntegerField()
    n_lewat = models.PositiveIntegerField()
    n_ditutup = models.PositiveIntegerField()
    n_tayang = models.PositiveIntegerField(db_default=0)
    jawab_median = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    jawab_p90 = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    tutup_median = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    tutup_p90 = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "ringkasan pengaduan"
        verbose_name_plural = "ringkasan pengaduan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wilayah", "tahun", "bidang"], nulls_distinct=False, name="ringkasan_pengaduan_unik"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun} {self.bidang_id or 'semua'}"

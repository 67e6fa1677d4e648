"""What became of records of persons that were found to be double."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kecamatan.models.orang import Orang
from kecamatan.triggers import Catat


class PenggabunganOrang(models.Model):
    """Two records of one person that were made one: who said so and why, what both held, and what moved over.

    The record that went is no row any more; entries of the audit go on naming it by its number.

    Attributes:
        tetap: the record that stays. When it goes itself one day, this moves on with everything else.
        lebur: number of the record that went.
        sebelum: the fields of both before, {"tetap": {...}, "lebur": {...}}; of a telephone only whether there was one.
        sesudah: the fields of the one that stays.
        pindah: what moved, {"pelatihan.peserta": [keys]}.
    """

    tetap = models.ForeignKey(Orang, models.PROTECT, related_name="penggabungan")
    lebur = models.PositiveBigIntegerField("nomor catatan yang dilebur", unique=True)
    sebelum = models.JSONField()
    sesudah = models.JSONField()
    pindah = models.JSONField()
    alasan = models.CharField(max_length=200)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="digabung oleh")
    waktu = models.DateTimeField("digabung pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "penggabungan orang"
        verbose_name_plural = "penggabungan orang"
        ordering: ClassVar = ["-id"]
        triggers: ClassVar = [Catat(orang="tetap")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(alasan=""), name="penggabungan_beralasan")]

    def __str__(self) -> str:
        return f"{self.lebur} → {self.tetap_id}"

"""Photographs of a training, for its report."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna
from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan


PALING_BANYAK = 12
"""[design] Photographs of a cohort: two pages of its report."""


class Foto(models.Model):
    """A photograph of a cohort at its training, drawn anew as JPEG before it was stored; what was sent is kept nowhere.

    Attributes:
        keterangan: what it shows; also read out to who does not see it.
    """

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="foto")
    tanggal = models.DateField()
    keterangan = models.CharField(max_length=120)
    isi = models.BinaryField()
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(Pengguna, models.PROTECT, related_name="+", verbose_name="dibuat oleh")

    class Meta:
        verbose_name = "foto angkatan"
        verbose_name_plural = "foto angkatan"
        ordering: ClassVar = ["tanggal", "id"]
        triggers: ClassVar = [Catat(wilayah="angkatan__program__wilayah")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(keterangan=""), name="foto_berketerangan",
                violation_error_message=_("Tulis apa yang terlihat di foto."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.keterangan

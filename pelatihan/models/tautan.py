"""How a participant without an account comes in."""

from typing import ClassVar

from django.db import models

from pelatihan.models.peserta import Peserta


class KodePerangkat(models.Model):
    """A one-time code with which a participant links one telephone; its mark is kept, the code is shown once."""

    peserta = models.ForeignKey(Peserta, models.CASCADE, related_name="kode_perangkat")
    tanda = models.BinaryField(max_length=32, unique=True)
    berlaku_sampai = models.DateTimeField("berlaku sampai")
    dipakai_pada = models.DateTimeField("dipakai pada", null=True, blank=True)

    class Meta:
        verbose_name = "kode perangkat"
        verbose_name_plural = "kode perangkat"
        indexes: ClassVar = [models.Index(fields=["peserta", "dipakai_pada"], name="kode_perangkat_peserta")]

    def __str__(self) -> str:
        return f"kode {self.peserta_id}"

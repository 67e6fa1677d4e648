"""Limits that survive the loss of the broker."""

from django.db import models


class Pembatas(models.Model):
    """How often somebody tried something in an hour or a day. Counted in the database, so that losing the broker opens
    no door; `tanda` is made of an address and the hour and leads back to nobody."""

    tanda = models.BinaryField(max_length=32, primary_key=True)
    jumlah = models.PositiveIntegerField()
    sampai = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "pembatas"
        verbose_name_plural = "pembatas"

    def __str__(self) -> str:
        return str(self.jumlah)

"""What is taught."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kecamatan.triggers import Catat
from pelatihan.models.alur import JenisPelatihan


class Modul(models.Model):
    """A module of a kind of training, as its source names it.

    Attributes:
        jp: lesson hours (jam pelajaran); None where no source tells them, which is not 0.
        halaman: code of the part of the portal that it is about, see `pelatihan.queries.kurikulum`; "" for none.
    """

    kode = models.SlugField(primary_key=True, max_length=30)
    jenis = models.CharField(max_length=10, choices=JenisPelatihan.choices)
    urutan = models.PositiveSmallIntegerField()
    judul = models.CharField(max_length=200)
    jp = models.PositiveSmallIntegerField("jam pelajaran (JP)", null=True, blank=True)
    halaman = models.CharField(max_length=30, blank=True)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "modul"
        verbose_name_plural = "modul"
        ordering: ClassVar = ["jenis", "urutan"]
        triggers: ClassVar = [Catat()]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jenis", "urutan"], name="modul_urutan_unik"),
            models.CheckConstraint(condition=Q(jp__isnull=True) | Q(jp__gt=0), name="modul_jp_ada"),
        ]

    def __str__(self) -> str:
        return self.judul

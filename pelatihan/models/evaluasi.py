"""What participants say of their trainers and of the organiser, without anything that tells who said it.

Who filled a sheet stands on the sheet, in order of the participants; what was said stands in rows of their own, and
every new one shuffles them all (actions.evaluasi). So neither a time, nor a key, nor the order in the table, nor the
number of a transaction leads from an answer to a person. None of it goes into the history, which would tell the time.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Orang
from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.kelas import Sesi


class SasaranEvaluasi(models.TextChoices):
    """Whom a sheet is about."""

    PELATIH = "pelatih", _("pelatih")
    PENYELENGGARA = "penyelenggara", _("penyelenggara")


class PertanyaanEvaluasi(models.Model):
    """A statement that participants agree with, from 1 (not at all) to 4 (fully). From fixtures/pelatihan."""

    kode = models.SlugField(primary_key=True, max_length=30)
    sasaran = models.CharField(max_length=13, choices=SasaranEvaluasi.choices)
    urutan = models.PositiveSmallIntegerField()
    teks = models.CharField(max_length=200)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "pertanyaan evaluasi"
        verbose_name_plural = "pertanyaan evaluasi"
        ordering: ClassVar = ["sasaran", "urutan"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.teks


class LembarEvaluasi(models.Model):
    """A sheet: about one trainer of a session, or about the organiser of a cohort.

    Attributes:
        terisi: participants who filled it, sorted: it tells that they did, not when nor what.
    """

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="lembar_evaluasi")
    sesi = models.ForeignKey(Sesi, models.PROTECT, null=True, related_name="+")
    pelatih = models.ForeignKey(Orang, models.PROTECT, null=True, related_name="+")
    terisi: "ArrayField[list[int], list[int]]" = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = "lembar evaluasi"
        verbose_name_plural = "lembar evaluasi"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["angkatan", "sesi", "pelatih"], nulls_distinct=False, name="lembar_evaluasi_sekali"
            ),
            models.CheckConstraint(
                condition=Q(sesi__isnull=True, pelatih__isnull=True) | Q(sesi__isnull=False, pelatih__isnull=False),
                name="lembar_evaluasi_satu_sasaran",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sesi}: {self.pelatih}" if self.sesi_id else f"{self.angkatan}"


class JawabanEvaluasi(models.Model):
    """What one participant said on a sheet, without a name, a time or an order.

    Attributes:
        nilai: 1–4 by the code of each question; one that was left out is missing.
        baik, saran: own words; read by those who run the cohort, never by the trainer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lembar = models.ForeignKey(LembarEvaluasi, models.PROTECT, related_name="jawaban")
    nilai = models.JSONField()
    baik = models.TextField(max_length=1000, blank=True)
    saran = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name = "jawaban evaluasi"
        verbose_name_plural = "jawaban evaluasi"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.lembar_id)

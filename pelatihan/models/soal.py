"""The question bank of a programme."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Program
from pelatihan.models.kurikulum import Modul


class ButirQuerySet(models.QuerySet["Butir"]):
    def aktif(self) -> Self:
        return self.filter(aktif=True)


class Butir(models.Model):
    """A question with two to five choices, one of them right.

    Attributes:
        modul: what of the curriculum it asks about; None for the training as a whole.
        aktif: whether new tests may take it.
        gantinya: the version that replaced it. What somebody has answered is never reworded: it gets a new version.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="butir")
    modul = models.ForeignKey(Modul, models.PROTECT, null=True, blank=True, related_name="+")
    teks = models.TextField("pertanyaan", max_length=500)
    aktif = models.BooleanField(default=True)
    gantinya = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="pendahulu")

    objects = ButirQuerySet.as_manager()

    class Meta:
        verbose_name = "butir soal"
        verbose_name_plural = "butir soal"
        ordering: ClassVar = ["modul__urutan", "id"]
        triggers: ClassVar = [Catat(wilayah="program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "teks"], condition=Q(aktif=True), name="butir_teks_unik",
                violation_error_message=_("Pertanyaan itu sudah ada di bank soal program ini."),
            ),
            models.CheckConstraint(condition=~Q(teks=""), name="butir_berisi"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.teks


class Pilihan(models.Model):
    """A choice of a question."""

    butir = models.ForeignKey(Butir, models.CASCADE, related_name="pilihan")
    teks = models.CharField(max_length=300)
    benar = models.BooleanField(default=False)

    class Meta:
        verbose_name = "pilihan jawaban"
        verbose_name_plural = "pilihan jawaban"
        ordering: ClassVar = ["id"]
        triggers: ClassVar = [Catat(wilayah="butir__program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["butir", "teks"], name="pilihan_unik"),
            models.UniqueConstraint(fields=["butir"], condition=Q(benar=True), name="pilihan_satu_benar"),
            models.CheckConstraint(condition=~Q(teks=""), name="pilihan_berisi"),
        ]

    def __str__(self) -> str:
        return self.teks

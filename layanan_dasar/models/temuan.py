"""What is checked on a sheet of figures, and what was found."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from kecamatan.models import Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.indikator import Indikator
from layanan_dasar.models.isian import Isian
from layanan_dasar.models.kosakata import KOSAKATA
from p3pd_portal.lib.rumus import Kalimat, Rumus, parse_kalimat, parse_rumus


class AturanIsian(models.Model):
    """A rule that a sheet should keep: an expression (lib/rumus.py) that is true of a sound cell.

    A rule whose figures are not there says nothing. Rules are changed by Bina Adwil; what they found is found again.
    """

    class Tingkat(models.TextChoices):
        GALAT = "galat", "galat: tidak dapat diajukan"
        PERINGATAN = "peringatan", "peringatan: perlu catatan"
        INFO = "info", "info"

    class Cakupan(models.TextChoices):
        """What the expression is asked of."""

        SEL = "sel", "setiap desa dan indikator"
        DESA = "desa", "setiap desa, antarindikator"
        LAJUR = "lajur", "setiap indikator, seluruh desa"

    kode = models.SlugField(max_length=40, primary_key=True)
    ekspresi = models.CharField(max_length=300)
    tingkat = models.CharField(max_length=10, choices=Tingkat.choices)
    cakupan = models.CharField(max_length=5, choices=Cakupan.choices)
    pesan = models.CharField(
        max_length=250, help_text="apa yang janggal dan apa yang dilakukan; {nama} diganti angkanya"
    )
    dasar = models.CharField(max_length=150, blank=True)
    dari = models.DateField("berlaku dari", null=True, blank=True)
    sampai = models.DateField("berlaku sampai", null=True, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "aturan isian"
        verbose_name_plural = "aturan isian"
        ordering: ClassVar = ["urutan", "kode"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.kode

    def clean(self) -> None:
        """The expression and the figures of the message can be read, and speak of indicators that there are."""
        if self.cakupan not in self.Cakupan.values:
            return
        field = "ekspresi"
        try:
            texts = self.rumus.teks
            field = "pesan"
            texts = texts.union(*(satu.teks for satu in self.kalimat.rumus))
        except ValueError as error:
            raise ValidationError({field: str(error)}) from error
        known = set(Indikator.objects.filter(kode__in=texts).values_list("kode", flat=True)) if texts else set()
        if unknown := sorted(texts - known):
            raise ValidationError({"ekspresi": f"Indikator tidak ada di katalog: {', '.join(unknown)}."})
        if self.dari and self.sampai and self.sampai < self.dari:
            raise ValidationError({"sampai": "Hari terakhir mendahului hari pertama."})

    @property
    def rumus(self) -> Rumus:
        """Raises:
        ValueError: the expression cannot be read.
        """
        return parse_rumus(self.ekspresi, KOSAKATA[self.cakupan])

    @property
    def kalimat(self) -> Kalimat:
        """Raises:
        ValueError: a figure of the message cannot be read.
        """
        return parse_kalimat(self.pesan, KOSAKATA[self.cakupan])

    def holds(self, on: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return (self.dari is None or self.dari <= on) and (self.sampai is None or on <= self.sampai)


class Temuan(models.Model):
    """What was found on a sheet, and the note of whoever knows why it is so.

    Without a rule it is what every figure must have to be one: both its parts, within its kind.
    """

    isian = models.ForeignKey(Isian, models.CASCADE, related_name="temuan")
    aturan = models.ForeignKey(AturanIsian, models.PROTECT, null=True, related_name="+")
    tingkat = models.CharField(max_length=10, choices=AturanIsian.Tingkat.choices)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, related_name="+")
    indikator = models.ForeignKey(Indikator, models.PROTECT, null=True, related_name="+")
    pesan = models.CharField(max_length=400)
    catatan = models.CharField(max_length=250, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "temuan"
        verbose_name_plural = "temuan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["isian", "aturan", "wilayah", "indikator"], nulls_distinct=False, name="temuan_sekali"
            ),
            models.CheckConstraint(
                condition=Q(catatan="", dicatat_oleh__isnull=True) | Q(dicatat_oleh__isnull=False),
                name="temuan_catatan_bernama",
            ),
        ]

    def __str__(self) -> str:
        return self.pesan

    @property
    def kunci(self) -> tuple[str | None, int | None, str | None]:
        """What is found once on a sheet."""
        return self.aturan_id, self.wilayah_id, self.indikator_id

    @property
    def perlu_catatan(self) -> bool:
        """A warning that nobody has explained yet."""
        return self.tingkat == AturanIsian.Tingkat.PERINGATAN and not self.catatan

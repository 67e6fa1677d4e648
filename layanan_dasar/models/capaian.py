"""Figures of basic services: what was reported of a desa, and what follows from it for every region."""

from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.triggers import TetapBila
from layanan_dasar.models.indikator import Indikator
from p3pd_portal.lib.periode import Periode


class StatusNilai(models.TextChoices):
    """Zero, missing and not applicable are three things; so is a share of nobody."""

    ADA = "ada", "ada"
    TIDAK_ADA_SASARAN = "tidak_ada_sasaran", "tidak ada sasaran"
    TIDAK_DILAPORKAN = "tidak_dilaporkan", "tidak dilaporkan"
    TIDAK_BERLAKU = "tidak_berlaku", "tidak berlaku"


class _Berperiode(models.Model):
    """A figure of a region, an indicator and a period, with the last day of that period to order by."""

    indikator = models.ForeignKey(Indikator, models.PROTECT, related_name="+", db_index=False)
    periode = models.CharField(max_length=7)
    akhir = models.DateField("hari terakhir periode")
    pembilang = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    penyebut = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    status = models.CharField(max_length=17, choices=StatusNilai.choices)

    class Meta:
        abstract = True

    @property
    def periode_nilai(self) -> Periode:
        return Periode.parse(self.periode)


class NilaiIndikator(_Berperiode):
    """What was reported of one desa: numerator and denominator, as supplied. A correction is a further revision; the
    latest published one counts, and what is published is never changed.

    A percentage has both; a count or a scale only `pembilang`; ya/tidak is 1 or 0 of 1. `laki_laki`, `perempuan` and
    `disabilitas` are parts of `pembilang`. It came from a file, or from a sheet that the camat approved.
    """

    desa = models.ForeignKey(Wilayah, models.PROTECT, related_name="nilai_indikator", db_index=False)
    revisi = models.PositiveSmallIntegerField(default=1)
    berkas = models.ForeignKey(
        BerkasImpor, models.PROTECT, null=True, blank=True, related_name="nilai_indikator", db_index=False
    )
    baris = models.PositiveIntegerField("baris berkas", null=True, blank=True)
    isian = models.ForeignKey(
        "layanan_dasar.Isian", models.PROTECT, null=True, blank=True, related_name="terbitan", db_index=False
    )
    laki_laki = models.DecimalField("laki-laki", max_digits=18, decimal_places=4, null=True)
    perempuan = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    disabilitas = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    sumber = models.CharField(max_length=150, blank=True)
    terbit_pada = models.DateTimeField("terbit pada", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "nilai indikator"
        verbose_name_plural = "nilai indikator"
        triggers: ClassVar = [TetapBila(condition=pgtrigger.Q(old__terbit_pada__isnull=False))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desa", "indikator", "periode", "revisi"], name="nilai_indikator_unik"),
            models.CheckConstraint(
                condition=~Q(status=StatusNilai.ADA) | Q(pembilang__isnull=False), name="nilai_indikator_ada_angkanya"
            ),
            models.CheckConstraint(
                condition=Q(pembilang__isnull=True) | Q(pembilang__gte=0), name="nilai_indikator_tidak_negatif"
            ),
            models.CheckConstraint(
                condition=Q(penyebut__isnull=True) | Q(penyebut__gte=0), name="nilai_indikator_sasaran_tidak_negatif"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["akhir", "desa"], name="nilai_indikator_akhir")]

    def __str__(self) -> str:
        return f"{self.desa} {self.indikator_id} {self.periode}"


class Capaian(_Berperiode):
    """The result table: one published figure of a region of any level, and how it stands against its target.

    A region's percentage is Σ pembilang / Σ penyebut over the desa with data, a count their sum, ya/tidak the share of
    desa, a scale the median; `n_data` of `n_desa` say how many. Percentages are 0–100 and may exceed 100 where the
    denominator is a projection; only the score is capped.

    Attributes:
        terendah, tertinggi: smallest and largest value of a desa.
        skor: 0 (floor) to 1 (target); null without target or value.
        kurang: people or households short of the target; of a count the cases above it.
        tren: 1 up, -1 down, 0 steady; null under four periods.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="capaian", db_index=False)
    nilai = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    terendah = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    tertinggi = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    n_data = models.PositiveIntegerField()
    n_desa = models.PositiveIntegerField()
    target = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    skor = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    kurang = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    tren = models.SmallIntegerField(null=True)
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "capaian"
        verbose_name_plural = "capaian"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "indikator", "periode"], name="capaian_unik"),
        ]
        indexes: ClassVar = [models.Index(fields=["akhir", "wilayah"], name="capaian_akhir")]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.indikator_id} {self.periode}"

    @property
    def melebihi_sasaran(self) -> bool:
        """More were reached than were projected: shown as it is, with a flag."""
        return self.pembilang is not None and bool(self.penyebut) and self.pembilang > (self.penyebut or Decimal(0))

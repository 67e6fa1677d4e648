"""What follows from the sums of a region and year: need beside spending, rules kept, the index."""

from decimal import Decimal
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kecamatan.models import Bidang, Wilayah
from kecamatan.triggers import TetapBila
from layanan_dasar.models.aturan import AturanBelanja, ParameterIbdb
from p3pd_portal.lib.angka import ratio


class GapBidang(models.Model):
    """How far a region is from its targets in one basic service: 0 at the target, 1 at the floor, null while less than
    half of the weight of its indicators is there. The achievement of services writes it, spending reads it.

    Attributes:
        n_indikator: indicators with a score that went in, of `n_katalog` that have a target.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="gap_bidang", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    bidang = models.ForeignKey(Bidang, models.PROTECT, related_name="+")
    gap = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    n_indikator = models.PositiveSmallIntegerField(default=0, db_default=0)
    n_katalog = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "kesenjangan bidang"
        verbose_name_plural = "kesenjangan bidang"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "tahun", "bidang"], name="gap_bidang_unik"),
            models.CheckConstraint(
                condition=Q(gap__isnull=True) | Q(gap__gte=0, gap__lte=1), name="gap_bidang_nol_sampai_satu"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun} {self.bidang_id}"


class KepatuhanAturan(models.Model):
    """How the budgets of a region and year keep a rule: how many desa keep it, break it, cannot be judged, or need not;
    and the money measured, over those who could be judged."""

    class Status(models.TextChoices):
        PATUH = "patuh", "patuh"
        TIDAK_PATUH = "tidak_patuh", "tidak patuh"
        TIDAK_DAPAT_DIHITUNG = "tidak_dapat_dihitung", "tidak dapat dihitung"
        TIDAK_BERLAKU = "tidak_berlaku", "tidak berlaku"

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="kepatuhan", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    aturan = models.ForeignKey(AturanBelanja, models.CASCADE, related_name="kepatuhan", db_index=False)
    n_patuh = models.PositiveIntegerField()
    n_tidak_patuh = models.PositiveIntegerField()
    n_tidak_dapat_dihitung = models.PositiveIntegerField()
    n_tidak_berlaku = models.PositiveIntegerField()
    pembilang = models.BigIntegerField(null=True)
    penyebut = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "kepatuhan aturan"
        verbose_name_plural = "kepatuhan aturan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "tahun", "aturan"], name="kepatuhan_aturan_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun} {self.aturan}"

    @property
    def status(self) -> str:
        """Of a desa: the one count that is not zero."""
        return next(satu for satu in self.Status if getattr(self, f"n_{satu}"))

    @property
    def label(self) -> str:
        """The status of a desa in words."""
        return str(self.Status(self.status).label)

    @property
    def jumlah(self) -> list[tuple[str, int]]:
        """Each status in words, and how many desa of the region have it."""
        return [(str(satu.label), getattr(self, f"n_{satu}")) for satu in self.Status]

    @property
    def porsi(self) -> Decimal | None:
        return ratio(self.pembilang, self.penyebut)


class IndeksBelanjaQuerySet(models.QuerySet["IndeksBelanja"]):
    def ready(self, tahun: int | None = None) -> Self:
        """Rows that may be published: by the version in use, of a year (or any) that has ended."""
        rows = self.filter(parameter__aktif=True, terbit=False, tahun__lt=timezone.localdate().year)
        return rows if tahun is None else rows.filter(tahun=tahun)


class IndeksBelanja(models.Model):
    """IBDB, the index of quality village spending (0–100), of a region and year by one version of its parameters.

    Components are 0 to 1, null where they cannot be computed; `bobot` is the weight of those that could. Without
    allocation (C1), or with less weight than the version asks for, there is no index but a reason. A published row
    is never changed: a new version makes new rows.
    """

    class Alasan(models.TextChoices):
        TAHUN_BERJALAN = "tahun_berjalan", "tahun anggaran masih berjalan"
        RINCIAN_BELUM_ADA = "rincian_belum_ada", "rincian kegiatan belum ada"
        TANPA_LAYANAN_DASAR = "tanpa_layanan_dasar", "tidak ada belanja layanan dasar"
        BOBOT_KURANG = "bobot_kurang", "komponen yang dapat dihitung belum cukup"

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="indeks_belanja", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    parameter = models.ForeignKey(ParameterIbdb, models.PROTECT, related_name="indeks")
    c1 = models.DecimalField("alokasi layanan dasar", max_digits=7, decimal_places=6, null=True)
    c2 = models.DecimalField("serapan layanan dasar", max_digits=7, decimal_places=6, null=True)
    c3 = models.DecimalField("keselarasan kebutuhan dan belanja", max_digits=7, decimal_places=6, null=True)
    c4 = models.DecimalField("kepatuhan aturan", max_digits=7, decimal_places=6, null=True)
    c5 = models.DecimalField("efisiensi struktur", max_digits=7, decimal_places=6, null=True)
    c6 = models.DecimalField("ketepatan waktu", max_digits=7, decimal_places=6, null=True)
    bobot = models.PositiveSmallIntegerField()
    nilai = models.DecimalField("IBDB", max_digits=9, decimal_places=6, null=True)
    alasan = models.CharField(max_length=20, choices=Alasan.choices, blank=True)
    sementara = models.BooleanField(default=False, help_text="lebih dari batas belanja belum dipetakan")
    terbit = models.BooleanField(default=False)
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    objects = IndeksBelanjaQuerySet.as_manager()

    class Meta:
        verbose_name = "indeks belanja"
        verbose_name_plural = "indeks belanja"
        triggers: ClassVar = [TetapBila(condition=pgtrigger.Q(old__terbit=True))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "tahun", "parameter"], name="indeks_belanja_unik"),
            models.CheckConstraint(
                condition=Q(nilai__isnull=True) ^ Q(alasan=""), name="indeks_belanja_nilai_atau_alasan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun} {self.parameter_id}"

    @property
    def mutu(self) -> str:
        """Letter of the band, as proposed: A from 80, B from 65, C from 50, else D; empty without an index."""
        if self.nilai is None:
            return ""
        return next(letter for letter, least in MUTU if self.nilai >= least)


MUTU = (("A", 80), ("B", 65), ("C", 50), ("D", 0))

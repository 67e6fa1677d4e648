"""Result table of the night run: village money and basic services, one row per region and year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Now, NullIf

from kecamatan.models import Wilayah
from layanan_dasar.models.belanja import BidangApbdes
from p3pd_portal.lib.angka import ratio


KODE_BIDANG = ("PDK", "KES", "SAB", "JSO", "ADM")
"""The five basic services of P3PD 1D, as in fixtures/bidang.yaml; each has columns of its own."""

KELOMPOK = (
    "pendapatan",
    "belanja",
    "rincian",  # spending of the desa whose budget is known by kegiatan: the whole of which the next ones are parts
    "inti",
    "terkait",
    "belum_dipetakan",
    *(f"inti_{kode.lower()}" for kode in KODE_BIDANG),
    *(f"terkait_{kode.lower()}" for kode in KODE_BIDANG),
    *(f"bab_{kode}" for kode in BidangApbdes.values),
)
UKURAN = ("anggaran", "realisasi", "terlapor")
KOLOM_JUMLAH = [f"{kelompok}_{ukuran}" for kelompok in KELOMPOK for ukuran in UKURAN]
KOLOM_HITUNG = ["n_desa", "n_apbdes", "n_pendapatan", "n_belanja", "n_rincian", "n_realisasi"]


@dataclass(frozen=True)
class Jumlah:
    """Sums over the desa that have the figure; None where none has.

    Attributes:
        anggaran: Rp budgeted.
        realisasi: Rp spent or received since 1 January, of the desa that reported.
        terlapor: Rp budgeted by those same desa.
    """

    anggaran: int | None
    realisasi: int | None
    terlapor: int | None

    @property
    def serapan(self) -> Decimal | None:
        """Realisation over the budget of those who reported; above 1 is possible and shown."""
        return ratio(self.realisasi, self.terlapor)


def _ratio_field(part: str, whole: str, name: str) -> models.GeneratedField:
    decimal = models.DecimalField(max_digits=26, decimal_places=6)
    return models.GeneratedField(
        expression=Cast(F(part), decimal) / NullIf(F(whole), 0),
        output_field=models.DecimalField(name, max_digits=26, decimal_places=6, null=True),
        db_persist=True,
    )


class KualitasBelanjaQuerySet(models.QuerySet["KualitasBelanja"]):
    """Rows stay with the region they were computed for; these follow villages to their successors."""

    def _without_doubles(self) -> Self:
        """Closed villages' rows only where nothing else stands for their successor that year."""
        kini = OuterRef("wilayah__kode_kini")
        same = KualitasBelanja.objects.filter(tahun=OuterRef("tahun"), wilayah__kode_kini=kini)
        other = Exists(same.exclude(wilayah=OuterRef("wilayah")))
        return self.filter(Q(wilayah__berlaku_sampai__isnull=True) | ~other)

    def of(self, wilayah: Wilayah) -> Self:
        """A region's rows, one per year; of years before it was formed those of the one village it follows."""
        return self.filter(wilayah__kode_kini=wilayah.kode, wilayah__tingkat=wilayah.tingkat)._without_doubles()

    def below(self, wilayah: Wilayah) -> Self:
        """The rows of the regions directly below, in the same way."""
        below = self.filter(wilayah.q_below("wilayah__"), wilayah__tingkat=wilayah.tingkat + 1)
        return below._without_doubles().select_related("wilayah")


class KualitasBelanja(models.Model):
    """How the village budgets of a region and year meet basic services.

    A row of a desa holds its own budget in force; a row above holds sums over its desa, so that a percentage is
    always Σ part / Σ whole. `n_…` say of how many desa: of `n_desa` villages in the region, `n_apbdes` have a
    budget, `n_pendapatan` complete revenue, `n_belanja` complete spending, `n_rincian` detail by kegiatan, and
    `n_realisasi` of those with complete spending have reported realisation. Kelurahan have no budget and are
    not counted. A null sum is unknown, 0 is a true zero.

    The sums are columns named <kelompok>_<ukuran> (see KELOMPOK, UKURAN), read with `jumlah`.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="kualitas_belanja", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    n_desa = models.PositiveIntegerField()
    n_apbdes = models.PositiveIntegerField()
    n_pendapatan = models.PositiveIntegerField()
    n_belanja = models.PositiveIntegerField()
    n_rincian = models.PositiveIntegerField()
    n_realisasi = models.PositiveIntegerField()
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    objects = KualitasBelanjaQuerySet.as_manager()

    class Meta:
        verbose_name = "kualitas belanja"
        verbose_name_plural = "kualitas belanja"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "tahun"], name="kualitas_belanja_wilayah_tahun_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun}"

    def jumlah(self, kelompok: str) -> Jumlah:
        """The three sums of a group of lines, e.g. "inti_kes" or "bab_02"."""
        return Jumlah(*(getattr(self, f"{kelompok}_{ukuran}") for ukuran in UKURAN))

    @property
    def porsi_luas(self) -> Decimal | None:
        """Share of basic services with the related kegiatan added (M1x)."""
        inti, terkait = self.jumlah("inti").anggaran, self.jumlah("terkait").anggaran
        luas = None if inti is None or terkait is None else inti + terkait
        return ratio(luas, self.jumlah("rincian").anggaran)


for _kolom in KOLOM_JUMLAH:
    KualitasBelanja.add_to_class(_kolom, models.BigIntegerField(null=True))

KualitasBelanja.add_to_class("porsi_inti", _ratio_field("inti_anggaran", "rincian_anggaran", "porsi layanan dasar"))
KualitasBelanja.add_to_class("serapan", _ratio_field("belanja_realisasi", "belanja_terlapor", "serapan"))
KualitasBelanja.add_to_class(
    "porsi_belum_dipetakan", _ratio_field("belum_dipetakan_anggaran", "rincian_anggaran", "belum dipetakan")
)

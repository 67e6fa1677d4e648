"""Result table of the night run: village money and basic services, one row per region and year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, Now, NullIf

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
    "terima_pembiayaan",
    "keluar_pembiayaan",
    *(f"inti_{kode.lower()}" for kode in KODE_BIDANG),
    *(f"terkait_{kode.lower()}" for kode in KODE_BIDANG),
    *(f"bab_{kode}" for kode in BidangApbdes.values),
)
UKURAN = ("anggaran", "realisasi", "terlapor")
KOLOM_RUPIAH = {
    "pegawai": "belanja pegawai (5.1)",
    "modal": "belanja modal (5.3)",
    "overhead": "honorarium, perjalanan, dan operasional di dalam layanan dasar inti (5.2.2, 5.2.3, 5.2.5)",
    "k30": "bagian 30 persen tanpa yang didanai tanah bengkok",
    "belanja_bersih": "belanja tanpa yang didanai tanah bengkok",
    "pagu_dd": "pagu Dana Desa (4.2.1)",
    "dd_blt": "BLT Desa dari Dana Desa",
    "dd_pangan": "ketahanan pangan dari Dana Desa, termasuk penyertaan modal (6.2.2)",
    "dd_operasional": "operasional pemerintah desa dari Dana Desa",
    "dd_stunting": "pencegahan stunting dari Dana Desa",
    "kdmp": "dukungan Koperasi Desa Merah Putih",
    "awal": "belanja APBDes awal desa yang mengubah anggarannya",
    "ubah": "jumlah perubahan mutlak per baris terhadap APBDes awal",
    "inti_s2_anggaran": "layanan dasar inti desa yang melaporkan realisasi setahun",
    "inti_s2_realisasi": "realisasi setahun layanan dasar inti",
    "tanpa_anggaran": "realisasi pada baris tanpa anggaran",
    "inti_berpenduduk": "layanan dasar inti desa yang jumlah penduduknya diketahui",
}
"""Sums in rupiah that have no realisation beside them; null is unknown."""
KOLOM_JUMLAH = [f"{kelompok}_{ukuran}" for kelompok in KELOMPOK for ukuran in UKURAN] + list(KOLOM_RUPIAH)
KOLOM_HITUNG = ["n_desa", "n_apbdes", "n_pendapatan", "n_belanja", "n_rincian", "n_realisasi", "n_setahun"]
KOLOM_HITUNG += ["n_tanpa_anggaran", "n_waktu", "n_tepat_waktu", "penduduk"]


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


def _ratio_field(part: str, whole: Any, name: str) -> models.GeneratedField:
    decimal = models.DecimalField(max_digits=26, decimal_places=6)
    return models.GeneratedField(
        expression=Cast(F(part), decimal) / NullIf(whole, Value(0)),
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
    not counted; `n_setahun` have reported the whole year. `n_tepat_waktu` of `n_waktu` known dates were kept
    (Perdes, semester report, accountability, number of amendments), `n_tanpa_anggaran` lines were spent without a
    budget, `penduduk` counts the people of desa whose spending is known. A null sum is unknown, 0 is a true zero.

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
    n_setahun = models.PositiveIntegerField(default=0)
    n_tanpa_anggaran = models.PositiveIntegerField(default=0)
    n_waktu = models.PositiveIntegerField(default=0)
    n_tepat_waktu = models.PositiveIntegerField(default=0)
    penduduk = models.PositiveBigIntegerField(default=0)
    porsi_min = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    porsi_median = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    porsi_maks = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    gini = models.DecimalField("ketimpangan belanja per kapita", max_digits=9, decimal_places=6, null=True)
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    objects = KualitasBelanjaQuerySet.as_manager()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # the columns that are added below the class

    class Meta:
        verbose_name = "kualitas belanja"
        verbose_name_plural = "kualitas belanja"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wilayah", "tahun"], name="kualitas_belanja_wilayah_tahun_unik"),
        ]
        # All that the spread over the desa of a year asks for, also after one import (aggregation/sebaran.py).
        indexes: ClassVar = [
            models.Index(
                fields=["tahun"],
                include=["wilayah", "porsi_inti", "inti_berpenduduk", "penduduk"],
                condition=Q(n_rincian__gt=0),
                name="kualitas_belanja_sebaran",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun}"

    def jumlah(self, kelompok: str) -> Jumlah:
        """The three sums of a group of lines, e.g. "inti_kes" or "bab_02"."""
        return Jumlah(*(getattr(self, f"{kelompok}_{ukuran}") for ukuran in UKURAN))

    def rupiah(self, kolom: str) -> int | None:
        """A sum of KOLOM_RUPIAH."""
        value: int | None = getattr(self, kolom)
        return value

    @property
    def porsi_luas(self) -> Decimal | None:
        """Share of basic services with the related kegiatan added (M1x)."""
        inti, terkait = self.jumlah("inti").anggaran, self.jumlah("terkait").anggaran
        luas = None if inti is None or terkait is None else inti + terkait
        return ratio(luas, self.jumlah("rincian").anggaran)

    @property
    def porsi_inti_dengan_kdmp(self) -> Decimal | None:
        """M1 over all spending, money for KDMP that only passes through included."""
        return ratio(self.jumlah("inti").anggaran, self.jumlah("rincian").anggaran)

    @property
    def serapan_inti(self) -> Decimal | None:
        """M2: realisation of basic services over their budget, of the desa that reported the whole year."""
        return ratio(self.rupiah("inti_s2_realisasi"), self.rupiah("inti_s2_anggaran"))

    @property
    def porsi_pegawai(self) -> Decimal | None:
        """M4."""
        return ratio(self.rupiah("pegawai"), self.jumlah("rincian").anggaran)

    @property
    def porsi_modal(self) -> Decimal | None:
        """M5; not good by itself: roads dominate."""
        return ratio(self.rupiah("modal"), self.jumlah("rincian").anggaran)

    @property
    def porsi_overhead(self) -> Decimal | None:
        """M6: fees, travel and office cost inside basic services."""
        return ratio(self.rupiah("overhead"), self.jumlah("inti").anggaran)

    @property
    def per_kapita(self) -> Decimal | None:
        """M7, in rupiah: basic services per head, where the people are known."""
        return ratio(self.rupiah("inti_berpenduduk"), self.penduduk)

    @property
    def volatilitas(self) -> Decimal | None:
        """M9: what amendments moved, line by line, over the original budgets that were amended."""
        return ratio(self.rupiah("ubah"), self.rupiah("awal"))

    @property
    def silpa(self) -> int | None:
        """Rupiah left at the end: (4 − 5) + (6.1 − 6.2), realised; None while one of the sides is not reported."""
        return _silpa(*(self.jumlah(name).realisasi for name in ("pendapatan", "belanja", *PEMBIAYAAN)))

    @property
    def silpa_anggaran(self) -> int | None:
        """The same of the budget, where it must be 0."""
        return _silpa(*(self.jumlah(name).anggaran for name in ("pendapatan", "belanja", *PEMBIAYAAN)))

    @property
    def rasio_silpa(self) -> Decimal | None:
        """M10."""
        return ratio(self.silpa, self.jumlah("pendapatan").realisasi)

    @property
    def hhi(self) -> Decimal | None:
        """M11: concentration of basic services on few of the five, 0.2 (even) to 1 (all on one)."""
        parts, whole = self._inti_per_bidang(), self.jumlah("inti").anggaran
        return sum(((Decimal(part) / whole) ** 2 for part in parts), Decimal(0)) if whole else None

    @property
    def hhi_ternormalisasi(self) -> Decimal | None:
        """M11 on a scale from 0 (even) to 1 (one service)."""
        even = Decimal(1) / len(KODE_BIDANG)
        return None if self.hhi is None else (self.hhi - even) / (1 - even)

    def _inti_per_bidang(self) -> list[int]:
        return [self.jumlah(f"inti_{kode.lower()}").anggaran or 0 for kode in KODE_BIDANG]


PEMBIAYAAN = ("terima_pembiayaan", "keluar_pembiayaan")


def _silpa(pendapatan: int | None, belanja: int | None, terima: int | None, keluar: int | None) -> int | None:
    """Financing that no line tells of is none; revenue or spending that is unknown makes the balance unknown."""
    if pendapatan is None or belanja is None:
        return None
    return pendapatan - belanja + (terima or 0) - (keluar or 0)


for _kolom in KOLOM_JUMLAH:
    KualitasBelanja.add_to_class(_kolom, models.BigIntegerField(null=True))

KualitasBelanja.add_to_class(
    "porsi_inti", _ratio_field("inti_anggaran", F("rincian_anggaran") - Coalesce(F("kdmp"), 0), "porsi layanan dasar")
)
KualitasBelanja.add_to_class("serapan", _ratio_field("belanja_realisasi", F("belanja_terlapor"), "serapan"))
KualitasBelanja.add_to_class(
    "porsi_belum_dipetakan", _ratio_field("belum_dipetakan_anggaran", F("rincian_anggaran"), "belum dipetakan")
)

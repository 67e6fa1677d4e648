"""Rules for village spending by year, and the parameters of the index; data with a source, never code."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from kecamatan.models import Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.belanja import TAHUN_AKHIR, TAHUN_AWAL


class AturanBelanjaQuerySet(models.QuerySet["AturanBelanja"]):
    def at(self, tahun: int) -> Self:
        return self.filter(Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=tahun), tahun_dari__lte=tahun)


class AturanBelanja(models.Model):
    """A rule that village budgets of some years must keep: a part of a whole, at least or at most so much of it.

    `ukuran` names the sum of the result table that is measured, `basis` the one it is measured by. A rule without a
    percentage found in its source is kept as `wajib`: named and shown, never judged; one whose spending no code tells
    apart has no `ukuran` and cannot be computed.
    """

    class Jenis(models.TextChoices):
        MIN = "min", "paling sedikit"
        MAKS = "maks", "paling banyak"
        WAJIB = "wajib", "wajib, tanpa persentase"

    class Ukuran(models.TextChoices):
        K30 = "k30", "penghasilan tetap, tunjangan, dan operasional BPD"
        BLT = "dd_blt", "BLT Desa dari Dana Desa"
        PANGAN = "dd_pangan", "ketahanan pangan dari Dana Desa"
        OPERASIONAL = "dd_operasional", "operasional pemerintah desa dari Dana Desa"
        STUNTING = "dd_stunting", "pencegahan stunting dari Dana Desa"
        KDMP = "kdmp", "dukungan Koperasi Desa Merah Putih"

    class Basis(models.TextChoices):
        BELANJA = "belanja_bersih", "belanja desa di luar tanah bengkok"
        PAGU = "pagu_dd", "pagu Dana Desa"
        PAGU_REGULER = "pagu_dd_reguler", "pagu Dana Desa di luar KDMP"

    kode = models.CharField(max_length=30)
    nama = models.CharField(max_length=120)
    jenis = models.CharField(max_length=5, choices=Jenis.choices)
    ukuran = models.CharField(max_length=20, choices=Ukuran.choices, blank=True)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    persen = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    tahun_dari = models.PositiveSmallIntegerField("sejak tahun")
    tahun_sampai = models.PositiveSmallIntegerField("sampai tahun", null=True, blank=True)
    dasar_hukum = models.CharField("dasar hukum", max_length=250)
    keyakinan = models.CharField(max_length=6, help_text="tinggi, sedang, atau rendah")
    catatan = models.CharField(max_length=250, blank=True)

    objects = AturanBelanjaQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan belanja"
        verbose_name_plural = "aturan belanja"
        ordering = ["tahun_dari", "kode"]
        triggers = [Catat()]
        constraints = [
            models.UniqueConstraint(fields=["kode", "tahun_dari"], name="aturan_belanja_kode_tahun_unik"),
            models.CheckConstraint(
                condition=Q(jenis="wajib", persen__isnull=True)
                | (~Q(jenis="wajib") & Q(persen__gt=0, persen__lte=100)),
                name="aturan_belanja_persen_sesuai_jenis",
            ),
            models.CheckConstraint(
                condition=Q(tahun_dari__gte=TAHUN_AWAL)
                & (Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=F("tahun_dari"), tahun_sampai__lte=TAHUN_AKHIR)),
                name="aturan_belanja_tahun_urut",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class PaguDanaDesa(models.Model):
    """Dana Desa of a kabupaten and year as the nation set it aside, and how much of it was paid out; as published.

    More than the pagu may be paid out, when a reserve is divided later."""

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="pagu_dana_desa", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    pagu = models.BigIntegerField()
    realisasi = models.BigIntegerField("penyaluran", null=True, blank=True)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "pagu Dana Desa"
        verbose_name_plural = "pagu Dana Desa"
        constraints = [
            models.UniqueConstraint(fields=["wilayah", "tahun"], name="pagu_dana_desa_unik"),
            models.CheckConstraint(condition=Q(pagu__gte=0), name="pagu_dana_desa_tidak_negatif"),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah} {self.tahun}"


class ParameterIbdb(models.Model):
    """A version of the parameters of the index. Published snapshots keep theirs; a change is a new version.

    Weights are whole points; what they add up to is up to the version (100 in the first).
    """

    versi = models.CharField(max_length=20, primary_key=True)
    aktif = models.BooleanField(default=False, help_text="dipakai untuk menghitung; hanya satu")
    bobot_c1 = models.PositiveSmallIntegerField("bobot alokasi")
    bobot_c2 = models.PositiveSmallIntegerField("bobot serapan")
    bobot_c3 = models.PositiveSmallIntegerField("bobot keselarasan")
    bobot_c4 = models.PositiveSmallIntegerField("bobot kepatuhan")
    bobot_c5 = models.PositiveSmallIntegerField("bobot efisiensi")
    bobot_c6 = models.PositiveSmallIntegerField("bobot ketepatan waktu")
    bobot_minimum = models.PositiveSmallIntegerField("bobot tersedia paling sedikit", default=70)
    target_alokasi = models.DecimalField("target porsi layanan dasar (T1)", max_digits=5, decimal_places=4)
    batas_overhead = models.DecimalField("porsi overhead dengan nilai nol", max_digits=5, decimal_places=4)
    batas_belum_dipetakan = models.DecimalField(
        "porsi belum dipetakan yang membuat nilai sementara", max_digits=5, decimal_places=4
    )
    inflasi_persen = models.DecimalField(
        "inflasi untuk pertumbuhan riil (persen)", max_digits=5, decimal_places=2, default=0,
        help_text="0: pertumbuhan disebut nominal",
    )  # fmt: skip
    catatan = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = "parameter IBDB"
        verbose_name_plural = "parameter IBDB"
        triggers = [Catat()]
        constraints = [
            models.UniqueConstraint(fields=["aktif"], condition=Q(aktif=True), name="parameter_ibdb_satu_aktif"),
            models.CheckConstraint(
                condition=Q(target_alokasi__gt=0) & Q(batas_overhead__gt=0), name="parameter_ibdb_pembagi_positif"
            ),
        ]

    def __str__(self) -> str:
        return f"IBDB {self.versi}"

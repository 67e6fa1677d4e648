"""The catalogue of basic-service indicators. One YAML file each in fixtures/indikator."""

from django.db import models
from django.db.models import Q

from kecamatan.models import Bidang, Wilayah
from kecamatan.triggers import Catat


class Keyakinan(models.TextChoices):
    """How sure we are of a fact that was not checked against the original regulation."""

    TINGGI = "tinggi", "tinggi"
    SEDANG = "sedang", "sedang"
    RENDAH = "rendah", "rendah"


class Indikator(models.Model):
    """A measure of a basic service: what is counted, over which population, who supplies it and on what legal basis."""

    class Jenis(models.TextChoices):
        PERSEN = "persen", "persen (100 × pembilang / penyebut)"
        JUMLAH = "jumlah", "jumlah"
        YA_TIDAK = "ya_tidak", "ya/tidak"
        SKALA = "skala", "skala"

    class Arah(models.TextChoices):
        NAIK = "naik", "makin tinggi makin baik"
        TURUN = "turun", "makin rendah makin baik"

    class Frekuensi(models.TextChoices):
        BULANAN = "B", "bulanan"
        TRIWULAN = "T", "triwulanan"
        SEMESTER = "S", "semesteran"
        TAHUNAN = "Y", "tahunan"

    class TingkatPublikasi(models.TextChoices):
        """Smallest region for which values may be shown to the public."""

        DESA = "desa", "desa"
        KECAMATAN = "kecamatan", "kecamatan"
        KABUPATEN = "kabupaten", "kabupaten"

    kode = models.CharField(max_length=12, primary_key=True)
    versi = models.PositiveSmallIntegerField(default=1)
    nama = models.CharField(max_length=150)
    bidang = models.ForeignKey(Bidang, models.PROTECT, related_name="indikator")
    definisi = models.TextField()
    mengapa_penting = models.TextField("mengapa penting")
    jenis = models.CharField(max_length=8, choices=Jenis.choices)
    arah = models.CharField(max_length=5, choices=Arah.choices)
    satuan = models.CharField(max_length=20)
    pembilang = models.CharField(max_length=250)
    penyebut = models.CharField(max_length=250, blank=True)
    frekuensi = models.CharField(max_length=1, choices=Frekuensi.choices)
    kumulatif = models.BooleanField(default=False)
    tingkat_publikasi = models.CharField("tingkat publikasi", max_length=9, choices=TingkatPublikasi.choices)
    sumber = models.CharField(max_length=150)
    dasar_hukum = models.CharField("dasar hukum", max_length=200, blank=True)
    keyakinan = models.CharField("keyakinan atas dasar hukum", max_length=6, choices=Keyakinan.choices)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering = ["kode"]
        triggers = [Catat()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(jenis="persen") | ~Q(penyebut=""),
                name="indikator_persen_punya_penyebut",
                violation_error_message="penyebut belum diisi, padahal jenisnya persen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class TargetIndikator(models.Model):
    """What an indicator should reach in a region and year. No region is the nation, no year is every year."""

    class Basis(models.TextChoices):
        SPM = "spm", "Standar Pelayanan Minimal"
        NASIONAL = "nasional", "target program nasional"
        DAERAH = "daerah", "target daerah"
        PORTAL = "portal", "bawaan portal, untuk dikonfirmasi"

    indikator = models.ForeignKey(Indikator, models.CASCADE, related_name="target")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, blank=True, related_name="+")
    tahun = models.PositiveSmallIntegerField(null=True, blank=True)
    nilai = models.DecimalField(max_digits=12, decimal_places=4)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    keyakinan = models.CharField(max_length=6, choices=Keyakinan.choices)

    class Meta:
        verbose_name = "target indikator"
        verbose_name_plural = "target indikator"
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "wilayah", "tahun", "basis"], nulls_distinct=False, name="target_indikator_unik"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indikator_id} {self.nilai}"

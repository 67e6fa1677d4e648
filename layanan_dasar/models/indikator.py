"""The catalogue of basic-service indicators. One YAML file each in fixtures/indikator."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kecamatan.models import Bidang, Wilayah
from kecamatan.triggers import Catat


class Keyakinan(models.TextChoices):
    """How sure we are of a fact that was not checked against the original regulation."""

    TINGGI = "tinggi", "tinggi"
    SEDANG = "sedang", "sedang"
    RENDAH = "rendah", "rendah"


class Indikator(models.Model):
    """A measure of a basic service: what is counted, over which population, who supplies it and on what legal basis.

    `konteks` marks what real sources bring beside the catalogue (IDM, Podes, OpenDK): shown, never in a bidang's score.
    """

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

    class JenisPenyebut(models.TextChoices):
        """Counted people, or a projected target, which the true number may exceed. One series has one kind."""

        RIIL = "riil", "riil"
        PROYEKSI = "proyeksi", "proyeksi"

    class Disagregasi(models.TextChoices):
        JENIS_KELAMIN = "jenis_kelamin", "jenis kelamin"
        DISABILITAS = "disabilitas", "disabilitas"

    class TingkatPublikasi(models.TextChoices):
        """Smallest region for which values may be shown to the public."""

        DESA = "desa", "desa"
        KECAMATAN = "kecamatan", "kecamatan"
        KABUPATEN = "kabupaten", "kabupaten"

    kode = models.CharField(max_length=12, primary_key=True)
    versi = models.PositiveSmallIntegerField(default=1)
    nama = models.CharField(max_length=150)
    bidang = models.ForeignKey(Bidang, models.PROTECT, null=True, blank=True, related_name="indikator")
    konteks = models.BooleanField(default=False)
    definisi = models.TextField()
    mengapa_penting = models.TextField("mengapa penting")
    jenis = models.CharField(max_length=8, choices=Jenis.choices)
    arah = models.CharField(max_length=5, choices=Arah.choices)
    satuan = models.CharField(max_length=20)
    pembilang = models.CharField(max_length=250)
    penyebut = models.CharField(max_length=250, blank=True)
    jenis_penyebut = models.CharField(
        "jenis penyebut", max_length=8, choices=JenisPenyebut.choices, default=JenisPenyebut.RIIL
    )
    disagregasi: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=15, choices=Disagregasi.choices), default=list, blank=True
    )
    bobot = models.PositiveSmallIntegerField("bobot dalam skor bidang", default=1)
    frekuensi = models.CharField(max_length=1, choices=Frekuensi.choices)
    kumulatif = models.BooleanField(default=False)
    tingkat_publikasi = models.CharField("tingkat publikasi", max_length=9, choices=TingkatPublikasi.choices)
    sumber = models.CharField(max_length=150)
    pemasok = models.CharField(max_length=100, blank=True, help_text="siapa yang mengisi")
    dasar_hukum = models.CharField("dasar hukum", max_length=200, blank=True)
    keyakinan = models.CharField("keyakinan atas dasar hukum", max_length=6, choices=Keyakinan.choices)
    riwayat = models.JSONField(default=list, blank=True, help_text="versi, tanggal, dan apa yang berubah")

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
            models.CheckConstraint(
                condition=Q(konteks=True) | Q(bidang__isnull=False),
                name="indikator_punya_bidang",
                violation_error_message="bidang belum diisi; hanya indikator konteks boleh tanpa bidang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"

    def get_absolute_url(self) -> str:
        return reverse("layanan_dasar:indikator_rinci", args=[self.kode])

    @property
    def is_share(self) -> bool:
        """Whether its value is a share, 0–100: of people, or of a region the share of desa that say yes."""
        return self.jenis in (self.Jenis.PERSEN, self.Jenis.YA_TIDAK)

    @property
    def satuan_kurang(self) -> str:
        """Who or what is counted between a value and its target."""
        return "desa" if self.jenis == self.Jenis.YA_TIDAK else self.penyebut or self.satuan


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
    lantai = models.DecimalField(
        max_digits=12, decimal_places=4, null=True, blank=True, help_text="nilai terburuk, yang skornya nol"
    )
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

"""What is known of a region besides its name and code: local words, clock, people, area, pilot lists."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from kecamatan.models.wilayah import Wilayah
from kecamatan.triggers import Catat


class AturanDaerahQuerySet(models.QuerySet["AturanDaerah"]):
    def for_kode(self, kode: str) -> Self:
        """Rules that reach a region: its kabupaten's first, then its province's."""
        return self.filter(kode__in=(kode[:5], kode[:2])).order_by("-kode")


class AturanDaerah(models.Model):
    """What differs from province to province, or from kabupaten to kabupaten: the words for kecamatan and desa
    (distrik, gampong) and the clock. An empty field follows the province; without any rule it is Kecamatan, Desa
    and WIB. Held by code, because the rules stand before any region is loaded and outlive its editions.
    """

    class Keyakinan(models.TextChoices):
        """How sure the portal is of a rule that nobody has confirmed to it."""

        TINGGI = "tinggi", "tinggi"
        SEDANG = "sedang", "sedang"
        RENDAH = "rendah", "rendah"

    class Zona(models.TextChoices):
        WIB = "WIB", "WIB"
        WITA = "WITA", "WITA"
        WIT = "WIT", "WIT"

    kode = models.CharField("kode provinsi atau kabupaten/kota", max_length=5, primary_key=True)
    sebutan_kecamatan = models.CharField("sebutan kecamatan", max_length=30, blank=True)
    sebutan_desa = models.CharField("sebutan desa", max_length=30, blank=True)
    zona_waktu = models.CharField("zona waktu", max_length=4, choices=Zona.choices, blank=True)
    keyakinan = models.CharField(max_length=6, choices=Keyakinan.choices)
    sumber = models.CharField(max_length=200)

    objects = AturanDaerahQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan daerah"
        verbose_name_plural = "aturan daerah"
        triggers = [Catat()]
        ordering = ["kode"]
        constraints = [
            models.CheckConstraint(condition=Q(kode__regex=r"^\d{2}(\.\d{2})?$"), name="aturan_daerah_kode_berpola"),
            models.CheckConstraint(
                condition=~Q(sebutan_kecamatan="", sebutan_desa="", zona_waktu=""), name="aturan_daerah_berisi"
            ),
            models.CheckConstraint(
                condition=Q(zona_waktu__in=["", "WIB", "WITA", "WIT"]), name="aturan_daerah_zona_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return self.kode


class ProfilWilayah(models.Model):
    """People and area of a region at the end of a month, as one source counted them."""

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="profil")
    per = models.DateField("keadaan per")
    penduduk = models.PositiveIntegerField()
    laki_laki = models.PositiveIntegerField("laki-laki", null=True, blank=True)
    perempuan = models.PositiveIntegerField(null=True, blank=True)
    luas_km2 = models.DecimalField("luas (km²)", max_digits=12, decimal_places=3, null=True, blank=True)
    sumber = models.CharField("sumber penduduk", max_length=100)
    sumber_luas = models.CharField("sumber luas", max_length=100, blank=True)

    class Meta:
        verbose_name = "profil wilayah"
        verbose_name_plural = "profil wilayah"
        constraints = [
            models.UniqueConstraint(fields=["wilayah", "per"], name="profil_wilayah_sekali_per_bulan"),
            models.CheckConstraint(
                condition=Q(laki_laki__isnull=True, perempuan__isnull=True)
                | Q(penduduk=F("laki_laki") + F("perempuan")),
                name="profil_wilayah_jumlah_kelamin",
            ),
            models.CheckConstraint(condition=~Q(sumber=""), name="profil_wilayah_bersumber"),
            models.CheckConstraint(
                condition=Q(luas_km2__isnull=True) | (Q(luas_km2__gt=0) & ~Q(sumber_luas="")),
                name="profil_wilayah_luas_bersumber",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah_id} {self.per:%Y-%m}"


class Lokus(models.Model):
    """A kabupaten/kota or kecamatan that a decree chose for P3PD 1D in a year."""

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="lokus")
    tahun = models.PositiveSmallIntegerField()
    dasar = models.CharField("dasar penetapan", max_length=200)

    class Meta:
        verbose_name = "lokus"
        verbose_name_plural = "lokus"
        ordering = ["tahun"]
        constraints = [
            models.UniqueConstraint(fields=["wilayah", "tahun"], name="lokus_sekali_per_tahun"),
            models.CheckConstraint(condition=~Q(dasar=""), name="lokus_berdasar"),
            models.CheckConstraint(condition=Q(tahun__range=(2015, 2100)), name="lokus_tahun_wajar"),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah_id} {self.tahun}"

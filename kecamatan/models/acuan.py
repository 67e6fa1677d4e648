"""Reference data shared by all apps."""

from django.db import models
from django.db.models import Q

from kecamatan.models.wilayah import Wilayah
from kecamatan.triggers import Catat


class Bidang(models.Model):
    """One of the five basic services of P3PD 1D: pendidikan, kesehatan, sanitasi dan air bersih, jaminan sosial,
    administrasi kependudukan. Not to be mixed up with the five chapters of a village budget (BidangApbdes).
    """

    kode = models.CharField(max_length=3, primary_key=True)
    nama = models.CharField(max_length=60)
    keterangan = models.TextField(blank=True)
    urutan = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "bidang"
        verbose_name_plural = "bidang"
        ordering = ["urutan"]
        triggers = [Catat()]

    def __str__(self) -> str:
        return self.nama


class KopSurat(models.Model):
    """The head of a region's official letters: up to four lines, where the office stands, and its emblem."""

    wilayah = models.OneToOneField(Wilayah, models.PROTECT, related_name="kop_surat", primary_key=True)
    baris_1 = models.CharField("baris pertama", max_length=120)
    baris_2 = models.CharField("baris kedua", max_length=120, blank=True)
    baris_3 = models.CharField("baris ketiga", max_length=120, blank=True)
    baris_4 = models.CharField("baris keempat", max_length=120, blank=True)
    alamat = models.CharField("alamat kantor", max_length=200, blank=True)
    telepon = models.CharField("telepon kantor", max_length=40, blank=True)
    surel = models.EmailField("surel kantor", blank=True)
    logo = models.BinaryField("lambang daerah", null=True, blank=True)
    logo_tipe = models.CharField("tipe media lambang", max_length=20, blank=True)

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        triggers = [Catat(wilayah="wilayah")]
        constraints = [
            models.CheckConstraint(condition=~Q(baris_1=""), name="kop_surat_baris_pertama_terisi"),
            models.CheckConstraint(
                condition=Q(logo__isnull=True, logo_tipe="")
                | Q(logo__isnull=False, logo_tipe__in=["image/png", "image/jpeg"]),
                name="kop_surat_lambang_bergambar",
            ),
        ]

    def __str__(self) -> str:
        return f"Kop surat {self.wilayah.nama_lengkap}"

    @property
    def baris(self) -> list[str]:
        """The lines that are filled, from the top."""
        return [satu for satu in (self.baris_1, self.baris_2, self.baris_3, self.baris_4) if satu]

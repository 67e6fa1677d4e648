"""What a complaint may be about, and how long its steps may take: both are data with a source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Bidang
from kecamatan.triggers import Catat


class KategoriPengaduan(models.Model):
    """A subject among which the reporter chooses.

    Attributes:
        wajib_rahasia: tells of victims (violence, a child, somebody's health) and is never public.
    """

    kode = models.SlugField(primary_key=True, max_length=30)
    nama = models.CharField(max_length=60, unique=True)
    penjelasan = models.CharField(max_length=150)
    bidang = models.ForeignKey(Bidang, models.PROTECT, null=True, blank=True, related_name="kategori_pengaduan")
    wajib_rahasia = models.BooleanField("selalu rahasia", default=False)
    urutan = models.PositiveSmallIntegerField()
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = "kategori pengaduan"
        verbose_name_plural = "kategori pengaduan"
        ordering: ClassVar = ["urutan"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.nama


class BatasWaktu(models.Model):
    """How many days a step may take from a day on. Working days, but for what the reporter is given to complete."""

    class Kode(models.TextChoices):
        VERIFIKASI = "verifikasi", _("verifikasi laporan")
        LENGKAPI = "lengkapi", _("pelapor melengkapi (hari kalender)")
        RESPON = "respon", _("respon awal setelah disposisi")
        INFORMASI = "informasi", _("penyelesaian permintaan informasi dan aspirasi")
        PENGADUAN = "pengaduan", _("penyelesaian pengaduan")
        PENGAWASAN = "pengawasan", _("penyelesaian pengaduan berkadar pengawasan")
        TANGGAPAN = "tanggapan", _("pelapor menanggapi jawaban")
        ESKALASI = "eskalasi", _("tingkat berikutnya setelah eskalasi")

    kode = models.CharField(max_length=10, choices=Kode.choices)
    hari = models.PositiveSmallIntegerField("jumlah hari")
    berlaku_dari = models.DateField("berlaku dari")
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "batas waktu"
        verbose_name_plural = "batas waktu"
        triggers: ClassVar = [Catat()]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kode", "berlaku_dari"], name="batas_waktu_unik"),
            models.CheckConstraint(condition=Q(hari__gt=0), name="batas_waktu_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kode_display()}: {self.hari} hari"

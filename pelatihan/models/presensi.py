"""Who was there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna
from kecamatan.triggers import Catat
from pelatihan.models.kelas import Kelas, Sesi
from pelatihan.models.peserta import Peserta


class Presensi(models.Model):
    """What is known of a participant in a session. Who has none was not recorded, which is not the same as absent.

    Attributes:
        waktu: when it was recorded or last changed.
        oleh: who recorded it; None for a participant's own telephone.
    """

    class Status(models.TextChoices):
        HADIR = "hadir", _("hadir")
        TERLAMBAT = "terlambat", _("terlambat")
        IZIN = "izin", _("izin")
        SAKIT = "sakit", _("sakit")
        ALPA = "alpa", _("alpa")

    class Cara(models.TextChoices):
        QR = "qr", _("kode QR")
        KODE = "kode", _("kode enam angka")
        PETUGAS = "petugas", _("ditandai petugas")
        KERTAS = "kertas", _("daftar bertanda tangan")

    sesi = models.ForeignKey(Sesi, models.PROTECT, related_name="presensi")
    peserta = models.ForeignKey(Peserta, models.PROTECT, related_name="presensi")
    status = models.CharField(max_length=9, choices=Status.choices)
    cara = models.CharField(max_length=7, choices=Cara.choices)
    waktu = models.DateTimeField(default=timezone.now)
    oleh = models.ForeignKey(Pengguna, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "presensi"
        verbose_name_plural = "presensi"
        triggers: ClassVar = [Catat(wilayah="peserta__wilayah", orang="peserta__orang")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sesi", "peserta"], name="presensi_sekali"),
            models.CheckConstraint(
                condition=Q(cara__in=["qr", "kode"], oleh=None, status__in=["hadir", "terlambat"])
                | Q(cara__in=["petugas", "kertas"], oleh__isnull=False),
                name="presensi_cara",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peserta}: {self.get_status_display()}"

    @property
    def is_hadir(self) -> bool:
        return self.status in HADIR


HADIR = (Presensi.Status.HADIR, Presensi.Status.TERLAMBAT)
"""What counts as attended; leave and illness are excused, but nothing was learned [design]."""


class LembarHadir(models.Model):
    """A scan or photograph of a signed list: of one class, for one day by the clock of the class."""

    kelas = models.ForeignKey(Kelas, models.PROTECT, related_name="lembar_hadir")
    hari = models.DateField()
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    isi = models.BinaryField()
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(Pengguna, models.PROTECT, related_name="+", verbose_name="dibuat oleh")

    class Meta:
        verbose_name = "lembar hadir"
        verbose_name_plural = "lembar hadir"
        ordering: ClassVar = ["hari", "id"]
        triggers: ClassVar = [Catat(wilayah="kelas__wilayah")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="lembar_hadir_tipe_dikenal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kelas}, {self.hari:%d-%m-%Y}"

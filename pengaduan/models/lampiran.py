"""What belongs to a complaint in tables of its own: who reported it, and the pictures and documents that came along."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.fields import TeksTersandi
from pengaduan.models.pengaduan import Pengaduan


LAMPIRAN_TERBANYAK = 5


class KontakPelaporQuerySet(models.QuerySet["KontakPelapor"]):
    def belum_dikonfirmasi(self) -> Self:
        """Those with an address of which nobody said yet that it is theirs."""
        return self.filter(surel_dikonfirmasi_pada__isnull=True).exclude(surel="")


class KontakPelapor(models.Model):
    """Name and contact of a reporter, each encrypted. Erased some time after the case ended; see actions/hapus.py.

    The e-mail address is confirmed by its holder (actions/surel.py); a telephone number by nobody.
    """

    pengaduan = models.OneToOneField(Pengaduan, models.CASCADE, related_name="kontak", primary_key=True)
    nama = TeksTersandi(purpose="kontak", blank=True)
    telepon = TeksTersandi(purpose="kontak", blank=True)
    surel = TeksTersandi(purpose="kontak", blank=True)
    surel_dikonfirmasi_pada = models.DateTimeField("surel dikonfirmasi pada", null=True, blank=True)

    objects = KontakPelaporQuerySet.as_manager()

    class Meta:
        verbose_name = "kontak pelapor"
        verbose_name_plural = "kontak pelapor"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(surel_dikonfirmasi_pada__isnull=True) | ~Q(surel=""), name="kontak_konfirmasi_bersurel"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pengaduan)


class LampiranQuerySet(models.QuerySet["Lampiran"]):
    def waiting(self) -> Self:
        """What the virus scanner has not found clean yet."""
        return self.filter(status=Lampiran.Status.KARANTINA)


class Lampiran(models.Model):
    """A picture or document of the reporter, drawn anew before it was stored; the file that was sent is kept nowhere.

    The content stands in the row, which no list reads: it is stored with the report or not at all. Where a virus
    scanner is set up, nobody opens it before it was found clean, and what carries a virus is emptied.
    """

    class Status(models.TextChoices):
        BERSIH = "bersih", _("dapat dibuka")
        KARANTINA = "karantina", _("menunggu pemeriksaan virus")
        BERVIRUS = "bervirus", _("ditolak pemeriksaan virus")

    pengaduan = models.ForeignKey(Pengaduan, models.CASCADE, related_name="lampiran")
    urutan = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=9, choices=Status.choices)
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    ukuran = models.PositiveIntegerField("ukuran dalam bita")
    isi = models.BinaryField()

    objects = LampiranQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering: ClassVar = ["urutan"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pengaduan", "urutan"], name="lampiran_urutan_unik"),
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="lampiran_tipe_dikenal",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(status="karantina"), name="lampiran_karantina"),
        ]

    def __str__(self) -> str:
        return f"{self.pengaduan} {self.urutan}.{self.akhiran}"


class Dukungan(models.Model):
    """Somebody to whom the same happened ("saya juga"), once a device; nothing tells who."""

    pengaduan = models.ForeignKey(Pengaduan, models.CASCADE, related_name="+")
    tanda = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "dukungan"
        verbose_name_plural = "dukungan"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pengaduan", "tanda"], name="dukungan_sekali")]

    def __str__(self) -> str:
        return str(self.pengaduan)

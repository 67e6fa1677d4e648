"""The team of a kecamatan that runs its Dashboard Kecamatan."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models.orang import Orang
from kecamatan.models.wilayah import Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat


if TYPE_CHECKING:
    from kecamatan.models.pengguna import Pengguna


class TimPengelolaQuerySet(models.QuerySet["TimPengelola"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Teams of kecamatan in which the user works."""
        return self.filter(user.q_scope("wilayah__"))


class TimPengelola(models.Model):
    """Tim pengelola Dashboard Kecamatan: whom a camat has charged, by decision (SK), with running the dashboard."""

    wilayah = models.OneToOneField(Wilayah, models.PROTECT, related_name="tim_pengelola")
    nomor_sk = models.CharField("nomor SK", max_length=100)
    tanggal_sk = models.DateField("tanggal SK")

    objects = TimPengelolaQuerySet.as_manager()

    class Meta:
        verbose_name = "tim pengelola"
        verbose_name_plural = "tim pengelola"
        triggers = [Catat(wilayah="wilayah")]
        constraints = [models.CheckConstraint(condition=~Q(nomor_sk=""), name="tim_pengelola_nomor_sk_terisi")]

    def __str__(self) -> str:
        return f"Tim pengelola {self.wilayah.nama_lengkap}"


class BerkasSK(models.Model):
    """The scanned decision of a team, in a table of its own so that no list reads it along."""

    tim = models.OneToOneField(TimPengelola, models.CASCADE, related_name="berkas", primary_key=True)
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    isi = models.BinaryField()

    class Meta:
        verbose_name = "berkas SK"
        verbose_name_plural = "berkas SK"
        constraints = [
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="berkas_sk_tipe_dikenal",
            )
        ]

    def __str__(self) -> str:
        return f"SK {self.tim.nomor_sk}"


class AnggotaTimQuerySet(models.QuerySet["AnggotaTim"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Members of teams that the user keeps, or to whose people the user gives accounts."""
        keeps = user.q_scope("tim__wilayah__", Izin.KELOLA_TIM) | user.q_scope("tim__wilayah__", Izin.KELOLA_AKUN)
        return self.filter(keeps)


class AnggotaTim(models.Model):
    """A person's place in a team."""

    class Kedudukan(models.TextChoices):
        PENANGGUNG_JAWAB = "penanggung_jawab", _("penanggung jawab")
        KETUA = "ketua", _("ketua")
        SEKRETARIS = "sekretaris", _("sekretaris")
        ANGGOTA = "anggota", _("anggota")

    tim = models.ForeignKey(TimPengelola, models.CASCADE, related_name="anggota")
    orang = models.ForeignKey(Orang, models.PROTECT, related_name="keanggotaan_tim")
    kedudukan = models.CharField(max_length=20, choices=Kedudukan.choices)

    objects = AnggotaTimQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota tim"
        verbose_name_plural = "anggota tim"
        triggers = [Catat(wilayah="tim__wilayah", orang="orang")]
        constraints = [
            models.UniqueConstraint(
                fields=["tim", "orang"],
                name="anggota_tim_tidak_ganda",
                violation_error_message=_("Orang ini sudah menjadi anggota tim."),
            ),
            models.UniqueConstraint(
                fields=["tim"],
                condition=Q(kedudukan="ketua"),
                name="anggota_tim_satu_ketua",
                violation_error_message=_("Tim ini sudah memiliki ketua. Ubah dahulu kedudukan ketua yang tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.orang} ({self.get_kedudukan_display()})"

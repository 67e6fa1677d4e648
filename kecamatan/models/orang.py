"""Persons."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.triggers import Catat
from p3pd_portal.lib.nip import Nip, parse_nip
from p3pd_portal.lib.telepon import show_telepon


def validate_nip(text: str) -> None:
    """A NIP whose digits make sense; a PPPK number passes."""
    try:
        parse_nip(text, timezone.localdate())
    except ValueError as error:
        raise ValidationError(str(error)) from error


class JenisKelamin(models.TextChoices):
    LAKI_LAKI = "L", _("laki-laki")
    PEREMPUAN = "P", _("perempuan")


class Diri:
    """How a person is shown, whichever table holds them."""

    nama: Any
    gelar_depan: Any
    gelar_belakang: Any
    nip: Any
    telepon: Any

    @property
    def nama_lengkap(self) -> str:
        """ "Dr. Siti Aminah, S.STP." """
        nama = " ".join(part for part in (self.gelar_depan, self.nama) if part)
        return ", ".join(part for part in (nama, self.gelar_belakang) if part)

    @property
    def nip_terurai(self) -> Nip | None:
        """What the NIP says of its holder; None without a NIP and for an old one that makes no sense."""
        try:
            return parse_nip(self.nip, timezone.localdate()) if self.nip else None
        except ValueError:
            return None

    @property
    def telepon_tampil(self) -> str:
        return show_telepon(self.telepon)


class Orang(Diri, models.Model):
    """A person who works for a government, with an account or without. NIP only for civil servants; never a NIK.

    Attributes:
        jenis_kelamin: "" while nobody told it; a NIP tells it.
    """

    nama = models.CharField(max_length=150)
    nip = models.CharField(
        "NIP", max_length=18, null=True, blank=True, unique=True, validators=[validate_nip],
        error_messages={"unique": _("NIP ini sudah dipakai orang lain. Periksa lagi.")},
    )  # fmt: skip
    gelar_depan = models.CharField("gelar di depan nama", max_length=30, blank=True)
    gelar_belakang = models.CharField("gelar di belakang nama", max_length=60, blank=True)
    jenis_kelamin = models.CharField("jenis kelamin", max_length=1, choices=JenisKelamin.choices, blank=True)
    jabatan = models.CharField(max_length=100, blank=True)
    instansi = models.CharField(max_length=150, blank=True)
    telepon = models.CharField("nomor telepon", max_length=16, blank=True, help_text="bentuk E.164")

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "orang"
        triggers = [Catat(orang="pk")]
        constraints = [
            models.CheckConstraint(
                condition=Q(nip__isnull=True) | Q(nip__regex=r"^\d{18}$"), name="orang_nip_18_angka"
            ),
            models.CheckConstraint(
                condition=Q(telepon="") | Q(telepon__regex=r"^\+[1-9]\d{6,14}$"), name="orang_telepon_e164"
            ),
        ]

    def __str__(self) -> str:
        return self.nama

"""Notices: what the portal tells the people who work with it."""

import uuid
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models.pengguna import Pengguna
from kecamatan.models.pesan import PesanKeluar
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat


# A path: "//host" and "/\host" would lead out of the portal.
URL_DALAM_PORTAL = r"^/([^/\\\s][^\\\s]*)?$"


class Surel(models.TextChoices):
    """Whether a notice also goes out by e-mail; it always stands in the portal."""

    LANGSUNG = "langsung", _("langsung")
    HARIAN = "harian", _("ringkasan harian")
    TIDAK = "tidak", _("tidak")


@dataclass(frozen=True)
class JenisNotifikasi:
    """A kind of notice.

    Attributes:
        surel: what holds for somebody who has chosen nothing.
        izin: for those alone who have this permission somewhere; for everybody if there is none.
        wajib: the e-mail cannot be switched off, because the account's safety hangs on it.
    """

    kode: str
    label: str
    keterangan: str
    surel: Surel
    izin: Izin | None = None
    wajib: bool = False

    def surel_of(self, chosen: str | None) -> Surel:
        """What holds for somebody who has chosen this, or nothing."""
        return self.surel if chosen is None or self.wajib else Surel(chosen)


JENIS: dict[str, JenisNotifikasi] = {
    jenis.kode: jenis
    for jenis in (
        JenisNotifikasi("akun", "Keamanan akun", "Perubahan kata sandi, kode masuk, dan surel akun Anda.",
                        Surel.LANGSUNG, wajib=True),
        JenisNotifikasi("penugasan", "Penugasan dan tim", "Tugas yang diberikan kepada Anda, berubah, atau berakhir.",
                        Surel.LANGSUNG),
        JenisNotifikasi("pekerjaan", "Pekerjaan Anda", "Hal yang menunggu tindakan Anda, dan tenggatnya.",
                        Surel.LANGSUNG),
        JenisNotifikasi("pengaduan", "Pengaduan warga", "Laporan warga yang menunggu Anda, dan yang lewat tenggat.",
                        Surel.LANGSUNG, izin=Izin.JAWAB_PENGADUAN),
        JenisNotifikasi("data", "Data dan berkas", "Berkas yang diunggah, diperiksa, atau dikembalikan.",
                        Surel.HARIAN),
        JenisNotifikasi("wilayah", "Perubahan wilayah", "Kode, nama, batas, dan induk wilayah yang berubah.",
                        Surel.HARIAN),
        JenisNotifikasi("portal", "Pengelolaan portal", "Gangguan dan pesan yang gagal dikirim, untuk admin.",
                        Surel.TIDAK, izin=Izin.KELOLA_PESAN),
    )
}  # fmt: skip


class NotifikasiQuerySet(models.QuerySet["Notifikasi"]):
    def visible_to(self, user: Pengguna) -> Self:
        """One's own: what is told to one person is nobody else's business, whatever the region."""
        return self.filter(kepada=user)

    def unread(self) -> Self:
        return self.filter(dibaca_pada__isnull=True)

    def awaiting_digest(self) -> Self:
        """Unread notices for the daily e-mail that none has carried yet."""
        return self.unread().filter(surel=Surel.HARIAN, pesan__isnull=True)


class Notifikasi(models.Model):
    """Something one person is told: a line in the portal, and by e-mail as that person chose at the time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kepada = models.ForeignKey(Pengguna, models.PROTECT, related_name="notifikasi")
    jenis = models.CharField(max_length=20, choices=[(jenis.kode, jenis.label) for jenis in JENIS.values()])
    judul = models.CharField(max_length=120)
    isi = models.TextField(blank=True)
    url = models.CharField("alamat halaman", max_length=300)
    kunci = models.CharField(max_length=120, blank=True, help_text="notifikasi yang sama tidak dibuat dua kali")
    surel = models.CharField(max_length=8, choices=Surel.choices)
    pesan = models.ForeignKey(PesanKeluar, models.PROTECT, null=True, blank=True, related_name="notifikasi")
    dibaca_pada = models.DateTimeField("dibaca pada", null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)

    objects = NotifikasiQuerySet.as_manager()

    class Meta:
        verbose_name = "notifikasi"
        verbose_name_plural = "notifikasi"
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["kepada", "-created_at"], name="notifikasi_daftar"),
            models.Index(fields=["kepada"], condition=Q(dibaca_pada__isnull=True), name="notifikasi_belum_dibaca"),
            models.Index(
                fields=["created_at"],
                condition=Q(surel="harian", pesan__isnull=True, dibaca_pada__isnull=True),
                name="notifikasi_menunggu_ringkasan",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kepada", "kunci"], condition=~Q(kunci=""), name="notifikasi_tidak_ganda"),
            models.CheckConstraint(condition=~Q(judul=""), name="notifikasi_berjudul"),
            models.CheckConstraint(condition=Q(url__regex=URL_DALAM_PORTAL), name="notifikasi_url_dalam_portal"),
            models.CheckConstraint(
                condition=Q(surel__in=["langsung", "harian", "tidak"]), name="notifikasi_surel_dikenal"
            ),
            models.CheckConstraint(
                condition=~Q(surel="tidak") | Q(pesan__isnull=True), name="notifikasi_tanpa_surel_tanpa_pesan"
            ),
        ]

    def __str__(self) -> str:
        return self.judul


class PreferensiNotifikasi(models.Model):
    """How one person wants one kind of notice by e-mail; without a row the kind's own default holds."""

    pengguna = models.ForeignKey(Pengguna, models.CASCADE, related_name="preferensi_notifikasi")
    jenis = models.CharField(max_length=20, choices=[(jenis.kode, jenis.label) for jenis in JENIS.values()])
    surel = models.CharField(max_length=8, choices=Surel.choices)

    class Meta:
        verbose_name = "preferensi notifikasi"
        verbose_name_plural = "preferensi notifikasi"
        triggers = [Catat(orang="pengguna__orang")]
        constraints = [
            models.UniqueConstraint(fields=["pengguna", "jenis"], name="preferensi_notifikasi_satu_per_jenis"),
            models.CheckConstraint(
                condition=Q(surel__in=["langsung", "harian", "tidak"]), name="preferensi_notifikasi_surel_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()}: {self.get_surel_display()}"

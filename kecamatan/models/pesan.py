"""E-mails on their way out of the portal."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kecamatan.models.pengguna import Pengguna, Penugasan
from kecamatan.models.wilayah import NASIONAL, Wilayah
from p3pd_portal.lib.outbox import new_message_id


PERCOBAAN_TERBANYAK = 10
TENGGAT_KIRIM = datetime.timedelta(minutes=5)


def message_id_baru() -> str:
    return new_message_id(settings.SITE_URL)


class PesanKeluarQuerySet(models.QuerySet["PesanKeluar"]):
    def due(self) -> Self:
        """What a relay may send now, longest waiting first."""
        waiting = self.filter(status=PesanKeluar.Status.MENUNGGU, coba_lagi_pada__lte=timezone.now())
        return waiting.order_by("coba_lagi_pada", "created_at")

    def overdue(self) -> Self:
        """What should have been sent five minutes ago: nobody relays, or the mail server does not answer."""
        return self.due().filter(coba_lagi_pada__lt=timezone.now() - TENGGAT_KIRIM)

    def gagal(self) -> Self:
        return self.filter(status=PesanKeluar.Status.GAGAL)

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """Messages to people who work in the region or below, now or later; in the nation those to everybody."""
        if wilayah.kode == NASIONAL:
            return self
        running = Q(sampai__isnull=True) | Q(sampai__gte=timezone.localdate())
        working = Penugasan.objects.filter(running, wilayah.q_below("wilayah__"))
        return self.filter(kepada__in=working.values("pengguna"))


class PesanKeluar(models.Model):
    """An e-mail from the moment it is decided upon (a row in the outbox) to its fate.

    It holds neither address nor text: the relay reads the address from the account and makes the text from
    `templat` when it sends, so that a link with a token exists only in the mail itself. `kepada` is empty for somebody
    without an account: settings.SUREL_ALAMAT names the function that knows the address at that moment.
    """

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "menunggu"
        TERKIRIM = "terkirim", "terkirim"
        GAGAL = "gagal", "gagal"
        BATAL = "batal", "tidak dikirim, penerima nonaktif"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kepada = models.ForeignKey(Pengguna, models.PROTECT, null=True, related_name="pesan_keluar")
    templat = models.CharField(max_length=60)
    konteks = models.JSONField(default=dict)
    kunci = models.CharField(max_length=120, blank=True, help_text="pesan yang sama tidak dibuat dua kali")
    message_id = models.CharField("nomor pesan", max_length=120, unique=True, default=message_id_baru, editable=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.MENUNGGU)
    percobaan = models.PositiveSmallIntegerField(default=0)
    coba_lagi_pada = models.DateTimeField("coba lagi pada", default=timezone.now)
    gagal_terakhir = models.CharField("sebab gagal terakhir", max_length=120, blank=True)
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("terkirim pada", null=True, blank=True)

    objects = PesanKeluarQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan keluar"
        verbose_name_plural = "pesan keluar"
        indexes = [
            models.Index(
                fields=["coba_lagi_pada", "created_at"], condition=Q(status="menunggu"), name="pesan_keluar_menunggu"
            ),
            models.Index(fields=["-created_at"], condition=Q(status="gagal"), name="pesan_keluar_gagal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["menunggu", "terkirim", "gagal", "batal"]), name="pesan_keluar_status_dikenal"
            ),
            models.CheckConstraint(
                condition=Q(status="terkirim", sent_at__isnull=False)
                | (~Q(status="terkirim") & Q(sent_at__isnull=True)),
                name="pesan_keluar_terkirim_berwaktu",
            ),
            models.CheckConstraint(
                condition=~Q(status="gagal") | (Q(percobaan__gt=0) & ~Q(gagal_terakhir="")),
                name="pesan_keluar_gagal_bersebab",
            ),
            models.UniqueConstraint(
                fields=["kepada", "kunci"], condition=~Q(kunci=""), name="pesan_keluar_tidak_ganda"
            ),
            models.UniqueConstraint(
                fields=["kunci"], condition=Q(kepada__isnull=True) & ~Q(kunci=""), name="pesan_keluar_luar_tidak_ganda"
            ),
            models.CheckConstraint(
                condition=Q(message_id__regex=r"^<[^<>\s]+@[^<>\s]+>$"), name="pesan_keluar_nomor_sah"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.templat} {self.message_id}"

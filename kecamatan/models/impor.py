"""Files that people hand in."""

import datetime
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from kecamatan.models.wilayah import Wilayah
from kecamatan.triggers import Catat


if TYPE_CHECKING:
    from kecamatan.models.pengguna import Pengguna

UMUR_PRATINJAU = datetime.timedelta(days=30)


class BerkasImporQuerySet(models.QuerySet["BerkasImpor"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Files handed in for regions in which the user works."""
        return self.filter(user.q_scope("wilayah__"))

    def stale(self) -> Self:
        """Previews nobody confirmed in thirty days."""
        oldest = timezone.now() - UMUR_PRATINJAU
        return self.filter(status=BerkasImpor.Status.PRATINJAU, created_at__lt=oldest)


class BerkasImpor(models.Model):
    """A file from its preview to its fate: who handed in what, for which region, and what it changed.

    The content is kept only while the file waits for confirmation; its hash stays.
    """

    class Status(models.TextChoices):
        PRATINJAU = "pratinjau", "menunggu konfirmasi"
        TERSIMPAN = "tersimpan", "tersimpan"
        DIBATALKAN = "dibatalkan", "dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jenis = models.CharField("jenis berkas", max_length=30)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="berkas_impor", null=True, blank=True)
    nama_berkas = models.CharField("nama berkas", max_length=255)
    sidik = models.CharField("sidik SHA-256", max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PRATINJAU)
    ringkasan = models.JSONField(default=dict, help_text="hitungan pratinjau, lalu hasil penyimpanan")
    isi = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField("diunggah pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diunggah oleh"
    )
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diselesaikan oleh",
    )

    objects = BerkasImporQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas impor"
        verbose_name_plural = "berkas impor"
        ordering = ["-created_at"]
        triggers = [Catat(wilayah="wilayah", tanpa=["ringkasan"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="pratinjau", isi__isnull=False, finished_at__isnull=True)
                | (~models.Q(status="pratinjau") & models.Q(isi__isnull=True, finished_at__isnull=False)),
                name="berkas_impor_isi_hanya_saat_pratinjau",
            ),
        ]

    def __str__(self) -> str:
        return self.nama_berkas

    def finish(self, status: Status, by: "Pengguna", ringkasan: dict[str, Any] | None = None) -> None:
        """Taken in or discarded: the content goes, the hash stays."""
        self.status, self.isi = status, None
        self.ringkasan = self.ringkasan if ringkasan is None else ringkasan
        self.finished_at, self.finished_by = timezone.now(), by
        self.save()

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.PRATINJAU

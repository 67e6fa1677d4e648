"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from kecamatan.actions.masuk import delete_old_sesi
from kecamatan.actions.notifikasi import create_ringkasan
from kecamatan.actions.pesan import relay
from kecamatan.models import BerkasImpor
from p3pd_portal.lib.locks import one_at_a_time


@shared_task
def hapus_sesi_lama() -> dict[str, Any]:
    """Forget sessions that have ended."""
    return {"dihapus": delete_old_sesi()}


@shared_task
def hapus_pratinjau_lama() -> dict[str, Any]:
    """Forget files that waited thirty days for a confirmation."""
    deleted, _ = BerkasImpor.objects.stale().delete()
    return {"dihapus": deleted}


@shared_task
@one_at_a_time
def kirim_pesan() -> dict[str, Any]:
    """Send what waits in the outbox. One run at a time leaves the other worker free; rows have locks of their own."""
    return relay()


@shared_task
@one_at_a_time
def ringkasan_notifikasi() -> dict[str, Any]:
    """The daily e-mails of everybody for whom it is half past seven, or later."""
    return {"ringkasan": create_ringkasan(pada=timezone.now())}

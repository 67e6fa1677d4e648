"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task

from kecamatan.models import BerkasImpor


@shared_task
def hapus_pratinjau_lama() -> dict[str, Any]:
    """Forget files that waited thirty days for a confirmation."""
    deleted, _ = BerkasImpor.objects.stale().delete()
    return {"dihapus": deleted}

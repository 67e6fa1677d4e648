"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task

from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import APBDes
from p3pd_portal.lib.locks import one_at_a_time


@shared_task
@one_at_a_time
def rebuild_kualitas_belanja(tahun: int | None = None) -> dict[str, Any]:
    """Recompute a year, or every year that has a budget. Returns rows written, by year."""
    if tahun is not None:
        return kualitas.rebuild(tahun)
    years = APBDes.objects.published().values_list("tahun", flat=True).distinct().order_by("tahun")
    return {str(year): kualitas.rebuild(year) for year in years}

"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from p3pd_portal.lib.locks import one_at_a_time
from p3pd_portal.lib.permintaan import konteks_audit
from pengaduan.actions.hapus import erase_old, erase_pembatas
from pengaduan.actions.waktu import recount_tenggat, settle_overdue
from pengaduan.aggregation.pengaduan import rebuild


@shared_task
@one_at_a_time
def jaga_tenggat() -> dict[str, Any]:
    """Count the days of open complaints again, do what the calendar asks for, and count the figures of pages."""
    with konteks_audit(pelaku=None, alamat="tugas jaga_tenggat"):
        today = timezone.localdate()
        counts = {"berubah": recount_tenggat(), **settle_overdue(pada=today)}
    for tahun in (today.year - 1, today.year):
        rebuild(tahun, pada=today)
    return counts


@shared_task
@one_at_a_time
def hapus_pengaduan_lama() -> dict[str, Any]:
    """Forget what the retention no longer covers."""
    with konteks_audit(pelaku=None, alamat="tugas hapus_pengaduan_lama"):
        return {**erase_old(pada=timezone.now()), "pembatas": erase_pembatas()}

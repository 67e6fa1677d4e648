"""Doors for Celery to the functions of this app."""

import datetime
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from kecamatan.actions.batas import erase_pembatas
from p3pd_portal.lib.locks import one_at_a_time
from p3pd_portal.lib.permintaan import konteks_audit
from pengaduan.actions.hapus import erase_old
from pengaduan.actions.jawaban_survei import erase_saran
from pengaduan.actions.survei import close_overdue
from pengaduan.actions.virus import scan_waiting
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
    """Forget what the retention no longer covers, and close surveys that nobody closed."""
    with konteks_audit(pelaku=None, alamat="tugas hapus_pengaduan_lama"):
        now = timezone.now()
        old = now - datetime.timedelta(days=settings.RETENSI_PENGADUAN)
        counts = {**erase_old(pada=now), "pembatas": erase_pembatas(), "saran": erase_saran(sebelum=old)}
        return counts | {"survei_ditutup": close_overdue(pada=timezone.localdate(now))}


@shared_task
@one_at_a_time
def periksa_virus() -> dict[str, Any]:
    """Let the virus scanner look at what citizens sent along."""
    with konteks_audit(pelaku=None, alamat="tugas periksa_virus"):
        return scan_waiting()

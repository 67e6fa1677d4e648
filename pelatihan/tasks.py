"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from p3pd_portal.lib.locks import one_at_a_time
from p3pd_portal.lib.permintaan import konteks_audit
from pelatihan.actions.hapus_calon import erase_calon
from pelatihan.actions.hapus_peserta import erase_peserta
from pelatihan.actions.pengerjaan import submit_ended
from pelatihan.actions.tanya_rtl import ask_due


@shared_task
@one_at_a_time
def jaga_pelatihan() -> dict[str, Any]:
    """Hand in tests whose time is over, ask participants how their plans go, and forget whom there is to forget."""
    with konteks_audit(pelaku=None, alamat="tugas jaga_pelatihan"):
        now = timezone.now()
        today = timezone.localdate(now)
        gone = {"calon_dihapus": erase_calon(pada=today), "peserta_dihapus": erase_peserta(pada=today)}
        return {"dikirim": submit_ended(pada=now), **ask_due(pada=today), **gone}

"""Doors for Celery to the functions of this app."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from layanan_dasar.actions import putaran as actions
from layanan_dasar.actions.ingatkan_isian import ingatkan_isian
from layanan_dasar.actions.tenggat_evaluasi import remind_tenggat, settle_overdue
from layanan_dasar.models import BagianHitung, PutaranHitung
from p3pd_portal.lib.locks import one_at_a_time
from p3pd_portal.lib.permintaan import konteks_audit


@shared_task
@one_at_a_time
def hitung_malam() -> dict[str, Any]:
    """Begin the night run over what changed, or go on with a run that broke off."""
    return _dispatch(actions.start_putaran(jenis=PutaranHitung.Jenis.MALAM))


@shared_task
@one_at_a_time
def lanjutkan_putaran() -> dict[str, Any]:
    """Order the pieces of a run that an admin asked for, or whose orders were lost."""
    running = PutaranHitung.objects.filter(status=PutaranHitung.Status.BERJALAN).first()
    return _dispatch(running) if running else {}


def _dispatch(putaran: PutaranHitung) -> dict[str, Any]:
    orders = actions.take_orders(putaran)
    for bagian_id in orders:
        hitung_bagian.delay(bagian_id)
    if not orders:
        actions.finish_putaran(putaran.pk)
    return {"putaran": putaran.pk, "bagian": len(orders)}


@shared_task
def hitung_bagian(bagian_id: int) -> dict[str, Any]:
    """One kabupaten and year; whoever finishes the last one closes the run."""
    fate = actions.compute_bagian(bagian_id)
    putaran_id = BagianHitung.objects.values_list("putaran", flat=True).get(pk=bagian_id)
    return {"bagian": bagian_id, "hasil": fate, "tutup": actions.finish_putaran(putaran_id)}


@shared_task
@one_at_a_time
def tetapkan_berlaku_otomatis() -> dict[str, Any]:
    """Drafts whose evaluation is overdue take effect by themselves; evaluators are reminded of deadlines that near."""
    hari_ini = timezone.localdate()
    with konteks_audit(pelaku=None, alamat="tugas tetapkan_berlaku_otomatis"):
        return {"berlaku_otomatis": settle_overdue(pada=hari_ini), "diingatkan": remind_tenggat(pada=hari_ini)}


@shared_task
@one_at_a_time
def ingatkan() -> dict[str, Any]:
    """Remind the desk of figures of due dates that near, and of sheets that wait in silence."""
    with konteks_audit(pelaku=None, alamat="tugas ingatkan"):
        return {**ingatkan_isian()}

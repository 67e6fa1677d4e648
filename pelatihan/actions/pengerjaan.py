"""Take a test: begin, answer step by step, hand in."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from p3pd_portal.lib.gain import mark
from pelatihan.models import Jawaban, Pengerjaan, Peserta, Pilihan, Tes
from pelatihan.models.tes import TENGGANG


def _require_same_angkatan(peserta: Peserta, tes: Tes) -> None:
    if tes.angkatan_id != peserta.angkatan_id or peserta.status == Peserta.Status.MENGUNDURKAN_DIRI:
        raise ValidationError(_("Tes ini bukan untuk Anda."))


@transaction.atomic
def begin(*, peserta: Peserta, tes: Tes) -> Pengerjaan:
    """Begin a test, or go on with it: a second time changes nothing.

    Raises:
        ValidationError: it is not open, or of another cohort.
    """
    _require_same_angkatan(peserta, tes)
    tes = Tes.objects.select_for_update().get(pk=tes.pk)
    begun = Pengerjaan.objects.filter(tes=tes, peserta=peserta).first()
    if begun:
        return begun
    now = timezone.now()
    if not tes.is_open(now):
        raise ValidationError(_("Tes ini tidak sedang dibuka."))
    batas = now + datetime.timedelta(minutes=tes.menit) if tes.menit else None
    return Pengerjaan.objects.create(tes=tes, peserta=peserta, mulai=now, batas=batas)


def _lock(pengerjaan: Pengerjaan) -> Pengerjaan:
    """Raises:
    ValidationError: it was handed in, or its time is over.
    """
    found = Pengerjaan.objects.select_for_update(of=("self",)).select_related("tes").get(pk=pengerjaan.pk)
    if found.kirim:
        raise ValidationError(_("Tes ini sudah Anda kirim. Jawaban tidak dapat diubah lagi."))
    if not found.takes_answers(timezone.now()):
        raise ValidationError(_("Waktu tes sudah habis. Jawaban yang tersimpan sebelumnya tetap dihitung."))
    return found


@transaction.atomic
def answer(*, pengerjaan: Pengerjaan, butir: int, pilihan: int) -> None:
    """Keep a choice; the last one counts.

    Raises:
        ValidationError: handed in, too late, or no choice of that question of this test.
    """
    pengerjaan = _lock(pengerjaan)
    asked = Pilihan.objects.filter(pk=pilihan, butir=butir, butir__dipakai__tes=pengerjaan.tes_id)
    if not asked.exists():
        raise ValidationError(_("Pilihan itu bukan jawaban butir ini. Muat ulang halaman, lalu pilih lagi."))
    Jawaban.objects.update_or_create(pengerjaan=pengerjaan, butir_id=butir, defaults={"pilihan_id": pilihan})


def _score(pengerjaan: Pengerjaan, kirim: datetime.datetime) -> None:
    weights = pengerjaan.tes.butir
    right = weights.filter(butir__pilihan__jawaban_tes__pengerjaan=pengerjaan, butir__pilihan__benar=True)
    benar, semua = (rows.aggregate(n=Sum("bobot"))["n"] or 0 for rows in (right, weights))
    pengerjaan.kirim, pengerjaan.skor = kirim, mark(benar, semua)
    pengerjaan.save()


@transaction.atomic
def submit(*, pengerjaan: Pengerjaan) -> Pengerjaan:
    """Hand a test in, once; what was left out counts nothing.

    Raises:
        ValidationError: handed in before, or too late.
    """
    pengerjaan = _lock(pengerjaan)
    _score(pengerjaan, timezone.now())
    return pengerjaan


@transaction.atomic
def submit_ended(*, pada: datetime.datetime, tes: Tes | None = None) -> int:
    """Hand in what its participants did not before their time was over; returns how many.

    Args:
        tes: that was just closed: its answers are taken without the grace.
    """
    waiting = Pengerjaan.objects.filter(tes=tes, kirim=None) if tes else Pengerjaan.objects.ended(pada)
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("tes").order_by("pk"))
    for pengerjaan in rows:
        _score(pengerjaan, min(pada, pengerjaan.berakhir + TENGGANG))
    return len(rows)

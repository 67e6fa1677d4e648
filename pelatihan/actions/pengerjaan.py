"""Take a test: begin, answer step by step, hand in."""

import datetime
from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from p3pd_portal.lib.gain import mark
from pelatihan.models import ButirTes, Jawaban, Pengerjaan, Peserta, Pilihan, Tes
from pelatihan.models.tes import TENGGANG


SEKALIGUS = 1000
"""Goes that one statement writes."""


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


def _score(rows: Sequence[Pengerjaan], kirim: Callable[[Pengerjaan], datetime.datetime]) -> None:
    """Mark several goes and hand them in, at the moment that `kirim` tells of each; the same few queries for one and
    for the thousands that end with the test of a nation."""
    weight = ButirTes.objects.filter(tes=OuterRef("pengerjaan__tes"), butir=OuterRef("butir")).values("bobot")
    chosen = Jawaban.objects.filter(pengerjaan__in=rows, pilihan__benar=True).order_by().values_list("pengerjaan")
    right = dict(chosen.annotate(n=Sum(Subquery(weight))))
    tests = ButirTes.objects.filter(tes__in={satu.tes_id for satu in rows}).order_by().values_list("tes")
    whole = dict(tests.annotate(n=Sum("bobot")))
    for satu in rows:
        satu.kirim, satu.skor = kirim(satu), mark(right.get(satu.pk, 0), whole[satu.tes_id])
    Pengerjaan.objects.bulk_update(rows, ["kirim", "skor"], batch_size=SEKALIGUS)


@transaction.atomic
def submit(*, pengerjaan: Pengerjaan) -> Pengerjaan:
    """Hand a test in, once; what was left out counts nothing.

    Raises:
        ValidationError: handed in before, or too late.
    """
    pengerjaan = _lock(pengerjaan)
    now = timezone.now()
    _score([pengerjaan], lambda _satu: now)
    return pengerjaan


@transaction.atomic
def submit_ended(*, pada: datetime.datetime, tes: Tes | None = None) -> int:
    """Hand in what its participants did not before their time was over; returns how many.

    Args:
        tes: that was just closed: its answers are taken without the grace.
    """
    waiting = Pengerjaan.objects.filter(tes=tes, kirim=None) if tes else Pengerjaan.objects.ended(pada)
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("tes").order_by("pk"))
    _score(rows, lambda satu: min(pada, satu.berakhir + TENGGANG))
    return len(rows)

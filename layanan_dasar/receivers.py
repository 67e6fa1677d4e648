"""What asks for a recount, wherever it is changed."""

import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kecamatan.signals import edisi_berubah, penduduk_berubah
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.models import AturanBelanja, ParameterIbdb
from layanan_dasar.models.belanja import TAHUN_AWAL


@receiver(edisi_berubah)
def recount_everything(**kwargs: Any) -> None:
    """Closed villages count where their successors are, in every year."""
    mark_changed(tahun_dari=TAHUN_AWAL)


@receiver(penduduk_berubah)
def recount_per_head(per: datetime.date, **kwargs: Any) -> None:
    """Spending per head uses the last number of people before the year."""
    mark_changed(tahun_dari=per.year + 1)


@receiver([post_save, post_delete], sender=AturanBelanja)
def judge_again(**kwargs: Any) -> None:
    """In every year: the rule may have held in others before."""
    mark_changed(tahun_dari=TAHUN_AWAL)


@receiver([post_save, post_delete], sender=ParameterIbdb)
def weigh_again(**kwargs: Any) -> None:
    mark_changed(tahun_dari=TAHUN_AWAL)

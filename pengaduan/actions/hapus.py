"""Forget what may no longer be kept: contacts and words of reporters some time after their case ended, and counters."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from pengaduan.models import KontakPelapor, Lampiran, LangkahPengaduan, Pengaduan, Pihak


TERHAPUS = "(dihapus)"


@transaction.atomic
def erase_old(*, pada: datetime.datetime) -> dict[str, int]:
    """Erase what the retention no longer covers: sooner of confidential reports. Figures and the steps taken stay.

    Returns:
        How many contacts and reports lost what was personal in them.
    """
    normal, rahasia = (
        pada - datetime.timedelta(days=days) for days in (settings.RETENSI_PENGADUAN, settings.RETENSI_RAHASIA)
    )
    old = Q(ditutup_pada__lt=normal) | Q(rahasia=True, ditutup_pada__lt=rahasia)
    return _erase(list(Pengaduan.objects.filter(old).exclude(isi=TERHAPUS).values_list("pk", flat=True)))


@transaction.atomic
def erase_pribadi(*, pengaduan: Pengaduan) -> None:
    """Erase what is personal in one report, because its reporter asks for it (UU 27/2022 art. 8). It is no longer shown
    to everybody either: what was let through came from the reporter's words.

    What stays: number, days, subject and region, the steps taken, and what officers wrote, each of which the desk may
    take out (`redact`).
    """
    _erase([pengaduan.pk])
    Pengaduan.objects.filter(pk=pengaduan.pk).update(tayang=False, judul_publik="", isi_publik="")


def erase_kontak(*, pengaduan: Pengaduan) -> None:
    """Erase name and contact alone, because the reporter wants no more news (UU 27/2022 art. 9); the report goes on."""
    KontakPelapor.objects.filter(pengaduan=pengaduan).delete()


def _erase(keys: list[int]) -> dict[str, int]:
    kontak, _per = KontakPelapor.objects.filter(pengaduan__in=keys).delete()
    Lampiran.objects.filter(pengaduan__in=keys).delete()
    LangkahPengaduan.objects.filter(pengaduan__in=keys, pihak=Pihak.PELAPOR).update(catatan="", diredaksi=True)
    told = {"judul": TERHAPUS, "isi": TERHAPUS, "lokasi": "", "lintang": None, "bujur": None}
    rows = Pengaduan.objects.filter(pk__in=keys).update(**told)
    return {"kontak": kontak, "laporan": rows}

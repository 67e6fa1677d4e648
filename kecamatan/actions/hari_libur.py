"""Keep the calendar of days off. Who may do so for which region is checked by the views."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kecamatan.importers.hari_libur import usulan_tahun
from kecamatan.models import HariLibur, Pengguna, Wilayah
from kecamatan.models.wilayah import NASIONAL


@transaction.atomic
def save_hari_libur(
    *,
    by: Pengguna,
    wilayah: Wilayah,
    tanggal: datetime.date,
    nama: str,
    jenis: str,
    sumber: str,
    hari: HariLibur | None = None,
) -> HariLibur:
    """Lay down a day off of the nation or of one kabupaten, or change one (`hari`); a proposal then counts."""
    hari = hari or HariLibur()
    hari.wilayah = None if wilayah.kode == NASIONAL else wilayah
    hari.tanggal, hari.nama, hari.jenis, hari.sumber = tanggal, nama, jenis, sumber
    hari.usulan, hari.updated_by = False, by
    hari.save()
    return hari


@transaction.atomic
def propose_tahun(*, by: Pengguna, tahun: int) -> int:
    """Propose the national days off of a year where no day stands yet; returns how many are new."""
    known = set(HariLibur.objects.filter(wilayah=None, tanggal__year=tahun).values_list("tanggal", flat=True))
    new = [hari for hari in usulan_tahun(tahun) if hari.tanggal not in known]
    for hari in new:
        hari.updated_by = by
    HariLibur.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def confirm_usulan(*, by: Pengguna, hari: QuerySet[HariLibur], sumber: str) -> int:
    """Let proposals count, on the basis of a decree; returns how many did not before."""
    now = timezone.now()
    return hari.filter(usulan=True).update(usulan=False, sumber=sumber, updated_by=by, updated_at=now)


def delete_hari_libur(*, hari: QuerySet[HariLibur]) -> int:
    """Take days off or proposals away; returns how many there were."""
    return hari.delete()[0]

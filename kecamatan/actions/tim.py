"""Found a team, keep its decision, and say who is in it."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kecamatan.models import AnggotaTim, BerkasSK, Orang, Pengguna, TimPengelola, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.dokumen import Dokumen


@transaction.atomic
def record_tim(
    *, by: Pengguna, wilayah: Wilayah, nomor_sk: str, tanggal_sk: datetime.date, berkas: Dokumen | None = None
) -> TimPengelola:
    """Write down the decision of a kecamatan's team; without a new scan the one that is kept stays.

    Raises:
        PermissionDenied: no work of this person.
    """
    _check(by, wilayah)
    sk = {"nomor_sk": nomor_sk, "tanggal_sk": tanggal_sk}
    tim, _ = TimPengelola.objects.update_or_create(wilayah=wilayah, defaults=sk)
    if berkas is not None:
        BerkasSK.objects.update_or_create(tim=tim, defaults=vars(berkas))
    return tim


@transaction.atomic
def add_anggota(*, by: Pengguna, tim: TimPengelola, orang: Orang, kedudukan: str) -> AnggotaTim:
    """Put a person into a team; one who is new to the portal is written down too, without an account.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: in the team already, or a second head.
    """
    _check(by, tim.wilayah)
    if orang.pk is None:
        orang.full_clean()
        orang.save()
    anggota = AnggotaTim(tim=tim, orang=orang, kedudukan=kedudukan)
    anggota.full_clean()
    anggota.save()
    return anggota


@transaction.atomic
def remove_anggota(*, by: Pengguna, anggota: AnggotaTim) -> None:
    """Take a person out of a team.

    Raises:
        PermissionDenied: no work of this person.
    """
    _check(by, anggota.tim.wilayah)
    anggota.delete()


def _check(by: Pengguna, wilayah: Wilayah) -> None:
    if not by.has_izin(Izin.KELOLA_TIM, wilayah):
        raise PermissionDenied

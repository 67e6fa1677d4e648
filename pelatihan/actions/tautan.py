"""Let participants without an account in, and take that back."""

import datetime
import secrets
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kecamatan.models import Pengguna
from p3pd_portal.lib.kode import is_kode, kode_dari, normalize_kode
from p3pd_portal.lib.sandi import tanda
from pelatihan.models import Kelas, KodePerangkat, Peserta


PANJANG = 10
"""Signs of a code before the one that checks them: 50 bits."""
BERLAKU = datetime.timedelta(days=14)


@transaction.atomic
def give_kode(*, by: Pengguna, kelas: Kelas, peserta: Iterable[int]) -> dict[int, str]:
    """A new one-time code for participants of a class; an unused one of before stops working.

    Returns:
        The codes by participant; nobody can read them again.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
    """
    if not Kelas.objects.visible_to(by).filter(pk=kelas.pk).exists():
        raise PermissionDenied
    keys = list(kelas.peserta.ikut().filter(pk__in=peserta).values_list("pk", flat=True))
    KodePerangkat.objects.filter(peserta__in=keys, dipakai_pada=None).delete()
    codes = {pk: kode_dari(secrets.token_bytes(8), PANJANG) for pk in keys}
    until = timezone.now() + BERLAKU
    KodePerangkat.objects.bulk_create(
        KodePerangkat(peserta_id=pk, tanda=tanda("perangkat", kode), berlaku_sampai=until) for pk, kode in codes.items()
    )
    return codes


@transaction.atomic
def link_perangkat(*, kode: str) -> Peserta | None:
    """Use a code up; whose it was, or None for a wrong, used or old one, which all look alike."""
    typed = normalize_kode(kode)
    if not is_kode(typed):
        return None
    open_codes = KodePerangkat.objects.filter(dipakai_pada=None, berlaku_sampai__gt=timezone.now())
    found = open_codes.select_for_update().filter(tanda=tanda("perangkat", typed)).first()
    if found is None:
        return None
    found.dipakai_pada = timezone.now()
    found.save()
    return found.peserta


@transaction.atomic
def revoke_tautan(*, by: Pengguna, peserta: Peserta) -> None:
    """Close all links and telephones of a participant.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
    """
    mine = Peserta.objects.visible_to(by).filter(pk=peserta.pk)
    if not mine.update(versi_tautan=F("versi_tautan") + 1):
        raise PermissionDenied
    KodePerangkat.objects.filter(peserta=peserta, dipakai_pada=None).delete()

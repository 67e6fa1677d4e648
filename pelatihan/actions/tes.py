"""Put tests together, open and close them."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.actions.pengerjaan import submit_ended
from pelatihan.models import Angkatan, ButirTes, Tes


def _set_butir(tes: Tes, bobot: Mapping[int, int]) -> None:
    kept = list(tes.butir.order_by("urutan").values_list("butir", "bobot"))
    if dict(kept) == dict(bobot):
        return
    if tes.pengerjaan.exists():
        raise ValidationError(_("Tes ini sudah dikerjakan peserta, jadi butirnya tidak dapat diubah lagi."))
    bank = tes.angkatan.program.butir
    known = list(bank.filter(pk__in=bobot).values_list("pk", flat=True))  # in the order of the curriculum
    if len(known) < len(bobot):
        raise ValidationError(_("Ada butir yang bukan dari bank soal program ini."))
    tes.butir.all().delete()
    ButirTes.objects.bulk_create(
        ButirTes(tes=tes, butir_id=pk, bobot=bobot[pk], urutan=urutan) for urutan, pk in enumerate(known, 1)
    )


@transaction.atomic
def compose_tes(
    *, by: Pengguna, angkatan: Angkatan, jenis: str, bobot: Mapping[int, int],
    buka: datetime.datetime, tutup: datetime.datetime, menit: int | None = None,
) -> Tes:  # fmt: skip
    """Write a test down, or change it. Once somebody began, its questions stay and only its times change.

    Args:
        bobot: weight, 1–10, by the key of each question it has.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort is closed, there is no question, or the times are in the wrong order.
    """
    angkatan = lock_angkatan(angkatan, by)
    require_open(angkatan)
    if not bobot:
        raise ValidationError(_("Pilih sedikitnya satu butir soal: beri bobot 1 sampai 10."))
    tes = Tes.objects.filter(angkatan=angkatan, jenis=jenis).first() or Tes(angkatan=angkatan, jenis=jenis)
    tes.buka, tes.tutup, tes.menit = buka, tutup, menit
    tes.full_clean()
    tes.save()
    _set_butir(tes, bobot)
    return tes


@transaction.atomic
def close_tes(*, by: Pengguna, tes: Tes) -> Tes:
    """End a test now; what was answered until now counts.

    Raises:
        PermissionDenied: not a test of a cohort of this person.
        ValidationError: the cohort is closed, or the test does not run.
    """
    require_open(lock_angkatan(tes.angkatan, by))
    tes = Tes.objects.select_for_update().get(pk=tes.pk)
    now = timezone.now()
    if not tes.buka < now < tes.tutup:
        raise ValidationError(_("Tes ini tidak sedang dibuka."))
    tes.tutup = now
    tes.save()
    submit_ended(pada=now, tes=tes)
    return tes

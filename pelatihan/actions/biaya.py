"""Write down what a cohort costs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kecamatan.models import Pengguna
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.models import Angkatan, Biaya


@transaction.atomic
def record_biaya(
    *,
    by: Pengguna,
    angkatan: Angkatan,
    komponen: str,
    rencana: int | None = None,
    realisasi: int | None = None,
    biaya: Biaya | None = None,
) -> Biaya:
    """A component of the costs, new or corrected. The bill often comes after the cohort was closed, so that is allowed.

    Args:
        rencana, realisasi: whole rupiah; None for what is not known.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: below 0, nothing told, or a component that is there already.
    """  # fmt: skip
    angkatan = lock_angkatan(angkatan, by)
    satu = biaya or Biaya(angkatan=angkatan)
    if satu.angkatan_id != angkatan.pk:
        raise PermissionDenied
    satu.komponen, satu.rencana, satu.realisasi = komponen, rencana, realisasi
    satu.full_clean()
    satu.save()
    return satu


@transaction.atomic
def remove_biaya(*, by: Pengguna, biaya: Biaya) -> None:
    """Take a component away.

    Raises:
        PermissionDenied: not of a cohort of this person.
    """
    lock_angkatan(biaya.angkatan, by)
    biaya.delete()

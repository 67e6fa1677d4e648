"""Give places of a cohort to kabupaten and offices."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.models import Angkatan, Kuota
from pelatihan.queries.kuota import Kunci, kabupaten_of, terisi, unsur_of


Isi = Mapping[Kunci, tuple[int, int]]
"""Places and reserve by kabupaten and office."""


@transaction.atomic
def save_kuota(*, by: Pengguna, angkatan: Angkatan, isi: Isi) -> int:
    """Write quotas down; those that are not named stay. Returns how many were named.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort is closed, a kabupaten or office is none of its own, or fewer places than people
            who have one already.
    """
    angkatan = lock_angkatan(angkatan, by)
    require_open(angkatan)
    kabupaten = {satu.pk: satu for satu in kabupaten_of(angkatan)}
    unsur = {satu.pk: satu for satu in unsur_of(angkatan)}
    taken, refused = terisi(angkatan), []
    for (wilayah, kode), (jumlah, _cadangan) in isi.items():
        if wilayah not in kabupaten or kode not in unsur:
            raise ValidationError(_("Kuota hanya untuk kabupaten/kota sasaran dan unsur pelatihan ini. Muat ulang."))
        if jumlah < (n := taken.get((wilayah, kode), 0)):
            words = {"nama": kabupaten[wilayah].nama, "unsur": unsur[kode], "n": n}
            refused.append(_("%(nama)s, %(unsur)s: sudah ada %(n)s peserta. Kuota tidak boleh di bawahnya.") % words)
    if refused:
        raise ValidationError(refused)
    Kuota.objects.bulk_create(
        (Kuota(angkatan=angkatan, wilayah_id=wilayah, unsur_id=kode, jumlah=jumlah, cadangan=cadangan)
         for (wilayah, kode), (jumlah, cadangan) in isi.items()),
        update_conflicts=True, unique_fields=["angkatan", "wilayah", "unsur"], update_fields=["jumlah", "cadangan"],
    )  # fmt: skip
    return len(isi)


def fill_kuota(*, by: Pengguna, angkatan: Angkatan, jumlah: int, cadangan: int) -> int:
    """The same number for every kabupaten and office of the cohort.

    Raises:
        PermissionDenied, ValidationError: as `save_kuota`.
    """
    offices = unsur_of(angkatan)
    every = {(satu.pk, u.pk): (jumlah, cadangan) for satu in kabupaten_of(angkatan) for u in offices}
    return save_kuota(by=by, angkatan=angkatan, isi=every)

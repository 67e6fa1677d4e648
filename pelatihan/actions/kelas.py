"""Classes of a cohort: rooms, clocks and who runs them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kecamatan.models import Pengguna
from kecamatan.permissions import Izin
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.models import Angkatan, Kelas, Peserta


def require_kelola_kelas(by: Pengguna, kelas: Kelas) -> None:
    """Raises:
    PermissionDenied: this person does not run the cohort of the class; to teach in it or to provide it is less.
    """
    if not by.has_izin(Izin.KELOLA_PELATIHAN, kelas.angkatan.program.wilayah):
        raise PermissionDenied


@transaction.atomic
def create_kelas(*, by: Pengguna, angkatan: Angkatan, petugas: Collection[Pengguna] = (), **isi: Any) -> Kelas:
    """A class of a cohort.

    Args:
        petugas: accounts of the provider that run it on its days.
        isi: `nama`, `wilayah`, `zona`, and `tempat` where it is known.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort is closed, or has a class of that name.
    """
    angkatan = lock_angkatan(angkatan, by)
    require_open(angkatan)
    kelas = Kelas(angkatan=angkatan, **isi)
    kelas.full_clean()
    kelas.save()
    kelas.petugas.set(petugas)
    return kelas


@transaction.atomic
def change_kelas(*, by: Pengguna, kelas: Kelas, petugas: Collection[Pengguna] = (), **isi: Any) -> Kelas:
    """Correct a class.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed, or has another class of that name.
    """
    require_open(lock_angkatan(kelas.angkatan, by))
    for name, value in isi.items():
        setattr(kelas, name, value)
    kelas.full_clean()
    kelas.save()
    kelas.petugas.set(petugas)
    return kelas


@transaction.atomic
def place_peserta(*, by: Pengguna, kelas: Kelas, peserta: Collection[int]) -> int:
    """Put participants of the cohort into a class; returns how many. Others are left alone.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed.
    """
    require_open(lock_angkatan(kelas.angkatan, by))
    mine = Peserta.objects.filter(angkatan_id=kelas.angkatan_id, pk__in=peserta)
    return mine.exclude(kelas=kelas).update(kelas=kelas)

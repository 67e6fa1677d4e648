"""The timetable of a class."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from kecamatan.models import Orang, Pengguna
from p3pd_portal.lib.locks import wait_in_transaction
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.models import Angkatan, Kelas, Sesi
from pelatihan.queries.jadwal import find_bentrok, hari_angkatan, kunci_ruang


@transaction.atomic
def create_sesi(*, by: Pengguna, kelas: Kelas, pelatih: Collection[Orang] = (), **isi: Any) -> Sesi:
    """A session of a class.

    Args:
        isi: fields of `Sesi`.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed, the day is none of its days, or something clashes; see `find_bentrok`.
    """
    angkatan = lock_angkatan(kelas.angkatan, by)
    require_open(angkatan)
    return _save(Sesi(kelas=kelas, **isi), angkatan, pelatih)


@transaction.atomic
def change_sesi(*, by: Pengguna, sesi: Sesi, pelatih: Collection[Orang] = (), **isi: Any) -> Sesi:
    """Correct a session; calendars that hold it learn of the change.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed, or a rule of `create_sesi` is broken.
    """
    angkatan = lock_angkatan(sesi.kelas.angkatan, by)
    require_open(angkatan)
    sesi = Sesi.objects.select_for_update(of=("self",)).select_related("kelas__angkatan").get(pk=sesi.pk)
    for name, value in isi.items():
        setattr(sesi, name, value)
    sesi.versi += 1
    return _save(sesi, angkatan, pelatih)


@transaction.atomic
def remove_sesi(*, by: Pengguna, sesi: Sesi) -> None:
    """Take a session out of the timetable.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed, or attendance was taken.
    """
    require_open(lock_angkatan(sesi.kelas.angkatan, by))
    if sesi.presensi.exists():
        raise ValidationError(_("Sesi ini sudah memiliki presensi. Hapus presensinya dahulu, atau ubah saja sesinya."))
    sesi.delete()


def _save(sesi: Sesi, angkatan: Angkatan, pelatih: Collection[Orang]) -> Sesi:
    sesi.full_clean()
    _require_hari(sesi, angkatan)
    lock_bersama([sesi], [satu.pk for satu in pelatih])
    if bentrok := find_bentrok(sesi, pelatih):
        raise ValidationError(bentrok)
    sesi.save()
    sesi.pelatih.set(pelatih)
    return sesi


def lock_bersama(sesi: Iterable[Sesi], pelatih: Iterable[int]) -> None:
    """Hold what cohorts share until the transaction ends, so that two of them cannot take the same trainer or the same
    room at the same moment; whoever comes second sees what the first one took.

    Trainers first and then rooms, each in one order: nobody waits for somebody who waits for them.
    """
    list(Orang.objects.select_for_update(no_key=True).filter(pk__in=pelatih).order_by("pk"))
    for room in sorted({room for satu in sesi if (room := kunci_ruang(satu))}):
        wait_in_transaction(f"ruang:{room}")


def _require_hari(sesi: Sesi, angkatan: Angkatan) -> None:
    days = hari_angkatan(angkatan)
    if days and sesi.hari not in days:
        words = {"dari": date_filter(days[0], "j F Y"), "sampai": date_filter(days[-1], "j F Y")}
        text = _("Hari ini bukan hari angkatan (%(dari)s – %(sampai)s). Pilih harinya, atau ubah tanggal angkatan.")
        raise ValidationError({"hari": text % words})

"""Classes of a cohort: rooms, clocks and who runs them."""

import datetime
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from kecamatan.permissions import Izin
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.actions.sesi import lock_bersama
from pelatihan.models import Angkatan, Kelas, Peserta, Presensi
from pelatihan.queries.jadwal import find_bentrok


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
    """Correct a class. In another time zone its sessions keep their hour on the wall: 09.00 WIB becomes 09.00 WITA.

    Raises:
        PermissionDenied: not a class of a cohort of this person.
        ValidationError: the cohort is closed, or has another class of that name; the zone is to change although
            attendance was taken or a test is open; or a session would clash, see `find_bentrok`.
    """
    require_open(lock_angkatan(kelas.angkatan, by))
    kelas = Kelas.objects.select_for_update(of=("self",)).select_related("angkatan", "wilayah").get(pk=kelas.pk)
    before = {name: getattr(kelas, name) for name in ("zona", "tempat", "wilayah_id")}
    zona = kelas.zona_waktu
    for name, value in isi.items():
        setattr(kelas, name, value)
    kelas.full_clean()
    kelas.save()
    kelas.petugas.set(petugas)
    if changed := [name for name, value in before.items() if getattr(kelas, name) != value]:
        _move_sesi(kelas, zona, changed[0].removesuffix("_id"))
    return kelas


def _move_sesi(kelas: Kelas, dari: ZoneInfo, field: str) -> None:
    """Sessions that have not begun follow the class to its clock and place; those that have begun stay as they were.

    Their rows are locked before attendance is looked for: no telephone can record any meanwhile.
    """
    every = list(kelas.sesi.select_for_update(of=("self",)).prefetch_related("pelatih").order_by("pk"))
    if field == "zona":
        _require_untouched(kelas)
    coming = [satu for satu in every if satu.mulai > timezone.now()]
    for satu in coming:
        satu.kelas = kelas
        satu.mulai, satu.selesai = (_on_the_wall(moment, dari, kelas) for moment in (satu.mulai, satu.selesai))
        satu.versi += 1
        satu.save()
    lock_bersama(coming, {orang.pk for satu in coming for orang in satu.pelatih.all()})
    clashes = [find_bentrok(satu, satu.pelatih.all()) for satu in coming]
    if texts := [text for found in clashes for some in found.values() for text in some]:
        raise ValidationError({field: texts})


def _on_the_wall(moment: datetime.datetime, dari: ZoneInfo, kelas: Kelas) -> datetime.datetime:
    return moment.astimezone(dari).replace(tzinfo=kelas.zona_waktu)


def _require_untouched(kelas: Kelas) -> None:
    if Presensi.objects.filter(sesi__kelas=kelas).exists():
        text = _(
            "Presensi kelas ini sudah diambil menurut jam semula, jadi zona waktunya tetap. Ubah jam sesinya saja."
        )
        raise ValidationError({"zona": text})
    now = timezone.now()
    if any(satu.is_open(now) for satu in kelas.angkatan.tes.all()):
        raise ValidationError({"zona": _("Tes angkatan ini sedang dibuka. Ubah zona waktunya sesudah tes ditutup.")})


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

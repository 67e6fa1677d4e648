"""Keep the question bank of a programme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pelatihan.actions.angkatan import require_kelola
from pelatihan.models import Butir, Modul, Pilihan, Program


PILIHAN_TERSEDIKIT, PILIHAN_TERBANYAK = 2, 5


@dataclass(frozen=True)
class IsiButir:
    """A question as it is written down; `benar` counts the right choice from 0."""

    teks: str
    pilihan: Sequence[str]
    benar: int
    modul: Modul | None = None


def _require_choices(isi: IsiButir) -> None:
    if not PILIHAN_TERSEDIKIT <= len(isi.pilihan) <= PILIHAN_TERBANYAK:
        raise ValidationError({"pilihan_1": _("Tulis dua sampai lima pilihan.")})
    if len({teks.casefold() for teks in isi.pilihan}) < len(isi.pilihan):
        raise ValidationError({"pilihan_1": _("Ada dua pilihan yang sama. Bedakan.")})
    if not 0 <= isi.benar < len(isi.pilihan):
        raise ValidationError({"benar": _("Pilihan yang benar tidak terisi. Isi, atau pilih yang lain.")})


def _fill(butir: Butir, isi: IsiButir) -> Butir:
    _require_choices(isi)
    butir.teks, butir.modul = isi.teks, isi.modul
    butir.full_clean()
    butir.save()
    butir.pilihan.all().delete()
    Pilihan.objects.bulk_create(
        Pilihan(butir=butir, teks=teks, benar=number == isi.benar) for number, teks in enumerate(isi.pilihan)
    )
    return butir


@transaction.atomic
def create_butir(*, by: Pengguna, program: Program, isi: IsiButir) -> Butir:
    """A question more.

    Raises:
        PermissionDenied: not a programme that this person runs.
        ValidationError: the bank has it already, or its choices are not two to five with a right one.
    """
    require_kelola(by, program.wilayah)
    return _fill(Butir(program=program), isi)


def lock_butir(butir: Butir, by: Pengguna) -> Butir:
    """The question as it is now, ours until the transaction ends.

    Raises:
        PermissionDenied: not of a programme that this person runs.
    """
    found = Butir.objects.select_for_update(of=("self",)).select_related("program__wilayah").get(pk=butir.pk)
    require_kelola(by, found.program.wilayah)
    return found


def is_frozen(butir: Butir) -> bool:
    """Whether somebody has been shown it."""
    return butir.dipakai.filter(tes__pengerjaan__isnull=False).exists()


@transaction.atomic
def change_butir(*, by: Pengguna, butir: Butir, isi: IsiButir) -> Butir:
    """Correct a question. One that somebody has been shown stays as it was there: a new version follows it.

    Raises:
        PermissionDenied: not of a programme that this person runs.
        ValidationError: a newer version replaced it, or it breaks a rule of `create_butir`.
    """
    butir = lock_butir(butir, by)
    if butir.gantinya_id:
        raise ValidationError(_("Butir ini sudah punya versi baru. Ubah versi barunya."))
    if not is_frozen(butir):
        return _fill(butir, isi)
    butir.aktif = False
    butir.save()
    butir.gantinya = _fill(Butir(program=butir.program), isi)
    butir.save()
    return butir.gantinya


@transaction.atomic
def retire_butir(*, by: Pengguna, butir: Butir, aktif: bool = False) -> None:
    """Take a question out of the bank, or back into it; tests that have it keep it.

    Raises:
        PermissionDenied: not of a programme that this person runs.
        ValidationError: a newer version replaced it, or the bank has the same again.
    """
    butir = lock_butir(butir, by)
    if butir.gantinya_id:
        raise ValidationError(_("Butir ini sudah punya versi baru."))
    butir.aktif = aktif
    butir.full_clean()
    butir.save()


@transaction.atomic
def import_butir(*, by: Pengguna, program: Program, rows: Iterable[IsiButir]) -> tuple[int, int]:
    """Add the questions of a file that the bank does not have; returns (new, there already).

    Raises:
        PermissionDenied: not a programme that this person runs.
        ValidationError: a question breaks a rule of `create_butir`.
    """
    require_kelola(by, program.wilayah)
    Program.objects.select_for_update().get(pk=program.pk)
    known = set(program.butir.aktif().values_list("teks", flat=True))
    added = same = 0
    for isi in rows:
        if isi.teks in known:
            same += 1
            continue
        _fill(Butir(program=program), isi)
        known.add(isi.teks)
        added += 1
    return added, same

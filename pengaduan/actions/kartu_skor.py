"""Keep community score cards: scores of groups, the meeting face to face, and the actions agreed on there.

Actions stand in a small table of their own, as text with a name and a day: whatever coordinates them later reads it.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, UnitLayanan
from kecamatan.permissions import Izin
from pengaduan.models import KartuSkor, KriteriaSkor, RencanaAksiSkor
from pengaduan.models.survei import q_unit


@dataclass(frozen=True)
class IsiSkor:
    """The score of one group for one criterion."""

    kriteria: str
    kelompok: str
    n_peserta: int
    skor: int
    alasan: str = ""


def _lock(kartu: KartuSkor, by: Pengguna) -> KartuSkor:
    """Raises:
    PermissionDenied: no card that this person keeps.
    """
    mine = KartuSkor.objects.visible_to(by).values("pk")
    found = KartuSkor.objects.select_for_update().filter(pk=kartu.pk, pk__in=mine).first()
    if found is None:
        raise PermissionDenied
    return found


@transaction.atomic
def create_kartu(*, by: Pengguna, unit: UnitLayanan | None = None, **isi: Any) -> KartuSkor:
    """A card without scores.

    Args:
        isi: `wilayah`, `bidang`, `putaran`, `tanggal`, `fasilitator`.

    Raises:
        PermissionDenied: neither a region nor a unit whose cards this person keeps.
        ValidationError: that round is there already.
    """
    kartu = KartuSkor(unit=unit, **isi)
    if unit is not None and not UnitLayanan.objects.filter(q_unit(by), pk=unit.pk).exists():
        raise PermissionDenied
    if not by.has_izin(Izin.KELOLA_SURVEI, kartu.wilayah):
        raise PermissionDenied
    kartu.full_clean()
    kartu.save()
    if not KartuSkor.objects.visible_to(by).filter(pk=kartu.pk).exists():  # a card about no unit is the kecamatan's
        raise ValidationError({"unit": _("Pilih unit layanan Anda.")})
    return kartu


@transaction.atomic
def save_skor(*, by: Pengguna, kartu: KartuSkor, skor: Sequence[IsiSkor]) -> int:
    """Put the scores of a card in place of those it had; returns how many there are now.

    Raises:
        PermissionDenied: not a card of this person.
        ValidationError: nothing was scored, or one group scored one criterion twice.
    """
    kartu = _lock(kartu, by)
    if not skor:
        raise ValidationError(_("Isi sedikitnya satu kriteria dengan skor satu kelompok."))
    criteria = list(dict.fromkeys(satu.kriteria for satu in skor))
    if len({(satu.kriteria.casefold(), satu.kelompok) for satu in skor}) < len(skor):
        raise ValidationError(_("Ada kriteria yang tertulis dua kali. Bedakan namanya, atau hapus salah satunya."))
    kartu.skor.all().delete()
    KriteriaSkor.objects.bulk_create(
        KriteriaSkor(kartu=kartu, urutan=criteria.index(satu.kriteria), **vars(satu)) for satu in skor
    )
    return len(skor)


@transaction.atomic
def record_pertemuan(*, by: Pengguna, kartu: KartuSkor, tanggal: datetime.date, catatan: str) -> KartuSkor:
    """Write down the meeting of citizens and provider.

    Raises:
        PermissionDenied: not a card of this person.
        ValidationError: it came before the scores.
    """
    kartu = _lock(kartu, by)
    kartu.tgl_pertemuan, kartu.catatan_pertemuan = tanggal, catatan
    kartu.full_clean()
    kartu.save()
    return kartu


@transaction.atomic
def add_aksi(
    *, by: Pengguna, kartu: KartuSkor, tindakan: str, penanggung_jawab: str, tenggat: datetime.date
) -> RencanaAksiSkor:
    """Add an action that was agreed on.

    Raises:
        PermissionDenied: not a card of this person.
    """
    return RencanaAksiSkor.objects.create(
        kartu=_lock(kartu, by), tindakan=tindakan, penanggung_jawab=penanggung_jawab, tenggat=tenggat
    )


@transaction.atomic
def set_keadaan(*, by: Pengguna, aksi: RencanaAksiSkor, keadaan: str) -> RencanaAksiSkor:
    """Say how far an action is.

    Raises:
        PermissionDenied: not a card of this person.
    """
    _lock(aksi.kartu, by)
    aksi.keadaan = keadaan
    aksi.save()
    return aksi


@transaction.atomic
def set_tayang_kartu(*, by: Pengguna, kartu: KartuSkor, tayang: bool) -> KartuSkor:
    """Show a card to everybody, or no longer.

    Raises:
        PermissionDenied: not a card of this person.
        ValidationError: nothing was scored yet.
    """
    kartu = _lock(kartu, by)
    if tayang and not kartu.skor.exists():
        raise ValidationError(_("Isi skornya dahulu, lalu tayangkan."))
    kartu.tayang = tayang
    kartu.save()
    return kartu

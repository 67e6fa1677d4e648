"""Decide on people who were proposed. Every decision locks the cohort first, so that two officers cannot both give the
last place; whoever has no place goes to the reserve and is never lost."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import send_surel
from kecamatan.models import Orang, Pengguna
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.actions.usulan import swap_up
from pelatihan.models import (
    Angkatan,
    BerkasUsulan,
    Calon,
    Kuota,
    Peserta,
    StatusAngkatan,
    StatusCalon,
    StatusUsulan,
    Undangan,
    Usulan,
)
from pelatihan.models.usulan import DIPUTUSKAN, DITERIMA
from pelatihan.queries.kuota import Kunci, terisi


MEMILIH = (StatusAngkatan.SELEKSI, StatusAngkatan.DITETAPKAN, StatusAngkatan.BERLANGSUNG)
"""States of a cohort in which places are given: a place may come free on the first day."""
_ISI_KOSONG = ("jenis_kelamin", "jabatan", "instansi", "telepon", "gelar_depan", "gelar_belakang")


@dataclass
class Hasil:
    """What became of those who were to be approved."""

    disetujui: list[Calon] = field(default_factory=list)
    cadangan: list[Calon] = field(default_factory=list)


def _lock_to_choose(angkatan: Angkatan, by: Pengguna) -> Angkatan:
    angkatan = lock_angkatan(angkatan, by)
    require_choosing(angkatan)
    return angkatan


def require_choosing(angkatan: Angkatan) -> None:
    """Raises:
    ValidationError: places are not given now.
    """
    if angkatan.status not in MEMILIH:
        words = {"status": angkatan.get_status_display()}
        raise ValidationError(_("Calon diputuskan sejak seleksi sampai pelatihan; angkatan ini %(status)s.") % words)


def _chosen(angkatan: Angkatan, calon: Collection[int], *states: str) -> list[Calon]:
    """People of a cohort whose proposal was sent and who are in one of the states, in the order of their offices.

    Raises:
        ValidationError: nobody was chosen, or somebody is elsewhere meanwhile.
    """
    found = Calon.objects.filter(usulan__undangan__angkatan=angkatan, pk__in=calon)
    rows = list(found.select_related("usulan__undangan__wilayah", "unsur", "wilayah").berurut())
    if not rows:
        raise ValidationError(_("Pilih sedikitnya satu calon."))
    if others := [satu for satu in rows if satu.status not in states or satu.usulan.status != StatusUsulan.TERKIRIM]:
        words = {"nama": others[0].nama, "status": others[0].get_status_display()}
        raise ValidationError(_("%(nama)s sekarang %(status)s; keputusan itu tidak berlaku. Muat ulang.") % words)
    return rows


@transaction.atomic
def return_usulan(*, by: Pengguna, usulan: Usulan, alasan: str, batas: datetime.date) -> None:
    """Send a proposal back for repair, until a day of its own; its office gets a mail.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: it was not sent, people of it are decided on already, or the day is past.
    """
    angkatan = lock_angkatan(usulan.undangan.angkatan, by)
    usulan = Usulan.objects.select_for_update().select_related("undangan").get(pk=usulan.pk)
    if usulan.status != StatusUsulan.TERKIRIM or angkatan.status not in (StatusAngkatan.USULAN, *MEMILIH[:1]):
        raise ValidationError(_("Hanya usulan yang terkirim, sebelum peserta ditetapkan, dapat dikembalikan."))
    if usulan.calon.filter(status__in=DIPUTUSKAN).exists():
        raise ValidationError(_("Sudah ada calon yang diputuskan; usulan ini tidak dapat dikembalikan lagi."))
    if batas < timezone.localdate():
        raise ValidationError({"batas": _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")})
    usulan.status, usulan.alasan = StatusUsulan.DIKEMBALIKAN, alasan.strip()
    usulan.full_clean()
    usulan.save()
    usulan.calon.update(status=StatusCalon.DIUSULKAN)
    usulan.undangan.batas = batas
    usulan.undangan.save(update_fields=["batas"])
    send_surel(kepada=None, templat="usulan_kembali", konteks={"undangan": str(usulan.pk)})


@transaction.atomic
def approve(*, by: Pengguna, angkatan: Angkatan, calon: Collection[int]) -> Hasil:
    """Give places, office by office in the order of the Sekda; whoever finds none goes to the reserve.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it; the letter or something of a person is missing; or somebody is in the
            cohort already. Nobody is approved then.
    """
    angkatan = _lock_to_choose(angkatan, by)
    return _give_places(angkatan, _chosen(angkatan, calon, StatusCalon.LENGKAP, StatusCalon.CADANGAN))


def _give_places(angkatan: Angkatan, rows: Iterable[Calon]) -> Hasil:
    rows, hasil, taken = list(rows), Hasil(), terisi(angkatan)
    _require_complete(rows)
    places: dict[Kunci, int] = {
        (wilayah, unsur): n
        for wilayah, unsur, n in Kuota.objects.filter(angkatan=angkatan).values_list("wilayah", "unsur", "jumlah")
    }
    for satu in rows:
        key = (satu.usulan.undangan.wilayah_id, satu.unsur_id)
        if taken.get(key, 0) < places.get(key, 0):
            taken[key] = taken.get(key, 0) + 1
            _accept(angkatan, satu)
            hasil.disetujui.append(satu)
        else:
            _set(satu, StatusCalon.CADANGAN)
            hasil.cadangan.append(satu)
    return hasil


def _require_complete(rows: list[Calon]) -> None:
    letters = BerkasUsulan.objects.filter(usulan__in={satu.usulan_id for satu in rows})
    scanned = set(letters.values_list("pk", flat=True))
    refused = [
        _("%(nama)s: lengkapi %(apa)s.") % {"nama": satu.nama, "apa": ", ".join(satu.kurang)}
        for satu in rows
        if satu.kurang
    ]
    refused += [
        _("Usulan %(nama)s belum bersurat.") % {"nama": satu.usulan.undangan.wilayah.nama_lengkap}
        for satu in rows
        if satu.usulan_id not in scanned
    ][:1]
    if refused:
        raise ValidationError(refused)


def _set(calon: Calon, status: str, alasan: str = "") -> None:
    calon.status, calon.alasan = status, alasan
    calon.save(update_fields=["status", "alasan"])


def _accept(angkatan: Angkatan, calon: Calon) -> None:
    """Make a participant of somebody who was proposed, and ask them by mail whether they come."""
    orang = _person_of(calon)
    peserta = Peserta.objects.filter(angkatan=angkatan, orang=orang).first()
    if peserta and peserta.status != Peserta.Status.MENGUNDURKAN_DIRI:
        raise ValidationError(_("%(nama)s sudah menjadi peserta angkatan ini. Tolak salah satunya.") % {"nama": orang})
    if peserta:
        Calon.objects.filter(peserta=peserta).update(peserta=None)
    peserta = peserta or Peserta(angkatan=angkatan, orang=orang)
    peserta.unsur, peserta.wilayah, peserta.alasan = calon.unsur, calon.wilayah, ""
    peserta.status = Peserta.Status.TERDAFTAR
    peserta.full_clean()
    peserta.save()
    calon.status, calon.alasan, calon.peserta = StatusCalon.DISETUJUI, "", peserta
    calon.save(update_fields=["status", "alasan", "peserta"])
    if calon.surel:
        send_surel(kepada=None, templat="usulan_peserta", konteks={"calon": str(calon.pk)})


def _person_of(calon: Calon) -> Orang:
    """The person with this NIP, whose empty fields are filled and nothing else changed; otherwise a new one."""
    told = {name: getattr(calon, name) for name in _ISI_KOSONG}
    orang, new = Orang.objects.get_or_create(nip=calon.nip, defaults={"nama": calon.nama, **told})
    empty = {name: value for name, value in told.items() if value and not getattr(orang, name)}
    if not new and empty:
        Orang.objects.filter(pk=orang.pk).update(**empty)
    return orang


@transaction.atomic
def reject(*, by: Pengguna, angkatan: Angkatan, calon: Collection[int], alasan: str) -> int:
    """Refuse people, with the reason their Sekda reads; returns how many.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it, somebody is decided on already, or no reason.
    """
    angkatan = _lock_to_choose(angkatan, by)
    if not alasan.strip():
        raise ValidationError(_("Tulis alasan penolakannya."))
    rows = _chosen(angkatan, calon, StatusCalon.LENGKAP, StatusCalon.CADANGAN)
    for satu in rows:
        _set(satu, StatusCalon.DITOLAK, alasan.strip())
    return len(rows)


@transaction.atomic
def reserve(*, by: Pengguna, angkatan: Angkatan, calon: Collection[int]) -> int:
    """Put people into the reserve; returns how many.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it, or somebody is decided on already.
    """
    rows = _chosen(_lock_to_choose(angkatan, by), calon, StatusCalon.LENGKAP)
    for satu in rows:
        _set(satu, StatusCalon.CADANGAN)
    return len(rows)


@transaction.atomic
def raise_cadangan(*, by: Pengguna, angkatan: Angkatan, calon: int) -> None:
    """One place up in the reserve of the same office and kabupaten.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it, or nobody of the reserve.
    """
    (satu,) = _chosen(_lock_to_choose(angkatan, by), [calon], StatusCalon.CADANGAN)
    swap_up(satu, status=StatusCalon.CADANGAN)


@transaction.atomic
def offer_sisa(*, by: Pengguna, angkatan: Angkatan, antar: bool = False) -> int:
    """Give places that are left to the reserve of the same office and kabupaten, in its order; returns how many.

    Args:
        antar: give what is left then to reserves of the same office elsewhere, longest reserve first; the place moves
            with its quota, so that the sum of all quotas stays.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it, or somebody of the reserve cannot be approved.
    """
    angkatan = _lock_to_choose(angkatan, by)
    given = 0
    for (wilayah, unsur), n in _left(angkatan).items():
        given += _call(angkatan, n, usulan__undangan__wilayah=wilayah, unsur=unsur)
    return given + (_move_places(angkatan) if antar else 0)


def _left(angkatan: Angkatan) -> dict[Kunci, int]:
    taken = terisi(angkatan)
    rows = Kuota.objects.filter(angkatan=angkatan).values_list("wilayah", "unsur", "jumlah")
    left = {(wilayah, unsur): n - taken.get((wilayah, unsur), 0) for wilayah, unsur, n in rows}
    return {key: n for key, n in left.items() if n > 0}


def _reserve_of(angkatan: Angkatan, **where: object) -> list[Calon]:
    waiting = Calon.objects.filter(usulan__undangan__angkatan=angkatan, status=StatusCalon.CADANGAN, **where)
    waiting = waiting.filter(usulan__status=StatusUsulan.TERKIRIM)
    return list(waiting.select_related("usulan__undangan__wilayah", "unsur", "wilayah").berurut())


def _call(angkatan: Angkatan, most: int, **where: object) -> int:
    return len(_give_places(angkatan, _reserve_of(angkatan, **where)[:most]).disetujui)


def _move_places(angkatan: Angkatan) -> int:
    moved = 0
    for (wilayah, unsur), n in _left(angkatan).items():
        for satu in _reserve_of(angkatan, unsur=unsur)[:n]:
            to = satu.usulan.undangan.wilayah_id
            own = Kuota.objects.filter(angkatan=angkatan, unsur=unsur)
            own.filter(wilayah=wilayah).update(jumlah=F("jumlah") - 1)
            own.filter(wilayah=to).update(jumlah=F("jumlah") + 1)
            moved += len(_give_places(angkatan, [satu]).disetujui)
    return moved


@transaction.atomic
def withdraw(*, by: Pengguna, angkatan: Angkatan, calon: int, alasan: str) -> Calon | None:
    """Somebody who was approved does not come; the first reserve of the same office and kabupaten does.

    Returns:
        Who came in; None where nobody is in reserve.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: not the time for it, not approved, or no reason.
    """
    angkatan = _lock_to_choose(angkatan, by)
    (satu,) = _chosen(angkatan, [calon], *DITERIMA)
    return replace_calon(angkatan, satu, alasan)


def replace_calon(angkatan: Angkatan, calon: Calon, alasan: str) -> Calon | None:
    """What `withdraw` does, under the lock of its caller."""
    if not alasan.strip():
        raise ValidationError({"alasan": _("Tulis alasannya.")})
    _set(calon, StatusCalon.MUNDUR, alasan.strip())
    out = {"status": Peserta.Status.MENGUNDURKAN_DIRI, "alasan": alasan.strip()}
    Peserta.objects.filter(calon=calon).update(**out)
    kabupaten = Undangan.objects.values_list("wilayah", flat=True).get(pk=calon.usulan_id)
    waiting = _reserve_of(angkatan, usulan__undangan__wilayah=kabupaten, unsur=calon.unsur_id)[:1]
    called = _give_places(angkatan, waiting).disetujui
    return called[0] if called else None

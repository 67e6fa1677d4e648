"""Take attendance: by the participant's own telephone, by a steward, from paper."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.models import Kelas, LembarHadir, Peserta, Presensi, Sesi


@dataclass(frozen=True)
class Tanda:
    """What a steward decided about one participant.

    Attributes:
        semula: the status on the page that the steward saw, "" for none.
        status: what it shall be, "" for none.
    """

    semula: str
    status: str


@transaction.atomic
def record_hadir(*, peserta: Peserta, sesi: Sesi, cara: str) -> tuple[Presensi, bool]:
    """A participant says "here I am"; whether the code was right is the caller's business.

    Returns:
        The record, and whether it is new. Saying it again changes nothing, nor does it overrule a steward.

    Raises:
        ValidationError: a session of another class, or not its time.
    """
    now = timezone.now()
    peserta = Peserta.objects.select_for_update(of=("self",)).get(pk=peserta.pk)  # before the record, as stewards do
    if peserta.kelas_id != sesi.kelas_id or peserta.status == Peserta.Status.MENGUNDURKAN_DIRI:
        raise ValidationError(_("Sesi ini bukan sesi kelas Anda. Periksa ruangnya, atau hubungi panitia."))
    if sesi.kelas.angkatan.is_closed or not sesi.is_open(now):
        raise ValidationError(_("Presensi sesi ini tidak sedang dibuka. Bila Anda hadir, hubungi panitia."))
    status = Presensi.Status.TERLAMBAT if sesi.is_late(now) else Presensi.Status.HADIR
    told = {"status": status, "cara": cara, "waktu": now}
    return Presensi.objects.get_or_create(sesi=sesi, peserta=peserta, defaults=told)


def require_kelas(by: Pengguna, kelas: Kelas) -> None:
    """Those who run, provide or teach a class keep its list, until the cohort is closed.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed.
    """
    if not Kelas.objects.visible_to(by).filter(pk=kelas.pk).exists():
        raise PermissionDenied
    if kelas.angkatan.is_closed:
        raise ValidationError(_("Angkatan ini sudah ditutup; presensinya tidak dapat diubah lagi."))


@transaction.atomic
def mark_presensi(
    *, by: Pengguna, sesi: Sesi, tanda: Mapping[int, Tanda], cara: str = Presensi.Cara.PETUGAS
) -> tuple[int, list[Peserta]]:
    """Write down what a steward changed on the list of a session; "" takes a record back.

    Returns:
        How many changed, and whose record somebody else had changed meanwhile, a telephone for example: these stay.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed, or the session has not been opened yet.
    """
    require_kelas(by, sesi.kelas)
    if timezone.now() < sesi.dibuka:
        raise ValidationError(_("Presensi sesi ini belum dibuka."))
    changed = {pk: satu for pk, satu in tanda.items() if satu.semula != satu.status}
    people = {
        satu.pk: satu for satu in sesi.kelas.peserta.ikut().select_for_update(of=("self",)).filter(pk__in=changed)
    }
    known = {satu.peserta_id: satu for satu in sesi.presensi.select_for_update().filter(peserta__in=people)}
    stale = [satu for pk, satu in people.items() if (known[pk].status if pk in known else "") != changed[pk].semula]
    todo = {pk: changed[pk].status for pk in people if people[pk] not in stale}
    sesi.presensi.filter(peserta__in=[pk for pk, status in todo.items() if not status]).delete()
    Presensi.objects.bulk_create(
        [
            Presensi(sesi=sesi, peserta_id=pk, status=status, cara=cara, waktu=timezone.now(), oleh=by)
            for pk, status in todo.items()
            if status
        ],
        update_conflicts=True,
        unique_fields=["sesi", "peserta"],
        update_fields=["status", "cara", "waktu", "oleh"],
    )
    return len(todo), stale


@transaction.atomic
def attach_lembar(*, by: Pengguna, kelas: Kelas, hari: datetime.date, dokumen: Dokumen) -> LembarHadir:
    """Keep a scan or photograph of the signed list of a day.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed, or the class does not meet on that day.
    """
    require_kelas(by, kelas)
    if hari not in {satu.hari for satu in kelas.sesi.select_related("kelas")}:
        raise ValidationError(_("Kelas ini tidak memiliki sesi pada hari itu."))
    of = {"kelas": kelas, "hari": hari, "created_by": by}
    return LembarHadir.objects.create(**of, isi=dokumen.isi, tipe=dokumen.tipe, akhiran=dokumen.akhiran)


@transaction.atomic
def remove_lembar(*, by: Pengguna, lembar: LembarHadir) -> None:
    """Throw a wrong scan away; the history keeps that there was one.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed.
    """
    require_kelas(by, lembar.kelas)
    lembar.delete()

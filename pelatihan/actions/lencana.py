"""Badges of a class: give their numbers, and take attendance by them."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pelatihan.actions.presensi import require_kelas
from pelatihan.models import Angkatan, Kelas, Peserta, Presensi, Sesi


@transaction.atomic
def give_lencana(*, by: Pengguna, kelas: Kelas) -> int:
    """A number for everybody of a class who has none yet; a second time changes nothing. Returns how many got one.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed.
    """
    require_kelas(by, kelas)
    Angkatan.objects.select_for_update(of=("self",)).get(pk=kelas.angkatan_id)  # numbers of two classes never meet
    everybody = Peserta.objects.filter(angkatan=kelas.angkatan_id)
    taken = set(everybody.exclude(nomor_lencana=None).values_list("nomor_lencana", flat=True))
    todo = list(kelas.peserta.ikut().filter(nomor_lencana=None))
    drawn = secrets.SystemRandom().sample(range(100_000, 1_000_000), len(todo) + len(taken))
    for satu, nomor in zip(todo, (nomor for nomor in drawn if nomor not in taken), strict=False):
        satu.nomor_lencana = nomor
    return Peserta.objects.bulk_update(todo, ["nomor_lencana"])


@transaction.atomic
def mark_lencana(*, by: Pengguna, sesi: Sesi, nomor: int) -> tuple[Presensi, bool]:
    """A steward saw a badge: its holder is there, late or in time by the clock of now.

    Returns:
        The record, and whether it is new: a badge that is shown again changes nothing, nor does it overrule what was
        written down before.

    Raises:
        PermissionDenied: not a class that this person runs, provides or teaches.
        ValidationError: the cohort is closed, attendance is not open, or nobody of this class has that number.
    """
    require_kelas(by, sesi.kelas)
    now = timezone.now()
    if not sesi.is_open(now):
        raise ValidationError(_("Presensi sesi ini tidak sedang dibuka. Sesudah sesi selesai, tandai di daftar."))
    people = sesi.kelas.peserta.ikut().select_for_update(of=("self",))
    peserta = people.filter(nomor_lencana=nomor).select_related("orang").first()
    if peserta is None:
        raise ValidationError(_("Tidak ada peserta kelas ini dengan nomor lencana itu. Periksa angkanya."))
    status = Presensi.Status.TERLAMBAT if sesi.is_late(now) else Presensi.Status.HADIR
    told = {"status": status, "cara": Presensi.Cara.PETUGAS, "waktu": now, "oleh": by}
    return Presensi.objects.get_or_create(sesi=sesi, peserta=peserta, defaults=told)

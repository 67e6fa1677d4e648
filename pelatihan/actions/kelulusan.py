"""Decide who passed."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.aggregation.kelulusan import Bukti, kekurangan
from pelatihan.models import Angkatan, Peserta, Sertifikat, StatusAngkatan


Status = Peserta.Status


def _require_evaluasi(angkatan: Angkatan) -> None:
    if angkatan.status != StatusAngkatan.EVALUASI:
        words = {"status": angkatan.get_status_display()}
        text = _("Kelulusan diputuskan pada tahap evaluasi; angkatan sekarang %(status)s.")
        raise ValidationError(text % words)


@transaction.atomic
def decide_all(*, by: Pengguna, angkatan: Angkatan, bukti: Mapping[int, Bukti]) -> dict[str, int]:
    """Let the conditions of the cohort decide for everybody who did not withdraw and whom nobody decided by hand.

    Args:
        bukti: what is known, by participant; nothing is known of those who are missing.

    Returns:
        How many passed and failed now.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: it is not at its evaluation.
    """
    angkatan = lock_angkatan(angkatan, by)
    _require_evaluasi(angkatan)
    undecided = angkatan.peserta.filter(status__in=(Status.TERDAFTAR, Status.DIKONFIRMASI))
    rows = list(undecided.select_for_update(of=("self",)).order_by("pk"))
    for satu in rows:
        missing = kekurangan(angkatan, bukti.get(satu.pk, Bukti()))
        satu.status = Status.TIDAK_LULUS if missing else Status.LULUS
        satu.alasan = "; ".join(missing)[:300]
    Peserta.objects.bulk_update(rows, ["status", "alasan"])
    passed = sum(satu.status == Status.LULUS for satu in rows)
    return {"lulus": passed, "tidak_lulus": len(rows) - passed}


@transaction.atomic
def decide_one(*, by: Pengguna, peserta: Peserta, lulus: bool, alasan: str) -> Peserta:
    """Decide for one participant by hand, with the reason.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
        ValidationError: the cohort is not at its evaluation, the participant withdrew, no reason is given, or somebody
            who holds a certificate is to fail: it is taken back first.
    """
    _require_evaluasi(lock_angkatan(peserta.angkatan, by))
    found = Peserta.objects.select_for_update(of=("self",)).get(pk=peserta.pk)
    if found.status == Status.MENGUNDURKAN_DIRI:
        raise ValidationError(_("Peserta ini mengundurkan diri."))
    if not alasan.strip():
        raise ValidationError({"alasan": _("Tulis alasannya.")})
    if not lulus and Sertifikat.objects.berlaku().filter(peserta=found).exists():
        raise ValidationError(_("Peserta ini memegang sertifikat. Cabut sertifikatnya dahulu."))
    found.status = Status.LULUS if lulus else Status.TIDAK_LULUS
    found.alasan = alasan.strip()
    found.save()
    return found

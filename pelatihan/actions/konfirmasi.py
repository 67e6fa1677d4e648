"""A participant says whether they come."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pelatihan.actions.seleksi import replace_calon, require_choosing
from pelatihan.actions.usulan import tell_penyelenggara
from pelatihan.models import Angkatan, Calon, Peserta, StatusCalon
from pelatihan.models.usulan import DITERIMA


Status = Peserta.Status


def _lock(peserta: Peserta) -> Peserta:
    """Raises:
    ValidationError: nothing is left to say: withdrawn, judged, or the cohort is not that far or past it.
    """
    Angkatan.objects.select_for_update().get(pk=peserta.angkatan_id)
    satu = Peserta.objects.select_related("angkatan__program__wilayah").get(pk=peserta.pk)
    require_choosing(satu.angkatan)
    if satu.status not in (Status.TERDAFTAR, Status.DIKONFIRMASI):
        words = {"status": satu.get_status_display()}
        raise ValidationError(_("Anda tercatat %(status)s. Hubungi panitia bila itu keliru.") % words)
    return satu


@transaction.atomic
def confirm(*, peserta: Peserta) -> None:
    """ "Saya hadir di pelatihan ini"; saying so twice is saying it once.

    Raises:
        ValidationError: see `_lock`.
    """
    satu = _lock(peserta)
    satu.status = Status.DIKONFIRMASI
    satu.save(update_fields=["status"])
    Calon.objects.filter(peserta=satu, status=StatusCalon.DISETUJUI).update(status=StatusCalon.KONFIRMASI)


@transaction.atomic
def decline(*, peserta: Peserta, alasan: str) -> None:
    """ "Saya tidak dapat hadir": the first reserve takes the place, and those who run the cohort are told.

    Raises:
        ValidationError: see `_lock`; or no reason.
    """
    satu = _lock(peserta)
    calon = Calon.objects.filter(peserta=satu, status__in=DITERIMA).select_related("usulan__undangan__wilayah").first()
    if calon is None:  # entered by hand: nobody waits behind
        satu.status, satu.alasan = Status.MENGUNDURKAN_DIRI, alasan.strip()
        satu.full_clean()
        satu.save()
        return
    undangan = calon.usulan.undangan
    called = replace_calon(satu.angkatan, calon, alasan)
    outcome = _("cadangan pertama menggantikannya") if called else _("tidak ada cadangan")
    words = {"nama": undangan.wilayah.nama_lengkap, "hasil": outcome}
    judul = _("Seorang peserta %(nama)s tidak dapat hadir; %(hasil)s") % words
    tell_penyelenggara(undangan, judul, kunci=f"usulan-mundur:{calon.pk}")

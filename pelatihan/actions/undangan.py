"""Invite the Sekda of kabupaten to propose, and let their offices in with a one-time code."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.actions.batas import count_try, tries
from kecamatan.actions.notifikasi import notify, send_surel
from kecamatan.models import Pengguna
from p3pd_portal.lib.kode import is_kode, normalize_kode
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.models import Angkatan, KodeUndangan, Kuota, StatusAngkatan, Undangan, Usulan
from pelatihan.models.undangan import garam_acak
from pelatihan.queries.pintu_usulan import is_kode_of


KODE_BERLAKU = datetime.timedelta(minutes=15)
KODE_SEJAM = 5
"""Codes that one invitation may ask for in an hour; one address may ask for four times as many."""
SALAH_SEJAM = 30
"""Wrong codes of one address in an hour."""
MENGUNDANG = (StatusAngkatan.UNDANG, StatusAngkatan.USULAN)


@transaction.atomic
def invite(*, by: Pengguna, angkatan: Angkatan, surel: Mapping[int, str]) -> int:
    """Invite kabupaten by the mail of their offices; returns how many were.

    A kabupaten whose address stays the same is left alone; another address closes the links of the one before, and a
    kabupaten whose invitation was taken back is invited anew.

    Args:
        surel: address by key of the kabupaten; "" is passed over.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort does not invite now, or a kabupaten has no quota.
    """
    angkatan = lock_angkatan(angkatan, by)
    _require_inviting(angkatan)
    with_quota = set(Kuota.objects.filter(angkatan=angkatan, jumlah__gt=0).values_list("wilayah", flat=True))
    known = {satu.wilayah_id: satu for satu in Undangan.objects.filter(angkatan=angkatan)}
    count = 0
    for wilayah, address in ((pk, told.lower()) for pk, told in surel.items() if told):
        if wilayah not in with_quota:
            raise ValidationError(_("Isi kuota kabupaten/kota itu dahulu, lalu undang."))
        satu = known.get(wilayah) or Undangan(angkatan=angkatan, wilayah_id=wilayah)
        if satu.pk and satu.surel == address and not satu.dicabut_pada:
            continue
        satu.versi, satu.surel, satu.dicabut_pada = satu.versi + 1, address, None
        satu.full_clean()
        satu.save()
        Usulan.objects.get_or_create(undangan=satu)
        _send(satu)
        count += 1
    return count


def _require_inviting(angkatan: Angkatan) -> None:
    if angkatan.status not in MENGUNDANG:
        words = {"status": angkatan.get_status_display()}
        raise ValidationError(
            _("Undangan dikirim sesudah “Mulai mengundang” dan sebelum seleksi; angkatan ini %(status)s.") % words
        )


def _send(undangan: Undangan) -> None:
    """Put the link into the outbox, and tell a Sekda who has an account."""
    Undangan.objects.filter(pk=undangan.pk).update(dikirim_pada=timezone.now())
    send_surel(kepada=None, templat="usulan_undangan", konteks={"undangan": str(undangan.pk)})
    notify(
        kepada=Pengguna.objects.bertugas(undangan.wilayah, ["sekda"]), jenis="pekerjaan",
        judul=_("Usulan peserta pelatihan ditunggu"), isi=str(undangan.angkatan), url=undangan.get_absolute_url(),
        kunci=f"undangan-usulan:{undangan.pk}:{undangan.versi}",
    )  # fmt: skip


@transaction.atomic
def resend(*, by: Pengguna, undangan: Undangan) -> None:
    """The same link once more.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the invitation was taken back, or the cohort does not invite now.
    """
    _require_inviting(lock_angkatan(undangan.angkatan, by))
    if undangan.dicabut_pada:
        raise ValidationError(_("Undangan ini sudah dicabut. Tulis surelnya lagi untuk mengundang kembali."))
    _send(undangan)


@transaction.atomic
def revoke(*, by: Pengguna, undangan: Undangan) -> None:
    """Close all links and codes of an invitation; what was proposed stays.

    Raises:
        PermissionDenied: not a cohort of this person.
    """
    lock_angkatan(undangan.angkatan, by)
    Undangan.objects.filter(pk=undangan.pk).update(versi=F("versi") + 1, dicabut_pada=timezone.now())
    KodeUndangan.objects.filter(undangan=undangan).delete()


@transaction.atomic
def request_kode(*, undangan: Undangan, siapa: str) -> None:
    """Send a one-time code to the office; the one before stops working.

    Args:
        siapa: address of the visitor.

    Raises:
        ValidationError: asked for too often.
    """
    asked = count_try("usul-kode", str(undangan.pk)) > KODE_SEJAM
    if count_try("usul-kode-alamat", siapa) > 4 * KODE_SEJAM or asked:
        raise ValidationError(_("Kode sudah diminta beberapa kali. Periksa kotak surel, atau coba lagi satu jam lagi."))
    fresh = {"garam": garam_acak(), "berlaku_sampai": timezone.now() + KODE_BERLAKU, "salah": 0}
    KodeUndangan.objects.update_or_create(undangan=undangan, defaults=fresh)
    send_surel(kepada=None, templat="usulan_kode", konteks={"undangan": str(undangan.pk)})


@transaction.atomic
def redeem_kode(*, undangan: Undangan, typed: str, siapa: str) -> bool:
    """Use a code up; wrong, used, old and too often guessed ones all look alike.

    Args:
        siapa: address of the visitor.
    """
    if tries("usul-salah", siapa) >= SALAH_SEJAM:
        return False
    kode = KodeUndangan.objects.select_for_update().filter(undangan=undangan).first()
    typed = normalize_kode(typed)
    if kode and kode.is_usable and is_kode(typed) and is_kode_of(kode, typed):
        kode.delete()
        return True
    count_try("usul-salah", siapa)
    KodeUndangan.objects.filter(undangan=undangan).update(salah=F("salah") + 1)
    return False

"""Give and take back the keys of programs, and take in what they bring."""

import datetime
import secrets
import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.sandi import tanda
from pengaduan.actions.terima import Laporan, terima
from pengaduan.models import KirimanOpen311, KunciApi
from pengaduan.queries.kode import TandaTerima
from pengaduan.queries.open311_kunci import KUNCI


BERLAKU_TERLAMA = datetime.timedelta(days=2 * 365)


@transaction.atomic
def make_kunci(*, by: Pengguna, wilayah: Wilayah, nama: str, berlaku_sampai: datetime.date) -> tuple[KunciApi, str]:
    """A new key for a region and all below it; its text is in the answer and nowhere else.

    Raises:
        PermissionDenied: no work of this person there.
        ValidationError: a last day that is over, or more than two years away.
    """
    if not by.has_izin(Izin.KELOLA_KUNCI_API, wilayah):
        raise PermissionDenied
    today = timezone.localdate()
    if not today <= berlaku_sampai <= today + BERLAKU_TERLAMA:
        raise ValidationError({"berlaku_sampai": _("Pilih hari mulai hari ini sampai dua tahun lagi.")})
    secret = secrets.token_urlsafe(32)
    kunci = KunciApi.objects.create(
        nama=nama, wilayah=wilayah, tanda=tanda("open311.kunci", secret), berlaku_sampai=berlaku_sampai, created_by=by
    )
    return kunci, f"{KUNCI}{kunci.pk}_{secret}"


@transaction.atomic
def revoke_kunci(*, by: Pengguna, kunci: KunciApi) -> None:
    """From now on the key opens nothing; what came through it stays.

    Raises:
        PermissionDenied: no work of this person in the key's region.
    """
    if not by.has_izin(Izin.KELOLA_KUNCI_API, kunci.wilayah):
        raise PermissionDenied
    KunciApi.objects.filter(pk=kunci.pk, dicabut_pada=None).update(dicabut_pada=timezone.now())


@dataclass(frozen=True)
class TerimaKiriman:
    """The receipt of a report that a program brought."""

    tanda: TandaTerima
    token: str


@transaction.atomic
def take_kiriman(*, kunci: KunciApi, laporan: Laporan, isi: str, idempotensi: str = "") -> TerimaKiriman:
    """Store a report that a program brought.

    Args:
        isi: everything that was sent, in one form whatever its order.
        idempotensi: the program's own key for this report: sent again, or many times at once, it is one report and one
            answer. Without it each call is a report of its own.

    Raises:
        ValidationError: another report was sent under this Idempotency-Key.
    """
    form = f"open311:{kunci.pk}:{idempotensi or uuid.uuid4().hex}"
    tanda_terima = terima(laporan=laporan, kunci=form)
    mark = tanda("open311.kiriman", isi)
    kiriman, _new = KirimanOpen311.objects.get_or_create(
        pengaduan=tanda_terima.pengaduan,
        defaults={"kunci": kunci, "token": secrets.token_urlsafe(16), "sidik": mark},
    )
    if bytes(kiriman.sidik) != mark:
        raise ValidationError(_("Idempotency-Key ini sudah dipakai untuk laporan lain. Pakai kunci baru."))
    today = timezone.localdate()
    KunciApi.objects.filter(pk=kunci.pk).exclude(dipakai_pada=today).update(dipakai_pada=today)
    return TerimaKiriman(tanda_terima, kiriman.token)

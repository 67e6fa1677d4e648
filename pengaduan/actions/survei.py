"""Keep surveys of satisfaction: from the draft to what is published."""

import datetime
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, UnitLayanan
from p3pd_portal.lib.kode import kode_dari
from p3pd_portal.lib.skm import RESPONDEN_TERSEDIKIT
from pengaduan.aggregation.survei import rebuild
from pengaduan.models import Survei
from pengaduan.models.survei import q_unit


PANJANG_KUNCI = 10
HARI_MENUNGGU_KERTAS = 30
"""Days after its last day in which paper is typed in; then a survey closes by itself, and the marks go."""
Status = Survei.Status
BOLEH_UBAH: dict[str, tuple[str, ...]] = {
    Status.DRAF: ("unit", "jenis_layanan", "periode", "populasi", "dari", "sampai"),
    Status.BERJALAN: ("populasi", "sampai"),
    Status.DITUTUP: ("populasi",),
    Status.TERBIT: (),
}
"""What of a survey may still be corrected where it stands."""


def lock_survei(survei: Survei, by: Pengguna) -> Survei:
    """The survey as it is now, ours until the transaction ends.

    Raises:
        PermissionDenied: no survey that this person keeps.
    """
    mine = Survei.objects.select_for_update(of=("self",)).visible_to(by)
    found = mine.select_related("unit__wilayah").filter(pk=survei.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _save(survei: Survei) -> None:
    survei.full_clean(exclude=["kunci", "garam"])
    survei.save()


@transaction.atomic
def create_survei(*, by: Pengguna, unit: UnitLayanan, **isi: Any) -> Survei:
    """A draft, with the key of its link.

    Args:
        isi: `jenis_layanan`, `periode`, `dari`, `sampai`, and `populasi` where it is known.

    Raises:
        PermissionDenied: not a unit whose surveys this person keeps.
        ValidationError: that service was surveyed in that period already, or the days are in the wrong order.
    """
    if not UnitLayanan.objects.filter(q_unit(by), pk=unit.pk).exists():
        raise PermissionDenied
    survei = Survei(unit=unit, kunci=kode_dari(secrets.token_bytes(8), PANJANG_KUNCI), **isi)
    _save(survei)
    return survei


@transaction.atomic
def change_survei(*, by: Pengguna, survei: Survei, **isi: Any) -> Survei:
    """Correct what may still be corrected.

    Raises:
        PermissionDenied: not a survey, or not a unit, of this person.
        ValidationError: that is fixed by now, or breaks a rule.
    """
    survei = lock_survei(survei, by)
    if not isi.keys() <= set(BOLEH_UBAH[survei.status]):
        raise ValidationError(_("Bagian itu tidak dapat diubah lagi: survei sudah %(status)s.") % _words(survei))
    if "unit" in isi and not UnitLayanan.objects.filter(q_unit(by), pk=isi["unit"].pk).exists():
        raise PermissionDenied
    for name, value in isi.items():
        setattr(survei, name, value)
    _save(survei)
    return survei


def _words(survei: Survei) -> dict[str, str]:
    return {"status": str(survei.get_status_display())}


def require_status(survei: Survei, *status: str) -> None:
    """Raises:
    ValidationError: it stands somewhere else.
    """
    if survei.status not in status:
        raise ValidationError(_("Langkah ini tidak berlaku lagi: survei sekarang %(status)s.") % _words(survei))


@transaction.atomic
def open_survei(*, by: Pengguna, survei: Survei) -> Survei:
    """Let people answer.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it is no draft, or its last day is over.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.DRAF)
    if survei.sampai < timezone.localdate():
        raise ValidationError(_("Hari terakhirnya sudah lewat. Ubah tanggalnya, lalu buka lagi."))
    survei.status, survei.garam = Status.BERJALAN, secrets.token_bytes(32)
    survei.save()
    return survei


@transaction.atomic
def close_survei(*, by: Pengguna, survei: Survei) -> Survei:
    """Take no more answers, forget the marks of devices, and count.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it does not run.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.BERJALAN)
    _close(survei)
    return survei


def _close(survei: Survei) -> None:
    survei.status, survei.garam, survei.ditutup_pada = Status.DITUTUP, None, timezone.now()
    survei.save()
    survei.jawaban.update(tanda=None)
    rebuild(survei)


@transaction.atomic
def close_overdue(*, pada: datetime.date) -> int:
    """Close what nobody closed a month after its last day; returns how many."""
    since = pada - datetime.timedelta(days=HARI_MENUNGGU_KERTAS)
    rows = list(Survei.objects.select_for_update().filter(status=Status.BERJALAN, sampai__lt=since).order_by("pk"))
    for survei in rows:
        _close(survei)
    return len(rows)


@transaction.atomic
def publish_survei(*, by: Pengguna, survei: Survei) -> Survei:
    """Show everybody what a survey found.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it is not closed, or too few answered for an index.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.DITUTUP)
    if rebuild(survei).ikm is None:
        words = {"n": RESPONDEN_TERSEDIKIT}
        text = _("IKM memerlukan sedikitnya %(n)s responden dan jawaban pada kesembilan unsur. Survei ini belum.")
        raise ValidationError(text % words)
    survei.status, survei.terbit_pada = Status.TERBIT, timezone.now()
    survei.save()
    return survei


@transaction.atomic
def withdraw_survei(*, by: Pengguna, survei: Survei) -> Survei:
    """Take what was published back.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it is not published.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.TERBIT)
    survei.status, survei.terbit_pada = Status.DITUTUP, None
    survei.save()
    return survei


@transaction.atomic
def plan_survei(*, by: Pengguna, survei: Survei, rencana: str) -> Survei:
    """Write down what the unit will do about its weakest elements.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it still runs, and nobody knows its weakest elements yet.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.DITUTUP, Status.TERBIT)
    survei.rencana = rencana
    survei.save()
    return survei

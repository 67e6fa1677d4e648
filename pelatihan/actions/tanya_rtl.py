"""Ask participants how their plans go."""

import datetime
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kecamatan.actions.notifikasi import send_surel
from kecamatan.models import Pengguna
from pelatihan.models import PemantauanRtl, Peserta


@transaction.atomic
def ask_due(*, pada: datetime.date) -> dict[str, int]:
    """Send one mail to each participant with an account who has plans due, and write down that it was sent.

    Repeatable: nobody is asked twice of the same, by one worker or by several. Those without an account are left to the
    organiser (`pelatihan.queries.rtl.perlu_dihubungi`).

    Returns:
        `ditanya`, the number of participants.
    """
    waiting = PemantauanRtl.objects.due(pada).select_for_update(of=("self",), skip_locked=True)
    with_account = waiting.filter(rtl__peserta__orang__pengguna__is_active=True).select_related("rtl__peserta")
    rows = sorted(with_account, key=lambda satu: (satu.rtl.peserta_id, satu.tonggak))
    accounts = Pengguna.objects.in_bulk({satu.rtl.peserta.orang_id for satu in rows}, field_name="orang_id")
    asked = 0
    for peserta, due in groupby(rows, key=lambda satu: satu.rtl.peserta):
        last = list(due)[-1]
        konteks, kunci = {"peserta": str(peserta.pk)}, f"rtl:{peserta.pk}:{last.tonggak}:{last.jatuh_tempo}"
        send_surel(kepada=accounts[peserta.orang_id], templat="pantau_rtl", konteks=konteks, kunci=kunci)
        asked += 1
    PemantauanRtl.objects.filter(pk__in=[satu.pk for satu in rows]).update(dikirim_pada=timezone.now())
    return {"ditanya": asked}


@transaction.atomic
def mark_asked(*, by: Pengguna, peserta: Peserta) -> int:
    """Write down that the organiser asked a participant without an account; returns for how many plans.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
    """
    if not Peserta.objects.visible_to(by).filter(pk=peserta.pk).exists():
        raise PermissionDenied
    due = PemantauanRtl.objects.due(timezone.localdate()).filter(rtl__peserta=peserta)
    return PemantauanRtl.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(
        dikirim_pada=timezone.now()
    )

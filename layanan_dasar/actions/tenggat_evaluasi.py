"""What happens to evaluations by the calendar alone; the night run calls it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from layanan_dasar.actions.evaluasi import format_day, tell_desa, tell_kecamatan
from layanan_dasar.models import EvaluasiAPBDes


Status = EvaluasiAPBDes.Status


@transaction.atomic
def settle_overdue(*, pada: datetime.date) -> int:
    """Drafts whose deadline passed without a result take effect by themselves (art. 33); both sides are told.

    Args:
        pada: today in Jakarta, where the day ends last.

    Returns:
        Number of evaluations.
    """
    overdue = EvaluasiAPBDes.objects.filter(status=Status.LENGKAP, tenggat__lt=pada)
    rows = list(overdue.select_for_update(of=("self",)).select_related("apbdes__desa__induk"))
    for evaluasi in rows:
        evaluasi.move(Status.BERLAKU_OTOMATIS)
        evaluasi.save()
        judul = _("Raperdes APBDes berlaku dengan sendirinya")
        isi = _("Tenggat evaluasi %(tenggat)s lewat tanpa hasil.") % {"tenggat": format_day(evaluasi.tenggat)}
        tell_kecamatan(evaluasi, "otomatis", judul, isi)
        tell_desa(evaluasi, "otomatis", judul, isi + " " + _("Perdes dapat ditetapkan."))
    return len(rows)


def remind_tenggat(*, pada: datetime.date) -> int:
    """Tell the evaluators of every deadline that is five working days away, or nearer and not told yet.

    Returns:
        Number of evaluations.
    """
    near = EvaluasiAPBDes.objects.filter(status=Status.LENGKAP, tgl_ingatkan__lte=pada, tenggat__gte=pada)
    rows = list(near.select_related("apbdes__desa__induk"))
    for evaluasi in rows:
        isi = _("Hasil evaluasi paling lambat %(tenggat)s; sesudahnya rancangan berlaku dengan sendirinya.")
        tell_kecamatan(
            evaluasi, "pengingat", _("Tenggat evaluasi mendekat"), isi % {"tenggat": format_day(evaluasi.tenggat)}
        )
    return len(rows)

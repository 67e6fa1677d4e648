"""Take in what people answer in a survey: from the public form, or typed from paper."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pengaduan.actions.survei import lock_survei, require_status
from pengaduan.models import JawabanSurvei, Survei
from pengaduan.queries.jawaban_survei import tanda_perangkat


Cara, Status = JawabanSurvei.Cara, Survei.Status


@dataclass(frozen=True)
class IsiJawaban:
    """What somebody answered: a value from 1 to 4 by the code of each element, and what they said of themselves."""

    nilai: Mapping[str, int | None]
    jenis_kelamin: str = ""
    kelompok_umur: str = ""
    pendidikan: str = ""
    pekerjaan: str = ""
    disabilitas: bool | None = None
    saran: str = field(default="", repr=False)


@transaction.atomic
def answer(
    *, survei: Survei, isi: IsiJawaban, kunci: str, cara: str = Cara.DARING, terbukti: bool = False,
    by: Pengguna | None = None,
) -> bool:  # fmt: skip
    """Store an answer; returns whether it is new. The same form or device again changes nothing.

    Args:
        kunci: key of the device, or of a sheet of paper; only a mark of it is kept until the survey closes.
        by: the officer who types in a sheet.

    Raises:
        PermissionDenied: an officer who does not keep this survey.
        ValidationError: it does not run, or nothing was answered.
    """
    survei = lock_survei(survei, by) if by else Survei.objects.select_for_update().get(pk=survei.pk)
    runs = survei.status == Status.BERJALAN if by else survei.is_open(timezone.localdate())
    if not runs:
        raise ValidationError(_("Survei ini tidak sedang berjalan."))
    if not any(isi.nilai.values()):
        raise ValidationError(_("Pilih sedikitnya satu jawaban."))
    said = asdict(isi)
    cara = Cara.KERTAS if by else cara
    row = said.pop("nilai") | said | {"cara": cara, "terbukti": terbukti, "dicatat_oleh": by}
    _answer, is_new = JawabanSurvei.objects.get_or_create(
        survei=survei, tanda=tanda_perangkat(survei, kunci), defaults=row
    )
    return is_new


@transaction.atomic
def remove_kertas(*, by: Pengguna, survei: Survei, pk: int) -> int:
    """Take a sheet back that was typed in wrongly; the history tells who did. Returns how many went, 0 or 1.

    Raises:
        PermissionDenied: not a survey of this person.
        ValidationError: it is closed and counted.
    """
    survei = lock_survei(survei, by)
    require_status(survei, Status.BERJALAN)
    return survei.jawaban.filter(pk=pk, cara=Cara.KERTAS).delete()[0]


def erase_saran(*, sebelum: datetime.datetime) -> int:
    """Forget what people wrote in their own words in surveys closed before a moment; returns how many."""
    return JawabanSurvei.objects.filter(survei__ditutup_pada__lt=sebelum).exclude(saran="").update(saran="")

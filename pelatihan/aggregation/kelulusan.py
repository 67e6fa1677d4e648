"""Who passes: the conditions of a cohort against what is known of a participant."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from p3pd_portal.lib.angka import angka
from pelatihan.models import Angkatan


@dataclass(frozen=True)
class Bukti:
    """What is known of a participant.

    Attributes:
        hadir: share of the lesson hours attended, 0–100 %; None where the class has no hours yet.
        nilai: mark of the last test, 0–100; None for a test not written, which is not 0.
        rtl: whether there is an action plan.
    """

    hadir: Decimal | None = None
    nilai: Decimal | None = None
    rtl: bool = False


def kekurangan(angkatan: Angkatan, bukti: Bukti) -> list[str]:
    """What a participant lacks of the conditions, in sentences; empty for one who passes.

    The conditions are those of the cohort (default: 80 % of the hours, a mark of 70 and an action plan; our own
    proposal, no regulation is known). A condition that is not asked for lacks nothing.
    """
    missing = []
    if angkatan.syarat_hadir is not None:
        missing += _lacks_hadir(bukti.hadir, angkatan.syarat_hadir)
    if angkatan.syarat_nilai is not None:
        missing += _lacks_nilai(bukti.nilai, angkatan.syarat_nilai)
    if angkatan.syarat_rtl and not bukti.rtl:
        missing.append(_("RTL belum ada"))
    return missing


def _lacks_hadir(hadir: Decimal | None, least: int) -> list[str]:
    if hadir is None:
        return [_("kehadiran belum tercatat")]
    words = {"n": angka(hadir, 1), "perlu": least}
    return [] if hadir >= least else [_("kehadiran %(n)s %% dari %(perlu)s %%") % words]


def _lacks_nilai(nilai: Decimal | None, least: int) -> list[str]:
    if nilai is None:
        return [_("pascates belum dikerjakan")]
    words = {"n": angka(nilai, 1), "perlu": least}
    return [] if nilai >= least else [_("nilai pascates %(n)s dari %(perlu)s") % words]

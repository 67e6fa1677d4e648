"""Forget those who were proposed and did not take part."""

import datetime

from django.db import transaction

from pelatihan.models import Calon
from pelatihan.models.usulan import DITERIMA


SIMPAN_CALON = datetime.timedelta(days=180)
"""[design] How long after the last day of a cohort; long enough to answer an objection against the selection."""
TERHAPUS = "(dihapus)"
KOSONG = dict.fromkeys(("gelar_depan", "gelar_belakang", "nip", "jabatan", "instansi", "telepon", "surel"), "")


@transaction.atomic
def erase_calon(*, pada: datetime.date) -> int:
    """Empty what a proposal says of people who got no place, once their cohort is long over; returns how many.

    Office, region, state and reason stay, so that the counts of a cohort do not change; names and decisions stay in the
    audit history as every act of office does.
    """
    over = Calon.objects.filter(usulan__undangan__angkatan__selesai__lt=pada - SIMPAN_CALON)
    gone = over.exclude(status__in=DITERIMA).exclude(nama=TERHAPUS).order_by()
    return gone.update(nama=TERHAPUS, **KOSONG)

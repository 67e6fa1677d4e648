"""Have what citizens sent along looked at by a virus scanner, outside of any request.

Without a scanner (settings.CLAMD) nothing waits. With one everything does until it was found clean: while the scanner
is down, and for good where it never says so. What was stored before there was one stays as it is.
"""

import logging
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from p3pd_portal.lib.virus import TakTerperiksa, find_virus, is_alive
from pengaduan.actions.catat import lock, record
from pengaduan.models import Lampiran, Langkah, LangkahPengaduan, Pihak


logger = logging.getLogger(__name__)
BERSIH, KARANTINA, BERVIRUS = Lampiran.Status.values
HILANG = "hilang"


def status_baru() -> str:
    """What may be done with a file that just came in."""
    return KARANTINA if settings.CLAMD else BERSIH


def scan_waiting() -> dict[str, int]:
    """Scan what waits, the oldest first; returns how many met which fate.

    A file about which the scanner says nothing stays where it is and holds up no other; a scanner that is down ends
    the run.
    """
    counts: Counter[str] = Counter()
    waiting = Lampiran.objects.waiting().order_by("pk") if settings.CLAMD else Lampiran.objects.none()
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            counts[_scan(pk)] += 1
        except TakTerperiksa as error:
            logger.warning("Lampiran %d belum diperiksa, tetap dikarantina: %s", pk, error)
            counts[KARANTINA] += 1
            if not is_alive(settings.CLAMD):
                break
    return dict(counts)


def _scan(pk: int) -> str:
    """Its content does not change while it waits, so nothing is locked while the scanner reads it; it may be gone
    afterwards."""
    isi = Lampiran.objects.waiting().filter(pk=pk).values_list("isi", flat=True).first()
    if isi is None:
        return HILANG
    virus = find_virus(bytes(isi), settings.CLAMD)
    if virus:
        return _reject(pk, virus)
    return BERSIH if Lampiran.objects.waiting().filter(pk=pk).update(status=BERSIH) else HILANG


@transaction.atomic
def _reject(pk: int, virus: str) -> str:
    """Empty it and tell the officers."""
    if not Lampiran.objects.waiting().filter(pk=pk).update(status=BERVIRUS, isi=b""):
        return HILANG
    satu = Lampiran.objects.select_related("pengaduan").defer("isi").get(pk=pk)
    told = _("Lampiran %(nomor)d ditolak pemeriksaan virus (%(virus)s); isinya dihapus.")
    record(
        lock(satu.pengaduan), Langkah.CATATAN, pihak=Pihak.SISTEM, sifat=LangkahPengaduan.Sifat.INTERNAL,
        catatan=told % {"nomor": satu.urutan, "virus": virus},
    )  # fmt: skip
    return BERVIRUS

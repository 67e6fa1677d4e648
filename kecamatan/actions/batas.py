"""How often one visitor, and all together, may try something: counted in the database, with the broker or without."""

import datetime

from django.db import connection
from django.utils import timezone

from kecamatan.models import Pembatas
from p3pd_portal.lib.sandi import tanda


JAM = datetime.timedelta(hours=1)
_COUNT = f"""
    INSERT INTO {Pembatas._meta.db_table} AS p (tanda, jumlah, sampai) VALUES (%s, 1, %s)
    ON CONFLICT (tanda) DO UPDATE SET jumlah = p.jumlah + 1 RETURNING jumlah
"""


def count_try(apa: str, siapa: str) -> int:
    """Count one more try of somebody within this hour; returns which one it is.

    Args:
        siapa: address of a visitor, or "" for all together; only a mark of it is kept, which means nothing next hour.
    """
    mark, until = _of(apa, siapa)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [mark, until])
        return int(cursor.fetchone()[0])


def tries(apa: str, siapa: str) -> int:
    """How often somebody tried within this hour."""
    found = Pembatas.objects.filter(tanda=_of(apa, siapa)[0])
    return found.values_list("jumlah", flat=True).first() or 0


def _of(apa: str, siapa: str) -> tuple[bytes, datetime.datetime]:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return tanda("pembatas", f"{apa}:{siapa}:{hour.isoformat()}"), hour + JAM


def erase_pembatas() -> int:
    """Forget counters whose hour is over."""
    return Pembatas.objects.filter(sampai__lt=timezone.now()).delete()[0]

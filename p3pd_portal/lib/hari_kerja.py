"""Working days: Monday to Friday without the days off that the caller hands in. Pure; see
kecamatan.queries.hari_libur for the calendar of a region.
"""

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from zoneinfo import ZoneInfo


ZONA = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}
"""The three time zones of Indonesia (Keppres 41/1987)."""

Libur = AbstractSet[datetime.date]


def is_working_day(day: datetime.date, libur: Libur) -> bool:
    return day.weekday() < 5 and day not in libur


def working_days(after: datetime.date, libur: Libur, step: int = 1) -> Iterator[datetime.date]:
    """Working days after a day, without end; before it, going back, with step -1."""
    day = after
    while True:
        day += datetime.timedelta(days=step)
        if is_working_day(day, libur):
            yield day


def add_working_days(start: datetime.date, n: int, libur: Libur) -> datetime.date:
    """The n-th working day after `start`, which itself does not count; before it when n is negative.

    Raises:
        OverflowError: beyond the last year that a date can have.
    """
    if n == 0:
        return start
    return next(islice(working_days(start, libur, 1 if n > 0 else -1), abs(n) - 1, None))


def due_day(
    start: datetime.date, n: int, jeda: Iterable[tuple[datetime.date, datetime.date | None]], libur: Libur
) -> datetime.date | None:
    """The n-th working day after `start` on a clock that stands still in between; None while it stands still.

    Args:
        jeda: pauses in order, each after its first day up to and with its last; the last of an open one is None.
    """
    due = add_working_days(start, n, libur)
    for dari, sampai in jeda:
        if due <= dari or (sampai and sampai <= start):
            continue
        if sampai is None:
            return None
        due = add_working_days(due, working_days_between(max(dari, start), sampai, libur), libur)
    return due


def working_days_between(start: datetime.date, end: datetime.date, libur: Libur) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, libur)
    days = (start + datetime.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, libur) for day in days)


def start_day(moment: datetime.datetime, zona: ZoneInfo, tutup: datetime.time, libur: Libur) -> datetime.date:
    """The working day as which a moment counts in a region: its own local day; the next working day for one on a
    day off, or at or after the hour at which the offices close.

    Raises:
        ValueError: a moment without a time zone means another day in every region.
    """
    if moment.tzinfo is None:
        raise ValueError("Waktu tanpa zona tidak dapat dihitung.")
    local = moment.astimezone(zona)
    if local.time() < tutup and is_working_day(local.date(), libur):
        return local.date()
    return next(working_days(local.date(), libur))

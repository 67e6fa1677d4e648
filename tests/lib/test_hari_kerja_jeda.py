"""A clock of working days that stands still in between, against a calendar that is walked day by day."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.hari_kerja import add_working_days, due_day, is_working_day


date = datetime.date
Jeda = list[tuple[date, date | None]]
FRIDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 7, day) for day in (3, 6, 7, 8, 9))
NEXT_FRIDAY, NEXT_MONDAY, NEXT_TUESDAY = (date(2026, 7, day) for day in (10, 13, 14))
NO_LIBUR: frozenset[date] = frozenset()

ORIGIN = date(2026, 1, 1)
LAST = ORIGIN + datetime.timedelta(days=250)
"""Past everything that is made here: by then the slow walk has found the day or never will."""

days = st.dates(ORIGIN, ORIGIN + datetime.timedelta(days=120))
sets_of_days = st.frozensets(days, max_size=30)
numbers = st.integers(1, 40)


@st.composite
def pauses(draw: st.DrawFn) -> Jeda:
    """Pauses in order that share no day, some of them empty or side by side; the last one may be open."""
    edges = sorted(draw(st.lists(days, max_size=8)))
    closed: Jeda = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2:
        closed.append((edges[-1], None))
    return closed


def in_pause(day: date, jeda: Jeda) -> bool:
    return any(dari < day <= (sampai or date.max) for dari, sampai in jeda)


def slow_due_day(start: date, n: int, jeda: Jeda, libur: frozenset[date]) -> date | None:
    """The second way: every day after the start is looked at, and one that counts is ticked off."""
    day, left = start, n
    while day < LAST:
        day += datetime.timedelta(days=1)
        weekend = day.strftime("%A") in ("Saturday", "Sunday")
        left -= not (weekend or day in libur or in_pause(day, jeda))
        if left == 0:
            return day
    return None


# Against the slow calendar


@given(days, numbers, pauses(), sets_of_days)
def test_it_is_the_nth_working_day_that_lies_in_no_pause(
    start: date, n: int, jeda: Jeda, libur: frozenset[date]
) -> None:
    assert due_day(start, n, jeda, libur) == slow_due_day(start, n, jeda, libur)


@given(days, numbers, pauses(), sets_of_days)
def test_it_stands_still_only_in_an_open_pause_that_begins_before_it_is_due(
    start: date, n: int, jeda: Jeda, libur: frozenset[date]
) -> None:
    closed = [(dari, sampai) for dari, sampai in jeda if sampai]
    before = due_day(start, n, closed, libur)
    assert before is not None
    stands_still = any(sampai is None and dari < before for dari, sampai in jeda)
    assert due_day(start, n, jeda, libur) == (None if stands_still else before)


# What holds for every calendar


@given(days, numbers, pauses(), sets_of_days)
def test_one_day_more_is_due_later_and_a_clock_that_stands_still_goes_on_standing(
    start: date, n: int, jeda: Jeda, libur: frozenset[date]
) -> None:
    due, later = due_day(start, n, jeda, libur), due_day(start, n + 1, jeda, libur)
    assert later is None or (due is not None and due < later)


@given(days, numbers, pauses(), sets_of_days)
def test_nothing_is_due_on_a_day_off_or_in_a_pause(start: date, n: int, jeda: Jeda, libur: frozenset[date]) -> None:
    due = due_day(start, n, jeda, libur)
    assert due is None or (due > start and is_working_day(due, libur) and not in_pause(due, jeda))


@given(days, numbers, pauses(), sets_of_days)
def test_a_pause_never_makes_it_due_earlier(start: date, n: int, jeda: Jeda, libur: frozenset[date]) -> None:
    dues = [due_day(start, n, jeda[:count], libur) or date.max for count in range(len(jeda) + 1)]
    assert dues[0] == add_working_days(start, n, libur)
    assert all(fewer <= more for fewer, more in pairwise(dues))


@given(days, numbers, pauses(), sets_of_days)
def test_a_clock_that_started_later_is_never_due_earlier(
    start: date, n: int, jeda: Jeda, libur: frozenset[date]
) -> None:
    tomorrow = start + datetime.timedelta(days=1)
    assert (due_day(start, n, jeda, libur) or date.max) <= (due_day(tomorrow, n, jeda, libur) or date.max)


# Plain cases, three days from a Friday on: due on Wednesday when nothing is in between


@pytest.mark.parametrize(
    ("jeda", "due"),
    [
        ([], WEDNESDAY),
        ([(MONDAY, TUESDAY)], THURSDAY),
        ([(FRIDAY, TUESDAY)], NEXT_FRIDAY),
        ([(date(2026, 6, 1), MONDAY)], THURSDAY),
        ([(date(2026, 6, 1), FRIDAY)], WEDNESDAY),
        ([(MONDAY, MONDAY)], WEDNESDAY),
        ([(TUESDAY, WEDNESDAY)], THURSDAY),
        ([(WEDNESDAY, THURSDAY)], WEDNESDAY),
        ([(MONDAY, TUESDAY), (TUESDAY, WEDNESDAY)], NEXT_FRIDAY),
        ([(MONDAY, TUESDAY), (WEDNESDAY, THURSDAY)], NEXT_FRIDAY),
        ([(TUESDAY, NEXT_FRIDAY)], NEXT_MONDAY),
        ([(MONDAY, WEDNESDAY), (NEXT_FRIDAY, None)], NEXT_FRIDAY),
        ([(WEDNESDAY, None)], WEDNESDAY),
        ([(TUESDAY, None)], None),
        ([(date(2026, 6, 1), None)], None),
        ([(MONDAY, WEDNESDAY), (THURSDAY, None)], None),
    ],
)
def test_the_clock_stands_still_in_a_pause(jeda: Jeda, due: date | None) -> None:
    assert due_day(FRIDAY, 3, jeda, NO_LIBUR) == due


def test_a_day_off_inside_a_pause_is_not_made_up_for() -> None:
    assert due_day(FRIDAY, 3, [(MONDAY, WEDNESDAY)], {TUESDAY}) == due_day(FRIDAY, 3, [(TUESDAY, WEDNESDAY)], {TUESDAY})


def test_a_pause_over_a_weekend_costs_nothing() -> None:
    assert due_day(THURSDAY, 2, [(NEXT_FRIDAY, date(2026, 7, 12))], NO_LIBUR) == NEXT_MONDAY


def test_a_pause_may_push_the_day_into_the_next_pause() -> None:
    jeda: Jeda = [(MONDAY, TUESDAY), (WEDNESDAY, NEXT_MONDAY)]
    assert due_day(FRIDAY, 3, jeda, NO_LIBUR) == NEXT_TUESDAY

import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.hari_kerja import (
    ZONA,
    add_working_days,
    is_working_day,
    start_day,
    working_days,
    working_days_between,
)


date = datetime.date
FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 7, day) for day in (3, 4, 5, 6, 7))
TUTUP = datetime.time(16)
NO_LIBUR: frozenset[date] = frozenset()

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
sets_of_days = st.frozensets(days, max_size=120)
moments = st.datetimes(
    datetime.datetime(2024, 1, 1),
    datetime.datetime(2028, 12, 31),
    timezones=st.sampled_from([datetime.UTC, *ZONA.values()]),
)


EVERYTHING = [date(2023, 1, 1) + datetime.timedelta(days=n) for n in range(9 * 365)]
WEEKDAYS = [day for day in EVERYTHING if day.strftime("%A") not in ("Saturday", "Sunday")]


def every_working_day(libur: frozenset[date]) -> list[date]:
    """The slow second way: the whole calendar of 2023–2031, crossed out day by day."""
    return [day for day in WEEKDAYS if day not in libur]


# Against the slow calendar


@given(days, st.integers(1, 260), sets_of_days)
def test_the_nth_day_is_the_nth_left_in_the_calendar(start: date, n: int, libur: frozenset[date]) -> None:
    assert add_working_days(start, n, libur) == [day for day in every_working_day(libur) if day > start][n - 1]


@given(days, st.integers(1, 120), sets_of_days)
def test_backwards_it_is_the_nth_before(start: date, n: int, libur: frozenset[date]) -> None:
    assert add_working_days(start, -n, libur) == [day for day in every_working_day(libur) if day < start][-n]


@given(days, days, sets_of_days)
def test_days_between_are_those_left_in_the_calendar(start: date, end: date, libur: frozenset[date]) -> None:
    first, last = sorted((start, end))
    count = len([day for day in every_working_day(libur) if first < day <= last])
    assert working_days_between(start, end, libur) == (count if start <= end else -count)


@given(moments, st.sampled_from(sorted(ZONA)), st.times(), sets_of_days)
def test_a_moment_counts_as_the_first_day_left_that_it_is_in_time_for(
    moment: datetime.datetime, zona: str, tutup: datetime.time, libur: frozenset[date]
) -> None:
    local = moment.astimezone(ZONA[zona])
    earliest = local.date() if local.time() < tutup else local.date() + datetime.timedelta(days=1)
    expected = next(day for day in every_working_day(libur) if day >= earliest)
    assert start_day(moment, ZONA[zona], tutup, libur) == expected


# What holds for every calendar


@given(days, st.integers(-60, 200), sets_of_days)
def test_adding_and_counting_undo_each_other(start: date, n: int, libur: frozenset[date]) -> None:
    moved = add_working_days(start, n, libur)
    if is_working_day(start, libur):
        assert working_days_between(start, moved, libur) == n


@given(days, days, st.integers(0, 60), sets_of_days)
def test_a_later_start_is_never_due_earlier(one: date, other: date, n: int, libur: frozenset[date]) -> None:
    first, second = sorted((one, other))
    assert add_working_days(first, n, libur) <= add_working_days(second, n, libur)


@given(days, st.integers(1, 60), sets_of_days)
def test_nothing_is_due_on_a_day_off(start: date, n: int, libur: frozenset[date]) -> None:
    assert is_working_day(add_working_days(start, n, libur), libur)


@given(days, st.integers(1, 60), sets_of_days, days)
def test_one_more_day_off_never_makes_it_due_earlier(start: date, n: int, libur: frozenset[date], more: date) -> None:
    assert add_working_days(start, n, libur) <= add_working_days(start, n, libur | {more})


# Plain cases


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [(FRIDAY, 0, FRIDAY), (FRIDAY, 1, MONDAY), (FRIDAY, 2, TUESDAY), (SATURDAY, 1, MONDAY), (SUNDAY, 0, SUNDAY),
     (MONDAY, -1, FRIDAY), (SUNDAY, -1, FRIDAY)],
)  # fmt: skip
def test_weekends_do_not_count(start: date, n: int, due: date) -> None:
    assert add_working_days(start, n, NO_LIBUR) == due


def test_the_start_itself_never_counts() -> None:
    assert add_working_days(FRIDAY, 1, {FRIDAY}) == MONDAY


def test_working_days_go_on_in_both_directions() -> None:
    assert list(islice(working_days(FRIDAY, {MONDAY}), 2)) == [TUESDAY, date(2026, 7, 8)]
    assert list(islice(working_days(MONDAY, NO_LIBUR, -1), 2)) == [FRIDAY, date(2026, 7, 2)]


def test_beyond_the_last_year_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(OverflowError):
        add_working_days(date(9999, 12, 30), 5, NO_LIBUR)


# The clock of a region


@pytest.mark.parametrize(
    ("local", "counts_as"),
    [
        ("2026-07-03T00:00", FRIDAY),
        ("2026-07-03T15:59:59", FRIDAY),
        ("2026-07-03T16:00", MONDAY),
        ("2026-07-03T23:59", MONDAY),
        ("2026-07-04T09:00", MONDAY),
        ("2026-07-05T09:00", MONDAY),
    ],
)
def test_after_hours_and_on_days_off_it_counts_as_of_the_next_working_day(local: str, counts_as: date) -> None:
    moment = datetime.datetime.fromisoformat(local).replace(tzinfo=ZONA["WITA"])
    assert start_day(moment, ZONA["WITA"], TUTUP, NO_LIBUR) == counts_as


@pytest.mark.parametrize(("zona", "counts_as"), [("WIB", FRIDAY), ("WITA", MONDAY), ("WIT", MONDAY)])
def test_one_moment_is_in_time_in_the_west_and_late_in_the_east(zona: str, counts_as: date) -> None:
    half_past_three_in_jakarta = datetime.datetime(2026, 7, 3, 8, 30, tzinfo=datetime.UTC)
    assert start_day(half_past_three_in_jakarta, ZONA[zona], TUTUP, NO_LIBUR) == counts_as


def test_one_moment_can_be_two_days() -> None:
    late_on_sunday_in_jakarta = datetime.datetime(2026, 7, 5, 23, 30, tzinfo=ZONA["WIB"])
    assert start_day(late_on_sunday_in_jakarta, ZONA["WIT"], TUTUP, {MONDAY}) == TUESDAY


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tanpa zona"):
        start_day(datetime.datetime(2026, 7, 3, 9), ZONA["WIB"], TUTUP, NO_LIBUR)


def test_the_three_zones_are_seven_eight_and_nine_hours_ahead() -> None:
    noon = datetime.datetime(2026, 7, 3, 12, tzinfo=datetime.UTC)
    hours = {name: zone.utcoffset(noon) for name, zone in ZONA.items() if isinstance(zone, ZoneInfo)}
    assert hours == {name: datetime.timedelta(hours=n) for name, n in (("WIB", 7), ("WITA", 8), ("WIT", 9))}

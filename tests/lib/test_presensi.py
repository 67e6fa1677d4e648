"""Rotating codes: taken for ninety seconds, never before or after, and never for another session."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib.presensi import BERLAKU, LANGKAH, hadir_persen, is_kode, is_token, kode, token


KUNCI = st.binary(min_size=32, max_size=32)
DETIK = st.floats(min_value=0, max_value=4e9)
SATU = b"k" * 32
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shown(detik: float) -> float:
    """When the code of a moment appeared."""
    return detik // LANGKAH * LANGKAH


@patiently
@given(kunci=KUNCI, detik=DETIK, after=st.floats(min_value=0, max_value=BERLAKU, exclude_max=True))
def test_a_code_is_taken_for_all_of_its_ninety_seconds(kunci: bytes, detik: float, after: float) -> None:
    then = min(shown(detik) + after, shown(detik) + BERLAKU - 0.001)
    assert is_token(kunci, token(kunci, detik), then)
    assert is_kode(kunci, kode(kunci, detik), then)


@patiently
@given(kunci=KUNCI, detik=DETIK, after=st.floats(min_value=BERLAKU, max_value=1e9))
def test_a_code_is_never_taken_later(kunci: bytes, detik: float, after: float) -> None:
    assert not is_token(kunci, token(kunci, detik), shown(detik) + after)


@patiently
@given(kunci=KUNCI, detik=st.floats(min_value=1e6, max_value=4e9), before=st.floats(min_value=0.001, max_value=1e6))
def test_a_code_is_never_taken_before_it_was_shown(kunci: bytes, detik: float, before: float) -> None:
    assert not is_token(kunci, token(kunci, detik), shown(detik) - before)


@patiently
@given(kunci=KUNCI, other=KUNCI, detik=DETIK)
def test_the_code_of_another_session_is_never_taken(kunci: bytes, other: bytes, detik: float) -> None:
    assert is_token(other, token(kunci, detik), detik) == (kunci == other)


@patiently
@given(detik=DETIK)
def test_a_code_has_six_digits_and_stands_still_for_half_a_minute(detik: float) -> None:
    found = kode(SATU, detik)
    assert len(found) == 6
    assert found.isdecimal()
    assert found == kode(SATU, shown(detik)) == kode(SATU, shown(detik) + 29.99)


@patiently
@given(text=st.text(max_size=40), detik=DETIK)
def test_what_somebody_makes_up_is_no_code(text: str, detik: float) -> None:
    assert not is_token(SATU, text, detik)


def test_of_a_million_codes_three_open() -> None:
    assert sum(is_kode(SATU, str(number).zfill(6), 1_700_000_000) for number in range(0, 1_000_000, 97)) <= 3
    opening = {kode(SATU, 1_700_000_000 - back) for back in (0, LANGKAH, 2 * LANGKAH)}
    assert all(is_kode(SATU, one, 1_700_000_000) for one in opening)


def test_a_code_is_none_of_the_other_kind() -> None:
    assert not is_token(SATU, kode(SATU, 0), 0)
    assert not is_kode(SATU, token(SATU, 0)[:6], 0)


@pytest.mark.parametrize(
    ("hadir", "seluruh", "persen"),
    [(0, 0, None), (0, 40, "0.0"), (32, 40, "80.0"), (1, 3, "33.3"), (2, 3, "66.7"), (40, 40, "100.0"),
     (44, 40, "100.0"), (1, 16, "6.3")],
)  # fmt: skip
def test_attendance_is_a_share_of_the_lesson_hours_and_unknown_without_any(
    hadir: int, seluruh: int, persen: str | None
) -> None:
    assert hadir_persen(hadir, seluruh) == (None if persen is None else Decimal(persen))


@patiently
@given(hadir=st.integers(0, 500), seluruh=st.integers(1, 500))
def test_attendance_stays_between_nothing_and_all(hadir: int, seluruh: int) -> None:
    assert 0 <= hadir_persen(hadir, seluruh) <= 100  # type: ignore[operator]

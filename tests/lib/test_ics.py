"""A calendar file is what RFC 5545 says, read by somebody else's reader too."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from p3pd_portal.lib.ics import Acara, kalender


WITA = ZoneInfo("Asia/Makassar")
SATU = Acara(
    uid="sesi-7@portal.contoh.test",
    mulai=datetime.datetime(2024, 6, 18, 8, 0, tzinfo=WITA),
    selesai=datetime.datetime(2024, 6, 18, 10, 15, tzinfo=WITA),
    judul="Kepemimpinan; kemitraan, dan \\ lain-lain",
    tempat="Ruang Flobamora, Hotel Kristal\nKupang",
    urutan=3,
    diubah=datetime.datetime(2024, 6, 1, 0, 0, tzinfo=datetime.UTC),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def logical(content: bytes) -> list[str]:
    """Unfolded lines."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_the_file_says_what_and_when_in_utc() -> None:
    assert logical(kalender("ToT tahap 2, Kelas Kupang", [SATU])) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dashboard Kecamatan//Jadwal Pelatihan//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:ToT tahap 2\\, Kelas Kupang",
        "BEGIN:VEVENT",
        "UID:sesi-7@portal.contoh.test",
        "DTSTAMP:20240601T000000Z",
        "SEQUENCE:3",
        "DTSTART:20240618T000000Z",
        "DTEND:20240618T021500Z",
        "SUMMARY:Kepemimpinan\\; kemitraan\\, dan \\\\ lain-lain",
        "LOCATION:Ruang Flobamora\\, Hotel Kristal\\nKupang",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_event_without_a_place_says_none() -> None:
    assert b"LOCATION" not in kalender("Jadwal", [replace(SATU, tempat="")])


def test_a_calendar_without_events_is_whole() -> None:
    assert Calendar.from_ical(kalender("Kosong", [])).events == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(judul=WORDS, tempat=WORDS, nama=WORDS)
def test_any_words_come_back_from_another_reader(judul: str, tempat: str, nama: str) -> None:
    content = kalender(nama, [replace(SATU, judul=judul, tempat=tempat)])
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(content).events
    kept = "".join(sign for sign in judul if sign == "\n" or sign.isprintable())
    assert str(event["SUMMARY"]) == kept
    assert (event.start, event.end) == (SATU.mulai, SATU.selesai)
    assert (event["UID"], event["SEQUENCE"]) == (SATU.uid, 3)


def test_no_sign_is_torn_by_a_fold() -> None:
    for row in kalender("é" * 200, [SATU]).split(b"\r\n"):
        row.decode()

"""A timetable as a calendar file (iCalendar, RFC 5545). All moments are written in UTC, so that no zone has to be
explained; every calendar shows them by its own clock."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


ICS_TYPE = "text/calendar; charset=utf-8"
PRODID = "-//Dashboard Kecamatan//Jadwal Pelatihan//ID"
_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Acara:
    """An event.

    Attributes:
        uid: stays the same when the event changes, in every file.
        urutan: how often it was changed.
        diubah: when it last was.
    """

    uid: str
    mulai: datetime.datetime
    selesai: datetime.datetime
    judul: str
    tempat: str
    urutan: int
    diubah: datetime.datetime


def kalender(nama: str, acara: Iterable[Acara]) -> bytes:
    """The calendar file; moments must have a time zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(nama)}")
    for satu in acara:
        lines += _event(satu)
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def _event(satu: Acara) -> list[str]:
    place = [f"LOCATION:{_text(satu.tempat)}"] if satu.tempat else []
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(satu.uid)}",
        f"DTSTAMP:{_utc(satu.diubah)}",
        f"SEQUENCE:{satu.urutan}",
        f"DTSTART:{_utc(satu.mulai)}",
        f"DTEND:{_utc(satu.selesai)}",
        f"SUMMARY:{_text(satu.judul)}",
        *place,
        "END:VEVENT",
    ]


def _utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """§3.3.11; other control characters may not stand in a file at all."""
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).translate(_ESCAPES)


def _fold(line: str) -> bytes:
    """§3.1: no line longer than 75 octets, and no sign torn apart; a folded line goes on after a blank."""
    rows = [b""]
    for sign in line:
        octets = sign.encode()
        if len(rows[-1]) + len(octets) > _OCTETS:
            rows.append(b" ")
        rows[-1] += octets
    return b"\r\n".join(rows) + b"\r\n"

"""Where a person is logged in, and whose account a single sign-on means."""

import datetime
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from kecamatan.models import Pengguna


@dataclass(frozen=True)
class Sesi:
    """One place where somebody is logged in now.

    Attributes:
        perangkat: browser and system in words, as far as the browser tells.
        terakhir: last request, to the minute.
        ini: the session that asks.
    """

    id: int
    perangkat: str
    alamat: str
    mulai: datetime.datetime
    terakhir: datetime.datetime
    ini: bool


# First match wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
             "Chrom": "Chrome", "Safari": "Safari"}  # fmt: skip
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac",
            "Linux": "Linux"}  # fmt: skip


def perangkat(user_agent: str) -> str:
    """Browser and system of a User-Agent header in words."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "Peramban lain")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} di {system}" if system else browser


def sesi_berjalan(pengguna: Pengguna, session_key: str | None) -> list[Sesi]:
    """Sessions of this person that would still be let in, the latest login first."""
    known = {row.session_key: row for row in UserSession.objects.filter(user=pengguna).order_by("-created_at")}
    alive = Session.objects.filter(session_key__in=known, expire_date__gt=timezone.now())
    ends = dict(alive.values_list("session_key", "expire_date"))
    idle = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [
        Sesi(row.pk, perangkat(row.user_agent), row.ip, row.created_at, ends[key] - idle, key == session_key)
        for key, row in known.items()
        if key in ends
    ]


def find_pengguna_sso(*, nip: str | None, email: str | None) -> Pengguna | None:
    """The one active account that a single sign-on means: by NIP, or by an e-mail address it has verified.

    None when nobody or more than one fits, when the two contradict each other, and for superusers: a server of one
    daerah must not open the account that manages all of them.
    """
    named = Q(pk__in=[])
    if nip:
        named |= Q(orang__nip=nip)
    if email:
        named |= Q(email=email.lower())
    found = list(Pengguna.objects.filter(named, is_active=True, is_superuser=False).select_related("orang")[:2])
    if len(found) != 1 or (nip and found[0].orang.nip not in (None, nip)):
        return None
    return found[0]

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kecamatan.models import Pengguna
from kecamatan.queries.masuk import find_pengguna_sso, perangkat, sesi_berjalan
from tests.factories import PenggunaFactory


NIP = "198003122005011991"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("", "Peramban lain"),
        ("curl/8.5", "Peramban lain"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
        ("Mozilla/5.0 (Linux; Android 14; K) Chrome/140.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge di Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 OPR/120.0", "Opera di Windows"),
        ("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/28.0 Chrome/130.0", "Samsung Internet di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1", "Safari di Mac"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str) -> None:
    assert perangkat(user_agent) == words


@pytest.fixture
def siti(db: None) -> Pengguna:
    return PenggunaFactory(email="siti@uji.test", orang__nip=NIP)


def session_of(pengguna: Pengguna, key: str, minutes: int) -> None:
    ends = timezone.now() + datetime.timedelta(minutes=minutes)
    Session.objects.create(session_key=key, session_data="", expire_date=ends)
    UserSession.objects.create(user=pengguna, session_key=key, ip="203.0.113.7")


def test_only_sessions_that_would_still_be_let_in_are_listed(siti: Pengguna) -> None:
    session_of(siti, "berjalan", 10)
    session_of(siti, "habis", -1)
    session_of(PenggunaFactory(), "orang-lain", 10)
    (sesi,) = sesi_berjalan(siti, "berjalan")
    assert sesi.ini
    assert 19 <= (timezone.now() - sesi.terakhir).total_seconds() / 60 <= 21
    assert not sesi_berjalan(siti, None)[0].ini


@pytest.mark.parametrize(
    ("nip", "email"),
    [(NIP, None), (None, "siti@uji.test"), (None, "Siti@Uji.Test"), (NIP, "siti@uji.test"), (NIP, "x@y.test")],
)
def test_sso_means_the_account_with_this_nip_or_address(nip: str | None, email: str | None, siti: Pengguna) -> None:
    assert find_pengguna_sso(nip=nip, email=email) == siti


@pytest.mark.parametrize(
    ("nip", "email"),
    [(None, None), ("", ""), ("198003122005011992", None), (None, "lain@uji.test"),
     ("198003122005011992", "siti@uji.test")],
)  # fmt: skip
def test_sso_means_nobody_when_it_names_nobody_or_contradicts_itself(
    nip: str | None, email: str | None, siti: Pengguna
) -> None:
    assert find_pengguna_sso(nip=nip, email=email) is None


def test_sso_that_names_two_accounts_means_neither(siti: Pengguna) -> None:
    PenggunaFactory(email="budi@uji.test")
    assert find_pengguna_sso(nip=NIP, email="budi@uji.test") is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_sso_opens_no_account_that_is_off_or_manages_all(change: dict[str, bool], siti: Pengguna) -> None:
    Pengguna.objects.filter(pk=siti.pk).update(**change)
    assert find_pengguna_sso(nip=NIP, email=None) is None

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kecamatan.actions.masuk import delete_old_sesi, end_other_sesi, end_sesi
from kecamatan.models import Pengguna
from kecamatan.tasks import hapus_sesi_lama
from tests.factories import PenggunaFactory


pytestmark = pytest.mark.django_db


def open_sesi(pengguna: Pengguna, key: str, minutes: int = 30) -> None:
    ends = timezone.now() + datetime.timedelta(minutes=minutes)
    Session.objects.create(session_key=key, session_data="", expire_date=ends)
    UserSession.objects.create(user=pengguna, session_key=key, ip="203.0.113.7")


def keys() -> tuple[set[str], set[str]]:
    """Sessions that let somebody in, and sessions on record."""
    return set(Session.objects.values_list("pk", flat=True)), set(
        UserSession.objects.values_list("session_key", flat=True)
    )


def test_everything_but_the_own_session_ends() -> None:
    siti, budi = PenggunaFactory(), PenggunaFactory()
    for key in ("kantor", "ponsel", "warnet"):
        open_sesi(siti, key)
    open_sesi(budi, "milik-budi")
    assert end_other_sesi(pengguna=siti, session_key="kantor") == 2
    assert keys() == ({"kantor", "milik-budi"}, {"kantor", "milik-budi"})


def test_one_session_ends() -> None:
    siti = PenggunaFactory()
    open_sesi(siti, "kantor")
    open_sesi(siti, "ponsel")
    assert end_sesi(sesi=UserSession.objects.filter(session_key="ponsel")) == 1
    assert keys() == ({"kantor"}, {"kantor"})


def test_nothing_to_end_is_no_failure() -> None:
    assert end_sesi(sesi=UserSession.objects.none()) == 0


def test_sessions_that_have_ended_are_forgotten_at_night() -> None:
    siti = PenggunaFactory()
    open_sesi(siti, "berjalan")
    open_sesi(siti, "habis", minutes=-1)
    UserSession.objects.create(user=siti, session_key="tanpa-sesi", ip="203.0.113.7")
    assert hapus_sesi_lama() == {"dihapus": 1}
    assert keys() == ({"berjalan"}, {"berjalan"})
    assert delete_old_sesi() == 0

"""Login by the single sign-on of a daerah, against a server that speaks like Keycloak."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from kecamatan.models import Pengguna, Penugasan, Wilayah
from tests import totp
from tests.assertions import content, visible_text
from tests.factories import PenggunaFactory, PenugasanFactory
from tests.kecamatan.sso import CLIENT, SECRET, Sso, running


pytestmark = pytest.mark.django_db
NIP, EMAIL = "198003122005011991", "siti@uji.test"


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def sso(settings: Any) -> Iterator[Sso]:
    with running() as server:
        app = {"provider_id": "daerah", "name": "SSO Kabupaten Satu", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": server.url, "oauth_pkce_enabled": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield server


@pytest.fixture
def siti(wilayah: dict[str, Wilayah]) -> Pengguna:
    siti = PenggunaFactory(orang__nip=NIP, email=EMAIL, langkah_kedua=False)
    PenugasanFactory(pengguna=siti, wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    return siti


def log_in(client: Client, sso: Sso, **claims: object) -> HttpResponse:
    """From the button of the login page to SSO and back."""
    sso.claims = {"sub": "a1b2", **claims}
    away = client.post("/masuk/sso/daerah/").headers["Location"]
    (state,) = parse_qs(urlsplit(away).query)["state"]
    return client.get("/masuk/sso/daerah/selesai/", {"code": "kode", "state": state})


def is_inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_without_sso_the_login_page_offers_none(client: Client, db: None) -> None:
    assert "Masuk dengan" not in visible_text(client.get("/masuk/"))


def test_the_login_page_offers_it_by_name(sso: Sso, client: Client) -> None:
    page = client.get("/masuk/")
    assert "Masuk dengan SSO Kabupaten Satu" in visible_text(page)
    assert 'action="/masuk/sso/daerah/' in content(page)


def test_only_a_sent_form_leads_away(sso: Sso, client: Client) -> None:
    assert "Anda akan dibawa ke SSO Kabupaten Satu" in visible_text(client.get("/masuk/sso/daerah/"))
    away = urlsplit(client.post("/masuk/sso/daerah/").headers["Location"])
    asked = parse_qs(away.query)
    assert f"{away.scheme}://{away.netloc}{away.path}" == f"{sso.url}/auth"
    assert asked["redirect_uri"] == ["http://testserver/masuk/sso/daerah/selesai/"]
    assert asked["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize("claims", [{"nip": NIP}, {"email": EMAIL, "email_verified": True}])
def test_it_opens_the_account_of_this_nip_or_verified_address(
    claims: dict[str, object], siti: Pengguna, sso: Sso, client: Client
) -> None:
    assert log_in(client, sso, **claims).headers["Location"] == "/mulai/"
    assert client.session["_auth_user_id"] == str(siti.pk)
    assert sso.token_requests[0]["code_verifier"]


def test_the_second_time_it_opens_the_same_account_whatever_it_tells(siti: Pengguna, sso: Sso, client: Client) -> None:
    log_in(client, sso, nip=NIP)
    other = Client()
    log_in(other, sso)
    assert other.session["_auth_user_id"] == str(siti.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"name": "Orang 0", "preferred_username": EMAIL},
        {"email": EMAIL},
        {"email": EMAIL, "email_verified": False},
        {"email": EMAIL, "email_verified": "true"},
        {"nip": "198003122005011992", "email": EMAIL, "email_verified": True},
        {"email": "baru@uji.test", "email_verified": True},
    ],
)
def test_whoever_has_no_account_here_gets_none(
    claims: dict[str, object], siti: Pengguna, sso: Sso, client: Client
) -> None:
    answer = log_in(client, sso, **claims)
    assert "Tidak ada akun di portal ini dengan NIP atau surel dari SSO Anda." in visible_text(answer)
    assert not is_inside(client)
    assert Pengguna.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_it_gives_no_role(siti: Pengguna, sso: Sso, client: Client) -> None:
    log_in(client, sso, nip=NIP, groups=["admin"], realm_access={"roles": ["admin_pusat"]})
    siti.refresh_from_db()
    assert not siti.is_superuser
    assert list(Penugasan.objects.values_list("peran", flat=True)) == ["operator_kecamatan"]


def test_nothing_it_tells_is_kept_but_its_own_number(siti: Pengguna, sso: Sso, client: Client) -> None:
    log_in(client, sso, nip=NIP, phone_number="+628123456789")
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("a1b2", {})
    log_in(Client(), sso, nip=NIP, phone_number="+628123456789")
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_it_does_not_go_round_the_second_factor(siti: Pengguna, sso: Sso, client: Client) -> None:
    TOTP.activate(siti, totp.SECRET)
    assert log_in(client, sso, nip=NIP).headers["Location"] == "/masuk/kode/"
    assert not is_inside(client)
    client.post("/masuk/kode/", {"code": totp.code()})
    assert is_inside(client)


def test_a_camat_without_second_factor_is_led_to_setting_it_up(siti: Pengguna, sso: Sso, client: Client) -> None:
    Penugasan.objects.update(peran="camat")
    log_in(client, sso, nip=NIP)
    assert client.get("/mulai/").headers["Location"] == "/saya/autentikator/"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_it_opens_no_account_that_is_off_or_manages_all(
    change: dict[str, bool], siti: Pengguna, sso: Sso, client: Client
) -> None:
    Pengguna.objects.update(**change)
    log_in(client, sso, nip=NIP)
    assert not is_inside(client)


def test_an_account_switched_off_later_stays_shut(siti: Pengguna, sso: Sso, client: Client) -> None:
    log_in(client, sso, nip=NIP)
    Pengguna.objects.update(is_active=False)
    other = Client()
    assert log_in(other, sso, nip=NIP).headers["Location"] == "/akun-nonaktif/"
    assert not is_inside(other)


def test_a_server_that_fails_is_told_with_a_way_round(siti: Pengguna, sso: Sso, client: Client) -> None:
    away = client.post("/masuk/sso/daerah/").headers["Location"]
    (state,) = parse_qs(urlsplit(away).query)["state"]
    sso.down = True
    answer = client.get("/masuk/sso/daerah/selesai/", {"code": "kode", "state": state})
    assert "Masuk lewat SSO belum berhasil." in visible_text(answer)
    assert 'href="/masuk/"' in content(answer)


def test_a_server_that_is_down_is_told_before_anybody_is_sent_there(sso: Sso, client: Client) -> None:
    sso.down = True
    assert "Masuk lewat SSO belum berhasil." in visible_text(client.post("/masuk/sso/daerah/"))


def test_a_forged_return_opens_nothing(siti: Pengguna, sso: Sso, client: Client) -> None:
    sso.claims = {"sub": "a1b2", "nip": NIP}
    answer = client.get("/masuk/sso/daerah/selesai/", {"code": "kode", "state": "karangan"})
    assert "Masuk lewat SSO belum berhasil." in visible_text(answer)
    assert not is_inside(client)


def test_turning_back_leads_to_the_login(siti: Pengguna, sso: Sso, client: Client) -> None:
    away = client.post("/masuk/sso/daerah/").headers["Location"]
    (state,) = parse_qs(urlsplit(away).query)["state"]
    answer = client.get("/masuk/sso/daerah/selesai/", {"error": "access_denied", "state": state}, follow=True)
    assert "Masuk lewat SSO dibatalkan." in visible_text(answer)
    assert answer.redirect_chain[-1] == ("/masuk/", 302)

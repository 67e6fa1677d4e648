"""Secrets of second factors at rest."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.test import Client

from kecamatan.adapters import MfaAdapter, alamat_pengunjung
from tests import totp
from tests.assertions import content
from tests.factories import PenggunaFactory


def test_a_secret_is_not_kept_as_it_is(db: None) -> None:
    factor = Authenticator.objects.get(user=PenggunaFactory())
    assert totp.SECRET not in str(factor.data)
    assert factor.wrap().validate_code(totp.code())


def test_the_admin_shows_no_secret(db: None, client: Client) -> None:
    admin = PenggunaFactory(is_superuser=True)
    client.force_login(admin)
    page = content(client.get(f"/admin/mfa/authenticator/{Authenticator.objects.get(user=admin).pk}/change/"))
    assert "totp" in page
    assert totp.SECRET not in page


def test_a_new_key_reads_what_the_old_one_encrypted(settings: Any) -> None:
    kept = MfaAdapter().encrypt(totp.SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "kunci-baru"
    assert MfaAdapter().decrypt(kept) == totp.SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        MfaAdapter().decrypt(kept)


def test_two_people_with_one_secret_do_not_look_alike(db: None) -> None:
    one, other = (TOTP.activate(PenggunaFactory(langkah_kedua=False), totp.SECRET).instance for _ in range(2))
    assert one.data != other.data


def test_the_address_of_a_visitor_is_the_one_that_all_limits_count(rf: Any) -> None:
    assert alamat_pengunjung(rf.get("/", REMOTE_ADDR="203.0.113.7")) == "203.0.113.7"

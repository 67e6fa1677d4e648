"""Logging in and out, as a browser does it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kecamatan.adapters import AkunAdapter
from kecamatan.models import Pengguna, Wilayah
from tests import totp
from tests.assertions import content, visible_text
from tests.factories import PenggunaFactory, PenugasanFactory
from tests.totp import code


pytestmark = pytest.mark.django_db
NIP, EMAIL, PASSWORD = "198003122005011991", "siti@uji.test", "rahasia-sekali"
MISMATCH = "NIP/surel atau kata sandi tidak cocok. Periksa lalu coba lagi."
TOO_MANY = "Terlalu banyak percobaan masuk. Coba lagi 15 menit lagi, atau hubungi admin kabupaten Anda."


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()  # tests with a server of their own leave counts of this address


@pytest.fixture
def siti(wilayah: dict[str, Wilayah]) -> Pengguna:
    """An operator of Alfa with a NIP, without a second factor."""
    siti = PenggunaFactory(
        orang__nama="Siti Aminah", orang__nip=NIP, email=EMAIL, password=PASSWORD, langkah_kedua=False
    )
    PenugasanFactory(pengguna=siti, wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    return siti


@pytest.fixture
def with_totp(siti: Pengguna) -> Pengguna:
    TOTP.activate(siti, totp.SECRET)
    return siti


def log_in(client: Client, login: str = EMAIL, password: str = PASSWORD) -> HttpResponse:
    return client.post("/masuk/", {"login": login, "password": password})


def is_inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Password


@pytest.mark.parametrize(
    "login", [EMAIL, "SITI@Uji.Test", f"  {EMAIL} ", NIP, "19800312 200501 1 991", "198003122005011991\u00a0"]
)
def test_people_log_in_by_email_or_nip_however_they_type_it(login: str, siti: Pengguna, client: Client) -> None:
    answer = log_in(client, login)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mulai/")
    assert client.session["_auth_user_id"] == str(siti.pk)


def test_after_the_login_comes_the_own_region(siti: Pengguna, client: Client) -> None:
    log_in(client)
    assert client.get("/mulai/").headers["Location"] == "/wilayah/11.01.01/"


def test_after_the_login_comes_the_page_that_was_asked_for(siti: Pengguna, client: Client) -> None:
    asked = "/wilayah/11.01.01/belanja/impor/"
    form = client.get(asked).headers["Location"]
    assert form == f"/masuk/?next={asked}"
    answer = client.post(form, {"login": EMAIL, "password": PASSWORD, "next": asked})
    assert answer.headers["Location"] == asked


@pytest.mark.parametrize(
    ("login", "password"), [(EMAIL, "salah-sekali-1"), (NIP, "salah-sekali-1"), (EMAIL, PASSWORD.upper())]
)
def test_a_wrong_password_is_told_in_plain_words(login: str, password: str, siti: Pengguna, client: Client) -> None:
    answer = log_in(client, login, password)
    assert answer.status_code == 200
    assert MISMATCH in visible_text(answer)
    assert not is_inside(client)


@pytest.mark.parametrize("login", [EMAIL, NIP, "tidakada@uji.test", "111111111111111111", "12345", "bukan surel"])
def test_nobody_learns_who_has_an_account(login: str, siti: Pengguna, client: Client) -> None:
    """Known or not, e-mail or NIP: the same status and, but for what was typed, the same page."""
    answer = log_in(client, login, "salah-sekali-1")
    unknown = log_in(Client(), "siapa@uji.test", "salah-sekali-1")
    pages = [
        re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", content(page)).replace(typed, "…")
        for page, typed in ((answer, login), (unknown, "siapa@uji.test"))
    ]
    assert (answer.status_code, pages[0]) == (unknown.status_code, pages[1])


def test_the_password_is_not_sent_back(siti: Pengguna, client: Client) -> None:
    assert "salah-sekali-1" not in content(log_in(client, EMAIL, "salah-sekali-1"))


def test_both_fields_are_needed(client: Client) -> None:
    assert visible_text(log_in(client, "", "")).count("Bidang ini tidak boleh kosong.") == 2


def test_the_form_asks_for_nip_or_email_first(client: Client) -> None:
    page = content(client.get("/masuk/"))
    assert re.findall(r'<label[^>]*for="id_(\w+)">([^<]+)', page) == [
        ("login", "NIP atau surel"), ("password", "Kata sandi")
    ]  # fmt: skip
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_an_account_without_a_password_lets_nobody_in(wilayah: dict[str, Wilayah], client: Client) -> None:
    PenggunaFactory(email="baru@uji.test", password=None)
    assert MISMATCH in visible_text(log_in(client, "baru@uji.test"))


# Accounts that were switched off


def test_an_inactive_account_is_told_so_after_the_right_password(siti: Pengguna, client: Client) -> None:
    Pengguna.objects.update(is_active=False)
    answer = client.post("/masuk/", {"login": EMAIL, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/akun-nonaktif/", 302)]
    assert "Akun Anda sudah dinonaktifkan." in visible_text(answer)
    assert not is_inside(client)


def test_an_inactive_account_looks_like_any_other_before(siti: Pengguna, client: Client) -> None:
    Pengguna.objects.update(is_active=False)
    assert MISMATCH in visible_text(log_in(client, EMAIL, "salah-sekali-1"))


def test_switching_an_account_off_ends_its_sessions(siti: Pengguna, client: Client) -> None:
    log_in(client)
    Pengguna.objects.update(is_active=False)
    assert client.get("/mulai/").headers["Location"] == "/masuk/?next=/mulai/"


# Second factor


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_the_code_of_the_phone_completes_the_login(offset: int, with_totp: Pengguna, client: Client) -> None:
    assert log_in(client).headers["Location"] == "/masuk/kode/"
    assert not is_inside(client)
    assert "Buka aplikasi autentikator" in visible_text(client.get("/masuk/kode/"))
    assert client.post("/masuk/kode/", {"code": code(offset)}).headers["Location"] == "/mulai/"
    assert is_inside(client)


@pytest.mark.parametrize("wrong", ["code(-20)", "code(20)", "abc", ""])
def test_a_wrong_code_lets_nobody_in(wrong: str, with_totp: Pengguna, client: Client) -> None:
    log_in(client)
    answer = client.post("/masuk/kode/", {"code": code(int(wrong[5:-1])) if wrong.startswith("code") else wrong})
    assert answer.status_code == 200
    assert re.search(r"Kode salah\.|tidak boleh kosong", visible_text(answer))
    assert not is_inside(client)


def test_a_code_works_once(with_totp: Pengguna, client: Client) -> None:
    used = code()
    for inside in (True, False):
        visitor = Client()
        log_in(visitor)
        visitor.post("/masuk/kode/", {"code": used})
        assert is_inside(visitor) is inside


def test_a_code_works_once_for_as_long_as_it_would_be_accepted(with_totp: Pengguna, client: Client) -> None:
    """Codes of the half minute before and after are good too, so one lives for up to 90 seconds."""
    used = code()
    log_in(client)
    client.post("/masuk/kode/", {"code": used})
    assert is_inside(client)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE portal_cache SET expires = expires - interval '45 seconds'")  # as if 45 seconds passed
    thief = Client()
    log_in(thief)
    thief.post("/masuk/kode/", {"code": used})
    assert not is_inside(thief)


def test_the_code_alone_opens_nothing(with_totp: Pengguna, client: Client) -> None:
    assert client.post("/masuk/kode/", {"code": code()}).headers["Location"] == "/masuk/"
    assert not is_inside(client)


def test_codes_cannot_be_tried_without_end(with_totp: Pengguna, client: Client) -> None:
    log_in(client)
    answers = [client.post("/masuk/kode/", {"code": code(-20)}) for _ in range(6)]
    assert "Kode salah." in visible_text(answers[4])
    assert TOO_MANY in visible_text(answers[5])
    assert TOO_MANY in visible_text(client.post("/masuk/kode/", {"code": code()}))


# Limits


def test_one_address_may_send_thirty_forms_a_minute(client: Client) -> None:
    for _ in range(30):
        assert client.post("/masuk/").status_code == 200
    answer = client.post("/masuk/")
    assert answer.status_code == 429
    assert "Untuk keamanan, percobaan masuk dibatasi. Tunggu beberapa menit, lalu coba lagi." in visible_text(answer)


# Out, and no way in but these


def test_only_a_post_logs_out(siti: Pengguna, client: Client) -> None:
    client.force_login(siti)
    assert "Keluar dari portal?" in visible_text(client.get("/keluar/"))
    assert is_inside(client)
    assert client.post("/keluar/").headers["Location"] == "/"
    assert not is_inside(client)


def test_nobody_signs_up(client: Client) -> None:
    assert not AkunAdapter().is_open_for_signup(client.get("/").wsgi_request)

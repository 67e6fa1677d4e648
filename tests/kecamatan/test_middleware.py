"""When a session ends, and who must have a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from kecamatan.middleware import BatasSesiMiddleware
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import PERAN
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
ENROLMENT = "/saya/autentikator/"


@pytest.fixture
def inside(client: Client, camat_a: Pengguna) -> Client:
    client.force_login(camat_a)
    assert client.get("/saya/keamanan/").status_code == 200
    return client


def is_inside(client: Client) -> bool:
    return client.get("/saya/keamanan/").status_code == 200


def wait(seconds: int) -> None:
    """As if so much time had passed for every session."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_session SET expire_date = expire_date - %s * interval '1 second'", [seconds])
    for row in Session.objects.all():
        store = Session.get_session_store_class()
        data = row.get_decoded()
        for key in (BatasSesiMiddleware.MULAI, BatasSesiMiddleware.TERAKHIR):
            if key in data:
                data[key] -= seconds
        Session.objects.filter(pk=row.pk).update(session_data=store().encode(data))


# Sessions


def test_half_an_hour_without_a_request_ends_a_session(inside: Client) -> None:
    wait(31 * 60)
    assert inside.get("/saya/keamanan/").headers["Location"] == "/masuk/?next=/saya/keamanan/"


def test_a_request_in_time_gives_another_half_hour(inside: Client) -> None:
    for _ in range(3):
        wait(29 * 60)
        assert is_inside(inside)


def test_eight_hours_end_a_session_whatever_happens(inside: Client) -> None:
    for _ in range(24):
        wait(20 * 60 - 5)
        assert is_inside(inside)
    wait(3 * 60)
    assert not is_inside(inside)
    assert "_auth_user_id" not in inside.session


def test_a_new_login_starts_a_new_working_day(inside: Client, camat_a: Pengguna) -> None:
    for _ in range(24):
        wait(20 * 60)
        inside.get("/")
    inside.force_login(camat_a)
    assert is_inside(inside)
    assert time.time() - inside.session[BatasSesiMiddleware.MULAI] < 60


def test_a_session_is_written_at_most_once_a_minute(inside: Client) -> None:
    first = Session.objects.get().expire_date
    inside.get("/saya/keamanan/")
    assert Session.objects.get().expire_date == first
    wait(61)
    inside.get("/saya/keamanan/")
    assert Session.objects.get().expire_date > first


def test_visitors_have_no_session(client: Client, wilayah: dict[str, Wilayah]) -> None:
    client.get("/wilayah/11.01.01/")
    assert not Session.objects.exists()


def test_a_new_password_ends_the_sessions_elsewhere(inside: Client, camat_a: Pengguna) -> None:
    elsewhere = Client()
    elsewhere.force_login(camat_a)
    new = {"oldpassword": "rahasia-sekali", "password1": "kopi-panas-di-pagi", "password2": "kopi-panas-di-pagi"}
    inside.post("/saya/sandi/", new)
    assert is_inside(inside)
    assert not is_inside(elsewhere)


def test_switching_an_account_off_ends_its_session_at_the_next_request(inside: Client, camat_a: Pengguna) -> None:
    Pengguna.objects.filter(pk=camat_a.pk).update(is_active=False)
    assert not is_inside(inside)


# Second factor


def test_roles_that_manage_decide_or_verify_need_a_second_factor() -> None:
    compulsory = {"admin_pusat", "admin_provinsi", "admin_kabupaten", "inspektorat", "camat", "sekcam", "verifikator"}
    assert {kode for kode, peran in PERAN.items() if peran.wajib_mfa} == compulsory


@pytest.fixture
def incomplete(wilayah: dict[str, Wilayah]) -> Client:
    """A camat whose second factor is not set up."""
    camat = PenggunaFactory(langkah_kedua=False)
    PenugasanFactory(pengguna=camat, wilayah=wilayah["11.01.01"])
    client = Client()
    client.force_login(camat)
    return client


@pytest.mark.parametrize(
    "url", ["/", "/mulai/", "/wilayah/11.01.01/", "/wilayah/11.01.01/belanja/impor/", "/saya/keamanan/", "/admin/"]
)
def test_without_it_every_page_leads_to_setting_it_up(url: str, incomplete: Client) -> None:
    assert incomplete.get(url).headers["Location"] == ENROLMENT
    assert incomplete.post(url).headers["Location"] == ENROLMENT


def test_leaving_is_always_possible(incomplete: Client) -> None:
    assert incomplete.post("/keluar/").headers["Location"] == "/"


def test_recovery_codes_alone_are_no_second_factor(incomplete: Client) -> None:
    Authenticator.objects.create(user_id=incomplete.session["_auth_user_id"], type="recovery_codes", data={})
    assert incomplete.get("/mulai/").headers["Location"] == ENROLMENT


def test_a_superuser_needs_it_for_the_admin_too(wilayah: dict[str, Wilayah], client: Client) -> None:
    client.force_login(PenggunaFactory(is_superuser=True, langkah_kedua=False))
    assert client.get("/admin/").headers["Location"] == ENROLMENT


def test_an_operator_may_do_without(wilayah: dict[str, Wilayah], client: Client) -> None:
    operator = PenggunaFactory(langkah_kedua=False)
    PenugasanFactory(pengguna=operator, wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    client.force_login(operator)
    assert client.get("/mulai/").headers["Location"] == "/wilayah/11.01.01/"


def test_work_that_has_ended_asks_for_nothing(wilayah: dict[str, Wilayah], client: Client) -> None:
    former = PenggunaFactory(langkah_kedua=False)
    PenugasanFactory(pengguna=former, wilayah=wilayah["11.01.01"], sampai="2021-12-31")
    client.force_login(former)
    assert client.get("/mulai/").status_code == 200


def test_health_checks_answer_everybody(incomplete: Client) -> None:
    assert incomplete.get("/sehat/").status_code == 200

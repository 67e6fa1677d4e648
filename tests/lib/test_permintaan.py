import json
import logging
import sys
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from kecamatan.models import CatatanAudit
from p3pd_portal.lib.permintaan import (
    VARIABEL,
    NomorFilter,
    TanpaIsiFilter,
    alamat_aman,
    alamat_permintaan,
    konteks_audit,
    nomor_permintaan,
)
from p3pd_portal.urls import handler500  # noqa: F401 - the error page of the portal, for this module as URL configuration
from p3pd_portal.urls import urlpatterns as portal_urls
from tests.assertions import content
from tests.factories import OrangFactory, PenggunaFactory


def variable() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [VARIABEL])
        return cursor.fetchone()[0]


def change(request: HttpRequest, kunci: str = "", nomor: int = 0) -> HttpResponse:
    OrangFactory()
    return HttpResponse(f"{nomor_permintaan()} {alamat_permintaan()}")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rusak")


change.login_required = broken.login_required = False  # type: ignore[attr-defined]
urlpatterns = [
    path("ubah/", change),
    path("ubah/<str:kunci>/<int:nomor>/", change),
    path("rusak/", broken),
    *portal_urls,
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_these_urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


# Address


@pytest.mark.parametrize(
    ("route", "kwargs", "address"),
    [
        ("", {}, "/"),
        ("cari/", {}, "/cari/"),
        ("wilayah/<kode:kode>/belanja/", {"kode": "35.24"}, "/wilayah/35.24/belanja/"),
        ("orang/<int:pk>/", {"pk": 12}, "/orang/12/"),
        ("berkas/<uuid:pk>/", {"pk": uuid.uuid4()}, "/berkas/<pk>/"),
        ("sandi/atur/<uidb36>-<key>/", {"uidb36": "1x", "key": "d3-abc"}, "/sandi/atur/<uidb36>-<key>/"),
        ("admin/<path:object_id>/change/", {"object_id": "KES"}, "/admin/<object_id>/change/"),
        ("nama/<str:nama>/", {"nama": "٣"}, "/nama/<nama>/"),
        ("tanpa/<str:nilai>/", {}, "/tanpa/<nilai>/"),
        ("x" * 300, {}, "/" + "x" * 199),
    ],
)
def test_an_address_shows_numbers_and_region_codes_and_hides_the_rest(
    route: str, kwargs: dict[str, object], address: str
) -> None:
    assert alamat_aman(route, kwargs) == address


# Number


def test_every_answer_carries_a_number_of_its_own(client: Client) -> None:
    numbers = {client.get(url).headers["X-Request-ID"] for url in ("/sehat/", "/sehat/", "/tidak-ada/", "/masuk/")}
    assert len({str(uuid.UUID(number)) for number in numbers}) == 4


def test_a_number_from_outside_is_not_believed(client: Client) -> None:
    mine = str(uuid.uuid4())
    assert client.get("/sehat/", headers={"x-request-id": mine}).headers["X-Request-ID"] != mine


def test_inside_a_request_its_number_and_address_are_known_and_afterwards_gone(client: Client) -> None:
    answer = client.get("/ubah/rahasia/7/")
    assert content(answer) == f"{answer.headers['X-Request-ID']} /ubah/<kunci>/7/"
    assert (nomor_permintaan(), alamat_permintaan()) == ("", "")


def test_the_error_page_names_the_number_of_its_log_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(NomorFilter())
    answer = Client(raise_request_exception=False).get("/rusak/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in content(answer)
    (failure,) = [record for record in caplog.records if record.name == "django.request"]
    assert failure.nomor == answer.headers["X-Request-ID"]


def test_a_log_line_outside_requests_has_a_dash() -> None:
    record = logging.makeLogRecord({"msg": "mulai"})
    assert NomorFilter().filter(record)
    assert record.nomor == "-"


# Context of the audit


def test_a_change_on_a_page_is_recorded_with_person_number_and_address(client: Client) -> None:
    akun = PenggunaFactory()
    client.force_login(akun)
    answer = client.post("/ubah/rahasia/7/?nama=Siti")
    entry = CatatanAudit.objects.first()
    assert (entry.pelaku, str(entry.permintaan), entry.alamat) == (
        akun, answer.headers["X-Request-ID"], "/ubah/<kunci>/7/"
    )  # fmt: skip


def test_a_visitor_has_a_number_and_an_address_but_no_account(client: Client) -> None:
    client.post("/ubah/")
    entry = CatatanAudit.objects.first()
    assert (entry.pelaku_id, entry.permintaan is None, entry.alamat) == (None, False, "/ubah/")


def test_the_next_change_does_not_inherit_the_name(client: Client) -> None:
    client.force_login(PenggunaFactory())
    client.post("/ubah/")
    assert variable() == ""
    OrangFactory()
    entry = CatatanAudit.objects.first()
    assert (entry.pelaku_id, entry.permintaan, entry.alamat) == (None, None, "")


def test_a_failure_empties_the_context_too(client: Client) -> None:
    client.force_login(PenggunaFactory())
    Client(raise_request_exception=False).post("/rusak/")
    assert variable() == ""


def test_reading_sets_no_context(client: Client) -> None:
    client.force_login(PenggunaFactory())
    with konteks_audit(pelaku=None, alamat="sebelum"):
        client.get("/ubah/")
        assert json.loads(variable() or "")["alamat"] == "sebelum"


def test_a_task_names_itself() -> None:
    akun = PenggunaFactory()
    with konteks_audit(pelaku=akun.pk, alamat="tugas " + "x" * 300):
        OrangFactory()
    entry = CatatanAudit.objects.first()
    assert (entry.pelaku, entry.permintaan, len(entry.alamat)) == (akun, None, 200)


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_emptied_is_closed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with konteks_audit(pelaku=7, alamat="/"):
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        other.close()
    assert connection.connection is None
    assert not variable()


def logged(message: str, *args: object, exc_info: object = None) -> str:
    record = logging.LogRecord("uji", logging.ERROR, __file__, 1, message, args, exc_info)  # type: ignore[arg-type]
    assert TanpaIsiFilter().filter(record)
    assert TanpaIsiFilter().filter(record)  # another handler
    return logging.Formatter().format(record)


def test_a_log_line_names_no_values_of_a_refused_row() -> None:
    error = 'violates check constraint "x"\nDETAIL:  Failing row contains (1, Kata Siti,\n\nbaris kedua).'
    assert logged("Gagal: %s", error) == 'Gagal: violates check constraint "x"\nDETAIL: (tidak dicatat)'
    assert logged("Task gagal: %r", error).endswith("DETAIL: (tidak dicatat)")
    assert logged("Tersimpan: %d", 3) == "Tersimpan: 3"


def test_a_traceback_names_no_values_of_a_refused_row() -> None:
    first, second = "ditolak\nDETAIL:  Failing row contains (Kata Siti).", "lagi\nDETAIL:  (Kata Ani)\n\nbaris kedua"
    try:
        try:
            raise ValueError(first)
        except ValueError as error:
            raise RuntimeError(second) from error
    except RuntimeError:
        text = logged("Internal Server Error", exc_info=sys.exc_info())
    assert text.count("DETAIL: (tidak dicatat)") == 2
    assert "The above exception was the direct cause" in text
    assert "ValueError: ditolak\nDETAIL: (tidak dicatat)\n" in text
    assert text.endswith("RuntimeError: lagi\nDETAIL: (tidak dicatat)")

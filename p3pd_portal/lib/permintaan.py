"""Which request the program works for: a number for logs, answers and error pages, and the context of the audit.

The audit triggers (kecamatan/triggers.py) read who acts, in which request, on which page, from a variable of the
database session. It holds keys and an address, nothing personal.
"""

import json
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase


HEADER = "X-Request-ID"
VARIABEL = "portal.audit"
ALAMAT_TERPANJANG = 200
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
_nomor: ContextVar[str] = ContextVar("nomor", default="")
_alamat: ContextVar[str] = ContextVar("alamat", default="")


def nomor_permintaan() -> str:
    """Number of the request that runs here; empty outside requests."""
    return _nomor.get()


def alamat_permintaan() -> str:
    """Address of the page that runs here, as `alamat_aman` writes it; empty outside requests."""
    return _alamat.get()


def alamat_aman(route: str, kwargs: dict[str, Any]) -> str:
    """Path of a page without anything secret or personal.

    A part that is a number or a region code is shown, of any other only the name, for it may be a token:
    "sandi/atur/<uidb36>-<key>/" stays as it is, "wilayah/<kode:kode>/" becomes "/wilayah/35.24/".
    """

    def part(match: re.Match[str]) -> str:
        value = str(kwargs.get(match[1], ""))
        return value if re.fullmatch(r"[\d.]+", value, re.ASCII) else f"<{match[1]}>"

    return f"/{re.sub(r'<(?:[^<>:]+:)?([^<>:]+)>', part, route)}"[:ALAMAT_TERPANJANG]


@contextmanager
def konteks_audit(*, pelaku: int | None, alamat: str) -> Iterator[None]:
    """Changes made inside are recorded under this account (its key) and address.

    The variable is one of the session, to cover every transaction inside. At the end it is emptied, and a session
    that refuses even that is closed: nobody else may act under this name.
    """
    konteks = {"pelaku": pelaku, "permintaan": nomor_permintaan() or None, "alamat": alamat[:ALAMAT_TERPANJANG]}
    _set_variable(json.dumps(konteks))
    try:
        yield
    finally:
        try:
            _set_variable("")
        except DatabaseError:
            connection.close()


def _set_variable(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [VARIABEL, value])


class PermintaanMiddleware:
    """Stands first: gives every request its number, and every writing request its audit context.

    A number that a visitor sends along is not taken over: it could point at somebody else's trail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nomor = str(uuid.uuid4())
        with ExitStack() as until_answered:
            until_answered.callback(_nomor.reset, _nomor.set(nomor))
            until_answered.callback(_alamat.reset, _alamat.set(""))
            request.nomor, request.until_answered = nomor, until_answered  # type: ignore[attr-defined]
            response = self.get_response(request)
        response[HEADER] = nomor
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> None:
        alamat = alamat_aman(request.resolver_match.route, kwargs)  # type: ignore[union-attr]
        _alamat.set(alamat)
        if request.method not in READING:
            konteks = konteks_audit(pelaku=request.user.pk, alamat=alamat)
            request.until_answered.enter_context(konteks)  # type: ignore[attr-defined]


class NomorFilter(logging.Filter):
    """Gives log lines the number of their request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.nomor = nomor_permintaan() or "-"
        return True


_DETAIL = re.compile(r"DETAIL:.*?(?=\n\n(?:The above exception|During handling of the above)|\Z)", re.DOTALL)
"""What PostgreSQL adds to a refusal: the values of the row, to the end of the message."""


class TanpaIsiFilter(logging.Filter):
    """Takes the values of a refused row out of a log line and its traceback: they may be a reporter's words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = tanpa_isi(record.exc_text)
        message = record.getMessage()
        if "DETAIL:" in message:
            record.msg, record.args = tanpa_isi(message), ()
        return True


def tanpa_isi(text: str) -> str:
    """A message of the database without the row it is about."""
    return _DETAIL.sub("DETAIL: (tidak dicatat)", text)

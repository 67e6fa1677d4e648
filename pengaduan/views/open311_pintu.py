"""The door of Open311: what every request has to fulfil, and how every answer and refusal is written.

Format by the end of the address, never by Accept. Refusals are lists of code and description with 404 (resource,
service, jurisdiction or token unknown), 403 (key) or 400 (everything else), as the specification says; beyond it stand
405 for another method, 422 for an Idempotency-Key that was used for another report, and 429 after too many reports.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from p3pd_portal.lib.open311 import TIPE, Galat, render
from pengaduan.middleware import bentuk_dari, respond


View = Callable[..., object]


def open311(akar: str, *metode: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Turn what a view returns into an answer, and what it refuses into an error.

    No view under this decorator reads a cookie: a report needs the key of a program, and the others only read. That is
    why none of them asks for the token of a form, not even to say 405.

    Args:
        akar: outermost element of the XML.
        metode: what may be asked; anything where none is named.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
            bentuk = kwargs.pop("bentuk", bentuk_dari(request.path))
            try:
                _check(request, bentuk, metode)
                body = render(bentuk, akar, view(request, **kwargs))
            except Galat as galat:
                return respond(bentuk if bentuk in TIPE else bentuk_dari(request.path), galat)
            except (BadRequest, SuspiciousOperation, UnreadablePostError):
                return respond(bentuk, Galat(400, _("Permintaan terlalu besar atau tidak terbaca.")))
            return HttpResponse(body, content_type=TIPE[bentuk], headers={"Cache-Control": "no-store"})

        return answer

    return decorate


def _check(request: HttpRequest, bentuk: str, metode: tuple[str, ...]) -> None:
    """What is asked of every request, before its arguments are looked at."""
    request.encoding = "utf-8"  # whatever the request says: a query is read as nothing else
    if bentuk not in TIPE:
        raise tidak_ada()
    if metode and request.method not in metode:
        raise Galat(405, _("Metode ini tidak berlaku di sini."), Allow=", ".join(metode))
    check_utf8(get_bytes_from_wsgi(request.META, "QUERY_STRING", ""))
    check_single(request.GET)
    if "api_key" in request.GET:
        raise Galat(
            403, _("Kunci di alamat tercatat di mana-mana. Anggap kunci ini bocor: minta yang baru, kirim di isi.")
        )


def tidak_ada() -> Galat:
    return Galat(404, _("Alamat ini tidak ada. Daftar alamat: %s") % alamat("open311"))


def check_utf8(content: bytes) -> None:
    try:
        unquote_to_bytes(content).decode()
    except UnicodeDecodeError as error:
        raise Galat(400, _("Kirim huruf sebagai UTF-8.")) from error


def check_single(arguments: QueryDict) -> None:
    twice = [name[:60] for name, values in arguments.lists() if len(values) > 1]
    if twice:
        raise Galat(400, *(_("%s: dikirim lebih dari sekali.") % name for name in twice))


def alamat(nama: str, **kwargs: str) -> str:
    """A full address, of the configured host and never of the one that was asked."""
    return settings.SITE_URL + reverse(f"pengaduan:{nama}", kwargs=kwargs or None)

"""What holds for every answer to a program."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from p3pd_portal.lib.open311 import TIPE, Galat, render


AWALAN = "/open311/"


class Open311Middleware:
    """Programs read no pages: whatever refuses a request before or behind the views of Open311 (a forged host, a fault
    of the portal) is told in the shape of an Open311 error, with its own status. The page for people is /open311/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_ours = request.path.startswith(AWALAN) and request.path != AWALAN
        if not is_ours or answer.status_code < 400 or answer.get("Content-Type") in TIPE.values():
            return answer
        words = "Portal sedang terganggu. Coba lagi nanti." if answer.status_code >= 500 else "Permintaan ditolak."
        return respond(bentuk_dari(request.path), Galat(answer.status_code, words))


def bentuk_dari(alamat: str) -> str:
    """JSON where an address ends so; XML, which every client reads, anywhere else."""
    return "json" if alamat.endswith(".json") else "xml"


def respond(bentuk: str, galat: Galat) -> HttpResponse:
    body = render(bentuk, "errors", galat.isi)
    headers = {"Cache-Control": "no-store", **galat.header}
    return HttpResponse(body, content_type=TIPE[bentuk], status=galat.status, headers=headers)

"""What views begin with: the region, loaded through the access rule; and what they wrap around a button."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_list_or_404, get_object_or_404, render

from kecamatan.models import Pengguna, Wilayah
from kecamatan.models.wilayah import NASIONAL, normalize_kode
from kecamatan.permissions import Izin


View = Callable[..., HttpResponseBase]


class PetugasRequest(HttpRequest):
    """A request that login and `load_wilayah` let through: its user has an account."""

    user: Pengguna


def load_wilayah(view: View) -> View:
    """Turn `kode` into the region for a work page: 404 for a region in which the user does not work."""

    @wraps(view)
    def load(request: HttpRequest, kode: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = Wilayah.objects.in_force().visible_to(request.user)
        return view(request, get_object_or_404(visible, kode=kode), *args, **kwargs)

    return load


def load_wilayah_publik(view: View) -> View:
    """Turn `kode` into the region for a public page; a code without dots or out of force leads to its page (301)."""

    @wraps(view)
    def load(request: HttpRequest, kode: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = normalize_kode(kode)
        wilayah = Wilayah.objects.in_force().filter(kode=asked).first()
        if wilayah is None:
            return _closed(request, kode, asked)
        if wilayah.kode != kode:
            return HttpResponsePermanentRedirect(_address(request, kode, wilayah.kode))
        return view(request, wilayah, *args, **kwargs)

    return load


def _address(request: HttpRequest, old: str, new: str) -> str:
    return request.get_full_path().replace(f"/{old}/", f"/{new}/", 1)


def _closed(request: HttpRequest, kode: str, asked: str) -> HttpResponseBase:
    """An old code leads to the successor's page, which says so; one without an approved one is explained (410)."""
    closed = get_list_or_404(Wilayah.objects.filter(kode=asked).order_by("-berlaku_sampai"))[0]
    if closed.kode_kini is None:
        return render(request, "kecamatan/wilayah_lama.html", {"wilayah": closed}, status=410)
    parts = urlsplit(_address(request, kode, closed.kode_kini))
    query = urlencode([*parse_qsl(parts.query), ("dari", closed.kode)])
    return HttpResponsePermanentRedirect(parts._replace(query=query).geturl())


def load_nasional(view: View) -> View:
    """The nation as region, for pages of those who work nationwide: 404 for everybody else."""

    @wraps(view)
    def load(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = Wilayah.objects.in_force().visible_to(request.user)
        return view(request, get_object_or_404(visible, kode=NASIONAL), *args, **kwargs)

    return load


def require_izin(izin: Izin) -> Callable[[View], View]:
    """Under `load_wilayah`: 403 for somebody who works in the region in a role without this permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def check(request: PetugasRequest, wilayah: Wilayah, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_izin(izin, wilayah):
                raise PermissionDenied
            return view(request, wilayah, *args, **kwargs)

        return check

    return decorate


def require_pengelola(view: View) -> View:
    """For pages about people: 403 for somebody who gives accounts nowhere. Whose accounts is the view's question."""

    @wraps(view)
    def check(request: PetugasRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.mengelola_akun:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Around a button that may be refused: what the action objects to stands on the next page."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))

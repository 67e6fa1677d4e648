"""The first line of every region view: load the region through the access rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from kecamatan.models import Pengguna, Wilayah
from kecamatan.models.wilayah import normalize_kode
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
    """Turn `kode` into the region for a public page; a code without dots leads to its page (301)."""

    @wraps(view)
    def load(request: HttpRequest, kode: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wilayah = get_object_or_404(Wilayah.objects.in_force(), kode=normalize_kode(kode))
        if wilayah.kode != kode:
            address = request.get_full_path().replace(f"/{kode}/", f"/{wilayah.kode}/", 1)
            return HttpResponsePermanentRedirect(address)
        return view(request, wilayah, *args, **kwargs)

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

"""The first line of a participant's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase

from pelatihan.queries.tautan import peserta_of_request


View = Callable[..., HttpResponseBase]


def load_peserta(view: View) -> View:
    """Turn `pk` into the participation of whoever asks, by telephone or account: 404 for everybody else's."""

    @login_not_required
    @wraps(view)
    def load(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = next((satu for satu in peserta_of_request(request) if satu.pk == pk), None)
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return load

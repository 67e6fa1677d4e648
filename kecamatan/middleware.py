"""What holds for every request of somebody who is logged in."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


GetResponse = Callable[[HttpRequest], HttpResponseBase]

LANGKAH_KEDUA = [Authenticator.Type.TOTP]  # recovery codes alone are not one
# All that somebody without the second factor reaches: setting it up, proving who it is, leaving.
TANPA_MFA = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "hidup",
    "siap",
}


class BatasSesiMiddleware:
    """A session ends after eight hours whatever happens, and after half an hour without a request.

    The half hour is the age of the session row, which is prolonged by writing it: at most once a minute.
    """

    MULAI, TERAKHIR = "sesi_mulai", "sesi_terakhir"
    JEDA_TULIS = 60

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.check(request)
        return self.get_response(request)

    def check(self, request: HttpRequest) -> None:
        now, session = int(time.time()), request.session
        if now - session.setdefault(self.MULAI, now) >= settings.SESI_PALING_LAMA.total_seconds():
            logout(request)
        elif now - session.get(self.TERAKHIR, 0) >= self.JEDA_TULIS:
            session[self.TERAKHIR] = now


class WajibMfaMiddleware:
    """Leads whoever must have a second factor to setting it up, and nowhere else until that is done."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        user, match = request.user, request.resolver_match
        if not user.is_authenticated or not user.wajib_mfa or is_mfa_enabled(user, LANGKAH_KEDUA):
            return None
        if match and match.view_name in TANPA_MFA:
            return None
        return redirect("mfa_activate_totp")

"""How django-allauth and django-axes behave here."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from axes.utils import reset as open_lock
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kecamatan.actions.notifikasi import send_surel
from kecamatan.models import Pengguna
from kecamatan.queries.masuk import find_pengguna_sso
from p3pd_portal.lib.locks import one_after_another
from p3pd_portal.lib.sandi import cipher


# What allauth tells the holder of an account, by the name of its template.
PERISTIWA = {
    "password_changed": _("Kata sandi Anda sudah diganti."),
    "password_reset": _("Kata sandi baru untuk akun Anda sudah dibuat."),
    "password_set": _("Kata sandi untuk akun Anda sudah dibuat."),
    "totp_activated": _("Langkah kedua (kode dari ponsel) sudah dipasang."),
    "totp_deactivated": _("Langkah kedua (kode dari ponsel) sudah dilepas."),
    "recovery_codes_generated": _("Kode pemulihan baru sudah dibuat; kode lama tidak berlaku lagi."),
    "account_connected": _("Akun Anda sudah dihubungkan dengan SSO daerah."),
    "account_disconnected": _("Akun Anda tidak lagi dihubungkan dengan SSO daerah."),
}


class AkunAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("NIP/surel atau kata sandi tidak cocok. Periksa lalu coba lagi."),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "rate_limited": _("Terlalu banyak percobaan. Coba lagi 15 menit lagi."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk. Coba lagi 15 menit lagi, atau hubungi admin kabupaten Anda."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own count of an account is off: axes counts, and `authenticate` sees to it that it counts all."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Pengguna | None:
        """One guess after another for each account: guesses sent together count like guesses in a row."""
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="sandi_salah")
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")
        with one_after_another(f"masuk {credentials.get('email')}"):
            user: Pengguna | None = super().authenticate(request, **credentials)
        if user is None and getattr(request, "axes_locked_out", False):
            raise self.validation_error("too_many_login_attempts")
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of the login, which proved as much."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        is_fresh = time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: Pengguna, password: str) -> None:
        """A new password also opens the lock: guesses at the old one are worth nothing now."""
        super().set_password(user, password)
        open_lock(username=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/saya/keamanan/"

    def send_password_reset_mail(self, user: Pengguna, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, which takes as long for an account as for none; the link is made when it is sent."""
        send_surel(kepada=user, templat="sandi")

    def send_notification_mail(
        self, template_prefix: str, user: Pengguna, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the holder what happened to the account; without the visitor's address, which would be kept."""
        peristiwa = PERISTIWA[template_prefix.rpartition("/")[2]]
        send_surel(kepada=user, templat="keamanan", konteks={"peristiwa": str(peristiwa)})


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted: neither a copy of the database nor the admin shows them."""

    def encrypt(self, text: str) -> str:
        return cipher("mfa").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher("mfa").decrypt(encrypted_text.encode()).decode()


class SsoAdapter(DefaultSocialAccountAdapter):
    """A single sign-on opens an account that an administrator made; what else it tells about the person is not kept."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Pengguna:
        told = sociallogin.account.extra_data
        sociallogin.klaim = told.get("userinfo") or told.get("id_token") or told
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        klaim = sociallogin.klaim
        email = klaim.get("email") if klaim.get("email_verified") is True else None
        if not sociallogin.is_existing and (user := find_pengguna_sso(nip=klaim.get("nip"), email=email)):
            sociallogin.connect(request, user)


def alamat_pengunjung(request: HttpRequest) -> str | None:
    """Address of the visitor, behind a trusted proxy too; the one that all limits count."""
    address: str | None = get_client_ip(request)
    return address


def halaman_terkunci(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """A locked account gets the login form with its message, as status 429."""
    response.status_code = 429
    return response

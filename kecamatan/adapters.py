"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AkunAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("NIP/surel atau kata sandi tidak cocok. Periksa lalu coba lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan masuk. Coba lagi 5 menit lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest, *args: Any) -> bool:
        return False

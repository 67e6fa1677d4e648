"""Forms about people. They return domain values."""

import re
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna


CODE_SECONDS = 120  # longer than any code is accepted: three half minutes


class MasukForm(LoginForm):
    """Login by NIP or e-mail in one field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        self.fields["login"] = forms.CharField(
            label=_("NIP atau surel"), max_length=254, widget=forms.TextInput(attrs=attrs)
        )
        self.fields["password"].label = _("Kata sandi")
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """The e-mail address of the account; for an unknown NIP one that no account has, so that both look alike."""
        login = re.sub(r"\s", "", self.cleaned_data["login"])
        if re.fullmatch(r"\d{18}", login, re.ASCII):
            email = Pengguna.objects.filter(orang__nip=login).values_list("email", flat=True).first()
            return email or f"{login}@nip.invalid"
        return login.lower()


class KodeForm(AuthenticateForm):
    """The second step of the login. A code opens once, also in the half minutes around its own that we accept."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        digits = re.sub(r"\D", "", code)
        if not cache.add(f"kode-terpakai:{self.user.pk}:{digits}", 1, timeout=CODE_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code

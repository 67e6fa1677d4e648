"""Forms about people. They return domain values."""

import re
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna


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

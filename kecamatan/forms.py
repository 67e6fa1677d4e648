"""Forms of the login, and files that are handed in. They return domain values."""

import re
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna, Wilayah
from p3pd_portal.lib.dokumen import MOST_BYTES, Dokumen, read_dokumen
from p3pd_portal.lib.locks import one_after_another
from p3pd_portal.lib.spreadsheet import WEB


CODE_SECONDS = 120  # longer than any code is accepted: three half minutes


def email_of_login(typed: str) -> str:
    """The e-mail address of the account; for an unknown NIP one that no account has, so that both look alike."""
    login = re.sub(r"\s", "", typed)
    if re.fullmatch(r"\d{18}", login, re.ASCII):
        email = Pengguna.objects.filter(orang__nip=login).values_list("email", flat=True).first()
        return email or f"{login}@nip.invalid"
    return login.lower()


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
        return email_of_login(self.cleaned_data["login"])


class LupaSandiForm(ResetPasswordForm):
    """Whoever forgot the password names the account like at the login; the mail goes to its address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        self.fields["email"] = forms.CharField(
            label=_("NIP atau surel"), max_length=254, widget=forms.TextInput(attrs=attrs)
        )

    def clean_email(self) -> str:
        self.cleaned_data["email"] = email_of_login(self.cleaned_data["email"])
        return str(super().clean_email())


class AngkaSaja:
    """Phones offer the keyboard of digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        self.fields["code"].widget.attrs = attrs  # type: ignore[attr-defined]


class PasangKodeForm(AngkaSaja, ActivateTOTPForm):
    """The first code of a new second factor."""


class SekaliPakai(AngkaSaja):
    """A code opens once, also in the half minutes around its own that we accept, and guesses come one by one."""

    def clean_code(self) -> str:
        with one_after_another(f"kode {self.user.pk}"):  # type: ignore[attr-defined]
            code: str = super().clean_code()  # type: ignore[misc]
            digits = re.sub(r"\D", "", code)
            if not cache.add(f"kode-terpakai:{self.user.pk}:{digits}", 1, timeout=CODE_SECONDS):  # type: ignore[attr-defined]
                raise get_adapter().validation_error("incorrect_code")
        return code


class KodeForm(SekaliPakai, AuthenticateForm):
    """The second step of the login."""


class KodeUlangForm(SekaliPakai, ReauthenticateForm):
    """The code once more, before something that must be certain."""


class BerkasField(forms.FileField):
    """A file whose content is judged by an importer; larger than any may be, it is refused before it is opened."""

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": accept}),
            allow_empty_file=True,
            error_messages={"required": _("Pilih berkasnya lebih dahulu.")},
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        berkas = super().clean(data, initial)
        if berkas and berkas.size and WEB.csv_bytes and berkas.size > WEB.csv_bytes:
            raise forms.ValidationError(_("Berkas melebihi 20 MB. Bagi menurut kecamatan lalu unggah satu per satu."))
        return berkas


class BerkasForm(forms.Form):
    """A file of any kind. A kind of file that leaves something open has a form with further fields."""

    berkas = BerkasField(label=_("Berkas (.xlsx atau .csv)"), accept=".csv,.xlsx")

    def __init__(
        self,
        *args: Any,
        label: str | Promise,
        accept: str = ".csv,.xlsx",
        wilayah: Wilayah | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["berkas"].label = label  # type: ignore[assignment]
        self.fields["berkas"].widget.attrs["accept"] = accept
        self.wilayah = wilayah

    @property
    def isian(self) -> dict[str, Any]:
        """What was told about the file, as it is kept with it."""
        return {}


def clean_dokumen(berkas: UploadedFile | None) -> Dokumen | None:
    """A handed-in scan, None without one; what it may be is for lib/dokumen.py to say.

    Raises:
        ValidationError: it is no such document.
    """
    if berkas is None:
        return None
    try:
        return read_dokumen(berkas.read(MOST_BYTES + 1))
    except ValueError as error:
        raise ValidationError(str(error)) from error


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was sent, even nothing; None while it is only shown."""
    return request.POST if request.method == "POST" else None

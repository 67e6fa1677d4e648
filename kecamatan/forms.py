"""Forms about regions and people. They return domain values."""

import re
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.core.cache import cache
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kecamatan.models import JenisRiwayat, Pengguna, RiwayatWilayah, Wilayah
from kecamatan.models.wilayah import normalize_kode
from p3pd_portal.lib.spreadsheet import WEB


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


def _tanggal(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tulis tanggal sebagai 2025-04-25.")},
    )


class EdisiForm(forms.Form):
    """A complete national list, what it is based on, and from when it holds."""

    berkas = BerkasField(label=_("Daftar wilayah (.csv, .csv.gz, atau .xlsx)"), accept=".csv,.gz,.xlsx")
    dasar = forms.CharField(
        label=_("Dasar hukum, misalnya Kepmendagri 300.2.2-2138/2025"),
        max_length=200,
        error_messages={"required": _("Isi nomor keputusannya.")},
    )
    berlaku = _tanggal(_("Berlaku sejak"))


class SaringRiwayatForm(forms.Form):
    """Filter of the history of regions; what it does not understand filters nothing."""

    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("semua")), *RiwayatWilayah.Status.choices]
    )
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=[("", _("semua")), *JenisRiwayat.choices])
    yakin = forms.NullBooleanField(
        label=_("Kepastian"),
        required=False,
        widget=forms.Select(choices=[("", _("semua")), ("true", _("yakin")), ("false", _("perlu diperiksa"))]),
    )
    kode = forms.CharField(label=_("Kode wilayah"), required=False, max_length=13)

    def choices(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "kode" else "form-select"


class RiwayatForm(forms.Form):
    """One region's way into another, entered by hand. Codes: the old region may be out of force, the new one not."""

    asal = forms.CharField(label=_("Kode wilayah asal"), max_length=13)
    penerus = forms.CharField(label=_("Kode wilayah penerus atau pecahan"), max_length=13)
    jenis = forms.ChoiceField(
        label=_("Jenis"), choices=JenisRiwayat.choices, widget=forms.Select(attrs={"class": "form-select"})
    )
    berlaku = _tanggal(_("Berlaku sejak"))
    dasar = forms.CharField(label=_("Dasar hukum"), max_length=200)

    def clean_asal(self) -> Wilayah:
        """The region out of force last under this code, else the one in force."""
        found = Wilayah.objects.filter(kode=normalize_kode(self.cleaned_data["asal"]))
        return self._known(found.order_by(F("berlaku_sampai").desc(nulls_last=True)).first())

    def clean_penerus(self) -> Wilayah:
        found = Wilayah.objects.in_force().filter(kode=normalize_kode(self.cleaned_data["penerus"]))
        return self._known(found.first())

    def _known(self, wilayah: Wilayah | None) -> Wilayah:
        if wilayah is None:
            raise forms.ValidationError(_("Kode ini tidak ada. Tulis kode Kemendagri, misalnya 35.24.01.2001."))
        return wilayah

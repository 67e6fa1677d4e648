"""Forms about editions of the national region list."""

from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import BerkasField
from kecamatan.models import JenisRiwayat, RiwayatWilayah, Wilayah
from kecamatan.models.wilayah import normalize_kode


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

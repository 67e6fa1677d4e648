"""Forms of verdicts and certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu


class TerbitkanForm(Bantu):
    """When and by whom certificates are signed."""

    tempat = forms.CharField(label=_("Tempat"), max_length=60)
    tanggal = forms.DateField(label=_("Tanggal"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    jabatan = forms.CharField(label=_("Jabatan penanda tangan"), max_length=150)
    gelar_depan = forms.CharField(label=_("Gelar di depan nama"), max_length=30, required=False)
    nama = forms.CharField(label=_("Nama penanda tangan tanpa gelar"), max_length=150)
    gelar_belakang = forms.CharField(label=_("Gelar di belakang nama"), max_length=60, required=False)
    tanpa_gelar = forms.BooleanField(
        label=_("Nama penanda tangan dicetak tanpa gelar akademik"), required=False, initial=True,
        help_text=_("Permendagri 1/2023 pasal 44 ayat (2), untuk sertifikat pemerintah daerah."),
    )  # fmt: skip


class PutuskanForm(Bantu):
    """One participant decided by hand."""

    lulus = forms.TypedChoiceField(
        label=_("Putusan"), choices=[("1", _("lulus")), ("0", _("tidak lulus"))], coerce=lambda value: value == "1"
    )
    alasan = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class KodeSertifikatForm(Bantu):
    """A code as it stands on paper."""

    kode = forms.CharField(
        label=_("Kode pada sertifikat"), max_length=20, help_text=_("Sebelas tanda di samping kode QR."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

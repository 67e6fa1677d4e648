"""The form of a letter head. It returns domain values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import SUREL_SALAH, Bantu
from p3pd_portal.lib.dokumen import Dokumen


class KopSuratForm(Bantu):
    """Lines, address and emblem of the head of official letters."""

    baris_1 = forms.CharField(label=_("Baris pertama"), max_length=120, help_text=_("Misalnya Pemerintah Kabupaten X."))
    baris_2 = forms.CharField(
        label=_("Baris kedua"), max_length=120, required=False, help_text=_("Misalnya Kecamatan Y.")
    )
    baris_3 = forms.CharField(label=_("Baris ketiga"), max_length=120, required=False)
    baris_4 = forms.CharField(label=_("Baris keempat"), max_length=120, required=False)
    alamat = forms.CharField(label=_("Alamat kantor dan kode pos"), max_length=200, required=False)
    telepon = forms.CharField(label=_("Telepon kantor"), max_length=40, required=False)
    surel = forms.EmailField(label=_("Surel kantor"), required=False, error_messages=SUREL_SALAH)
    logo = forms.FileField(
        label=_("Lambang daerah"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=_("PNG atau JPEG, paling besar 5 MB. Kosong berarti lambang yang tersimpan tetap dipakai."),
    )  # fmt: skip
    tanpa_logo = forms.BooleanField(label=_("Hapus lambang yang tersimpan"), required=False)

    def clean_logo(self) -> Dokumen | None:
        return clean_dokumen(self.cleaned_data["logo"])

    def isi(self) -> dict[str, Any]:
        """The lines alone."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("logo", "tanpa_logo")}

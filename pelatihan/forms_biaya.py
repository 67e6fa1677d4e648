"""Forms of costs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from p3pd_portal.lib.angka import parse_rupiah


class RupiahField(forms.CharField):
    """An amount as offices type it, "1.250.000" or "Rp1.250.000,00"; empty for one that is not known."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return parse_rupiah(text)[0]
        except ValueError as error:
            raise ValidationError(str(error)) from error


class BiayaForm(Bantu):
    """A component of the costs."""

    komponen = forms.CharField(
        label=_("Komponen"), max_length=100, help_text=_("Misalnya honor narasumber, akomodasi, perjalanan.")
    )
    rencana = RupiahField(label=_("Rencana (Rp)"), max_length=30, required=False)
    realisasi = RupiahField(
        label=_("Realisasi (Rp)"), max_length=30, required=False,
        help_text=_("Kosongkan selama belum diketahui; 0 berarti tidak ada pengeluaran."),
    )  # fmt: skip

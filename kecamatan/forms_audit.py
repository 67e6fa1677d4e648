"""Forms about the audit."""

import re
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.queries.audit import Saring, pilihan_jenis, pilihan_orang


def _tanggal() -> forms.DateInput:
    return forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class SaringCatatanForm(forms.Form):
    """Which entries of the audit to show. What cannot be read filters nothing and says so."""

    orang = forms.TypedChoiceField(
        label=_("Orang"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Orang ini tidak ada dalam catatan wilayah ini. Pilih yang lain.")},
    )
    model = forms.ChoiceField(label=_("Jenis objek"), required=False)
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=_tanggal())
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=_tanggal())
    objek = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    sebelum = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, wilayah: Wilayah) -> None:
        super().__init__(data)
        asked = data.get("orang", "")
        orang = int(asked) if re.fullmatch(r"\d{1,18}", asked, re.ASCII) else None
        people: list[tuple[int | str, str]] = [("", "semua orang"), *pilihan_orang(wilayah, orang)]
        kinds: list[tuple[str, str]] = [("", "semua jenis"), *pilihan_jenis()]
        for name, choices in (("orang", people), ("model", kinds)):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = choices
            field.widget.attrs["class"] = "form-select"

    def saring(self) -> Saring:
        self.full_clean()
        return Saring(**self.cleaned_data)

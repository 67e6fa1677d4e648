"""The sheet about a trainer or the organiser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from pelatihan.models import PertanyaanEvaluasi


SKALA = [("1", _("1 – sangat tidak setuju")), ("2", _("2 – tidak setuju")), ("3", _("3 – setuju")),
         ("4", _("4 – sangat setuju"))]  # fmt: skip


class LembarForm(Bantu):
    """Values by question, and two answers in own words."""

    baik = forms.CharField(
        label=_("Apa yang sudah baik?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    saran = forms.CharField(
        label=_("Apa yang perlu diperbaiki?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, pertanyaan: list[PertanyaanEvaluasi], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = pertanyaan
        for satu in pertanyaan:
            self.fields[satu.kode] = forms.ChoiceField(
                label=satu.teks, choices=SKALA, required=False, widget=forms.RadioSelect
            )

    def pertanyaan(self) -> list[forms.BoundField]:
        return [self[satu.kode] for satu in self.asked]

    def kata(self) -> list[forms.BoundField]:
        return [self["baik"], self["saran"]]

    def isi(self) -> dict[str, Any]:
        nilai = {satu.kode: int(self.cleaned_data[satu.kode]) for satu in self.asked if self.cleaned_data[satu.kode]}
        return {"nilai": nilai, "baik": self.cleaned_data["baik"], "saran": self.cleaned_data["saran"]}

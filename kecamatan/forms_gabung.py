"""Forms with which two records of one person are made one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from kecamatan.queries.gabung_orang import BarisIsian


class CariKembarForm(Bantu):
    """Which other record may be the same person. It is posted, since names do not belong into addresses."""

    kata = forms.CharField(
        label=_("Nama atau NIP"), max_length=80, required=False,
        help_text=_("NIP ditulis 18 angka tanpa spasi. Kosong berarti mencari nama yang sama."),
    )  # fmt: skip


class GabungForm(Bantu):
    """Why two records are one person, and which value stays where they differ."""

    def __init__(self, *args: Any, pilihan: list[BarisIsian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for baris in pilihan:
            values = [("tetap", baris.tetap), ("lebur", baris.lebur)]
            label = _("%(isian)s yang dipakai") % {"isian": baris.label.capitalize()}
            self.fields[baris.nama] = forms.ChoiceField(label=label, choices=values, initial="tetap")
        self.fields["alasan"] = forms.CharField(
            label=_("Mengapa keduanya orang yang sama"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
        )

    @property
    def isi(self) -> dict[str, Any]:
        """The reason, and the choice for each field."""
        told = dict(self.cleaned_data)
        return {"alasan": told.pop("alasan"), "pilihan": told}

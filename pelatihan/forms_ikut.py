"""Forms of participants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu


class KodeForm(Bantu):
    """The one-time code that a steward handed out."""

    kode = forms.CharField(
        label=_("Kode sekali pakai"), max_length=20, help_text=_("Sebelas tanda pada lembar Anda; huruf kecil boleh."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                                      "data-kode": ""}),
    )  # fmt: skip

    def refuse(self) -> None:
        """Wrong, used and old codes look alike."""
        self.add_error("kode", _("Kode ini salah, sudah dipakai, atau lewat waktunya. Minta kode baru kepada panitia."))

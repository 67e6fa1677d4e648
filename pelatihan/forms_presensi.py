"""Forms of attendance: of stewards and of participants."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import Bantu
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.actions.presensi import Tanda
from pelatihan.models import Presensi
from pelatihan.queries.presensi import BarisPresensi


CARA = [(cara, cara.label) for cara in (Presensi.Cara.PETUGAS, Presensi.Cara.KERTAS)]


class PresensiForm(Bantu):
    """The list of a session. Each row carries what it said when the page was made, so that a telephone that reports in
    meanwhile is not overwritten."""

    cara = forms.ChoiceField(label=_("Dicatat dari"), choices=CARA, initial=Presensi.Cara.PETUGAS)

    def __init__(self, *args: Any, baris: list[BarisPresensi], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.baris = baris
        choices = [("", "–"), *Presensi.Status.choices]
        for satu in baris:
            pk, now = satu.peserta.pk, satu.presensi.status if satu.presensi else ""
            self.fields[f"s-{pk}"] = forms.ChoiceField(
                label=str(satu.peserta), choices=choices, required=False, initial=now
            )
            self.fields[f"a-{pk}"] = forms.ChoiceField(
                choices=choices, required=False, initial=now, widget=forms.HiddenInput
            )

    def rows(self) -> Iterator[tuple[BarisPresensi, Any, Any]]:
        """Participant, select and what it was, as the page shows them."""
        for satu in self.baris:
            yield satu, self[f"s-{satu.peserta.pk}"], self[f"a-{satu.peserta.pk}"]

    def tanda(self) -> dict[int, Tanda]:
        """What was decided; a row that the page did not have yet is left alone."""
        sent = [satu.peserta.pk for satu in self.baris if f"s-{satu.peserta.pk}" in self.data]
        return {pk: Tanda(self.cleaned_data[f"a-{pk}"], self.cleaned_data[f"s-{pk}"]) for pk in sent}


class LencanaForm(Bantu):
    """The six digits on a badge."""

    nomor = forms.RegexField(
        r"^[0-9]{3}\s?[0-9]{3}$", label=_("Nomor lencana"), max_length=7, strip=True,
        error_messages={"invalid": _("Tulis keenam angka di lencana.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-lencana": ""}),
    )  # fmt: skip

    def clean_nomor(self) -> int:
        return int(re.sub(r"\s", "", self.cleaned_data["nomor"]))


class LembarForm(Bantu):
    """A scan or photograph of a signed list."""

    berkas = forms.FileField(
        label=_("Foto atau pindaian"), help_text=_("PDF, JPEG, atau PNG; paling besar 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def clean_berkas(self) -> Dokumen | None:
        return clean_dokumen(self.cleaned_data["berkas"])


class KodeHadirForm(Bantu):
    """The six digits on the screen."""

    kode = forms.CharField(
        label=_("Enam angka di layar"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_kode(self) -> str:
        digits = re.sub(r"\s", "", self.cleaned_data["kode"])
        if not re.fullmatch(r"\d{6}", digits, re.ASCII):
            raise ValidationError(_("Tulis keenam angkanya, tanpa huruf."))
        return digits

    def refuse(self) -> None:
        self.add_error("kode", _("Angka ini salah atau sudah berganti. Tulis angka yang sekarang ada di layar."))

    def stop(self) -> None:
        text = _("Terlalu banyak percobaan. Pindai kode QR di layar, atau minta petugas menandai Anda.")
        self.add_error("kode", text)

"""Form of a photograph for the report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.lampiran import MOST_BYTES, read_foto


class FotoForm(Bantu):
    """One photograph, with what it shows and when it was taken."""

    berkas = forms.FileField(
        label=_("Foto"), allow_empty_file=True, help_text=_("JPEG, PNG, WebP, atau HEIC; paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )  # fmt: skip
    keterangan = forms.CharField(
        label=_("Keterangan"), max_length=120, help_text=_("Apa yang terlihat, misalnya: Praktik melatih di kelas B.")
    )
    tanggal = forms.DateField(label=_("Tanggal foto"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    setuju = forms.BooleanField(
        label=_("Orang yang terlihat setuju fotonya masuk laporan."),
        error_messages={"required": _("Mintalah persetujuan lebih dahulu, lalu centang.")},
    )

    def clean_berkas(self) -> Dokumen:
        try:
            return read_foto(self.cleaned_data["berkas"].read(MOST_BYTES + 1))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def isian(self) -> dict[str, Any]:
        """What is kept; that people agreed is said, and not recorded by name."""
        return {name: self.cleaned_data[name] for name in ("berkas", "keterangan", "tanggal")}

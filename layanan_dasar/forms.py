"""Forms about village money."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from p3pd_portal.lib.spreadsheet import WEB


class BerkasAPBDesForm(forms.Form):
    """A file of village budgets; its content is judged by the importer."""

    berkas = forms.FileField(
        label=_("Berkas APBDes (.xlsx atau .csv)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkasnya lebih dahulu.")},
    )

    def clean_berkas(self) -> UploadedFile:
        """Larger than any kind of file may be: refused before it is opened."""
        berkas: UploadedFile = self.cleaned_data["berkas"]
        if berkas.size and WEB.csv_bytes and berkas.size > WEB.csv_bytes:
            raise forms.ValidationError(_("Berkas melebihi 20 MB. Bagi menurut kecamatan lalu unggah satu per satu."))
        return berkas

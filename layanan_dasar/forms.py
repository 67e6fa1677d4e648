"""Forms about village money."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import BerkasField


class BerkasAPBDesForm(forms.Form):
    """A file of village budgets; its content is judged by the importer."""

    berkas = BerkasField(label=_("Berkas APBDes (.xlsx atau .csv)"), accept=".csv,.xlsx")

"""Forms of a class."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from kecamatan.models import Pengguna
from pelatihan.forms import KodeWilayahField
from pelatihan.models import Kelas


class KelasForm(Bantu):
    """A class: where it is, which clock it keeps, and whose accounts run it on its days."""

    nama = forms.CharField(label=_("Nama kelas"), max_length=100)
    wilayah = KodeWilayahField(
        label=_("Kode wilayah tempatnya"), max_length=20, help_text=_("Misalnya 33.74 untuk Kota Semarang.")
    )
    tempat = forms.CharField(label=_("Tempat"), max_length=150, required=False)
    zona = forms.ChoiceField(
        label=_("Zona waktu"), choices=Kelas.Zona.choices,
        help_text=_("Bila diubah, jam sesi yang belum dimulai tetap: 09.00 WIB menjadi 09.00 WITA."),
    )  # fmt: skip
    petugas = forms.CharField(
        label=_("Surel petugas penyedia"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Akun berperan Penyedia Pelatihan yang menjalankan presensi kelas ini, dipisahkan koma."),
    )  # fmt: skip

    def __init__(self, *args: Any, kelas: Kelas | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kelas:
            self.initial.update({"nama": kelas.nama, "wilayah": kelas.wilayah.kode, "tempat": kelas.tempat})
            self.initial["zona"] = kelas.zona
            self.initial["petugas"] = ", ".join(kelas.petugas.values_list("email", flat=True))

    def clean_petugas(self) -> list[Pengguna]:
        """Accounts in force with the role of a provider."""
        told = [part.lower() for part in re.split(r"[,;\s]+", self.cleaned_data["petugas"]) if part]
        found = {satu.email: satu for satu in Pengguna.objects.filter(email__in=told, is_active=True)}
        providers = {
            email: satu for email, satu in found.items() if "penyedia" in {p.peran for p in satu.penugasan_berlaku}
        }
        if unknown := [email for email in told if email not in providers]:
            words = {"n": len(unknown)}
            text = _("%(n)s surel bukan akun Penyedia Pelatihan yang bertugas. Minta Admin Kabupaten memberi perannya.")
            raise ValidationError(text, params=words)
        return list(providers.values())

"""Forms about notices."""

from typing import Any

from django import forms

from kecamatan.models.notifikasi import JenisNotifikasi, Surel


class PilihanNotifikasiForm(forms.Form):
    """One choice for every kind of notice: by e-mail at once, in the daily summary, or not."""

    def __init__(self, pilihan: list[tuple[JenisNotifikasi, Surel]], data: Any = None) -> None:
        super().__init__(data)
        for jenis, surel in pilihan:
            self.fields[jenis.kode] = forms.ChoiceField(
                label=jenis.label,
                help_text=jenis.keterangan,
                choices=Surel.choices,
                initial=surel,
                widget=forms.RadioSelect,
                disabled=jenis.wajib,
            )

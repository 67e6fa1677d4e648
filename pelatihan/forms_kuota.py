"""Grids: one number or one address for each kabupaten."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kecamatan.forms_orang import SUREL_SALAH, Bantu
from kecamatan.models import Wilayah
from pelatihan.models import Undangan
from pelatihan.queries.kuota import Kunci, PetakKuota


TERBANYAK = 99


class KuotaForm(Bantu):
    """Places and reserve for each kabupaten and office of a page of the grid; empty cells are left alone."""

    def __init__(self, *args: Any, petak: PetakKuota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.petak = petak
        for baris in petak.baris:
            for unsur, kuota in baris.sel:
                name = f"{baris.wilayah.pk}-{unsur.pk}"
                label = f"{unsur}, {baris.wilayah.nama}"
                self.fields[f"j-{name}"] = self._number(label, kuota.jumlah if kuota else None)
                reserve = _("Cadangan %(apa)s") % {"apa": label}
                self.fields[f"c-{name}"] = self._number(reserve, kuota.cadangan if kuota else None)

    def _number(self, label: str, initial: int | None) -> forms.IntegerField:
        attrs = {"aria-label": label, "inputmode": "numeric", "class": "form-control angka-kecil"}
        return forms.IntegerField(
            label=label, min_value=0, max_value=TERBANYAK, required=False, initial=initial,
            widget=forms.NumberInput(attrs=attrs),
        )  # fmt: skip

    def rows(self) -> list[tuple[Wilayah, list[tuple[Any, Any]]]]:
        """Fields of each kabupaten, office by office, as the page shows them."""
        return [
            (b.wilayah, [(self[f"j-{b.wilayah.pk}-{u.pk}"], self[f"c-{b.wilayah.pk}-{u.pk}"]) for u, _k in b.sel])
            for b in self.petak.baris
        ]

    def isi(self) -> dict[Kunci, tuple[int, int]]:
        """Numbers by kabupaten and office; a reserve without a number of places is none."""
        found: dict[Kunci, tuple[int, int]] = {}
        for baris in self.petak.baris:
            for unsur, _kuota in baris.sel:
                name = f"{baris.wilayah.pk}-{unsur.pk}"
                jumlah = self.cleaned_data.get(f"j-{name}")
                if jumlah is not None:
                    found[baris.wilayah.pk, unsur.pk] = (jumlah, self.cleaned_data.get(f"c-{name}") or 0)
        return found


class UndangForm(Bantu):
    """The mail of the office of each kabupaten."""

    def __init__(self, *args: Any, kabupaten: Iterable[tuple[Wilayah, Undangan | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kabupaten = list(kabupaten)
        for wilayah, undangan in self.kabupaten:
            label = _("Surel kantor Sekda %(nama)s") % {"nama": wilayah.nama}
            self.fields[f"surel-{wilayah.pk}"] = forms.EmailField(
                label=label, required=False, initial=undangan.surel if undangan else "", error_messages=SUREL_SALAH,
                widget=forms.EmailInput(attrs={"aria-label": label, "class": "form-control"}),
            )  # fmt: skip

    def rows(self) -> list[tuple[Wilayah, Undangan | None, Any]]:
        return [(satu, undangan, self[f"surel-{satu.pk}"]) for satu, undangan in self.kabupaten]

    def surel(self) -> dict[int, str]:
        """Address by key of the kabupaten."""
        return {satu.pk: self.cleaned_data[f"surel-{satu.pk}"] for satu, _undangan in self.kabupaten}

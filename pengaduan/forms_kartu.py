"""Forms of community score cards."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Bidang, UnitLayanan, Wilayah
from pengaduan.actions.kartu_skor import IsiSkor
from pengaduan.forms import WilayahField
from pengaduan.models import KriteriaSkor, RencanaAksiSkor
from pengaduan.models.kartu_skor import SKOR_TERTINGGI


BARIS_KOSONG = 3
Kelompok = KriteriaSkor.Kelompok


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))


class KartuForm(Bantu):
    wilayah = WilayahField(Wilayah.objects.none(), label=_("Desa/kelurahan atau kecamatan"), empty_label=None)
    unit = forms.ModelChoiceField(
        UnitLayanan.objects.none(), label=_("Unit layanan"), required=False, empty_label=_("– tidak ada –")
    )
    bidang = forms.ModelChoiceField(Bidang.objects.all(), label=_("Bidang"), empty_label=None)
    putaran = forms.IntegerField(
        label=_("Putaran"), min_value=1, max_value=99, initial=1,
        help_text=_("Putaran berikut sekitar enam bulan kemudian, dengan kriteria yang ditulis sama."),
    )  # fmt: skip
    tanggal = _day(_("Tanggal penilaian"))
    fasilitator = forms.CharField(label=_("Fasilitator"), max_length=150, required=False)

    def __init__(self, *args: Any, wilayah: Wilayah, unit: Sequence[UnitLayanan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Wilayah.objects.in_force().in_wilayah(wilayah).order_by("tingkat", "kode")
        self.fields["wilayah"].queryset = here  # type: ignore[attr-defined]
        mine = UnitLayanan.objects.filter(pk__in=[satu.pk for satu in unit])
        self.fields["unit"].queryset = mine  # type: ignore[attr-defined]


def _sebutan(kelompok: Kelompok) -> str:
    return str(kelompok.label).capitalize()


class BarisForm(NamedTuple):
    """A criterion of the form: its name, and every group with its score and reason."""

    kriteria: BoundField
    sel: list[tuple[str, BoundField, BoundField]]


class SkorForm(Bantu):
    """All criteria by all groups. What is left empty was not said; a line without a name counts for nothing."""

    def __init__(self, *args: Any, skor: Sequence[KriteriaSkor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criteria = list(dict.fromkeys(satu.kriteria for satu in skor))
        self.jumlah = len(criteria) + BARIS_KOSONG
        for kelompok in Kelompok:
            self.fields[f"n_{kelompok}"] = self._number(_("Peserta: %(nama)s") % {"nama": kelompok.label}, 9999)
        for nomor in range(self.jumlah):
            self._add_baris(nomor)
        for satu in skor:
            nomor = criteria.index(satu.kriteria)
            self.initial[f"kriteria_{nomor}"], self.initial[f"n_{satu.kelompok}"] = satu.kriteria, satu.n_peserta
            self.initial[f"skor_{nomor}_{satu.kelompok}"] = satu.skor
            self.initial[f"alasan_{nomor}_{satu.kelompok}"] = satu.alasan

    def _number(self, label: str, most: int) -> forms.IntegerField:
        box = forms.NumberInput(attrs={"min": 1, "max": most, "inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, widget=box)

    def _add_baris(self, nomor: int) -> None:
        words = {"n": nomor + 1}
        self.fields[f"kriteria_{nomor}"] = forms.CharField(
            label=_("Kriteria %(n)s") % words, max_length=120, required=False
        )
        for kelompok in Kelompok:
            told = {**words, "nama": kelompok.label}
            self.fields[f"skor_{nomor}_{kelompok}"] = self._number(_("Skor %(nama)s, kriteria %(n)s") % told,
                                                                   SKOR_TERTINGGI)  # fmt: skip
            self.fields[f"alasan_{nomor}_{kelompok}"] = forms.CharField(
                label=_("Alasan %(nama)s, kriteria %(n)s") % told, max_length=300, required=False
            )

    @property
    def peserta(self) -> Iterator[tuple[str, BoundField]]:
        return ((_sebutan(kelompok), self[f"n_{kelompok}"]) for kelompok in Kelompok)

    @property
    def baris(self) -> Iterator[BarisForm]:
        for nomor in range(self.jumlah):
            cells = [
                (_sebutan(kode), self[f"skor_{nomor}_{kode}"], self[f"alasan_{nomor}_{kode}"]) for kode in Kelompok
            ]
            yield BarisForm(self[f"kriteria_{nomor}"], cells)

    def clean(self) -> dict[str, Any]:
        for nomor in range(self.jumlah):
            for kelompok in Kelompok:
                self._check(nomor, kelompok)
        return self.cleaned_data

    def _check(self, nomor: int, kelompok: Kelompok) -> None:
        """A score needs a criterion and the number of those who gave it."""
        data = self.cleaned_data
        if not data.get(f"skor_{nomor}_{kelompok}"):
            return
        if not data.get(f"kriteria_{nomor}") and f"kriteria_{nomor}" not in self.errors:
            self.add_error(f"kriteria_{nomor}", _("Tulis kriteria yang dinilai."))
        if not data.get(f"n_{kelompok}") and f"n_{kelompok}" not in self.errors:
            self.add_error(f"n_{kelompok}", _("Isi jumlah peserta kelompok ini."))

    def isi(self) -> list[IsiSkor]:
        data = self.cleaned_data
        return [
            IsiSkor(
                kriteria=" ".join(data[f"kriteria_{nomor}"].split()), kelompok=str(kode), n_peserta=data[f"n_{kode}"],
                skor=data[f"skor_{nomor}_{kode}"], alasan=data[f"alasan_{nomor}_{kode}"],
            )
            for nomor in range(self.jumlah)
            for kode in Kelompok
            if data[f"skor_{nomor}_{kode}"]
        ]  # fmt: skip


class PertemuanForm(Bantu):
    tanggal = _day(_("Tanggal pertemuan"))
    catatan = forms.CharField(
        label=_("Catatan pertemuan"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ikut tayang. Jangan menyebut nama warga."),
    )  # fmt: skip


class AksiForm(Bantu):
    tindakan = forms.CharField(label=_("Tindakan"), max_length=300)
    penanggung_jawab = forms.CharField(
        label=_("Penanggung jawab"), max_length=150, help_text=_("Jabatan, misalnya Kepala Puskesmas.")
    )
    tenggat = _day(_("Tenggat"))


class KeadaanForm(forms.Form):
    keadaan = forms.ChoiceField(choices=RencanaAksiSkor.Keadaan.choices)

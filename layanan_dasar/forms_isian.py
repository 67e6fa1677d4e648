"""Forms of the desk: one row of a sheet, notes on findings, and the reasons that steps ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Wilayah
from layanan_dasar.importers.satuan import angka_nilai, tulis
from layanan_dasar.models import Dataset, Indikator, Lembar, Sel, StatusNilai, Temuan
from layanan_dasar.models.lembar import BAGIAN, KOSONG, Kunci, bagian_of
from p3pd_portal.lib.pribadi import mirip_nik


_STATUS = [
    ("", _("angka")),
    (StatusNilai.TIDAK_DILAPORKAN, _("tidak dilaporkan")),
    (StatusNilai.TIDAK_BERLAKU, _("tidak berlaku")),
]
_PEMISAH = "|"


def tanpa_nik(text: str) -> None:
    """Raises ValidationError: it holds what looks like a NIK; notes are read by many."""
    if mirip_nik(text):
        raise forms.ValidationError(_("Jangan menulis NIK atau nomor kependudukan di sini. Sebutkan jumlahnya saja."))


class AngkaField(forms.CharField):
    """A figure as people type it, 1.234 or 12,5; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 7}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return angka_nilai(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return tulis(value) if isinstance(value, Decimal) else value


class BarisForm(forms.Form):
    """A desa and indicator of a sheet. `dasar` says what stood there when the row was shown."""

    status = forms.ChoiceField(label=_("Keterangan"), choices=_STATUS, required=False)
    dasar = forms.CharField(required=False, widget=forms.HiddenInput, max_length=150)

    def __init__(self, data: Any, *, wilayah: Wilayah, indikator: Indikator, sel: Sel) -> None:
        status = sel.status if sel.status != StatusNilai.ADA else ""
        figures = {name: getattr(sel, name) for name in BAGIAN}
        super().__init__(
            data,
            prefix=f"s-{wilayah.pk}-{indikator.kode}",
            initial={**figures, "status": status, "dasar": sebut(sel)},
            auto_id="%s",
        )
        self.wilayah, self.indikator = wilayah, indikator
        for name in bagian_of(indikator):
            self.fields[name] = AngkaField(label=BAGIAN[name])
        place = wilayah.nama_lengkap
        for name in (*bagian_of(indikator), "status", "dasar"):  # the form stands beside the table, not around it
            label = f"{self.fields[name].label}, {indikator.kode}, {place}"
            self.fields[name].widget.attrs |= {"form": "kisi", "aria-label": label}
        self.bagian = [self[name] for name in bagian_of(indikator)]

    @property
    def kunci(self) -> Kunci:
        return self.wilayah.pk, self.indikator.kode

    @property
    def is_sent(self) -> bool:
        return self.add_prefix("dasar") in self.data

    def clean(self) -> dict[str, Any]:
        figures = {name: self.cleaned_data.get(name) for name in bagian_of(self.indikator)}
        typed = any(value is not None for value in figures.values())
        status = self.cleaned_data.get("status") or (StatusNilai.ADA if typed else "")
        if typed and status != StatusNilai.ADA:
            self.add_error("status", _("Kosongkan angkanya, atau pilih “angka”."))
        self.sel = Sel(**figures, status=str(status)) if status else KOSONG
        return self.cleaned_data

    @property
    def semula(self) -> Sel:
        return baca_sebutan(self.cleaned_data.get("dasar", ""))


def sebut(sel: Sel) -> str:
    """A cell in one line, as the page carries it along."""
    return _PEMISAH.join([*(tulis(getattr(sel, name)) for name in BAGIAN), sel.status])


def baca_sebutan(text: str) -> Sel:
    """The cell of a line; an empty one of anything else, so that a changed page never overwrites somebody's work."""
    *figures, status = text.split(_PEMISAH)
    try:
        return Sel(**dict(zip(BAGIAN, map(angka_nilai, figures), strict=True)), status=status)
    except ValueError:
        return KOSONG


def kunci_terpilih(values: Iterable[str]) -> set[Kunci]:
    """Cells that somebody ticked, "12:KES-01" each; anything else names none."""
    pairs = (value.partition(":") for value in values)
    return {(int(pk), kode) for pk, _colon, kode in pairs if pk.isascii() and pk.isdigit()}


class CatatanTemuanForm(forms.Form):
    """A note for each warning."""

    def __init__(self, *args: Any, temuan: Iterable[Temuan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.temuan = list(temuan)
        for satu in self.temuan:
            self.fields[str(satu.pk)] = forms.CharField(
                label=_("Catatan"), required=False, max_length=250, initial=satu.catatan, validators=[tanpa_nik]
            )

    def catatan(self) -> dict[int, str]:
        """What was typed, by finding; only of those that were sent."""
        return {satu.pk: self.cleaned_data[str(satu.pk)] for satu in self.temuan if str(satu.pk) in self.data}


class AjukanForm(Bantu):
    """Whether what is empty is meant to be."""

    kosong_disengaja = forms.BooleanField(label=_("Yang kosong memang kosong"), required=False)


class AlasanForm(Bantu):
    """Why a sheet goes back, or is opened for correction."""

    alasan = forms.CharField(
        label=_("Alasan"), max_length=250, validators=[tanpa_nik], widget=forms.Textarea(attrs={"rows": 2})
    )


class BukaKunciForm(Bantu):
    """An exception from the lock."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.all(), label=_("Dataset"), required=False, empty_label=_("– semua dataset –")
    )
    periode = forms.CharField(label=_("Periode"), max_length=7, help_text=_("Misalnya 2026-03, 2026-T1, atau 2026-S1."))
    sampai = forms.DateField(label=_("Terbuka sampai"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    alasan = forms.CharField(label=_("Alasan"), max_length=250, validators=[tanpa_nik])


@dataclass(frozen=True)
class BarisKisi:
    """A row of the grid: a desa of one indicator, or an indicator of one desa."""

    form: BarisForm
    label: str
    sel: Sel
    lalu: Sel
    temuan: Sequence[Temuan]
    may_fill: bool
    is_total: bool = False


def kisi(
    data: Any, lembar: Lembar, tempat: Sequence[Wilayah], indikator: Sequence[Indikator], temuan: Iterable[Temuan],
    may_fill: Callable[[Wilayah], bool],
) -> list[BarisKisi]:  # fmt: skip
    """The rows of a part of a sheet: some of its regions times some of its indicators, of which one is one."""
    by_cell: dict[tuple[int | None, str | None], list[Temuan]] = defaultdict(list)
    for satu in temuan:
        by_cell[satu.wilayah_id, satu.indikator_id].append(satu)
    return [
        BarisKisi(
            form=BarisForm(data, wilayah=wilayah, indikator=satu, sel=lembar.sel(wilayah, satu)),
            label=wilayah.nama if len(indikator) == 1 else satu.nama,
            sel=lembar.sel(wilayah, satu),
            lalu=lembar.lalu.get((wilayah.pk, satu.kode), KOSONG),
            temuan=by_cell[wilayah.pk, satu.kode],
            may_fill=may_fill(wilayah),
            is_total=wilayah == lembar.kecamatan,
        )
        for wilayah in tempat
        for satu in indikator
    ]

"""Forms about days off and deadlines."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import HariLibur, Tingkat, Wilayah
from kecamatan.queries.hari_libur import HARI_TERBANYAK, TAHUN_AKHIR, TAHUN_AWAL


def _date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class HariLiburForm(forms.ModelForm):
    """A day off of the nation, or of the kabupaten that lays it down."""

    class Meta:
        model = HariLibur
        fields = ("tanggal", "nama", "jenis", "sumber")
        labels = {"sumber": _("Dasar penetapan, misalnya nomor SKB atau SK bupati")}

    def __init__(self, *args: Any, wilayah: Wilayah, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wilayah = wilayah
        self.fields["tanggal"].widget = _date_input()
        if wilayah.tingkat == Tingkat.NASIONAL:
            national = [choice for choice in HariLibur.Jenis.choices if choice[0] != HariLibur.Jenis.DAERAH]
            widget = forms.Select(attrs={"class": "form-select"})
            self.fields["jenis"] = forms.ChoiceField(label=_("Jenis"), choices=national, widget=widget)
        else:
            del self.fields["jenis"]

    def clean_tanggal(self) -> datetime.date:
        tanggal: datetime.date = self.cleaned_data["tanggal"]
        others = HariLibur.objects.kept_by(self.wilayah).filter(tanggal=tanggal).exclude(pk=self.instance.pk)
        if not TAHUN_AWAL <= tanggal.year <= TAHUN_AKHIR:
            raise forms.ValidationError(_("Periksa tahunnya."))
        if taken := others.first():
            raise forms.ValidationError(
                _("Tanggal ini sudah tercatat: %(nama)s. Ubah yang itu.") % {"nama": taken.nama}
            )
        return tanggal

    @property
    def values(self) -> dict[str, Any]:
        """The day's fields; a kabupaten's own are always local holidays."""
        return {"jenis": HariLibur.Jenis.DAERAH} | self.cleaned_data


class TahunForm(forms.Form):
    """A year to propose: this one or one of the next five, which is as far as estimates are of use."""

    BATAS = _("Hari libur diusulkan untuk tahun ini sampai lima tahun mendatang.")

    tahun = forms.IntegerField(error_messages={"required": BATAS, "invalid": BATAS})

    def clean_tahun(self) -> int:
        tahun: int = self.cleaned_data["tahun"]
        if not 0 <= tahun - timezone.localdate().year <= 5:
            raise forms.ValidationError(self.BATAS)
        return tahun


class PilihHariForm(forms.Form):
    """Days chosen from a list; `sumber` when they are to count."""

    BERUBAH = _("Daftarnya sudah berubah. Lihat lagi, lalu pilih.")

    hari = forms.ModelMultipleChoiceField(
        queryset=HariLibur.objects.none(),
        error_messages={
            "required": _("Pilih sedikitnya satu hari."),
            "invalid_choice": BERUBAH,
            "invalid_pk_value": BERUBAH,
        },
    )
    sumber = forms.CharField(label=_("Dasar penetapan, misalnya nomor SKB"), max_length=200)

    def __init__(self, *args: Any, days: QuerySet[HariLibur], with_sumber: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hari = self.fields["hari"]
        hari.queryset = days  # type: ignore[attr-defined]
        if not with_sumber:
            del self.fields["sumber"]


class TenggatForm(forms.Form):
    """From which day how many working days are to be counted."""

    mulai = forms.DateField(label=_("Diterima tanggal"), widget=_date_input())
    hari = forms.IntegerField(label=_("Jumlah hari kerja"), min_value=1, max_value=HARI_TERBANYAK)

    def clean_mulai(self) -> datetime.date:
        mulai: datetime.date = self.cleaned_data["mulai"]
        if not TAHUN_AWAL <= mulai.year < TAHUN_AKHIR:
            raise forms.ValidationError(_("Periksa tahunnya."))
        return mulai

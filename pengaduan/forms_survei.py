"""Forms of those who keep surveys."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import UnitLayanan
from p3pd_portal.lib.periode import PER_TAHUN, Periode
from pengaduan.actions.survei import BOLEH_UBAH
from pengaduan.models import JenisLayanan, Survei


def pilihan_periode(tahun: int) -> list[tuple[str, str]]:
    """Years, semesters and quarters of a year, the one before and the one after."""
    periods = [
        Periode(kind, year, nomor)
        for year in (tahun, tahun - 1, tahun + 1)
        for kind in "YST"
        for nomor in range(1, PER_TAHUN[kind] + 1)
    ]
    return [(str(satu), satu.label.capitalize()) for satu in periods]


class SurveiForm(Bantu):
    """A survey; of one that runs or is closed only what may still be corrected."""

    unit = forms.ModelChoiceField(
        UnitLayanan.objects.none(), label=_("Unit layanan"), empty_label=_("– pilih –"),
        error_messages={"invalid_choice": _("Unit ini bukan unit Anda. Pilih yang ada di daftar.")},
    )  # fmt: skip
    jenis_layanan = forms.CharField(
        label=_("Jenis layanan"), max_length=100, widget=forms.TextInput(attrs={"list": "daftar-layanan"}),
        help_text=_("Pilih dari saran, atau tulis sendiri. Layanan yang sama ditulis sama setiap periode."),
    )  # fmt: skip
    periode = forms.ChoiceField(label=_("Periode"))
    populasi = forms.IntegerField(
        label=_("Populasi"), min_value=1, max_value=10**8, required=False,
        help_text=_("Banyaknya penerima layanan ini dalam periode. Kosongkan bila belum diketahui."),
    )  # fmt: skip
    dari = forms.DateField(label=_("Dibuka dari"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    sampai = forms.DateField(label=_("Sampai dengan"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))

    def __init__(self, *args: Any, unit: Iterable[UnitLayanan], survei: Survei | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [satu.pk for satu in unit]
        self.fields["unit"].queryset = UnitLayanan.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        periods = pilihan_periode(timezone.localdate().year)
        if survei:
            self.initial.update({name: getattr(survei, name) for name in self.fields})
            periods += [] if survei.periode in dict(periods) else [(survei.periode, survei.label_periode)]
        self.fields["periode"].choices = periods  # type: ignore[attr-defined]
        for name in set(self.fields) - set(BOLEH_UBAH[survei.status if survei else Survei.Status.DRAF]):
            del self.fields[name]

    def clean_jenis_layanan(self) -> str:
        """As the list spells it, so that the same service stays one over the periods."""
        typed = " ".join(self.cleaned_data["jenis_layanan"].split())
        known = JenisLayanan.objects.filter(nama__iexact=typed).values_list("nama", flat=True)
        return known.first() or typed


class RencanaForm(Bantu):
    rencana = forms.CharField(
        label=_("Rencana tindak lanjut"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Apa yang diperbaiki, oleh siapa, dan kapan; mulai dari unsur terlemah. Ikut terbit."),
    )  # fmt: skip


def initial_tanggal(today: datetime.date) -> dict[str, Any]:
    """What a new survey starts with: this semester, open for thirty days."""
    return {
        "periode": str(Periode.of("S", today)),
        "dari": today,
        "sampai": today + datetime.timedelta(days=30),
    }

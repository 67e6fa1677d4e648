"""Forms of a timetable."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Orang
from pelatihan.models import Kelas, Modul, Sesi


TIME = {"type": "time"}


class OrangField(forms.ModelMultipleChoiceField):
    """People with their offices."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(part for part in (obj.nama_lengkap, obj.jabatan, obj.instansi) if part)


class SesiForm(Bantu):
    """A session, by the clock of its class."""

    modul = forms.ModelChoiceField(
        Modul.objects.none(), label=_("Modul"), required=False, empty_label=_("– bukan modul (pembukaan, tes, rehat) –")
    )
    judul = forms.CharField(
        label=_("Judul"), max_length=200, required=False, help_text=_("Kosongkan untuk memakai judul modul.")
    )
    hari = forms.DateField(label=_("Hari"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    dari = forms.TimeField(label=_("Dari jam"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    sampai = forms.TimeField(label=_("Sampai jam"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    jp = forms.IntegerField(
        label=_("Jam pelajaran (JP)"), min_value=0, max_value=99, initial=0,
        help_text=_("0 untuk sesi yang tidak dihitung dalam kehadiran."),
    )  # fmt: skip
    ruang = forms.CharField(label=_("Ruang"), max_length=100, required=False)
    toleransi = forms.IntegerField(
        label=_("Terlambat sesudah (menit)"), min_value=0, max_value=600, required=False, initial=15,
        help_text=_("Kosongkan bila keterlambatan tidak dicatat."),
    )  # fmt: skip
    pelatih = OrangField(Orang.objects.none(), label=_("Pelatih"), required=False, widget=forms.CheckboxSelectMultiple)
    nip = forms.CharField(
        label=_("NIP pelatih lain"), max_length=400, required=False, help_text=_("18 angka, dipisahkan koma."),
    )  # fmt: skip

    def __init__(self, *args: Any, kelas: Kelas, calon: list[Orang], sesi: Sesi | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kelas = kelas
        self.fields["modul"].queryset = Modul.objects.filter(jenis=kelas.angkatan.program.jenis)  # type: ignore[attr-defined]
        chosen = list(sesi.pelatih.values_list("pk", flat=True)) if sesi else []
        offered = Orang.objects.filter(pk__in=[satu.pk for satu in calon] + chosen).order_by("nama", "pk")
        self.fields["pelatih"].queryset = offered  # type: ignore[attr-defined]
        for name, label in (("dari", _("Dari jam")), ("sampai", _("Sampai jam"))):
            self.fields[name].label = f"{label} ({kelas.zona})"
        if sesi:
            mulai, selesai = (moment.astimezone(kelas.zona_waktu) for moment in (sesi.mulai, sesi.selesai))
            names = ("modul", "judul", "jp", "ruang", "toleransi")
            self.initial.update({name: getattr(sesi, name) for name in names})
            when = {"hari": mulai.date(), "dari": mulai.time(), "sampai": selesai.time()}
            self.initial.update({**when, "pelatih": chosen})

    def clean_nip(self) -> list[Orang]:
        told = [re.sub(r"\D", "", part) for part in re.split(r"[,;\n]+", self.cleaned_data["nip"]) if part.strip()]
        known = {satu.nip: satu for satu in Orang.objects.filter(nip__in=told)}
        if unknown := sum(nip not in known for nip in told):
            text = _("%(n)s NIP belum tercatat di portal. Periksa angkanya, atau tambahkan orangnya dahulu.")
            raise ValidationError(text, params={"n": unknown})
        return list(known.values())

    def clean(self) -> dict[str, Any]:
        modul = self.cleaned_data.get("modul")
        if not self.cleaned_data.get("judul"):
            self.cleaned_data["judul"] = modul.judul if modul else ""
            if modul is None:
                self.add_error("judul", _("Isi judulnya, atau pilih modul."))
        dari, sampai = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if dari and sampai and sampai <= dari:
            self.add_error("sampai", _("Jam selesai mendahului jam mulai. Periksa keduanya."))
        return self.cleaned_data

    def isi(self) -> dict[str, Any]:
        """What the action takes: moments instead of hours, all trainers together."""
        told = dict(self.cleaned_data)
        hari, people = told.pop("hari"), {*told.pop("pelatih"), *told.pop("nip")}
        mulai, selesai = (self._moment(hari, told.pop(name)) for name in ("dari", "sampai"))
        return {**told, "mulai": mulai, "selesai": selesai, "pelatih": sorted(people, key=lambda satu: satu.pk)}

    def _moment(self, hari: datetime.date, jam: datetime.time) -> datetime.datetime:
        return datetime.datetime.combine(hari, jam, tzinfo=self.kelas.zona_waktu)

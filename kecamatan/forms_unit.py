"""Forms about service units."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Tingkat, UnitLayanan, Wilayah
from kecamatan.queries.unit import KerjaKecamatan, per_kecamatan


class _PilihWilayah(forms.ModelChoiceField):
    """A region by its code, named in full."""

    def label_from_instance(self, obj: Wilayah) -> str:
        return obj.nama_lengkap


class UnitForm(forms.ModelForm):
    """A service unit and its working area. The desa on offer are those of its kabupaten; it may stand where the
    person who fills the form may keep units."""

    wilayah = _PilihWilayah(
        queryset=Wilayah.objects.none(),
        to_field_name="kode",
        label=_("Tempat berdiri"),
        help_text=_("Desa atau kelurahan. Puskesmas, UPT pendidikan, dan kantor camat boleh dicatat pada kecamatan."),
    )
    wilayah_kerja = forms.ModelMultipleChoiceField(
        queryset=Wilayah.objects.none(),
        to_field_name="kode",
        required=False,
        label=_("Wilayah kerja"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = UnitLayanan
        fields = (
            "jenis", "nama", "kode", "wilayah", "alamat", "lintang", "bujur", "mulai", "sampai", "sumber",
            "wilayah_kerja",
        )  # fmt: skip
        labels = {
            "jenis": _("Jenis unit"),
            "nama": _("Nama unit"),
            "kode": _("Kode unit"),
            "alamat": _("Alamat"),
            "lintang": _("Lintang"),
            "bujur": _("Bujur"),
            "mulai": _("Mulai melayani"),
            "sampai": _("Hari terakhir melayani"),
            "sumber": _("Sumber data"),
        }
        help_texts = {
            "kode": _("NPSN, kode puskesmas, atau sejenisnya. Boleh kosong."),
            "lintang": _("Derajat desimal, misalnya -7.112345. Boleh kosong."),
            "bujur": _("Derajat desimal, misalnya 112.417250. Boleh kosong."),
            "mulai": _("Boleh kosong."),
            "sampai": _("Hanya bila unit sudah atau akan tutup."),
            "sumber": _("Misalnya: Dapodik semester ganjil 2025. Boleh kosong."),
        }
        widgets = {name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("mulai", "sampai")}

    def __init__(self, *args: Any, kabupaten: Wilayah, boleh: Callable[[Wilayah], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = Wilayah.objects.in_force().in_wilayah(kabupaten).filter(tingkat__gte=Tingkat.KECAMATAN)
        regions = list(below.select_related("induk").order_by("kode"))
        self._desa = [satu for satu in regions if satu.tingkat == Tingkat.DESA]
        self._offer_tempat([satu for satu in regions if boleh(satu)])
        area: Any = self.fields["wilayah_kerja"]
        area.queryset = below.filter(tingkat=Tingkat.DESA)
        area.error_messages["invalid_choice"] = _(
            "%(value)s bukan desa atau kelurahan di {nama}. Wilayah kerja tidak boleh keluar dari kabupaten/kota."
        ).format(nama=kabupaten.nama_lengkap)
        for name in ("jenis", "wilayah"):
            self.fields[name].widget.attrs["class"] = "form-select"

    def _offer_tempat(self, tempat: list[Wilayah]) -> None:
        """Places grouped by kecamatan, each kecamatan before its desa."""
        field: Any = self.fields["wilayah"]
        field.queryset = Wilayah.objects.filter(pk__in=[satu.pk for satu in tempat])
        groups: dict[str, list[tuple[str, str]]] = {}
        for satu in tempat:
            kecamatan = satu.induk if satu.tingkat == Tingkat.DESA and satu.induk else satu
            groups.setdefault(kecamatan.nama_lengkap, []).append((satu.kode, satu.nama_lengkap))
        field.choices = [("", _("Pilih tempat")), *groups.items()]
        if self.instance.wilayah_id:
            self.initial["wilayah"] = self.instance.wilayah

    def kelompok_desa(self) -> list[tuple[KerjaKecamatan, set[str]]]:
        """The desa of the kabupaten by kecamatan, each with the codes chosen there."""
        chosen = set(self["wilayah_kerja"].value() or ())
        return [(satu, chosen & {desa.kode for desa in satu.desa}) for satu in per_kecamatan(self._desa)]

    def clean_nama(self) -> str:
        return " ".join(self.cleaned_data["nama"].split())

    def clean_kode(self) -> str:
        return re.sub(r"\s", "", self.cleaned_data["kode"]).upper()


class TutupUnitForm(forms.Form):
    """The last day on which a unit works."""

    sampai = forms.DateField(
        label=_("Hari terakhir melayani"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

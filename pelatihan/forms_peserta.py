"""Forms about participants."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import ProfilForm
from kecamatan.models import JenisKelamin
from p3pd_portal.lib.nip import parse_nip
from pelatihan.forms import KodeWilayahField
from pelatihan.importers.peserta import unsur_of
from pelatihan.models import Angkatan, Kelas, Peserta, UnsurPeserta
from pelatihan.models.data_peserta import DIRI, TEMPAT, DataPeserta


class PesertaForm(ProfilForm):
    """A participant: who it is, and where they sit. Of somebody whose record another office keeps, only where."""

    nip = forms.CharField(
        label=_("NIP"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("18 angka; kosongkan bila tidak punya. Bila sudah tercatat, orang itulah yang ditambahkan."),
    )  # fmt: skip
    jenis_kelamin = forms.ChoiceField(
        label=_("Jenis kelamin"), required=False, choices=[("", _("menurut NIP")), *JenisKelamin.choices]
    )
    unsur = forms.ModelChoiceField(
        UnsurPeserta.objects.none(), label=_("Unsur"), required=False, empty_label=_("– tidak ada –")
    )
    wilayah = KodeWilayahField(
        label=_("Kode wilayah kerja"), max_length=20, help_text=_("Kabupaten/kota atau kecamatan tempatnya bekerja.")
    )
    kelas = forms.ModelChoiceField(
        Kelas.objects.none(), label=_("Kelas"), required=False, empty_label=_("– belum dibagi –")
    )
    field_order = ["nip", "nama"]

    def __init__(
        self, *args: Any, angkatan: Angkatan, peserta: Peserta | None = None, is_ours: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offices = [satu.pk for satu in unsur_of(angkatan)]
        self.fields["unsur"].queryset = UnsurPeserta.objects.filter(pk__in=offices)  # type: ignore[attr-defined]
        self.fields["kelas"].queryset = angkatan.kelas.all()  # type: ignore[attr-defined]
        self.peserta = peserta
        if peserta:
            self.initial.update({name: getattr(peserta.orang, name) for name in ("nip", *DIRI)})
            self.initial.update({"telepon": peserta.orang.telepon_tampil, "wilayah": peserta.wilayah.kode})
            self.initial.update({"unsur": peserta.unsur_id, "kelas": peserta.kelas_id})
        if not is_ours:
            for name in ("nip", *DIRI):
                del self.fields[name]

    def clean_nip(self) -> str | None:
        text = self.cleaned_data["nip"]
        try:
            return parse_nip(text, timezone.localdate()).angka if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def data_peserta(self) -> DataPeserta:
        told = dict(self.cleaned_data)
        if self.peserta:
            told.setdefault("nama", self.peserta.orang.nama)
        return DataPeserta(**{name: told[name] for name in ("nip", *DIRI, *TEMPAT) if name in told})

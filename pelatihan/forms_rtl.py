"""Forms of plans for after the training."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.models import Indikator
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.forms import KodeWilayahField
from pelatihan.models import PemantauanRtl, Rtl


def _indikator() -> list[tuple[str, Any]]:
    """The catalogue, by service."""
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = Indikator.objects.filter(konteks=False).select_related("bidang")
    for satu in rows.order_by("bidang__urutan", "kode"):
        groups.setdefault(str(satu.bidang), []).append((satu.kode, satu.nama))
    return [("", _("– pilih –")), *groups.items()]


class RtlForm(Bantu):
    """A plan, in the order of its template: masalah, indikator, kegiatan, desa, tenggat."""

    masalah = forms.CharField(
        label=_("Masalah"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang belum baik menurut angka di dasbor, dan di mana."),
    )  # fmt: skip
    kode_indikator = forms.ChoiceField(label=_("Indikator"), help_text=_("Angka yang akan berubah."))
    kegiatan = forms.CharField(label=_("Kegiatan"), max_length=300, help_text=_("Apa yang Anda lakukan."))
    target = forms.CharField(
        label=_("Target terukur"), max_length=300, help_text=_("Misalnya: 20 dari 25 balita ditimbang setiap bulan.")
    )
    desa = KodeWilayahField(label=_("Kode desa atau kelurahan"), max_length=20, help_text=_("Misalnya 33.22.05.2001."))
    tenggat = forms.DateField(label=_("Tenggat"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    penanggung_jawab = forms.CharField(
        label=_("Penanggung jawab"), max_length=150, help_text=_("Nama jabatan, misalnya Kasi Kesra Kecamatan.")
    )

    def __init__(self, *args: Any, wilayah: Wilayah, rtl: Rtl | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kode_indikator"].choices = _indikator()  # type: ignore[attr-defined]
        if wilayah.tingkat == Tingkat.KECAMATAN:
            desa = Wilayah.objects.children_of(wilayah)
            self.fields["desa"] = forms.ModelChoiceField(
                desa, label=_("Desa atau kelurahan"), empty_label=_("– pilih –"), to_field_name="kode"
            )
        if rtl:
            self.initial.update({name: getattr(rtl, name) for name in self.fields})
            self.initial["desa"] = rtl.desa.kode


class PantauForm(Bantu):
    """How a plan goes."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=Rtl.Status.choices)
    uraian = forms.CharField(
        label=_("Perkembangannya"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang sudah dilakukan, dan apa hasilnya."),
    )  # fmt: skip
    bukti = forms.FileField(
        label=_("Bukti"), required=False, widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
        help_text=_("Foto atau PDF, paling besar 5 MB. Wajib bila rencana sudah selesai."),
    )  # fmt: skip

    def clean_bukti(self) -> Dokumen | None:
        return clean_dokumen(self.cleaned_data["bukti"])


class VerifikasiForm(Bantu):
    """What the verifier found."""

    hasil = forms.ChoiceField(label=_("Hasil"), choices=PemantauanRtl.Hasil.choices)
    catatan = forms.CharField(
        label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila dikembalikan: apa yang perlu dilengkapi."),
    )  # fmt: skip

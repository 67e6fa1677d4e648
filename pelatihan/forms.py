"""Forms of those who run training."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Wilayah
from kecamatan.models.wilayah import normalize_kode
from pelatihan.models import Angkatan, JenisPelatihan, Program


def find_wilayah(text: str) -> list[Wilayah]:
    """The regions of codes with commas or line breaks between them.

    Raises:
        ValidationError: which code is none.
    """
    codes = [normalize_kode(part) for part in re.split(r"[,;\s]+", text) if part]
    known = {satu.kode: satu for satu in Wilayah.objects.in_force().filter(kode__in=codes)}
    unknown = [kode for kode in codes if kode not in known]
    if unknown:
        words = {"kode": ", ".join(kode[:16] for kode in unknown[:5])}
        raise ValidationError(_("Kode ini tidak ada dalam daftar Kemendagri: %(kode)s. Periksa lagi."), params=words)
    return [known[kode] for kode in dict.fromkeys(codes)]


class KodeWilayahField(forms.CharField):
    """A region by its code."""

    def clean(self, value: Any) -> Wilayah | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_wilayah(text)
        if len(found) != 1:
            raise ValidationError(_("Tulis satu kode wilayah, misalnya 33.74."))
        return found[0]


class ProgramForm(Bantu):
    """A programme."""

    nama = forms.CharField(label=_("Nama program"), max_length=150)
    jenis = forms.ChoiceField(label=_("Jenis"), choices=JenisPelatihan.choices)
    keterangan = forms.CharField(
        label=_("Keterangan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AngkatanForm(Bantu):
    """A cohort."""

    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"), empty_label=_("– pilih –"))
    nama = forms.CharField(label=_("Nama angkatan"), max_length=150)
    tahap = forms.IntegerField(label=_("Tahap"), min_value=1, max_value=99, required=False)
    cakupan = forms.CharField(
        label=_("Wilayah sasaran"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kode wilayah yang pesertanya dilatih, dipisahkan koma; misalnya 33.74, 33.22."),
    )  # fmt: skip
    moda = forms.ChoiceField(label=_("Cara"), choices=Angkatan.Moda.choices)
    mulai = forms.DateField(
        label=_("Hari pertama"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    selesai = forms.DateField(
        label=_("Hari terakhir"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    pembukaan = forms.DateField(
        label=_("Hari pembukaan"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Bila lain dari hari pertama."),
    )  # fmt: skip
    batas_usulan = forms.DateField(
        label=_("Batas usulan"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Hari terakhir Sekda mengirim usulan. Kosongkan bila peserta langsung ditetapkan."),
    )  # fmt: skip
    induk = forms.ModelChoiceField(
        Angkatan.objects.none(), label=_("Pelatihnya dari"), required=False, empty_label=_("– tidak ada –"),
        help_text=_("Angkatan ToT yang meluluskan para pelatihnya."),
    )  # fmt: skip
    penyedia = forms.CharField(label=_("Penyedia pihak ketiga"), max_length=150, required=False)
    syarat_hadir = forms.IntegerField(
        label=_("Kehadiran paling sedikit (%)"), min_value=0, max_value=100, required=False,
        help_text=_("Bagian JP yang dihadiri. Kosongkan bila tidak disyaratkan."),
    )  # fmt: skip
    syarat_nilai = forms.IntegerField(
        label=_("Nilai pascates paling sedikit"), min_value=0, max_value=100, required=False,
        help_text=_("Kosongkan bila tidak disyaratkan."),
    )  # fmt: skip
    syarat_rtl = forms.BooleanField(label=_("RTL wajib untuk lulus"), required=False)
    pola_nomor = forms.CharField(
        label=_("Pola nomor sertifikat"), max_length=100, required=False,
        help_text=_("Dengan {urut}, {bulan}, dan {tahun}; misalnya {urut}/ToT-2/BAK/{bulan}/{tahun}."),
    )  # fmt: skip
    keterangan = forms.CharField(
        label=_("Keterangan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, program: list[Program], induk: list[Angkatan], angkatan: Angkatan | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = Program.objects.filter(pk__in=[satu.pk for satu in program])  # type: ignore[attr-defined]
        self.fields["induk"].queryset = Angkatan.objects.filter(pk__in=[satu.pk for satu in induk])  # type: ignore[attr-defined]
        if angkatan:
            del self.fields["program"]
            self.initial.update({name: getattr(angkatan, name) for name in self.fields})
            self.initial["cakupan"] = ", ".join(satu.kode for satu in angkatan.cakupan.order_by("kode"))

    def clean_cakupan(self) -> list[Wilayah]:
        return find_wilayah(self.cleaned_data["cakupan"])

    def clean_pola_nomor(self) -> str:
        pola: str = self.cleaned_data["pola_nomor"]
        if pola and (set(re.findall(r"\{([^}]*)\}", pola)) - {"urut", "bulan", "tahun"} or "{urut}" not in pola):
            raise ValidationError(_("Pola memuat {urut}; selain itu hanya {bulan} dan {tahun}."))
        return pola


class AlasanForm(Bantu):
    """Why a step is taken."""

    alasan = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

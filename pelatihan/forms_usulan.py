"""Forms of those who propose people, and of those who decide on them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import DATE, SUREL_SALAH, Bantu, ProfilForm
from kecamatan.models import Wilayah
from kecamatan.models.orang import JenisKelamin
from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.nip import parse_nip
from pelatihan.forms import AlasanForm
from pelatihan.models import Calon, UnsurPeserta, Usulan


NIP = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


def _clean_nip(text: str) -> str:
    """Raises:
    ValidationError: digits that make no sense.
    """
    if not text:
        return ""
    try:
        return parse_nip(text, timezone.localdate()).angka
    except ValueError as error:
        raise ValidationError(str(error)) from error


class KodeUndanganForm(Bantu):
    """The one-time code that the office got by mail."""

    kode = forms.CharField(
        label=_("Kode sekali pakai"), max_length=20, help_text=_("Delapan tanda dari surel; huruf kecil boleh."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters",
                                      "spellcheck": "false"}),
    )  # fmt: skip

    def refuse(self) -> None:
        """Wrong, used, old and too often guessed codes look alike."""
        self.add_error("kode", _("Kode ini salah, sudah dipakai, atau lewat 15 menit. Minta kode baru."))


class CalonForm(ProfilForm):
    """Somebody who is proposed. What is still unknown may be left out until the proposal is sent."""

    unsur = forms.ModelChoiceField(UnsurPeserta.objects.none(), label=_("Unsur"), empty_label=_("– pilih –"))
    wilayah = forms.ModelChoiceField(
        Wilayah.objects.none(), label=_("Kecamatan tempat bertugas"), required=False, empty_label=_("– pilih –")
    )
    nip = forms.CharField(
        label=_("NIP"), max_length=30, required=False, widget=NIP,
        help_text=_("18 angka. Tanggal lahir dan jenis kelamin dibaca dari sini."),
    )  # fmt: skip
    jenis_kelamin = forms.ChoiceField(
        label=_("Jenis kelamin"), required=False, choices=[("", _("menurut NIP")), *JenisKelamin.choices]
    )
    surel = forms.EmailField(
        label=_("Surel"), required=False, error_messages=SUREL_SALAH,
        help_text=_("Bila ada: pemberitahuan dan tautan konfirmasi dikirim ke sini."),
    )  # fmt: skip
    field_order = ["unsur", "wilayah", "nip", "nama", "gelar_depan", "gelar_belakang", "jenis_kelamin", "jabatan",
                   "instansi", "telepon", "surel"]  # fmt: skip

    def __init__(
        self, *args: Any, unsur: Iterable[UnsurPeserta], kabupaten: Wilayah, calon: Calon | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offices, self.kabupaten = list(unsur), kabupaten
        self.fields["unsur"].queryset = UnsurPeserta.objects.filter(pk__in=[satu.pk for satu in offices])  # type: ignore[attr-defined]
        self.fields["unsur"].label_from_instance = str  # type: ignore[attr-defined]
        if any(satu.kecamatan for satu in offices):
            self.fields["wilayah"].queryset = Wilayah.objects.children_of(kabupaten)  # type: ignore[attr-defined]
            self.fields["wilayah"].label_from_instance = lambda satu: satu.nama_lengkap  # type: ignore[attr-defined]
        else:
            del self.fields["wilayah"]
        if calon:
            self.initial.update({name: getattr(calon, name) for name in self.fields})
            self.initial["telepon"] = calon.telepon_tampil

    def clean_nip(self) -> str:
        return _clean_nip(self.cleaned_data["nip"])

    def isi(self) -> dict[str, Any]:
        """What `save_calon` takes; who works in no kecamatan works in the kabupaten."""
        office = self.cleaned_data["unsur"]
        chosen = self.cleaned_data.get("wilayah") if office.kecamatan else None
        return self.cleaned_data | {"wilayah": chosen or self.kabupaten}


class SuratForm(Bantu):
    """The letter of the Sekda, and its scan once it is signed."""

    nomor_surat = forms.CharField(label=_("Nomor surat"), max_length=100, required=False)
    tanggal_surat = forms.DateField(
        label=_("Tanggal surat"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    pejabat = forms.CharField(label=_("Nama pejabat pengusul"), max_length=150, required=False)
    jabatan_pejabat = forms.CharField(
        label=_("Jabatannya"), max_length=100, help_text=_("Sekretaris Daerah, atau Plt. Sekretaris Daerah.")
    )
    nip_pejabat = forms.CharField(label=_("NIP-nya"), max_length=30, required=False, widget=NIP)
    berkas = forms.FileField(
        label=_("Pindaian surat bertanda tangan"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF, JPEG, atau PNG, paling besar 5 MB. Kosong berarti pindaian yang tersimpan tetap dipakai."),
    )  # fmt: skip

    def __init__(self, *args: Any, usulan: Usulan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(usulan, name) for name in self.fields if name != "berkas"})

    def clean_nip_pejabat(self) -> str:
        return _clean_nip(self.cleaned_data["nip_pejabat"])

    def clean_berkas(self) -> Dokumen | None:
        return clean_dokumen(self.cleaned_data["berkas"])


class KembaliForm(AlasanForm):
    """Why a proposal goes back, and until when it may come again."""

    batas = forms.DateField(label=_("Batas perbaikan"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))


class SamaForm(Bantu):
    """One number for the whole grid."""

    jumlah = forms.IntegerField(label=_("Peserta"), min_value=0, max_value=99)
    cadangan = forms.IntegerField(label=_("Cadangan"), min_value=0, max_value=99, initial=1)


class PutusForm(Bantu):
    """People of a proposal, and what is decided on them."""

    calon = forms.TypedMultipleChoiceField(coerce=int, required=False)
    alasan = forms.CharField(max_length=300, required=False)
    keputusan = forms.ChoiceField(choices=[(satu, satu) for satu in ("setujui", "cadangan", "tolak")])

    def __init__(self, *args: Any, calon: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calon"].choices = [(pk, pk) for pk in calon]  # type: ignore[attr-defined]

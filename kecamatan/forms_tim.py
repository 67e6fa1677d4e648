"""Forms about the team of a kecamatan. They return domain values."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import AnggotaTim, Orang, Penugasan, Wilayah
from p3pd_portal.lib.dokumen import Dokumen


class TimForm(Bantu):
    """The decision by which a camat founds the team."""

    nomor_sk = forms.CharField(label=_("Nomor SK camat"), max_length=100)
    tanggal_sk = forms.DateField(label=_("Tanggal SK"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    berkas = forms.FileField(
        label=_("Pindaian SK"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF, JPEG, atau PNG, paling besar 5 MB. Kosong berarti pindaian yang tersimpan tetap dipakai."),
    )  # fmt: skip

    def clean_tanggal_sk(self) -> Any:
        tanggal = self.cleaned_data["tanggal_sk"]
        if tanggal > timezone.localdate():
            raise ValidationError(_("Tanggal SK belum tiba. Periksa lagi."))
        return tanggal

    def clean_berkas(self) -> Dokumen | None:
        return clean_dokumen(self.cleaned_data["berkas"])


class AnggotaForm(Bantu):
    """A member: somebody who works in the kecamatan, or a name that is new to the portal."""

    orang = forms.ModelChoiceField(
        Orang.objects.none(), label=_("Petugas kecamatan ini"), required=False, empty_label=_("– tulis nama di bawah –")
    )
    nama = forms.CharField(label=_("atau nama orang lain"), max_length=150, required=False)
    jabatan = forms.CharField(label=_("Jabatannya"), max_length=100, required=False)
    kedudukan = forms.ChoiceField(
        label=_("Kedudukan dalam tim"), choices=AnggotaTim.Kedudukan.choices, initial=AnggotaTim.Kedudukan.ANGGOTA
    )

    def __init__(self, *args: Any, wilayah: Wilayah, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Penugasan.objects.in_force().filter(wilayah.q_below("wilayah__"), pengguna__is_active=True)
        people = Orang.objects.filter(pengguna__in=here.values("pengguna")).order_by("nama")
        self.fields["orang"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if bool(data.get("orang")) == bool(data.get("nama")):
            raise ValidationError(_("Pilih seorang petugas, atau tulis satu nama; salah satu saja."))
        return data

    def chosen(self) -> Orang:
        """The person, not yet stored if new."""
        data = self.cleaned_data
        return data["orang"] or Orang(nama=data["nama"], jabatan=data["jabatan"])

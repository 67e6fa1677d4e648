"""Forms of answers: what citizens say on their telephone, and what officers type in from paper."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from p3pd_portal.lib.pribadi import mirip_nik
from p3pd_portal.lib.skm import KOSONG_TERBANYAK, NILAI
from pengaduan.actions.jawaban_survei import IsiJawaban
from pengaduan.forms import TANPA_NIK
from pengaduan.models import JawabanSurvei, UnsurSKM
from pengaduan.queries.bukti import is_terbukti, tantangan


LEWATI = "lewati"


def _nilai(value: str) -> int | None:
    return None if value == LEWATI else int(value)


def _ya_tidak(value: str) -> bool:
    return value == "ya"


def kunci_perangkat(cookie: str) -> str:
    """The key of a device that has been here, or a new one."""
    try:
        return Signer(salt="survei").unsign(cookie)
    except BadSignature:
        return uuid.uuid4().hex


class JawabanForm(Bantu):
    """The nine elements, who answers if they want to say so, and a suggestion. Any element may be left out."""

    saran = forms.CharField(
        label=_("Saran Anda"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hanya dibaca pengelola survei. Jangan tulis nama, NIK, atau nomor telepon."),
    )  # fmt: skip
    kunci = forms.CharField(widget=forms.HiddenInput)
    PROFIL: ClassVar[tuple[str, ...]] = ("jenis_kelamin", "kelompok_umur", "pendidikan", "pekerjaan", "disabilitas")

    def __init__(self, *args: Any, unsur: Iterable[UnsurSKM], kunci: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsur = list(unsur)
        for satu in self.unsur:
            self.fields[satu.kode] = self.unsur_field(satu)
        for name in self.PROFIL:
            self.fields[name] = self._profil_field(name)
        self.order_fields([*(satu.kode for satu in self.unsur), *self.PROFIL])
        self.initial.setdefault("kunci", Signer(salt="survei").sign(kunci))

    def unsur_field(self, unsur: UnsurSKM) -> forms.Field:
        choices = [*zip(NILAI, unsur.jawaban, strict=True), (LEWATI, _("Tidak tahu atau lewati"))]
        return forms.TypedChoiceField(
            label=unsur.nama, help_text=unsur.pertanyaan, choices=choices, coerce=_nilai, empty_value=None,
            required=False, widget=forms.RadioSelect,
        )  # fmt: skip

    def _profil_field(self, name: str) -> forms.Field:
        field: Any = JawabanSurvei._meta.get_field(name)
        empty = ("", _("– tidak diisi –"))
        label = str(field.verbose_name).capitalize()
        if name == "disabilitas":
            choices = [empty, ("ya", _("ya")), ("tidak", _("tidak"))]
            return forms.TypedChoiceField(
                label=label, required=False, choices=choices, coerce=_ya_tidak, empty_value=None
            )
        return forms.ChoiceField(label=label, required=False, choices=[empty, *field.choices])

    @property
    def pertanyaan(self) -> Iterator[BoundField]:
        return (self[satu.kode] for satu in self.unsur)

    @property
    def profil(self) -> Iterator[BoundField]:
        return (self[name] for name in self.PROFIL)

    @property
    def kunci_tampil(self) -> str:
        """The key as it stands in the form, sent or new."""
        return str(self["kunci"].value())

    def clean_kunci(self) -> str:
        try:
            return Signer(salt="survei").unsign(self.cleaned_data["kunci"])
        except BadSignature as error:
            raise ValidationError(_("Formulir ini tidak lengkap. Muat ulang halamannya, lalu isi lagi.")) from error

    def clean_saran(self) -> str:
        saran: str = self.cleaned_data["saran"]
        if mirip_nik(saran):
            raise ValidationError(TANPA_NIK)
        return saran

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(satu.kode) for satu in self.unsur) and not self.errors:
            raise ValidationError(_("Pilih sedikitnya satu jawaban."))
        return self.cleaned_data

    def isi(self) -> IsiJawaban:
        data = self.cleaned_data
        profil = {name: data[name] for name in self.PROFIL}
        return IsiJawaban(nilai={satu.kode: data[satu.kode] for satu in self.unsur}, saran=data["saran"], **profil)

    @property
    def kurang(self) -> bool:
        """Whether so much was left out that the answer does not count."""
        return sum(self.cleaned_data[satu.kode] is None for satu in self.unsur) > KOSONG_TERBANYAK


class SurveiPublikForm(JawabanForm):
    """The public form: with proof that a device worked for it, where it could."""

    bukti = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    situs = forms.CharField(required=False, widget=forms.HiddenInput)  # unseen: a program fills it in
    cara = forms.ChoiceField(
        required=False, widget=forms.HiddenInput,
        choices=[satu for satu in JawabanSurvei.Cara.choices if satu[0] != JawabanSurvei.Cara.KERTAS],
    )  # fmt: skip

    def __init__(self, *args: Any, cara: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["cara"] = cara if cara in dict(self.fields["cara"].choices) else ""  # type: ignore[attr-defined]

    @property
    def tantangan(self) -> str:
        return tantangan(self.kunci_tampil)

    @property
    def is_terbukti(self) -> bool:
        return is_terbukti(self.cleaned_data["bukti"], self.data.get("kunci", ""))

    def clean_situs(self) -> str:
        if self.cleaned_data["situs"]:
            raise ValidationError(_("Formulir ini tidak lengkap. Muat ulang halamannya, lalu isi lagi."))
        return ""

    def clean_cara(self) -> str:
        return self.cleaned_data["cara"] or JawabanSurvei.Cara.DARING


class KertasForm(JawabanForm):
    """A sheet of paper, typed in: one digit an element, and nothing for what was left out."""

    def unsur_field(self, unsur: UnsurSKM) -> forms.Field:
        box = forms.NumberInput(attrs={"min": 1, "max": 4, "inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(label=unsur.nama, min_value=1, max_value=4, required=False, widget=box)

"""Forms of the question bank and of tests."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from pelatihan.actions.soal import PILIHAN_TERBANYAK, PILIHAN_TERSEDIKIT, IsiButir
from pelatihan.models import Butir, Modul, Tes


WAKTU = {"type": "datetime-local"}
HURUF = "ABCDE"


class ButirForm(Bantu):
    """A question with its choices."""

    teks = forms.CharField(label=_("Pertanyaan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    modul = forms.ModelChoiceField(Modul.objects.none(), label=_("Modul"), required=False,
                                   empty_label=_("– pelatihan seluruhnya –"))  # fmt: skip
    benar = forms.ChoiceField(label=_("Pilihan yang benar"), choices=[(n, huruf) for n, huruf in enumerate(HURUF)])

    def __init__(self, *args: Any, modul: list[Modul], butir: Butir | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modul"].queryset = Modul.objects.filter(pk__in=[satu.pk for satu in modul])  # type: ignore[attr-defined]
        for n, huruf in enumerate(HURUF[:PILIHAN_TERBANYAK]):
            label = _("Pilihan %(huruf)s") % {"huruf": huruf}
            self.fields[f"pilihan_{n + 1}"] = forms.CharField(
                label=label, max_length=300, required=n < PILIHAN_TERSEDIKIT
            )
        self.order_fields(["teks", "modul", *(f"pilihan_{n + 1}" for n in range(PILIHAN_TERBANYAK)), "benar"])
        if butir:
            choices = list(butir.pilihan.all())
            self.initial.update({f"pilihan_{n}": satu.teks for n, satu in enumerate(choices, 1)})
            self.initial.update({"teks": butir.teks, "modul": butir.modul_id})
            self.initial["benar"] = next((n for n, satu in enumerate(choices) if satu.benar), 0)

    def isi(self) -> IsiButir:
        """The question told; choices that were left empty in between close up."""
        told = [self.cleaned_data.get(f"pilihan_{n + 1}", "") for n in range(PILIHAN_TERBANYAK)]
        right = int(self.cleaned_data["benar"])
        filled = [teks for teks in told if teks]
        benar = len([teks for teks in told[:right] if teks]) if told[right] else -1
        return IsiButir(self.cleaned_data["teks"], filled, benar, self.cleaned_data["modul"])


class TesForm(Bantu):
    """A test: its times, and a weight for each question it has."""

    buka = forms.DateTimeField(
        label=_("Dibuka (WIB)"), widget=forms.DateTimeInput(attrs=WAKTU, format="%Y-%m-%dT%H:%M")
    )
    tutup = forms.DateTimeField(
        label=_("Ditutup (WIB)"), widget=forms.DateTimeInput(attrs=WAKTU, format="%Y-%m-%dT%H:%M")
    )
    menit = forms.IntegerField(
        label=_("Batas waktu setiap peserta (menit)"), min_value=1, max_value=600, required=False,
        help_text=_("Kosongkan bila hanya waktu tutup yang membatasi."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, butir: list[Butir], bobot: dict[int, int], tes: Tes | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.butir = butir
        for satu in butir:
            self.fields[f"bobot_{satu.pk}"] = forms.IntegerField(
                label=satu.teks, min_value=0, max_value=10, required=False, help_text=str(satu.modul or ""),
                initial=bobot.get(satu.pk), widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        if tes:
            self.initial.update({"menit": tes.menit} | {name: timezone.localtime(getattr(tes, name))
                                                        for name in ("buka", "tutup")})  # fmt: skip

    def waktu(self) -> list[forms.BoundField]:
        return [self[name] for name in ("buka", "tutup", "menit")]

    def soal(self) -> list[forms.BoundField]:
        return [self[f"bobot_{satu.pk}"] for satu in self.butir]

    def isi(self) -> dict[str, Any]:
        told = {satu.pk: self.cleaned_data.get(f"bobot_{satu.pk}") for satu in self.butir}
        times = {name: self.cleaned_data[name] for name in ("buka", "tutup", "menit")}
        return times | {"bobot": {pk: bobot for pk, bobot in told.items() if bobot}}


class JawabanForm(forms.Form):
    """A step of a test: which choice of which question, if any, and where to go."""

    butir = forms.IntegerField()
    pilihan = forms.IntegerField(required=False)
    ke = forms.IntegerField(min_value=1, max_value=1000)

    def clean_pilihan(self) -> int | None:
        pilihan: int | None = self.cleaned_data["pilihan"]
        if pilihan is not None and not 0 < pilihan < 2**63:
            raise ValidationError("")
        return pilihan

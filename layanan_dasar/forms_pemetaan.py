"""Forms about the mapping of kegiatan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Bidang
from layanan_dasar.models import Kelas, PemetaanKegiatan, SumberDana, Tag
from layanan_dasar.models.belanja import TAHUN_AKHIR, TAHUN_AWAL
from layanan_dasar.queries.pemetaan import KegiatanBelum


BUKAN = "-"
"""The choice "no basic service", apart from "not chosen yet"."""


def golongan_of(bidang: str, kelas: str) -> str:
    """The one value in which service and class are chosen together: "KES-I", or "-" for no basic service."""
    return f"{bidang}-{kelas}"


def pilihan_golongan() -> list[tuple[str, Any]]:
    """Services with their classes, each in one value; read once for a page of many forms."""
    services: list[tuple[str, Any]] = [("", _("Pilih…")), (BUKAN, _("Bukan layanan dasar"))]
    for bidang in Bidang.objects.all():
        services.append(
            (bidang.nama, [(golongan_of(bidang.kode, kelas.value), f"{bidang.nama}, {kelas.label}") for kelas in Kelas])
        )
    return services


def _year(label: Any, *, required: bool, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=TAHUN_AWAL, max_value=TAHUN_AKHIR, help_text=help_text
    )


class PemetaanForm(forms.Form):
    """What a kegiatan is mapped to, from which year to which. `values` are the arguments of `save_pemetaan`."""

    kode_kegiatan = forms.CharField(
        label=_("Kode kegiatan"), max_length=8, help_text=_("Misalnya 02.04.90. Kode 90–99 milik daerah.")
    )
    nama = forms.CharField(label=_("Nama kegiatan di daerah Anda"), max_length=250, required=False)
    golongan = forms.ChoiceField(
        label=_("Bidang dan kelas"),
        help_text=_("Inti masuk porsi layanan dasar; terkait hanya porsi yang diperluas."),
        error_messages={"required": _("Pilih bidang dan kelas, atau “Bukan layanan dasar”.")},
    )
    tahun_dari = _year(_("Sejak tahun"), required=True)
    tahun_sampai = _year(_("Sampai tahun"), required=False, help_text=_("Kosong: seterusnya."))
    tag = forms.MultipleChoiceField(
        label=_("Tema"),
        required=False,
        choices=[(tag.value, tag.label) for tag in Tag if tag != Tag.K30],
        widget=forms.CheckboxSelectMultiple,
    )
    alasan = forms.CharField(
        label=_("Alasan"), max_length=200, required=False, help_text=_("Wajib untuk kode baku nasional (01–89).")
    )

    def __init__(self, *args: Any, golongan: list[tuple[str, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["golongan"].choices = golongan or pilihan_golongan()  # type: ignore[attr-defined]
        self.fields["golongan"].widget.attrs["class"] = "form-select"

    def clean_kode_kegiatan(self) -> str:
        return str(self.cleaned_data["kode_kegiatan"]).strip().rstrip(".")

    def clean(self) -> dict[str, Any]:
        dari, sampai = self.cleaned_data.get("tahun_dari"), self.cleaned_data.get("tahun_sampai")
        if dari and sampai and sampai < dari:
            self.add_error("tahun_sampai", _("Tahun akhir mendahului tahun awal. Betulkan salah satunya."))
        return self.cleaned_data

    @property
    def tahun(self) -> tuple[forms.BoundField, ...]:
        """The two years, which stand side by side."""
        return self["tahun_dari"], self["tahun_sampai"]

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        kode, _dash, kelas = values.pop("golongan").rpartition("-")
        return values | {"bidang": Bidang.objects.get(kode=kode) if kode else None, "kelas": kelas}

    @staticmethod
    def initial_of(satu: PemetaanKegiatan) -> dict[str, Any]:
        """What the form shows of a mapping or a proposal."""
        names = ("kode_kegiatan", "nama", "tahun_dari", "tahun_sampai", "tag", *PemetaanKegiatan.SYARAT)
        alasan = satu.alasan if satu.is_approved else ""
        golongan = golongan_of(satu.bidang_id or "", satu.kelas)
        return {name: getattr(satu, name) for name in names} | {"golongan": golongan, "alasan": alasan}


class PemetaanNasionalForm(PemetaanForm):
    """The mapping of the nation, with the condition under which a line counts as the class chosen."""

    syarat_sumber_dana = forms.ChoiceField(label=_("Hanya sumber dana"), required=False)
    syarat_rekening = forms.RegexField(
        r"^[456](\.\d)*$", label=_("Hanya awalan rekening"), required=False, max_length=8, help_text="5.4.1"
    )
    syarat_output = forms.RegexField(
        r"^\d{6}$", label=_("Atau kode keluaran"), required=False, max_length=6, help_text="530001"
    )
    kelas_lain = forms.ChoiceField(
        label=_("Kelas bila syarat tidak terpenuhi"), required=False, choices=[("", "–"), *Kelas.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(satu.kode, str(satu)) for satu in SumberDana.objects.all()]
        self.fields["syarat_sumber_dana"].choices = [("", _("semua")), *sources]  # type: ignore[attr-defined]
        self.fields["tag"].choices = Tag.choices  # type: ignore[attr-defined]
        del self.fields["nama"]
        for name in ("syarat_sumber_dana", "kelas_lain"):
            self.fields[name].widget.attrs["class"] = "form-select"

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        return values | {"syarat": {name: values.pop(name) for name in PemetaanKegiatan.SYARAT}}


def formulir_belum(rows: Iterable[KegiatanBelum], tahun: int) -> list[tuple[KegiatanBelum, PemetaanForm]]:
    """Each unmapped kegiatan with a form of its own, filled in with what is proposed or suggested for it."""
    choices, filled = pilihan_golongan(), []
    for number, satu in enumerate(rows, 1):
        kode = satu.pemakaian.kode
        initial = {"kode_kegiatan": kode, "nama": satu.nama, "tahun_dari": tahun}
        if satu.usulan:
            initial |= PemetaanForm.initial_of(satu.usulan) | {"tahun_dari": min(tahun, satu.usulan.tahun_dari)}
        elif satu.saran:
            golongan = golongan_of(satu.saran.bidang, satu.saran.kelas)
            initial |= {"golongan": golongan, "tag": list(satu.saran.tag)}
        filled.append((satu, PemetaanForm(initial=initial, golongan=choices, auto_id=f"k{number}_%s")))
    return filled

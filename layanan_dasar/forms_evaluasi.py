"""Forms of the evaluation of draft budgets. They return domain values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import clean_dokumen
from kecamatan.forms_orang import DATE, Bantu
from layanan_dasar.models import APBDes, BarisAPBDes, ButirEvaluasi, DokumenEvaluasi, EvaluasiAPBDes
from layanan_dasar.queries.evaluasi import BarisButir, BarisDokumen
from p3pd_portal.lib.angka import rupiah
from p3pd_portal.lib.dokumen import Dokumen


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **kwargs)


class RancanganField(forms.ModelChoiceField):
    """Drafts by desa, kind and year."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.desa.nama_lengkap}: APBDes {obj.get_jenis_display()} {obj.tahun}"


class TerimaForm(Bantu):
    """The intake of a draft."""

    apbdes = RancanganField(APBDes.objects.none(), label=_("Rancangan yang diunggah desa"), empty_label=_("– pilih –"))
    nomor_surat = forms.CharField(label=_("Nomor surat pengantar"), max_length=100, required=False)
    tgl_terima = _day(_("Tanggal terima"))

    def __init__(self, *args: Any, rancangan: "QuerySet[APBDes]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["apbdes"].queryset = rancangan  # type: ignore[attr-defined]


class DokumenForm(Bantu):
    """Which documents were handed in, each with its scan if there is one."""

    def __init__(self, *args: Any, dokumen: Iterable[BarisDokumen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for satu in dokumen:
            self.fields[f"ada_{satu.jenis}"] = forms.BooleanField(
                label=satu.jenis.label, required=False, initial=satu.ada
            )
            self.fields[f"berkas_{satu.jenis}"] = forms.FileField(
                label=_("Pindaian %(dokumen)s") % {"dokumen": satu.jenis.label},
                required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for jenis in DokumenEvaluasi.Jenis:
            name = f"berkas_{jenis}"
            try:
                self.cleaned_data[name] = clean_dokumen(self.cleaned_data.get(name))
            except ValidationError as error:
                self.add_error(name, error)
        return self.cleaned_data

    def ada(self) -> set[str]:
        """Kinds that are ticked."""
        return {str(jenis) for jenis in DokumenEvaluasi.Jenis if self.cleaned_data.get(f"ada_{jenis}")}

    def berkas(self) -> dict[str, Dokumen]:
        """New scans by kind."""
        found = {str(jenis): self.cleaned_data.get(f"berkas_{jenis}") for jenis in DokumenEvaluasi.Jenis}
        return {jenis: dokumen for jenis, dokumen in found.items() if dokumen is not None}

    def rows(self) -> list[tuple[Any, Any]]:
        """Tick and file field of each document, as the page shows them."""
        return [(self[f"ada_{jenis}"], self[f"berkas_{jenis}"]) for jenis in DokumenEvaluasi.Jenis]


class LengkapForm(Bantu):
    """The day from which the clock runs."""

    tanggal = _day(_("Tanggal dokumen lengkap"), help_text=_("Dua puluh hari kerja dihitung sesudah hari ini."))


class ButirForm(Bantu):
    """Questions that are answered by hand."""

    def __init__(self, *args: Any, butir: Iterable[BarisButir], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [("", _("– belum dinilai –")), *ButirEvaluasi.Nilai.choices]
        for satu in butir:
            initial = satu.butir.nilai if satu.butir else ""
            self.fields[str(satu.kode)] = forms.ChoiceField(
                label=satu.kode.label, choices=pilihan, required=False, initial=initial
            )

    def nilai(self) -> dict[str, str]:
        """Answers by code; those still open are left out."""
        return {kode: jawaban for kode, jawaban in self.cleaned_data.items() if jawaban}


class BarisField(forms.ModelChoiceField):
    """Lines of a budget by their codes."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.sumber_dana or '–'}, {rupiah(obj.anggaran)})"


class CatatanForm(Bantu):
    """A note on a line, or on the draft as a whole."""

    baris = BarisField(
        BarisAPBDes.objects.none(), label=_("Baris rancangan"), required=False, empty_label=_("– catatan umum –")
    )
    isi = forms.CharField(label=_("Catatan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, baris: "QuerySet[BarisAPBDes]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["baris"].queryset = baris  # type: ignore[attr-defined]


class HasilForm(Bantu):
    """The result, with the number and day of the camat's letter."""

    hasil = forms.ChoiceField(label=_("Hasil evaluasi"), choices=[("", _("– pilih –")), *EvaluasiAPBDes.Hasil.choices])
    nomor_keputusan = forms.CharField(label=_("Nomor keputusan atau rekomendasi"), max_length=100)
    tgl_keputusan = _day(_("Tanggal keputusan"))


class PerdesForm(Bantu):
    """The Perdes by which the draft becomes the budget."""

    nomor_perdes = forms.CharField(label=_("Nomor Perdes"), max_length=60)
    tanggal_perdes = _day(_("Tanggal Perdes"))


class BatalForm(Bantu):
    """Why an evaluation ends without a Perdes."""

    alasan = forms.CharField(
        label=_("Alasan"), max_length=250, help_text=_("Misalnya ditarik kembali oleh desa, atau dibatalkan bupati.")
    )


class DelegasiForm(Bantu):
    """A regulation that leaves the evaluation to the camat."""

    nomor_peraturan = forms.CharField(
        label=_("Nomor peraturan bupati atau wali kota"), max_length=120,
        help_text=_("Misalnya Peraturan Bupati Lamongan Nomor 12 Tahun 2025."),
    )  # fmt: skip
    berlaku_dari = _day(_("Berlaku dari"))
    berlaku_sampai = _day(_("Berlaku sampai"), required=False, help_text=_("Kosong bila tidak ada akhirnya."))

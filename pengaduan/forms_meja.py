"""Forms of the desk. They return domain values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from pengaduan.forms import LaporForm
from pengaduan.models import KategoriPengaduan, Langkah, LangkahPengaduan, Pengaduan
from pengaduan.models.alur import ALUR
from pengaduan.queries.meja import Tujuan


TEKS = forms.Textarea(attrs={"rows": 4})


class LangkahForm(Bantu, forms.Form):
    """One step, with what it needs beside words."""

    catatan = forms.CharField(
        label=_("Penjelasan untuk pelapor"), max_length=4000, required=False, widget=TEKS,
        help_text=_("Pelapor membaca ini. Jangan menyebut nama warga lain."),
    )  # fmt: skip

    def __init__(self, *args: Any, langkah: Langkah, tujuan: list[Tujuan], induk: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["catatan"].required = ALUR[langkah].beralasan
        self._tujuan = {satu.kode: satu for satu in tujuan}
        if langkah == Langkah.DISPOSISI:
            choices = [(satu.kode, satu.label) for satu in tujuan]
            self.fields["tujuan"] = forms.ChoiceField(label=_("Diteruskan kepada"), choices=choices)
        elif langkah == Langkah.ALIHKAN:
            self.fields["instansi_lain"] = forms.CharField(
                label=_("Instansi tujuan"), max_length=100, help_text=_("Misalnya SP4N-LAPOR!, PLN, atau BPN.")
            )
            self.fields["nomor_rujukan"] = forms.CharField(label=_("Nomor rujukan"), max_length=60, required=False)
            self.fields["kategori_sp4n"] = forms.CharField(
                label=_("Kategori SP4N-LAPOR!"), max_length=120, required=False
            )
        elif langkah == Langkah.GABUNG:
            self.fields["induk"] = forms.ModelChoiceField(
                induk, to_field_name="nomor", label=_("Nomor laporan tujuan"), widget=forms.TextInput,
                error_messages={"invalid_choice": _("Tidak ada laporan berjalan dengan nomor ini di meja Anda.")},
            )  # fmt: skip

    def rincian(self) -> dict[str, Any]:
        """What the action is told."""
        data = dict(self.cleaned_data)
        if "tujuan" in data:
            tujuan = self._tujuan[data.pop("tujuan")]
            data |= {"wilayah": tujuan.wilayah, "peran": tujuan.peran}
        return data


class KlasifikasiForm(Bantu, forms.Form):
    jenis = forms.ChoiceField(label=_("Jenis"), choices=Pengaduan.Jenis.choices)
    kategori = forms.ModelChoiceField(
        KategoriPengaduan.objects.filter(aktif=True), label=_("Kategori"), empty_label=None
    )
    terlapor = forms.ChoiceField(
        label=_("Yang dilaporkan"), required=False,
        choices=[("", _("bukan kantor yang menangani")), *Pengaduan.Terlapor.choices],
        help_text=_("Kantor ini tidak akan melihat laporannya; laporan naik satu tingkat."),
    )  # fmt: skip
    pengawasan = forms.BooleanField(
        label=_("Berkadar pengawasan"), required=False,
        help_text=_("Dugaan penyimpangan: 60 hari kerja, dan selalu rahasia."),
    )  # fmt: skip
    wbs = forms.BooleanField(
        label=_("Dugaan korupsi atau penyalahgunaan wewenang"), required=False,
        help_text=_("Laporan berpindah ke Inspektorat; Anda tidak melihatnya lagi."),
    )  # fmt: skip


class CatatanForm(Bantu, forms.Form):
    catatan = forms.CharField(label=_("Catatan"), max_length=4000, widget=TEKS)
    sifat = forms.ChoiceField(label=_("Untuk siapa"), choices=LangkahPengaduan.Sifat.choices, initial="internal")


class TayangForm(Bantu, forms.Form):
    judul_publik = forms.CharField(label=_("Judul untuk umum"), max_length=120, required=False)
    isi_publik = forms.CharField(
        label=_("Isi untuk umum"), max_length=4000, required=False, widget=TEKS,
        help_text=_("Sudah disamarkan sebagian. Baca sekali lagi: hapus nama dan apa pun yang menunjuk orang."),
    )  # fmt: skip


class CatatLaporanForm(LaporForm):
    """A report that somebody told an officer: face to face, by telephone, by message or in the box."""

    kanal = forms.ChoiceField(
        label=_("Diterima melalui"),
        choices=[satu for satu in Pengaduan.Kanal.choices if satu[0] != Pengaduan.Kanal.WEB],
    )
    BAGIAN = ((_("Cara laporan diterima"), "", ("kanal",)), *LaporForm.BAGIAN)

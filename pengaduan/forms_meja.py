"""Forms of the desk. They return domain values."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import Bantu
from kecamatan.models import Wilayah
from pengaduan.forms import LaporForm
from pengaduan.models import KategoriPengaduan, KategoriSp4n, Langkah, LangkahPengaduan, Pengaduan
from pengaduan.models.alur import ALUR
from pengaduan.queries.ketik import TERBANYAK, find_kategori_sp4n, find_tempat
from pengaduan.queries.meja import Tujuan


class KetikField(forms.CharField):
    """A text that leads to one of very many; where it is not clear to which, the likely ones are named.

    Args:
        find: what a text may mean.
        sebut: how one of them is written out in full.
    """

    def __init__(self, *, find: Callable[[str], Sequence[Any]], sebut: Callable[[Any], str] = str, **kwargs: Any):
        super().__init__(**kwargs)
        self._find, self._sebut = find, sebut

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self._find(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("Tidak ada yang cocok. Coba kata lain yang lebih pendek."))
        likely = "; ".join(self._sebut(satu) for satu in found[:TERBANYAK])
        raise ValidationError(_("Ada beberapa yang cocok. Tulis salah satunya: %(likely)s.") % {"likely": likely})


def _kode(wilayah: Wilayah) -> str:
    return f"{wilayah.kode} ({wilayah.nama_lengkap})"


TEKS = forms.Textarea(attrs={"rows": 4})
TANPA_PETUGAS = (Pengaduan.Kanal.WEB, Pengaduan.Kanal.OPEN311)
"""Ways on which no officer writes a report down."""


class LangkahForm(Bantu):
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
            self.fields["kategori_sp4n"] = _kategori_sp4n()
        elif langkah == Langkah.PINDAH:
            self.fields["tujuan"] = KetikField(
                find=find_tempat, sebut=_kode, label=_("Kecamatan atau desa tujuan"), max_length=80,
                help_text=_("Nama atau kodenya. Hitungan waktu laporan berjalan terus."),
            )  # fmt: skip
        elif langkah == Langkah.GABUNG:
            self.fields["induk"] = forms.ModelChoiceField(
                induk, to_field_name="nomor", label=_("Nomor laporan tujuan"), widget=forms.TextInput,
                error_messages={"invalid_choice": _("Tidak ada laporan berjalan dengan nomor ini di meja Anda.")},
            )  # fmt: skip

    def rincian(self) -> dict[str, Any]:
        """What the action is told."""
        data = dict(self.cleaned_data)
        if "kategori_sp4n" in data:
            data["kategori_sp4n"] = str(data["kategori_sp4n"] or "")
        if isinstance(data.get("tujuan"), Wilayah):
            data["wilayah"] = data.pop("tujuan")
        elif "tujuan" in data:
            tujuan = self._tujuan[data.pop("tujuan")]
            data |= {"wilayah": tujuan.wilayah, "peran": tujuan.peran}
        return data


def _kategori_sp4n() -> forms.CharField:
    """Checked against the national list where an administrator loaded it; a free text without."""
    told: dict[str, Any] = {"label": _("Kategori SP4N-LAPOR!"), "max_length": 310, "required": False}
    if not KategoriSp4n.objects.exists():
        return forms.CharField(**told)
    return KetikField(find=find_kategori_sp4n, help_text=_("Sebagian namanya cukup, misalnya air bersih."), **told)


class KlasifikasiForm(Bantu):
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


class CatatanForm(Bantu):
    catatan = forms.CharField(label=_("Catatan"), max_length=4000, widget=TEKS)
    sifat = forms.ChoiceField(label=_("Untuk siapa"), choices=LangkahPengaduan.Sifat.choices, initial="internal")


class TayangForm(Bantu):
    judul_publik = forms.CharField(label=_("Judul untuk umum"), max_length=120, required=False)
    isi_publik = forms.CharField(
        label=_("Isi untuk umum"), max_length=4000, required=False, widget=TEKS,
        help_text=_("Sudah disamarkan sebagian. Baca sekali lagi: hapus nama dan apa pun yang menunjuk orang."),
    )  # fmt: skip


class CatatLaporanForm(LaporForm):
    """A report that somebody told an officer: face to face, by telephone, by message or in the box."""

    kanal = forms.ChoiceField(
        label=_("Diterima melalui"),
        choices=[satu for satu in Pengaduan.Kanal.choices if satu[0] not in TANPA_PETUGAS],
    )
    BAGIAN = ((_("Cara laporan diterima"), "", ("kanal",)), *LaporForm.BAGIAN)


class JawabanForm(Bantu):
    """Words that a desk often sends."""

    judul = forms.CharField(label=_("Judul"), max_length=80, help_text=_("Misalnya: Diteruskan ke PLN."))
    isi = forms.CharField(
        label=_("Isi"), max_length=4000, widget=TEKS,
        help_text=_("Petugas melengkapinya per laporan. Jangan menyebut nama orang."),
    )  # fmt: skip
    aktif = forms.BooleanField(label=_("Masih dipakai"), required=False, initial=True)


class SerentakForm(Bantu):
    """One thing to do with several reports."""

    langkah = forms.ChoiceField(
        label=_("Tindakan"),
        choices=[("verifikasi", _("Verifikasi")), ("tolak", _("Tolak")), ("turun", _("Turunkan dari halaman umum"))],
    )
    catatan = forms.CharField(
        label=_("Penjelasan untuk pelapor"), max_length=4000, required=False, widget=TEKS,
        help_text=_("Wajib bila ditolak; dikirim kepada semua pelapornya."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("langkah") == "tolak" and not self.cleaned_data.get("catatan"):
            self.add_error("catatan", _("Tulis penjelasannya: pelapor membaca alasan dan langkah berikutnya."))
        return self.cleaned_data

"""Questions about files: about a waiting budget file, and about figures as they are handed in. They return domain
values and hand them to the actions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms import BerkasForm
from kecamatan.models import BerkasImpor, Pengguna, Tingkat, Wilayah
from kecamatan.models.wilayah import normalize_kode
from layanan_dasar.actions.lengkapi import answer_berkas, confirm_desa
from layanan_dasar.models import APBDes, PetaKolom
from layanan_dasar.models.belanja import TAHUN_AKHIR, TAHUN_AWAL
from layanan_dasar.queries.siskeudes import desa_of, desa_terpakai, usulan_desa
from p3pd_portal.lib.periode import Periode


KOLOM_LAPORAN = {
    "kode": _("Kolom kode rekening atau kegiatan"),
    "rekening": _("Kolom kode rekening tersendiri"),
    "uraian": _("Kolom uraian"),
    "anggaran": _("Kolom anggaran"),
    "realisasi": _("Kolom realisasi"),
}


class DesaSiskeudesForm(forms.Form):
    """One field for each code of Siskeudes, filled with the desa that is probably meant; empty leaves it out."""

    judul = _("Cocokkan desa Siskeudes")
    petunjuk = _("Periksa setiap usulan, lalu setujui. Kosongkan kode yang bukan desa di wilayah ini.")

    def __init__(self, *args: Any, berkas: BerkasImpor, wilayah: Wilayah, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.berkas = berkas
        perlu = berkas.ringkasan["perlu"]
        self.pilihan = desa_of(wilayah)
        self.usulan = usulan_desa(wilayah, perlu["kabupaten"], perlu["desa"])
        names = {desa.kode: desa.nama for desa in self.pilihan}
        for number, satu in enumerate(self.usulan):
            usulan = _("sudah disetujui: %(nama)s") if satu.disetujui else _("usulan: %(nama)s")
            self.fields[f"desa_{number}"] = forms.CharField(
                label=f"{satu.kd_desa} {satu.nama}",
                required=False,
                initial=satu.kode,
                help_text=usulan % {"nama": names.get(satu.kode, satu.kode)} if satu.kode else "",
                widget=forms.TextInput(attrs={"list": "daftar-desa", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        known = {desa.kode: desa for desa in self.pilihan}
        taken = desa_terpakai({satu.kd_desa for satu in self.usulan})
        self.pasangan: dict[str, Wilayah] = {}
        for number, satu in enumerate(self.usulan):
            name = f"desa_{number}"
            kode = normalize_kode(self.cleaned_data.get(name, ""))
            if kode and kode not in known:
                self.add_error(name, _("Kode ini bukan desa di wilayah halaman ini. Pilih dari daftar."))
            elif kode and (known[kode] in self.pasangan.values() or known[kode].pk in taken):
                self.add_error(name, _("Desa ini sudah dipilih untuk kode lain. Satu desa hanya satu kode."))
            elif kode:
                self.pasangan[satu.kd_desa] = known[kode]
        if not self.pasangan and not self.errors:
            raise forms.ValidationError(_("Pilih sedikitnya satu desa."))
        return self.cleaned_data

    def save(self, by: Pengguna) -> BerkasImpor:
        return confirm_desa(by=by, berkas=self.berkas, pasangan=self.pasangan)


class KeteranganForm(forms.Form):
    """Which budget a file holds that does not say so itself; of a report also what its columns hold."""

    judul = _("Lengkapi keterangan berkas")
    petunjuk = _("Berkas ini tidak menyebut sendiri APBDes siapa yang dimuatnya.")
    pilihan = ()

    desa = forms.ModelChoiceField(Wilayah.objects.none(), label=_("Desa"))
    tahun = forms.IntegerField(label=_("Tahun anggaran"), min_value=TAHUN_AWAL, max_value=TAHUN_AKHIR)
    jenis = forms.ChoiceField(label=_("Jenis"), choices=APBDes.Jenis.choices)

    def __init__(self, *args: Any, berkas: BerkasImpor, wilayah: Wilayah, **kwargs: Any) -> None:
        isian = berkas.ringkasan.get("isian", {})
        kwargs["initial"] = isian
        super().__init__(*args, **kwargs)
        self.berkas, perlu = berkas, berkas.ringkasan["perlu"]
        self.fields["desa"].queryset = Wilayah.objects.in_force().in_wilayah(wilayah).with_apbdes()  # type: ignore[attr-defined]
        self.judul_kolom: list[str] = perlu.get("judul", [])
        if self.judul_kolom:
            self._ask_columns(isian.get("kolom") or perlu["kolom"])

    def _ask_columns(self, kolom: dict[str, int | None]) -> None:
        semester = [("1", _("s.d. semester I (30 Juni)")), ("2", _("s.d. akhir tahun"))]
        self.fields["semester"] = forms.ChoiceField(label=_("Realisasi dalam laporan"), choices=semester)
        options = [(str(n), f"{n + 1}. {judul}"[:80]) for n, judul in enumerate(self.judul_kolom)]
        for name, label in KOLOM_LAPORAN.items():
            optional = name == "rekening"
            choices = [("", _("tidak ada")), *options] if optional else options
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=not optional, initial=kolom.get(name)
            )

    def save(self, by: Pengguna) -> BerkasImpor:
        data = self.cleaned_data
        isian: dict[str, Any] = {"desa": data["desa"].pk, "tahun": data["tahun"], "jenis": data["jenis"]}
        if self.judul_kolom:
            isian["semester"] = data["semester"]
            isian["kolom"] = {name: int(data[name]) if data[name] else None for name in KOLOM_LAPORAN}
        return answer_berkas(by=by, berkas=self.berkas, isian=isian)


def isian_form(data: Any, berkas: BerkasImpor, wilayah: Wilayah) -> DesaSiskeudesForm | KeteranganForm:
    """The questions that this waiting file still leaves open, or whose answers may be changed."""
    form = DesaSiskeudesForm if berkas.ringkasan["perlu"]["jenis"] == "desa" else KeteranganForm
    return form(data, berkas=berkas, wilayah=wilayah)


class AngkaForm(BerkasForm):
    """A file of figures, and what it may not say itself."""

    periode = forms.CharField(
        label=_("Periode"),
        required=False,
        help_text=_("Bila berkas tidak memuatnya. Tulis 2025, 2025-S1, 2025-T3, atau 2025-07."),
    )
    desa = forms.CharField(
        label=_("Kode desa"),
        required=False,
        max_length=13,
        help_text=_("Hanya untuk templat OpenDK tanpa kolom desa_id."),
        widget=forms.TextInput(attrs={"list": "daftar-desa", "autocomplete": "off"}),
    )
    penyakit = forms.CharField(
        label=_("Penyakit"),
        required=False,
        max_length=60,
        help_text=_("Hanya untuk templat Epidemi Penyakit tanpa kolom penyakit."),
    )
    peta = forms.ModelChoiceField(
        PetaKolom.objects.all(),
        label=_("Peta kolom"),
        required=False,
        empty_label=_("tidak perlu: templat OpenDK atau bentuk panjang"),
    )
    sumber = forms.CharField(
        label=_("Sumber angka"), required=False, max_length=150, help_text=_("Ditulis di bawah angkanya.")
    )

    def clean_periode(self) -> str:
        typed = str(self.cleaned_data["periode"])
        try:
            return str(Periode.parse(typed)) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def pilihan(self) -> list[Wilayah]:
        """The desa to choose from, in a kecamatan; of larger regions they are too many."""
        if self.wilayah is None or self.wilayah.tingkat < Tingkat.KECAMATAN:
            return []
        below = Wilayah.objects.in_force().in_wilayah(self.wilayah)
        return list(below.filter(tingkat=Tingkat.DESA).order_by("kode"))

    @property
    def isian(self) -> dict[str, Any]:
        data = self.cleaned_data
        told = {name: data[name] for name in ("periode", "desa", "penyakit", "sumber")}
        return told | {"peta": data["peta"].pk if data["peta"] else ""}


class PendudukForm(BerkasForm):
    """A resident file of OpenSID, and the month it tells of."""

    periode = forms.CharField(
        label=_("Bulan data"),
        max_length=7,
        help_text=_("Bulan ketika berkas diunduh dari OpenSID, misalnya 2025-07. Umur dihitung pada akhir bulan itu."),
        widget=forms.TextInput(attrs={"type": "month"}),
    )

    def clean_periode(self) -> str:
        try:
            periode = Periode.parse(self.cleaned_data["periode"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if periode.frekuensi != "B":
            raise forms.ValidationError(_("Tulis bulannya, misalnya 2025-07."))
        if periode.awal > timezone.localdate():
            raise forms.ValidationError(_("Bulan ini belum tiba. Periksa tahunnya."))
        return str(periode)

    @property
    def isian(self) -> dict[str, Any]:
        return {"periode": self.cleaned_data["periode"]}

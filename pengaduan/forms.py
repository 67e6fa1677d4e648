"""Forms of citizens. They return domain values."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, SUREL_SALAH, Bantu
from kecamatan.models import UnitLayanan, Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.kode import is_kode, normalize_kode
from p3pd_portal.lib.lampiran import MOST_BYTES, read_lampiran
from p3pd_portal.lib.pribadi import mirip_nik
from p3pd_portal.lib.telepon import parse_telepon
from p3pd_portal.lib.titik import parse_titik
from pengaduan.actions.terima import Laporan
from pengaduan.models import KategoriPengaduan, Pengaduan
from pengaduan.models.lampiran import LAMPIRAN_TERBANYAK
from pengaduan.queries.bukti import is_terbukti
from pengaduan.queries.kode import is_nomor, kunci_baru, read_kunci


TANPA_NIK = _("Tulisan ini memuat nomor 16 angka seperti NIK. Hapus nomornya: kami tidak memerlukannya.")
KODE = {"autocapitalize": "characters", "autocomplete": "off"}
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,application/pdf"


class Bagian(NamedTuple):
    """A part of a long form: its title, what it is for, and its fields."""

    judul: str | Promise
    keterangan: str | Promise
    fields: list[BoundField]


class BanyakBerkas(forms.ClearableFileInput):
    allow_multiple_selected = True


class LampiranField(forms.FileField):
    """Up to five pictures or documents, each read and made anew at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=BanyakBerkas(attrs={"accept": ACCEPT}), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Dokumen]:
        files = [satu for satu in data or [] if satu]
        if len(files) > LAMPIRAN_TERBANYAK:
            raise ValidationError(_("Paling banyak %(n)s lampiran. Pilih yang terpenting.") % {"n": LAMPIRAN_TERBANYAK})
        read, problems = [], []
        for nomor, satu in enumerate(files, 1):
            try:
                content = satu.read(MOST_BYTES + 1)
                if satu.size and not content:
                    raise ValueError(_("semua lampiran bersama melebihi 40 MB. Kirim lebih sedikit."))
                read.append(read_lampiran(content))
            except ValueError as error:
                problems.append(_("Lampiran %(n)s: %(pesan)s") % {"n": nomor, "pesan": error})
        if problems:
            raise ValidationError(problems)
        return read


class WilayahField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nama_lengkap)


class LaporForm(Bantu):
    """A report of a citizen in one kecamatan. Only four things must be filled in: subject, place, title and text."""

    jenis = forms.ChoiceField(label=_("Jenis laporan"), choices=Pengaduan.Jenis.choices)
    kategori = forms.ModelChoiceField(
        KategoriPengaduan.objects.filter(aktif=True), label=_("Tentang apa"), empty_label=_("– pilih –")
    )
    judul = forms.CharField(
        label=_("Judul singkat"), max_length=120, help_text=_("Misalnya: Sumur bor Dusun Krajan kering.")
    )
    isi = forms.CharField(
        label=_("Ceritakan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Apa yang terjadi, sejak kapan, dan apa yang Anda harapkan. Jangan tulis NIK."),
    )  # fmt: skip
    wilayah = WilayahField(Wilayah.objects.none(), label=_("Desa atau kelurahan"), empty_label=None)
    lokasi = forms.CharField(label=_("Dusun, jalan, atau tempat"), max_length=150, required=False)
    titik = forms.CharField(
        label=_("Titik di peta"), max_length=60, required=False,
        help_text=_("Lintang dan bujur, misalnya -7.11234, 112.41725. Umum hanya melihatnya kira-kira (100 meter)."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        UnitLayanan.objects.none(), label=_("Unit layanan"), required=False, empty_label=_("– tidak ada –")
    )
    tgl_kejadian = forms.DateField(
        label=_("Tanggal kejadian"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    lampiran = LampiranField(
        label=_("Foto atau dokumen"), required=False,
        help_text=_("Paling banyak 5, masing-masing 10 MB. Tempat dan waktu di dalam foto dihapus."),
    )  # fmt: skip
    wbs = forms.BooleanField(
        label=_("Ini dugaan korupsi atau penyalahgunaan wewenang"), required=False,
        help_text=_("Hanya Inspektorat yang membacanya; kantor desa dan kecamatan tidak."),
    )  # fmt: skip
    identitas = forms.ChoiceField(
        label=_("Nama Anda"), initial=Pengaduan.Identitas.TANPA_IDENTITAS,
        choices=[
            (Pengaduan.Identitas.TANPA_IDENTITAS, _("tanpa nama")),
            (Pengaduan.Identitas.ANONIM, _("hanya untuk meja pengaduan")),
            (Pengaduan.Identitas.TERBUKA, _("untuk petugas yang menangani")),
        ],
        help_text=_("Umum tidak pernah melihat nama Anda. Tanpa nama, kabarnya lewat nomor dan kode laporan."),
    )  # fmt: skip
    rahasia = forms.BooleanField(
        label=_("Rahasiakan laporan ini"), required=False,
        help_text=_("Isinya tidak pernah ditayangkan dan hanya dibaca petugas yang menanganinya."),
    )  # fmt: skip
    nama = forms.CharField(label=_("Nama"), max_length=100, required=False)
    telepon = forms.CharField(
        label=_("Nomor telepon"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    surel = forms.EmailField(
        label=_("Surel"), required=False, error_messages=SUREL_SALAH,
        help_text=_("Untuk kabar laporan. Kami mengirim satu surel lebih dahulu: buka tautannya."),
    )  # fmt: skip
    kunci = forms.CharField(widget=forms.HiddenInput)
    bukti = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    situs = forms.CharField(required=False, widget=forms.HiddenInput)  # unseen: a program fills it in

    BAGIAN: ClassVar[tuple[tuple[Any, Any, tuple[str, ...]], ...]] = (
        (_("Apa"), "", ("jenis", "kategori", "judul", "isi")),
        (_("Di mana dan kapan"), "", ("wilayah", "lokasi", "titik", "unit", "tgl_kejadian")),
        (_("Bukti"), "", ("lampiran",)),
        (_("Siapa yang boleh tahu"), "", ("identitas", "rahasia", "wbs")),
        (
            _("Agar kami dapat menghubungi Anda (boleh kosong)"),
            _("Disimpan tersandi, hanya dibaca meja pengaduan, dan dihapus setelah laporan lama selesai."),
            ("nama", "telepon", "surel"),
        ),
    )

    def __init__(self, *args: Any, kecamatan: Wilayah, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Wilayah.objects.in_force().in_wilayah(kecamatan).order_by("-tingkat", "kode")
        self.fields["wilayah"].queryset = here  # type: ignore[attr-defined]
        units = UnitLayanan.objects.in_force().in_wilayah(kecamatan).order_by("jenis", "nama")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("kunci", kunci_baru())

    @property
    def bagian(self) -> Iterator[Bagian]:
        for judul, keterangan, names in self.BAGIAN:
            yield Bagian(judul, keterangan, [self[name] for name in names if name in self.fields])

    @property
    def kunci_tampil(self) -> str:
        """The key that stands in the form, sent or new."""
        return str(self["kunci"].value())

    @property
    def is_terbukti(self) -> bool:
        """Whether a device worked for it, and nobody filled in what nobody sees."""
        data = self.cleaned_data
        return not data["situs"] and is_terbukti(data["bukti"], self.data.get("kunci", ""))

    def clean_kunci(self) -> str:
        try:
            return read_kunci(self.cleaned_data["kunci"])
        except BadSignature as error:
            raise ValidationError(
                _("Formulir ini sudah kedaluwarsa. Muat ulang halamannya; tulisan Anda disimpan di perangkat.")
            ) from error

    def clean_tgl_kejadian(self) -> Any:
        day = self.cleaned_data["tgl_kejadian"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Tanggal ini belum tiba. Periksa lagi."))
        return day

    def clean_titik(self) -> str:
        text: str = self.cleaned_data["titik"]
        if text:
            try:
                self.cleaned_data["lintang"], self.cleaned_data["bujur"] = parse_titik(text)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return text

    def clean_telepon(self) -> str:
        try:
            return parse_telepon(self.cleaned_data["telepon"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in ("judul", "isi", "lokasi"):
            if mirip_nik(data.get(name, "")):
                self.add_error(name, TANPA_NIK)
        if data.get("identitas") == Pengaduan.Identitas.TERBUKA and not data.get("nama"):
            self.add_error("nama", _("Isi nama Anda, atau pilih tanpa nama."))
        return data

    def laporan(self) -> Laporan:
        names = Laporan.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return Laporan(**{name: self.cleaned_data[name] for name in names})


class KodeForm(Bantu):
    """Number and secret code of a report."""

    nomor = forms.CharField(
        label=_("Nomor laporan"), max_length=40, widget=forms.TextInput(attrs=KODE),
        help_text=_("Seperti DK-352412-2611-4RT7QKX."),
    )  # fmt: skip
    kode = forms.CharField(
        label=_("Kode rahasia"), max_length=20, widget=forms.TextInput(attrs=KODE),
    )  # fmt: skip

    def clean_nomor(self) -> str:
        nomor: str = self.cleaned_data["nomor"]
        if not is_nomor(nomor):
            raise ValidationError(_("Nomor ini salah ketik. Periksa huruf demi huruf."))
        return nomor

    def clean_kode(self) -> str:
        kode = normalize_kode(self.cleaned_data["kode"])
        if not is_kode(kode):
            raise ValidationError(_("Kode ini salah ketik. Periksa huruf demi huruf."))
        return kode


class TanggapForm(Bantu):
    """What a reporter answers."""

    catatan = forms.CharField(
        label=_("Keterangan Anda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kepuasan = forms.TypedChoiceField(
        label=_("Seberapa puas Anda?"), required=False, coerce=int, empty_value=None,
        choices=[
            ("", _("– tidak menilai –")), (1, _("1 – tidak puas")), (2, _("2 – kurang puas")), (3, _("3 – puas")),
            (4, _("4 – sangat puas")),
        ],
    )  # fmt: skip

    yakin = forms.BooleanField(label=_("Saya yakin. Yang dihapus tidak dapat dikembalikan."), required=False)

    def clean_catatan(self) -> str:
        catatan: str = self.cleaned_data["catatan"]
        if mirip_nik(catatan):
            raise ValidationError(TANPA_NIK)
        return catatan

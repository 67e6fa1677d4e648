"""Forms about people and their work. They return domain values."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.models.data_orang import DataOrang, DataTugas
from kecamatan.models.wilayah import normalize_kode
from kecamatan.permissions import PERAN, Izin
from kecamatan.queries.orang import STATUS
from p3pd_portal.lib.nip import parse_nip
from p3pd_portal.lib.telepon import parse_telepon


DATE = {"type": "date"}
SUREL_SALAH = {"invalid": _("Alamat surel tidak lengkap. Tulis misalnya nama@kabupaten.go.id.")}


class Bantu(forms.Form):
    """What forms of ours share: an action's objections appear beside the fields they are about."""

    def saves(self, save: Callable[[], object]) -> bool:
        """Whether a valid form was taken in; what the action refuses appears in the form."""
        if not self.is_valid():
            return False
        try:
            save()
        except ValidationError as error:
            self.object_to(error)
            return False
        return True

    def object_to(self, error: ValidationError) -> None:
        """Take over what an action refused; what fits no field stands above the form."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            name = {"email": "surel"}.get(name, name)
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


class ProfilForm(Bantu):
    """What everybody may correct about themselves."""

    nama = forms.CharField(label=_("Nama tanpa gelar"), max_length=150)
    gelar_depan = forms.CharField(label=_("Gelar di depan nama"), max_length=30, required=False)
    gelar_belakang = forms.CharField(label=_("Gelar di belakang nama"), max_length=60, required=False)
    jabatan = forms.CharField(label=_("Jabatan"), max_length=100, required=False)
    instansi = forms.CharField(label=_("Instansi"), max_length=150, required=False)
    telepon = forms.CharField(
        label=_("Telepon"), max_length=30, required=False, help_text=_("Misalnya 0812 3456 7890."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def clean_telepon(self) -> str:
        try:
            return parse_telepon(self.cleaned_data["telepon"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def data_orang(self, surel: str = "") -> DataOrang:
        return DataOrang(**{"surel": surel} | self.cleaned_data)


class OrangForm(ProfilForm):
    """A person as an administrator writes them down."""

    surel = forms.EmailField(
        label=_("Surel"), error_messages=SUREL_SALAH, help_text=_("Undangan dikirim ke alamat ini.")
    )
    nip = forms.CharField(
        label=_("NIP"), max_length=30, required=False, help_text=_("18 angka; kosongkan bila tidak punya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    field_order = ["nama", "nip", "surel"]
    peringatan = ""

    def clean_nip(self) -> str | None:
        text = self.cleaned_data["nip"]
        if not text:
            return None
        try:
            nip = parse_nip(text, timezone.localdate())
        except ValueError as error:
            raise ValidationError(str(error)) from error
        self.peringatan = nip.peringatan
        return nip.angka

    def clean_surel(self) -> str:
        return str(self.cleaned_data["surel"]).lower()


def orang_initial(pengguna: Pengguna) -> dict[str, Any]:
    """What a form about a person begins with."""
    orang = pengguna.orang
    names = ("nama", "nip", "gelar_depan", "gelar_belakang", "jabatan", "instansi")
    return {"surel": pengguna.email, "telepon": orang.telepon_tampil} | {name: getattr(orang, name) for name in names}


class TugasForm(Bantu):
    """An assignment; only roles and regions that `by` may give are accepted, by the action in the last instance."""

    peran = forms.ChoiceField(label=_("Peran"))
    wilayah = forms.CharField(
        label=_("Kode wilayah"), max_length=20,
        help_text=_("Kode Kemendagri, misalnya 35.24.20. Kodenya tertulis di halaman setiap wilayah."),
    )  # fmt: skip
    desa = forms.CharField(
        label=_("Hanya desa tertentu"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Untuk PTPD, UPT, dan pendamping: nama atau kode desa, dipisahkan koma. Kosong berarti semua."),
    )  # fmt: skip
    jenis = forms.ChoiceField(label=_("Kedudukan"), choices=Penugasan.Jenis.choices, initial="definitif")
    mulai = forms.DateField(label=_("Mulai bertugas"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    sampai = forms.DateField(
        label=_("Sampai"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Wajib untuk Plt., Plh., dan Pj.; selain itu boleh kosong."),
    )  # fmt: skip
    dasar = forms.CharField(label=_("Dasar (nomor SK)"), max_length=100, required=False)

    def __init__(self, *args: Any, by: Pengguna, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = min((p.wilayah.tingkat for p in by.penugasan_berlaku if Izin.KELOLA_AKUN in p.izin), default=4)
        roles = [peran for peran in PERAN.values() if max(peran.tingkat) >= largest]
        self.fields["peran"] = forms.ChoiceField(
            label=_("Peran"),
            choices=[("", "–"), *((peran.kode, peran.label) for peran in roles)],
            error_messages={"invalid_choice": _("Peran ini tidak dapat Anda berikan. Pilih yang ada di daftar.")},
        )
        self.order_fields(["peran", "wilayah", "desa"])

    def clean_wilayah(self) -> Wilayah:
        kode = normalize_kode(self.cleaned_data["wilayah"])
        wilayah = Wilayah.objects.in_force().filter(kode=kode).first()
        if wilayah is None:
            raise ValidationError(_("Kode ini tidak ada dalam daftar Kemendagri. Periksa lagi, atau cari wilayahnya."))
        return wilayah

    def clean(self) -> dict[str, Any]:
        wilayah, words = self.cleaned_data.get("wilayah"), self.cleaned_data.get("desa")
        self.cleaned_data["desa"] = ()
        if wilayah is not None and words:
            self.cleaned_data["desa"] = self._find_desa(wilayah, words.replace("\n", ",").replace(";", ","))
        return self.cleaned_data

    def _find_desa(self, wilayah: Wilayah, words: str) -> tuple[Wilayah, ...]:
        """Names inside the region itself, codes inside its kabupaten."""
        kabupaten = Wilayah.objects.in_force().filter(tingkat=Tingkat.DESA, kode__startswith=wilayah.kode[:5])
        known: dict[str, list[Wilayah]] = {}
        for desa in kabupaten:
            known.setdefault(desa.kode, []).append(desa)
            if wilayah.contains(desa.kode):
                known.setdefault(desa.nama.casefold(), []).append(desa)
        found = []
        for word in filter(None, (word.strip() for word in words.split(","))):
            hits = known.get(normalize_kode(word), known.get(word.casefold(), []))
            if len(hits) != 1:
                self.add_error("desa", f"“{word[:40]}” bukan satu desa di {wilayah.nama_lengkap}. Tulis kodenya.")
            found += hits
        return tuple(dict.fromkeys(found))

    def data_tugas(self) -> DataTugas:
        return DataTugas(**self.cleaned_data)


class AkhiriForm(Bantu):
    """The end of an assignment, and who goes on with the work."""

    sampai = forms.DateField(
        label=_("Hari terakhir bertugas"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    )  # fmt: skip
    penerus = forms.EmailField(
        label=_("Surel penerus"), required=False, error_messages=SUREL_SALAH,
        help_text=_("Bila penerusnya sudah memiliki akun: ia bertugas mulai hari berikutnya. Selain itu kosongkan."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Pengguna, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_penerus(self) -> Pengguna | None:
        surel = self.cleaned_data["penerus"].lower()
        if not surel:
            return None
        penerus = Pengguna.objects.visible_to(self.by).filter(email=surel).first()
        if penerus is None:
            raise ValidationError(_("Tidak ada akun bersurel ini di wilayah Anda. Kosongkan, lalu tambah orangnya."))
        return penerus


class SaringOrangForm(forms.Form):
    """What to look for in the list of people. It is posted, since names do not belong into addresses."""

    kata = forms.CharField(label=_("Nama, jabatan, atau NIP"), max_length=80, required=False)
    peran = forms.ChoiceField(
        label=_("Peran"), required=False, choices=[("", _("semua")), *((p.kode, p.label) for p in PERAN.values())]
    )
    wilayah = forms.CharField(label=_("Kode wilayah"), max_length=20, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=list(STATUS.items()))

    def clean_wilayah(self) -> Wilayah | None:
        kode = normalize_kode(self.cleaned_data["wilayah"])
        if not kode:
            return None
        wilayah = Wilayah.objects.in_force().filter(kode=kode).first()
        if wilayah is None:
            raise ValidationError(_("Kode ini tidak ada dalam daftar Kemendagri."))
        return wilayah

"""A report that a program sends, read like any other form. `help_text` stands in the page for developers, too."""

import re
import textwrap
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import SUREL_SALAH
from kecamatan.models import Tingkat
from kecamatan.models.unit import BUJUR, LINTANG
from p3pd_portal.lib.pribadi import mirip_nik
from p3pd_portal.lib.telepon import parse_telepon
from pengaduan.actions.terima import Laporan
from pengaduan.forms import TANPA_NIK
from pengaduan.forms_open311 import TIDAK_ADA, Open311Form, WaktuField, WilayahField
from pengaduan.models import KategoriPengaduan, KunciApi, Pengaduan
from pengaduan.queries.open311 import ISI_TERPANJANG, find_wilayah
from pengaduan.queries.open311_layanan import ATRIBUT, Atribut, kategori_aktif


PANJANG = {field.name: getattr(field, "max_length", 0) for field in Pengaduan._meta.get_fields()}
BEBAS = ("description", "address_string", "first_name", "last_name", "attribute[judul]", "attribute[lokasi]")
"""Texts in which people write what they like."""


def _attribute(satu: Atribut) -> forms.Field:
    said: dict[str, Any] = {"required": satu.required, "help_text": satu.description}
    if satu.datatype == "datetime":
        return WaktuField(**said)
    if satu.values:
        choices = [(nilai.key, nilai.name) for nilai in satu.values]
        wrong = {"invalid_choice": _("Pilih salah satu: %s.") % ", ".join(nilai.key for nilai in satu.values)}
        return forms.ChoiceField(choices=choices, error_messages=wrong, **said)
    return forms.CharField(max_length=PANJANG[satu.code], **said)


class KirimForm(Open311Form):
    """A report that a program brings, for the region of its key."""

    service_code = forms.CharField(help_text=_("Kode layanan dari /services."))
    description = forms.CharField(
        max_length=ISI_TERPANJANG,
        help_text=_("Isi laporan, tanpa NIK; judulnya kata-kata pertama bila tidak dikirim."),
    )
    jurisdiction_id = WilayahField(
        tidak_ada=TIDAK_ADA, help_text=_("Kode wilayah; menentukan tempat bila address_id kosong.")
    )
    address_id = WilayahField(
        tidak_ada="400", help_text=_("Kode desa, kelurahan, atau kecamatan tempat kejadian, misalnya 35.24.12.2001.")
    )
    address_string = forms.CharField(
        required=False,
        max_length=PANJANG["lokasi"],
        help_text=_("Dusun, jalan, atau tempat; tidak pernah ditayangkan."),
    )
    lat = forms.DecimalField(
        required=False, min_value=LINTANG[0], max_value=LINTANG[1], help_text=_("Lintang (WGS84), bersama long.")
    )
    long = forms.DecimalField(
        required=False, min_value=BUJUR[0], max_value=BUJUR[1], help_text=_("Bujur (WGS84), bersama lat.")
    )
    first_name = forms.CharField(required=False, max_length=50, help_text=_("Nama depan; hanya untuk meja pengaduan."))
    last_name = forms.CharField(
        required=False, max_length=49, help_text=_("Nama belakang; hanya untuk meja pengaduan.")
    )
    phone = forms.CharField(required=False, max_length=30, help_text=_("Nomor telepon; hanya untuk meja pengaduan."))
    email = forms.EmailField(
        required=False, error_messages=SUREL_SALAH, help_text=_("Surel; hanya untuk meja pengaduan.")
    )

    def __init__(self, data: Any, *, kunci: KunciApi) -> None:
        super().__init__(data)
        self.kunci = kunci

    def clean_service_code(self) -> KategoriPengaduan:
        found = kategori_aktif().get(self.cleaned_data["service_code"])
        if found is None:
            raise ValidationError(_("Kode layanan ini tidak ada. Daftarnya di /services."), code=TIDAK_ADA)
        return found

    def clean_phone(self) -> str:
        try:
            return parse_telepon(self.cleaned_data["phone"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in BEBAS:
            if mirip_nik(data.get(name) or ""):
                self.add_error(name, TANPA_NIK)
        happened = data.get("attribute[tgl_kejadian]")
        if happened and happened > timezone.now():
            self.add_error("attribute[tgl_kejadian]", _("Waktu ini belum tiba. Periksa lagi."))
        for name in self.data:
            if name.startswith("attribute[") and name not in self.fields:
                self.add_error(None, ValidationError(f"{name[:60]}: {_('tidak ada dalam definisi layanan ini.')}"))
        if len(self._lokasi()) > PANJANG["lokasi"]:
            self.add_error("address_string", _("Bersama attribute[lokasi] paling banyak %s huruf.") % PANJANG["lokasi"])
        self._check_titik()
        self._check_wilayah()
        return data

    def _check_titik(self) -> None:
        """The specification asks for one kind of place at least, and for both degrees of a point."""
        said = {name for name in ("lat", "long", "address_string", "address_id") if self.data.get(name, "").strip()}
        if len(said & {"lat", "long"}) == 1:
            self.add_error("lat", _("Kirim lat dan long bersama-sama."))
        elif not said:
            self.add_error("address_id", _("Kirim tempatnya: address_id, address_string, atau lat dan long."))

    def _check_wilayah(self) -> None:
        """A point tells no region here: it comes from the code of one, or from a key for one kecamatan or desa."""
        if self.errors.keys() & {"address_id", "jurisdiction_id"}:
            return
        asked, within = self.cleaned_data["address_id"], self.cleaned_data["jurisdiction_id"]
        own = find_wilayah(self.kunci.wilayah.kode_kini or "")
        found = asked or within
        if own and (found is None or (not asked and found.contains(own.kode))):
            found = own
        name = "address_id" if asked or not within else "jurisdiction_id"
        if found is None or own is None or not own.contains(found.kode):
            self.add_error(name, _("Di luar wilayah kunci ini."))
        elif asked and within and not within.contains(asked.kode):
            self.add_error("address_id", _("Di luar jurisdiction_id."))
        elif found.tingkat < Tingkat.KECAMATAN:
            self.add_error("address_id", _("Tambahkan kode desa, kelurahan, atau kecamatan tempat kejadian."))
        self.cleaned_data["wilayah"] = found

    def _lokasi(self) -> str:
        parts = [self.cleaned_data.get("attribute[lokasi]"), self.cleaned_data.get("address_string")]
        return ", ".join(part for part in parts if part)

    def laporan(self) -> Laporan:
        """Name and contact are for the desk alone; without either the report has no name."""
        data = self.cleaned_data
        nama = f"{data['first_name']} {data['last_name']}".strip()
        happened = data["attribute[tgl_kejadian]"]
        named = nama or data["phone"] or data["email"]
        return Laporan(
            jenis=data["attribute[jenis]"] or Pengaduan.Jenis.PENGADUAN,
            kategori=data["service_code"], wilayah=data["wilayah"],
            judul=data["attribute[judul]"] or judul_dari(data["description"]), isi=data["description"],
            identitas=Pengaduan.Identitas.ANONIM if named else Pengaduan.Identitas.TANPA_IDENTITAS,
            lokasi=self._lokasi(), lintang=_derajat(data["lat"]), bujur=_derajat(data["long"]),
            tgl_kejadian=timezone.localdate(happened) if happened else None,
            nama=nama, telepon=data["phone"], surel=data["email"], kanal=Pengaduan.Kanal.OPEN311,
        )  # fmt: skip


KirimForm.base_fields.update({f"attribute[{satu.code}]": _attribute(satu) for satu in ATRIBUT})


def _derajat(value: Any) -> Any:
    return None if value is None else round(value, 5)


def judul_dari(isi: str) -> str:
    """The first words of a text, as many as fit into a title."""
    first = re.sub(r"\s+", " ", isi).strip()
    short = textwrap.shorten(first, PANJANG["judul"], placeholder=" …")
    return short if short != "…" else f"{first[: PANJANG['judul'] - 1]}…"

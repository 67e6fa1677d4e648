"""What programs ask and send, read like any other form: every argument is checked, every fault is told at once.

The names of the fields are those of Open311. `help_text` stands in the page for developers and in the OpenAPI document.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from kecamatan.forms_orang import DATE, Bantu
from kecamatan.models import Wilayah
from p3pd_portal.lib.open311 import Galat
from pengaduan.models import Pengaduan
from pengaduan.queries import open311 as queries
from pengaduan.queries.open311_layanan import kode_kategori


TIDAK_ADA = "404"
TAHUN = range(2000, 2101)
BEBAS = ("description", "address_string", "first_name", "last_name", "attribute[judul]", "attribute[lokasi]")
"""Texts in which people write what they like."""
PANJANG = {field.name: getattr(field, "max_length", 0) for field in Pengaduan._meta.get_fields()}


class WaktuField(forms.Field):
    """A moment as in ISO 8601, or a day; without a zone it is meant in Jakarta's."""

    def to_python(self, value: Any) -> datetime.datetime | None:
        if not value:
            return None
        try:
            day = parse_date(value)
            found = datetime.datetime.combine(day, datetime.time()) if day else parse_datetime(value)
        except ValueError:
            found = None
        if found is None or found.year not in TAHUN:
            raise ValidationError(_("Tulis waktu seperti 2026-11-09T08:00:00+07:00 (di alamat, + ditulis %2B)."))
        return found if timezone.is_aware(found) else timezone.make_aware(found)


class DaftarField(forms.CharField):
    """Values with commas between them; none of them is asked for twice."""

    def clean(self, value: Any) -> list[str]:
        parts = (part.strip() for part in super().clean(value).split(","))
        return list(dict.fromkeys(part for part in parts if part))


class WilayahField(forms.CharField):
    """A region in force, by its Kemendagri code with dots or without."""

    def __init__(self, *, tidak_ada: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.tidak_ada = tidak_ada

    def clean(self, value: Any) -> Wilayah | None:
        kode = super().clean(value)
        found = queries.find_wilayah(kode) if kode else None
        if kode and found is None:
            raise ValidationError(_("Kode wilayah ini tidak ada dalam daftar Kemendagri."), code=self.tidak_ada)
        return found


def jurisdiction() -> WilayahField:
    return WilayahField(
        tidak_ada=TIDAK_ADA,
        help_text=_("Kode wilayah Kemendagri, misalnya 35.24 atau 3524; tanpa ini seluruh Indonesia."),
    )


class Open311Form(forms.Form):
    def check(self) -> None:
        """Refuse with every fault of every argument.

        Raises:
            Galat: 404 where all that is wrong is something that does not exist, else 400.
        """
        faults = [(name, one) for name, found in self.errors.as_data().items() for one in found]
        if faults:
            status = 404 if all(one.code == TIDAK_ADA for _name, one in faults) else 400
            raise Galat(status, *(_told(name, one) for name, one in faults))


def _told(name: str, fault: ValidationError) -> str:
    words = " ".join(fault.messages)
    return words if name == NON_FIELD_ERRORS else f"{name}: {words}"


class WilayahForm(Open311Form):
    """Arguments of what is the same everywhere."""

    jurisdiction_id = jurisdiction()


class CariForm(Open311Form):
    """Which reports are asked for."""

    jurisdiction_id = jurisdiction()
    service_request_id = DaftarField(
        required=False, help_text=_("Nomor laporan, dipisahkan koma; argumen lain lalu diabaikan.")
    )
    service_code = DaftarField(required=False, help_text=_("Kode layanan, dipisahkan koma."))
    start_date = WaktuField(required=False, help_text=_("Diterima sejak; ISO 8601 dengan zona waktu."))
    end_date = WaktuField(
        required=False,
        help_text=_("Diterima sampai; paling lama 90 hari setelah start_date. Bawaan: 90 hari terakhir."),
    )
    status = DaftarField(required=False, help_text=_("open, closed, atau keduanya dipisahkan koma."))
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, help_text=_("Halaman; bawaan 1."))
    page_size = forms.IntegerField(
        required=False, min_value=1, max_value=queries.TERBANYAK, help_text=_("Laporan sehalaman; bawaan 1000.")
    )

    def __init__(self, data: Any) -> None:
        """An asked number overrides all other arguments."""
        asked = data.get("service_request_id", "").strip()
        super().__init__({"service_request_id": asked} if asked else data)

    def clean_service_code(self) -> list[str]:
        asked: list[str] = self.cleaned_data["service_code"]
        if asked and set(asked) - kode_kategori():
            raise ValidationError(_("Kode layanan ini tidak ada. Daftarnya di /services."), code=TIDAK_ADA)
        return asked

    def clean_status(self) -> list[str]:
        asked: list[str] = self.cleaned_data["status"]
        if set(asked) - set(queries.STATUS):
            raise ValidationError(_("Tulis open, closed, atau open,closed."))
        return asked

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        dari, sampai = data.get("start_date"), data.get("end_date")
        if dari and sampai and not datetime.timedelta() <= sampai - dari <= queries.RENTANG:
            self.add_error("end_date", _("Pilih waktu setelah start_date, paling lama 90 hari kemudian."))
        return data

    def saringan(self) -> queries.Saringan:
        data = self.cleaned_data
        return queries.Saringan(
            nomor=data["service_request_id"], wilayah=data["jurisdiction_id"], kategori=data["service_code"],
            status=data["status"], dari=data["start_date"], sampai=data["end_date"],
            halaman=data["page"] or 1, sehalaman=data["page_size"] or queries.TERBANYAK,
        )  # fmt: skip


class KunciForm(Bantu):
    """A new key for a program."""

    nama = forms.CharField(
        label=_("Nama aplikasi"), max_length=80, help_text=_("Siapa yang memakainya, misalnya Aplikasi Warga Lamongan.")
    )
    berlaku_sampai = forms.DateField(
        label=_("Berlaku sampai"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Paling lama dua tahun. Setelah itu buat kunci baru."),
    )  # fmt: skip

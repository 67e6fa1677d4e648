"""The keys of programs, and the tokens and notices that their reports are answered with."""

import datetime
import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kecamatan.models import Wilayah
from p3pd_portal.lib.sandi import bertanda
from pengaduan.models import KirimanOpen311, KunciApi


KUNCI = "dk311_"


@dataclass(frozen=True)
class TokenPermintaan:
    service_request_id: str
    token: str


def find_token(token: str) -> TokenPermintaan | None:
    if not re.fullmatch(r"[\w-]{22}", token, re.ASCII):
        return None
    found = KirimanOpen311.objects.filter(token=token).select_related("pengaduan").first()
    return TokenPermintaan(found.pengaduan.nomor, found.token) if found else None


def find_kunci(kunci: str, on: datetime.date) -> KunciApi | None:
    """The key in force on a day that was given out in this form; a wrong one takes as long as a right one."""
    parts = re.fullmatch(KUNCI + r"(\d{1,9})_([\w-]{43})", kunci, re.ASCII)
    found = KunciApi.objects.select_related("wilayah").filter(pk=parts[1]).first() if parts else None
    fits = bertanda("open311.kunci", parts[2] if parts else "", bytes(found.tanda) if found else bytes(32))
    return found if found and fits and found.is_berlaku(on) else None


def daftar_kunci(wilayah: Wilayah) -> QuerySet[KunciApi]:
    """Keys for a region and those below it, the latest first."""
    return KunciApi.objects.in_wilayah(wilayah).select_related("wilayah", "created_by__orang")


def pesan_terima(nomor: str, kode: str, alamat: str, pakai_media: bool) -> str:
    """What the reporter has to be told: how to follow the report. The code is shown this once."""
    words = _("Simpan nomor %(nomor)s dan kode rahasia %(kode)s. Kabar laporan: %(alamat)s (isi nomor dan kode).")
    said = words % {"nomor": nomor, "kode": kode, "alamat": alamat}
    return f"{said} {_('Tautan media tidak diambil dan tidak disimpan.')}" if pakai_media else said

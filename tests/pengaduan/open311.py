"""What tests of Open311 share: a key, a report that a program sends, a published report, and an answer as data."""

import datetime
import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.actions.open311 import make_kunci
from pengaduan.models import KategoriPengaduan, Pengaduan
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1


V2 = "/open311/v2"
FORMULIR = "application/x-www-form-urlencoded"


def kunci_for(cast: SimpleNamespace, wilayah: Wilayah, by: str = "admin_pusat", **more: Any) -> str:
    """The text of a new key."""
    until = timezone.localdate() + datetime.timedelta(days=30)
    said = {"nama": "Aplikasi Uji", "berlaku_sampai": until} | more
    return make_kunci(by=getattr(cast, by), wilayah=wilayah, **said)[1]


def isi(kunci: str, **more: Any) -> dict[str, Any]:
    said = {"api_key": kunci, "service_code": "infrastruktur", "address_id": A1, "description": "Jembatan putus."}
    return {name: value for name, value in (said | more).items() if value is not None}


def kirim(said: dict[str, Any], bentuk: str = "json", **header: str) -> HttpResponse:
    """Post a report as a program does: no cookie, no token of a form."""
    client = Client(enforce_csrf_checks=True)
    headers = {name.replace("_", "-"): value for name, value in header.items()}
    return client.post(f"{V2}/requests.{bentuk}", urlencode(said), content_type=FORMULIR, headers=headers)


def baca(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def pesan(answer: HttpResponse) -> str:
    """All sentences of a refusal; whatever its format it says its status."""
    if answer["Content-Type"].startswith("application/json"):
        told = [(one["code"], one["description"]) for one in baca(answer)]
    else:
        told = [(one.findtext("code"), one.findtext("description")) for one in ET.fromstring(answer.content)]
    assert told
    assert {code for code, _words in told} == {str(answer.status_code)}
    return "\n".join(words or "" for _code, words in told)


def tayang(wilayah: Wilayah, **more: Any) -> Pengaduan:
    """A report that everybody may read."""
    kategori = KategoriPengaduan.objects.get(pk=more.pop("kategori", "infrastruktur"))
    said = {"tayang": True, "status": "diproses", "judul_publik": "Jembatan putus", "isi_publik": "Sejak Senin."}
    return PengaduanFactory(wilayah=wilayah, kategori=kategori, **(said | more))

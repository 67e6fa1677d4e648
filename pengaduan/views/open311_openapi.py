"""The OpenAPI 3.1 document of Open311 here. It is built from what the portal itself works with: arguments from the
forms that read them, answers from the dataclasses that are sent."""

import datetime
import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from django import forms

from p3pd_portal.lib.open311 import TIPE
from pengaduan.forms_open311 import CariForm, WaktuField, WilayahForm
from pengaduan.forms_open311_kirim import KirimForm
from pengaduan.queries.open311 import Permintaan
from pengaduan.queries.open311_kunci import TokenPermintaan
from pengaduan.queries.open311_layanan import Definisi, Layanan


Skema = dict[str, Any]
POLOS: dict[object, Skema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.datetime: {"type": "string", "format": "date-time"},
}
PILIHAN = {("Permintaan", "status"): ["open", "closed"], ("Layanan", "type"): ["batch"]}
"""Texts that are one of a few."""
TEKS = {"type": "string"}
GALAT = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"code": TEKS, "description": TEKS},
        "required": ["code", "description"],
    },
}
DITERIMA = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "type": "object",
        "properties": {"token": TEKS, "service_notice": TEKS, "account_id": {"type": "null"}},
        "required": ["token", "service_notice", "account_id"],
    },
}
ARTI = {
    "200": "Berhasil.",
    "400": "Argumen salah atau kurang; setiap kesalahan disebut dengan nama argumennya.",
    "403": "Kunci tidak ada, tidak berlaku, atau dikirim di alamat.",
    "404": "Tidak ada; laporan rahasia dan yang belum ditayangkan dijawab sama.",
    "405": "Metode lain.",
    "422": "Idempotency-Key sudah dipakai untuk laporan lain.",
    "429": "Terlalu banyak laporan dalam jam ini; lihat Retry-After.",
}


def skema(tipe: Any, nama: tuple[str, str] = ("", "")) -> Skema:
    """JSON Schema of a type of the answers: a dataclass, a list, a plain value, or one of these or None."""
    if is_dataclass(tipe):
        hints = get_type_hints(tipe)
        known = {field.name: skema(hints[field.name], (tipe.__name__, field.name)) for field in fields(tipe)}  # type: ignore[union-attr]
        return {"type": "object", "properties": known, "required": list(known)}
    if get_origin(tipe) is Sequence:
        return {"type": "array", "items": skema(get_args(tipe)[0])}
    if get_origin(tipe) in (Union, types.UnionType):
        (plain,) = (one for one in get_args(tipe) if one is not type(None))
        found = skema(plain)
        return found | {"type": [found["type"], "null"]}
    return POLOS[tipe] | ({"enum": PILIHAN[nama]} if nama in PILIHAN else {})


def skema_bidang(field: forms.Field) -> Skema:
    """JSON Schema of an argument, from the field that reads it."""
    found: Skema = {"type": "string"}
    if isinstance(field, WaktuField):
        found["format"] = "date-time"
    elif isinstance(field, forms.EmailField):
        found["format"] = "email"
    elif isinstance(field, forms.ChoiceField):
        found["enum"] = [kode for kode, _label in list(field.choices)]  # type: ignore[arg-type]
    elif isinstance(field, forms.IntegerField):  # DecimalField is one, too
        is_whole = not isinstance(field, forms.DecimalField)
        low, high = (float(str(side)) for side in (field.min_value, field.max_value))
        return {"type": "integer" if is_whole else "number", "minimum": low, "maximum": high}
    most = getattr(field, "max_length", None)
    return found | ({"maxLength": most} if most else {}) | ({"minLength": 1} if field.required else {})


def _argumen(form: type[forms.Form]) -> list[Skema]:
    return [
        {"name": name, "in": "query", "required": field.required, "description": str(field.help_text),
         "schema": skema_bidang(field)}
        for name, field in form.base_fields.items()
    ]  # fmt: skip


def _jalur(nama: str, contoh: str, arti: str) -> Skema:
    return {
        "name": nama, "in": "path", "required": True, "description": arti,
        "schema": {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9_-]+$", "examples": [contoh]},
    }  # fmt: skip


def _jawaban(isi: Skema, *status: int) -> Skema:
    """Answers of an operation in both formats; the XML says the same and is described in the specification."""

    def of(schema: Skema) -> Skema:
        json, xml = (tipe.partition(";")[0] for tipe in (TIPE["json"], TIPE["xml"]))
        return {json: {"schema": schema}, xml: {"schema": {}}}

    found = {"200": {"description": ARTI["200"], "content": of(isi)}}
    return found | {
        str(satu): {"description": ARTI[str(satu)], "content": of({"$ref": "#/components/schemas/errors"})}
        for satu in sorted((*status, 400, 403, 405))
    }


def _baca(arti: str, isi: Skema, argumen: list[Skema]) -> Skema:
    return {"get": {"summary": arti, "parameters": argumen, "responses": _jawaban(isi, 404)}}


def _kirim() -> Skema:
    body = {name: skema_bidang(field) | {"description": str(field.help_text)}
            for name, field in KirimForm.base_fields.items()}  # fmt: skip
    body["api_key"] = TEKS | {"description": "Kunci aplikasi; boleh di header X-Api-Key, tidak di alamat."}
    body["media_url"] = TEKS | {"description": "Diterima tetapi tidak disimpan dan tidak diambil."}
    required = [name for name, field in KirimForm.base_fields.items() if field.required]
    key = {
        "name": "Idempotency-Key", "in": "header", "required": False, "schema": TEKS | {"maxLength": 200},
        "description": "Kunci unik dari aplikasi untuk satu laporan: dikirim ulang tetap satu laporan, satu jawaban.",
    }  # fmt: skip
    schema = {"type": "object", "properties": body, "required": required}
    return {
        "summary": "Kirim laporan",
        "description": "Tempat wajib ada: address_id, address_string, atau lat dan long.",
        "security": [{"api_key": []}],
        "parameters": [key],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": _jawaban(DITERIMA, 404, 422, 429),
    }


def dokumen(akar: str) -> Skema:
    """The document.

    Args:
        akar: full address above all others.
    """
    umum, laporan = _argumen(WilayahForm), {"type": "array", "items": {"$ref": "#/components/schemas/request"}}
    discovery: Skema = {"type": "object", "required": ["changeset", "contact", "key_service", "endpoints"]}
    paths: Skema = {}
    for bentuk in TIPE:
        v2 = {
            f"/discovery.{bentuk}": _baca("Penemuan", discovery, []),
            f"/v2/services.{bentuk}": _baca("Layanan", {"type": "array", "items": skema(Layanan)}, umum),
            f"/v2/services/{{service_code}}.{bentuk}": _baca(
                "Definisi layanan", skema(Definisi), [_jalur("service_code", "kesehatan", "Kode layanan."), *umum]
            ),
            f"/v2/requests.{bentuk}": _baca("Laporan yang tayang", laporan, _argumen(CariForm)) | {"post": _kirim()},
            f"/v2/requests/{{service_request_id}}.{bentuk}": _baca(
                "Satu laporan",
                laporan | {"minItems": 1, "maxItems": 1},
                [_jalur("service_request_id", "DK-352412-2611-4RT7QKX", "Nomor laporan."), *umum],
            ),
            f"/v2/tokens/{{token}}.{bentuk}": _baca(
                "Nomor laporan dari token",
                {"type": "array", "items": skema(TokenPermintaan), "minItems": 1, "maxItems": 1},
                [_jalur("token", "kR3v0cYb1m2n3o4p5q6r7s", "Token dari jawaban kiriman."), *umum],
            ),
        }
        paths |= v2
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open311 GeoReport v2 Dashboard Kecamatan",
            "version": "2",
            "description": "Lapor dan baca laporan warga yang ditayangkan. Format menurut akhiran alamat.",
        },
        "servers": [{"url": akar}],
        "paths": paths,
        "components": {
            "schemas": {"errors": GALAT, "request": skema(Permintaan)},
            "securitySchemes": {"api_key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}},
        },
    }

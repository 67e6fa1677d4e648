"""Answers in the shapes of Open311 GeoReport v2: XML, and the JSON that follows from it.

Both come from one structure of dataclasses, dicts, lists and plain values. In XML an element of a list has the name of
ANAK; in JSON a list is a bare array, with one element too, and an empty text is null. Ids and codes stay texts. What
XML 1.0 cannot carry (control characters, half a surrogate pair) is shown as U+FFFD in both, and lines end in "\\n".
"""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET


ANAK = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
TIPE = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
_TAK_TERBAWA = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Galat(Exception):
    """A request that is refused: the HTTP status, a sentence for each thing to repair, and headers if need be."""

    def __init__(self, status: int, *pesan: str, **header: str) -> None:
        super().__init__(status, *pesan)
        self.status, self.pesan = status, pesan
        self.header = {name.replace("_", "-"): value for name, value in header.items()}

    @property
    def isi(self) -> list[dict[str, str]]:
        return [{"code": str(self.status), "description": satu} for satu in self.pesan]


def render(bentuk: str, akar: str, isi: object) -> bytes:
    """The body of an answer.

    Args:
        bentuk: "xml" or "json".
        akar: name of the outermost element; JSON has none.
    """
    plain = _plain(isi)
    if bentuk == "json":
        return json.dumps(plain, ensure_ascii=False).encode()
    body: bytes = ET.tostring(_element(akar, plain), encoding="utf-8", xml_declaration=True)
    return body


def _plain(isi: object) -> Any:
    """What JSON knows: dicts, lists, texts, numbers, booleans and None."""
    if is_dataclass(isi):
        return {field.name: _plain(getattr(isi, field.name)) for field in fields(isi)}
    if isinstance(isi, Mapping):
        return {name: _plain(value) for name, value in isi.items()}
    if isinstance(isi, list | tuple):
        return [_plain(value) for value in isi]
    if isinstance(isi, datetime.datetime):
        return isi.isoformat(timespec="seconds")
    if isinstance(isi, Decimal):
        return float(isi)
    if isi is None or isinstance(isi, bool | int | float):
        return isi
    return _TAK_TERBAWA.sub("\ufffd", str(isi).replace("\r\n", "\n").replace("\r", "\n")) or None


def _element(nama: str, isi: Any) -> ET.Element:
    element = ET.Element(nama)
    if isinstance(isi, dict):
        element.extend(_element(name, value) for name, value in isi.items())
    elif isinstance(isi, list):
        element.extend(_element(ANAK[nama], value) for value in isi)
    elif isinstance(isi, bool):
        element.text = str(isi).lower()
    elif isi is not None:
        element.text = str(isi)
    return element

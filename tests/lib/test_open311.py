"""One structure, two formats that tell the same."""

import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.open311 import TIPE, Galat, render


WIT = datetime.timezone(datetime.timedelta(hours=9))
UMUM = {
    "attributes": [{"required": True, "values": [{"key": "a", "name": "Satu & <dua>"}]}],
    "service_request_id": "006",
    "lat": Decimal("-7.123"),
    "zipcode": None,
    "status_notes": "",
    "requested_datetime": datetime.datetime(2026, 11, 9, 8, 30, 0, 123, tzinfo=WIT),
    "service_name": gettext_lazy("Jalan"),
}
XML = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    "<service_requests><request>"
    "<attributes><attribute><required>true</required>"
    "<values><value><key>a</key><name>Satu &amp; &lt;dua&gt;</name></value></values></attribute></attributes>"
    "<service_request_id>006</service_request_id><lat>-7.123</lat><zipcode /><status_notes />"
    "<requested_datetime>2026-11-09T08:30:00+09:00</requested_datetime><service_name>Jalan</service_name>"
    "</request></service_requests>"
)
JSON = [
    {
        "attributes": [{"required": True, "values": [{"key": "a", "name": "Satu & <dua>"}]}],
        "service_request_id": "006",
        "lat": -7.123,
        "zipcode": None,
        "status_notes": None,
        "requested_datetime": "2026-11-09T08:30:00+09:00",
        "service_name": "Jalan",
    }
]


def test_xml_names_every_element_of_a_list() -> None:
    assert render("xml", "service_requests", [UMUM]).decode() == XML


def test_json_is_a_bare_array_with_one_element_too_and_an_empty_element_is_null() -> None:
    assert json.loads(render("json", "service_requests", [UMUM])) == JSON


def test_nothing_is_an_empty_list_in_both() -> None:
    assert render("json", "services", []) == b"[]"
    assert ET.fromstring(render("xml", "services", [])).tag == "services"


def test_a_dataclass_is_its_fields_in_their_order() -> None:
    @dataclass
    class Satu:
        key: str
        name: str = "b"

    assert render("json", "values", (Satu("a"),)) == b'[{"key": "a", "name": "b"}]'


def test_both_formats_say_that_they_are_utf_8() -> None:
    assert all(tipe.endswith("; charset=utf-8") for tipe in TIPE.values())
    assert "Pér".encode() in render("json", "values", [{"key": "Pér"}])


def test_an_error_is_a_list_of_code_and_sentence() -> None:
    galat = Galat(429, "Satu.", "Dua.", Retry_After="60")
    assert galat.isi == [{"code": "429", "description": "Satu."}, {"code": "429", "description": "Dua."}]
    assert galat.header == {"Retry-After": "60"}
    assert render("xml", "errors", galat.isi).count(b"<error>") == 2


def _xml_text(text: str) -> str | None:
    return ET.fromstring(render("xml", "services", [{"description": text}])).findtext("service/description") or None


def _json_text(text: str) -> Any:
    return json.loads(render("json", "services", [{"description": text}]))[0]["description"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"])))
def test_any_text_comes_back_as_it_was_from_both(text: str) -> None:
    assert _xml_text(text) == _json_text(text) == (text or None)


@given(st.text(st.characters()))
def test_what_xml_cannot_carry_is_shown_as_such_in_both(text: str) -> None:
    """Control characters, half surrogate pairs, and the ends of lines of other systems."""
    seen = _xml_text(text)
    assert seen == _json_text(text)
    assert len(seen or "") == len(text.replace("\r\n", "\n"))


def test_control_characters_become_a_mark_and_lines_end_in_one_way() -> None:
    assert _json_text("a\x00b\x1b[1m\ud800\ufffe") == "a\ufffdb\ufffd[1m\ufffd\ufffd"
    assert _xml_text("a\r\nb\rc\n\td") == "a\nb\nc\n\td"

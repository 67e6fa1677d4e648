import re
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.template import Context, Template


def render(filter_name: str, value: object) -> str:
    return Template("{% load angka %}{{ value|" + filter_name + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("filter_name", "value", "text"),
    [
        ("angka", 1234567, "1.234.567"),
        ("angka", 0, "0"),
        ("persen", Decimal("0.2743"), "27,4%"),
        ("persen", Decimal(0), "0,0%"),
        ("rupiah", 1234567, "Rp1.234.567"),
        ("rupiah", -5, "-Rp5"),
        ("rupiah", 0, "Rp0"),
        ("rupiah_ringkas", 1_250_000_000, "Rp1,3 miliar"),
        ("rupiah_ringkas", 0, "Rp0"),
        ("sebagai:'rupiah'", Decimal("107666.5"), "Rp107.667"),
        ("sebagai:'persen'", Decimal("0.25"), "25,0%"),
        ("sebagai:'indeks'", Decimal("0.9028"), "0,903"),
        ("sebagai:'jiwa'", 2000, "2.000 jiwa"),
        ("sebagai:'jiwa'", None, "–"),
        ("desimal:1", Decimal("80.742857"), "80,7"),
        ("poin", Decimal("0.05"), "+5,0 poin"),
        ("poin", Decimal("-0.023"), "-2,3 poin"),
        ("poin", None, "–"),
    ],
)
def test_numbers_as_indonesian_offices_write_them(filter_name: str, value: object, text: str) -> None:
    assert render(filter_name, value) == text


@pytest.mark.parametrize("filter_name", ["angka", "persen", "rupiah", "rupiah_ringkas"])
def test_unknown_is_a_dash_and_never_zero(filter_name: str) -> None:
    assert render(filter_name, None) == "–"
    assert Template("{% load angka %}{{ tidak.ada|" + filter_name + " }}").render(Context()) == "–"


def test_sharing_by_whatsapp_carries_a_title_and_a_link_and_nothing_else(settings: LazySettings) -> None:
    settings.SITE_URL = "https://portal.contoh.test"
    template = Template('{% include "_components/bagikan.html" with judul=judul alamat="/wilayah/11.01/" %}')
    html = template.render(Context({"judul": 'Kecamatan "Alfa" & Beta\r\nlain <b>+1</b>'}))
    (link,) = re.findall(r'href="([^"]+)"', html)
    address = urlsplit(unescape(link))
    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/")
    assert parse_qs(address.query) == {
        "text": ['Kecamatan "Alfa" & Beta lain <b>+1</b>\nhttps://portal.contoh.test/wilayah/11.01/']
    }
    assert "+" not in address.query  # some phones show it instead of a blank
    assert 'rel="noopener noreferrer"' in html


def test_the_badge_of_nobody_is_empty() -> None:
    assert Template("{% load notifikasi %}[{% belum_dibaca user %}]").render(Context()) == "[]"

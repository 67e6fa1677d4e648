from decimal import Decimal

import pytest
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
    ],
)
def test_numbers_as_indonesian_offices_write_them(filter_name: str, value: object, text: str) -> None:
    assert render(filter_name, value) == text


@pytest.mark.parametrize("filter_name", ["angka", "persen", "rupiah", "rupiah_ringkas"])
def test_unknown_is_a_dash_and_never_zero(filter_name: str) -> None:
    assert render(filter_name, None) == "–"
    assert Template("{% load angka %}{{ tidak.ada|" + filter_name + " }}").render(Context()) == "–"

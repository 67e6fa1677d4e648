"""A drawn code says what it was made of, to a reader that knows nothing of how it was drawn."""

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from p3pd_portal.lib.qr import TEPI, Qr, qr


ALAMAT = "https://portal.contoh.go.id/survei/4RT7QKX2M9B/"


def picture(code: Qr, dots: int = 6) -> Image.Image:
    """The path as a browser fills it."""
    image = Image.new("L", (code.sisi * dots,) * 2, 255)
    draw = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.jalur):
        left, top = int(x) * dots, int(y) * dots
        draw.rectangle((left, top, left + int(width) * dots - 1, top + dots - 1), fill=0)
    return image


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def test_an_address_is_read_back() -> None:
    assert read(picture(qr(ALAMAT))) == [ALAMAT]


def test_it_is_read_upside_down_blurred_and_partly_covered() -> None:
    image = picture(qr(ALAMAT))
    assert read(image.rotate(180)) == [ALAMAT]
    assert read(image.resize((image.width // 3,) * 2, Image.Resampling.BILINEAR)) == [ALAMAT]
    middle = image.width // 2
    ImageDraw.Draw(image).rectangle((middle - 15, middle - 15, middle + 15, middle + 15), fill=255)
    assert read(image) == [ALAMAT]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300))
@settings(max_examples=25, deadline=None)
def test_any_text_of_an_address_is_read_back(text: str) -> None:
    assert read(picture(qr(text))) == [text]


def test_a_light_edge_of_four_modules_is_part_of_it() -> None:
    code = qr(ALAMAT)
    places = [(int(x), int(y), int(x) + int(w)) for x, y, w in re.findall(r"M(\d+) (\d+)h(\d+)", code.jalur)]
    assert min(x for x, _, _ in places) == min(y for _, y, _ in places) == TEPI
    assert max(end for _, _, end in places) == code.sisi - TEPI


def test_the_same_text_is_drawn_alike_and_holds_nothing_to_escape() -> None:
    assert qr(ALAMAT) == qr(ALAMAT)
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", qr(ALAMAT).jalur)


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        qr(text)

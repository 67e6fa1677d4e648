"""Traps in attachments: what breaks libraries, what hides in a PDF, and what must stay readable."""

import io
import re
import resource
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from p3pd_portal.lib.lampiran import read_lampiran
from tests.lib.test_lampiran import SECRET, exif, png, red, saved


PHOTO = saved(red(), "JPEG", exif=exif())


def pdf(
    photo: bytes = PHOTO,
    change: Callable[[pikepdf.Pdf, Dictionary, Stream], object] = lambda *_: None,
    **options: object,
) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    image = Stream(made, photo)
    image.Type, image.Subtype, image.ColorSpace, image.Filter = Name.XObject, Name.Image, Name.DeviceRGB, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = 64, 32, 8
    page = made.add_blank_page(page_size=(200, 100))
    page.Contents = Stream(made, b"q 64 0 0 32 0 0 cm /Foto Do Q")
    page.Resources = Dictionary(XObject=Dictionary(Foto=image))
    change(made, page, image)
    made.save(out, **options)
    return out.getvalue()


def refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(Berkas|Gambar|PDF) .*(kirim|Kirim|Pilih)"):
        read_lampiran(content)


def bomb(side: int) -> bytes:
    """A photograph that claims to be as large."""
    photo = bytearray(PHOTO)
    at = photo.index(b"\xff\xc0") + 5
    photo[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(photo)


COLUMNS = re.sub(
    rb"/Columns \d+", b"/Columns 999999999", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), count=1
)


@pytest.mark.parametrize(
    "content",
    [COLUMNS, pdf(b"xx"), pdf(PHOTO[: len(PHOTO) // 2]), pdf(bomb(10_000)), pdf(bomb(30_000))],
    ids=["predictor", "none", "cut", "100 Mpx", "900 Mpx"],
)
def test_a_picture_in_a_pdf_that_cannot_be_drawn_leaves_an_empty_place_and_takes_no_memory(content: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_lampiran(content).akhiran == "pdf"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_photograph_with_several_pictures_in_a_pdf_is_taken() -> None:
    read_lampiran(pdf(saved(red(), "MPO", save_all=True, append_images=[red()])))


ZTXT = (b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 3_000_000))


@pytest.mark.parametrize("kind", ["text bomb", "short head", "heic", "heic large"])
def test_a_picture_that_the_library_refuses_is_refused_in_our_words(kind: str) -> None:
    heic = saved(red(), "HEIF")
    at = heic.index(b"ispe") + 8
    head = b"IHDR\0\0\0\x0a\0"
    content = {
        "text bomb": png(10, 10, 8, ZTXT),
        "short head": b"\x89PNG\r\n\x1a\n\0\0\0\x05" + head + struct.pack(">I", zlib.crc32(head)),
        "heic": heic[:at] + struct.pack(">II", 66, 32) + heic[at + 8 :],
        "heic large": heic[:at] + struct.pack(">II", 5000, 5000) + heic[at + 8 :],
    }[kind]
    refused(content)


@pytest.mark.parametrize(
    "content",
    [
        PHOTO.replace(b"\x01\x0f\x00\x02\x00\x00\x00\x08", b"\x01\x00\x00\x02\x00\x00\x00\x08"),
        saved(red(), "JPEG", exif=exif(6)).replace(
            b"\x01\x0f\x00\x02\x00\x00\x00\x08", b"\x01\x00\x00\x02\x00\x00\x00\x08"
        ),
    ],
    ids=["upright", "lying"],
)
def test_odd_exif_is_no_other_error(content: bytes) -> None:
    assert read_lampiran(content).akhiran == "jpg"


def leaks(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(read_lampiran(content).isi)) as clean:
        out = io.BytesIO()
        clean.save(out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        bodies = [thing.read_raw_bytes() for thing in clean.objects if isinstance(thing, Stream)]
    for body in list(bodies):
        with suppress(zlib.error):
            bodies.append(zlib.decompress(body))
    return any(SECRET in body for body in [out.getvalue(), *bodies])


def in_array(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    image.Filter = Array([Name.DCTDecode])


def in_flate(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    image.write(zlib.compress(PHOTO), filter=Array([Name.FlateDecode, Name.DCTDecode]))


def jpeg2000(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    jp2 = saved(red(), "JPEG2000") + struct.pack(">I", 8 + 16 + 7) + b"uuid" + b"u" * 16 + SECRET
    image.write(jp2, filter=Name.JPXDecode)


def associated(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    image.AF = Array(
        [made.make_indirect(Dictionary(Type=Name.Filespec, F="a.txt", EF=Dictionary(F=Stream(made, SECRET))))]
    )


def properties(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    page.Resources.Properties = Dictionary(MC0=Dictionary(Metadata=Stream(made, SECRET)))


def resources(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    page.Resources.Lain = Dictionary(S=Name.JavaScript, JS="rahasia")


def unknown(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    image.Lain = pikepdf.String("rahasia")


def inline(made: pikepdf.Pdf, page: Dictionary, image: Stream) -> None:
    page.Contents = Stream(made, b"q BI /W 64 /H 32 /CS /RGB /BPC 8 /F /DCT ID " + PHOTO + b" EI Q")


@pytest.mark.parametrize("change", [in_array, in_flate, jpeg2000, associated, properties, resources, unknown, inline])
def test_nothing_hidden_stays_in_a_pdf(change: Callable[..., None]) -> None:
    assert not leaks(pdf(change=change))


def test_a_grey_picture_of_16_bits_stays_grey() -> None:
    grey = Image.frombytes("I;16", (2, 1), struct.pack("<HH", 0x2000, 0xF000))
    image = Image.open(io.BytesIO(read_lampiran(saved(grey, "PNG")).isi))
    assert image.getpixel((0, 0))[0] < 64 < 200 < image.getpixel((1, 0))[0] < 250


def test_black_on_a_transparent_ground_stays_readable() -> None:
    drawn = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    drawn.putpixel((0, 0), (0, 0, 0, 255))
    image = Image.open(io.BytesIO(read_lampiran(saved(drawn, "PNG")).isi))
    assert image.getpixel((0, 0)) != image.getpixel((1, 0))


def test_a_pdf_without_pages_is_refused() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    refused(out.getvalue())

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from p3pd_portal.lib import dokumen
from p3pd_portal.lib.dokumen import read_dokumen


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


# Refused


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        picture("GIF", "P"),
        picture("TIFF"),
        picture("PNG")[:60],
        picture("JPEG")[:200],
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        b"\n" + PDF,
    ],
    ids=["empty", "page", "program", "zip", "gif", "tiff", "cut png", "cut jpeg", "false png", "late pdf"],
)
def test_the_content_decides_and_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="bukan PDF, JPEG, atau PNG yang utuh"):
        read_dokumen(content)


def test_a_cut_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="PDF terpotong"):
        read_dokumen(PDF[:-7])


def test_a_file_over_5_mb_is_refused() -> None:
    at_limit = PDF[:9] + b" " * (dokumen.MOST_BYTES - len(PDF)) + PDF[9:]
    assert read_dokumen(at_limit).akhiran == "pdf"
    with pytest.raises(ValueError, match="melebihi 5 MB"):
        read_dokumen(at_limit + b"\n")


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="Gambar terlalu besar"):
        read_dokumen(picture("PNG", "1", (8000, 5001)))
    with pytest.raises(ValueError, match="bukan PDF, JPEG, atau PNG"):
        read_dokumen(picture("PNG", "1", (20000, 20000)))


# Taken


def test_a_pdf_stays_as_it_is() -> None:
    assert vars(read_dokumen(PDF)) == {"isi": PDF, "tipe": "application/pdf", "akhiran": "pdf"}


@pytest.mark.parametrize(
    ("kind", "mode", "tipe", "akhiran", "after"),
    [
        ("JPEG", "RGB", "image/jpeg", "jpg", "RGB"),
        ("JPEG", "CMYK", "image/jpeg", "jpg", "RGB"),
        ("PNG", "RGBA", "image/png", "png", "RGB"),
        ("PNG", "L", "image/png", "png", "L"),
        ("PNG", "1", "image/png", "png", "1"),
    ],
)
def test_a_picture_is_drawn_anew(kind: str, mode: str, tipe: str, akhiran: str, after: str) -> None:
    result = read_dokumen(picture(kind, mode))
    assert (result.tipe, result.akhiran) == (tipe, akhiran)
    with Image.open(io.BytesIO(result.isi)) as image:
        assert (image.format, image.mode, image.size) == (kind, after, (40, 20))


def test_place_and_time_of_a_photo_are_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera rahasia"  # lies on its side
    result = read_dokumen(picture("JPEG", exif=exif))
    assert b"rahasia" not in result.isi
    with Image.open(io.BytesIO(result.isi)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})


def test_texts_inside_a_png_are_gone() -> None:
    info = PngInfo()
    info.add_text("Author", "rahasia")
    result = read_dokumen(picture("PNG", "L", pnginfo=info))
    assert b"rahasia" not in result.isi

"""A picture or document that a citizen sends along: looked at by its content, and drawn anew before it is kept.

Of what was sent nothing is kept as it came: place, time and camera of a photograph are gone, and so is whatever hung
behind it; of a PDF every page is drawn as a picture, without scripts, forms, embedded files and properties.
"""

import io
import warnings
from collections.abc import Callable
from typing import TypeVar

import pillow_heif
import pypdfium2
from PIL import Image, ImageFile

from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.dokumen import MOST_PIXELS, Dokumen
from p3pd_portal.lib.spreadsheet import MB


T = TypeVar("T")
MOST_BYTES = 10 * MB
MOST_PAGES = 20
LONGEST_SIDE = 2048
"""Pixels; enough to read a letter that was photographed."""
SISI_FOTO = 1280
"""Pixels; enough to print a photograph 10 cm wide."""
DOTS = 150
"""Per inch, of a page drawn anew."""

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_ORIENTATION = 0x0112
_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_RUSAK = "Berkas tidak terbaca. Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF yang utuh."
_BUKAN_FOTO = "Berkas ini bukan foto yang utuh. Kirim foto (JPEG, PNG, WebP, HEIC)."
_SANDI = "PDF ini bersandi. Simpan tanpa sandi, lalu kirim lagi."
_BESAR = "Gambar terlalu besar. Kirim foto dengan resolusi lebih rendah."

pillow_heif.register_heif_opener(thumbnails=False)


class LampiranDitolak(ValueError):
    """What was sent is not kept; the sentence says why and what to do."""


def read_lampiran(content: bytes) -> Dokumen:
    """The picture or document as it may be kept.

    Raises:
        LampiranDitolak: another kind, damaged, or too large, as a sentence that says the repair.
    """
    _require_size(content)
    if content.startswith(b"%PDF-"):
        return Dokumen(_explained(_redraw_pages, content), "application/pdf", "pdf")
    picture, kind = _explained(_redraw, content)
    out = io.BytesIO()
    picture.save(out, kind, quality=85)
    return Dokumen(out.getvalue(), *(("image/png", "png") if kind == "PNG" else ("image/jpeg", "jpg")))


def read_foto(content: bytes) -> Dokumen:
    """A photograph as it may be kept and printed: always JPEG, at most SISI_FOTO long, without a word about where and
    when it was taken.

    Raises:
        LampiranDitolak: no photograph, damaged, or too large, as a sentence that says the repair.
    """
    _require_size(content)
    picture, _ = _explained(_redraw, content, rusak=_BUKAN_FOTO)
    picture.thumbnail((SISI_FOTO, SISI_FOTO))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return Dokumen(out.getvalue(), "image/jpeg", "jpg")


def _require_size(content: bytes) -> None:
    if not content:
        raise LampiranDitolak("Berkas kosong. Pilih berkasnya sekali lagi.")
    if len(content) > MOST_BYTES:
        raise LampiranDitolak(f"Berkas melebihi {angka(MOST_BYTES // MB)} MB. Kirim foto yang lebih kecil.")


def _explained(read: Callable[[bytes], T], content: bytes, rusak: str = _RUSAK) -> T:
    """What a library makes of a file; a damaged one breaks libraries in more ways than they document."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit of pixels is lower than the library's warning
            return read(content)
    except LampiranDitolak:
        raise
    except pypdfium2.PdfiumError as error:
        raise LampiranDitolak(_SANDI if "password" in str(error).lower() else _RUSAK) from error
    except Image.DecompressionBombError as error:
        raise LampiranDitolak(_BESAR) from error
    except Exception as error:
        raise LampiranDitolak(rusak) from error


def _redraw(content: bytes) -> tuple[Image.Image, str]:
    """The first picture in the file, upright, on white, and no larger than needed; PNG stays PNG, all else is JPEG."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise LampiranDitolak(_BESAR)
        kind = "PNG" if image.format == "PNG" else "JPEG"
        turn = _TURN.get(image.getexif().get(_ORIENTATION, 1))
        plain = _on_white(image)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return (plain.transpose(turn) if turn is not None else plain), kind


def _on_white(image: Image.Image) -> Image.Image:
    """The dots alone, in 8 bits a colour, in a picture of its own."""
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off what is above 255
        image = image.convert("I").point(lambda dot: dot * (1 / 257)).convert("L")
    seen = image.convert("RGBA")
    clean = Image.new("RGB", seen.size, "white")
    clean.paste(seen, mask=seen.getchannel("A"))
    return clean


def _redraw_pages(content: bytes) -> bytes:
    """Every page as a picture, in a new document."""
    with pypdfium2.PdfDocument(content) as pdf:
        if len(pdf) > MOST_PAGES:
            raise LampiranDitolak(f"PDF melebihi {angka(MOST_PAGES)} halaman. Kirim halaman yang penting saja.")
        pages = [_draw(page) for page in pdf]
    out = io.BytesIO()
    dates = {"creationDate": None, "modDate": None}  # ours would tell when it was sent
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=80, **dates)
    return out.getvalue()


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(DOTS / 72, LONGEST_SIDE / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    return picture

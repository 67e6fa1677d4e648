"""A picture or document that a citizen sends along: looked at by its content, and made anew before it is kept.

Of what was sent nothing is kept as it came: pictures are drawn again (place, time and camera are gone, and whatever
hung behind them), of a PDF the pages alone are copied, without scripts, forms, embedded files and properties.
"""

import io
import warnings

import pikepdf
import pillow_heif
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.dokumen import MOST_PIXELS, Dokumen
from p3pd_portal.lib.spreadsheet import MB


MOST_BYTES = 10 * MB
MOST_PAGES = 20
LONGEST_SIDE = 2048
"""Pixels; enough to read a letter that was photographed."""

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_BROKEN = "Berkas tidak terbaca. Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF yang utuh."
_KEEP_IN_PAGE = frozenset({"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"})

pillow_heif.register_heif_opener(thumbnails=False)


def read_lampiran(content: bytes) -> Dokumen:
    """The picture or document as it may be kept.

    Raises:
        ValueError: another kind, damaged, or too large, as a sentence that says the repair.
    """
    if not content:
        raise ValueError("Berkas kosong. Pilih berkasnya sekali lagi.")
    if len(content) > MOST_BYTES:
        raise ValueError(f"Berkas melebihi {angka(MOST_BYTES // MB)} MB. Kirim foto yang lebih kecil.")
    if content.startswith(b"%PDF-"):
        return Dokumen(_clean_pdf(content), "application/pdf", "pdf")
    return _redraw(content)


def _redraw(content: bytes) -> Dokumen:
    """The first picture in the file, upright and no larger than needed; PNG stays PNG, all else becomes JPEG."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is lower than the library's warning
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise ValueError("Gambar terlalu besar. Kirim foto dengan resolusi lebih rendah.")
                kind = "PNG" if image.format == "PNG" else "JPEG"
                clean = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, EOFError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValueError(_BROKEN) from error
    clean.info.clear()
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean.save(out, kind, quality=85)
    return Dokumen(out.getvalue(), *(("image/png", "png") if kind == "PNG" else ("image/jpeg", "jpg")))


def _clean_pdf(content: bytes) -> bytes:
    """The pages alone, in a new document."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.new() as clean:
            if len(pdf.pages) > MOST_PAGES:
                raise ValueError(f"PDF melebihi {angka(MOST_PAGES)} halaman. Kirim halaman yang penting saja.")
            for page in pdf.pages:
                for name in set(page.obj.keys()) - _KEEP_IN_PAGE - {"/Parent"}:
                    del page.obj[name]
            clean.pages.extend(pdf.pages)
            for thing in clean.objects:
                _strip(thing)
            clean.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise ValueError("PDF ini bersandi. Simpan tanpa sandi, lalu kirim lagi.") from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RecursionError) as error:
        raise ValueError(_BROKEN) from error
    return out.getvalue()


def _strip(thing: pikepdf.Object) -> None:
    """Take properties and actions out of one part; a photograph in it is drawn anew."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in ("/Metadata", "/PieceInfo", "/AA", "/OpenAction", "/JS", "/LastModified"):
        if name in thing:
            del thing[name]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        photo = io.BytesIO()
        with Image.open(io.BytesIO(thing.read_raw_bytes()), formats=("JPEG",)) as image:
            image.load()
            image.info.pop("comment", None)
            image.save(photo, "JPEG", quality="keep")
        thing.write(photo.getvalue(), filter=pikepdf.Name.DCTDecode, decode_parms=None)

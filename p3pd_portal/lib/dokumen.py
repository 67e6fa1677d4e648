"""A scanned document that somebody hands in: its kind is read from its content, never from its name."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.spreadsheet import MB


MOST_BYTES = 5 * MB
MOST_PIXELS = 40_000_000
"""A sheet of A4 at 600 dots per inch has 35 million."""

_IMAGES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png")}
_PDF_TAIL = 2048


@dataclass(frozen=True)
class Dokumen:
    """Content that is safe to keep, its media type, and the ending of its name."""

    isi: bytes
    tipe: str
    akhiran: str


def read_dokumen(content: bytes) -> Dokumen:
    """Check a PDF, JPEG or PNG. Pictures are drawn anew, upright, so that nothing of the camera (place, time) stays.

    Raises:
        ValueError: another kind, damaged, or too large, as a sentence that says the repair.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"Berkas melebihi {angka(MOST_BYTES // MB)} MB. Pindai ulang dengan resolusi lebih rendah.")
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-_PDF_TAIL:]:
            raise ValueError("Berkas PDF terpotong. Simpan atau pindai ulang, lalu unggah lagi.")
        return Dokumen(content, "application/pdf", "pdf")
    return _read_image(content)


def _read_image(content: bytes) -> Dokumen:
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on for the whole process
            with Image.open(io.BytesIO(content), formats=tuple(_IMAGES)) as image:
                kind = str(image.format)
                if image.width * image.height > MOST_PIXELS:
                    raise ValueError("Gambar terlalu besar. Pindai ulang dengan resolusi lebih rendah.")
                upright = ImageOps.exif_transpose(image)
                clean = upright.convert("RGB" if kind == "JPEG" or upright.mode not in ("L", "1") else upright.mode)
                clean.info.clear()  # a PNG keeps its texts there
                clean.save(out, kind)
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("Berkas bukan PDF, JPEG, atau PNG yang utuh. Pindai ulang, lalu unggah lagi.") from error
    return Dokumen(out.getvalue(), *_IMAGES[kind])

"""What a citizen sends along is kept as a new file: the picture or the pages, and nothing that was hidden in them."""

import io
import re
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Stream
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.lampiran import MOST_BYTES, SISI_FOTO, LampiranDitolak, read_foto, read_lampiran


SECRET = b"rahasia"
RED, BLUE = (255, 0, 0), (0, 0, 255)
GPS, MAKER, ORIENTATION, PLACE = 0x8825, 0x010F, 0x0112, 0x1B


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def red(mode: str = "RGB", size: tuple[int, int] = (64, 32)) -> Image.Image:
    return Image.new("RGB", size, RED).convert(mode)


def exif(orientation: int = 1) -> bytes:
    """What a camera writes: itself, the place, and how it was held."""
    tags = Image.Exif()
    tags[MAKER], tags[ORIENTATION] = "rahasia", orientation
    tags.get_ifd(GPS)[PLACE] = SECRET
    return tags.tobytes()


def png(width: int, height: int, depth: int, *more: tuple[bytes, bytes], rows: bytes = b"") -> bytes:
    """Written by hand, with what Pillow would not write."""
    head = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    parts = [(b"IHDR", head), *more, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    pack = struct.Struct(">I").pack
    chunks = (pack(len(body)) + name + body + pack(zlib.crc32(name + body)) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
    archive.writestr("a.txt", SECRET)
ZIP = packed.getvalue()
TEXTS = PngInfo()
TEXTS.add_text("Author", "rahasia")
TEXTS.add_itxt("XML:com.adobe.xmp", "<x>rahasia</x>")
JPEG, PNG = saved(red(), "JPEG"), saved(red("RGBA"), "PNG")
PICTURES = {
    "exif": saved(red(), "JPEG", exif=exif()),
    "comment and xmp": saved(red(), "JPEG", comment=SECRET, xmp=SECRET),
    "colour profile": saved(red(), "JPEG", icc_profile=SECRET),
    "script behind the end": JPEG + b"<script>rahasia</script>",
    "zip behind the end": JPEG + ZIP,
    "cmyk": saved(red("CMYK"), "JPEG", exif=exif()),
    "several in one": saved(red(), "MPO", save_all=True, append_images=[red()]) + SECRET,
    "png of 16 bits": png(64, 32, 16, (b"tEXt", b"Author\0rahasia"), rows=(b"\0" + b"\xff\xff\0\0\0\0" * 64) * 32),
    "png with texts": saved(red(), "PNG", pnginfo=TEXTS),
    "png with exif": saved(red("P"), "PNG", exif=exif()),
    "png with a zip": PNG + ZIP,
    "webp": saved(red(), "WEBP", exif=exif(), xmp=SECRET),
    "moving webp": saved(red(), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 32), BLUE)], xmp=SECRET),
    "heic": saved(red(), "HEIF", exif=exif(), xmp=SECRET) + SECRET,
}


def opened(result: Dokumen) -> Image.Image:
    """The picture that is kept, after a look at what else is in the file."""
    kind, end = {"jpg": ("JPEG", b"\xff\xd9"), "png": ("PNG", b"\0\0\0\0IEND\xaeB`\x82")}[result.akhiran]
    assert (result.tipe, result.isi[-len(end) :]) == (f"image/{kind.lower()}", end)
    assert (SECRET in result.isi, zipfile.is_zipfile(io.BytesIO(result.isi))) == (False, False)
    image = Image.open(io.BytesIO(result.isi))
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (image.format, image.mode, len(image.getexif()), getattr(image, "n_frames", 1)) == (kind, "RGB", 0, 1)
    return image


def is_colour(image: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(image.getpixel(place), colour, strict=True))


@pytest.mark.parametrize("name", PICTURES)
def test_of_a_picture_only_what_is_seen_stays(name: str) -> None:
    assert SECRET in PICTURES[name]
    image = opened(read_lampiran(PICTURES[name]))
    assert (image.format, image.size) == ("PNG" if "png" in name else "JPEG", (64, 32))
    assert is_colour(image, (5, 5), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(("held", "red_at"), [(1, (4, 16)), (3, (60, 16)), (6, (16, 4)), (8, (16, 60))])
def test_a_picture_stands_upright(kind: str, held: int, red_at: tuple[int, int]) -> None:
    size = (64, 32) if held < 5 else (32, 64)
    half = Image.new("RGB", (64, 32), BLUE)
    half.paste(RED, (0, 0, 32, 32))
    image = opened(read_lampiran(saved(half, kind, exif=exif(held))))
    assert (image.size, is_colour(image, red_at, RED)) == (size, True)
    assert is_colour(image, (size[0] - red_at[0], size[1] - red_at[1]), BLUE)


@pytest.mark.parametrize(("size", "after"), [((2048, 9), (2048, 9)), ((4096, 6), (2048, 3)), ((6, 4096), (3, 2048))])
def test_a_large_picture_is_drawn_smaller(size: tuple[int, int], after: tuple[int, int]) -> None:
    assert opened(read_lampiran(saved(red("RGB", size), "JPEG"))).size == after


def document(pages: int = 1, **options: object) -> bytes:
    """A PDF that hides a secret with a name of its own wherever one can be hidden."""
    pdf, out, script = pikepdf.new(), io.BytesIO(), Dictionary(S=Name.JavaScript, JS="app.alert('rahasia_skrip')")
    photo = Stream(pdf, saved(red(), "JPEG", exif=exif(), comment=b"rahasia_komentar") + b"rahasia_ekor")
    photo.Type, photo.Subtype, photo.ColorSpace, photo.Filter = Name.XObject, Name.Image, Name.DeviceRGB, Name.DCTDecode
    photo.Width, photo.Height, photo.BitsPerComponent, photo.Metadata = 64, 32, 8, Stream(pdf, b"rahasia_foto")
    for name in ("/AA", "/JS", "/LastModified", "/OpenAction", "/PieceInfo"):
        photo[name] = pikepdf.String(f"rahasia_foto_{name[1:]}")
    for n in range(pages):
        page = pdf.add_blank_page(page_size=(200, 100))
        page.Contents = Stream(pdf, b"q 64 0 0 32 0 0 cm /Foto Do Q %% halaman %d" % (n + 1))
        page.Resources = Dictionary(XObject=Dictionary(Foto=pdf.make_indirect(photo)))
        page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="rahasia_halaman"))
        page.PieceInfo, page.Metadata = Dictionary(A="rahasia_aplikasi"), Stream(pdf, b"rahasia_lembar")
        page.Annots = Array([pdf.make_indirect(Dictionary(Subtype=Name.Text, Contents="rahasia_catatan", A=script))])
        del page.MediaBox  # stands once for all pages
    pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = Array([0, 0, 200, 100]), 90
    pdf.Root.OpenAction, pdf.Root.AcroForm = script, Dictionary(Fields=Array([Dictionary(T="rahasia_isian")]))
    pdf.attachments["a.txt"] = b"rahasia_lampiran"
    with pdf.open_metadata() as metadata:
        metadata["dc:rights"] = "rahasia_xmp"
    pdf.docinfo["/Author"] = "rahasia_penulis"
    pdf.save(out, **options)
    return out.getvalue() + b"rahasia_luar"


def secrets(content: bytes) -> set[bytes]:
    """The secrets in a file and in the same file laid open."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(plain, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return set(re.findall(rb"rahasia\w*", plain.getvalue() + content))


@pytest.mark.parametrize("options", [{}, {"encryption": Encryption(owner="a")}], ids=["free", "locked"])
def test_of_a_pdf_the_pages_alone_stay(options: dict[str, object]) -> None:
    content = document(20, **options)
    assert len(secrets(content)) == 19
    result = read_lampiran(content)
    assert (result.tipe, result.akhiran, result.isi.rstrip()[-5:]) == ("application/pdf", "pdf", b"%%EOF")
    assert secrets(result.isi) == set()
    with pikepdf.open(io.BytesIO(result.isi)) as pdf:
        assert (set(pdf.Root.keys()), pdf.is_encrypted, "/Info" in pdf.trailer) == ({"/Type", "/Pages"}, False, False)
        assert len(pdf.pages) == 20
        (drawn,) = pdf.pages[0].Resources.XObject.values()
        photo = Image.open(io.BytesIO(drawn.read_raw_bytes()))
    assert (photo.size, len(photo.getexif())) == ((209, 417), 0)  # 200 × 100 points, turned, at 150 dots per inch
    assert any(is_colour(photo, (x, y), RED) for x in range(0, 209, 8) for y in range(0, 417, 8))


BROKEN = "Berkas tidak terbaca. Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF yang utuh."
LARGE = "Gambar terlalu besar. Kirim foto dengan resolusi lebih rendah."
REFUSED = {
    "empty": (b"", "Berkas kosong. Pilih berkasnya sekali lagi."),
    "page": (b"<html><script>alert(1)</script></html>", BROKEN),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', BROKEN),
    "gif": (saved(red("P"), "GIF") + b"<script>alert(1)</script>", BROKEN),
    "zip": (ZIP, BROKEN),
    "cut jpeg": (saved(Image.effect_noise((64, 32), 90), "JPEG")[:-200], BROKEN),
    "spoilt png": (PNG[:36] + b"\5" + PNG[37:], BROKEN),
    "cut heic": (PICTURES["heic"][:-40], BROKEN),
    "no jpeg": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, BROKEN),
    "400 million pixels": (png(20_000, 20_000, 8), LARGE),
    "100 million pixels": (png(10_000, 10_000, 8), LARGE),
    "over 40 million pixels": (png(8000, 5001, 8), LARGE),
    "40 million pixels, none there": (png(8000, 5000, 8), BROKEN),
    "too many bytes": (JPEG.ljust(MOST_BYTES + 1, b"\0"), "Berkas melebihi 10 MB. Kirim foto yang lebih kecil."),
    "many pages": (document(21), "PDF melebihi 20 halaman. Kirim halaman yang penting saja."),
    "locked": (document(encryption=Encryption("a", "b")), "PDF ini bersandi. Simpan tanpa sandi, lalu kirim lagi."),
    "broken pdf": (b"%PDF-1.7\n" + bytes(range(256)), BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_with_the_repair(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    content, sentence = REFUSED[name]
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_lampiran(content)


@pytest.mark.parametrize("name", PICTURES)
def test_of_a_photograph_only_a_jpeg_for_print_stays(name: str) -> None:
    result = read_foto(PICTURES[name])
    assert (result.tipe, opened(result).size) == ("image/jpeg", (64, 32))


def test_a_large_photograph_is_drawn_as_large_as_print_needs() -> None:
    assert opened(read_foto(saved(red("RGB", (4000, 3000)), "JPEG"))).size == (SISI_FOTO, 960)


@pytest.mark.parametrize("name", ["page", "zip", "cut jpeg", "broken pdf", "many pages"])
def test_what_is_no_photograph_is_refused(name: str) -> None:
    with pytest.raises(LampiranDitolak, match="bukan foto yang utuh"):
        read_foto(REFUSED[name][0])


@pytest.mark.parametrize("name", ["empty", "400 million pixels", "too many bytes"])
def test_a_photograph_that_is_empty_or_too_large_is_refused(name: str) -> None:
    with pytest.raises(LampiranDitolak, match=f"^{re.escape(REFUSED[name][1])}$"):
        read_foto(REFUSED[name][0])


def test_a_file_of_exactly_10_mb_is_taken() -> None:
    assert opened(read_lampiran(JPEG.ljust(MOST_BYTES, b"\0"))).size == (64, 32)

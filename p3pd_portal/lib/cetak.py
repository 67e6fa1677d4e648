"""Official letters from one description: a page to print, a PDF (WeasyPrint), a Word file (python-docx); also posters
and certificates.

WeasyPrint draws with Pango, a library of the operating system that may be missing; `pdf_tersedia` tells, and the page
to print always works. Both libraries are loaded only when a letter is made.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from p3pd_portal.lib.qr import Qr


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
GAYA = "css/cetak.css"


class BelumTersedia(Exception):
    """The library behind a form of letter is missing on this server."""


def data_uri(isi: bytes, tipe: str) -> str:
    """A picture that stands inside the page itself."""
    return f"data:{tipe};base64,{base64.b64encode(isi).decode()}"


@dataclass(frozen=True)
class Kop:
    """Head of a letter: lines from the top, the line of address under them, and an emblem as PNG or JPEG."""

    baris: Sequence[str]
    alamat: str = ""
    logo: bytes | None = None
    logo_tipe: str = ""

    @property
    def logo_uri(self) -> str:
        """The emblem inside the page itself; empty without one."""
        return data_uri(self.logo, self.logo_tipe) if self.logo else ""


@dataclass(frozen=True)
class Tabel:
    """Header and rows of text. `lebar` is the share of each column in per cent."""

    kepala: Sequence[str]
    baris: Sequence[Sequence[str]]
    lebar: Sequence[int]


@dataclass(frozen=True)
class Foto:
    """A photograph and the words under it."""

    isi: bytes
    tipe: str
    keterangan: str

    @property
    def uri(self) -> str:
        return data_uri(self.isi, self.tipe)


@dataclass(frozen=True)
class Bagian:
    """A part of a letter: a word at the margin ("Menimbang", "KESATU") with paragraphs beside it; or, without one,
    paragraphs over the whole width; then a table; then photographs, two in a row and six on a page."""

    label: str = ""
    paragraf: Sequence[str] = ()
    tabel: Tabel | None = None
    judul: str = ""
    halaman_baru: bool = False
    foto: Sequence[Foto] = ()


@dataclass(frozen=True)
class TandaTangan:
    """Place and day, office and name under a letter; NIP where there is one."""

    tempat_tanggal: str
    jabatan: str
    nama: str
    nip: str = ""


@dataclass(frozen=True)
class Surat:
    """A letter, ready to be drawn in any form. `lampiran` follows the signature, each part on a page of its own."""

    templat: ClassVar[str] = "cetak/surat.html"

    kop: Kop
    judul: Sequence[str]
    bagian: Sequence[Bagian]
    tanda_tangan: TandaTangan
    tembusan: Sequence[str] = ()
    lampiran: Sequence[Bagian] = field(default_factory=list)


@dataclass(frozen=True)
class Poster:
    """A page to hang up: what to do, a QR code as large as the page allows, and the address for whoever types it."""

    templat: ClassVar[str] = "cetak/poster.html"

    kop: Kop
    judul: Sequence[str]
    ajakan: str
    qr: Qr
    alamat: str
    kaki: Sequence[str] = ()


@dataclass(frozen=True)
class LembarPiagam:
    """A certificate: whose it is and what for, who signs it, and the address where its code is checked."""

    nomor: str
    nama: str
    asal: str
    isi: Sequence[str]
    tanda_tangan: TandaTangan
    qr: Qr
    alamat: str
    kode: str


@dataclass(frozen=True)
class Piagam:
    """Certificates on paper across, each on a page of its own, all under one head."""

    templat: ClassVar[str] = "cetak/piagam.html"

    kop: Kop
    judul: str
    lembar: Sequence[LembarPiagam]


@dataclass(frozen=True)
class Daftar:
    """A list to be carried around and signed: every sheet is complete, with head and title, should one get lost.

    Attributes:
        keterangan: lines under the title.
        lembar: the tables, each on a sheet of its own.
        kaki: lines under every table.
    """

    templat: ClassVar[str] = "cetak/daftar.html"

    kop: Kop
    judul: Sequence[str]
    keterangan: Sequence[str]
    lembar: Sequence[Tabel]
    kaki: Sequence[str] = ()


@dataclass(frozen=True)
class Lencana:
    """A badge: whose it is, and the number that the code holds too."""

    nama: str
    asal: str
    acara: str
    nomor: str
    qr: Qr


@dataclass(frozen=True)
class LembarLencana:
    """Badges to be cut out, eight on a sheet."""

    templat: ClassVar[str] = "cetak/lencana.html"

    judul: str
    lencana: Sequence[Lencana]
    kosong: str


@cache
def pdf_tersedia() -> bool:
    """Whether WeasyPrint and Pango are there; asked once per process."""
    return _can_import("weasyprint")


@cache
def docx_tersedia() -> bool:
    """Whether python-docx is there; asked once per process."""
    return _can_import("docx")


def _can_import(name: str) -> bool:
    try:
        import_module(name)
    except (ImportError, OSError):  # OSError: the library is there, Pango under it is not
        return False
    return True


Cetakan = Surat | Poster | Piagam | Daftar | LembarLencana


def to_html(surat: Cetakan, *, cetak: bool = True) -> str:
    """What is printed as a page; with `cetak` for a browser, which fetches the style itself."""
    return render_to_string(surat.templat, {"surat": surat, "cetak": cetak})


def to_pdf(surat: Cetakan) -> bytes:
    """What is printed as PDF. Nothing is fetched: the style is ours, the emblem stands in the page.

    Raises:
        BelumTersedia: WeasyPrint or Pango is missing.
    """
    if not pdf_tersedia():
        raise BelumTersedia("PDF memerlukan pustaka Pango di peladen ini.")
    weasyprint = import_module("weasyprint")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    page = weasyprint.HTML(string=to_html(surat, cetak=False), url_fetcher=fetcher)
    widths = {"presentational_hints": isinstance(surat, Daftar)}  # attributes of columns; there are no inline styles
    content: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(filename=finders.find(GAYA))], **widths)
    return content


def to_docx(surat: Surat) -> bytes:
    """The letter as a Word file, to be edited further.

    Raises:
        BelumTersedia: python-docx is missing.
    """
    if not docx_tersedia():
        raise BelumTersedia("Berkas Word memerlukan pustaka python-docx di peladen ini.")
    from p3pd_portal.lib.cetak_docx import draw  # the library behind it is loaded only here

    out = io.BytesIO()
    dokumen: Any = draw(surat)
    dokumen.save(out)
    return out.getvalue()

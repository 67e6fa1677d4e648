"""Official letters from one description: a page to print, a PDF (WeasyPrint) and a Word file (python-docx).

WeasyPrint draws with Pango, a library of the operating system that may be missing; `pdf_tersedia` tells, and the page
to print always works. Both libraries are loaded only when a letter is made.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
TEMPLAT = "cetak/surat.html"
GAYA = "css/cetak.css"


class BelumTersedia(Exception):
    """The library behind a form of letter is missing on this server."""


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
        return f"data:{self.logo_tipe};base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""


@dataclass(frozen=True)
class Tabel:
    """Header and rows of text. `lebar` is the share of each column in per cent."""

    kepala: Sequence[str]
    baris: Sequence[Sequence[str]]
    lebar: Sequence[int]


@dataclass(frozen=True)
class Bagian:
    """A part of a letter: a word at the margin ("Menimbang", "KESATU") with paragraphs beside it; or, without one,
    paragraphs over the whole width; then a table."""

    label: str = ""
    paragraf: Sequence[str] = ()
    tabel: Tabel | None = None
    judul: str = ""
    halaman_baru: bool = False


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

    kop: Kop
    judul: Sequence[str]
    bagian: Sequence[Bagian]
    tanda_tangan: TandaTangan
    tembusan: Sequence[str] = ()
    lampiran: Sequence[Bagian] = field(default_factory=list)


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


def to_html(surat: Surat, *, cetak: bool = True) -> str:
    """The letter as a page; with `cetak` for a browser, which fetches the style itself."""
    return render_to_string(TEMPLAT, {"surat": surat, "cetak": cetak})


def to_pdf(surat: Surat) -> bytes:
    """The letter as PDF. Nothing is fetched from anywhere: the style is ours, the emblem stands in the page.

    Raises:
        BelumTersedia: WeasyPrint or Pango is missing.
    """
    if not pdf_tersedia():
        raise BelumTersedia("PDF memerlukan pustaka Pango di peladen ini.")
    weasyprint = import_module("weasyprint")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    page = weasyprint.HTML(string=to_html(surat, cetak=False), url_fetcher=fetcher)
    content: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(filename=finders.find(GAYA))])
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

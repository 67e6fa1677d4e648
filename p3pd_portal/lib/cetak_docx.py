"""A letter drawn with python-docx; see cetak.py, which loads this when a Word file is asked for."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from p3pd_portal.lib.cetak import Bagian, Kop, Surat, Tabel, TandaTangan


LEBAR_CM = 16.5
"""Between the margins of A4."""


def draw(surat: Surat) -> Any:
    """The letter as a document of python-docx."""
    dokumen = Document()
    _page(dokumen)
    _kop(dokumen, surat.kop)
    for satu in surat.judul:
        _line(dokumen, satu, tengah=True, tebal=True)
    for bagian in surat.bagian:
        _bagian(dokumen, bagian)
    _tanda_tangan(dokumen, surat.tanda_tangan)
    if surat.tembusan:
        _line(dokumen, "Tembusan:")
        for nomor, satu in enumerate(surat.tembusan, 1):
            _line(dokumen, f"{nomor}. {satu}")
    for bagian in surat.lampiran:
        dokumen.add_page_break()
        _bagian(dokumen, bagian)
    return dokumen


def _page(dokumen: Any) -> None:
    page = dokumen.sections[0]
    page.start_type = WD_SECTION.NEW_PAGE
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2), Cm(2)
    style = dokumen.styles["Normal"]
    style.font.name, style.font.size = "Bookman Old Style", Pt(11)
    style.paragraph_format.space_after = Pt(4)


def _line(place: Any, text: str, *, tengah: bool = False, tebal: bool = False, besar: int = 0) -> Any:
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = tebal
    if besar:
        run.font.size = Pt(besar)
    if tengah:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _kop(dokumen: Any, kop: Kop) -> None:
    place = dokumen
    if kop.logo:
        table = dokumen.add_table(rows=1, cols=2)
        left, place = table.rows[0].cells
        left.width, place.width = Cm(2.5), Cm(LEBAR_CM - 2.5)
        left.paragraphs[0].add_run().add_picture(io.BytesIO(kop.logo), height=Cm(2.2))
    for nomor, satu in enumerate(kop.baris):
        _line(place, satu, tengah=True, tebal=True, besar=14 if nomor else 13)
    if kop.alamat:
        _line(place, kop.alamat, tengah=True, besar=9)
    _rule(dokumen.add_paragraph())


def _rule(paragraph: Any) -> None:
    """The double line under the head."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def _bagian(dokumen: Any, bagian: Bagian) -> None:
    if bagian.judul:
        _line(dokumen, bagian.judul, tengah=True, tebal=True)
    if bagian.label:
        table = dokumen.add_table(rows=1, cols=3)
        cells = table.rows[0].cells
        for cell, width in zip(cells, (3.0, 0.5, LEBAR_CM - 3.5), strict=True):
            cell.width = Cm(width)
        cells[0].paragraphs[0].add_run(bagian.label)
        cells[1].paragraphs[0].add_run(":")
        _fill(cells[2], bagian.paragraf)
    else:
        for satu in bagian.paragraf:
            _line(dokumen, satu)
    if bagian.tabel:
        _tabel(dokumen, bagian.tabel)
    for foto in bagian.foto:
        dokumen.add_picture(io.BytesIO(foto.isi), height=Cm(6))
        _line(dokumen, foto.keterangan)


def _fill(cell: Any, texts: Sequence[str]) -> None:
    for nomor, satu in enumerate(texts):
        paragraph = cell.add_paragraph() if nomor else cell.paragraphs[0]
        paragraph.add_run(satu)


def _tabel(dokumen: Any, tabel: Tabel) -> None:
    table = dokumen.add_table(rows=1, cols=len(tabel.kepala))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, tabel.kepala, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in tabel.baris:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text)
    for row in table.rows:
        for cell, part in zip(row.cells, tabel.lebar, strict=True):
            cell.width = Cm(LEBAR_CM * part / 100)


def _tanda_tangan(dokumen: Any, tanda: TandaTangan) -> None:
    lines = (tanda.tempat_tanggal, tanda.jabatan, "", "", "", tanda.nama, f"NIP {tanda.nip}" if tanda.nip else "")
    for satu in lines:
        paragraph = _line(dokumen, satu)
        paragraph.paragraph_format.left_indent = Cm(8.5)
        paragraph.paragraph_format.space_after = Pt(0)

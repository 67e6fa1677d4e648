"""The workbook of a sheet of figures, back from its fillers → what is typed, with what it was filled, what is wrong.

A workbook that is not of this sheet is refused whole. In one that is, every error is collected; what stands in a wrong
or missing place is left as it was.
"""

from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.core.signing import BadSignature
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from layanan_dasar.importers.meta_buku import MetaBuku, read_meta
from layanan_dasar.importers.tabel_buku import TabelBuku
from layanan_dasar.importers.tata_buku import META, SKEMA
from layanan_dasar.importers.temuan_buku import Catatan, TemuanBuku
from layanan_dasar.models import Lembar, Sel
from layanan_dasar.models.lembar import Kunci
from p3pd_portal.lib.buku_kerja import checked_book, open_book
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected, RowError, rejected


_UNDUH = "Unduh buku kerja baru dari lembar ini, lalu salin angkanya."


@dataclass(frozen=True)
class IsiBuku:
    """What a workbook holds.

    Attributes:
        versi: of the sheet when the workbook was downloaded.
        dasar: the cells it was filled with then.
        isi: the cells as typed; those that could not be read, or whose row is gone, as in `dasar`.
        catatan: what the reader should know beside errors and warnings.
    """

    versi: int
    dasar: dict[Kunci, Sel]
    isi: dict[Kunci, Sel]
    galat: list[TemuanBuku]
    peringatan: list[TemuanBuku]
    catatan: list[str]


def read_buku(file: BinaryIO, lembar: Lembar) -> IsiBuku:
    """Read a workbook that was made of this sheet, be it of an older version.

    Raises:
        Rejected: it is damaged or too large, not of this sheet, or no longer what we made; with every reason.
    """
    checked = checked_book(file)
    book = open_book(checked)
    meta = _meta(book, lembar)
    catat = Catatan(lembar.dataset.kode)
    results = partial(_results, checked, lembar)
    isi = meta.sel | TabelBuku(_page(book, lembar), lembar, meta.sel, catat, results).read()
    return IsiBuku(meta.versi, meta.sel, isi, catat.galat, catat.peringatan, _catatan(meta, lembar, catat))


def _meta(book: Workbook, lembar: Lembar) -> MetaBuku:
    if META not in book.sheetnames:
        raise rejected(f"Lembar tersembunyi {META} tidak ada; berkas ini bukan buku kerja dari portal. {_UNDUH}")
    rows = [(str(name), str(value)) for name, value, *_ in book[META].iter_rows(max_col=2, values_only=True)]
    if ("skema", str(SKEMA)) not in rows:
        raise rejected(f"Buku kerja ini dibuat untuk susunan lain yang tidak dikenal lagi. {_UNDUH}")
    try:
        meta = read_meta(rows, lembar)
    except BadSignature:
        raise rejected(f"Tanda portal pada lembar {META} rusak atau diubah. {_UNDUH}") from None
    if reasons := _other_sheet(meta, lembar):
        raise Rejected([RowError(0, "", pesan) for pesan in reasons])
    return meta


def _other_sheet(meta: MetaBuku, lembar: Lembar) -> list[str]:
    """Why it is not of this sheet."""
    kecamatan, dataset = lembar.kecamatan, lembar.dataset
    reasons = []
    if meta.kecamatan != kecamatan.kode:
        here = f"lembar ini Kecamatan {kecamatan.nama} ({kecamatan.kode})"
        reasons.append(f"Buku kerja ini milik kecamatan {meta.kecamatan}, sedangkan {here}. Unggah di kecamatannya.")
    if meta.dataset != dataset.kode:
        here = f"lembar ini {dataset.kode} ({dataset.nama})"
        reasons.append(f"Buku kerja ini untuk dataset {meta.dataset}, sedangkan {here}. Unggah di lembar datasetnya.")
    if meta.periode != str(lembar.periode):
        period = f"{Periode.parse(meta.periode).label}, sedangkan lembar ini {lembar.periode.label}"
        reasons.append(f"Buku kerja ini untuk {period}. Unggah di lembar periodenya.")
    return reasons


def _page(book: Workbook, lembar: Lembar) -> Worksheet:
    name = lembar.dataset.kode
    if name not in book.sheetnames:
        pesan = f"Lembar “{name}” tidak ada; mungkin namanya diganti atau dihapus."
        raise rejected(f"{pesan} Kembalikan namanya menjadi {name}, atau unduh buku kerja baru.")
    return book[name]


def _results(checked: bytes, lembar: Lembar) -> Worksheet:
    """The same page with the results of its formulas."""
    return _page(open_book(checked, results=True), lembar)


def _catatan(meta: MetaBuku, lembar: Lembar, catat: Catatan) -> list[str]:
    notes = []
    if meta.versi != lembar.versi:
        notes.append(f"Buku kerja ini dari versi {meta.versi}; lembar sekarang versi {lembar.versi}.")
    if catat.n_strip:
        notes.append(f"{catat.n_strip} isian bertanda “-” dibaca tidak dilaporkan. Bila maksudnya nol, tulis 0.")
    return notes

"""A sheet of figures as a workbook to fill in away from the portal, and to bring back; see importers/buku_isian.py."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from kecamatan.models import Wilayah
from layanan_dasar.importers.meta_buku import meta_rows
from layanan_dasar.importers.tabel_buku import MENURUT_SUMBER
from layanan_dasar.importers.tata_buku import (
    BARIS_KODE,
    BERTOTAL,
    JUMLAH,
    KODE,
    KODE_DESA,
    LALU,
    META,
    NAMA_DESA,
    PETUNJUK,
    STATUS,
    STATUS_TULIS,
    Kolom,
    kolom_of,
)
from layanan_dasar.models import Indikator, Lembar, Sel, StatusNilai
from layanan_dasar.models.lembar import BAGIAN, KOSONG
from p3pd_portal.lib.angka import angka


KUNING, ABU, BIRU = "#FFF9C4", "#EDEDED", "#DCE9F7"
_LEBAR = {LALU: 16, STATUS: 17}
_YA_TIDAK = Indikator.Jenis.YA_TIDAK


def nama_buku(lembar: Lembar) -> str:
    """ "99.01.01_KES-B_2026-03_v1.xlsx"."""
    return f"{lembar.kecamatan.kode}_{lembar.dataset.kode}_{lembar.periode}_v{lembar.versi}.xlsx"


def buku_isian(lembar: Lembar, *, kontak: str, tenggat: datetime.date | None) -> bytes:
    """The workbook, filled with what the sheet holds.

    Args:
        kontak: whom to ask, as one line.
        tenggat: the last day to hand it in, where it is set.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _petunjuk(book, lembar, kontak, tenggat)
        _Tabel(book, lembar).write()
        _kode(book, lembar)
        hidden = book.add_worksheet(META)
        for row, pair in enumerate(meta_rows(lembar)):
            hidden.write_row(row, 0, pair)
        hidden.very_hidden()
    return out.getvalue()


class _Tabel:
    """The sheet of figures: a row for each desa, then their sum, then the total that the source states.

    Rows and columns of the library count from 0, those of formulas and codes from 1.
    """

    def __init__(self, book: Any, lembar: Lembar) -> None:
        self.lembar = lembar
        self.page = book.add_worksheet(lembar.dataset.kode)
        self.kolom = kolom_of(lembar)
        self.first, self.end = BARIS_KODE + 1, BARIS_KODE + len(lembar.desa)
        grey = {"bg_color": ABU, "font_color": "#444444"}
        head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": BIRU, "font_size": 9}
        self.style: dict[str, Any] = {
            "label": book.add_format(head),
            "kode": book.add_format(grey | {"font_size": 8}),
            "terkunci": book.add_format(grey | {"num_format": "@"}),
            "lalu": book.add_format(grey | {"num_format": "#,##0.####", "align": "right"}),
            "jumlah": book.add_format(grey | {"bold": True, "num_format": "#,##0"}),
            "bulat": book.add_format({"locked": False, "num_format": "#,##0"}),
            "pecahan": book.add_format({"locked": False, "num_format": "0.####"}),
            "status": book.add_format({"locked": False}),
            "kosong": book.add_format({"bg_color": KUNING}),
        }

    def write(self) -> None:
        self._header()
        for row, desa in enumerate(self.lembar.desa, self.first):
            self._row(row, desa, desa.nama)
        self._total()
        self._row(self.end + 2, self.lembar.kecamatan, _("%(label)s (bila ada)") % {"label": MENURUT_SUMBER})
        for kolom in self.kolom:
            self._guide(kolom)
        self._protect()

    def _header(self) -> None:
        page, label, kode = self.page, self.style["label"], self.style["kode"]
        page.set_row(0, 110)
        page.set_row(1, 30)
        for column, (name, machine) in enumerate(((_("Kode desa"), KODE_DESA), (_("Desa"), NAMA_DESA))):
            for row, text in enumerate((name, "", machine)):
                page.write_string(row, column, text, kode if row == BARIS_KODE - 1 else label)
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 30)
        for kolom in self.kolom:
            column = kolom.nomor - 1
            page.set_column(column, column, _LEBAR.get(kolom.bagian, 13))
            page.write_string(0, column, _label(kolom), label)
            page.write_string(1, column, _satuan(kolom), label)
            page.write_string(BARIS_KODE - 1, column, kolom.kode, kode)

    def _row(self, row: int, wilayah: Wilayah, nama: str) -> None:
        page, locked, lembar = self.page, self.style["terkunci"], self.lembar
        page.write_string(row - 1, 0, wilayah.kode, locked)
        page.write_string(row - 1, 1, nama, locked)
        for kolom in self.kolom:
            place = (row - 1, kolom.nomor - 1)
            if kolom.bagian == LALU:
                lalu = lembar.lalu.get((wilayah.pk, kolom.indikator.kode), KOSONG)
                page.write(*place, _lalu(lalu, kolom.indikator), self.style["lalu"])
            elif wilayah == lembar.kecamatan and kolom.indikator.jenis not in BERTOTAL:
                page.write_blank(*place, None, locked)
            else:
                page.write(*place, _isi(lembar.sel(wilayah, kolom.indikator), kolom), self._input(kolom))

    def _input(self, kolom: Kolom) -> Any:
        return self.style["bulat" if kolom.is_bulat else "pecahan" if kolom.is_angka else "status"]

    def _total(self) -> None:
        """Locked sums, computed already for readers that compute nothing."""
        page, row, style = self.page, self.end + 1, self.style["jumlah"]
        page.write_string(row - 1, 0, JUMLAH, style)
        page.write_string(row - 1, 1, _("Jumlah seluruh desa"), style)
        for kolom in self.kolom:
            column = kolom.nomor - 1
            if not kolom.is_bulat:
                page.write_blank(row - 1, column, None, style)
                continue
            area = xlsxwriter.utility.xl_range(self.first - 1, column, self.end - 1, column)
            cells = (self.lembar.sel(desa, kolom.indikator) for desa in self.lembar.desa)
            total = sum((getattr(sel, kolom.bagian) or Decimal(0) for sel in cells), Decimal(0))
            page.write_formula(row - 1, column, f"=SUM({area})", style, total)

    def _guide(self, kolom: Kolom) -> None:
        """What may be typed in a column, and that it is still empty."""
        if kolom.bagian == LALU:
            return
        column, total = kolom.nomor - 1, self.end + 1
        self.page.data_validation(self.first - 1, column, self.end - 1, column, _validasi(kolom))
        if kolom.indikator.jenis in BERTOTAL:
            self.page.data_validation(total, column, total, column, _validasi(kolom))
        if kolom.is_angka:
            status = next(satu for satu in self.kolom if satu.kode == f"{kolom.indikator.kode}.{STATUS}")
            cell = xlsxwriter.utility.xl_rowcol_to_cell(self.first - 1, column)
            word = xlsxwriter.utility.xl_rowcol_to_cell(self.first - 1, status.nomor - 1, col_abs=True)
            empty = {"type": "formula", "criteria": f'=AND({cell}="",{word}="")', "format": self.style["kosong"]}
            self.page.conditional_format(self.first - 1, column, self.end - 1, column, empty)

    def _protect(self) -> None:
        """A guide, not a barrier: without a password."""
        page = self.page
        page.freeze_panes(BARIS_KODE, 2)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0, BARIS_KODE - 1)
        page.repeat_columns(0, 1)


def _label(kolom: Kolom) -> str:
    satu = kolom.indikator
    if kolom.bagian == LALU:
        return f"{satu.kode} {satu.nama}"
    if kolom.bagian == STATUS:
        return _("Status, bila tidak ada angkanya")
    if kolom.bagian == "pembilang" and satu.jenis == _YA_TIDAK:
        return _("Ya atau tidak")
    if kolom.bagian == "pembilang" and satu.jenis != Indikator.Jenis.PERSEN:
        return satu.pembilang
    meaning = {"pembilang": satu.pembilang, "penyebut": satu.penyebut}.get(kolom.bagian)
    return f"{BAGIAN[kolom.bagian]}: {meaning}" if meaning else BAGIAN[kolom.bagian]


def _satuan(kolom: Kolom) -> str:
    satu = kolom.indikator
    if kolom.bagian == LALU:
        return _("terbit terakhir")
    if kolom.bagian == STATUS:
        return _("pilih")
    if kolom.bagian in ("pembilang", "penyebut"):
        if satu.jenis == _YA_TIDAK:
            return _("1 = ya, 0 = tidak")
        return _("jumlah") if satu.jenis == Indikator.Jenis.PERSEN else satu.satuan
    return _("bagian dari pembilang")


def _isi(sel: Sel, kolom: Kolom) -> Decimal | str | None:
    if kolom.bagian == STATUS:
        return "" if sel.status == StatusNilai.ADA else str(sel.status)
    number: Decimal | None = getattr(sel, kolom.bagian)
    return number


def _lalu(sel: Sel, indikator: Indikator) -> Decimal | str:
    """What was last published: "82 dari 100" of a percentage, the number of everything else, or why there is none."""
    if sel.pembilang is None:
        return str(StatusNilai(sel.status).label) if sel.is_filled else ""
    if indikator.jenis != Indikator.Jenis.PERSEN or sel.penyebut is None:
        return sel.pembilang
    return _("%(bagian)s dari %(semua)s") % {"bagian": angka(sel.pembilang), "semua": angka(sel.penyebut)}


def _validasi(kolom: Kolom) -> dict[str, Any]:
    if kolom.bagian == STATUS:
        return {
            "validate": "list",
            "source": [status.value for status in STATUS_TULIS],
            "error_title": _("Status tidak dikenal"),
            "error_message": _("Pilih dari daftar, atau kosongkan bila angkanya diisi."),
        }
    yes_no = kolom.bagian == "pembilang" and kolom.indikator.jenis == _YA_TIDAK
    range_of = {"criteria": "between", "minimum": 0, "maximum": 1} if yes_no else {"criteria": ">=", "value": 0}
    hint = _("Bila tidak ada angkanya, kosongkan lalu pilih statusnya.")
    what = _("Isi 1 (ya) atau 0 (tidak).") if yes_no else _("Isi bilangan bulat, 0 atau lebih.")
    return {
        "validate": "integer" if kolom.is_bulat else "decimal",
        **range_of,
        "error_title": _("Angka tidak sesuai"),
        "error_message": f"{what if kolom.is_bulat else _('Isi angka, 0 atau lebih.')} {hint}",
    }


def _petunjuk(book: Any, lembar: Lembar, kontak: str, tenggat: datetime.date | None) -> None:
    page = book.add_worksheet(PETUNJUK)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    page.write_string(0, 0, lembar.dataset.nama, book.add_format({"bold": True, "font_size": 14}))
    facts = [
        (_("Kecamatan"), f"{lembar.kecamatan.nama} ({lembar.kecamatan.kode})"),
        (_("Periode"), lembar.periode.label),
        (_("Versi"), str(lembar.versi)),
        (_("Tenggat"), date_filter(tenggat, "j F Y") if tenggat else _("belum ditetapkan")),
        (_("Hubungi"), kontak),
    ]
    steps = [(str(number), text) for number, text in enumerate(_langkah(lembar), 1)]
    _write(page, 1, [*facts, ("", ""), (_("Langkah"), ""), *steps, ("", ""), (_("Warna"), "")], bold, wrap)
    row = len(facts) + len(steps) + 5
    for colour, text in _warna():
        page.write_blank(row, 0, None, book.add_format({"bg_color": colour, "border": 1}))
        page.write_string(row, 1, text, wrap)
        row += 1


def _langkah(lembar: Lembar) -> list[str]:
    return [
        _("Buka lembar %(nama)s. Satu baris satu desa; jangan mengubah kode desa, nama lembar, atau kode kolom.")
        % {"nama": lembar.dataset.kode},
        _("Isi sel kuning dengan angka tanpa satuan. Nol ditulis 0; sel kosong berarti belum diisi."),
        _("Bila tidak ada angkanya, kosongkan lalu pilih status: tidak_dilaporkan atau tidak_berlaku."),
        _("Persen diisi pembilang dan penyebutnya, bukan persennya. Persennya dihitung portal."),
        _("Baris “%(label)s” boleh kosong; isi bila sumber menyebut jumlah se-kecamatan.") % {"label": MENURUT_SUMBER},
        _("Jangan menulis NIK, nama, atau data pribadi lain di mana pun."),
        _("Simpan sebagai .xlsx, lalu unggah di halaman lembar ini. Angka tersimpan setelah Anda setujui di sana."),
    ]


def _warna() -> list[tuple[str, str]]:
    return [
        (KUNING, _("belum diisi")),
        ("#FFFFFF", _("sudah diisi, boleh diubah")),
        (ABU, _("terkunci: kode, angka terbit terakhir, dan jumlah")),
    ]


def _write(page: Any, row: int, lines: Sequence[tuple[str, ...]], first: Any, rest: Any) -> None:
    for number, cells in enumerate(lines, row):
        for column, text in enumerate(cells):
            page.write_string(number, column, text, rest if column else first)


def _kode(book: Any, lembar: Lembar) -> None:
    """Codes and what they mean, one table under the other."""
    page = book.add_worksheet(KODE)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((16, 45, 14, 40, 40, 70)):
        page.set_column(column, column, width)
    head = (_("Indikator"), _("Nama"), _("Satuan"), _("Pembilang"), _("Penyebut"), _("Definisi"))
    tables: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = [
        (head, [_indikator(satu) for satu in lembar.indikator]),
        ((_("Status"), _("Arti")), [(status.value, arti) for status, arti in _arti()]),
        ((_("Kode desa"), _("Desa")), [(desa.kode, desa.nama) for desa in lembar.desa]),
    ]
    row = 0
    for header, lines in tables:
        _write(page, row, [header], bold, bold)
        _write(page, row + 1, lines, wrap, wrap)
        row += len(lines) + 2


def _indikator(satu: Indikator) -> tuple[str, ...]:
    return satu.kode, satu.nama, satu.satuan, satu.pembilang, satu.penyebut, satu.definisi


def _arti() -> list[tuple[StatusNilai, str]]:
    return [
        (StatusNilai.TIDAK_DILAPORKAN, _("seharusnya ada, tetapi sumber belum melaporkannya")),
        (StatusNilai.TIDAK_BERLAKU, _("tidak berlaku di desa ini")),
    ]

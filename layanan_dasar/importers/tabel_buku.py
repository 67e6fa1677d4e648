"""The table of figures of a workbook: its columns by their codes, its rows by those of the desa, then cell by cell."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kecamatan.models import Wilayah
from layanan_dasar.importers.angka_buku import Ketikan
from layanan_dasar.importers.sel_buku import Kelompok
from layanan_dasar.importers.tata_buku import BARIS_KODE, BERTOTAL, JUMLAH, KODE_DESA, LALU, STATUS, Kolom, kolom_of
from layanan_dasar.importers.temuan_buku import Catatan
from layanan_dasar.models import Indikator, Lembar, Sel
from layanan_dasar.models.lembar import KOSONG, Kunci, bagian_of
from p3pd_portal.lib.cells import as_text
from p3pd_portal.lib.spreadsheet import rejected


MENURUT_SUMBER = "Jumlah menurut sumber"
_NIK = re.compile(r"\d(?:[ -]?\d){15}", re.ASCII)
_PESAN_NIK = "Sel ini memuat angka 16 digit seperti NIK. Hapus: data pribadi tidak boleh diunggah."


@dataclass
class TabelBuku:
    """Reads the table, and notes what is wrong with it.

    Attributes:
        dasar: with what it was filled.
        results: opens the same page with the results of its formulas; asked only when a formula was typed.
    """

    page: Worksheet
    lembar: Lembar
    dasar: dict[Kunci, Sel]
    catat: Catatan
    results: Callable[[], Worksheet]
    rusak: set[str] = field(default_factory=set)
    _results: Worksheet | None = None

    def read(self) -> dict[Kunci, Sel]:
        """The cells that could be read. An empty one counts where there was something before.

        Raises:
            Rejected: the row of codes is gone.
        """
        if self.page.sheet_state != "visible":
            self.catat.add_peringatan("", f"Lembar {self.page.title} tersembunyi. Isinya tetap dibaca; periksa isinya.")
        self._refuse_nik()
        self._refuse_merged()
        header = self._header_row()
        columns = self._columns(header)
        read = {}
        for row, wilayah in self._rows(header):
            for indikator, places in columns.items():
                kunci = (wilayah.pk, indikator.kode)
                if wilayah == self.lembar.kecamatan and indikator.jenis not in BERTOTAL:
                    continue
                sel = self._kelompok(row, wilayah, indikator, places).read()
                if sel is not None and (sel.is_filled or kunci in self.dasar):
                    read[kunci] = sel
        return read

    def _refuse_nik(self) -> None:
        for row in self.page.iter_rows():
            for cell in row:
                comment = cell.comment.text if cell.comment else ""
                if _like_nik(cell.value) or _like_nik(comment):
                    self.rusak.add(cell.coordinate)
                    self.catat.add_galat(cell.coordinate, _PESAN_NIK)

    def _refuse_merged(self) -> None:
        for merged in self.page.merged_cells.ranges:
            if merged.max_row < BARIS_KODE:
                continue
            pesan = f"Sel {merged.coord} digabung. Pisahkan gabungannya, lalu isi setiap sel."
            self.catat.add_galat(merged.coord.partition(":")[0], pesan)
            self.rusak.update(self.page.cell(*place).coordinate for place in merged.cells)

    def _header_row(self) -> int:
        for number in range(1, 21):
            if self._text(number, 1) == KODE_DESA:
                return number
        raise rejected(
            f"Baris kode kolom (baris {BARIS_KODE}, diawali “{KODE_DESA}”) tidak ditemukan. Kembalikan, atau unduh "
            "buku kerja baru lalu salin angkanya.",
            BARIS_KODE,
        )

    def _columns(self, header: int) -> dict[Indikator, dict[str, Kolom]]:
        """Where the typed parts of each indicator stand now. Indicators with a column missing are left out."""
        found: dict[str, list[int]] = {}
        for column in range(3, self.page.max_column + 1):
            found.setdefault(self._text(header, column), []).append(column)
        places: dict[Indikator, dict[str, Kolom]] = {satu: {} for satu in self.lembar.indikator}
        for kolom in kolom_of(self.lembar):
            at = found.pop(kolom.kode, [])
            if kolom.bagian == LALU:
                continue
            if len(at) == 1:
                places[kolom.indikator][kolom.bagian] = Kolom(kolom.indikator, kolom.bagian, at[0])
            else:
                self._wrong_column(header, kolom, at)
        self._unknown_columns(header, found)
        return {satu: parts for satu, parts in places.items() if len(parts) == len(bagian_of(satu)) + 1}

    def _wrong_column(self, header: int, kolom: Kolom, at: list[int]) -> None:
        if at:
            pesan = f"Kode kolom {kolom.kode} ada {len(at)} kali. Sisakan satu."
        else:
            written = self._text(header, kolom.nomor)[:30]
            pesan = (
                f"Kolom {kolom.kode} tidak ditemukan; di sini tertulis “{written}”. Tulis kembali kodenya di baris "
                f"{header}, atau unduh buku kerja baru."
            )
        place = at[-1] if at else kolom.nomor
        self.catat.add_galat(self._address(header, place), pesan, "", kolom.indikator.kode, kolom.bagian)

    def _unknown_columns(self, header: int, found: dict[str, list[int]]) -> None:
        missing = {temuan.sel for temuan in self.catat.galat}
        for kode, columns in found.items():
            for column in columns:
                address = self._address(header, column)
                if kode and address not in missing:
                    pesan = f"Kolom “{kode[:30]}” tidak dikenal, jadi tidak dibaca. Hapus bila tidak diperlukan."
                    self.catat.add_peringatan(address, pesan)

    def _rows(self, header: int) -> Iterator[tuple[int, Wilayah]]:
        """Rows of desa and of the source's total, each once."""
        known = {satu.kode: satu for satu in (*self.lembar.desa, self.lembar.kecamatan)}
        seen: dict[str, int] = {}
        for row in range(header + 1, self.page.max_row + 1):
            kode = self._text(row, 1)
            if kode in known and kode not in seen:
                seen[kode] = row
                yield row, known[kode]
            elif kode != JUMLAH:
                self._wrong_row(row, kode, seen)
        for satu in self.lembar.desa:
            if satu.kode not in seen:
                pesan = f"Baris desa {satu.nama} ({satu.kode}) tidak ada; angkanya tidak diubah."
                self.catat.add_peringatan("", pesan, satu.nama)

    def _wrong_row(self, row: int, kode: str, seen: dict[str, int]) -> None:
        filled = [cell.coordinate for cell in self.page[row] if cell.value not in (None, "")]
        if not filled:
            return
        address = self._address(row, 1)
        if kode in seen:
            self.catat.add_galat(address, f"Desa {kode} sudah ada di baris {seen[kode]}. Sisakan satu baris.")
        elif kode:
            tempat = f"Kecamatan {self.lembar.kecamatan.nama}"
            self.catat.add_galat(address, f"Kode “{kode[:20]}” bukan desa di {tempat}. Hapus barisnya.")
        else:
            pesan = f"Baris {row} tanpa kode desa, jadi tidak dibaca. Pindahkan angkanya ke baris desanya."
            self.catat.add_peringatan(filled[0], pesan)

    def _kelompok(self, row: int, wilayah: Wilayah, indikator: Indikator, places: dict[str, Kolom]) -> Kelompok:
        total = wilayah == self.lembar.kecamatan
        desa = MENURUT_SUMBER if total else wilayah.nama
        kunci = (wilayah.pk, indikator.kode)
        cells = {bagian: self.page.cell(row, places[bagian].nomor) for bagian in (*bagian_of(indikator), STATUS)}
        return Kelompok(
            indikator,
            desa,
            places,
            {bagian: cell.coordinate for bagian, cell in cells.items()},
            {bagian: self._ketikan(cell, desa, places[bagian]) for bagian, cell in cells.items()},
            self.dasar.get(kunci, KOSONG),
            self.lembar.lalu.get(kunci, KOSONG),
            self.rusak,
            self.catat,
        )

    def _ketikan(self, cell: Cell, desa: str, kolom: Kolom) -> Ketikan:
        """The value of a cell; of a formula the last result, with a warning."""
        if cell.data_type != "f":
            return Ketikan(cell.value, cell.number_format)
        if self._results is None:
            self._results = self.results()
        result = self._results[cell.coordinate].value
        where = (desa, kolom.indikator.kode, kolom.bagian)
        if result is None:
            pesan = "Sel ini berisi rumus tanpa hasil tersimpan. Ketik angkanya."
            self.catat.add_galat(cell.coordinate, pesan, *where)
            self.rusak.add(cell.coordinate)
        else:
            pesan = (
                f"Sel ini berisi rumus; dipakai hasil terakhirnya, {as_text(result)[:20]}. Sebaiknya ketik angkanya."
            )
            self.catat.add_peringatan(cell.coordinate, pesan, *where)
        return Ketikan(result, cell.number_format)

    def _text(self, row: int, column: int) -> str:
        value = self.page.cell(row, column).value
        return "" if value is None else as_text(value)

    @staticmethod
    def _address(row: int, column: int) -> str:
        return f"{get_column_letter(column)}{row}"


def _like_nik(value: object) -> bool:
    """Sixteen digits in a row, blanks and hyphens between them aside; a long fraction has them too."""
    fraction = isinstance(value, float) and not value.is_integer()
    return not fraction and _NIK.search(as_text(value)) is not None

"""“Laporan Realisasi Pelaksanaan APBDes” as a workbook: title rows, a header, kegiatan and rekening mixed in one
column, subtotals between them. Which column holds what is confirmed once per layout and kabupaten.

A code alone does not say what it is: inside Belanja 4.1 is a sub-bidang, before it a group of revenue. So the rows
are read in order, from section to section.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import Bacaan, Baris, Kunci
from layanan_dasar.importers.publikasi import Blok, take_apart
from layanan_dasar.importers.ringkasan import BarisPublikasi
from layanan_dasar.models import PetaKolomLaporan
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.cells import as_text, teks
from p3pd_portal.lib.importing import Errors, normalize_header
from p3pd_portal.lib.spreadsheet import Table


JUDUL_TERJAUH = 20
_PESAN = "Laporan tidak menyebut sendiri desa, tahun, dan isi kolomnya. Lengkapi keterangan berkas."
_DUGAAN = {"kode": "kode", "uraian": "uraian", "anggaran": "anggaran", "realisasi": "realisasi"}
_KODE = re.compile(r"0?\d(\.\d{1,2})*\.?", re.ASCII)
_JUMLAH = {"jumlah pendapatan": "4", "jumlah belanja": "5", "jumlah pembiayaan": "6"}


def find_report(table: Table) -> Table | None:
    """The table from its header row on, if it is such a report; else None with nothing of it lost."""
    peeked: list[tuple[int, list[Any]]] = []
    for number, row in itertools.chain([(table.header_row, table.header)], itertools.islice(table.rows, JUDUL_TERJAUH)):
        names = [normalize_header(str(cell)) for cell in row]
        if "kode_desa" not in names and all(any(word in name for name in names) for word in _DUGAAN.values()):
            header = [" ".join(str(cell).split()) for cell in row]
            return Table(header, table.rows, number, table.notes)
        peeked.append((number, row))
    table.rows = itertools.chain(peeked[1:], table.rows)
    return None


def read_laporan(table: Table, wilayah: Wilayah | None, isian: dict[str, Any], errors: Errors) -> Bacaan:
    """A report; `perlu` proposes its columns, from the layout's earlier report or from their names."""
    sidik = hashlib.sha256("\n".join(map(normalize_header, table.header)).encode()).hexdigest()
    kode = wilayah.kode[:5] if wilayah else ""
    known = PetaKolomLaporan.objects.filter(kabupaten__kode=kode, sidik=sidik).first()
    bacaan = Bacaan("laporan realisasi", iter(()), {}, cells.Rupiah(), table.notes)
    bacaan.perlu = {
        "jenis": "laporan",
        "sidik": sidik,
        "judul": table.header,
        "kolom": known.kolom if known else _guess(table.header),
        "pesan": "" if isian else _PESAN,
    }
    if isian:
        bacaan.lines = _lines(table, isian, bacaan, errors)
    return bacaan


def _guess(header: list[str]) -> dict[str, int | None]:
    names = [normalize_header(cell) for cell in header]
    found = {part: next((n for n, name in enumerate(names) if word in name), None) for part, word in _DUGAAN.items()}
    return found | {"rekening": None}


def _lines(table: Table, isian: dict[str, Any], bacaan: Bacaan, errors: Errors) -> Iterator[Baris]:
    kunci = Kunci(isian["desa"], isian["tahun"], isian["jenis"])
    blok = Blok(isian["semester"] == "1", "Laporan Realisasi Pelaksanaan APBDes")
    susunan = Susunan()
    for number, row in table.rows:
        cell = {
            part: row[place] if place is not None and place < len(row) else "" for part, place in isian["kolom"].items()
        }
        line = _line(number, cell, bacaan.rupiah, errors)
        if line is not None:
            try:
                blok.lines += susunan.take(line, as_text(cell["kode"]), as_text(cell["rekening"]))
            except ValueError as error:
                errors.add(number, "kode", str(error))
    blok.dibulatkan = bacaan.rupiah.rounded
    if blok.lines:
        yield from take_apart(kunci, blok, bacaan.heads, errors)


def _line(number: int, cell: dict[str, Any], rupiah: cells.Rupiah, errors: Errors) -> BarisPublikasi | None:
    """A row with amounts; titles, page numbers and signatures have none."""
    amounts: list[int | None] = []
    for part in ("anggaran", "realisasi"):
        try:
            amounts.append(rupiah(cell[part]))
        except ValueError as error:
            if _KODE.fullmatch(as_text(cell["kode"])):
                errors.add(number, part, str(error))
            return None
    uraian = teks(cell["uraian"])
    if amounts == [None, None] or not re.search(r"[a-zA-Z]", uraian):  # the row that numbers the columns has no words
        return None
    return BarisPublikasi(number, "", "", uraian, *amounts)


@dataclass
class Susunan:
    """Where in the report a row stands: section 4, 5 or 6, and inside Belanja the kegiatan."""

    akun: str = ""
    kegiatan: str = ""
    tercatat: dict[str, BarisPublikasi] = field(default_factory=dict)

    def take(self, line: BarisPublikasi, kode: str, rekening: str) -> list[BarisPublikasi]:
        """The line with its codes; nothing for a total that was already told.

        Raises:
            ValueError: a code or a repeated total is wrong.
        """
        kode, rekening = kode.rstrip("."), rekening.rstrip(".")
        if not kode and not rekening:
            return self._uncoded(line)
        if rekening:
            self._enter(kode, line.uraian) if kode and self.akun == "5" else None
            return self._rekening(line, rekening)
        if self._is_kegiatan(kode, line.uraian):
            self.kegiatan = cells.kode_kegiatan_atau_induk(kode)
            return [self._keep(replace(line, kegiatan=self.kegiatan))]
        return self._rekening(line, kode)

    def _enter(self, kode: str, uraian: str) -> None:
        if self._is_kegiatan(kode, uraian) or kode.count(".") == 2:
            self.kegiatan = cells.kode_kegiatan_atau_induk(kode)

    def _rekening(self, line: BarisPublikasi, kode: str) -> list[BarisPublikasi]:
        rekening = cells.kode_rekening(kode)
        if rekening[0] != self.akun:
            self.akun, self.kegiatan = rekening[0], ""
        within = self.kegiatan if rekening != "5" and self.akun == "5" else ""
        return [self._keep(replace(line, kegiatan=within, rekening=rekening))]

    def _is_kegiatan(self, kode: str, uraian: str) -> bool:
        """Inside Belanja: chapters 1 to 4 always; 5.1 is a kind of spending if it says so, 5.1.00 a kegiatan."""
        if self.akun != "5":
            return False
        words, parts = uraian.lower(), kode.split(".")
        if parts[0].lstrip("0") != "5":
            return parts[0].lstrip("0") in "1234"
        if len(parts) == 1:
            return "bidang" in words or "bencana" in words
        return (len(parts) == 3 and len(parts[2]) == 2) or (len(parts) == 2 and not words.startswith("belanja"))

    def _keep(self, line: BarisPublikasi) -> BarisPublikasi:
        self.tercatat.setdefault(line.kode, line)
        return line

    def _uncoded(self, line: BarisPublikasi) -> list[BarisPublikasi]:
        """“Jumlah Belanja” repeats a row that has a code; balances have none anywhere."""
        words = line.uraian.lower()
        same = next((self.tercatat.get(kode) for start, kode in _JUMLAH.items() if words.startswith(start)), None)
        if same is None:
            balance = words.startswith(("surplus", "defisit", "pembiayaan net", "silpa tahun", *_JUMLAH))
            return [line] if balance else []
        if (same.anggaran, same.realisasi) != (line.anggaran, line.realisasi):
            raise ValueError(
                f"“{line.uraian[:60]}” tertulis {angka(line.anggaran)} dan {angka(line.realisasi)}, padahal baris "
                f"{same.baris} {angka(same.anggaran)} dan {angka(same.realisasi)}. Samakan."
            )
        return []

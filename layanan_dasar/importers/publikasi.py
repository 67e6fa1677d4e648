"""The long form of published budgets: subtotals between the lines, amounts before and after an amendment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import AWAL, PERUBAHAN, Bacaan, Baris, Kepala, Kunci, Total
from layanan_dasar.importers.ringkasan import BarisPublikasi, urai
from p3pd_portal.lib.cells import Pilihan, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Table


def read_publikasi(table: Table, desa: cells.Desa, errors: Errors) -> Bacaan:
    """A table in the long form."""
    rupiah = cells.Rupiah()
    heads: dict[Kunci, Kepala] = {}
    rows = clean_rows(table, _long_columns(desa, rupiah), errors)
    return Bacaan("publikasi desa", _read_long(rows, heads, rupiah, errors), heads, rupiah, table.notes)


def _long_columns(desa: Callable[[object], object], rupiah: Callable[[object], object]) -> list[Column]:
    laporan = ("anggaran", "realisasi", "perubahan")
    return [
        Column("kode_desa", desa, repeats=True),
        Column("tahun", cells.tahun, repeats=True),
        Column("jenis", Pilihan(laporan), repeats=True),
        Column("periode", Pilihan(("", "berjalan", "akhir", "semester 1", "semester 2")), repeats=True),
        Column("kode_kegiatan", cells.kode_kegiatan_atau_induk, repeats=True),
        Column("kode_rekening", cells.kode_rekening, repeats=True),
        Column("uraian", teks),
        Column("anggaran", rupiah),
        Column("realisasi", rupiah),
        Column("anggaran_perubahan", rupiah),
        Column("sumber", teks, repeats=True),
    ]


@dataclass
class Blok:
    """Lines of one budget as published, in file order.

    `semester_1`: whether what is realised is that of the first semester.
    """

    semester_1: bool
    sumber: str
    lines: list[BarisPublikasi] = field(default_factory=list)
    dibulatkan: int = 0


def _read_long(
    rows: Iterator[tuple[int, list[Any]]], heads: dict[Kunci, Kepala], rupiah: cells.Rupiah, errors: Errors
) -> Iterator[Baris]:
    bloks: dict[tuple[Kunci, str, str], Blok] = {}
    rounded = 0
    for number, values in rows:
        desa_id, tahun, laporan, periode, kegiatan, rekening, uraian, anggaran, realisasi, sesudah, sumber = values
        # An amended budget is published with the amounts before and after: two budgets.
        amounts = {AWAL: anggaran, PERUBAHAN: sesudah} if laporan == "perubahan" else {AWAL: anggaran}
        for jenis, amount in amounts.items():
            key = Kunci(desa_id, tahun, jenis), laporan, periode
            blok = bloks.setdefault(key, Blok(periode == "semester 1", sumber))
            blok.lines.append(BarisPublikasi(number, kegiatan, rekening, uraian, amount, realisasi))
            blok.dibulatkan += rupiah.rounded - rounded
        rounded = rupiah.rounded
    for (kunci, *_), blok in bloks.items():
        if kunci in heads:
            pesan = f"Berkas memuat dua laporan untuk APBDes yang sama (baris {heads[kunci].baris}). Sisakan satu."
            errors.add(blok.lines[0].baris, "jenis", pesan)
            continue
        yield from take_apart(kunci, blok, heads, errors)


def take_apart(kunci: Kunci, blok: Blok, heads: dict[Kunci, Kepala], errors: Errors) -> Iterator[Baris]:
    """The lowest-level lines of a published budget; its head and totals go to `heads`, what is wrong to `errors`."""
    uraian = urai(blok.lines, blok.dibulatkan)
    columns = {"anggaran": "anggaran_perubahan"} if kunci.jenis == PERUBAHAN else {}
    for baris, kolom, pesan in uraian.galat:
        errors.add(baris, columns.get(kolom, kolom), pesan)

    def semesters(line: BarisPublikasi) -> tuple[int | None, int | None]:
        return (line.realisasi, None) if blok.semester_1 else (None, line.realisasi)

    heads[kunci] = Kepala(
        blok.lines[0].baris,
        uraian.cakupan_belanja,
        uraian.cakupan_pendapatan,
        sumber=blok.sumber,
        dibulatkan=blok.dibulatkan,
        catatan=uraian.catatan,
        total=[
            Total(line.baris, kode, line.uraian, line.anggaran, *semesters(line)) for kode, line in uraian.total.items()
        ],
    )
    for line in uraian.rincian:
        codes = line.kegiatan, line.rekening, ""
        yield Baris(line.baris, *kunci, *codes, line.uraian, line.anggaran, *semesters(line))

"""Two kinds of file with village budgets: the portal's own template, and the long form of published budgets.

Both become the same stream of lowest-level lines with one head per budget (desa, year, kind), ready to be
staged; see actions/belanja.py for what is done with them.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from layanan_dasar.importers import cells
from layanan_dasar.importers.ringkasan import BarisPublikasi, urai
from layanan_dasar.models import APBDes, SumberDana
from p3pd_portal.lib.cells import Pilihan, tanggal, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows, normalize_header
from p3pd_portal.lib.spreadsheet import Limits, Table, read_table


AWAL, PERUBAHAN = APBDes.Jenis.AWAL.value, APBDes.Jenis.PERUBAHAN.value


class Kunci(NamedTuple):
    """Which budget a line belongs to."""

    desa_id: int
    tahun: int
    jenis: str


class Baris(NamedTuple):
    """One lowest-level line, in the order of the staging table."""

    baris: int
    desa_id: int
    tahun: int
    jenis: str
    kode_kegiatan: str
    kode_rekening: str
    sumber_dana: str
    uraian: str
    anggaran: int | None
    realisasi_s1: int | None
    realisasi_s2: int | None


class Total(NamedTuple):
    """A subtotal or total that the file states."""

    baris: int
    kode: str
    uraian: str
    anggaran: int | None
    realisasi_s1: int | None
    realisasi_s2: int | None


@dataclass
class Kepala:
    """What a file says of one budget beside its lines.

    Attributes:
        baris: first row of the budget in the file.
        dibulatkan: how many amounts had sen; totals may be off by as many rupiah.
    """

    baris: int
    cakupan_belanja: str = APBDes.CakupanBelanja.TIDAK_ADA
    cakupan_pendapatan: str = APBDes.CakupanPendapatan.TIDAK_ADA
    per_tanggal: datetime.date | None = None
    sumber: str = ""
    dibulatkan: int = 0
    total: list[Total] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)


@dataclass
class Bacaan:
    """A file being read: `lines` is consumed once; `heads`, `rounded` and the errors are complete afterwards."""

    format: str
    lines: Iterator[Baris]
    heads: dict[Kunci, Kepala]
    rupiah: cells.Rupiah
    table: Table


def read_apbdes(file: BinaryIO, *, desa: cells.Desa, errors: Errors, limits: Limits) -> Bacaan:
    """Open a file and tell by its header which of the two kinds it is.

    Raises:
        Rejected: the file cannot be read, or its columns fit neither kind.
    """
    table = read_table(file, limits)
    header = {normalize_header(cell) for cell in table.header}
    rupiah = cells.Rupiah()
    heads: dict[Kunci, Kepala] = {}
    if "uraian" in header and "nama_kegiatan" not in header:
        rows = clean_rows(table, _long_columns(desa, rupiah), errors)
        return Bacaan("publikasi desa", _read_long(rows, heads, rupiah, errors), heads, rupiah, table)
    rows = clean_rows(table, _template_columns(desa, rupiah), errors)
    return Bacaan("templat portal", _read_template(rows, heads, rupiah, errors), heads, rupiah, table)


# The portal's template


def _template_columns(desa: Callable[[object], object], rupiah: Callable[[object], object]) -> list[Column]:
    listed = frozenset(SumberDana.objects.values_list("kode", flat=True))
    return [
        Column("kode_desa", desa, "Kode Kemendagri, dengan atau tanpa titik", repeats=True),
        Column("tahun", cells.tahun, "Tahun anggaran", repeats=True),
        Column("jenis", Pilihan((AWAL, PERUBAHAN)), "awal, atau perubahan (jumlah sesudahnya)", repeats=True),
        Column("kode_kegiatan", cells.kode_kegiatan, "BB.SS.KK; kosong untuk pendapatan dan pembiayaan", repeats=True),
        Column("nama_kegiatan", teks, "Nama kegiatan atau uraian rekening"),
        Column("kode_rekening", cells.kode_rekening, "5.2.1.01; hanya 4, 5, atau 6 untuk baris kendali", repeats=True),
        Column("sumber_dana", cells.SumberDana(listed), f"Salah satu: {', '.join(sorted(listed))}", repeats=True),
        Column("anggaran", rupiah, "Rupiah penuh; tulis 0 bila memang nol"),
        Column("realisasi_s1", rupiah, "Realisasi 1 Januari–30 Juni; kosong bila belum dilaporkan"),
        Column("realisasi_s2", rupiah, "Realisasi 1 Januari–31 Desember; kosong bila belum dilaporkan"),
        Column("per_tanggal", tanggal, "Tanggal laporan realisasi, misalnya 2025-12-31", repeats=True),
    ]


def template_columns() -> list[tuple[str, str]]:
    """Header and explanation of each column of the template."""
    return [(column.name, column.help) for column in _template_columns(teks, teks)]


def _read_template(
    rows: Iterator[tuple[int, list[Any]]], heads: dict[Kunci, Kepala], rupiah: cells.Rupiah, errors: Errors
) -> Iterator[Baris]:
    rounded = 0
    for number, values in rows:
        desa_id, tahun, jenis, kegiatan, uraian, rekening, sumber, anggaran, s1, s2, tanggal = values
        kunci = Kunci(desa_id, tahun, jenis)
        kepala = heads.get(kunci)
        if kepala is None:
            kepala = heads[kunci] = Kepala(number)
        kepala.dibulatkan += rupiah.rounded - rounded
        rounded = rupiah.rounded
        if tanggal is not None and (kepala.per_tanggal is None or tanggal > kepala.per_tanggal):
            kepala.per_tanggal = tanggal
        if not kegiatan and rekening in ("4", "5", "6"):
            if first := next((total.baris for total in kepala.total if total.kode == rekening), None):
                pesan = f"Baris kendali {rekening} APBDes ini sudah ada di baris {first}. Sisakan satu."
                errors.add(number, "kode_rekening", pesan)
            kepala.total.append(Total(number, rekening, uraian, anggaran, s1, s2))
        elif problem := _template_problem(kegiatan, rekening, anggaran, s1, s2):
            errors.add(number, *problem)
        else:
            if kegiatan:
                kepala.cakupan_belanja = APBDes.CakupanBelanja.KEGIATAN
            elif rekening[0] == "4":
                kepala.cakupan_pendapatan = APBDes.CakupanPendapatan.LENGKAP
            yield Baris(number, *kunci, kegiatan, rekening, sumber, uraian, anggaran, s1, s2)


def _template_problem(
    kegiatan: str, rekening: str, anggaran: int | None, s1: int | None, s2: int | None
) -> tuple[str, str] | None:
    """Column and sentence of what is wrong with a line as a whole."""
    if len(rekening) < len("5.2.1"):
        return "kode_rekening", "Rekening harus sampai jenis atau objek, misalnya 5.2.1 atau 5.2.1.01."
    if rekening[0] == "5" and not kegiatan:
        return "kode_kegiatan", "Baris belanja (rekening 5) harus memuat kode kegiatan, misalnya 02.02.02."
    if rekening[0] != "5" and kegiatan:
        return "kode_kegiatan", "Kosongkan kode kegiatan pada baris pendapatan (4) dan pembiayaan (6)."
    if anggaran is None:
        return "anggaran", "Anggaran kosong. Isi jumlahnya; tulis 0 bila memang nol."
    for name, amount in (("anggaran", anggaran), ("realisasi_s1", s1), ("realisasi_s2", s2)):
        if amount is not None and amount < 0:
            return name, "Jumlah baris rincian tidak boleh negatif. Periksa tanda minus atau kurungnya."
    return None


# The long form of published budgets


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
class _Blok:
    """Lines of one budget as published, in file order."""

    semester_1: bool
    sumber: str
    lines: list[BarisPublikasi] = field(default_factory=list)
    dibulatkan: int = 0


def _read_long(
    rows: Iterator[tuple[int, list[Any]]], heads: dict[Kunci, Kepala], rupiah: cells.Rupiah, errors: Errors
) -> Iterator[Baris]:
    bloks: dict[tuple[Kunci, str, str], _Blok] = {}
    rounded = 0
    for number, values in rows:
        desa_id, tahun, laporan, periode, kegiatan, rekening, uraian, anggaran, realisasi, sesudah, sumber = values
        # An amended budget is published with the amounts before and after: two budgets.
        amounts = {AWAL: anggaran, PERUBAHAN: sesudah} if laporan == "perubahan" else {AWAL: anggaran}
        for jenis, amount in amounts.items():
            key = Kunci(desa_id, tahun, jenis), laporan, periode
            blok = bloks.setdefault(key, _Blok(periode == "semester 1", sumber))
            blok.lines.append(BarisPublikasi(number, kegiatan, rekening, uraian, amount, realisasi))
            blok.dibulatkan += rupiah.rounded - rounded
        rounded = rupiah.rounded
    for (kunci, *_), blok in bloks.items():
        if kunci in heads:
            pesan = f"Berkas memuat dua laporan untuk APBDes yang sama (baris {heads[kunci].baris}). Sisakan satu."
            errors.add(blok.lines[0].baris, "jenis", pesan)
            continue
        yield from _take_apart(kunci, blok, heads, errors)


def _take_apart(kunci: Kunci, blok: _Blok, heads: dict[Kunci, Kepala], errors: Errors) -> Iterator[Baris]:
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

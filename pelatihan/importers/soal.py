"""A file of questions: one a row."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from p3pd_portal.lib.cells import Pilihan, as_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Limits, read_table, rejected


SOAL_TERBANYAK = 500
HURUF = ("a", "b", "c", "d", "e")


def _text(most: int, *, required: bool) -> Callable[[object], str]:
    def clean(cell: object) -> str:
        text = " ".join(as_text(cell).replace("\x00", "").split())
        if required and not text:
            raise ValueError("Sel ini belum diisi. Isi lalu unggah lagi.")
        if len(text) > most:
            raise ValueError(f"Teks lebih dari {most} huruf. Ringkas sel ini.")
        return text

    return clean


KOLOM = (
    Column("pertanyaan", _text(500, required=True), "Kalimat tanya, paling panjang 500 huruf."),
    *(
        Column(f"pilihan_{huruf}", _text(300, required=n < 2), "Pilihan jawaban." if n < 2 else "Boleh kosong.")
        for n, huruf in enumerate(HURUF)
    ),
    Column("benar", Pilihan(HURUF), "Huruf pilihan yang benar: a sampai e."),
    Column("modul", _text(30, required=False), "Kode modul, misalnya tot-binwas. Boleh kosong.", optional=True),
)


@dataclass(frozen=True)
class BarisSoal:
    """A row: `benar` counts the right choice from 0; `modul` is a code or ""."""

    baris: int
    teks: str
    pilihan: list[str]
    benar: int
    modul: str


def read_soal(file: BinaryIO, modul: set[str]) -> list[BarisSoal]:
    """The questions of a file, every row checked.

    Args:
        modul: codes of modules that are known.

    Raises:
        Rejected: the file cannot be read, or at least one row has an error; all of them are named.
    """
    table, errors = read_table(file, Limits(rows=SOAL_TERBANYAK)), Errors()
    rows = []
    for number, (teks, *pilihan, benar, kode) in clean_rows(table, KOLOM, errors):
        row = BarisSoal(number, teks, [satu for satu in pilihan if satu], HURUF.index(benar), kode)
        rows.append(row)
        for kolom, pesan in _wrong(row, pilihan, modul):
            errors.add(number, kolom, pesan)
    seen: dict[str, int] = {}
    for row in rows:
        if row.teks in seen:
            text = f"Pertanyaan ini sudah ada di baris {seen[row.teks]}. Hapus salah satu."
            errors.add(row.baris, "pertanyaan", text)
        seen.setdefault(row.teks, row.baris)
    errors.raise_if_any()
    if not rows:
        raise rejected("Berkas tidak memuat satu soal pun. Isi mulai baris kedua.")
    return rows


def _wrong(row: BarisSoal, pilihan: list[str], modul: set[str]) -> list[tuple[str, str]]:
    found = []
    if any(later and not earlier for earlier, later in pairwise(pilihan)):
        found.append(("pilihan_c", "Ada pilihan kosong di tengah. Isi berurutan dari pilihan_a."))
    elif row.benar >= len(row.pilihan):
        found.append(("benar", "Pilihan yang benar tidak terisi. Isi, atau tunjuk huruf lain."))
    if len({satu.casefold() for satu in row.pilihan}) < len(row.pilihan):
        found.append(("pilihan_a", "Ada dua pilihan yang sama. Bedakan."))
    if row.modul and row.modul not in modul:
        found.append(("modul", f"Modul “{row.modul}” tidak ada. Pakai kode dari daftar modul, atau kosongkan."))
    return found

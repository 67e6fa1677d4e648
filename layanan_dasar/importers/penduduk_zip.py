"""The table of residents in the zip that OpenSID hands to the kecamatan, or in a CSV or XLSX taken out of it.

Everything stays in memory, photographs are not even unpacked, and no message repeats a word of the file: names of
its parts hold NIK, and where the header is missing the first row is a person.
"""

import io
import zipfile
from collections.abc import Collection
from typing import BinaryIO

from p3pd_portal.lib.importing import normalize_header
from p3pd_portal.lib.spreadsheet import MB, Limits, Rejected, RowError, Table, read_table, rejected


LAGI = "Unduh lagi dari OpenSID, menu Sinkronisasi."
_PENANDA = {"nik", "nomor_nik", "no_kk", "nomor_kk"}
_WORKBOOK = "[Content_Types].xml"


def refuse_penduduk(table: Table) -> None:
    """Files of figures are kept while they wait; one with numbers of people is not taken as such.

    Raises:
        Rejected: it has a column of NIK or numbers of family cards.
    """
    if _PENANDA.intersection(map(normalize_header, table.header)):
        raise rejected(
            "Berkas ini memuat kolom NIK atau nomor KK. Data pribadi tidak boleh diunggah di sini. Berkas penduduk "
            "OpenSID diunggah di halaman Unggah penduduk OpenSID, yang hanya menyimpan hitungannya.",
            table.header_row,
        )


def open_penduduk(file: BinaryIO, wajib: Collection[str], boleh: Collection[str], limits: Limits) -> Table:
    """The table, with the header of known columns only.

    Args:
        wajib, boleh: columns that must and may stand in the header.

    Raises:
        Rejected: damaged, locked, too large, or no such table; at once, or while the rows are read.
    """
    known = {*wajib, *boleh}
    try:
        table = read_table(_table_of(file, limits), limits)
        header = [name if name in known else "" for name in map(normalize_header, table.header)]
        _check_header(header, wajib, table.header_row)
        return Table(header, table.rows, table.header_row)
    except Rejected as error:
        raise anonymous(error, known) from None


def anonymous(error: Rejected, known: Collection[str]) -> Rejected:
    """A refusal that names no column but the known ones: of a file without header it would be somebody's name."""
    kept = [RowError(satu.baris, satu.kolom if satu.kolom in known else "", satu.pesan) for satu in error.errors]
    return Rejected(kept, error.total)


def _check_header(header: list[str], wajib: Collection[str], row: int) -> None:
    missing = [name for name in wajib if name not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if len(missing) == len(wajib):
        raise rejected(f"Ini bukan berkas penduduk OpenSID: baris judulnya tidak dikenal. {LAGI}", row)
    if missing or twice:
        parts = [f"kolom {', '.join(missing)} tidak ada" if missing else "",
                 f"kolom {', '.join(twice)} ada lebih dari sekali" if twice else ""]  # fmt: skip
        raise rejected(f"Judul berkas penduduk tidak lengkap: {'; '.join(filter(None, parts))}. {LAGI}", row)


def _table_of(file: BinaryIO, limits: Limits) -> BinaryIO:
    """The only table of a zip; a file that is none, or is itself a workbook, as it is."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return file
    if limits.csv_bytes is not None and size > limits.csv_bytes:
        raise rejected(f"Berkas ZIP melebihi {limits.csv_bytes // MB} MB. Hapus foto di dalamnya, lalu unggah lagi.")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if any(part.filename == _WORKBOOK for part in parts):
                return file
            return io.BytesIO(_unpack(archive, parts, limits))
    except Rejected:
        raise
    except Exception:  # damage shows itself in a dozen kinds of errors, which name the part
        raise rejected(f"Berkas ZIP rusak atau terpotong. {LAGI}") from None


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], limits: Limits) -> bytes:
    if any(part.flag_bits & 1 for part in parts):
        raise rejected("Berkas ZIP dikunci kata sandi. Unggah ZIP OpenSID tanpa kata sandi.")
    tables = [part for part in parts if part.filename.lower().endswith((".csv", ".xlsx"))]
    if len(tables) != 1:
        found = "tidak memuat" if not tables else "memuat lebih dari satu"
        raise rejected(f"ZIP ini {found} tabel CSV atau XLSX. {LAGI}")
    with archive.open(tables[0]) as content:
        data = content.read(limits.unpacked_bytes + 1)
    if len(data) > limits.unpacked_bytes:
        raise rejected(f"Tabel di dalam ZIP mengembang melebihi {limits.unpacked_bytes // MB} MB. {LAGI}")
    return data

"""The CSV zip that leaves Siskeudes: its tables, their columns, and rows with everything still as text.

Column names are matched in upper and lower case alike. What a table lacks, or holds beyond what is known, is named
together with the version the file states, because the structure changes from one version to the next.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeVar

from layanan_dasar.importers.siskeudes_tabel import TABEL
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import MB, Limits, Rejected, RowError, Table, read_table, rejected, unpack


T = TypeVar("T")
Row = dict[str, str]


def is_siskeudes(file: BinaryIO) -> bool:
    """Whether a file is a zip of tables; a workbook is a zip too. Of a broken one the name of its first part tells."""
    file.seek(0)
    head = file.read(30)
    first = file.read(int.from_bytes(head[26:28], "little")).decode("utf-8", "replace")
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = [first]
    return any(name.lower().endswith(".csv") for name in names)


class IsiZip:
    """The tables of a zip that are read, and what was noticed while opening it.

    Raises:
        Rejected: a zip that is damaged, locked, too large, or lacks tables or columns.
    """

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._limits = limits
        self._isi = _unpack_tables(file, limits)
        self.notes: list[str] = []
        self.versi = next((row["versi"] for _, row in self.rows("ref_version")), "") or "tidak disebut"
        self._check_columns()

    def __contains__(self, tabel: str) -> bool:
        return tabel in self._isi

    def rows(self, tabel: str) -> Iterator[tuple[int, Row]]:
        """Row number and cells by lower-case column name; nothing of a table that is not there."""
        if tabel not in self._isi:
            return
        nama = TABEL[tabel].nama
        try:
            table = self._open(tabel)
            header = [cell.lower() for cell in table.header]
            for number, cells in table.rows:
                if len(cells) > len(header):
                    raise rejected(f"Baris ini memuat {len(cells)} sel, padahal kolomnya {len(header)}.", number)
                row = dict.fromkeys(TABEL[tabel].known, "")
                row.update(zip(header, (str(cell).strip() for cell in cells), strict=False))
                yield number, row
        except Rejected as error:
            satu = error.errors[0]
            pesan = f"{satu.pesan} Ekspor lagi dari Siskeudes."
            raise Rejected([RowError(satu.baris, nama, pesan)]) from error

    def _open(self, tabel: str) -> Table:
        return read_table(io.BytesIO(self._isi[tabel]), self._limits)

    def _check_columns(self) -> None:
        galat = []
        for tabel, known in TABEL.items():
            if tabel not in self._isi:
                continue
            names = self._open(tabel).header
            found = {name.lower() for name in names}
            missing = [name for name in known.wajib.split() if name.lower() not in found]
            unknown = [name for name in names if name and name.lower() not in known.known]
            beyond = f" Kolom yang tidak dikenal: {', '.join(unknown)}." if unknown else ""
            if missing:
                galat.append(
                    RowError(1, known.nama, f"Kolom {', '.join(missing)} tidak ada (versi Siskeudes {self.versi})."
                             f"{beyond} Ekspor lagi, atau laporkan versi ini ke pengelola portal.")
                )  # fmt: skip
            elif unknown:
                self.notes.append(f"{known.nama} (versi Siskeudes {self.versi}):{beyond} Isinya tidak dibaca.")
        if "ta_rabrinci" not in self and "ta_anggaranrinci" not in self:
            galat.append(RowError(0, "", "Zip tidak memuat Ta_RABRinci.csv maupun Ta_AnggaranRinci.csv."))
        if galat:
            raise Rejected(galat)


def _unpack_tables(file: BinaryIO, limits: Limits) -> dict[str, bytes]:
    """The tables we read, by lower-case name, as UTF-8."""
    size = file.seek(0, io.SEEK_END)
    if limits.csv_bytes is not None and size > limits.csv_bytes:
        raise rejected(f"Berkas ZIP melebihi {limits.csv_bytes // MB} MB. Ekspor per kecamatan.")
    isi: dict[str, bytes] = {}
    too_big = f"Isi berkas ZIP mengembang melebihi {limits.unpacked_bytes // MB} MB. Ekspor per kecamatan."
    try:
        with zipfile.ZipFile(file) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise rejected("Berkas ZIP dikunci kata sandi. Kirim ekspor Siskeudes tanpa kata sandi.")
            for name, data in unpack(archive, limits.unpacked_bytes, too_big):
                tabel = PurePosixPath(name.replace("\\", "/").lower()).name.removesuffix(".csv")
                if tabel not in TABEL or not name.lower().endswith(".csv") or not data.strip():
                    continue
                if tabel in isi:
                    raise rejected(f"Tabel {TABEL[tabel].nama} ada lebih dari satu kali dalam ZIP. Sisakan satu.")
                isi[tabel] = _as_utf8(data)
    except Rejected:
        raise
    except Exception as error:  # damage shows itself in a dozen kinds of errors
        raise rejected("Berkas ZIP rusak atau terpotong. Salin atau ekspor lagi dari Siskeudes.") from error
    return isi


def _as_utf8(data: bytes) -> bytes:
    """Older exports are in the code page of Windows."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode()
    return data


# Cells


@cache
def tanggal_amerika(text: str) -> datetime.date | None:
    """The date of 06/30/2025 00:00:00 (month first, as Siskeudes exports it); None of an empty cell."""
    if not text:
        return None
    for form in ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
    raise ValueError(f"Tanggal “{text[:20]}” bukan bulan/tanggal/tahun, misalnya 06/30/2025. Ekspor lagi.")


def kd_desa(text: str) -> str:
    return re.sub(r"\s|\.$", "", text)


@dataclass
class Sel:
    """Cleans cells of one table; what is wrong goes to the errors with table, column and row."""

    nama: str
    errors: Errors

    def __call__(self, number: int, row: Row, column: str, clean: Callable[[Any], T]) -> T | None:
        try:
            return clean(row[column])
        except ValueError as error:
            self.errors.add(number, f"{self.nama}.{column}", str(error))
            return None

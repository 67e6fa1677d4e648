"""The file of a national region list: columns `kode` and `nama`, as CSV (also packed with gzip) or XLSX."""

import gzip
import io
import re
import zlib
from typing import BinaryIO

from kecamatan.models.wilayah import KODE_POLA, normalize_kode
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import MB, WEB, Limits, read_table, rejected


MOST_UNPACKED = 50 * MB


def _kode(cell: object) -> str:
    kode = normalize_kode(str(cell))
    if not re.fullmatch(KODE_POLA, kode, re.ASCII):
        raise ValueError("Kode wilayah berbentuk 35, 35.24, 35.24.01, atau 35.24.01.2001. Perbaiki kodenya.")
    return kode


def _nama(cell: object) -> str:
    nama = str(cell).strip()
    if not nama:
        raise ValueError("Nama wilayah kosong. Isi namanya.")
    if len(nama) > 100:
        raise ValueError("Nama wilayah melebihi 100 huruf. Periksa pemisah kolomnya.")
    return nama


COLUMNS = (
    Column("kode", _kode, "kode Kemendagri, dengan atau tanpa titik"),
    Column("nama", _nama, "nama resmi wilayah"),
)


def read_daftar(file: BinaryIO, limits: Limits = WEB) -> list[tuple[str, str]]:
    """Code and name of every row.

    Raises:
        Rejected: the file, its header or a row is wrong, or a code stands there twice; every error is named.
    """
    errors = Errors()
    first: dict[str, int] = {}
    rows = []
    for number, (kode, nama) in clean_rows(read_table(_unpacked(file), limits), COLUMNS, errors):
        if kode in first:
            errors.add(number, "kode", f"Kode {kode} sudah ada di baris {first[kode]}. Sisakan satu.")
        first.setdefault(kode, number)
        rows.append((kode, nama))
    errors.raise_if_any()
    if not rows:
        raise rejected("Berkas tidak memuat satu wilayah pun. Isi kolom kode dan nama.")
    return rows


def _unpacked(file: BinaryIO) -> BinaryIO:
    magic = file.read(2)
    file.seek(0)
    if magic != b"\x1f\x8b":
        return file
    try:
        with gzip.open(file) as packed:
            content = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise rejected("Berkas .gz rusak atau terpotong. Unduh ulang berkasnya.") from error
    if len(content) > MOST_UNPACKED:
        raise rejected("Isi berkas .gz melebihi 50 MB. Daftar wilayah seluruh Indonesia hanya sekitar 3 MB.")
    return io.BytesIO(content)

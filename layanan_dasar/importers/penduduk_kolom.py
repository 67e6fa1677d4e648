"""The columns of OpenSID's resident file that are read, and how a cell of each becomes a code, a date or a number.

Messages say what is expected, never what stands there: it may be somebody's name.
"""

import datetime
import re
from collections.abc import Callable

from kecamatan.models.wilayah import normalize_kode
from layanan_dasar.importers.penduduk_zip import LAGI
from p3pd_portal.lib.cells import as_text, tanggal
from p3pd_portal.lib.importing import Column


HIDUP = "1"
STATUS = {HIDUP: "hidup", "2": "mati", "3": "pindah", "4": "hilang", "6": "pergi", "9": "tidak valid"}
_GESER = "mungkin barisnya bergeser"
_NOMOR = re.compile(r"\d{16}", re.ASCII)
_ILMIAH = re.compile(r"\d([.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_DESA = re.compile(r"\d{2}\.\d{2}\.\d{2}\.[123]\d{3}", re.ASCII)


def _kode(*known: str, wajib: bool = False) -> Callable[[object], int | None]:
    """A code of a list; None where nothing is filled in, which OpenSID writes as an empty cell or 0."""

    def clean(cell: object) -> int | None:
        text = as_text(cell)
        if text in known:
            return int(text)
        if text in ("", "0") and not wajib:
            return None
        raise ValueError(f"Kode di luar daftar OpenSID ({', '.join(known)}); {_GESER}. {LAGI}")

    return clean


def _desa(cell: object) -> str:
    kode = normalize_kode(as_text(cell))
    if not _DESA.fullmatch(kode):
        raise ValueError(f"Bukan kode desa seperti 35.24.01.2001; {_GESER}. {LAGI}")
    return kode


def _nomor(cell: object) -> str:
    """NIK or number of a family card; "" of none, or of what is no such number."""
    text = as_text(cell).lstrip("'")
    damaged = bool(cell) if isinstance(cell, int | float) else _ILMIAH.fullmatch(text)
    if damaged:
        raise ValueError(f"Nomor ini sudah menjadi angka dan digit akhirnya hilang. {LAGI} Jangan simpan lewat Excel.")
    return text if _NOMOR.fullmatch(text) else ""


def _lahir(cell: object) -> datetime.date | None:
    if as_text(cell).startswith("0000"):
        return None
    try:
        return tanggal(as_text(cell)[:10] if isinstance(cell, str) else cell)
    except ValueError:
        raise ValueError(f"Bukan tanggal seperti 2019-06-30; {_GESER}. {LAGI}") from None


def _ada_nomor(cell: object) -> bool:
    """Whether a document is on record: its number, in whatever form, holds a digit other than 0."""
    return any(digit in "123456789" for digit in as_text(cell))


KOLOM = (
    Column("desa_id", _desa, repeats=True),
    Column("status_dasar", _kode(*STATUS, wajib=True), repeats=True),
    Column("nomor_nik", _nomor),
    Column("nomor_kk", _nomor),
    Column("jenis_kelamin", _kode("1", "2", wajib=True), repeats=True),
    Column("tanggal_lahir", _lahir),
    Column("akta_lahir", _ada_nomor, optional=True),
    Column("cacat", _kode(*"1234567"), repeats=True, optional=True),
    Column("ktp_el", _kode(*"123"), repeats=True, optional=True),
    Column("status_rekam", _kode(*"12345678"), repeats=True, optional=True),
)
WAJIB = [column.name for column in KOLOM if not column.optional]
BOLEH = [column.name for column in KOLOM if column.optional]

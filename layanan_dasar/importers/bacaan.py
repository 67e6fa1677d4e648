"""What every kind of village budget file is turned into: lowest-level lines, and one head per budget."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from layanan_dasar.importers import cells
from layanan_dasar.models import APBDes


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
    kode_output: str = ""
    volume: Decimal | None = None
    satuan: str = ""


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
    nomor_perdes: str = ""
    tanggal_perdes: datetime.date | None = None
    dibulatkan: int = 0
    total: list[Total] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)


@dataclass
class Bacaan:
    """A file being read: `lines` is consumed once; all the rest and the errors are complete afterwards.

    `perlu` says what a person has to tell before the file can be taken in, by kind of question (see actions/isian.py).
    """

    format: str
    lines: Iterator[Baris]
    heads: dict[Kunci, Kepala]
    rupiah: cells.Rupiah
    notes: list[str] = field(default_factory=list)
    perlu: dict[str, Any] | None = None

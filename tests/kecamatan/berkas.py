"""Files of service units for the small world, as people would hand them in."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from kecamatan.actions.unit import HasilImporUnit, impor_unit
from kecamatan.models import BerkasImpor, UnitLayanan
from p3pd_portal.lib.spreadsheet import Rejected
from tests.layanan_dasar.berkas import csv_bytes, isi_tabel


A1, A2, A3 = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"
B1, G1 = "11.01.02.2001", "11.02.01.2001"
TEMPLAT = (
    "jenis", "nama", "kode_unit", "kode_wilayah", "alamat", "lintang", "bujur", "mulai", "sampai", "wilayah_kerja",
    "sumber",
)  # fmt: skip
TABLES = (UnitLayanan, UnitLayanan.wilayah_kerja.through, BerkasImpor)

Row = Mapping[str, object]


def unit(nama: str = "Posyandu Melati", **cells: object) -> Row:
    """A line of the template: a posyandu in Desa A1."""
    return {"jenis": "posyandu", "nama": nama, "kode_wilayah": A1} | cells


def unit_csv(*rows: Row) -> bytes:
    return csv_bytes(rows, TEMPLAT)


def impor(*rows: Row, **options: Any) -> HasilImporUnit:
    return impor_unit(io.BytesIO(unit_csv(*rows)), **options)


def ditolak(content: bytes | Iterable[Row], **options: Any) -> list[tuple[int, str, str]]:
    """(row, column, sentence) of every error of a file that is refused and leaves no trace."""
    before = isi_tabel(TABLES)
    with pytest.raises(Rejected) as refused:
        impor_unit(io.BytesIO(content if isinstance(content, bytes) else unit_csv(*content)), **options)
    assert isi_tabel(TABLES) == before
    return [(error.baris, error.kolom, error.pesan) for error in refused.value.errors]


def satu_galat(*rows: Row, **options: Any) -> tuple[int, str, str]:
    """The only error of a refused file."""
    (galat,) = ditolak(rows, **options)
    return galat


def tersimpan() -> dict[str, tuple[str, str, list[str]]]:
    """What is stored: name → kind, place, stated working area."""
    return {
        satu.nama: (satu.jenis, satu.wilayah.kode, sorted(desa.kode for desa in satu.wilayah_kerja.all()))
        for satu in UnitLayanan.objects.select_related("wilayah").prefetch_related("wilayah_kerja")
    }

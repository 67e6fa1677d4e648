"""OpenDK's template Anggaran Realisasi: the kecamatan's own money of a month.

Month and kecamatan stand beside the file, as in OpenDK's upload form, or in columns (bulan and tahun; kode)."""

from typing import Any, BinaryIO

from django.db import transaction

from kecamatan.importers.daftar import HasilDaftar, kode_wilayah, merge
from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.importers import cells
from layanan_dasar.models.anggaran import ANGGARAN, JENIS, AnggaranKecamatan
from p3pd_portal.lib.cells import as_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows, header_names
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import COMMAND, Limits, read_table, rejected


@transaction.atomic
def impor_anggaran(
    file: BinaryIO, *, periode: Periode | None = None, kecamatan: str = "", sumber: str = "", limits: Limits = COMMAND
) -> HasilDaftar:
    """Store budget and spending of kecamatan offices; a later file of the same month takes the earlier one's place.

    Raises:
        Rejected: the file, with every wrong cell; or month and kecamatan are told nowhere.
    """
    table, errors = read_table(file, limits), Errors()
    header = set(header_names(table))
    dated, placed = {"bulan", "tahun"} <= header, "kode" in header
    if not dated and (periode is None or periode.frekuensi != "B"):
        raise rejected("Sebutkan bulannya (--periode 2025-07), atau tambahkan kolom bulan dan tahun.", table.header_row)
    if not placed and not kecamatan:
        raise rejected("Sebutkan kecamatannya (--kecamatan 35.24.20), atau tambahkan kolom kode.", table.header_row)
    try:
        told_kecamatan = None if placed else _kecamatan(kecamatan)
    except ValueError as error:
        raise rejected(str(error), column="kode") from error
    columns = [Column(name, cells.Rupiah(), "rupiah", repeats=True, optional=name in JENIS) for name in ANGGARAN]
    columns += [Column(name, _nomor, repeats=True) for name in ("bulan", "tahun") if dated]
    columns += [Column("kode", _kecamatan, "kode kecamatan", repeats=True)] if placed else []
    rows: list[AnggaranKecamatan] = []
    seen: dict[tuple[str, str], int] = {}
    for nomor, values in clean_rows(table, columns, errors):
        told = dict(zip((column.name for column in columns), values, strict=True))
        try:
            row = _row({"kode": told_kecamatan} | told, periode, sumber or "OpenDK, Anggaran Realisasi")
        except ValueError as error:
            errors.add(nomor, *error.args)
            continue
        first = seen.setdefault((row.kecamatan.kode, row.periode), nomor)
        if first != nomor:
            errors.add(nomor, "total_anggaran", f"Kecamatan dan bulan ini sudah ada di baris {first}. Sisakan satu.")
        rows.append(row)
    errors.raise_if_any()
    periods = {row.periode for row in rows}
    hasil = merge(rows, ("kecamatan_id", "periode"), AnggaranKecamatan.objects.filter(periode__in=periods))
    hasil.catatan.extend(table.notes)
    return hasil


def _nomor(cell: object) -> int:
    text = as_text(cell)
    if not text.isdecimal():
        raise ValueError("Tulis angkanya saja, misalnya 7 atau 2025.")
    return int(text)


def _kecamatan(cell: object) -> Wilayah:
    kode = kode_wilayah(cell)
    found = Wilayah.objects.in_force().filter(kode=kode, tingkat=Tingkat.KECAMATAN).first()
    if found is None:
        raise ValueError(f"{kode} bukan kecamatan dalam daftar yang berlaku. Tulis seperti 35.24.20.")
    return found


def _row(told: dict[str, Any], periode: Periode | None, sumber: str) -> AnggaranKecamatan:
    """Raises ValueError with column and sentence: the month does not exist, or a total is missing."""
    if "bulan" in told:
        if not 1 <= told["bulan"] <= 12:
            raise ValueError("bulan", "Bulan ditulis 1 sampai 12.")
        periode = Periode("B", told["tahun"], told["bulan"])
    for name in ANGGARAN[:2]:
        if told[name] is None or told[name] < 0:
            raise ValueError(name, "Jumlah ini harus diisi, nol atau lebih.")
    amounts = {name: told.get(name) for name in ANGGARAN}
    return AnggaranKecamatan(kecamatan=told["kode"], periode=str(periode), sumber=sumber, **amounts)

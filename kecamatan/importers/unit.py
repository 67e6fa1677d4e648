"""Files of service units: one row a unit, its working area as codes of desa between semicolons."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

from django.core.exceptions import ValidationError

from kecamatan.models import JenisUnit, Tingkat, Wilayah
from kecamatan.models.unit import BUJUR, LINTANG, check_wilayah_kerja, find_problems
from kecamatan.models.wilayah import normalize_kode
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.cells import Teks, as_text, derajat, tanggal
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Limits, Rejected, Table, read_table


class BarisUnit(NamedTuple):
    """One row, in the order of the staging table."""

    baris: int
    jenis: str
    nama: str
    kode: str
    wilayah_id: int
    alamat: str
    lintang: Decimal | None
    bujur: Decimal | None
    mulai: datetime.date | None
    sampai: datetime.date | None
    sumber: str


@dataclass
class BacaanUnit:
    """A file that was read: its units, and (row, desa id) of every desa in a stated working area."""

    table: Table
    unit: list[BarisUnit]
    kerja: list[tuple[int, int]]


def jenis(cell: object) -> str:
    """A kind by its code or its label: upt_pendidikan, "UPT/korwil pendidikan"."""
    word = as_text(cell).lower().replace("_", " ")
    for satu in JenisUnit:
        if word in (satu.value.replace("_", " "), satu.label.lower()):
            return satu.value
    raise ValueError(f"Jenis “{as_text(cell)[:30]}” tidak dikenal. Isi salah satu: {', '.join(JenisUnit.values)}.")


def kode(cell: object) -> str:
    text = re.sub(r"\s", "", as_text(cell)).upper()
    if text and not re.fullmatch(r"[A-Z0-9][A-Z0-9.-]{2,19}", text, re.ASCII):
        raise ValueError(f"Kode “{text[:25]}” tidak sah. Tulis 3–20 huruf, angka, titik, atau tanda hubung saja.")
    return text


def lintang(cell: object) -> Decimal | None:
    return _inside(derajat(cell), "Lintang", *LINTANG)


def bujur(cell: object) -> Decimal | None:
    return _inside(derajat(cell), "Bujur", *BUJUR)


def _inside(value: Decimal | None, name: str, least: Decimal, most: Decimal) -> Decimal | None:
    if value is not None and not least <= value <= most:
        box = f"{angka(least, 1)} sampai {angka(most, 1)}"
        raise ValueError(
            f"{name} {angka(value, 6)} di luar Indonesia ({box}). Periksa apakah lintang dan bujur tertukar."
        )
    return value


class Tempat:
    """Codes of kecamatan and desa, with or without dots → regions; only those inside `wilayah` may hold a unit.

    The regions made here carry id, code and nothing else: level and kind are the database's business.
    """

    def __init__(self, wilayah: Wilayah | None) -> None:
        self.wilayah = wilayah
        known = Wilayah.objects.in_force().filter(tingkat__gte=Tingkat.KECAMATAN)
        self.known = {satu.kode: satu for satu in known.only("kode", "tingkat")}

    def __call__(self, cell: object) -> Wilayah:
        satu = self._find(normalize_kode(as_text(cell)), "Kode wilayah")
        if self.wilayah is not None and not self.wilayah.contains(satu.kode):
            raise ValueError(f"{satu.kode} di luar {self.wilayah.nama_lengkap}. Unggah dari halaman wilayahnya.")
        return satu

    def desa(self, cell: object) -> list[Wilayah]:
        """The desa of a working area: "35.24.01.2001; 35.24.01.2002"; none of an empty cell."""
        codes = [normalize_kode(part) for part in as_text(cell).replace("\n", ";").split(";") if part.strip()]
        found = {kode: self._find(kode, "Kode desa") for kode in codes}
        for kode, satu in found.items():
            if satu.tingkat != Tingkat.DESA:
                raise ValueError(f"{kode} bukan kode desa atau kelurahan. Tulis setiap desanya, dipisah titik koma.")
        return list(found.values())

    def _find(self, kode: str, name: str) -> Wilayah:
        if kode not in self.known:
            raise ValueError(f"{name} “{kode[:20]}” tidak ada dalam daftar Kemendagri. Tulis misalnya 35.24.01.2001.")
        return self.known[kode]


def columns(tempat: Tempat | None = None) -> list[Column]:
    """The columns of the template; without `tempat` only to be described."""
    place, desa = (tempat, tempat.desa) if tempat else (as_text, as_text)
    return [
        Column("jenis", jenis, f"Salah satu: {', '.join(JenisUnit.values)}", repeats=True),
        Column("nama", Teks(150, required=True), "Nama unit, misalnya Posyandu Melati"),
        Column("kode_unit", kode, "NPSN, kode puskesmas, atau sejenisnya. Kosong: kode yang sudah tercatat tetap"),
        Column("kode_wilayah", place, "Kode Kemendagri desa/kelurahan tempatnya berdiri; puskesmas, UPT pendidikan, "
               "dan kantor camat boleh kecamatan", repeats=True),
        Column("alamat", Teks(200), "Jalan, RT/RW, dusun; boleh kosong"),
        Column("lintang", lintang, "Derajat desimal, misalnya -7,112345; boleh kosong"),
        Column("bujur", bujur, "Derajat desimal, misalnya 112,417250; boleh kosong"),
        Column("mulai", tanggal, "Hari pertama melayani, misalnya 2015-07-01; boleh kosong", repeats=True),
        Column("sampai", tanggal, "Hari terakhir melayani bila sudah tutup; kosong bila masih melayani", repeats=True),
        Column("wilayah_kerja", desa, "Kode desa/kelurahan yang dilayani, dipisah titik koma. Kosong: puskesmas, UPT "
               "pendidikan, dan kantor camat melayani seluruh kecamatannya, unit lain desanya sendiri", repeats=True),
        Column("sumber", Teks(200), "Asal data, misalnya Dapodik semester ganjil 2025; boleh kosong", repeats=True),
    ]  # fmt: skip


def read_unit(file: BinaryIO, *, wilayah: Wilayah | None, errors: Errors, limits: Limits) -> BacaanUnit:
    """Read a file of units; rows with an error are added to `errors` and left out.

    Raises:
        Rejected: the file cannot be read to its end, or a column is missing; with the errors before that place.
    """
    table = read_table(file, limits)
    bacaan = BacaanUnit(table, [], [])
    try:
        for baris, values in clean_rows(table, columns(Tempat(wilayah)), errors):
            _take(bacaan, baris, values, errors)
    except Rejected as broken:
        errors.extend(broken)
        raise errors.as_rejected() from broken
    return bacaan


def _take(bacaan: BacaanUnit, baris: int, values: list[Any], errors: Errors) -> None:
    unit, nama, kode_unit, tempat, alamat, lat, lon, mulai, sampai, desa, sumber = values
    row = BarisUnit(baris, unit, nama, kode_unit, tempat.pk, alamat, lat, lon, mulai, sampai, sumber)
    for kolom, pesan in _problems(row, tempat, desa):
        errors.add(baris, kolom, pesan)
    bacaan.unit.append(row)
    bacaan.kerja += [(baris, satu.pk) for satu in desa]


_KOLOM = {"wilayah": "kode_wilayah", "kode": "kode_unit"}


def _problems(row: BarisUnit, tempat: Wilayah, desa: list[Wilayah]) -> Iterator[tuple[str, str]]:
    """Column and sentence of every rule of the model that the row breaks as a whole."""
    for field, pesan in find_problems(row, tempat).items():
        yield _KOLOM.get(field, field), pesan
    try:
        check_wilayah_kerja(tempat, desa)
    except ValidationError as error:
        yield "wilayah_kerja", error.messages[0]

"""Population and area, lokus lists, and the crosswalk to BPS codes."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import BinaryIO

from django.db import connection, transaction

from kecamatan.importers.daftar import (
    Baris,
    HasilDaftar,
    as_text,
    merge,
    read_by_wilayah,
    refuse_twice,
    required_text,
)
from kecamatan.models import Lokus, ProfilWilayah, Tingkat, Wilayah
from kecamatan.models.wilayah import NASIONAL
from kecamatan.signals import penduduk_berubah
from p3pd_portal.lib.angka import parse_decimal
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.importing import Column, Errors
from p3pd_portal.lib.spreadsheet import COMMAND, Limits, read_table


_SET_KODE_BPS = """
    UPDATE kecamatan_wilayah w SET kode_bps = b.kode_bps
    FROM kode_bps_baru b WHERE b.id = w.id AND w.kode_bps IS DISTINCT FROM b.kode_bps
"""


# Population and area


def bulat(cell: object) -> int:
    number = parse_decimal(cell)
    if number is None or number != number.to_integral_value() or not 0 <= number < 2**31:
        raise ValueError("Tulis jumlah orang sebagai bilangan bulat, misalnya 5623479.")
    return int(number)


def luas(cell: object) -> Decimal | None:
    """Square kilometres as published files write them, with a decimal point; None for an empty cell."""
    text = as_text(cell)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}(\.\d+)?", text, re.ASCII) or not Decimal(text):
        raise ValueError("Tulis luas dalam km² dengan titik desimal tanpa pemisah ribuan, misalnya 56835.019.")
    return round(Decimal(text), 3)


PENDUDUK = (
    Column("luas_km2", luas, "luas dalam km², titik desimal; boleh kosong"),
    Column("penduduk_l", bulat, "penduduk laki-laki"),
    Column("penduduk_p", bulat, "penduduk perempuan"),
    Column("penduduk", bulat, "jumlah penduduk"),
)


@transaction.atomic
def impor_penduduk(
    file: BinaryIO, *, per: datetime.date, sumber: str, sumber_luas: str = "", limits: Limits = COMMAND
) -> HasilDaftar:
    """Population and area of regions at the end of a month. The nation is the sum of its provinces where the file
    holds all of them but not the nation.

    Raises:
        Rejected: the file, with every wrong cell.
    """
    table, errors = read_table(file, limits), Errors()
    seen: dict[str, int] = {}
    rows = []
    for baris in read_by_wilayah(table, PENDUDUK, errors):
        refuse_twice(baris.nomor, baris.wilayah.kode, seen, errors)
        rows.append(_profil(baris, per, sumber, sumber_luas, errors))
    errors.raise_if_any()
    rows += _nation(rows, seen, table.notes)
    hasil = merge(rows, ("wilayah_id", "per"), ProfilWilayah.objects.filter(per=per))
    hasil.catatan.extend(table.notes)
    penduduk_berubah.send(sender=None, per=per)
    return hasil


def _profil(baris: Baris, per: datetime.date, sumber: str, sumber_luas: str, errors: Errors) -> ProfilWilayah:
    luas_km2, laki_laki, perempuan, penduduk = baris.nilai
    if laki_laki + perempuan != penduduk:
        errors.add(baris.nomor, "penduduk", f"Jumlahnya {laki_laki + perempuan} (laki-laki dan perempuan). Samakan.")
    if luas_km2 and not sumber_luas:
        errors.add(0, "luas_km2", "Berkas memuat luas. Sebutkan sumbernya juga: --sumber-luas BIG")
    return ProfilWilayah(
        wilayah=baris.wilayah,
        per=per,
        penduduk=penduduk,
        laki_laki=laki_laki,
        perempuan=perempuan,
        luas_km2=luas_km2,
        sumber=sumber,
        sumber_luas=sumber_luas if luas_km2 else "",
    )


def _nation(rows: Sequence[ProfilWilayah], given: dict[str, int], notes: list[str]) -> list[ProfilWilayah]:
    """The nation as the sum of all its provinces; nothing where it stands in the file or a province is missing."""
    provinces = [row for row in rows if row.wilayah.tingkat == Tingkat.PROVINSI and not row.wilayah.contoh]
    if NASIONAL in given or not provinces:
        return []
    expected = Wilayah.objects.in_force().filter(tingkat=Tingkat.PROVINSI, contoh=False).count()
    if len(provinces) < expected:
        notes.append(f"Angka nasional tidak dihitung: hanya {len(provinces)} dari {expected} provinsi ada di berkas.")
        return []
    areas = [row.luas_km2 for row in provinces if row.luas_km2 is not None]
    return [
        ProfilWilayah(
            wilayah=Wilayah.objects.in_force().get(kode=NASIONAL),
            per=provinces[0].per,
            penduduk=sum(row.penduduk for row in provinces),
            laki_laki=sum(row.laki_laki or 0 for row in provinces),
            perempuan=sum(row.perempuan or 0 for row in provinces),
            luas_km2=sum(areas, Decimal()) if len(areas) == expected else None,
            sumber=provinces[0].sumber,
            sumber_luas=provinces[0].sumber_luas if len(areas) == expected else "",
        )
    ]


# Lokus


def tahun(cell: object) -> int:
    text = as_text(cell)
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not 2015 <= int(text) <= 2100:
        raise ValueError("Tulis tahun penetapan empat angka, 2015–2100.")
    return int(text)


LOKUS = (Column("tahun", tahun, "tahun penetapan", repeats=True), Column("dasar", required_text, repeats=True))


@transaction.atomic
def impor_lokus(file: BinaryIO, *, limits: Limits = COMMAND) -> HasilDaftar:
    """Regions chosen for P3PD 1D. The file replaces the whole list of every year in it.

    Raises:
        Rejected: the file, with every wrong cell.
    """
    table, errors = read_table(file, limits), Errors()
    seen: dict[tuple[str, int], int] = {}
    rows = []
    for baris in read_by_wilayah(table, LOKUS, errors):
        pada, dasar = baris.nilai
        refuse_twice(baris.nomor, (baris.wilayah.kode, pada), seen, errors)
        if baris.wilayah.tingkat not in (Tingkat.KABUPATEN, Tingkat.KECAMATAN):
            errors.add(baris.nomor, "kode", "Lokus adalah kabupaten/kota atau kecamatan. Periksa kodenya.")
        rows.append(Lokus(wilayah=baris.wilayah, tahun=pada, dasar=dasar))
    errors.raise_if_any()
    hasil = merge(
        rows, ("wilayah_id", "tahun"), Lokus.objects.filter(tahun__in={row.tahun for row in rows}), replace=True
    )
    hasil.catatan.extend(table.notes)
    return hasil


# BPS codes


def kode_bps(cell: object) -> str:
    text = as_text(cell)
    if not re.fullmatch(r"\d{2}|\d{4}|\d{7}|\d{10}", text, re.ASCII):
        raise ValueError("Kode BPS terdiri atas 2, 4, 7, atau 10 angka. Simpan kolomnya sebagai teks.")
    return text


_PANJANG_BPS = {Tingkat.PROVINSI: 2, Tingkat.KABUPATEN: 4, Tingkat.KECAMATAN: 7, Tingkat.DESA: 10}


@transaction.atomic
def impor_kode_bps(file: BinaryIO, *, limits: Limits = COMMAND) -> HasilDaftar:
    """The statistical code of each region in the file. Regions it leaves out keep theirs; two regions may share one,
    for BPS follows splits later.

    Raises:
        Rejected: the file, with every wrong cell.
    """
    table, errors = read_table(file, limits), Errors()
    seen: dict[str, int] = {}
    rows = []
    for baris in read_by_wilayah(table, (Column("kode_bps", kode_bps),), errors):
        (kode,) = baris.nilai
        refuse_twice(baris.nomor, baris.wilayah.kode, seen, errors)
        if len(kode) != _PANJANG_BPS.get(Tingkat(baris.wilayah.tingkat)):
            errors.add(baris.nomor, "kode_bps", "Panjang kode BPS tidak sesuai dengan tingkat wilayahnya.")
        rows.append((baris.wilayah.pk, kode))
    errors.raise_if_any()
    known = set(Wilayah.objects.exclude(kode_bps=None).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        stage(cursor, "kode_bps_baru", {"id": "int8", "kode_bps": "text"}, rows)
        cursor.execute(_SET_KODE_BPS)
        written = cursor.rowcount
    baru = sum(pk not in known for pk, _ in rows)
    return HasilDaftar(baru, written - baru, 0, len(rows) - written, list(table.notes))

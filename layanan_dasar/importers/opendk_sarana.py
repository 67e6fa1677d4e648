"""OpenDK's template Data Sarana: places by name → how many of each kind a desa has in a year.

The template says no period, so the year is told beside the file or stands in a column. Names and remarks are not kept:
places with an address and a head are units, with a template of their own.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kecamatan.importers.daftar import kode_wilayah
from layanan_dasar.importers.opendk_nilai import summed
from layanan_dasar.importers.satuan import BarisNilai, angka_nilai, periode_sel
from layanan_dasar.models import Indikator, StatusNilai
from p3pd_portal.lib.cells import Pilihan, as_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows, header_names
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Table, rejected


KOLOM = ("desa_id", "nama", "jumlah", "kategori")
INDIKATOR = {
    "puskesmas": "OD-SR-PKM",
    "puskesmas pembantu": "OD-SR-PUSTU",
    "posyandu": "OD-SR-POSY",
    "pondok bersalin": "OD-SR-POLIN",
    "paud/sederajat": "OD-SR-PAUD",
    "sd/sederajat": "OD-SR-SD",
    "smp/sederajat": "OD-SR-SMP",
    "sma/sederajat": "OD-SR-SMA",
}
UMUM = ("masjid besar", "mushola", "gereja", "pasar", "balai pertemuan")
"""Kinds that belong to none of the five services: counted in a note, not kept."""


def is_sarana(table: Table) -> bool:
    return set(KOLOM) <= set(header_names(table))


def read_sarana(table: Table, periode: Periode | None, errors: Errors) -> Iterator[BarisNilai]:
    """Places of a desa, kind and year added up; a kind of which a desa names none is not reported, and no zero.

    Raises:
        Rejected: the year is told nowhere, or what is told is no year; or the catalogue lacks the indicators.
    """
    dated = [name for name in ("periode", "tahun") if name in header_names(table)][:1]
    if periode and periode.frekuensi != "Y":
        raise rejected(f"Data Sarana dilaporkan per tahun, misalnya 2025; periode {periode} tidak cocok.")
    if not periode and not dated:
        raise rejected("Sebutkan tahunnya, misalnya 2025, atau tambahkan kolom tahun.", table.header_row)
    if Indikator.objects.filter(pk__in=INDIKATOR.values()).count() < len(INDIKATOR):
        raise rejected("Indikator OD-SR belum ada di katalog. Jalankan dulu: manage.py impor acuan.")
    columns = [
        Column("desa_id", kode_wilayah, "kode Kemendagri desa", repeats=True),
        Column("nama", as_text, "nama tempat"),
        Column("jumlah", angka_nilai, "angka bulat"),
        Column("kategori", Pilihan((*INDIKATOR, *UMUM)), "misalnya Posyandu", repeats=True),
        *(Column(name, periode_sel, "misalnya 2025", repeats=True) for name in dated),
        Column("keterangan", as_text, "tidak disimpan", repeats=True, optional=True),
    ]
    return summed(_places(clean_rows(table, columns, errors), periode, table.notes, errors))


def _places(
    rows: Iterator[tuple[int, list[Any]]], told: Periode | None, notes: list[str], errors: Errors
) -> Iterator[BarisNilai]:
    seen: dict[tuple[object, ...], int] = {}
    umum: Counter[str] = Counter()
    for nomor, (kode, nama, jumlah, kategori, *dated, _remark) in rows:
        periode: Any = dated[0] if dated else told
        key = (kode, kategori, nama.casefold(), str(periode))
        if problem := _problem(periode, jumlah, seen.get(key)):
            errors.add(nomor, *problem)
        elif kategori in UMUM:
            umum[kategori] += 1
        else:
            yield BarisNilai(
                nomor, kode, INDIKATOR[kategori], str(periode), periode.akhir, jumlah, None, str(StatusNilai.ADA.value)
            )
        seen.setdefault(key, nomor)
    if umum:
        kinds = ", ".join(f"{kategori} ({n} baris)" for kategori, n in sorted(umum.items()))
        notes.append(f"Tidak dimuat karena bukan layanan dasar: {kinds}.")


def _problem(periode: Periode, jumlah: Decimal | None, earlier: int | None) -> tuple[str, str] | None:
    """Column and sentence of what is wrong with a row; None of a good one."""
    if periode.frekuensi != "Y":
        return "tahun", "Tahun ditulis empat angka, misalnya 2025."
    if jumlah is None:
        return "jumlah", "Jumlah belum diisi. Tulis 1 bila barisnya satu tempat."
    if jumlah != jumlah.to_integral_value():
        return "jumlah", "Jumlah ditulis bulat, tanpa desimal."
    if earlier:
        return "nama", f"Tempat ini sudah ada di baris {earlier} untuk desa dan kategori yang sama. Sisakan satu."
    return None

"""The APBDes template of OpenDK: no_akun (412-01), nama_akun, jumlah; the desa and the year come from its upload form.

Optional columns desa_id and tahun take the place of that form. The template knows no kegiatan, so its spending is
kept as totals by rekening and never counts as complete.
"""

import re
from collections.abc import Iterator
from typing import Any

from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import Bacaan, Baris, Kepala, Kunci
from layanan_dasar.importers.publikasi import Blok, take_apart
from layanan_dasar.importers.ringkasan import BarisPublikasi
from p3pd_portal.lib.cells import as_text, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Table


_AKUN = re.compile(r"([456])(\d)(\d)-(\d{1,2})", re.ASCII)
_PESAN = "Templat OpenDK tidak menyebut desa dan tahunnya. Lengkapi keterangan berkas."


def no_akun(cell: object) -> str:
    """4.1.2.01 of 412-01."""
    match = _AKUN.fullmatch(as_text(cell).replace(" ", ""))
    if not match:
        raise ValueError(f"Nomor akun “{as_text(cell)[:20]}” tidak dikenal. Tulis seperti 412-01.")
    akun, kelompok, jenis, objek = match.groups()
    return f"{akun}.{kelompok}.{jenis}.{objek.zfill(2)}"


def read_opendk(table: Table, desa: cells.Desa, isian: dict[str, Any], errors: Errors) -> Bacaan:
    """A table in OpenDK's template; `perlu` asks for desa and year where the file does not name them."""
    rupiah = cells.Rupiah()
    bacaan = Bacaan("templat OpenDK", iter(()), {}, rupiah, table.notes)
    columns = [
        Column("no_akun", no_akun, repeats=True),
        Column("nama_akun", teks),
        Column("jumlah", rupiah),
        Column("desa_id", desa, repeats=True, optional=True),
        Column("tahun", cells.tahun, repeats=True, optional=True),
    ]
    header = {name.strip().lower() for name in table.header}
    told = {"desa_id", "tahun"} <= header
    if not told:
        columns = columns[:3]
        table.notes += (
            ["Kolom desa_id dan tahun harus ada bersama; yang ada tidak dibaca."] if "desa_id" in header else []
        )
        bacaan.perlu = {"jenis": "keterangan", "pesan": "" if isian else _PESAN}
    rows = clean_rows(table, columns, errors)
    bacaan.lines = _lines(rows, isian, bacaan.heads, rupiah, errors) if told or isian else iter(())
    return bacaan


def _lines(
    rows: Iterator[tuple[int, list[Any]]],
    isian: dict[str, Any],
    heads: dict[Kunci, Kepala],
    rupiah: cells.Rupiah,
    errors: Errors,
) -> Iterator[Baris]:
    bloks: dict[Kunci, Blok] = {}
    first: dict[tuple[Kunci, str], int] = {}
    for number, values in rows:
        kode, uraian, jumlah, desa, tahun = (*values, isian.get("desa"), isian.get("tahun"))[:5]
        kunci = Kunci(desa, tahun, isian.get("jenis", "awal"))
        blok = bloks.setdefault(kunci, Blok(semester_1=False, sumber="templat OpenDK"))
        if jumlah is None:
            errors.add(number, "jumlah", "Jumlah kosong. Isi jumlahnya; tulis 0 bila memang nol.")
        elif (kunci, kode) in first:
            errors.add(number, "no_akun", f"Akun ini sudah ada di baris {first[kunci, kode]}. Sisakan satu.")
        else:
            blok.lines.append(BarisPublikasi(number, "", kode, uraian, jumlah, None))
        first.setdefault((kunci, kode), number)
    for kunci, blok in bloks.items():
        blok.dibulatkan = rupiah.rounded
        if blok.lines:
            yield from take_apart(kunci, blok, heads, errors)

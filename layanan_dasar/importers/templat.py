"""The portal's own template: one line for each kegiatan, rekening and source of funds."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import AWAL, PERUBAHAN, Bacaan, Baris, Kepala, Kunci, Total
from layanan_dasar.models import APBDes, SumberDana
from p3pd_portal.lib.cells import Pilihan, tanggal, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Table


def read_templat(table: Table, desa: cells.Desa, errors: Errors) -> Bacaan:
    """A table in the portal's template."""
    rupiah = cells.Rupiah()
    heads: dict[Kunci, Kepala] = {}
    rows = clean_rows(table, _template_columns(desa, rupiah), errors)
    return Bacaan("templat portal", _read_template(rows, heads, rupiah, errors), heads, rupiah, table.notes)


def _template_columns(desa: Callable[[object], object], rupiah: Callable[[object], object]) -> list[Column]:
    listed = frozenset(SumberDana.objects.values_list("kode", flat=True))
    return [
        Column("kode_desa", desa, "Kode Kemendagri, dengan atau tanpa titik", repeats=True),
        Column("tahun", cells.tahun, "Tahun anggaran", repeats=True),
        Column("jenis", Pilihan((AWAL, PERUBAHAN)), "awal, atau perubahan (jumlah sesudahnya)", repeats=True),
        Column("kode_kegiatan", cells.kode_kegiatan, "BB.SS.KK; kosong untuk pendapatan dan pembiayaan", repeats=True),
        Column("nama_kegiatan", teks, "Nama kegiatan atau uraian rekening"),
        Column("kode_rekening", cells.kode_rekening, "5.2.1.01; hanya 4, 5, atau 6 untuk baris kendali", repeats=True),
        Column("sumber_dana", cells.SumberDana(listed), f"Salah satu: {', '.join(sorted(listed))}", repeats=True),
        Column("anggaran", rupiah, "Rupiah penuh; tulis 0 bila memang nol"),
        Column("realisasi_s1", rupiah, "Realisasi 1 Januari–30 Juni; kosong bila belum dilaporkan"),
        Column("realisasi_s2", rupiah, "Realisasi 1 Januari–31 Desember; kosong bila belum dilaporkan"),
        Column("per_tanggal", tanggal, "Tanggal laporan realisasi, misalnya 2025-12-31", repeats=True),
        Column("volume", cells.volume, "Banyaknya keluaran, misalnya 120 atau 12,5; boleh kosong", optional=True),
        Column("satuan", cells.TeksKata(30), "Satuan volume, misalnya meter atau KK; boleh kosong", True, True),
        Column("kode_output", cells.kode_output, "Enam angka, misalnya 530001; boleh kosong", True, True),
        Column("nomor_perdes", cells.TeksKata(60), "Nomor Perdes APBDes; cukup di satu baris", True, True),
        Column("tanggal_perdes", tanggal, "Tanggal Perdes APBDes; cukup di satu baris", True, True),
    ]


def template_columns() -> list[tuple[str, str]]:
    """Header and explanation of each column of the template."""
    return [(column.name, column.help) for column in _template_columns(teks, teks)]


def _read_template(
    rows: Iterator[tuple[int, list[Any]]], heads: dict[Kunci, Kepala], rupiah: cells.Rupiah, errors: Errors
) -> Iterator[Baris]:
    rounded = 0
    for number, values in rows:
        desa_id, tahun, jenis, kegiatan, uraian, rekening, sumber, anggaran, s1, s2, per, *more = values
        volume, satuan, output, nomor_perdes, tanggal_perdes = more
        kunci = Kunci(desa_id, tahun, jenis)
        kepala = heads.get(kunci)
        if kepala is None:
            kepala = heads[kunci] = Kepala(number)
        kepala.dibulatkan += rupiah.rounded - rounded
        rounded = rupiah.rounded
        if per is not None and (kepala.per_tanggal is None or per > kepala.per_tanggal):
            kepala.per_tanggal = per
        _take_perdes(kepala, number, nomor_perdes, tanggal_perdes, errors)
        if not kegiatan and rekening in ("4", "5", "6"):
            if first := next((total.baris for total in kepala.total if total.kode == rekening), None):
                pesan = f"Baris kendali {rekening} APBDes ini sudah ada di baris {first}. Sisakan satu."
                errors.add(number, "kode_rekening", pesan)
            kepala.total.append(Total(number, rekening, uraian, anggaran, s1, s2))
        elif problem := _template_problem(kegiatan, rekening, anggaran, s1, s2):
            errors.add(number, *problem)
        else:
            if kegiatan:
                kepala.cakupan_belanja = APBDes.CakupanBelanja.KEGIATAN
            elif rekening[0] == "4":
                kepala.cakupan_pendapatan = APBDes.CakupanPendapatan.LENGKAP
            yield Baris(number, *kunci, kegiatan, rekening, sumber, uraian, anggaran, s1, s2, output, volume, satuan)


def _take_perdes(kepala: Kepala, number: int, nomor: str, tanggal: datetime.date | None, errors: Errors) -> None:
    """A budget has one Perdes, named in any of its lines; two different ones are an error."""
    for name, value in (("nomor_perdes", nomor), ("tanggal_perdes", tanggal)):
        known = getattr(kepala, name)
        if value and known and value != known:
            errors.add(number, name, f"APBDes ini sudah memuat {name} lain: “{known}”. Samakan isinya.")
        elif value:
            setattr(kepala, name, value)


def _template_problem(
    kegiatan: str, rekening: str, anggaran: int | None, s1: int | None, s2: int | None
) -> tuple[str, str] | None:
    """Column and sentence of what is wrong with a line as a whole."""
    if len(rekening) < len("5.2.1"):
        return "kode_rekening", "Rekening harus sampai jenis atau objek, misalnya 5.2.1 atau 5.2.1.01."
    if rekening[0] == "5" and not kegiatan:
        return "kode_kegiatan", "Baris belanja (rekening 5) harus memuat kode kegiatan, misalnya 02.02.02."
    if rekening[0] != "5" and kegiatan:
        return "kode_kegiatan", "Kosongkan kode kegiatan pada baris pendapatan (4) dan pembiayaan (6)."
    if anggaran is None:
        return "anggaran", "Anggaran kosong. Isi jumlahnya; tulis 0 bila memang nol."
    for name, amount in (("anggaran", anggaran), ("realisasi_s1", s1), ("realisasi_s2", s2)):
        if amount is not None and amount < 0:
            return name, "Jumlah baris rincian tidak boleh negatif. Periksa tanda minus atau kurungnya."
    return None

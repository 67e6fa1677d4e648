"""Participants of a cohort from a file: one row each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from kecamatan.importers.orang import Tempat, read_nip
from kecamatan.models import Tingkat, Wilayah
from p3pd_portal.lib.cells import Teks, as_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.nip import Nip
from p3pd_portal.lib.spreadsheet import Limits, Rejected, rejected
from p3pd_portal.lib.spreadsheet import read_table as read_file
from p3pd_portal.lib.telepon import parse_telepon
from pelatihan.models import Angkatan, UnsurPeserta
from pelatihan.models.data_peserta import DataPeserta


BATAS = Limits(rows=2000)
PETUNJUK = [
    ("nip", "18 angka; kosong bila tidak punya. Format kolom sebagai teks"),
    ("nama", "Nama tanpa gelar"),
    ("gelar_depan", "Boleh kosong"),
    ("gelar_belakang", "Boleh kosong"),
    ("jenis_kelamin", "L atau P; boleh kosong bila ber-NIP"),
    ("jabatan", "Boleh kosong"),
    ("instansi", "Boleh kosong; membedakan orang yang senama"),
    ("telepon", "Boleh kosong; misalnya 0812 3456 7890"),
    ("unsur", "Kode atau nama unsur, lihat lembar Unsur; boleh kosong"),
    ("kode_wilayah", "Kode Kemendagri tempat bekerja, di dalam wilayah sasaran angkatan"),
    ("kelas", "Nama kelas di angkatan ini; boleh kosong"),
]
"""Columns of the template, in order, and what goes into each."""
KOLOM = [name for name, _ in PETUNJUK]


@dataclass(frozen=True)
class BarisPeserta:
    """One row of the file; `catatan` is what is unusual about it and yet taken."""

    baris: int
    data: DataPeserta
    catatan: str = ""


def kunci_nama(nama: str, instansi: str) -> tuple[str, str]:
    """What two records share that may be one person: name and office, however they are spaced and capitalised."""
    return " ".join(nama.casefold().split()), " ".join(instansi.casefold().split())


def check_tempat(angkatan: Angkatan, unsur: UnsurPeserta | None, wilayah: Wilayah, cakupan: Iterable[str]) -> str:
    """What is wrong with where somebody of an office works, "" if nothing is.

    Args:
        cakupan: codes of the regions whose people the cohort trains.
    """
    if not any(satu in ("0", wilayah.kode) or wilayah.kode.startswith(f"{satu}.") for satu in cakupan):
        return f"{wilayah.nama_lengkap} di luar wilayah sasaran angkatan. Periksa kodenya."
    level = None if unsur is None else Tingkat.KECAMATAN if unsur.kecamatan else Tingkat.KABUPATEN
    if unsur and wilayah.tingkat != level:
        return f"{unsur} bekerja di tingkat {Tingkat(level or 0).label}. Tulis kode {Tingkat(level or 0).label}-nya."
    return ""


def unsur_of(angkatan: Angkatan) -> list[UnsurPeserta]:
    """Offices of the kind of training; of a kind that names none, all."""
    every = list(UnsurPeserta.objects.all())
    return [satu for satu in every if satu.jenis == angkatan.program.jenis] or every


def read_peserta(file: BinaryIO, *, angkatan: Angkatan, errors: Errors) -> list[BarisPeserta]:
    """Rows of a CSV or XLSX in the template's columns; wrong ones go to `errors`, so does somebody who stands there
    twice.

    Raises:
        Rejected: the file cannot be read, a column is missing, or there is no row.
    """
    rows: list[BarisPeserta] = []
    cakupan = list(angkatan.cakupan.values_list("kode_kini", flat=True))
    try:
        for baris, cells in clean_rows(read_file(file, BATAS), _columns(angkatan), errors):
            row = dict(zip(KOLOM, cells, strict=True))
            if problem := check_tempat(angkatan, row["unsur"], row["kode_wilayah"], cakupan):
                errors.add(baris, "kode_wilayah", problem)
                continue
            rows.append(_row(baris, row, errors))
    except Rejected as broken:
        errors.extend(broken)
        raise errors.as_rejected() from broken
    if not rows and not errors.total:
        raise rejected("Berkas tidak memuat satu peserta pun. Isi templat, lalu unggah lagi.")
    _refuse_twice(rows, errors)
    return rows


def _row(baris: int, row: dict[str, Any], errors: Errors) -> BarisPeserta:
    nip: Nip | None = row.pop("nip")
    row["wilayah"] = row.pop("kode_wilayah")
    if nip and row["jenis_kelamin"] not in ("", nip.jenis_kelamin):
        errors.add(baris, "jenis_kelamin", "Jenis kelamin tidak sesuai dengan NIP. Periksa keduanya.")
    data = DataPeserta(nip=nip.angka if nip else None, **row)
    return BarisPeserta(baris, data, nip.peringatan if nip else "")


def _refuse_twice(rows: list[BarisPeserta], errors: Errors) -> None:
    first: dict[object, int] = {}
    for row in rows:
        data = row.data
        key: object = data.nip or kunci_nama(data.nama, data.instansi)
        if key in first:
            kolom, what = ("nip", "NIP ini") if data.nip else ("nama", "Orang dengan nama dan instansi ini")
            errors.add(row.baris, kolom, f"{what} sudah ada di baris {first[key]}. Sisakan satu.")
        first.setdefault(key, row.baris)


@dataclass(frozen=True)
class Polos(Teks):
    """Free text that no spreadsheet takes for a formula."""

    def __call__(self, cell: object) -> str:
        text = super().__call__(cell)
        if text.startswith(("=", "@", "+", "-")):
            raise ValueError("Sel ini berisi rumus. Tulis isinya sebagai teks biasa.")
        return text


def _nama(cell: object) -> str:
    text = Polos(150, required=True)(cell)
    if not re.search(r"[^\W\d_]", text):
        raise ValueError("Nama tidak memuat huruf. Tulis nama orangnya.")
    return text


def _jenis_kelamin(cell: object) -> str:
    word = as_text(cell).lower()
    known = {"": "", "l": "L", "p": "P", "laki-laki": "L", "perempuan": "P"}
    if word not in known:
        raise ValueError("Tulis L (laki-laki) atau P (perempuan), atau kosongkan.")
    return known[word]


class Pilih:
    """A thing by one of its names; "" is none."""

    def __init__(self, names: dict[str, Any], what: str, shown: str) -> None:
        self.names, self.what, self.shown = names, what, shown

    def __call__(self, cell: object) -> Any:
        word = " ".join(as_text(cell).casefold().split())
        if word and word not in self.names:
            raise ValueError(f"{self.what} “{as_text(cell)[:40]}” tidak dikenal. {self.shown}")
        return self.names.get(word)


def _columns(angkatan: Angkatan) -> list[Column]:
    offices = unsur_of(angkatan)
    listed = "Isi salah satu: " + ", ".join(satu.kode for satu in offices) + "."
    classes = {" ".join(satu.nama.casefold().split()): satu for satu in angkatan.kelas.all()}
    cleaners: dict[str, Callable[[object], object]] = {
        "nip": read_nip,
        "nama": _nama,
        "gelar_depan": Polos(30),
        "gelar_belakang": Polos(60),
        "jenis_kelamin": _jenis_kelamin,
        "jabatan": Polos(100),
        "instansi": Polos(150),
        "telepon": lambda cell: parse_telepon(as_text(cell)),
        "unsur": Pilih({name.casefold(): satu for satu in offices for name in (satu.kode, satu.nama)}, "Unsur", listed),
        "kode_wilayah": Tempat(),
        "kelas": Pilih(classes, "Kelas", "Tulis nama kelas yang ada di angkatan ini, atau kosongkan."),
    }
    return [Column(name, cleaners[name], hint, optional=name == "kelas") for name, hint in PETUNJUK]

"""People and their first assignment from a file: one row each."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from kecamatan.models import Penugasan, Wilayah
from kecamatan.models.data_orang import DataOrang, DataTugas
from kecamatan.models.wilayah import normalize_kode
from kecamatan.permissions import PERAN
from p3pd_portal.lib.cells import Pilihan, as_text, tanggal, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.nip import Nip, parse_nip
from p3pd_portal.lib.spreadsheet import Limits, read_table
from p3pd_portal.lib.telepon import parse_telepon


BATAS = Limits(rows=1000)


@dataclass(frozen=True)
class BarisOrang:
    """One row of the file; `catatan` is what is unusual about it and yet taken."""

    baris: int
    orang: DataOrang
    tugas: DataTugas
    catatan: str


def read_orang(file: BinaryIO, *, wilayah: Wilayah, errors: Errors) -> Iterator[BarisOrang]:
    """Rows of a CSV or XLSX in the template's columns; wrong ones go to `errors`.

    Raises:
        Rejected: the file cannot be read, or a column is missing.
    """
    for baris, cells in clean_rows(read_table(file, BATAS), _columns(wilayah), errors):
        row = dict(zip(KOLOM, cells, strict=True))
        nip: Nip | None = row["nip"]
        orang = DataOrang(nip=nip.angka if nip else None, **{name: row[name] for name in _ORANG})
        tugas = DataTugas(wilayah=row["kode_wilayah"], desa=row["kode_desa"], **{name: row[name] for name in _TUGAS})
        yield BarisOrang(baris, orang, tugas, f"Baris {baris}: {nip.peringatan}" if nip and nip.peringatan else "")


_ORANG = ("nama", "surel", "gelar_depan", "gelar_belakang", "jabatan", "instansi", "telepon")
_TUGAS = ("peran", "jenis", "mulai", "sampai", "dasar")


def _columns(wilayah: Wilayah) -> list[Column]:
    cleaners: dict[str, Callable[[object], object]] = {
        "nama": Teks(150, required=True),
        "nip": read_nip,
        "gelar_depan": Teks(30),
        "gelar_belakang": Teks(60),
        "jabatan": Teks(100),
        "instansi": Teks(150),
        "surel": _surel,
        "telepon": lambda cell: parse_telepon(as_text(cell)),
        "peran": Pilihan(tuple(PERAN)),
        "kode_wilayah": KodeWilayah(wilayah),
        "kode_desa": DaftarDesa(wilayah),
        "jenis": _jenis,
        "mulai": _mulai,
        "sampai": tanggal,
        "dasar": Teks(100),
    }
    return [Column(name, cleaners[name], hint) for name, hint in PETUNJUK]


PETUNJUK = [
    ("nama", "Nama tanpa gelar"),
    ("nip", "18 angka; kosong bila tidak punya. Format kolom sebagai teks"),
    ("gelar_depan", "Boleh kosong"),
    ("gelar_belakang", "Boleh kosong"),
    ("jabatan", "Jabatan di instansinya; boleh kosong"),
    ("instansi", "Boleh kosong"),
    ("surel", "Alamat surel; undangan dikirim ke sini"),
    ("telepon", "Boleh kosong; misalnya 0812 3456 7890"),
    ("peran", "Salah satu: " + ", ".join(PERAN)),
    ("kode_wilayah", "Kode Kemendagri tempat bertugas, dengan atau tanpa titik"),
    ("kode_desa", "Hanya untuk peran dengan daftar desa: kode-kode desa, dipisahkan titik koma; kosong berarti semua"),
    ("jenis", "definitif (atau kosong), plt, plh, pj"),
    ("mulai", "Tanggal mulai bertugas, misalnya 2026-01-31"),
    ("sampai", "Tanggal akhir; wajib untuk plt, plh, pj"),
    ("dasar", "Nomor SK atau surat tugas; boleh kosong"),
]
"""Columns of the template, in order, and what goes into each."""
KOLOM = [name for name, _ in PETUNJUK]


@dataclass(frozen=True)
class Teks:
    """Free text up to a length; longer is an error, since names are not to be cut."""

    most: int
    required: bool = False

    def __call__(self, cell: object) -> str:
        text = teks(cell)
        if self.required and not text:
            raise ValueError("Sel ini kosong. Isi lalu unggah lagi.")
        if len(text) > self.most:
            raise ValueError(f"Teks melebihi {self.most} karakter. Singkat lalu unggah lagi.")
        return text


def read_nip(cell: object) -> Nip | None:
    if isinstance(cell, float):
        raise ValueError("NIP tersimpan sebagai bilangan sehingga angka belakangnya hilang. Ketik ulang sebagai teks.")
    text = as_text(cell)
    return parse_nip(text, timezone.localdate()) if text else None


def _surel(cell: object) -> str:
    text = as_text(cell).lower()
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("Alamat surel tidak sah. Tulis misalnya nama@kabupaten.go.id.") from None
    return text


def _jenis(cell: object) -> str:
    return Pilihan(("", *Penugasan.Jenis.values))(cell) or Penugasan.Jenis.DEFINITIF


def _mulai(cell: object) -> datetime.date:
    day = tanggal(cell)
    if day is None:
        raise ValueError("Tanggal mulai kosong. Tulis misalnya 2026-01-31.")
    return day


class Tempat:
    """A code, with or without dots → the region in force; each is looked up once."""

    def __init__(self) -> None:
        self.known: dict[str, Wilayah | None] = {}

    def __call__(self, cell: object) -> Wilayah:
        kode = normalize_kode(as_text(cell))
        if kode not in self.known:
            self.known[kode] = Wilayah.objects.in_force().filter(kode=kode).first()
        found = self.known[kode]
        if found is None:
            raise ValueError(f"Kode wilayah “{kode[:20]}” tidak ada dalam daftar Kemendagri. Periksa kodenya.")
        return found


class KodeWilayah(Tempat):
    """The same inside the region of the page."""

    def __init__(self, wilayah: Wilayah) -> None:
        super().__init__()
        self.wilayah = wilayah

    def __call__(self, cell: object) -> Wilayah:
        found = super().__call__(cell)
        if not self.wilayah.contains(found.kode):
            raise ValueError(f"{found.nama_lengkap} berada di luar {self.wilayah.nama_lengkap}. Hapus baris ini.")
        return found


class DaftarDesa:
    """Codes separated by semicolons → regions."""

    def __init__(self, wilayah: Wilayah) -> None:
        self.one = KodeWilayah(wilayah)

    def __call__(self, cell: object) -> tuple[Wilayah, ...]:
        return tuple(self.one(kode) for kode in as_text(cell).split(";") if kode.strip())

"""Residents of OpenSID → counts per desa. A person is looked at once, row by row, and nothing of them is handed on.

Columns and codes are those of the package `penduduk_…_opendk.zip`. What the codes are taken to mean for a service is
ours and stands in the definitions of the indicators OS-*.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from layanan_dasar.importers.penduduk_kolom import BOLEH, HIDUP, KOLOM, STATUS, WAJIB
from layanan_dasar.importers.penduduk_zip import anonymous, open_penduduk
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.importing import Errors, clean_rows
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Limits, Rejected


DEWASA, WAJIB_KTP, LANSIA = 18, 17, 60
BALITA, SEKOLAH = range(5), range(7, 19)
DIFABEL, TEREKAM, BERKTP = range(1, 7), range(3, 9), 2
BERGANTUNG = {
    "OS-PDDK": ("desa_id",),
    "OS-KK": ("nomor_kk",),
    "OS-BALITA": ("tanggal_lahir",),
    "OS-SEKOLAH": ("tanggal_lahir",),
    "OS-LANSIA": ("tanggal_lahir",),
    "OS-AKTA": ("tanggal_lahir", "akta_lahir"),
    "OS-KTP": ("tanggal_lahir", "ktp_el"),
    "OS-REKAM": ("tanggal_lahir", "status_rekam"),
    "OS-DISAB": ("cacat",),
}
"""The columns without which an indicator is not reported: where nobody's is filled in, a zero would be invented."""
INDIKATOR, PERSEN = tuple(BERGANTUNG), ("OS-AKTA", "OS-KTP", "OS-REKAM")


@dataclass
class HitunganDesa:
    """Counts of a desa, by indicator; `penyebut` of shares. `terisi` are the columns in which anybody has anything."""

    pembilang: Counter[str] = field(default_factory=Counter)
    penyebut: Counter[str] = field(default_factory=Counter)
    kk: set[str] = field(default_factory=set)
    terisi: set[str] = field(default_factory=set)

    def add(self, penduduk: Mapping[str, Any], umur: int | None) -> None:
        """A living resident."""
        self.terisi |= {name for name, cell in penduduk.items() if cell}
        self.kk |= {penduduk["nomor_kk"]} - {""}
        for kode, belongs in _jumlah(penduduk, umur):
            self.pembilang[kode] += belongs
        for kode, reached in _sasaran(penduduk, umur):
            self.penyebut[kode] += 1
            self.pembilang[kode] += reached

    def figures(self) -> Iterator[tuple[str, int, int | None]]:
        """Indicator, numerator and denominator of everything that the file really tells."""
        self.pembilang["OS-KK"] = len(self.kk)
        for kode, columns in BERGANTUNG.items():
            if self.terisi.issuperset(columns):
                yield kode, self.pembilang[kode], self.penyebut[kode] if kode in PERSEN else None


def _jumlah(penduduk: Mapping[str, Any], umur: int | None) -> Iterator[tuple[str, bool]]:
    """Whether somebody counts among each group."""
    yield "OS-PDDK", True
    yield "OS-DISAB", penduduk["cacat"] in DIFABEL
    if umur is not None:
        yield "OS-BALITA", umur in BALITA
        yield "OS-SEKOLAH", umur in SEKOLAH
        yield "OS-LANSIA", umur >= LANSIA


def _sasaran(penduduk: Mapping[str, Any], umur: int | None) -> Iterator[tuple[str, bool]]:
    """The shares somebody belongs to, and whether that person is reached."""
    if umur is not None and umur < DEWASA:
        yield "OS-AKTA", penduduk["akta_lahir"]
    if umur is not None and umur >= WAJIB_KTP:
        yield "OS-KTP", penduduk["ktp_el"] == BERKTP
        yield "OS-REKAM", penduduk["status_rekam"] in TEREKAM


@dataclass
class Rekap:
    """What a file tells of its desa, by code, and what was left out of it and why: numbers only."""

    periode: Periode
    desa: dict[str, HitunganDesa] = field(default_factory=dict)
    baris: dict[str, int] = field(default_factory=dict)
    bukan_hidup: Counter[str] = field(default_factory=Counter)
    ganda: int = 0
    lahir_kemudian: int = 0
    tanpa: Counter[str] = field(default_factory=Counter)

    @property
    def catatan(self) -> list[str]:
        gone = ", ".join(f"{angka(n)} {status}" for status, n in sorted(self.bukan_hidup.items()))
        counted = [
            (self.bukan_hidup.total(), f"baris tidak dihitung karena bukan penduduk hidup yang menetap: {gone}."),
            (self.ganda, "baris memuat NIK yang sudah ada di baris lain, dan tidak dihitung lagi."),
            (self.lahir_kemudian, f"penduduk lahir sesudah {self.periode.label} dan tidak dihitung. Periksa bulannya."),
            (self.tanpa["nomor_nik"], "penduduk tanpa NIK 16 angka: dihitung, tetapi baris gandanya tidak terlihat."),
            (self.tanpa["nomor_kk"], "penduduk tanpa nomor KK 16 angka tidak ikut jumlah kartu keluarga."),
            (self.tanpa["tanggal_lahir"], "penduduk tanpa tanggal lahir tidak ikut hitungan menurut umur."),
            (self.tanpa["ktp_el"], "penduduk 17 tahun ke atas tanpa isian ktp_el dihitung belum memiliki."),
            (self.tanpa["status_rekam"], "penduduk 17 tahun ke atas tanpa isian status_rekam dihitung belum merekam."),
            (self.tanpa["cacat"], "penduduk tanpa isian cacat dihitung bukan penyandang disabilitas."),
        ]
        return [f"{angka(n)} {text}" for n, text in counted if n] + self._kosong()

    def _kosong(self) -> list[str]:
        wanted = set().union(*BERGANTUNG.values())
        n_kosong = Counter(name for desa in self.desa.values() for name in wanted - desa.terisi)
        return [
            f"Kolom {name} kosong di {angka(n)} desa; angka yang bergantung padanya tidak dilaporkan."
            for name, n in sorted(n_kosong.items())
        ]


def read_penduduk(file: BinaryIO, periode: Periode, limits: Limits, errors: Errors) -> Rekap:
    """Count the residents of a file as of the end of a month; `errors` then hold what is wrong with its rows.

    Raises:
        Rejected: the file cannot be opened, is no such file, or cannot be read to its end.
    """
    table, rekap, seen = open_penduduk(file, WAJIB, BOLEH, limits), Rekap(periode), set[str]()
    names = [column.name for column in KOLOM]
    try:
        for nomor, cells in clean_rows(table, KOLOM, errors):
            _take(rekap, nomor, dict(zip(names, cells, strict=True)), seen)
    except Rejected as broken:
        errors.extend(anonymous(broken, names))
        raise errors.as_rejected() from None
    return rekap


def _take(rekap: Rekap, nomor: int, penduduk: dict[str, Any], seen: set[str]) -> None:
    """One row: counted, or left out for a reason that is counted."""
    status, nik, lahir = str(penduduk["status_dasar"]), penduduk["nomor_nik"], penduduk["tanggal_lahir"]
    if status != HIDUP:
        rekap.bukan_hidup[STATUS[status]] += 1
    elif nik and nik in seen:
        rekap.ganda += 1
    elif lahir and lahir > rekap.periode.akhir:
        rekap.lahir_kemudian += 1
    else:
        seen.add(nik)
        umur = _umur(lahir, rekap.periode.akhir) if lahir else None
        rekap.tanpa.update(name for name in _diharapkan(umur) if not penduduk[name])
        rekap.baris.setdefault(penduduk["desa_id"], nomor)
        rekap.desa.setdefault(penduduk["desa_id"], HitunganDesa()).add(penduduk, umur)


def _diharapkan(umur: int | None) -> tuple[str, ...]:
    """Columns that should be filled in for somebody of an age."""
    adult = ("ktp_el", "status_rekam") if umur is not None and umur >= WAJIB_KTP else ()
    return ("nomor_nik", "nomor_kk", "tanggal_lahir", "cacat", *adult)


def _umur(lahir: datetime.date, hari: datetime.date) -> int:
    """Completed years."""
    return hari.year - lahir.year - ((hari.month, hari.day) < (lahir.month, lahir.day))

"""What was received and spent, from the documents of Siskeudes, cumulative by real document dates.

Spending is what was paid against definitive SPP (all of them minus the advances, kind UM), what was accounted for
of the advances (SPJ), what the bank charged, and what the journal corrected (Debet). Revenue is what was received
(TBP), interest in the bank, and the journal (Kredit), which also brings last year's balance into financing.
"""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from layanan_dasar.importers import cells
from layanan_dasar.importers.siskeudes_tabel import TABEL
from layanan_dasar.importers.siskeudes_zip import IsiZip, Row, Sel, kd_desa, tanggal_amerika
from p3pd_portal.lib.cells import as_text
from p3pd_portal.lib.importing import Errors


MASUK, KELUAR = ("4.", "6.1"), ("5.", "6.2")


class Aliran(NamedTuple):
    """One stream of money: table of amounts, table and number of its documents, date, amount, accounts."""

    rinci: str
    kepala: str
    nomor: str
    tanggal: str
    nilai: str
    akun: tuple[str, ...]


ALIRAN = (
    Aliran("ta_tbprinci", "ta_tbp", "no_bukti", "tgl_bukti", "nilai", MASUK),
    Aliran("ta_spprinci", "ta_spp", "no_spp", "tgl_spp", "nilai", KELUAR),
    Aliran("ta_spjrinci", "ta_spj", "no_spj", "tgl_spj", "nilai", KELUAR),
    Aliran("ta_mutasi", "ta_mutasi", "no_bukti", "tgl_bukti", "nilai", MASUK + KELUAR),
    Aliran("ta_jurnalumumrinci", "ta_jurnalumum", "nobukti", "tanggal", "kredit", MASUK),
    Aliran("ta_jurnalumumrinci", "ta_jurnalumum", "nobukti", "tanggal", "debet", KELUAR),
)
PANJAR = "UM"


class KunciBaris(NamedTuple):
    kegiatan: str
    rekening: str
    sumber: str


@dataclass
class Realisasi:
    """Of one desa and year: per line [until 30 June, whole year], where each line first stands, and the last date."""

    nilai: dict[KunciBaris, list[int]] = field(default_factory=dict)
    baris: dict[KunciBaris, int] = field(default_factory=dict)
    terakhir: datetime.date = datetime.date.min

    def add(self, number: int, kunci: KunciBaris, nilai: int, tanggal: datetime.date, tahun: int) -> None:
        self.baris.setdefault(kunci, number)
        sums = self.nilai.setdefault(kunci, [0, 0])
        sums[1] += nilai
        if tanggal <= datetime.date(tahun, 6, 30):
            sums[0] += nilai
        self.terakhir = max(self.terakhir, tanggal)


def missing_tables(isi: IsiZip) -> list[str]:
    """Tables without which the realisation would be told too low."""
    names = dict.fromkeys(name for satu in ALIRAN for name in (satu.rinci, satu.kepala))
    return [TABEL[name].nama for name in names if name not in isi]


def read_realisasi(
    isi: IsiZip, desa: dict[str, int], sumber: cells.SumberDana, rupiah: cells.Rupiah, errors: Errors
) -> dict[tuple[str, int], Realisasi]:
    """Realisation by code of the desa and year, of the given desa. Nothing when a table is missing."""
    hasil: dict[tuple[str, int], Realisasi] = {}
    for aliran in () if missing_tables(isi) else ALIRAN:
        dokumen = _documents(isi, aliran, errors)
        sel = Sel(TABEL[aliran.rinci].nama, errors)
        for number, row in isi.rows(aliran.rinci):
            kode = kd_desa(row["kd_desa"])
            if kode not in desa or not row["kd_rincian"].startswith(aliran.akun):
                continue
            tanggal, jenis = dokumen.get(_nomor(row, aliran.nomor), (None, ""))
            if tanggal is None:
                pesan = f"Dokumen “{row[aliran.nomor][:40]}” tanpa tanggal di {TABEL[aliran.kepala].nama}. Ekspor lagi."
                errors.add(number, f"{sel.nama}.{aliran.nomor}", pesan)
                continue
            kunci, tahun = line_key(number, row, sumber, sel), sel(number, row, "tahun", cells.tahun)
            nilai = sel(number, row, aliran.nilai, rupiah)
            if jenis != PANJAR and kunci and tahun and nilai:
                hasil.setdefault((kode, tahun), Realisasi()).add(number, kunci, nilai, tanggal, tahun)
    return hasil


def line_key(number: int, row: Row, sumber: cells.SumberDana, sel: Sel) -> KunciBaris | None:
    """Kegiatan, rekening and source of a row; None, with the errors told, when one is wrong."""
    rekening = sel(number, row, "kd_rincian", cells.kode_rekening)
    kegiatan: str | None = ""
    if rekening and rekening[0] == "5":
        kegiatan = sel(number, row, "kd_keg", _kegiatan)
    dana = sel(number, row, "sumberdana", sumber)
    if not rekening or kegiatan is None or dana is None:
        return None
    return KunciBaris(kegiatan, rekening, dana)


def _kegiatan(cell: str) -> str:
    """02.02.02 of 01.2001.02.02.02., which begins with Siskeudes' own code of the desa."""
    kode = cells.kode_kegiatan(".".join(as_text(cell).rstrip(".").split(".")[-3:]))
    if not kode:
        raise ValueError("Kode kegiatan belanja kosong. Betulkan di Siskeudes, lalu ekspor lagi.")
    return kode


def _documents(
    isi: IsiZip, aliran: Aliran, errors: Errors
) -> dict[tuple[str, str, str], tuple[datetime.date | None, str]]:
    """Date and, of an SPP, kind of every document by year, desa and number."""
    sel = Sel(TABEL[aliran.kepala].nama, errors)
    return {
        _nomor(row, aliran.nomor): (sel(number, row, aliran.tanggal, tanggal_amerika), row.get("jn_spp", "").upper())
        for number, row in isi.rows(aliran.kepala)
    }


def _nomor(row: Row, column: str) -> tuple[str, str, str]:
    return row["tahun"], kd_desa(row["kd_desa"]), row[column]

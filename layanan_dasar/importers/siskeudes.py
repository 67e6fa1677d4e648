"""Budgets of the CSV zip of Siskeudes: the original from Anggaran, the amendment from AnggaranStlhPAK.

Of several postings of one desa and year only the latest is read, never their sum; a desa without any posting has the
figures of its working draft (Ta_RABRinci). Only desa whose code a person has matched are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from kecamatan.models import Wilayah
from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import AWAL, PERUBAHAN, Bacaan, Baris, Kepala, Kunci
from layanan_dasar.importers.periksa import named
from layanan_dasar.importers.siskeudes_realisasi import (
    KunciBaris,
    Realisasi,
    line_key,
    missing_tables,
    read_realisasi,
)
from layanan_dasar.importers.siskeudes_tabel import TABEL
from layanan_dasar.importers.siskeudes_zip import IsiZip, Row, Sel, kd_desa, tanggal_amerika
from layanan_dasar.models import APBDes, PetaDesaSiskeudes, SumberDana
from p3pd_portal.lib.cells import teks
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import Limits, rejected


@dataclass
class Rincian:
    """One line: everything Siskeudes details below it is summed. `n` counts those parts."""

    baris: int
    uraian: str
    satuan: str
    volume: dict[str, Decimal | None]
    anggaran: dict[str, int] = field(default_factory=lambda: {AWAL: 0, PERUBAHAN: 0})
    pak: int = 0
    n: int = 0


@dataclass
class Anggaran:
    """The budget of one desa and year; `tidak_cocok` counts parts whose amounts before and after do not fit."""

    rincian: dict[KunciBaris, Rincian] = field(default_factory=dict)
    diubah: bool = False
    tidak_cocok: int = 0


def read_siskeudes(file: BinaryIO, wilayah: Wilayah | None, errors: Errors, limits: Limits) -> Bacaan:
    """A zip of Siskeudes; `perlu` lists its desa, and how many of them nobody has matched yet.

    Raises:
        Rejected: see IsiZip; or the kabupaten cannot be told.
    """
    isi = IsiZip(file, limits)
    kabupaten = _kabupaten(isi, wilayah)
    codes = {kd_desa(row["kd_desa"]) for name in ("ta_anggaranrinci", "ta_rabrinci") for _, row in isi.rows(name)}
    peta = PetaDesaSiskeudes.objects.filter(kabupaten=kabupaten, kd_desa__in=codes).select_related("desa")
    matched = {satu.kd_desa: satu.desa for satu in peta}
    inside = {kode: desa.pk for kode, desa in matched.items() if wilayah is None or wilayah.contains(desa.kode)}
    names = {kd_desa(row["kd_desa"]): teks(row["nama_desa"])[:100] for _, row in isi.rows("ref_desa")}
    listed = [[kode, names.get(kode, "")] for kode in sorted(codes) if kode and (kode in inside or kode not in matched)]
    bacaan = Bacaan("Siskeudes", iter(()), {}, cells.Rupiah(), isi.notes)
    bacaan.lines = _Pembaca(isi, inside, bacaan, errors).lines()
    if outside := sorted(desa.nama for kode, desa in matched.items() if kode not in inside):
        bacaan.notes.append(f"Desa di luar wilayah halaman ini tidak dibaca: {named(outside)}.")
    unmatched = [" ".join(satu).strip() for satu in listed if satu[0] not in matched]
    pesan = f"Desa Siskeudes yang belum dicocokkan tidak dibaca: {named(unmatched)}." if unmatched else ""
    bacaan.notes += [pesan] if pesan else []
    bacaan.perlu = {"jenis": "desa", "kabupaten": kabupaten.pk, "desa": listed, "belum": len(unmatched), "pesan": pesan}
    return bacaan


def _kabupaten(isi: IsiZip, wilayah: Wilayah | None) -> Wilayah:
    kode = wilayah.kode[:5] if wilayah is not None else ""
    if len(kode) < len("11.01"):
        pemda = next((row for _, row in isi.rows("ta_pemda")), {"kd_prov": "", "kd_kab": ""})
        kode = f"{pemda['kd_prov'].strip('.').zfill(2)}.{pemda['kd_kab'].strip('.').zfill(2)}"
    kabupaten = Wilayah.objects.in_force().filter(kode=kode, tingkat=2).first()
    if kabupaten is None:
        raise rejected("Kabupaten asal berkas tidak dapat ditentukan dari Ta_Pemda. Unggah dari halaman kabupatennya.")
    return kabupaten


_JUMLAH = ("anggaran", "anggaranpak", "anggaranstlhpak")


class _Pembaca:
    """Reads budgets and realisation of the matched desa and yields their lines."""

    def __init__(self, isi: IsiZip, desa: dict[str, int], bacaan: Bacaan, errors: Errors) -> None:
        self.isi, self.desa, self.bacaan, self.errors = isi, desa, bacaan, errors
        self.sumber = cells.SumberDana(frozenset(SumberDana.objects.values_list("kode", flat=True)))
        self.anggaran: dict[tuple[str, int], Anggaran] = {}

    def lines(self) -> Iterator[Baris]:
        posting = self._postings()
        self._read_anggaran("ta_anggaranrinci", posting)
        self._read_anggaran("ta_rabrinci", dict.fromkeys(posting))
        realisasi = read_realisasi(self.isi, self.desa, self.sumber, self.bacaan.rupiah, self.errors)
        if missing := missing_tables(self.isi):
            self.bacaan.notes.append(f"Realisasi tidak dibaca karena tabel ini tidak ada: {', '.join(missing)}.")
        perdes = self._perdes()
        for key, anggaran in self.anggaran.items():
            about = perdes.get(key, {})
            kinds = [AWAL]
            if anggaran.diubah or about.get("no_perdes_pb"):
                kinds.append(PERUBAHAN)
            for jenis in kinds:
                known = realisasi.get(key) if jenis == kinds[-1] else None  # booked on the budget in force
                yield from self._budget(Kunci(self.desa[key[0]], key[1], jenis), anggaran, known, about)

    def _postings(self) -> dict[tuple[str, str], int]:
        """The latest posting of each desa and year."""
        latest: dict[tuple[str, str], int] = {}
        sel = Sel(TABEL["ta_anggaranrinci"].nama, self.errors)
        for number, row in self.isi.rows("ta_anggaranrinci"):
            key = kd_desa(row["kd_desa"]), row["tahun"]
            posting = sel(number, row, "kdposting", _posting)
            if key[0] in self.desa and posting is not None:
                latest[key] = max(latest.get(key, posting), posting)
        return latest

    def _read_anggaran(self, tabel: str, posting: dict[tuple[str, str], Any]) -> None:
        sel = Sel(TABEL[tabel].nama, self.errors)
        nama = self._nama_kegiatan()
        posted = tabel == "ta_anggaranrinci"
        for number, row in self.isi.rows(tabel):
            key = kd_desa(row["kd_desa"]), row["tahun"]
            if key[0] not in self.desa or (posted and _posting_or_none(row) != posting.get(key)):
                continue
            if not posted and key in posting:
                continue
            tahun, kunci = sel(number, row, "tahun", cells.tahun), line_key(number, row, self.sumber, sel)
            amounts = [sel(number, row, name, self.bacaan.rupiah) for name in _JUMLAH]
            if tahun and kunci and self._detailed(number, kunci, sel):
                budget = self.anggaran.setdefault((key[0], tahun), Anggaran())
                uraian = nama.get(row["kd_keg"], "") if kunci.kegiatan else ""
                self._add(budget, kunci, number, row, uraian, amounts, sel)

    def _detailed(self, number: int, kunci: KunciBaris, sel: Sel) -> bool:
        if len(kunci.rekening) >= len("5.2.1"):
            return True
        self.errors.add(number, f"{sel.nama}.kd_rincian", "Rekening harus sampai jenis atau objek, misalnya 5.2.1.01.")
        return False

    def _add(
        self,
        budget: Anggaran,
        kunci: KunciBaris,
        number: int,
        row: Row,
        uraian: str,
        amounts: list[int | None],
        sel: Sel,
    ) -> None:
        awal, pak, sesudah = (amount or 0 for amount in amounts)
        rincian = budget.rincian.get(kunci)
        if rincian is None:
            volumes = {
                AWAL: sel(number, row, "jmlsatuan", cells.volume),
                PERUBAHAN: sel(number, row, "jmlsatuanpak", cells.volume),
            }
            rincian = Rincian(number, uraian or teks(row["uraian"]), teks(row["satuan"])[:30], volumes)
            budget.rincian[kunci] = rincian
        rincian.n += 1
        rincian.anggaran[AWAL] += awal
        rincian.anggaran[PERUBAHAN] += sesudah
        # Before an amendment some versions leave the amount after it empty or zero.
        changed = pak != 0 or sesudah not in (0, awal)
        budget.diubah |= changed
        budget.tidak_cocok += changed and awal + pak != sesudah

    def _budget(
        self, kunci: Kunci, anggaran: Anggaran, realisasi: Realisasi | None, about: dict[str, Any]
    ) -> Iterator[Baris]:
        kepala = self.bacaan.heads[kunci] = self._kepala(kunci, anggaran, realisasi, about)
        second = realisasi is not None and realisasi.terakhir.month > 6
        for key in dict.fromkeys((*anggaran.rincian, *(realisasi.nilai if realisasi else ()))):
            rincian = anggaran.rincian.get(key) or Rincian(_row(realisasi, key), "realisasi tanpa anggaran", "", {})
            s1, s2 = realisasi.nilai.get(key, [0, 0]) if realisasi else (None, None)
            anggaran_kini, s2 = rincian.anggaran[kunci.jenis], s2 if second else None
            if any(amount is not None and amount < 0 for amount in (anggaran_kini, s1, s2)):
                pesan = f"Jumlah {' '.join(key)} menjadi negatif. Periksa jurnal atau anggarannya di Siskeudes."
                self.errors.add(rincian.baris, "Ta_RABRinci", pesan)
                continue
            alone = rincian.n == 1
            volume, satuan = (rincian.volume[kunci.jenis], rincian.satuan) if alone else (None, "")
            codes = key.kegiatan, key.rekening, key.sumber, rincian.uraian
            yield Baris(rincian.baris, *kunci, *codes, anggaran_kini, s1, s2, "", volume, satuan)
            if key.kegiatan:
                kepala.cakupan_belanja = APBDes.CakupanBelanja.KEGIATAN
            elif key.rekening[0] == "4":
                kepala.cakupan_pendapatan = APBDes.CakupanPendapatan.LENGKAP

    def _kepala(self, kunci: Kunci, anggaran: Anggaran, realisasi: Realisasi | None, about: dict[str, Any]) -> Kepala:
        suffix = "_pb" if kunci.jenis == PERUBAHAN else ""
        kepala = Kepala(
            min(rincian.baris for rincian in anggaran.rincian.values()),
            per_tanggal=realisasi.terakhir if realisasi else None,
            sumber=f"Siskeudes versi {self.isi.versi}",
            nomor_perdes=about.get(f"no_perdes{suffix}", ""),
            tanggal_perdes=about.get(f"tgl_perdes{suffix}"),
        )
        if kunci.jenis == PERUBAHAN and anggaran.tidak_cocok:
            kepala.catatan.append(
                f"{anggaran.tidak_cocok} rincian tahun {kunci.tahun} tidak memenuhi AnggaranStlhPAK = Anggaran + "
                "AnggaranPAK; yang dipakai AnggaranStlhPAK. Periksa di Siskeudes."
            )
        if extra := [key for key in (realisasi.nilai if realisasi else ()) if key not in anggaran.rincian]:
            codes = named([" ".join(filter(None, key)) for key in extra])
            kepala.catatan.append(f"Realisasi tanpa baris anggaran, disimpan dengan anggaran 0: {codes}.")
        return kepala

    def _nama_kegiatan(self) -> dict[str, str]:
        return {row["kd_keg"]: teks(row["nama_kegiatan"]) for _, row in self.isi.rows("ta_kegiatan")}

    def _perdes(self) -> dict[tuple[str, int], dict[str, Any]]:
        """Number and date of the Perdes of each desa and year; _pb is the amendment's."""
        sel = Sel(TABEL["ta_desa"].nama, self.errors)
        perdes: dict[tuple[str, int], dict[str, Any]] = {}
        for number, row in self.isi.rows("ta_desa"):
            tahun = sel(number, row, "tahun", cells.tahun)
            if tahun and kd_desa(row["kd_desa"]) in self.desa:
                dates = {name: sel(number, row, name, tanggal_amerika) for name in ("tgl_perdes", "tgl_perdes_pb")}
                numbers = {name: teks(row[name])[:60] for name in ("no_perdes", "no_perdes_pb")}
                perdes[kd_desa(row["kd_desa"]), tahun] = dates | numbers
        return perdes


def _posting(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise ValueError(f"KdPosting “{cell[:10]}” bukan angka. Ekspor lagi dari Siskeudes.")
    return int(cell)


def _posting_or_none(row: Row) -> int | None:
    try:
        return _posting(row["kdposting"])
    except ValueError:
        return None


def _row(realisasi: Realisasi | None, key: KunciBaris) -> int:
    return realisasi.baris[key] if realisasi else 0

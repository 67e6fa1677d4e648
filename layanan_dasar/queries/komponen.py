"""The six components of the index (reference of P3PD 1D §4.6) with the raw figures they were made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from layanan_dasar.aggregation.keselarasan import Pasangan, alasan_kosong
from layanan_dasar.models import IndeksBelanja, KepatuhanAturan, KualitasBelanja
from layanan_dasar.queries.ukuran import Bahan
from p3pd_portal.lib.angka import angka, persen


@dataclass(frozen=True)
class Komponen:
    """A component: 0 to 1, None where it could not be computed; `kalimat` says what it means or what is missing."""

    kode: str
    nama: str
    nilai: Decimal | None
    bobot: int
    bahan: tuple[Bahan, ...]
    kalimat: str


@dataclass(frozen=True)
class Sumber:
    """Everything the components were computed from."""

    indeks: IndeksBelanja
    baris: KualitasBelanja
    aturan: Sequence[KepatuhanAturan]
    pasangan: Sequence[Pasangan]


def semua_komponen(sumber: Sumber) -> list[Komponen]:
    """C1 to C6, in order."""
    return [build(sumber) for build in (_alokasi, _serapan, _keselarasan, _kepatuhan, _efisiensi, _ketepatan)]


def _komponen(sumber: Sumber, kode: str, bahan: Sequence[Bahan], kalimat: str, kosong: str) -> Komponen:
    indeks = sumber.indeks
    nilai = getattr(indeks, kode)
    nama = next(str(field.verbose_name) for field in indeks._meta.fields if field.name == kode)
    bobot = getattr(indeks.parameter, f"bobot_{kode}")
    text = kalimat if nilai is not None else f"Tidak dihitung: {kosong}."
    return Komponen(kode.upper(), nama, nilai, bobot, tuple(bahan), text)


def _alokasi(sumber: Sumber) -> Komponen:
    baris, target = sumber.baris, sumber.indeks.parameter.target_alokasi
    rincian = baris.jumlah("rincian").anggaran
    whole = None if rincian is None else rincian - (baris.kdmp or 0)
    bahan = [
        Bahan("layanan dasar inti", baris.jumlah("inti").anggaran),
        Bahan("belanja di luar KDMP" if baris.kdmp else "belanja", whole),
        Bahan("target", target, "persen"),
    ]
    text = f"Porsi layanan dasar {persen(baris.porsi_inti)} dibagi target {persen(target)}, paling tinggi 1."
    return _komponen(sumber, "c1", bahan, text, "rincian kegiatan belum ada")


def _serapan(sumber: Sumber) -> Komponen:
    baris = sumber.baris
    bahan = [Bahan("realisasi setahun", baris.inti_s2_realisasi), Bahan("anggaran inti", baris.inti_s2_anggaran)]
    text = "Bagian anggaran layanan dasar yang dibelanjakan sampai akhir tahun, paling tinggi 1."
    kosong = "tidak ada belanja layanan dasar" if baris.inti_s2_anggaran == 0 else "realisasi setahun belum dilaporkan"
    return _komponen(sumber, "c2", bahan, text, kosong)


def _keselarasan(sumber: Sumber) -> Komponen:
    bahan = [Bahan(f"{satu.nama}, kesenjangan {angka(satu.gap, 2)}", satu.anggaran) for satu in sumber.pasangan]
    text = "Seberapa sama pembagian belanja antarbidang dengan pembagian kesenjangan layanannya."
    kosong = alasan_kosong(sumber.pasangan) or "belum dihitung ulang sejak capaian berubah"
    return _komponen(sumber, "c3", bahan, text, kosong)


def _kepatuhan(sumber: Sumber) -> Komponen:
    kept = sum(satu.n_patuh for satu in sumber.aturan)
    judged = kept + sum(satu.n_tidak_patuh for satu in sumber.aturan)
    bahan = [Bahan("dipatuhi", kept, "aturan"), Bahan("dapat dinilai", judged, "aturan")]
    text = "Bagian aturan belanja tahun ini yang dipatuhi, di antara yang berlaku dan dapat dinilai."
    return _komponen(sumber, "c4", bahan, text, "kurang dari dua aturan dapat dinilai")


def _efisiensi(sumber: Sumber) -> Komponen:
    baris, limit = sumber.baris, sumber.indeks.parameter.batas_overhead
    bahan = [
        Bahan("honorarium, perjalanan, operasional", baris.overhead),
        Bahan("layanan dasar inti", baris.jumlah("inti").anggaran),
        Bahan("nilai nol pada", limit, "persen"),
    ]
    text = f"Turun dengan porsi overhead di dalam layanan dasar, kini {persen(baris.porsi_overhead)}."
    return _komponen(sumber, "c5", bahan, text, "tidak ada belanja layanan dasar")


def _ketepatan(sumber: Sumber) -> Komponen:
    baris = sumber.baris
    bahan = [Bahan("tepat waktu", baris.n_tepat_waktu, "tenggat"), Bahan("diketahui", baris.n_waktu, "tenggat")]
    text = "Perdes sebelum tahun anggaran, laporan semester I, pertanggungjawaban, dan paling banyak satu perubahan."
    return _komponen(sumber, "c6", bahan, text, "kurang dari dua tenggat diketahui")

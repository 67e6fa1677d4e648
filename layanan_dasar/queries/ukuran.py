"""The base measures of village spending (reference of P3PD 1D §4.2, M1–M12): value, what it is made of, of how many
desa, and the year before. Percentages of a region are sums over sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kecamatan.models import Tingkat
from layanan_dasar.models import KualitasBelanja
from p3pd_portal.lib.angka import persen, ratio


@dataclass(frozen=True)
class Bahan:
    """A raw figure behind a value; `satuan` is rupiah, jiwa, aturan, tenggat, persen or indeks."""

    nama: str
    nilai: int | Decimal | None
    satuan: str = "rupiah"


@dataclass(frozen=True)
class Ukuran:
    """A measure of a year.

    Attributes:
        satuan: of the value: persen (a ratio), rupiah, or indeks (0 to 1).
        n: desa it was computed of; None if the sums do not tell.
        catatan: how to read it, or why there is none.
    """

    kode: str
    nama: str
    satuan: str
    nilai: Decimal | None
    bahan: tuple[Bahan, ...]
    n: int | None
    catatan: str = ""


@dataclass(frozen=True)
class UkuranDuaTahun:
    """A measure beside that of the year before."""

    kini: Ukuran
    lalu: Ukuran | None

    @property
    def beda(self) -> Decimal | None:
        """Change since the year before, only between the same number of desa."""
        if self.alasan or self.lalu is None or self.kini.nilai is None or self.lalu.nilai is None:
            return None
        return self.kini.nilai - self.lalu.nilai

    @property
    def alasan(self) -> str:
        """Why the years are not compared; empty when they are."""
        if self.kini.nilai is None or self.kini.kode == "M8":  # growth compares already
            return "–"
        if self.lalu is None or self.lalu.nilai is None:
            return "tahun lalu belum ada"
        if self.kini.n is None:
            return "jumlah desa tidak diketahui"
        if self.kini.n != self.lalu.n:
            return "jumlah desa tidak sama"
        return ""


@dataclass(frozen=True)
class TahunBelanja:
    """A region's result row of a year, and those directly below it (of a desa: its own)."""

    baris: KualitasBelanja
    anak: Sequence[KualitasBelanja]
    tingkat: int

    def count(self, knows: Callable[[KualitasBelanja], object], at_most: int | None = None) -> int | None:
        """Desa for which a figure is known; above the kecamatan only what the sums tell."""
        return sum(bool(knows(row)) for row in self.anak) if self.tingkat >= Tingkat.KECAMATAN else at_most


def semua_ukuran(tahun: TahunBelanja) -> list[Ukuran]:
    """M1 to M12 of a year, M8 apart, which needs two."""
    baris = tahun.baris
    found = [*_alokasi(baris), _serapan_inti(tahun), _serapan(baris), *_susunan(baris), _per_kapita(tahun)]
    found += [_volatilitas(tahun), _silpa(tahun), _konsentrasi(baris)]
    return found if tahun.tingkat == Tingkat.DESA else [*found, _ketimpangan(tahun)]


def _alokasi(baris: KualitasBelanja) -> list[Ukuran]:
    inti, terkait, rincian = (baris.jumlah(nama).anggaran for nama in ("inti", "terkait", "rincian"))
    tanpa_kdmp = None if rincian is None else rincian - (baris.kdmp or 0)
    n = baris.n_rincian
    layanan, belanja = Bahan("layanan dasar inti", inti), Bahan("belanja", rincian)
    found = [
        Ukuran("M1", "Porsi layanan dasar inti", "persen", baris.porsi_inti, (layanan, Bahan(
            "belanja di luar KDMP" if baris.kdmp else "belanja", tanpa_kdmp)), n),
    ]  # fmt: skip
    if baris.kdmp:
        note = "Pembanding: penyaluran untuk Koperasi Desa Merah Putih ikut dalam pembagi."
        found.append(Ukuran("M1", "… dengan KDMP", "persen", baris.porsi_inti_dengan_kdmp, (layanan, belanja), n, note))
    luas = None if inti is None or terkait is None else inti + terkait
    return [*found, Ukuran("M1x", "Porsi dengan kegiatan terkait", "persen", baris.porsi_luas,
                           (Bahan("inti dan terkait", luas), belanja), n)]  # fmt: skip


def _serapan_inti(tahun: TahunBelanja) -> Ukuran:
    baris = tahun.baris
    n = tahun.count(lambda row: row.inti_s2_anggaran is not None, min(baris.n_setahun, baris.n_rincian))
    bahan = (Bahan("realisasi setahun", baris.inti_s2_realisasi), Bahan("anggaran inti", baris.inti_s2_anggaran))
    note = "" if n else "Menunggu laporan realisasi semester II."
    return Ukuran("M2", "Serapan layanan dasar inti", "persen", baris.serapan_inti, bahan, n, note)


def _serapan(baris: KualitasBelanja) -> Ukuran:
    belanja = baris.jumlah("belanja")
    running = baris.n_setahun < baris.n_realisasi
    note = "Serapan berjalan: laporan setahun belum lengkap." if running else ""
    bahan = (Bahan("realisasi", belanja.realisasi), Bahan("anggaran yang melapor", belanja.terlapor))
    return Ukuran("M3", "Serapan seluruh belanja", "persen", belanja.serapan, bahan, baris.n_realisasi, note)


def _susunan(baris: KualitasBelanja) -> list[Ukuran]:
    belanja, inti = Bahan("belanja", baris.jumlah("rincian").anggaran), baris.jumlah("inti").anggaran
    n = baris.n_rincian
    return [
        Ukuran("M4", "Porsi belanja pegawai", "persen", baris.porsi_pegawai,
               (Bahan("belanja pegawai (5.1)", baris.pegawai), belanja), n),
        Ukuran("M5", "Porsi belanja modal", "persen", baris.porsi_modal,
               (Bahan("belanja modal (5.3)", baris.modal), belanja), n,
               "Tidak dengan sendirinya baik: jalan biasanya yang terbesar."),
        Ukuran("M6", "Porsi overhead di dalam layanan dasar", "persen", baris.porsi_overhead,
               (Bahan("honorarium, perjalanan, operasional", baris.overhead), Bahan("layanan dasar inti", inti)), n),
    ]  # fmt: skip


def _per_kapita(tahun: TahunBelanja) -> Ukuran:
    baris = tahun.baris
    n = tahun.count(lambda row: row.penduduk)
    bahan = (
        Bahan("layanan dasar inti", baris.inti_berpenduduk),
        Bahan("penduduk", baris.penduduk or None, "jiwa"),
    )
    note = "" if baris.penduduk else "Jumlah penduduk belum dimuat."
    return Ukuran("M7", "Belanja layanan dasar per jiwa", "rupiah", baris.per_kapita, bahan, n, note)


def pertumbuhan(kini: KualitasBelanja, lalu: KualitasBelanja | None, inflasi_persen: Decimal) -> Ukuran:
    """M8: growth of basic services since the year before, real if inflation is known; only between the same number of
    desa with detail, because more desa would look like growth."""
    name = "Pertumbuhan riil layanan dasar" if inflasi_persen else "Pertumbuhan nominal layanan dasar"
    inti, dulu = kini.jumlah("inti").anggaran, lalu.jumlah("inti").anggaran if lalu else None
    bahan = (Bahan("tahun ini", inti), Bahan("tahun lalu", dulu))
    growth = ratio(inti, dulu)
    if lalu is None or growth is None:
        return Ukuran("M8", name, "persen", None, bahan, kini.n_rincian, "Tahun lalu belum ada.")
    if lalu.n_rincian != kini.n_rincian:
        note = f"Tidak dibandingkan: rincian ada di {kini.n_rincian} desa, tahun lalu {lalu.n_rincian} desa."
        return Ukuran("M8", name, "persen", None, bahan, kini.n_rincian, note)
    note = f"Setelah inflasi {persen(inflasi_persen / 100)}." if inflasi_persen else ""
    value = growth / (1 + inflasi_persen / 100) - 1
    return Ukuran("M8", name, "persen", value, bahan, kini.n_rincian, note)


def _volatilitas(tahun: TahunBelanja) -> Ukuran:
    baris = tahun.baris
    bahan = (Bahan("perubahan mutlak per baris", baris.ubah), Bahan("belanja APBDes awal", baris.awal))
    note = "" if baris.awal else "Tidak ada APBDes perubahan dengan rincian APBDes awalnya."
    n = tahun.count(lambda row: row.awal)
    return Ukuran("M9", "Volatilitas perubahan APBDes", "persen", baris.volatilitas, bahan, n, note)


def _silpa(tahun: TahunBelanja) -> Ukuran:
    """Only where the same desa reported revenue and spending: of other ones the difference would mean nothing."""
    baris = tahun.baris
    masuk = baris.jumlah("pendapatan")
    same = baris.n_pendapatan == baris.n_belanja == baris.n_realisasi and masuk.anggaran == masuk.terlapor
    note = "" if same else "Tidak dihitung: pendapatan dan belanja belum dilaporkan oleh desa yang sama."
    silpa = baris.silpa if same else None
    if silpa is not None and baris.n_setahun < baris.n_realisasi:
        note = "Sementara: laporan setahun belum lengkap."
    bahan = (Bahan("sisa (SiLPA)", silpa), Bahan("realisasi pendapatan", masuk.realisasi))
    return Ukuran("M10", "SiLPA terhadap pendapatan", "persen", ratio(silpa, masuk.realisasi), bahan,
                  baris.n_realisasi if same else None, note)  # fmt: skip


def _konsentrasi(baris: KualitasBelanja) -> Ukuran:
    note = "0 merata antarbidang, 1 hanya satu bidang."
    return Ukuran("M11", "Konsentrasi antarbidang (HHI ternormalisasi)", "indeks", baris.hhi_ternormalisasi,
                  (Bahan("HHI", baris.hhi, "indeks"),), baris.n_rincian, note)  # fmt: skip


def _ketimpangan(tahun: TahunBelanja) -> Ukuran:
    baris, n = tahun.baris, tahun.count(lambda row: row.penduduk)
    note = "0 sama di semua desa, 1 hanya satu desa. Dihitung bila penduduk sedikitnya dua desa diketahui."
    return Ukuran("M12", "Ketimpangan antardesa (Gini per jiwa)", "indeks", baris.gini, (), n, note)

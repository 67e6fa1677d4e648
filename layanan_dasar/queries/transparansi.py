"""What citizens may ask of their village's budget, the six items of Permendagri 73/2020; from budgets in force only.

A figure that nobody reported is None and said to be so; it is never 0. Amounts are rupiah.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, BidangApbdes, KualitasBelanja, TotalAPBDes
from layanan_dasar.models.kualitas import PEMBIAYAAN
from layanan_dasar.queries import transparansi_rincian as rincian
from layanan_dasar.queries.kualitas import BarisAnak, KualitasWilayah, anak, apbdes_berlaku
from layanan_dasar.queries.transparansi_rincian import Pos, PosKegiatan


JUDUL = (
    _("APBDes"),
    _("Pelaksana kegiatan dan tim"),
    _("Realisasi APBDes"),
    _("Realisasi kegiatan"),
    _("Kegiatan belum selesai atau tidak terlaksana"),
    _("Sisa anggaran"),
)
Alasan = tuple[str | Promise, str | Promise, str | Promise]
"""Why something is not there, who has it, what to do."""
_PENGUNGGAH = _("Yang mengunggah: operator desa, operator kecamatan, atau admin kabupaten.")
_PELAPOR = _("Yang melaporkan: operator desa, lewat kolom realisasi pada templat APBDes.")
_MINTA = _("Mintalah kepada pemerintah desa; informasi ini hak masyarakat desa.")
_TANPA_RINCIAN = _("APBDes desa ini di portal belum dirinci sampai kegiatan.")
_PELAKSANA: Alasan = (
    _("Portal belum menyimpan daftar pelaksana kegiatan dan tim pelaksana."),
    _("Yang memegang: kepala desa, dalam keputusan tentang pelaksana pengelolaan keuangan desa dan tim pelaksana."),
    _("Mintalah salinannya di kantor desa, atau lewat BPD; informasi ini hak masyarakat desa."),
)


@dataclass(frozen=True)
class Butir:
    """One of the six: `terbit` if there is something to show, else why not, who has it, and what to do."""

    nomor: int
    judul: str | Promise
    terbit: bool
    alasan: str | Promise = ""
    pemilik: str | Promise = ""
    langkah: str | Promise = ""


@dataclass(frozen=True)
class Transparansi:
    """The six items of a desa and year, and the figures under them.

    Attributes:
        tutup: realisation of the whole year is known; until then nothing is called unfinished for good.
        semester: the last one reported (1, 2), None before any.
        postur: the budget by its parts, realisation beside it.
        silpa: Rp left over as realised, None while a side is not reported; `silpa_desa` as the village published it.
    """

    tahun: int
    apbdes: APBDes | None
    baris: KualitasBelanja | None
    butir: list[Butir]
    tutup: bool = False
    semester: int | None = None
    postur: Sequence[Pos] = ()
    kegiatan: Sequence[PosKegiatan] = ()
    silpa: int | None = None
    silpa_desa: TotalAPBDes | None = None

    @property
    def belanja(self) -> Pos:
        return next(pos for pos in self.postur if pos.kode == "5")

    @property
    def belum_selesai(self) -> list[PosKegiatan]:
        """Kegiatan with a budget that is not realised in full, those that were not reported included."""
        return [satu for satu in self.kegiatan if satu.keadaan not in ("penuh", "tanpa_anggaran")]

    @property
    def n_belum_dilaporkan(self) -> int:
        return sum(satu.keadaan in ("belum_dilaporkan", "sebagian_dilaporkan") for satu in self.kegiatan)


@dataclass(frozen=True)
class BarisTerbit:
    """A desa (or kelurahan, without `terbit`) of a kecamatan, and which of the six items are published."""

    wilayah: Wilayah
    terbit: tuple[bool, ...] | None


@dataclass(frozen=True)
class TransparansiKecamatan:
    """The desa of a kecamatan and year; `jumlah` counts for each item how many of `n_desa` publish it."""

    rows: list[BarisTerbit]
    n_desa: int
    jumlah: list[int]


def transparansi(hasil: KualitasWilayah, tahun: int, hari: datetime.date) -> Transparansi:
    """The six items of a desa. `hari` is today; it decides whether the budget year has ended."""
    baris, apbdes = hasil.baris.get(tahun), apbdes_berlaku(hasil.wilayah, tahun)
    if baris is None or apbdes is None:
        return Transparansi(tahun, None, None, _butir(tahun, None))
    total = {satu.kode: satu for satu in apbdes.total.all()}
    jumlah = rincian.groups(apbdes)
    semester = rincian.semester(jumlah, list(total.values()))
    year_end = datetime.date(tahun, 12, 31)
    tutup = hari > year_end and semester == 2 and (apbdes.per_tanggal or year_end) >= year_end
    kegiatan = rincian.kegiatan(jumlah, tutup) if baris.n_rincian else []
    postur = rincian.postur(baris, jumlah, total)
    silpa = rincian.silpa(baris)
    butir = _butir(tahun, baris)
    return Transparansi(tahun, apbdes, baris, butir, tutup, semester, postur, kegiatan, silpa, total.get("silpa"))


def transparansi_kecamatan(kecamatan: Wilayah, tahun: int) -> TransparansiKecamatan:
    rows = [_baris_terbit(satu) for satu in anak(kecamatan, tahun)]
    known = [satu.terbit for satu in rows if satu.terbit is not None]
    return TransparansiKecamatan(rows, len(known), [sum(column) for column in zip(*known, strict=True)])


def _baris_terbit(satu: BarisAnak) -> BarisTerbit:
    return BarisTerbit(satu.wilayah, _terbit(satu.baris) if satu.wilayah.has_apbdes else None)


def _terbit(baris: KualitasBelanja | None) -> tuple[bool, ...]:
    """Of each of the six, whether there is something to show. Implementers and teams the portal does not keep."""
    if baris is None:
        return (False,) * len(JUDUL)
    parts = ("pendapatan", "belanja", *PEMBIAYAAN, *(f"bab_{kode}" for kode in BidangApbdes.values))
    reported = any(baris.jumlah(part).realisasi is not None for part in parts)
    by_kegiatan = bool(baris.n_rincian and baris.n_realisasi)
    return (True, False, reported, by_kegiatan, by_kegiatan, baris.jumlah("belanja").realisasi is not None)


def _butir(tahun: int, baris: KualitasBelanja | None) -> list[Butir]:
    terbit = _terbit(baris)
    reasons: list[Alasan] = [(_("Belum ada APBDes tahun %d di portal.") % tahun, _PENGUNGGAH, _MINTA)] * len(JUDUL)
    if baris is not None:
        unreported: Alasan = (_("Realisasi tahun %d belum dilaporkan ke portal.") % tahun, _PELAPOR, _MINTA)
        per_kegiatan: Alasan = unreported if baris.n_rincian else (_TANPA_RINCIAN, _PENGUNGGAH, _MINTA)
        reasons = [("", "", ""), _PELAKSANA, unreported, per_kegiatan, per_kegiatan, unreported]
    reasons[1] = _PELAKSANA
    return [
        Butir(nomor, judul, ada, *(("", "", "") if ada else reason))
        for nomor, (judul, ada, reason) in enumerate(zip(JUDUL, terbit, reasons, strict=True), 1)
    ]

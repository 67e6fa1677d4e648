"""A figure of an indicator as one reader may see it, and what to read it against. Pure: reads nothing."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from layanan_dasar.models import Capaian, Indikator, StatusNilai
from layanan_dasar.queries.tekan import Alasan, is_dibatasi
from p3pd_portal.lib.angka import ratio
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.statistik import wilson


PRIORITAS_TERBANYAK = 10
RENDAH_TERBANYAK = 3
N_KECIL = 100
"""Below so many people a share is shown with its interval."""
CAKUPAN_CUKUP = Decimal("0.6")
"""With figures of fewer desa a region's figure carries a warning."""


@dataclass(frozen=True)
class Status:
    """A score (0 to 1) in words, never by colour alone (reference of P3PD 1D §2.4)."""

    kata: str
    ikon: str


TANPA_STATUS = Status("tidak ada data", "–")
_TERCAPAI, _MENDEKATI, _PERHATIAN = Decimal("0.9"), Decimal("0.75"), Decimal("0.5")
_STATUS = (
    (_TERCAPAI, Status("tercapai", "✓")),
    (_MENDEKATI, Status("mendekati", "≈")),
    (_PERHATIAN, Status("perlu perhatian", "!")),
    (Decimal(0), Status("kritis", "‼")),
)


def status(skor: Decimal | None) -> Status:
    return TANPA_STATUS if skor is None else next(satu for least, satu in _STATUS if skor >= least)


@dataclass(frozen=True)
class Angka:
    """A published figure as one reader may see it: with `alasan` nothing but its period and coverage is known.

    Attributes:
        rentang: smallest and largest value of a desa, where they may be shown.
    """

    periode: Periode
    status: str
    n_data: int
    n_desa: int
    alasan: Alasan | None = None
    nilai: Decimal | None = None
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    rentang: tuple[Decimal, Decimal] | None = None
    target: Decimal | None = None
    skor: Decimal | None = None
    kurang: Decimal | None = None
    tren: int | None = None
    melebihi_sasaran: bool = False

    @property
    def keterangan(self) -> str:
        """What stands in the place of a value."""
        return str(self.alasan.label if self.alasan else StatusNilai(self.status).label)

    @property
    def is_cakupan_kurang(self) -> bool:
        return (ratio(self.n_data, self.n_desa) or 0) < CAKUPAN_CUKUP


def angka(row: Capaian, indikator: Indikator, alasan: Alasan | None, *, is_public: bool) -> Angka:
    """A row as figure. The public does not see the extremes of desa that may be hidden themselves."""
    if alasan:
        return Angka(row.periode_nilai, row.status, row.n_data, row.n_desa, alasan)
    spread = None
    if row.terendah is not None and row.tertinggi is not None and not (is_public and is_dibatasi(indikator)):
        spread = (row.terendah, row.tertinggi)
    return Angka(
        row.periode_nilai, row.status, row.n_data, row.n_desa, None, row.nilai, row.pembilang, row.penyebut, spread,
        row.target, row.skor, row.kurang, row.tren, row.melebihi_sasaran,
    )  # fmt: skip


def is_usang(periode: Periode, hari: datetime.date) -> bool:
    """Whether even the period after this one has ended before a day."""
    return periode.shift(1).akhir < hari


def sebelum(indikator: Indikator, periode: Periode) -> Periode:
    """The period to compare with: of what starts anew every January the same one of the year before."""
    return periode.tahun_lalu if indikator.kumulatif else periode.sebelumnya


def selang(indikator: Indikator, satu: Angka) -> tuple[float, float] | None:
    """The 95 % interval of a share of people, in per cent."""
    if indikator.jenis != Indikator.Jenis.PERSEN or satu.pembilang is None or satu.penyebut is None:
        return None
    return wilson(satu.pembilang, satu.penyebut)


_ARAH = {1: "naik", -1: "turun", 0: "tetap"}


@dataclass(frozen=True)
class Sebaran:
    """Median and extremes of the regions beside this one, of those that may be shown."""

    tengah: Decimal
    terendah: Decimal
    tertinggi: Decimal
    n: int

    @property
    def rentang(self) -> tuple[Decimal, Decimal]:
        return self.terendah, self.tertinggi


@dataclass(frozen=True)
class BarisIndikator:
    """An indicator in a region: its latest figure, and what to read it against. Without figure `kini` is None."""

    indikator: Indikator
    kini: Angka | None = None
    lalu: Angka | None = None
    induk: Angka | None = None
    sebaran: Sebaran | None = None
    usang: bool = False

    @property
    def status(self) -> Status:
        return status(self.kini.skor if self.kini else None)

    @property
    def membaik(self) -> int | None:
        """1 better, -1 worse, 0 steady; None without a trend."""
        if self.kini is None or self.kini.tren is None:
            return None
        return self.kini.tren if self.indikator.arah == Indikator.Arah.NAIK else -self.kini.tren

    @property
    def tren(self) -> str:
        """ "turun, memburuk"; empty under four periods."""
        if self.kini is None or self.kini.tren is None or self.membaik is None:
            return ""
        verdict = {1: "membaik", -1: "memburuk"}.get(self.membaik)
        return f"{_ARAH[self.kini.tren]}, {verdict}" if verdict else _ARAH[self.kini.tren]

    @property
    def selang(self) -> tuple[float, float] | None:
        """The interval where few people are behind a share."""
        few = self.kini is not None and self.kini.penyebut is not None and self.kini.penyebut < N_KECIL
        return selang(self.indikator, self.kini) if self.kini and few else None


def prioritas(rows: Sequence[BarisIndikator]) -> list[BarisIndikator]:
    """Bad and getting worse, then critical without a trend; the lowest scores first."""
    scored = [(row, row.kini.skor) for row in rows if row.kini and row.kini.skor is not None]
    worse = [pair for pair in scored if pair[1] < _MENDEKATI and pair[0].membaik == -1]
    critical = [pair for pair in scored if pair[1] < _PERHATIAN and pair[0].membaik is None]
    ordered = [row for part in (worse, critical) for row, _ in sorted(part, key=lambda pair: pair[1])]
    return ordered[:PRIORITAS_TERBANYAK]


def rendah(rows: Sequence[BarisIndikator]) -> list[BarisIndikator]:
    """The lowest of the others that call for attention: steady, getting better, or weak without a trend."""
    urgent = {row.indikator.kode for row in prioritas(rows)}
    others = [(row.kini.skor, row.indikator.kode, row) for row in rows
              if row.kini and row.kini.skor is not None and row.kini.skor < _MENDEKATI]  # fmt: skip
    return [row for _, kode, row in sorted(others) if kode not in urgent][:RENDAH_TERBANYAK]

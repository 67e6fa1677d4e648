"""The clock of a region: which days count, from when a report counts, and when an answer is due."""

import calendar
import datetime
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from kecamatan.models import HariLibur, Wilayah
from kecamatan.queries.zona import zona_waktu
from p3pd_portal.lib import hari_kerja as lib


TAHUN_AWAL, TAHUN_AKHIR = 2015, 2100
HARI_TERBANYAK = 260
"""Longest promise that the page counts: about a year of working days."""


def hari_libur(wilayah: Wilayah, dari: datetime.date, sampai: datetime.date) -> frozenset[datetime.date]:
    """Days off in force in a region from one day up to and with another."""
    days = HariLibur.objects.in_force().at(wilayah).filter(tanggal__range=(dari, sampai))
    return frozenset(days.values_list("tanggal", flat=True))


@dataclass(frozen=True)
class Kalender:
    """Everything a promise in one region is counted with; no query after it was made.

    Attributes:
        zona: WIB, WITA or WIT.
        tutup: local hour from which a report counts as of the next working day.
        libur: days off in force.
        tahun: years whose national days off are known; a date in another year may still move.
    """

    zona: str
    tutup: datetime.time
    libur: frozenset[datetime.date]
    tahun: frozenset[int]

    @property
    def zoneinfo(self) -> ZoneInfo:
        return lib.ZONA[self.zona]

    @property
    def hari_ini(self) -> datetime.date:
        return timezone.localdate(timezone=self.zoneinfo)

    def mulai(self, moment: datetime.datetime) -> datetime.date:
        """The working day as which a moment counts."""
        return lib.start_day(moment, self.zoneinfo, self.tutup, self.libur)

    def tenggat(self, start: datetime.date | datetime.datetime, n: int) -> datetime.date:
        """The n-th working day after a day, or after the day as which a moment counts."""
        if isinstance(start, datetime.datetime):
            start = self.mulai(start)
        return lib.add_working_days(start, n, self.libur)

    def selisih(self, start: datetime.date, end: datetime.date) -> int:
        """Working days after `start` up to and with `end`; negative backwards."""
        return lib.working_days_between(start, end, self.libur)

    def is_certain(self, day: datetime.date) -> bool:
        """Whether the days off of its year are known, so that a promise for this day will stand."""
        return day.year in self.tahun


def kalender(wilayah: Wilayah) -> Kalender:
    """The clock of a region, in two queries; good for any number of promises in it."""
    days = list(HariLibur.objects.in_force().at(wilayah).values_list("tanggal", "wilayah"))
    return Kalender(
        zona=zona_waktu(wilayah),
        tutup=settings.JAM_TUTUP,
        libur=frozenset(day for day, _ in days),
        tahun=frozenset(day.year for day, own in days if own is None),
    )


# The page of a year


@dataclass(frozen=True)
class Bulan:
    """A month of the page: its days off, and how many working days are left."""

    pertama: datetime.date
    libur: list[HariLibur]
    hari_kerja: int


@dataclass(frozen=True)
class KalenderTahun:
    """A year of a region for reading and editing. `ditetapkan` is False while its national days are not known."""

    tahun: int
    bulan: list[Bulan]
    usulan: list[HariLibur]
    ditetapkan: bool
    pilihan: list[int]

    @property
    def hari_kerja(self) -> int:
        return sum(bulan.hari_kerja for bulan in self.bulan)

    @property
    def dasar(self) -> list[str]:
        """The decrees behind the year's days off, each once."""
        return list(dict.fromkeys(hari.sumber for bulan in self.bulan for hari in bulan.libur))

    @property
    def jumlah_libur(self) -> int:
        return sum(len(bulan.libur) for bulan in self.bulan)


def kalender_tahun(wilayah: Wilayah, tahun: int) -> KalenderTahun:
    """The year's days off in force month by month, and the proposals that wait for the nation's administrator."""
    rows = list(HariLibur.objects.at(wilayah).filter(tanggal__year=tahun).select_related("wilayah"))
    in_force = [row for row in rows if not row.usulan]
    return KalenderTahun(
        tahun=tahun,
        bulan=[_bulan(tahun, month, [row for row in in_force if row.tanggal.month == month]) for month in range(1, 13)],
        usulan=[row for row in rows if row.usulan],
        ditetapkan=any(row.wilayah_id is None for row in in_force),
        pilihan=_years(wilayah, tahun),
    )


def _bulan(tahun: int, month: int, libur: list[HariLibur]) -> Bulan:
    first = datetime.date(tahun, month, 1)
    eve, last = first - datetime.timedelta(days=1), first.replace(day=calendar.monthrange(tahun, month)[1])
    return Bulan(first, libur, lib.working_days_between(eve, last, {row.tanggal for row in libur}))


def _years(wilayah: Wilayah, tahun: int) -> list[int]:
    """Years to choose from: those with days, this one and the next, and the one that is shown."""
    this = timezone.localdate().year
    known = HariLibur.objects.at(wilayah).aggregate(pertama=Min("tanggal__year"), terakhir=Max("tanggal__year"))
    years = {known["pertama"] or this, known["terakhir"] or this, this, this + 1, tahun}
    return list(range(min(years), max(years) + 1))


# The calculator


@dataclass(frozen=True)
class Tenggat:
    """A promise counted day by day: `hari` are the working days that count, `dilewati` the days off on a weekday."""

    mulai: datetime.date
    n: int
    tanggal: datetime.date
    hari: list[datetime.date]
    dilewati: list[HariLibur]
    pasti: bool


def hitung_tenggat(wilayah: Wilayah, jam: Kalender, mulai: datetime.date, n: int) -> Tenggat:
    """The n-th working day after a day by the region's clock, with the days that counted and those passed over."""
    hari = list(islice(lib.working_days(mulai, jam.libur), n))
    dilewati = HariLibur.objects.in_force().at(wilayah).filter(tanggal__gt=mulai, tanggal__lt=hari[-1])
    return Tenggat(
        mulai=mulai,
        n=n,
        tanggal=hari[-1],
        hari=hari,
        dilewati=[row for row in dilewati if row.tanggal.weekday() < 5],
        pasti=all(map(jam.is_certain, hari)),
    )

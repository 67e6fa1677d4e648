"""One sheet that is asked for: how far it is, since when it waits, and whether it came in time."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet

from kecamatan.models import Wilayah
from layanan_dasar.models import Dataset, Isian, LangkahIsian
from layanan_dasar.queries.jadwal import Jadwal
from p3pd_portal.lib.periode import Periode


HARI_DIAM = 5
"""Working days without verification after which a kabupaten sees it (reminded after three)."""


@dataclass(frozen=True)
class BarisIsian:
    """One sheet of the list.

    Attributes:
        isian: its latest version; None while nobody began it.
        n_sel, n_terisi: cells asked for and filled in, of the region of the page.
        diajukan: day of the first submission.
        diam: working days for which it has waited for the next step; None while it is filled in, or published.
    """

    dataset: Dataset
    periode: Periode
    kecamatan: Wilayah
    jadwal: Jadwal
    n_sel: int
    n_terisi: int = 0
    isian: Isian | None = None
    diajukan: datetime.date | None = None
    diam: int | None = None

    @property
    def is_terbit(self) -> bool:
        return self.isian is not None and self.isian.is_terbit

    @property
    def status(self) -> str:
        return str(self.isian.get_status_display()) if self.isian else "belum dimulai"

    @property
    def tepat_waktu(self) -> bool | None:
        """Whether it was submitted by its due date; None while that can still come true."""
        if self.diajukan is None:
            return False if self.jadwal.hari_ini > self.jadwal.tenggat else None
        return self.diajukan <= self.jadwal.tenggat

    @property
    def is_diam(self) -> bool:
        return self.diam is not None and self.diam >= HARI_DIAM

    @property
    def is_berjalan(self) -> bool:
        """Somebody can still do something about it."""
        return self.is_menunggu_pengisi or self.diam is not None

    @property
    def is_menunggu_pengisi(self) -> bool:
        """It can still be filled in, and nobody has submitted it."""
        return (self.isian is None or self.isian.is_draf) and self.jadwal.is_open


@dataclass(frozen=True)
class Lembaran:
    """A sheet that is asked for, and its latest version with the number of its filled cells (`terisi`) if begun."""

    dataset: Dataset
    periode: Periode
    kecamatan: Wilayah
    isian: Isian | None


Langkah = Mapping[int, tuple[datetime.datetime | None, datetime.datetime | None]]


def langkah_of(isian: QuerySet[Isian]) -> Langkah:
    """First submission and latest step of sheets."""
    submitted = Min("created_at", filter=Q(langkah=LangkahIsian.Langkah.AJUKAN))
    rows = LangkahIsian.objects.filter(isian__in=isian).order_by().values("isian")
    return {row["isian"]: (row["dari"], row["akhir"]) for row in rows.annotate(dari=submitted, akhir=Max("created_at"))}


def baris_isian(satu: Lembaran, days: Jadwal, n_sel: int, langkah: Langkah) -> BarisIsian:
    """A sheet with how far it is and how long it has waited."""
    isian, jam = satu.isian, days.kalender
    submitted, latest = langkah.get(isian.pk, (None, None)) if isian else (None, None)
    waits = isian is not None and isian.status in (Isian.Status.DIAJUKAN, Isian.Status.DIVERIFIKASI)
    return BarisIsian(
        dataset=satu.dataset,
        periode=satu.periode,
        kecamatan=satu.kecamatan,
        jadwal=days,
        n_sel=n_sel,
        n_terisi=isian.terisi if isian else 0,  # type: ignore[attr-defined]
        isian=isian,
        diajukan=submitted.astimezone(jam.zoneinfo).date() if submitted else None,
        diam=jam.selisih(latest.astimezone(jam.zoneinfo).date(), days.hari_ini) if waits and latest else None,
    )

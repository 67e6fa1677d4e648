"""Runs over the spending of the country, as those who answer for them see them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils import timezone

from layanan_dasar.models import BagianHitung, DesaBerubah, IndeksBelanja, PutaranHitung, TerbitanIbdb


PER_HALAMAN = 20
BAGIAN_PER_HALAMAN = 50
GAGAL_DITAMPILKAN = 50


@dataclass(frozen=True)
class Putaran:
    """A run: how many of its pieces are done, failed or waiting, rows written, and seconds so far."""

    putaran: PutaranHitung
    n_selesai: int
    n_gagal: int
    n_menunggu: int
    ditulis: int
    detik: int

    @property
    def n_bagian(self) -> int:
        return self.n_selesai + self.n_gagal + self.n_menunggu

    @property
    def n_terolah(self) -> int:
        return self.n_selesai + self.n_gagal

    @property
    def is_berjalan(self) -> bool:
        return self.putaran.status == PutaranHitung.Status.BERJALAN


@dataclass(frozen=True)
class TahunTerbit:
    """A year whose index may be published: rows with an index, of them provisional, and rows without one."""

    tahun: int
    bernilai: int
    sementara: int
    tanpa_nilai: int

    @property
    def jumlah(self) -> int:
        return self.bernilai + self.tanpa_nilai


@dataclass(frozen=True)
class KeadaanHitung:
    """What the page of runs shows.

    Attributes:
        halaman: the page of the history that is open; `riwayat` its runs, latest first.
        berjalan: the one that is going on.
        gagal: failed pieces of the latest run, cut at fifty; `n_gagal` counts all.
        n_desa: desa and years that wait for the next night, the oldest since `sejak`.
    """

    halaman: Page[PutaranHitung]
    riwayat: list[Putaran]
    berjalan: Putaran | None
    gagal: list[BagianHitung]
    n_gagal: int
    n_desa: int
    sejak: datetime.datetime | None


def keadaan_hitung(halaman: str) -> KeadaanHitung:
    page = Paginator(_runs(), PER_HALAMAN).get_page(halaman)
    now = timezone.now()
    history = [_putaran(satu, now) for satu in page.object_list]
    latest = _runs().first()
    last = _putaran(latest, now) if latest else None
    failed = bagian(latest, gagal=True)[:GAGAL_DITAMPILKAN] if latest and last and last.n_gagal else []
    waiting = DesaBerubah.objects.aggregate(n=Count("pk"), sejak=Min("created_at"))
    running = last if last and last.is_berjalan else None
    return KeadaanHitung(
        page, history, running, list(failed), last.n_gagal if last else 0, waiting["n"], waiting["sejak"]
    )


def rincian(putaran: PutaranHitung) -> Putaran:
    return _putaran(_runs().get(pk=putaran.pk), timezone.now())


def halaman_bagian(putaran: PutaranHitung, halaman: str, *, gagal: bool) -> Page[BagianHitung]:
    """One page of the pieces of a run; a number that is none leads to the first."""
    return Paginator(bagian(putaran, gagal=gagal), BAGIAN_PER_HALAMAN).get_page(halaman)


def bagian(putaran: PutaranHitung, *, gagal: bool) -> QuerySet[BagianHitung]:
    rows = putaran.bagian.select_related("kabupaten").order_by("kabupaten__kode", "tahun")
    return rows.filter(status=BagianHitung.Status.GAGAL) if gagal else rows


def tahun_terbit() -> list[TahunTerbit]:
    """Years with something to publish, latest first."""
    known = Q(nilai__isnull=False)
    rows = IndeksBelanja.objects.ready().values("tahun").order_by("-tahun")
    counted = rows.annotate(
        bernilai=Count("pk", filter=known), sementara_=Count("pk", filter=known & Q(sementara=True)),
        tanpa=Count("pk", filter=~known),
    )  # fmt: skip
    return [TahunTerbit(row["tahun"], row["bernilai"], row["sementara_"], row["tanpa"]) for row in counted]


def terbitan() -> list[TerbitanIbdb]:
    """What was published, latest first."""
    return list(TerbitanIbdb.objects.select_related("oleh__orang", "parameter"))


def _runs() -> QuerySet[PutaranHitung]:
    counts = {f"n_{status}": Count("bagian", filter=Q(bagian__status=status)) for status in BagianHitung.Status.values}
    written = Sum(F("bagian__desa_ditulis") + F("bagian__wilayah_ditulis"), default=0)
    return PutaranHitung.objects.annotate(**counts, ditulis=written).order_by("-mulai", "-id")


def _putaran(satu: Any, now: datetime.datetime) -> Putaran:
    """`satu`: a run with the counts of `_runs`."""
    seconds = round(((satu.selesai or now) - satu.mulai).total_seconds())
    written = satu.ditulis + satu.wilayah_ditulis
    return Putaran(satu, satu.n_selesai, satu.n_gagal, satu.n_menunggu, written, max(seconds, 0))

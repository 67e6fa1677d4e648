"""How a region and those below it stand in the five services: 100 at the targets, 0 at the floors."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import ExtractYear

from kecamatan.models import Bidang, Tingkat, Wilayah
from layanan_dasar.models import Capaian, GapBidang, Indikator, StatusNilai
from layanan_dasar.queries.angka import Status, status
from layanan_dasar.queries.capaian import milik
from layanan_dasar.queries.tekan import BIDANG_PEKA
from p3pd_portal.lib.urutan import urutkan


TAHUN_TREN = 8
BIDANG_CUKUP = 3
"""A region has a score of all services once so many of the five have one."""


@dataclass(frozen=True)
class SkorBidang:
    """A service in a region; scores are 0 to 1.

    Attributes:
        induk: score of the region above.
        anak: lowest and highest score of the regions below.
        tren: (year, score) of the last years that have one, earliest first.
    """

    bidang: Bidang
    skor: Decimal | None
    induk: Decimal | None
    anak: tuple[Decimal, Decimal] | None
    n_indikator: int
    n_katalog: int
    tren: list[tuple[int, Decimal]]

    @property
    def status(self) -> Status:
        return status(self.skor)


@dataclass(frozen=True)
class SkorAnak:
    """A region below: its score in each service, and how many indicators of each have a figure of the year."""

    wilayah: Wilayah
    skor: Mapping[str, Decimal | None]
    n_lapor: Mapping[str, int]

    @property
    def semua(self) -> Decimal | None:
        """The plain mean of its services."""
        return rata_rata(list(self.skor.values()))

    def nilai(self, bidang: str) -> Decimal | None:
        """Of a service, or of all."""
        return self.skor.get(bidang) if bidang else self.semua


@dataclass(frozen=True)
class SkorWilayah:
    """The five services of a region and year, and the regions below it."""

    bidang: list[SkorBidang]
    anak: list[SkorAnak]

    @property
    def semua(self) -> Decimal | None:
        return rata_rata([satu.skor for satu in self.bidang])

    @property
    def terurut(self) -> list[SkorBidang]:
        """The services that have a score, the weakest first."""
        scored = [(satu.skor, place, satu) for place, satu in enumerate(self.bidang) if satu.skor is not None]
        return [satu for _, _, satu in sorted(scored)]


def rata_rata(skor: Sequence[Decimal | None]) -> Decimal | None:
    """Plain mean of the services that have a score; None under BIDANG_CUKUP of them."""
    known = [satu for satu in skor if satu is not None]
    return sum(known, Decimal(0)) / len(known) if len(known) >= BIDANG_CUKUP else None


def nilai_skor(row: GapBidang, is_known: bool) -> Decimal | None:
    """Score of a row. Of a desa the mean of several indicators is no secret; where it is but one of health or social
    security, it is that figure itself, and only for those who work there."""
    alone = row.n_indikator < 2 and row.bidang_id in BIDANG_PEKA and row.wilayah.tingkat == Tingkat.DESA
    return None if row.gap is None or (alone and not is_known) else 1 - row.gap


def skor_wilayah(
    wilayah: Wilayah, induk: Wilayah | None, tahun: int, katalog: Sequence[Indikator], *, is_known: bool
) -> SkorWilayah:
    """Three queries, whatever the number of regions below.

    Args:
        katalog: every indicator, with its bidang.
        is_known: the reader works in the region.
    """
    anak = [] if wilayah.tingkat == Tingkat.DESA else list(Wilayah.objects.children_of(wilayah))
    kode = [satu.kode for satu in anak]
    sendiri = milik(wilayah.kode, *([induk.kode] if induk else [])) & Q(tahun__lte=tahun, tahun__gt=tahun - TAHUN_TREN)
    gap = _Gap(sendiri | (milik(*kode) & Q(tahun=tahun)), is_known)
    services = layanan(katalog)
    n_lapor = _n_lapor(kode, tahun)
    below = [
        SkorAnak(satu, {bidang.pk: gap.skor(satu, bidang, tahun) for bidang in services}, n_lapor[satu.kode])
        for satu in anak
    ]
    found = []
    for bidang in services:
        known = [skor for satu in below if (skor := satu.skor[bidang.pk]) is not None]
        found.append(
            SkorBidang(
                bidang,
                gap.skor(wilayah, bidang, tahun),
                gap.skor(induk, bidang, tahun) if induk else None,
                (min(known), max(known)) if len(known) > 1 else None,
                gap.n_indikator(wilayah, bidang, tahun),
                n_katalog(katalog, bidang),
                gap.tren(wilayah, bidang),
            )
        )
    return SkorWilayah(found, below)


def skor_terbaru(
    wilayah: Wilayah, tahun: int, bidang: Sequence[Bidang], *, is_known: bool
) -> tuple[int, list[SkorBidang]]:
    """The services in short, of the latest year up to the given one in which a period with figures of them ended (the
    year after it has rows too, that still count these); none where there is no row."""
    found = Capaian.objects.filter(milik(wilayah.kode), akhir__year__lte=tahun, indikator__konteks=False)
    years = found.order_by("-akhir").values_list(ExtractYear("akhir"), flat=True)
    gap = _Gap(milik(wilayah.kode) & Q(tahun=Subquery(years[:1])), is_known)
    latest = gap.tahun
    if latest is None:
        return tahun, []
    return latest, [SkorBidang(satu, gap.skor(wilayah, satu, latest), None, None, 0, 0, []) for satu in bidang]


class _Gap:
    """Rows of several regions and years, read at once."""

    def __init__(self, q: Q, is_known: bool) -> None:
        rows = GapBidang.objects.filter(q).select_related("wilayah")
        # Of two that stand for one region the own one comes last, so that it counts.
        ordered = rows.order_by("tahun", F("wilayah__berlaku_sampai").asc(nulls_last=True))
        self._rows = {(row.wilayah.kode_kini, row.bidang_id, row.tahun): row for row in ordered}
        self._skor = {key: nilai_skor(row, is_known) for key, row in self._rows.items()}

    @property
    def tahun(self) -> int | None:
        """The latest year."""
        return max((tahun for _, _, tahun in self._rows), default=None)

    def skor(self, wilayah: Wilayah, bidang: Bidang, tahun: int) -> Decimal | None:
        return self._skor.get((wilayah.kode, bidang.pk, tahun))

    def n_indikator(self, wilayah: Wilayah, bidang: Bidang, tahun: int) -> int:
        row = self._rows.get((wilayah.kode, bidang.pk, tahun))
        return row.n_indikator if row else 0

    def tren(self, wilayah: Wilayah, bidang: Bidang) -> list[tuple[int, Decimal]]:
        """Years with a score, earliest first."""
        return [
            (tahun, skor)
            for (kode, satu, tahun), skor in self._skor.items()
            if (kode, satu) == (wilayah.kode, bidang.pk) and skor is not None
        ]


def layanan(katalog: Sequence[Indikator]) -> list[Bidang]:
    """The services that the catalogue knows, in its order."""
    return list({satu.bidang: None for satu in katalog if satu.bidang and not satu.konteks})


def n_katalog(katalog: Sequence[Indikator], bidang: Bidang) -> int:
    return sum(satu.bidang_id == bidang.pk and not satu.konteks for satu in katalog)


def _n_lapor(kode: Sequence[str], tahun: int) -> Mapping[str, dict[str, int]]:
    """Indicators of each service with a figure of a period of the year, by region."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if kode:
        rows = Capaian.objects.filter(milik(*kode), akhir__year=tahun, indikator__konteks=False)
        rows = rows.exclude(status=StatusNilai.TIDAK_DILAPORKAN).order_by()
        counts = rows.values_list("wilayah__kode_kini", "indikator__bidang").annotate(
            n=Count("indikator_id", distinct=True)
        )
        for satu, bidang, n in counts:
            found[satu or ""][bidang] = n
    return found


_URUTAN = {"nama": lambda satu: satu.wilayah.nama, "semua": lambda satu: satu.semua}


def urut_anak(rows: Sequence[SkorAnak], urut: str) -> list[SkorAnak]:
    """By code, or by a column: "nama", "semua" or the code of a service, with "-" before it for the highest first."""
    column = urut.removeprefix("-")
    if column not in _URUTAN and not any(column in satu.skor for satu in rows):
        return list(rows)
    key = _URUTAN.get(column, lambda satu: satu.skor.get(column))
    return urutkan(rows, key, turun=urut.startswith("-"))

"""How a region stands in each indicator: the latest published figure with its neighbours, as a reader may see it."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median

from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractYear

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.models import Capaian, Indikator, StatusNilai
from layanan_dasar.queries.angka import Angka, BarisIndikator, Sebaran, angka, is_usang, sebelum
from layanan_dasar.queries.tekan import Alasan, tersembunyi
from p3pd_portal.lib.periode import pilih_tahun


def milik(*kode: str) -> Q:
    """The rows of regions; of villages that were closed those of the one that follows them."""
    return Q(wilayah__kode_kini__in=kode)


def terurut(rows: QuerySet[Capaian]) -> QuerySet[Capaian]:
    """Latest first; of a region's own row and that of a village it follows the own one first."""
    return rows.order_by("indikator_id", "-akhir", F("wilayah__berlaku_sampai").desc(nulls_first=True))


@dataclass(frozen=True)
class Pembaca:
    """Whether the reader works in the region, and in the one above it; everybody else is the public there."""

    di_sini: bool = False
    di_induk: bool = False


@dataclass(frozen=True)
class CapaianWilayah:
    """The indicators of a region for one reader.

    Attributes:
        leluhur: from the nation down to the region itself.
        hari: today.
    """

    wilayah: Wilayah
    leluhur: Sequence[Wilayah]
    pembaca: Pembaca
    hari: datetime.date

    @property
    def jalur(self) -> list[Wilayah]:
        """The way down that adds up: the nation does not hold demo regions."""
        return [satu for satu in self.leluhur if satu.contains(self.wilayah.kode)]

    @property
    def induk(self) -> Wilayah | None:
        return self.jalur[-2] if len(self.jalur) > 1 else None

    @cached_property
    def katalog(self) -> list[Indikator]:
        return list(Indikator.objects.select_related("bidang").order_by("bidang__urutan", "kode"))

    @cached_property
    def tahun_tersedia(self) -> list[int]:
        """Years with a figure, latest first."""
        found = Capaian.objects.filter(milik(self.wilayah.kode)).annotate(tahun=ExtractYear("akhir"))
        return list(found.order_by("-tahun").values_list("tahun", flat=True).distinct())

    def pilih_tahun(self, asked: str) -> int:
        """The year asked for, else the latest with figures, else this year."""
        return pilih_tahun(asked, self.tahun_tersedia, self.hari)

    def terbaru(self, batas: datetime.date) -> list[BarisIndikator]:
        """Every indicator of the catalogue with its latest figure of a period that ended by a day."""
        rows = terurut(Capaian.objects.filter(milik(self.wilayah.kode), akhir__lte=batas)).distinct("indikator_id")
        kini = {row.indikator_id: row for row in rows.exclude(status=StatusNilai.TIDAK_DILAPORKAN)}
        tetangga = _Tetangga(self, kini)
        return [tetangga.baris(satu, min(batas, self.hari)) for satu in self.katalog]


@dataclass(frozen=True)
class _Tetangga:
    """The latest rows of a region with everything that stands beside them, three queries whatever the number."""

    semua: CapaianWilayah
    kini: dict[str, Capaian]

    def baris(self, indikator: Indikator, hari: datetime.date) -> BarisIndikator:
        row = self.kini.get(indikator.kode)
        if row is None:
            return BarisIndikator(indikator)
        pembaca, induk = self.semua.pembaca, self.semua.induk
        lalu = str(sebelum(indikator, row.periode_nilai))
        return BarisIndikator(
            indikator,
            self._angka(row, indikator, pembaca.di_sini),
            self._beside(self.semua.wilayah, indikator, lalu, pembaca.di_sini),
            self._beside(induk, indikator, row.periode, pembaca.di_induk) if induk else None,
            self._sebaran(row, indikator),
            is_usang(row.periode_nilai, hari),
        )

    def _beside(self, wilayah: Wilayah, indikator: Indikator, periode: str, is_known: bool) -> Angka | None:
        row = self._lain.get((wilayah.kode, indikator.kode, periode))
        return self._angka(row, indikator, is_known) if row else None

    def _angka(self, row: Capaian, indikator: Indikator, is_known: bool) -> Angka:
        alasan = None if is_known else self._tersembunyi.get(row.pk)
        return angka(row, indikator, alasan, is_public=not is_known)

    @cached_property
    def _indikator(self) -> list[Indikator]:
        return [satu for satu in self.semua.katalog if satu.kode in self.kini]

    @cached_property
    def _akhir(self) -> dict[str, Collection[datetime.date]]:
        """Last days of the latest period and of the one to compare with, by indicator."""
        return {
            satu.kode: (self.kini[satu.kode].akhir, sebelum(satu, self.kini[satu.kode].periode_nilai).akhir)
            for satu in self._indikator
        }

    @cached_property
    def _hari(self) -> set[datetime.date]:
        return {day for days in self._akhir.values() for day in days}

    @cached_property
    def _lain(self) -> dict[tuple[str, str, str], Capaian]:
        """Rows of the region and its parent in these periods, by code, indicator and period."""
        kode = [satu.kode for satu in (self.semua.wilayah, self.semua.induk) if satu]
        found = Capaian.objects.filter(milik(*kode), akhir__in=self._hari, indikator__in=self.kini)
        rows = terurut(found).select_related("wilayah")
        return {(row.wilayah.kode_kini or "", row.indikator_id, row.periode): row for row in reversed(rows)}

    @cached_property
    def _tersembunyi(self) -> dict[int, Alasan]:
        """For who works above nothing is hidden."""
        if self.semua.pembaca.di_induk:
            return {}
        jalur = self.semua.jalur
        return tersembunyi(jalur[:-1] or jalur[:1], self._indikator, self._hari)

    @cached_property
    def _saudara(self) -> dict[tuple[str, str], list[Decimal]]:
        """Values of the regions under the same parent, itself among them, that may be shown."""
        induk = self.semua.induk
        if induk is None:
            return {}
        beside = Q(wilayah__induk=induk, wilayah__berlaku_sampai=None, wilayah__contoh=self.semua.wilayah.contoh)
        rows = Capaian.objects.filter(beside, akhir__in={row.akhir for row in self.kini.values()})
        found: dict[tuple[str, str], list[Decimal]] = {}
        for pk, indikator, periode, nilai in rows.values_list("pk", "indikator_id", "periode", "nilai"):
            if nilai is not None and pk not in self._tersembunyi:
                found.setdefault((indikator, periode), []).append(nilai)
        return found

    def _sebaran(self, row: Capaian, indikator: Indikator) -> Sebaran | None:
        """None where only one may be shown; the yes and no of single desa have no middle either."""
        if indikator.jenis == Indikator.Jenis.YA_TIDAK and self.semua.wilayah.tingkat == Tingkat.DESA:
            return None
        values = self._saudara.get((row.indikator_id, row.periode), [])
        return Sebaran(median(values), min(values), max(values), len(values)) if len(values) > 1 else None

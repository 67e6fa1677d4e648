"""The catalogue of indicators as everybody may read it: the list by bidang, and one indicator with its targets."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from kecamatan.models import Bidang
from layanan_dasar.models import Indikator, TargetIndikator
from p3pd_portal.lib.angka import angka_utuh


@dataclass(frozen=True)
class Saringan:
    """What a reader asks of the list: a bidang ("" for all), and words of code or name."""

    bidang: str = ""
    kata: str = ""

    @classmethod
    def of(cls, query: Any) -> "Saringan":
        return cls(query.get("bidang", ""), query.get("kata", "").strip()[:80])

    def wants(self, indikator: Indikator) -> bool:
        text = f"{indikator.kode} {indikator.nama}".casefold()
        of_bidang = not self.bidang or indikator.bidang_id == self.bidang
        return of_bidang and all(word in text for word in self.kata.casefold().split())


@dataclass(frozen=True)
class Perubahan:
    """What a version of an indicator changed, and when."""

    versi: int
    tanggal: datetime.date
    isi: str


@dataclass(frozen=True)
class BarisTarget:
    """A target with its value and floor in words: "14,2%", "5 pilar", "–" without a floor."""

    target: TargetIndikator
    satuan: str

    @property
    def nilai(self) -> str:
        return angka_utuh(self.target.nilai) + self.satuan

    @property
    def lantai(self) -> str:
        return "–" if self.target.lantai is None else angka_utuh(self.target.lantai) + self.satuan


@dataclass(frozen=True)
class BarisIndikator:
    """An indicator with its targets for the whole nation, the one for every year first."""

    indikator: Indikator
    target: list[BarisTarget]

    @property
    def disagregasi(self) -> list[str]:
        return [Indikator.Disagregasi(kode).label for kode in self.indikator.disagregasi]

    @property
    def riwayat(self) -> list[Perubahan]:
        """Latest version first."""
        rows = [
            Perubahan(satu["versi"], datetime.date.fromisoformat(satu["tanggal"]), satu["perubahan"])
            for satu in self.indikator.riwayat
        ]
        return rows[::-1]


@dataclass(frozen=True)
class KelompokIndikator:
    """The indicators of one bidang; without a bidang those of konteks."""

    bidang: Bidang | None
    baris: list[BarisIndikator]


@dataclass(frozen=True)
class Katalog:
    """What of the catalogue a reader asked for, in groups that hold something; `n_semua` counts all there is."""

    saringan: Saringan
    pilihan: list[Bidang]
    kelompok: list[KelompokIndikator]
    n_semua: int

    @property
    def baris(self) -> Iterator[BarisIndikator]:
        return (baris for kelompok in self.kelompok for baris in kelompok.baris)


def katalog(saringan: Saringan) -> Katalog:
    """The list, by bidang in the order of the bidang, those of konteks apart and last. A bidang that does not exist is
    as if none had been asked for."""
    semua = [_baris(satu) for satu in _indikator()]
    pilihan = list(Bidang.objects.all())
    if saringan.bidang not in {satu.kode for satu in pilihan}:
        saringan = replace(saringan, bidang="")
    wanted = [baris for baris in semua if saringan.wants(baris.indikator)]
    groups = [KelompokIndikator(bidang, _of_bidang(wanted, bidang)) for bidang in pilihan]
    konteks = [baris for baris in wanted if baris.indikator.konteks]
    groups.append(KelompokIndikator(None, konteks))
    return Katalog(saringan, pilihan, [satu for satu in groups if satu.baris], len(semua))


def rinci(kode: str) -> BarisIndikator | None:
    """One indicator, if the catalogue has it."""
    satu = _indikator().filter(kode=kode).first()
    return _baris(satu) if satu else None


def _of_bidang(rows: list[BarisIndikator], bidang: Bidang) -> list[BarisIndikator]:
    return [satu for satu in rows if satu.indikator.bidang_id == bidang.kode and not satu.indikator.konteks]


def _indikator() -> QuerySet[Indikator]:
    targets = TargetIndikator.objects.filter(wilayah=None).order_by(F("tahun").asc(nulls_first=True), "basis")
    return Indikator.objects.select_related("bidang").prefetch_related(Prefetch("target", targets))


def _baris(indikator: Indikator) -> BarisIndikator:
    satuan = "%" if indikator.is_share else f" {indikator.satuan}"
    return BarisIndikator(indikator, [BarisTarget(target, satuan) for target in indikator.target.all()])

"""The page of a region's basic services in a year: indicators and services, each read once, when first asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kecamatan.models import Batas, Bidang, Tingkat, Wilayah
from kecamatan.queries.batas import batas_anak
from layanan_dasar.queries.angka import BarisIndikator, prioritas
from layanan_dasar.queries.capaian import CapaianWilayah
from layanan_dasar.queries.skor import SkorBidang, SkorWilayah, layanan, skor_wilayah


@dataclass(frozen=True)
class ProfilBidang:
    """The indicators of a service, those without figure too."""

    bidang: Bidang
    baris: list[BarisIndikator]

    @property
    def n_lapor(self) -> int:
        return sum(satu.kini is not None for satu in self.baris)


@dataclass(frozen=True)
class CapaianTahun:
    """A region and year. `bidang` narrows the lists of indicators and the map to one service; empty is all."""

    semua: CapaianWilayah
    tahun: int
    bidang: str = ""

    @property
    def wilayah(self) -> Wilayah:
        return self.semua.wilayah

    @property
    def is_desa(self) -> bool:
        return self.wilayah.tingkat == Tingkat.DESA

    @property
    def is_empty(self) -> bool:
        """No figure in any year."""
        return not self.semua.tahun_tersedia

    @property
    def bidang_tersedia(self) -> list[Bidang]:
        return layanan(self.semua.katalog)

    @cached_property
    def _baris(self) -> list[BarisIndikator]:
        return self.semua.terbaru(datetime.date(self.tahun, 12, 31))

    @cached_property
    def baris(self) -> list[BarisIndikator]:
        """Indicators of the services asked for."""
        return [satu for satu in self._baris if not satu.indikator.konteks and self._is_asked(satu)]

    @property
    def konteks(self) -> list[BarisIndikator]:
        """What other sources say, where they say something."""
        return [satu for satu in self._baris if satu.indikator.konteks and satu.kini and self._is_asked(satu)]

    def _is_asked(self, satu: BarisIndikator) -> bool:
        return not self.bidang or satu.indikator.bidang_id == self.bidang

    @property
    def profil(self) -> list[ProfilBidang]:
        found = [ProfilBidang(bidang, [satu for satu in self.baris if satu.indikator.bidang_id == bidang.pk])
                 for bidang in self.bidang_tersedia]  # fmt: skip
        return [satu for satu in found if satu.baris]

    @property
    def prioritas(self) -> list[BarisIndikator]:
        return prioritas(self.baris)

    @property
    def is_tertekan(self) -> bool:
        """Whether something was hidden from this reader."""
        figures = [angka for satu in self._baris for angka in (satu.kini, satu.lalu, satu.induk)]
        return any(angka and angka.alasan for angka in figures)

    @cached_property
    def skor(self) -> SkorWilayah:
        return skor_wilayah(
            self.wilayah, self.semua.induk, self.tahun, self.semua.katalog, is_known=self.semua.pembaca.di_sini
        )

    @property
    def skor_bidang(self) -> SkorBidang | None:
        """Of the service asked for."""
        return next((satu for satu in self.skor.bidang if satu.bidang.pk == self.bidang), None)

    @cached_property
    def batas(self) -> Mapping[int, Batas]:
        """Outlines of the regions below."""
        return batas_anak(self.wilayah)

"""The page of a region's basic services in a year: indicators and services, each read once, when first asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kecamatan.models import Batas, Bidang, Tingkat, Wilayah
from kecamatan.queries.batas import batas_anak
from layanan_dasar.queries.angka import BarisIndikator, prioritas, rendah
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
    def n_lapor(self) -> int:
        return sum(satu.kini is not None for satu in self.baris)

    @property
    def akhir(self) -> datetime.date | None:
        """Last day of the latest period among the figures of these indicators."""
        return max((satu.kini.periode.akhir for satu in self.baris if satu.kini), default=None)

    @cached_property
    def prioritas(self) -> list[BarisIndikator]:
        return prioritas(self.baris)

    @cached_property
    def rendah(self) -> list[BarisIndikator]:
        return rendah(self.baris)

    @property
    def n_dinilai(self) -> int:
        """Indicators with a score."""
        return sum(satu.kini is not None and satu.kini.skor is not None for satu in self.baris)

    @cached_property
    def belum_mewakili(self) -> set[str]:
        """Services whose score rests, by half of its indicators or more, on figures of too few desa."""
        found: dict[str, list[bool]] = {}
        for satu in self._baris:
            if satu.kini and satu.kini.skor is not None:
                found.setdefault(satu.indikator.bidang_id or "", []).append(satu.kini.is_cakupan_kurang)
        return {bidang for bidang, flags in found.items() if 2 * sum(flags) >= len(flags)}

    @property
    def n_bertren(self) -> int:
        """Indicators with a score whose trend is known."""
        return sum(satu.membaik is not None and satu.kini is not None and satu.kini.skor is not None
                   for satu in self.baris)  # fmt: skip

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

"""Which sheets a region has to fill, how far each is, and whether it came in time."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Max

from kecamatan.models import Tingkat, Wilayah
from kecamatan.queries.hari_libur import Kalender, kalender
from kecamatan.queries.wilayah import kecamatan_of
from layanan_dasar.models import Dataset, Indikator, Isian, NilaiIsian, PengecualianKunci
from layanan_dasar.queries.baris_isian import BarisIsian, Langkah, Lembaran, baris_isian, langkah_of
from layanan_dasar.queries.jadwal import jadwal, pengecualian_of, periode_berakhir
from p3pd_portal.lib.periode import Periode


BANYAK = {"B": 3, "T": 2, "S": 2, "Y": 1}
"""How many of the last periods the list shows, by how often a dataset is due."""


@dataclass(frozen=True)
class SelKelengkapan:
    """How far a desa is with one sheet, and whether it was complete only after the due date, or is not yet."""

    terisi: int
    diminta: int
    terlambat: bool


@dataclass(frozen=True)
class KelengkapanDesa:
    """How far a desa is with the sheets of the latest periods, in the order of `DaftarIsian.terkini`."""

    desa: Wilayah
    sel: Sequence[SelKelengkapan]


@dataclass(frozen=True)
class DaftarIsian:
    """The sheets of a kecamatan, or what one of its desa sees of them."""

    wilayah: Wilayah

    @property
    def kecamatan(self) -> Wilayah:
        return kecamatan_of(self.wilayah)

    @cached_property
    def kalender(self) -> Kalender:
        return kalender(self.kecamatan)

    @cached_property
    def diminta(self) -> Mapping[tuple[str, str], int]:
        """How many indicators each service asks for how often."""
        return indikator_diminta()

    @cached_property
    def baris(self) -> Sequence[BarisIsian]:
        """By due date, latest period first."""
        wanted = lembar_diminta(self._hari_ini)
        found = self._isian([str(periode) for _, periode in wanted])
        rows = [self._baris(dataset, periode, found.get((dataset.kode, str(periode)))) for dataset, periode in wanted]
        return sorted(rows, key=lambda row: (row.periode.akhir, row.jadwal.tenggat), reverse=True)

    @property
    def berjalan(self) -> Sequence[BarisIsian]:
        """Those that still wait for somebody."""
        return [row for row in self.baris if row.is_berjalan]

    @property
    def selesai(self) -> Sequence[BarisIsian]:
        """Published, or locked before anybody submitted them."""
        return [row for row in self.baris if not row.is_berjalan]

    @cached_property
    def terkini(self) -> Sequence[BarisIsian]:
        """Of each dataset the latest period."""
        latest: dict[str, BarisIsian] = {}
        for row in self.baris:
            latest.setdefault(row.dataset.kode, row)
        return sorted(latest.values(), key=lambda row: (row.dataset.bidang.urutan, row.dataset.frekuensi))

    def kelengkapan(self) -> Sequence[KelengkapanDesa]:
        """Completeness and timeliness of every desa in the latest period of every dataset."""
        sheets = {row.isian.pk: row for row in self.terkini if row.isian}
        rows = NilaiIsian.objects.filter(isian__in=sheets).values("wilayah", "isian")
        filled = {
            (row["wilayah"], sheets[row["isian"]].dataset.kode): (row["n"], row["akhir"])
            for row in rows.annotate(n=Count("pk"), akhir=Max("diisi_pada"))
        }
        return [self._kelengkapan(desa, filled) for desa in Wilayah.objects.children_of(self.kecamatan)]

    def _kelengkapan(
        self, desa: Wilayah, filled: Mapping[tuple[int, str], tuple[int, datetime.datetime]]
    ) -> KelengkapanDesa:
        cells = []
        for row in self.terkini:
            n, last = filled.get((desa.pk, row.dataset.kode), (0, None))
            asked = self.diminta[row.dataset.bidang_id, row.dataset.frekuensi]
            day = last.astimezone(self.kalender.zoneinfo).date() if last and n >= asked else self._hari_ini
            cells.append(SelKelengkapan(n, asked, day > row.jadwal.tenggat))
        return KelengkapanDesa(desa, cells)

    @cached_property
    def _hari_ini(self) -> datetime.date:
        return self.kalender.hari_ini

    def _isian(self, periode: Sequence[str]) -> Mapping[tuple[str, str], Isian]:
        of = Isian.objects.filter(kecamatan=self.kecamatan, periode__in=set(periode)).order_by("versi")
        desa = self.wilayah if self.wilayah.tingkat == Tingkat.DESA else None
        rows = of.select_related("dataset", "kecamatan").with_terisi(desa)
        return {(satu.dataset_id, satu.periode): satu for satu in rows}

    @cached_property
    def _langkah(self) -> "Langkah":
        return langkah_of(Isian.objects.filter(kecamatan=self.kecamatan))

    @cached_property
    def _pengecualian(self) -> list[PengecualianKunci]:
        return pengecualian_of(self.kecamatan, self._hari_ini)

    @cached_property
    def _n_desa(self) -> int:
        return Wilayah.objects.children_of(self.kecamatan).count() if self.wilayah.tingkat < Tingkat.DESA else 1

    def _baris(self, dataset: Dataset, periode: Periode, isian: Isian | None) -> BarisIsian:
        days = jadwal(dataset, periode, self.kalender, self._pengecualian)
        n_sel = self._n_desa * self.diminta[dataset.bidang_id, dataset.frekuensi]
        return baris_isian(Lembaran(dataset, periode, self.kecamatan, isian), days, n_sel, self._langkah)


def lembar_diminta(hari: datetime.date) -> list[tuple[Dataset, Periode]]:
    """The last periods of every dataset that are over on a day."""
    return [
        (dataset, periode)
        for dataset in Dataset.objects.open().select_related("bidang")
        for periode in periode_berakhir(dataset, hari, BANYAK[dataset.frekuensi])
    ]


def indikator_diminta() -> Mapping[tuple[str, str], int]:
    """How many indicators of the catalogue each service and frequency has."""
    rows = Indikator.objects.filter(konteks=False).values_list("bidang", "frekuensi")
    return Counter(rows)

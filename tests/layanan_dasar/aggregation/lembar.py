"""Sheets of figures in memory: a few desa, round numbers, no database."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.temuan import TemuanBaru, periksa_lembar
from layanan_dasar.models import AturanIsian, Dataset, Indikator, Lembar, Sel
from p3pd_portal.lib.periode import Periode


HARI = datetime.date(2025, 3, 10)
KECAMATAN = 900
"""Key of the kecamatan; its desa have 1, 2, 3 and so on."""
JENIS: dict[str, dict[str, Any]] = {
    "riil": {"jenis": "persen", "jenis_penyebut": "riil"},
    "proyeksi": {"jenis": "persen", "jenis_penyebut": "proyeksi"},
    "kumulatif": {"jenis": "persen", "jenis_penyebut": "proyeksi", "kumulatif": True},
    "jumlah": {"jenis": "jumlah"},
    "skala": {"jenis": "skala"},
}

Angka = int | str | None


def sel(pembilang: Angka = None, penyebut: Angka = None, status: str = "ada", **rincian: Angka) -> Sel:
    """A cell that has figures, unless told otherwise; `rincian` are laki_laki, perempuan and disabilitas."""
    figures = {"pembilang": pembilang, "penyebut": penyebut, **rincian}
    return Sel(**{name: None if value is None else Decimal(value) for name, value in figures.items()}, status=status)


def lembar(
    isi: Mapping[str, Sequence[Sel]],
    *,
    jenis: str = "riil",
    periode: str = "2025-02",
    penduduk: int | None = None,
    **pembanding: Mapping[str, Sequence[Sel]],
) -> Lembar:
    """By indicator the cells of desa 1, 2, 3 …; `lalu` and `setahun` likewise, `total` the kecamatan's own cell."""
    banyak = max(map(len, isi.values()))
    whole = {(KECAMATAN, kode): cells[0] for kode, cells in pembanding.pop("total", {}).items()}
    return Lembar(
        dataset=Dataset(kode="UJI-B"),
        kecamatan=Wilayah(pk=KECAMATAN),
        periode=Periode.parse(periode),
        versi=1,
        indikator=tuple(Indikator(kode=kode, **JENIS[jenis]) for kode in isi),
        desa=tuple(Wilayah(pk=pk) for pk in range(1, banyak + 1)),
        isi=_by_desa(isi) | whole,
        penduduk={} if penduduk is None else dict.fromkeys(range(1, banyak + 1), penduduk),
        **{name: _by_desa(cells) for name, cells in pembanding.items()},
    )


def with_cell(satu: Lembar, pk: int, kode: str, cell: Sel) -> Lembar:
    return replace(satu, isi={**satu.isi, (pk, kode): cell})


def _by_desa(cells: Mapping[str, Sequence[Sel]]) -> dict[tuple[int, str], Sel]:
    return {(pk, kode): cell for kode, column in cells.items() for pk, cell in enumerate(column, 1)}


def aturan(ekspresi: str, cakupan: str = "sel", **fields: Any) -> AturanIsian:
    """A rule with its own words, not stored."""
    return AturanIsian(**{"kode": "uji", "ekspresi": ekspresi, "cakupan": cakupan, "pesan": "Janggal."} | fields)


def found(satu: Lembar, *rules: AturanIsian) -> list[TemuanBaru]:
    return periksa_lembar(satu, rules, HARI)

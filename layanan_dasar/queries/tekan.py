"""Which published figures the public does not see, because few people stand behind them (reference of P3PD 1D §2.3).

Of health and social security no cell with 0 < P < 5 or N < 10; no figure below the level of publication of its
indicator. And none that could be told from the others: where a table has a total, one hidden cell is the total minus
the rest, so another one is hidden beside it; a cell hidden for that reason must not be the sum of the table below it.
Children of one region are a table, the region's own figure is its total.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import RowNumber

from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import NASIONAL
from layanan_dasar.models import Capaian, Indikator


BIDANG_PEKA = ("KES", "JSO")
PEMBILANG_TERKECIL, PENYEBUT_TERKECIL = 5, 10
_TERENDAH = Indikator.TingkatPublikasi.DESA
_ORANG = (Indikator.Jenis.PERSEN, Indikator.Jenis.JUMLAH)
"""Kinds that count people; a yes or a rung of a ladder says nothing about anybody."""


class Alasan(models.TextChoices):
    """Why a figure is hidden, with what stands in its place."""

    KECIL = "kecil", f"<{PEMBILANG_TERKECIL}"
    SEDIKIT = "sedikit", "ditekan"
    PELENGKAP = "pelengkap", "ditekan"
    TINGKAT = "tingkat", "tidak dibuka"


class Total(Enum):
    """What a reader knows of the sum of a table."""

    TAMPIL = "tampil"
    TERSIRAT = "tersirat"
    """Hidden for the sake of another cell, so that the table below must not give it away."""
    TERTUTUP = "tertutup"


@dataclass(frozen=True)
class Sel:
    """A cell of a table.

    Attributes:
        peka: small numbers are hidden.
        tertutup: not to be published at all.
    """

    id: int
    pembilang: Decimal | None
    penyebut: Decimal | None = None
    peka: bool = True
    tertutup: bool = False


def alasan_sendiri(sel: Sel) -> Alasan | None:
    """Why a cell is hidden whatever stands beside it. Nobody to serve (N = 0) has no figure to hide."""
    if sel.tertutup:
        return Alasan.TINGKAT
    if not sel.peka or sel.pembilang is None:
        return None
    if 0 < sel.pembilang < PEMBILANG_TERKECIL:
        return Alasan.KECIL
    return Alasan.SEDIKIT if sel.penyebut is not None and 0 < sel.penyebut < PENYEBUT_TERKECIL else None


def tekan(tabel: Sequence[Sel], total: Total) -> dict[int, Alasan]:
    """The hidden cells of a table, by id.

    Beside one hidden cell under a known total the smallest of the others is hidden too: the smallest that is not zero,
    for a zero protects nobody; a zero only where there is nothing else.
    """
    hidden = {sel.id: alasan for sel in tabel if (alasan := alasan_sendiri(sel))}
    least = {Total.TAMPIL: 2 if hidden else 0, Total.TERSIRAT: 1, Total.TERTUTUP: 0}[total]
    if total is Total.TAMPIL and _is_exact([sel for sel in tabel if sel.id in hidden], set(hidden.values())):
        least = len(hidden) + 1
    rest = [(not sel.pembilang, sel.pembilang, sel.id) for sel in tabel
            if sel.id not in hidden and sel.pembilang is not None]  # fmt: skip
    more = sorted(rest)[: max(0, least - len(hidden))]
    return hidden | {pk: Alasan.PELENGKAP for _, _, pk in more}


def _is_exact(cells: Sequence[Sel], alasan: set[Alasan]) -> bool:
    """Whether what is left of the total can only be split in one way: every "<5" among them is one, or is four."""
    left = sum(sel.pembilang or 0 for sel in cells)
    return alasan == {Alasan.KECIL} and left in (len(cells), (PEMBILANG_TERKECIL - 1) * len(cells))


def is_peka(indikator: Indikator) -> bool:
    """Whether small numbers of an indicator are hidden."""
    return indikator.bidang_id in BIDANG_PEKA and indikator.jenis in _ORANG


def is_dibatasi(indikator: Indikator) -> bool:
    """Whether anything of an indicator may be hidden; then the extremes of its desa are."""
    return is_peka(indikator) or indikator.tingkat_publikasi != _TERENDAH


_TINGKAT = {
    Indikator.TingkatPublikasi.DESA: Tingkat.DESA,
    Indikator.TingkatPublikasi.KECAMATAN: Tingkat.KECAMATAN,
    Indikator.TingkatPublikasi.KABUPATEN: Tingkat.KABUPATEN,
}


def is_tertutup(indikator: Indikator, tingkat: int, n_data: int) -> bool:
    """Below the level of publication; or a region whose figure is that of a single desa, which may not be shown."""
    lowest = _TINGKAT[Indikator.TingkatPublikasi(indikator.tingkat_publikasi)]
    return tingkat > lowest or (lowest < Tingkat.DESA and n_data == 1)


@dataclass(frozen=True)
class _Baris:
    """A figure on the way from the nation to a region, or beside that way."""

    id: int
    kode: str
    tutup: bool
    tingkat: int
    indikator: str
    periode: str
    pembilang: Decimal | None
    penyebut: Decimal | None
    n_data: int

    def sel(self, indikator: Indikator) -> Sel:
        closed = is_tertutup(indikator, self.tingkat, self.n_data)
        return Sel(self.id, self.pembilang, self.penyebut, is_peka(indikator), closed)


def tersembunyi(
    jalur: Sequence[Wilayah], indikator: Iterable[Indikator], akhir: Collection[datetime.date]
) -> dict[int, Alasan]:
    """Ids of the figures that the public does not see: of the first region of a way down, and of all children of every
    region on it.

    Args:
        jalur: regions, each the parent of the next.
        akhir: last days of the periods that are looked at.
    """
    known = {satu.kode: satu for satu in indikator if is_dibatasi(satu)}
    if not known or not akhir or not jalur:
        return {}
    figures: dict[tuple[str, str], list[_Baris]] = defaultdict(list)
    for row in _rows(jalur, known, akhir):
        figures[row.indikator, row.periode].append(row)
    kode = {satu.kode for satu in jalur}
    hidden: dict[int, Alasan] = {}
    for (satu, _), rows in figures.items():
        hidden |= _turun(rows, known[satu], kode)
    return hidden


def _turun(rows: Sequence[_Baris], indikator: Indikator, jalur: set[str]) -> dict[int, Alasan]:
    """One figure from table to table downwards; what is known of a table's total follows from the table above."""
    hidden: dict[int, Alasan] = {}
    total = Total.TERTUTUP
    for tingkat in sorted({row.tingkat for row in rows}):
        table = [row for row in rows if row.tingkat == tingkat]
        hidden |= tekan([row.sel(indikator) for row in table], total)
        here = [row for row in table if row.kode in jalur]
        total = _total(hidden.get(here[0].id)) if here else Total.TERTUTUP
    return hidden


def _total(alasan: Alasan | None) -> Total:
    if alasan is None:
        return Total.TAMPIL
    return Total.TERSIRAT if alasan is Alasan.PELENGKAP else Total.TERTUTUP


def _rows(jalur: Sequence[Wilayah], indikator: dict[str, Indikator], akhir: Collection[datetime.date]) -> list[_Baris]:
    """Only what can matter of each table: the way itself, small cells, and the smallest of the others; of indicators
    that are closed from some level on every cell. Of a closed village nothing where its successor has a figure."""
    small = Q(pembilang__gt=0, pembilang__lt=PEMBILANG_TERKECIL) | Q(penyebut__gt=0, penyebut__lt=PENYEBUT_TERKECIL)
    rank = Window(
        RowNumber(),
        partition_by=[F("wilayah__tingkat"), F("indikator_id"), F("periode"), F("kecil")],
        order_by=[ExpressionWrapper(Q(pembilang=0), BooleanField()).asc(), F("pembilang").asc(), F("id").asc()],
    )
    found = Capaian.objects.filter(_tables(jalur), indikator__in=indikator, akhir__in=akhir)
    found = found.annotate(kecil=ExpressionWrapper(small | Q(n_data=1), BooleanField()), urutan=rank)
    by_level = [satu.kode for satu in indikator.values() if satu.tingkat_publikasi != _TERENDAH]
    kept = Q(wilayah__kode_kini__in=[satu.kode for satu in jalur]) | Q(indikator__in=by_level)
    values = found.filter(Q(kecil=True) | Q(urutan=1) | kept).values_list(
        "id", "wilayah__kode_kini", "wilayah__berlaku_sampai", "wilayah__tingkat", "indikator_id", "periode",
        "pembilang", "penyebut", "n_data",
    )  # fmt: skip
    rows = [_Baris(pk, kode, sampai is not None, *rest) for pk, kode, sampai, *rest in values]
    own = {(row.kode, row.indikator, row.periode) for row in rows if not row.tutup}
    return [row for row in rows if not row.tutup or (row.kode, row.indikator, row.periode) not in own]


def _tables(jalur: Sequence[Wilayah]) -> Q:
    """The first region and the children of all; villages that were closed count where their successors are."""
    children = Q(wilayah__induk__in=jalur, wilayah__berlaku_sampai__isnull=True)
    if jalur[0].kode == NASIONAL:
        children &= Q(wilayah__contoh=False)
    tables = Q(wilayah__kode_kini=jalur[0].kode) | children
    for satu in jalur:
        if satu.tingkat == Tingkat.KECAMATAN:
            tables |= Q(wilayah__kode_kini__startswith=f"{satu.kode}.", wilayah__berlaku_sampai__isnull=False)
    return tables

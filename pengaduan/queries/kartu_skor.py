"""Score cards to read: criteria by group, round beside round; what few people said is hidden from everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from kecamatan.models import Pengguna, Wilayah
from pengaduan.models import KartuSkor, KriteriaSkor, RencanaAksiSkor
from pengaduan.queries.publik import TERKECIL


SEHALAMAN = 25
BEDA_BESAR = 2
"""From this distance on, groups are said to see a criterion differently."""
Kelompok = KriteriaSkor.Kelompok


@dataclass(frozen=True)
class Sel:
    """What a group says of a criterion; `lalu` is its score of the round before. Nothing at all: it did not say."""

    skor: int | None = None
    alasan: str = ""
    lalu: int | None = None
    ditekan: bool = False


@dataclass(frozen=True)
class BarisKriteria:
    """A criterion with a cell for every group of the card."""

    kriteria: str
    sel: Sequence[Sel]
    warga: Sequence[int]

    @property
    def rentang(self) -> str:
        """From the lowest to the highest score that groups of citizens gave, of those that are shown."""
        if not self.warga:
            return "–"
        low, high = min(self.warga), max(self.warga)
        return str(low) if low == high else f"{low}–{high}"

    @property
    def berbeda(self) -> bool:
        return bool(self.warga) and max(self.warga) - min(self.warga) >= BEDA_BESAR


@dataclass(frozen=True)
class KelompokKartu:
    """A group with the number of those who took part; `ditekan`: too few for others to know what they said."""

    kode: str
    label: str
    n: int
    ditekan: bool


@dataclass(frozen=True)
class IsiKartu:
    """A card in full."""

    kartu: KartuSkor
    kelompok: Sequence[KelompokKartu]
    baris: Sequence[BarisKriteria]
    aksi: Sequence[RencanaAksiSkor]
    sebelumnya: KartuSkor | None


def isi_kartu(kartu: KartuSkor, *, publik: bool = False) -> IsiKartu:
    """A card with the round before beside it. For everybody (`publik`) without what a group of fewer than five said;
    the provider speaks for an office and is always shown. The round before counts for everybody once published."""
    before = _sebelumnya(kartu, publik)
    rows = list(kartu.skor.all())
    groups = _kelompok(rows, publik)
    hidden = {satu.kode for satu in groups if satu.ditekan}
    old = _skor(before, publik)
    now = {(row.kriteria, row.kelompok): row for row in rows}
    criteria = dict.fromkeys(row.kriteria for row in rows)
    baris = [_baris(kriteria, groups, now, old, hidden) for kriteria in criteria]
    return IsiKartu(kartu, groups, baris, list(kartu.aksi.all()), before)


def _sebelumnya(kartu: KartuSkor, publik: bool) -> KartuSkor | None:
    same = KartuSkor.objects.filter(wilayah=kartu.wilayah_id, unit=kartu.unit_id, bidang=kartu.bidang_id)
    earlier = same.filter(putaran__lt=kartu.putaran)
    return (earlier.published() if publik else earlier).order_by("-putaran").first()


def _kelompok(rows: Sequence[KriteriaSkor], publik: bool) -> list[KelompokKartu]:
    people = {row.kelompok: row.n_peserta for row in rows}
    return [
        KelompokKartu(kode, str(kode.label), people[kode], _is_hidden(kode, people[kode], publik))
        for kode in Kelompok
        if kode in people
    ]


def _is_hidden(kelompok: str, n: int, publik: bool) -> bool:
    return publik and n < TERKECIL and kelompok != Kelompok.PENYEDIA


def _skor(kartu: KartuSkor | None, publik: bool) -> dict[tuple[str, str], int]:
    """Scores of a round by criterion, however it is spelled, and group."""
    rows = kartu.skor.all() if kartu else []
    return {
        (row.kriteria.casefold(), row.kelompok): row.skor
        for row in rows
        if not _is_hidden(row.kelompok, row.n_peserta, publik)
    }


def _baris(
    kriteria: str,
    groups: Sequence[KelompokKartu],
    now: dict[tuple[str, str], KriteriaSkor],
    old: dict[tuple[str, str], int],
    hidden: set[str],
) -> BarisKriteria:
    cells, citizens = [], []
    for group in groups:
        row = now.get((kriteria, group.kode))
        if row is None or group.kode in hidden:
            cells.append(Sel(ditekan=row is not None))
            continue
        cells.append(Sel(row.skor, row.alasan, old.get((kriteria.casefold(), group.kode))))
        if group.kode != Kelompok.PENYEDIA:
            citizens.append(row.skor)
    return BarisKriteria(kriteria, cells, citizens)


def daftar_kelola(user: Pengguna, wilayah: Wilayah, halaman: int = 1) -> Page[Any]:
    """Cards of a region that somebody keeps, each with the number of its actions (`n_aksi`), the latest first."""
    rows = KartuSkor.objects.visible_to(user).in_wilayah(wilayah).select_related("wilayah", "unit", "bidang")
    return Paginator(rows.annotate(n_aksi=Count("aksi")).order_by("-tanggal", "-pk"), SEHALAMAN).get_page(halaman)


def daftar_publik(wilayah: Wilayah, halaman: int = 1) -> Page[KartuSkor]:
    rows = KartuSkor.objects.published().in_wilayah(wilayah).select_related("wilayah", "unit", "bidang")
    return Paginator(rows, SEHALAMAN).get_page(halaman)

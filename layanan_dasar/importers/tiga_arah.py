"""Three-way comparison of cells: what a workbook was filled with, what it brings, and what the sheet holds by now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from layanan_dasar.models import Sel
from layanan_dasar.models.lembar import KOSONG, Kunci


class JenisBeda(StrEnum):
    """What becomes of a cell. Only the middle three write; only `BENTROK` asks."""

    SAMA = "sama"
    BARU = "baru"
    BERUBAH = "berubah"
    DIKOSONGKAN = "dikosongkan"
    TETAP_MEREKA = "tetap_mereka"
    """Left alone in the workbook, changed in the sheet meanwhile: the sheet's stays, silently."""
    BENTROK = "bentrok"
    """Changed on both sides, and differently."""


DITULIS = (JenisBeda.BARU, JenisBeda.BERUBAH, JenisBeda.DIKOSONGKAN)
"""Kinds that change the sheet."""


@dataclass(frozen=True)
class Beda:
    """A cell on its three sides: at download, in the workbook, in the sheet now."""

    jenis: JenisBeda
    dasar: Sel
    mine: Sel
    theirs: Sel

    @property
    def hasil(self) -> Sel:
        """What the sheet should hold. In a conflict that is what it holds, until somebody chose."""
        return self.theirs if self.jenis in (JenisBeda.TETAP_MEREKA, JenisBeda.BENTROK) else self.mine


def banding(dasar: Mapping[Kunci, Sel], mine: Mapping[Kunci, Sel], theirs: Mapping[Kunci, Sel]) -> dict[Kunci, Beda]:
    """Every cell that any side has. One that a side lacks is empty there."""
    keys = dict.fromkeys((*dasar, *mine, *theirs))
    return {key: _beda(dasar.get(key, KOSONG), mine.get(key, KOSONG), theirs.get(key, KOSONG)) for key in keys}


def _beda(dasar: Sel, mine: Sel, theirs: Sel) -> Beda:
    return Beda(_jenis(dasar, mine, theirs), dasar, mine, theirs)


def _jenis(dasar: Sel, mine: Sel, theirs: Sel) -> JenisBeda:
    if mine == theirs:
        return JenisBeda.SAMA
    if mine == dasar:
        return JenisBeda.TETAP_MEREKA
    if theirs != dasar:
        return JenisBeda.BENTROK
    if not mine.is_filled:
        return JenisBeda.DIKOSONGKAN
    return JenisBeda.BERUBAH if dasar.is_filled else JenisBeda.BARU


def hitung(beda: Iterable[Beda]) -> dict[JenisBeda, int]:
    """How many cells there are of each kind, zero included."""
    counts = Counter(satu.jenis for satu in beda)
    return {jenis: counts[jenis] for jenis in JenisBeda}

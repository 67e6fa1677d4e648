"""How spending follows need (reference of P3PD 1D §4.5): shares of the gaps beside shares of the money. The same
formula as the index's C3 in indeks.py, for showing its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from p3pd_portal.lib.angka import ratio


PALING_SEDIKIT = 3
"""Services whose gap must be known before anything is compared."""


class Kuadran(Enum):
    """Where a service stands: need high or low, share of the money high or low. A question to discuss, no verdict."""

    PRIORITASKAN = "Prioritaskan"
    TINJAU = "Tinjau efektivitas"
    PERTAHANKAN = "Pertahankan"
    PANTAU = "Pantau"

    @property
    def arti(self) -> str:
        return _ARTI[self]


_ARTI = {
    Kuadran.PRIORITASKAN: "kebutuhan besar, bagian belanja kecil: perlukah ditambah?",
    Kuadran.TINJAU: "kebutuhan besar, bagian belanja besar: apakah belanjanya sudah tepat?",
    Kuadran.PERTAHANKAN: "kebutuhan kecil, bagian belanja besar: apa yang perlu dijaga?",
    Kuadran.PANTAU: "kebutuhan kecil, bagian belanja kecil: cukupkah dipantau?",
}


@dataclass(frozen=True)
class Pasangan:
    """A service whose gap is known.

    Attributes:
        gap: 0 at the target, 1 at the floor.
        anggaran: Rp budgeted for its core kegiatan; None if unknown.
        kebutuhan: w, its share of all gaps; None if no gap is left.
        belanja: s, its share of the money for these services; None if there is none.
        batas: the even share, from which both count as high.
    """

    kode: str
    nama: str
    gap: Decimal
    anggaran: int | None
    kebutuhan: Decimal | None
    belanja: Decimal | None
    batas: Decimal

    @property
    def selisih(self) -> Decimal | None:
        """Share of the money less share of the need; below 0 the need is larger."""
        return None if self.kebutuhan is None or self.belanja is None else self.belanja - self.kebutuhan

    @property
    def kuadran(self) -> Kuadran | None:
        if self.kebutuhan is None or self.belanja is None:
            return None
        if self.kebutuhan >= self.batas:
            return Kuadran.TINJAU if self.belanja >= self.batas else Kuadran.PRIORITASKAN
        return Kuadran.PERTAHANKAN if self.belanja >= self.batas else Kuadran.PANTAU


def pasangkan(
    gap: Mapping[str, Decimal | None], anggaran: Mapping[str, int | None], nama: Mapping[str, str] | None = None
) -> list[Pasangan]:
    """The services whose gap is known, in the order given, beside what is budgeted for them.

    Args:
        gap: by code of the service; None is unknown.
        anggaran: Rp by code of the service; None is unknown.
        nama: of the services by code; a code without one is its own name.
    """
    nama = nama or {}
    known = {kode: satu for kode, satu in gap.items() if satu is not None}
    uang = [anggaran.get(kode) for kode in known]
    need, money = sum(known.values()), None if None in uang else sum(satu or 0 for satu in uang)
    return [
        Pasangan(
            kode, nama.get(kode, kode), satu, rupiah, ratio(satu, need), ratio(rupiah, money), Decimal(1) / len(known)
        )
        for (kode, satu), rupiah in zip(known.items(), uang, strict=True)
    ]


def alasan_kosong(rows: Sequence[Pasangan]) -> str:
    """Why need and spending cannot be compared, as the end of a sentence; empty when they can."""
    if not rows:
        return "capaian layanan belum ada"
    if len(rows) < PALING_SEDIKIT:
        return f"capaian layanan baru ada untuk {len(rows)} dari sedikitnya {PALING_SEDIKIT} bidang"
    if any(satu.anggaran is None for satu in rows):
        return "rincian kegiatan belum ada"
    if rows[0].kebutuhan is None:
        return "semua bidang sudah mencapai target"
    return "belum ada belanja untuk bidang-bidang ini" if rows[0].belanja is None else ""


def keselarasan(rows: Sequence[Pasangan]) -> Decimal | None:
    """C3 = 1 − ½ Σ|w − s|: the overlap of both shares, 0 to 1; None where `alasan_kosong` says why."""
    if alasan_kosong(rows):
        return None
    return 1 - sum((abs(satu.selisih or Decimal(0)) for satu in rows), Decimal(0)) / 2

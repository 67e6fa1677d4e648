"""Participants counted by group. Pure: rows in, groups out; every total is the group of all rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from p3pd_portal.lib.gain import Ringkasan, summary
from pelatihan.models import Peserta


ORANG_TERSEDIKIT = 5
"""[design] Of fewer people only the number is shown: reports are passed on, and marks are nobody else's business."""


@dataclass(frozen=True)
class BarisPeserta:
    """What a report knows of one participant; None for what nobody knows, which is not 0.

    Attributes:
        hadir: share of the lesson hours attended, in per cent.
        pra, pasca: marks of the first and the last test, 0–100.
    """

    provinsi: str
    kabupaten: str
    unsur: str
    jenis_kelamin: str
    status: str
    hadir: Decimal | None = None
    pra: Decimal | None = None
    pasca: Decimal | None = None
    rtl: bool = False
    jabatan: str = ""


@dataclass(frozen=True)
class Kelompok:
    """Participants of one group.

    Attributes:
        perempuan, laki_laki: of those whose sex is known.
        hadir: mean of the attendance of the `n_hadir` participants for whom it is known, in per cent.
        tes: gain of those who took both tests; of a group of too few only how many they are.
    """

    nama: str
    n: int
    perempuan: int
    laki_laki: int
    lulus: int
    tidak_lulus: int
    hadir: Decimal | None
    n_hadir: int
    tes: Ringkasan
    rtl: int

    @property
    def belum(self) -> int:
        """Those of whom it is not decided yet."""
        return self.n - self.lulus - self.tidak_lulus


def count(nama: str, rows: Iterable[BarisPeserta]) -> Kelompok:
    """One group of its participants."""
    known = list(rows)
    present = [row.hadir for row in known if row.hadir is not None]
    return Kelompok(
        nama=nama,
        n=len(known),
        perempuan=sum(row.jenis_kelamin == "P" for row in known),
        laki_laki=sum(row.jenis_kelamin == "L" for row in known),
        lulus=sum(row.status == Peserta.Status.LULUS for row in known),
        tidak_lulus=sum(row.status == Peserta.Status.TIDAK_LULUS for row in known),
        hadir=sum(present, Decimal()) / len(present) if present else None,
        n_hadir=len(present),
        tes=summary((row.pra, row.pasca) for row in known if row.pra is not None and row.pasca is not None),
        rtl=sum(row.rtl for row in known),
    )


def group(rows: Iterable[BarisPeserta], kunci: Callable[[BarisPeserta], str]) -> list[Kelompok]:
    """Groups by name, the one without a name last: every row stands in exactly one. Marks of less than
    ORANG_TERSEDIKIT people are left out."""
    found: dict[str, list[BarisPeserta]] = defaultdict(list)
    for row in rows:
        found[kunci(row)].append(row)
    groups = [count(nama, found[nama]) for nama in sorted(found, key=lambda nama: (not nama, nama))]
    return [satu if satu.tes.n >= ORANG_TERSEDIKIT else replace(satu, tes=Ringkasan(satu.tes.n)) for satu in groups]

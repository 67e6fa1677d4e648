"""What a cohort costs, in all and for each participant."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pelatihan.models import Angkatan, Biaya


@dataclass(frozen=True)
class RingkasanBiaya:
    """Costs of a cohort in whole rupiah.

    Attributes:
        rencana, realisasi: sums of what is known; None where nothing is.
        belum: components without realisasi: with any, `realisasi` is not the whole.
        n: participants it is divided by.
    """

    rows: list[Biaya]
    rencana: int | None
    realisasi: int | None
    belum: int
    n: int

    @property
    def per_peserta(self) -> int | None:
        """Realisasi for each participant, rounded half up; None without participants, and while a bill is missing."""
        if self.realisasi is None or self.belum or not self.n:
            return None
        return int(Fraction(self.realisasi, self.n) + Fraction(1, 2))


def ringkas_biaya(rows: Iterable[Biaya], n: int) -> RingkasanBiaya:
    """The sums of components, for `n` participants."""
    known = list(rows)
    planned = [satu.rencana for satu in known if satu.rencana is not None]
    spent = [satu.realisasi for satu in known if satu.realisasi is not None]
    return RingkasanBiaya(
        known, sum(planned) if planned else None, sum(spent) if spent else None, len(known) - len(spent), n
    )


def biaya_angkatan(angkatan: Angkatan) -> RingkasanBiaya:
    """Costs of a cohort; divided by those who did not withdraw. Two queries."""
    return ringkas_biaya(angkatan.biaya.all(), angkatan.peserta.ikut().count())

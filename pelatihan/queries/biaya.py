"""What a cohort costs: in all, for each participant, and for each hour that a participant is taught."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from pelatihan.models import Angkatan, Biaya, Kelas, Peserta
from pelatihan.queries.hitung import jumlah


@dataclass(frozen=True)
class RingkasanBiaya:
    """Costs of a cohort in whole rupiah.

    Attributes:
        rencana, realisasi: sums of what is known; None where nothing is.
        belum: components without realisasi: with any, `realisasi` is not the whole.
        n: participants it is divided by.
        orang_jp: lesson hours (JP) of the timetable times the participants of their class.
    """

    rows: list[Biaya]
    rencana: int | None
    realisasi: int | None
    belum: int
    n: int
    orang_jp: int = 0

    @property
    def per_peserta(self) -> int | None:
        """Realisasi for each participant, rounded half up; None without participants, and while a bill is missing."""
        return self._per(self.n)

    @property
    def per_jp(self) -> int | None:
        """The same for each lesson hour of a participant; None without a timetable too."""
        return self._per(self.orang_jp)

    def _per(self, n: int) -> int | None:
        if self.realisasi is None or self.belum or not n:
            return None
        return int(Fraction(self.realisasi, n) + Fraction(1, 2))


def orang_jp(*angkatan: Angkatan) -> dict[int, int]:
    """Lesson hours times participants who did not withdraw, by the key of their cohort. One query for any number."""
    found = dict.fromkeys((satu.pk for satu in angkatan), 0)
    kelas = Kelas.objects.filter(angkatan__in=angkatan).order_by()
    each = kelas.annotate(jp=Sum("sesi__jp", default=0), n=jumlah(Peserta.objects.ikut(), "kelas"))
    for pk, jp, n in each.values_list("angkatan", "jp", "n"):
        found[pk] += jp * n
    return found


def ringkas_biaya(rows: Iterable[Biaya], n: int, orang_jp: int = 0) -> RingkasanBiaya:
    """The sums of components, for `n` participants who are taught so many hours together."""
    known = list(rows)
    planned = [satu.rencana for satu in known if satu.rencana is not None]
    spent = [satu.realisasi for satu in known if satu.realisasi is not None]
    return RingkasanBiaya(
        known, sum(planned) if planned else None, sum(spent) if spent else None, len(known) - len(spent), n, orang_jp
    )


def biaya_angkatan(angkatan: Angkatan) -> RingkasanBiaya:
    """Costs of a cohort; divided by those who did not withdraw. Three queries."""
    return ringkas_biaya(angkatan.biaya.all(), angkatan.peserta.ikut().count(), orang_jp(angkatan)[angkatan.pk])

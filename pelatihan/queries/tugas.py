"""What waits for a participant."""

from dataclasses import dataclass

from django.utils import timezone

from pelatihan.models import Peserta, Rtl
from pelatihan.models.rtl import PALING_BANYAK
from pelatihan.queries.evaluasi import Sasaran, sasaran_of
from pelatihan.queries.pengerjaan import TesSaya, tes_of
from pelatihan.queries.rtl import BarisRtl, rtl_ditulis, rtl_of


@dataclass(frozen=True)
class Tugas:
    """Tests, sheets and plans of a participant; `rtl_ditulis` while plans are written."""

    tes: list[TesSaya]
    evaluasi: list[Sasaran]
    rtl: list[BarisRtl]
    rtl_ditulis: bool

    @property
    def rtl_dibuka(self) -> bool:
        """Whether one more plan can be written."""
        return self.rtl_ditulis and sum(satu.rtl.status != Rtl.Status.BATAL for satu in self.rtl) < PALING_BANYAK


def tugas_of(peserta: Peserta) -> Tugas:
    """Eight queries for any participant."""
    return Tugas(tes_of(peserta, timezone.now()), sasaran_of(peserta), rtl_of(peserta), rtl_ditulis(peserta))

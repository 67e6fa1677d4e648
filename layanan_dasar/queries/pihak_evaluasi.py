"""Who takes part in an evaluation: who is told at the kecamatan and the desa, and who signs."""

import datetime

from django.db.models import F, QuerySet

from kecamatan.models import Pengguna, Penugasan, Wilayah
from kecamatan.permissions import Izin, peran_dengan


def penilai_of(kecamatan: Wilayah) -> QuerySet[Pengguna]:
    """Who evaluates in a kecamatan today, and the operators who take the documents in."""
    return Pengguna.objects.bertugas(kecamatan, [*peran_dengan(Izin.NILAI_APBDES), "operator_kecamatan"])


def pihak_desa(desa: Wilayah) -> QuerySet[Pengguna]:
    """Who is told at the desa: its head, its operator, its BPD."""
    return Pengguna.objects.bertugas(desa, ["kades", "operator_desa", "bpd"])


def camat_pada(kecamatan: Wilayah, on: datetime.date) -> Penugasan | None:
    """Who held the camat's office on a day, a substitute before the holder."""
    here = Penugasan.objects.in_force(on).filter(wilayah=kecamatan, peran="camat").select_related("pengguna__orang")
    return here.order_by(F("sampai").asc(nulls_last=True), "pk").first()

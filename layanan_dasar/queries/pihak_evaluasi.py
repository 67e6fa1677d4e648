"""Who takes part in an evaluation: who is told at the kecamatan and the desa, and who signs."""

import datetime

from django.db.models import F, QuerySet

from kecamatan.models import Pengguna, Penugasan, Wilayah
from kecamatan.permissions import PERAN, Izin


def penilai_of(kecamatan: Wilayah) -> QuerySet[Pengguna]:
    """Who evaluates in a kecamatan today, and the operators who take the documents in."""
    peran = [kode for kode, satu in PERAN.items() if Izin.NILAI_APBDES in satu.izin] + ["operator_kecamatan"]
    return _working(kecamatan, peran)


def pihak_desa(desa: Wilayah) -> QuerySet[Pengguna]:
    """Who is told at the desa: its head, its operator, its BPD."""
    return _working(desa, ["kades", "operator_desa", "bpd"])


def _working(wilayah: Wilayah, peran: list[str]) -> QuerySet[Pengguna]:
    here = Penugasan.objects.in_force().filter(wilayah=wilayah, peran__in=peran)
    return Pengguna.objects.get_queryset().filter(pk__in=here.values("pengguna"), is_active=True)


def camat_pada(kecamatan: Wilayah, on: datetime.date) -> Penugasan | None:
    """Who held the camat's office on a day, a substitute before the holder."""
    here = Penugasan.objects.in_force(on).filter(wilayah=kecamatan, peran="camat").select_related("pengguna__orang")
    return here.order_by(F("sampai").asc(nulls_last=True), "pk").first()

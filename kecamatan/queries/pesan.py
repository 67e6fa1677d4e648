"""The outbox as those who answer for it see it."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from kecamatan.models import PesanKeluar, Wilayah
from kecamatan.models.pesan import TENGGAT_KIRIM


GAGAL_TAMPIL = 100


@dataclass(frozen=True)
class KeadaanPesan:
    """E-mails to the people of a region: how many wait and since when, and those that were given up.

    `tertahan`: how many of them should have left five minutes ago.
    """

    menunggu: int
    tertua: datetime.datetime | None
    tertahan: int
    n_gagal: int
    gagal: list[PesanKeluar]


def keadaan_pesan(wilayah: Wilayah) -> KeadaanPesan:
    pesan = PesanKeluar.objects.in_wilayah(wilayah)
    waiting = Q(status=PesanKeluar.Status.MENUNGGU)
    late = waiting & Q(coba_lagi_pada__lt=timezone.now() - TENGGAT_KIRIM)
    count = pesan.aggregate(
        tertahan=Count("id", filter=late),
        menunggu=Count("id", filter=waiting),
        tertua=Min("created_at", filter=waiting),
        n_gagal=Count("id", filter=Q(status=PesanKeluar.Status.GAGAL)),
    )
    gagal: list[PesanKeluar] = []
    if count["n_gagal"]:
        gagal = list(pesan.gagal().select_related("kepada__orang").order_by("-created_at")[:GAGAL_TAMPIL])
    return KeadaanPesan(gagal=gagal, **count)


def is_lancar() -> bool:
    """Whether nothing waits for the relay longer than five minutes."""
    return not PesanKeluar.objects.overdue().exists()

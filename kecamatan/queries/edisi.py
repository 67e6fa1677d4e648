"""What the pages about editions of the region list show."""

from dataclasses import dataclass

from django.db.models import Q

from kecamatan.models import BerkasImpor, RiwayatWilayah, Wilayah
from kecamatan.models.riwayat import RiwayatWilayahQuerySet


@dataclass(frozen=True)
class RingkasanEdisi:
    """The list in force: how many regions, how many closed ones and how many of them nobody follows yet."""

    berlaku: int
    ditutup: int
    tanpa_penerus: int
    usulan: int
    berkas: list[BerkasImpor]


def ringkasan_edisi() -> RingkasanEdisi:
    official = Wilayah.objects.filter(contoh=False).exclude(tingkat=0)
    closed = official.filter(berlaku_sampai__isnull=False)
    berkas = BerkasImpor.objects.filter(jenis="wilayah").select_related("created_by__orang").defer("isi")
    return RingkasanEdisi(
        official.in_force().count(),
        closed.count(),
        closed.filter(kode_penerus__isnull=True).count(),
        RiwayatWilayah.objects.waiting().count(),
        list(berkas[:10]),
    )


def daftar_riwayat(
    *, status: str = "", jenis: str = "", yakin: bool | None = None, kode: str = ""
) -> RiwayatWilayahQuerySet:
    """History rows by their filters, larger regions first; `kode` is a region under which either end lies."""
    rows = RiwayatWilayah.objects.select_related("asal", "penerus", "decided_by__orang")
    if status:
        rows = rows.filter(status=status)
    if jenis:
        rows = rows.filter(jenis=jenis)
    if yakin is not None:
        rows = rows.filter(yakin=yakin)
    if kode:
        rows = rows.filter(Q(asal__kode__startswith=kode) | Q(penerus__kode__startswith=kode))
    return rows.order_by("asal__tingkat", "asal__kode", "penerus__kode", "pk")

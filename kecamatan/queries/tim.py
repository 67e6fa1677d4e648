"""Teams that run the dashboard: one of a kecamatan, or how many kecamatan of a region have theirs."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from kecamatan.models import AnggotaTim, BerkasSK, Pengguna, TimPengelola, Tingkat, Wilayah
from kecamatan.models.wilayah import WilayahQuerySet


PER_HALAMAN = 100


@dataclass(frozen=True)
class RincianTim:
    """A kecamatan's team, its members by rank, and whether its decision was handed in; None without a team."""

    tim: TimPengelola | None
    anggota: list[AnggotaTim]
    ada_berkas: bool


_URUTAN = {kedudukan: place for place, kedudukan in enumerate(AnggotaTim.Kedudukan.values)}


def rincian_tim(wilayah: Wilayah) -> RincianTim:
    tim = TimPengelola.objects.filter(wilayah=wilayah).first()
    if tim is None:
        return RincianTim(None, [], False)
    anggota = sorted(tim.anggota.select_related("orang"), key=lambda a: (_URUTAN[a.kedudukan], a.orang.nama))
    return RincianTim(tim, anggota, BerkasSK.objects.filter(tim=tim).exists())


@dataclass(frozen=True)
class HitungTim:
    """Kecamatan of a region with a team, of how many."""

    n: int
    dari: int


def hitung_tim(user: Pengguna, wilayah: Wilayah) -> HitungTim:
    kecamatan = _kecamatan(user, wilayah)
    return HitungTim(**kecamatan.aggregate(n=Count("tim_pengelola"), dari=Count("pk")))


def _kecamatan(user: Pengguna, wilayah: Wilayah) -> WilayahQuerySet:
    return Wilayah.objects.in_force().visible_to(user).in_wilayah(wilayah).filter(tingkat=Tingkat.KECAMATAN)


@dataclass(frozen=True)
class CakupanTim(HitungTim):
    """How many of the kecamatan of a region have a team, and a page of them: each with `tim_pengelola` where there is
    one, and `n_anggota`."""

    kecamatan: Page[Any]


def cakupan_tim(user: Pengguna, wilayah: Wilayah, tampil: str = "", halaman: int = 1) -> CakupanTim:
    """Kecamatan of a region by code: all, or with `tampil` only those with ("sudah") or without ("belum") a team."""
    kecamatan = _kecamatan(user, wilayah)
    hitung = hitung_tim(user, wilayah)
    if tampil in ("sudah", "belum"):
        kecamatan = kecamatan.filter(tim_pengelola__isnull=tampil == "belum")
    rows = kecamatan.select_related("tim_pengelola").annotate(n_anggota=Count("tim_pengelola__anggota"))
    return CakupanTim(hitung.n, hitung.dari, Paginator(rows.order_by("kode"), PER_HALAMAN).get_page(halaman))

"""Village budgets behind the figures: which are there, which are missing, what files brought them."""

from dataclasses import dataclass

from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from layanan_dasar.models import APBDes


@dataclass(frozen=True)
class DaftarKerja:
    """For people who work in a region: what to fetch, what is incomplete, and the latest files.

    Each list is cut at fifty; `n_belum` counts all.
    """

    belum: list[Wilayah]
    n_belum: int
    kurang_rinci: list[APBDes]
    berkas: list[BerkasImpor]


MOST_LISTED = 50


def daftar_kerja(wilayah: Wilayah, tahun: int, user: Pengguna) -> DaftarKerja:
    desa = Wilayah.objects.in_force().in_wilayah(wilayah).with_apbdes()
    belum = desa.exclude(apbdes__tahun=tahun).order_by("kode")
    budgets = APBDes.objects.visible_to(user).in_wilayah(wilayah).filter(tahun=tahun, berlaku=True)
    kurang = budgets.exclude(cakupan_belanja="kegiatan").select_related("desa").order_by("desa__kode")
    berkas = BerkasImpor.objects.visible_to(user).filter(wilayah.q_below("wilayah__"), jenis="apbdes")
    return DaftarKerja(
        list(belum[:MOST_LISTED]),
        belum.count(),
        list(kurang[:MOST_LISTED]),
        list(berkas.select_related("created_by__orang", "wilayah").defer("isi", "ringkasan")[:10]),
    )

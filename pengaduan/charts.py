"""The map of what everybody may read: how many reports each region below has on its page."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.urls import reverse

from kecamatan.models import Batas
from layanan_dasar.charts import DaerahPeta, PetaPorsi, susun_peta
from p3pd_portal.lib.angka import angka
from pengaduan.queries.publik import AnakPengaduan


KELAS = (("k0", "1–2", 3), ("k1", "3–5", 6), ("k2", "6–10", 11), ("k3", "11–20", 21), ("k4", "lebih dari 20", None))
KELAS_TANPA = [("kt", "belum ada")]


def peta_tayang(rows: Sequence[AnakPengaduan], batas: Mapping[int, Batas]) -> PetaPorsi:
    """Published reports of a year by region; they are public one by one, so nothing is suppressed.

    Args:
        batas: outlines by id of the region.
    """
    daerah = [_daerah(row, batas.get(row.wilayah.pk)) for row in rows]
    return susun_peta(daerah, [(kode, nama) for kode, nama, _ in KELAS], KELAS_TANPA)


def _daerah(row: AnakPengaduan, batas: Batas | None) -> DaerahPeta:
    n = row.ringkasan.n_tayang if row.ringkasan else 0
    kelas = next(kode for kode, _, end in KELAS if end is None or n < end) if n else "kt"
    nilai = f"{angka(n)} laporan" if n else "belum ada"
    url = reverse("pengaduan:pengaduan", args=[row.wilayah.kode])
    return DaerahPeta(
        row.wilayah.nama, url, kelas, Decimal(n) if n else None, nilai, f"{row.wilayah.nama}: {nilai}", batas
    )

"""Tables to take away: header and rows for CSV and XLSX, from the same rows as the page."""

from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.importers.apbdes import template_columns
from layanan_dasar.models import KualitasBelanja
from layanan_dasar.models.kualitas import KELOMPOK, KOLOM_HITUNG
from p3pd_portal.lib.tables import Sheet


_RATIOS = ("porsi_inti", "serapan", "porsi_belum_dipetakan")
_SUMS = [f"{kelompok}_{ukuran}" for kelompok in KELOMPOK for ukuran in ("anggaran", "realisasi")]
KUALITAS_HEADER = ["kode_wilayah", "nama_wilayah", "tahun", *KOLOM_HITUNG, *_RATIOS, *_SUMS]


def kualitas_rows(wilayah: Wilayah) -> list[list[Any]]:
    """The region and those directly below it, every year, one row each; closed villages under their old codes."""
    levels = (wilayah.tingkat, wilayah.tingkat + 1)
    rows = KualitasBelanja.objects.filter(wilayah.q_below("wilayah__"), wilayah__tingkat__in=levels)
    return [
        [row.wilayah.kode, row.wilayah.nama, row.tahun, *(getattr(row, name) for name in KUALITAS_HEADER[3:])]
        for row in rows.select_related("wilayah").order_by("wilayah__kode", "tahun")
    ]


def template_sheets() -> list[Sheet]:
    """The empty APBDes template: headers, and a second sheet that explains them."""
    columns = template_columns()
    return [
        Sheet("APBDes", [name for name, _ in columns], [], [18] * len(columns)),
        Sheet("Petunjuk", ["kolom", "isi"], columns, [18, 80]),
    ]

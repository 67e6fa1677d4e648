"""Tables to take away: header and rows for CSV and XLSX, from the same rows as the page."""

from typing import Any

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.importers.templat import template_columns
from layanan_dasar.models import KualitasBelanja
from layanan_dasar.models.kualitas import KELOMPOK, KOLOM_HITUNG
from layanan_dasar.queries import pemetaan
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


BELUM_HEADER = ["kode_kegiatan", "nama", "jumlah_desa", "anggaran", "usulan_bidang", "usulan_kelas", "usulan_tema"]
PETA_HEADER = [
    "kode_kegiatan", "nama", "bidang", "kelas", "syarat", "tema", "asal", "sejak_tahun", "sampai_tahun",
    "jumlah_desa", "anggaran",
]  # fmt: skip


def pemetaan_sheets(wilayah: Wilayah, tahun: int, tab: str) -> list[Sheet]:
    """The mapping of a kabupaten and year, and its work list, first the one that is looked at; of the nation the
    national mapping alone."""
    if wilayah.tingkat == Tingkat.NASIONAL:
        return [_peta_sheet(pemetaan.nasional(tahun))]
    todo = [_belum_row(satu) for satu in pemetaan.belum_dipetakan(wilayah, tahun).kegiatan]
    sheets = [
        Sheet("Belum dipetakan", BELUM_HEADER, todo, [14, 50]),
        _peta_sheet(pemetaan.peta_kegiatan(wilayah, tahun)),
    ]
    return sheets if tab == "belum" else sheets[::-1]


def _belum_row(satu: pemetaan.KegiatanBelum) -> list[Any]:
    guess = satu.usulan or satu.saran
    bidang = (satu.usulan.bidang_id if satu.usulan else satu.saran and satu.saran.bidang) or ""
    used = satu.pemakaian
    proposed = [bidang, guess.kelas, " ".join(guess.tag)] if guess else ["", "", ""]
    return [used.kode, satu.nama, used.n_desa, used.anggaran, *proposed]


def _peta_sheet(rows: list[pemetaan.KegiatanTerpetakan]) -> Sheet:
    return Sheet("Pemetaan", PETA_HEADER, [_peta_row(satu) for satu in rows], [14, 50])


def _peta_row(satu: pemetaan.KegiatanTerpetakan) -> list[Any]:
    p, used = satu.pemetaan, satu.pemakaian
    asal = "kabupaten" if p.kabupaten_id else "nasional"
    what = [satu.kode, satu.nama, p.bidang_id or "", p.kelas, p.syarat, " ".join(p.tag), asal]
    return [*what, p.tahun_dari, p.tahun_sampai, *((used.n_desa, used.anggaran) if used else (None, None))]

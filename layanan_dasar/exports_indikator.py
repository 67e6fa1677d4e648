"""The catalogue of indicators to take away: one sheet of indicators, one of their targets."""

from typing import Any

from layanan_dasar.models import Indikator
from layanan_dasar.queries.indikator import BarisIndikator, BarisTarget, Katalog
from p3pd_portal.lib.tables import Sheet


INDIKATOR_HEADER = [
    "kode", "nama", "bidang", "konteks", "definisi", "jenis", "satuan", "arah", "pembilang", "penyebut",
    "jenis_penyebut", "disagregasi", "frekuensi", "kumulatif", "tingkat_publikasi", "target", "sumber", "pemasok",
    "dasar_hukum", "keyakinan", "versi",
]  # fmt: skip
TARGET_HEADER = ["kode", "nama", "tahun", "basis", "nilai", "lantai", "keyakinan"]


def indikator_sheets(katalog: Katalog) -> list[Sheet]:
    """What the list shows, with everything that is said of each; values of percentages are 0–100."""
    indikator = [_indikator_row(baris) for baris in katalog.baris]
    target = [_target_row(baris.indikator, satu) for baris in katalog.baris for satu in baris.target]
    return [
        Sheet("Indikator", INDIKATOR_HEADER, indikator, [14, 45, 8, 8, 60]),
        Sheet("Target", TARGET_HEADER, target, [14, 45]),
    ]


def _indikator_row(baris: BarisIndikator) -> list[Any]:
    satu = baris.indikator
    what = [satu.kode, satu.nama, satu.bidang_id or "", _yes(satu.konteks), satu.definisi, satu.jenis, satu.satuan]
    parts = [satu.arah, satu.pembilang, satu.penyebut, satu.jenis_penyebut if satu.penyebut else ""]
    when = [", ".join(baris.disagregasi), satu.get_frekuensi_display(), _yes(satu.kumulatif), satu.tingkat_publikasi]
    target = "; ".join(_target_text(one) for one in baris.target)
    return [*what, *parts, *when, target, satu.sumber, satu.pemasok, satu.dasar_hukum, satu.keyakinan, satu.versi]


def _target_row(indikator: Indikator, baris: BarisTarget) -> list[Any]:
    target = baris.target
    what = [indikator.kode, indikator.nama, target.tahun, target.get_basis_display()]
    return [*what, target.nilai, target.lantai, target.keyakinan]


def _target_text(baris: BarisTarget) -> str:
    """“14,2% (2029)”."""
    return baris.nilai + (f" ({baris.target.tahun})" if baris.target.tahun else "")


def _yes(value: bool) -> str:
    return "ya" if value else "tidak"

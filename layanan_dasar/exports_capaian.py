"""The page of basic services of a region and year to take away, with what its reader may see and no more."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from layanan_dasar.queries.angka import Angka, BarisIndikator, status
from layanan_dasar.queries.capaian_tahun import CapaianTahun
from p3pd_portal.lib.tables import Sheet


BAGIAN = {"indikator": "Indikator", "bidang": "Bidang", "kelengkapan": "Kelengkapan"}
"""Sheets by the word that an address asks for them."""
_HEADER = [
    "kode", "indikator", "bidang", "konteks", "satuan", "arah", "periode", "nilai", "pembilang", "penyebut",
    "keterangan", "target", "skor", "status", "kurang", "tren", "jumlah_desa", "dari_desa", "usang",
    "melebihi_sasaran", "periode_sebelumnya", "nilai_sebelumnya", "nilai_wilayah_atas", "median_setingkat",
    "terendah_setingkat", "tertinggi_setingkat", "terendah_desa", "tertinggi_desa",
]  # fmt: skip


def capaian_sheets(capaian: CapaianTahun, bagian: str = "indikator") -> list[Sheet]:
    """All sheets, first the one asked for, which is the one a CSV holds."""
    made = {"indikator": _indikator(capaian), "bidang": _bidang(capaian), "kelengkapan": _kelengkapan(capaian)}
    first = [made.pop(bagian)] if bagian in made else []
    return [*first, *made.values()]


def _indikator(capaian: CapaianTahun) -> Sheet:
    rows = [_baris(satu) for satu in [*capaian.baris, *capaian.konteks]]
    return Sheet(BAGIAN["indikator"], _HEADER, rows, [10, 44, 8, 8, 10, 8, 10])


def _baris(satu: BarisIndikator) -> list[Any]:
    indikator, kini = satu.indikator, satu.kini
    what = [indikator.kode, indikator.nama, indikator.bidang_id or "", _ya(indikator.konteks), indikator.satuan,
            indikator.arah]  # fmt: skip
    if kini is None:
        return [*what, "", None, None, None, "belum dilaporkan", *[None] * (len(_HEADER) - len(what) - 5)]
    note = "" if kini.nilai is not None else kini.keterangan
    beside = satu.sebaran
    return [
        *what, str(kini.periode), kini.nilai, kini.pembilang, kini.penyebut, note, kini.target, kini.skor,
        satu.status.kata if kini.skor is not None else "", kini.kurang, satu.tren, kini.n_data, kini.n_desa,
        _ya(satu.usang), _ya(kini.melebihi_sasaran), *_lain(satu.lalu), satu.induk and satu.induk.nilai,
        *([beside.tengah, beside.terendah, beside.tertinggi] if beside else [None] * 3),
        *(kini.rentang or (None, None)),
    ]  # fmt: skip


def _lain(satu: Angka | None) -> list[Any]:
    return ["", None] if satu is None else [str(satu.periode), satu.nilai]


def _ya(value: bool) -> str:
    return "ya" if value else "tidak"


def _skor(value: Decimal | None) -> int | None:
    """0 to 100 in whole numbers, as on the page: with more decimals one hidden figure could be told from the mean."""
    return None if value is None else int(value * 100)


def _bidang(capaian: CapaianTahun) -> Sheet:
    header = ["kode_wilayah", "nama_wilayah", "kode_bidang", "bidang", "skor", "status", "jumlah_indikator",
              "dari_indikator"]  # fmt: skip
    here = [capaian.wilayah.kode, capaian.wilayah.nama]
    rows: list[Sequence[Any]] = [
        [*here, satu.bidang.pk, satu.bidang.nama, _skor(satu.skor), satu.status.kata, satu.n_indikator, satu.n_katalog]
        for satu in capaian.skor.bidang
    ]
    rows += [
        [anak.wilayah.kode, anak.wilayah.nama, satu.bidang.pk, satu.bidang.nama, _skor(skor), status(skor).kata, None,
         satu.n_katalog]
        for anak in capaian.skor.anak
        for satu in capaian.skor.bidang
        for skor in [anak.nilai(satu.bidang.pk)]
    ]  # fmt: skip
    return Sheet(BAGIAN["bidang"], header, rows, [16, 26, 8, 28])


def _kelengkapan(capaian: CapaianTahun) -> Sheet:
    header = ["kode_wilayah", "nama_wilayah", "kode_bidang", "indikator_dengan_angka", "dari_indikator"]
    rows = [
        [anak.wilayah.kode, anak.wilayah.nama, satu.bidang.pk, anak.n_lapor.get(satu.bidang.pk, 0), satu.n_katalog]
        for anak in capaian.skor.anak
        for satu in capaian.skor.bidang
    ]
    return Sheet(BAGIAN["kelengkapan"], header, rows, [16, 26, 12])

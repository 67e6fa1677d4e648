"""APBDes import of 100,000 template lines, every check on, against a bare COPY of the same rows.

The COPY goes into the same table with the same constraints and indexes. Target: at least 1/6 of its speed.
"""

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks import ukur
from kecamatan.models import Wilayah
from layanan_dasar.actions.belanja import impor_apbdes
from layanan_dasar.importers.templat import template_columns
from layanan_dasar.models import APBDes
from p3pd_portal.lib.spreadsheet import COMMAND


ROWS = 100_000
_COLUMNS = "apbdes_id, kode_kegiatan, kode_rekening, sumber_dana, uraian, anggaran, realisasi_s1, realisasi_s2, "
_COLUMNS += "kode_output, satuan"
_TYPES = ["int8", "varchar", "varchar", "varchar", "varchar", "int8", "int8", "int8", "varchar", "varchar"]


def run(rows: int = ROWS) -> None:
    ukur.prepare()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "apbdes.csv"
        desa, data = write_file(path, rows)

        def impor() -> None:
            with path.open("rb") as file:
                impor_apbdes(file, limits=COMMAND)

        copied: list[tuple[Any, ...]] = []

        def heads() -> None:
            ukur.empty_budgets()
            copied[:] = _rows_with_heads(desa, data)

        copy_seconds, import_seconds = ukur.medians((heads, lambda: _copy(copied)), (ukur.empty_budgets, impor))
        again = ukur.seconds(impor)
    count = len(data)
    print(f"COPY ke tabel yang sama: {count} baris dalam {copy_seconds:.2f} s = {count / copy_seconds:,.0f} baris/s")
    print(f"impor apbdes: {import_seconds:.2f} s = {count / import_seconds:,.0f} baris/s (semua pemeriksaan, rekap)")
    print(f"  kecepatan = 1/{import_seconds / copy_seconds:.2f} dari COPY (sasaran 1/6 atau lebih)")
    print(f"  diulang tanpa perubahan: {again:.2f} s")


def write_file(path: Path, rows: int) -> tuple[list[str], list[list[Any]]]:
    """A template with at least so many lines; returns its desa and its lines."""
    desa = ukur.kode_desa(-(-rows // ukur.LINES_PER_DESA))
    data = list(ukur.lines(desa))
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([[name for name, _ in template_columns()], *data])
    return desa, data


def _rows_with_heads(desa: list[str], data: list[list[Any]]) -> list[tuple[Any, ...]]:
    ids = dict(Wilayah.objects.filter(kode__in=desa).values_list("kode", "id"))
    complete = {"cakupan_belanja": "kegiatan", "cakupan_pendapatan": "lengkap"}
    APBDes.objects.bulk_create(
        APBDes(desa_id=ids[kode], tahun=ukur.TAHUN, jenis="awal", berlaku=True, **complete) for kode in desa
    )
    heads = dict(APBDes.objects.values_list("desa__kode", "id"))
    return [(heads[row[0]], row[3], row[5], row[6], row[4], *row[7:10], "", "") for row in data]


def _copy(rows: list[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY layanan_dasar_barisapbdes ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(row)

"""Dana Desa of whole kabupaten as the Ministry of Finance publishes it: context beside what the villages say."""

from typing import BinaryIO

from django.db import transaction

from kecamatan.importers.daftar import HasilDaftar, merge, read_by_wilayah, refuse_twice, required_text
from kecamatan.models import Tingkat
from layanan_dasar.importers import cells
from layanan_dasar.models import PaguDanaDesa
from p3pd_portal.lib.importing import Column, Errors
from p3pd_portal.lib.spreadsheet import COMMAND, Limits, read_table


@transaction.atomic
def impor_pagu(file: BinaryIO, *, sumber: str, limits: Limits = COMMAND) -> HasilDaftar:
    """Columns `tahun, kode, kabkota, pagu, realisasi` (Rp; a realisation above the pagu is no error: reserves that were
    not divided at the start of a year are paid out later).

    Raises:
        Rejected: the file, with every wrong cell.
    """
    rupiah = cells.Rupiah()
    columns = [
        Column("tahun", cells.tahun, "tahun anggaran", repeats=True),
        Column("kabkota", required_text, "nama kabupaten/kota"),
        Column("pagu", rupiah, "pagu setahun, rupiah"),
        Column("realisasi", rupiah, "penyaluran setahun, rupiah; kosong bila belum ada"),
    ]
    table, errors = read_table(file, limits), Errors()
    rows: list[PaguDanaDesa] = []
    seen: dict[tuple[str, int], int] = {}
    for baris in read_by_wilayah(table, columns, errors):
        tahun, _, pagu, realisasi = baris.nilai
        refuse_twice(baris.nomor, (baris.wilayah.kode, tahun), seen, errors)
        if baris.wilayah.tingkat != Tingkat.KABUPATEN:
            errors.add(baris.nomor, "kode", "Tulis kode kabupaten/kota, misalnya 35.24.")
        if pagu is None:
            errors.add(baris.nomor, "pagu", "Pagu belum diisi. Tulis jumlahnya dalam rupiah.")
        rows.append(PaguDanaDesa(wilayah=baris.wilayah, tahun=tahun, pagu=pagu, realisasi=realisasi, sumber=sumber))
    errors.raise_if_any()
    years = {row.tahun for row in rows}
    return merge(rows, ("wilayah_id", "tahun"), PaguDanaDesa.objects.filter(tahun__in=years))

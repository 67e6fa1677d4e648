"""The categories of SP4N-LAPOR! from a list: main category and category."""

from typing import BinaryIO

from kecamatan.importers.daftar import HasilDaftar, required_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import COMMAND, Limits, read_table
from pengaduan.models import KategoriSp4n


def impor_kategori_sp4n(file: BinaryIO, limits: Limits = COMMAND) -> HasilDaftar:
    """Take the whole list over: what it no longer names goes; referrals keep the words they were sent under.

    Raises:
        Rejected: the file, with every wrong cell.
    """
    table, errors = read_table(file, limits), Errors()
    columns = [Column("kategori_utama", required_text, repeats=True), Column("kategori", required_text)]
    told: set[tuple[str, str]] = set()
    for _nomor, (utama, nama) in clean_rows(table, columns, errors):
        told.add((utama, nama))
    errors.raise_if_any()
    stored = {(satu.utama, satu.nama): satu.pk for satu in KategoriSp4n.objects.all()}
    gone = stored.keys() - told
    KategoriSp4n.objects.filter(pk__in=[stored[key] for key in gone]).delete()
    new = sorted(told - stored.keys())
    KategoriSp4n.objects.bulk_create(KategoriSp4n(utama=utama, nama=nama) for utama, nama in new)
    return HasilDaftar(baru=len(new), dihapus=len(gone), sama=len(told) - len(new))

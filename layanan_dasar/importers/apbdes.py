"""Which kind of village budget file somebody hands in, told by its content; each kind has a module of its own.

All become the same stream of lowest-level lines with one head per budget (desa, year, kind), ready to be staged;
see actions/belanja.py for what is done with them.
"""

from typing import Any, BinaryIO

from kecamatan.models import Wilayah
from layanan_dasar.importers import cells
from layanan_dasar.importers.bacaan import Bacaan
from layanan_dasar.importers.laporan import find_report, read_laporan
from layanan_dasar.importers.opendk import read_opendk
from layanan_dasar.importers.publikasi import read_publikasi
from layanan_dasar.importers.siskeudes import read_siskeudes
from layanan_dasar.importers.siskeudes_zip import is_siskeudes
from layanan_dasar.importers.templat import read_templat
from p3pd_portal.lib.importing import Errors, header_names
from p3pd_portal.lib.spreadsheet import Limits, read_table


def read_apbdes(
    file: BinaryIO, *, wilayah: Wilayah | None, isian: dict[str, Any], errors: Errors, limits: Limits
) -> Bacaan:
    """Open a file of any kind.

    Args:
        wilayah: region whose desa are taken; None for every desa.
        isian: what a person told about the file beside its content.

    Raises:
        Rejected: the file cannot be read, or its columns fit no kind.
    """
    if is_siskeudes(file):
        return read_siskeudes(file, wilayah, errors, limits)
    desa = cells.Desa(wilayah)
    table = read_table(file, limits)
    if report := find_report(table):
        return read_laporan(report, wilayah, isian, errors)
    header = header_names(table)
    if "no_akun" in header:
        return read_opendk(table, desa, isian, errors)
    if "uraian" in header and "nama_kegiatan" not in header:
        return read_publikasi(table, desa, errors)
    return read_templat(table, desa, errors)

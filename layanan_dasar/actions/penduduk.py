"""The resident file of OpenSID: read once for its counts, which are what is kept, shown and confirmed."""

import csv
import io
from typing import Any, BinaryIO

from kecamatan.actions.impor import JenisBerkas, Saringan
from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.actions.angka import impor_angka
from layanan_dasar.importers.penduduk import INDIKATOR, Rekap, read_penduduk
from layanan_dasar.models import Indikator
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Limits, rejected


SUMBER = "OpenSID, berkas penduduk desa"


def saring_penduduk(file: BinaryIO, *, wilayah: Wilayah | None, isian: dict[str, Any], limits: Limits) -> Saringan:
    """The counts of a resident file as a file of figures.

    Args:
        isian: `periode`, the month of the file.

    Raises:
        Rejected: every error found, by row and column, without what stands there.
    """
    missing = sorted(set(INDIKATOR) - set(Indikator.objects.values_list("kode", flat=True)))
    if missing:
        raise rejected(f"Indikator {', '.join(missing)} belum ada di katalog. Jalankan dulu: manage.py impor acuan.")
    periode, errors = Periode.parse(isian["periode"]), Errors()
    rekap = read_penduduk(file, periode, limits, errors)
    _check_wilayah(rekap, wilayah, errors)
    errors.raise_if_any()
    if not rekap.desa:
        raise rejected("Berkas tidak memuat seorang pun penduduk yang dihitung. Periksa berkas dan bulannya.")
    told = {"periode": str(periode), "sumber": SUMBER, "catatan": rekap.catatan}
    of = next(iter(rekap.desa)) if len(rekap.desa) == 1 else f"{len(rekap.desa)}-desa"
    return Saringan(_panjang(rekap), f"penduduk-opensid-{of}-{periode}.csv", told)


def _check_wilayah(rekap: Rekap, wilayah: Wilayah | None, errors: Errors) -> None:
    if wilayah is None:
        return
    here = set(Wilayah.objects.filter(tingkat=Tingkat.DESA).in_wilayah(wilayah).values_list("kode", flat=True))
    for kode, baris in rekap.baris.items():
        if kode not in here and not wilayah.contains(kode):
            text = f"Desa {kode} berada di luar {wilayah.nama_lengkap}. Unggah dari halaman wilayahnya."
            errors.add(baris, "desa_id", text)


def _panjang(rekap: Rekap) -> bytes:
    """The long form of importers/nilai.py."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["kode_desa", "indikator", "periode", "pembilang", "penyebut"])
    for kode, desa in sorted(rekap.desa.items()):
        writer.writerows([kode, indikator, rekap.periode, *pair] for indikator, *pair in desa.figures())
    return out.getvalue().encode()


PENDUDUK = JenisBerkas("penduduk_opensid", impor_angka, saring_penduduk)

"""Region import: rows a second, and the second run that finds nothing to do."""

from benchmarks import ukur
from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah


def run() -> None:
    ukur.execute("TRUNCATE kecamatan_wilayah CASCADE")
    rows = list(daftar_resmi())
    first = ukur.seconds(lambda: impor_wilayah(rows))
    again = ukur.seconds(lambda: impor_wilayah(rows))
    print(f"impor wilayah: {len(rows)} baris dalam {first:.1f} s = {len(rows) / first:,.0f} baris/s")
    print(f"  diulang tanpa perubahan: {again:.2f} s = {again / first:.2f} × yang pertama")

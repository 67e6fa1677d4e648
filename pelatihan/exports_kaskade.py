"""The coverage matrix as a table."""

from p3pd_portal.lib.tables import Sheet
from pelatihan.queries.kaskade import Matriks


KOLOM = ["kode", "wilayah", "pelatih", "pelatih_aktif", "kecamatan_sasaran", "kecamatan_terlatih", "selisih", "orang"]


def matriks_sheet(matriks: Matriks) -> Sheet:
    """The rows that the page shows; their sum is left to whoever reads on. An empty cell is unknown, not 0."""
    rows = [
        [row.wilayah.kode, row.wilayah.nama_lengkap, row.pelatih, row.aktif, row.sasaran, row.terlatih, row.selisih,
         row.orang]
        for row in matriks.rows
    ]  # fmt: skip
    return Sheet("Cakupan", KOLOM, rows, [14, 32, 10, 14, 18, 18, 10, 10])

"""Tables to take away."""

from kecamatan.importers.edisi import Perbandingan
from p3pd_portal.lib.tables import to_csv


EDISI_HEADER = ["jenis", "kode_lama", "nama_lama", "kode_baru", "nama_baru", "yakin"]


def edisi_table(beda: Perbandingan) -> bytes:
    """Every difference between two editions as CSV."""
    return to_csv(
        EDISI_HEADER,
        (
            [
                str(satu.jenis or ("baru" if satu.kode_baru else "hilang")),
                satu.kode_lama,
                satu.nama_lama,
                satu.kode_baru,
                satu.nama_baru,
                "ya" if satu.yakin else "perlu keputusan" if satu.jenis else "",
            ]
            for satu in beda.perubahan
        ),
    )

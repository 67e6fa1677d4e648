"""What the pages of surveys draw."""

from decimal import Decimal

from layanan_dasar.charts_capaian import GarisKecil, garis_kecil
from p3pd_portal.lib.periode import Periode
from pengaduan.queries.survei import Deret


def garis_deret(deret: Deret) -> GarisKecil:
    """The index of a service over its periods, on a height from 0 to 100; a line from four periods on."""
    rows = reversed(deret.survei)
    points = [(float(Periode.parse(satu.periode).akhir.toordinal()), satu.ringkasan.ikm) for satu in rows]
    return garis_kecil([(time, ikm) for time, ikm in points if ikm is not None], None, Decimal(100))

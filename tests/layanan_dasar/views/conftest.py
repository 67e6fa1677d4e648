import pytest

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import APBDes
from tests.layanan_dasar.vektor import vektor


@pytest.fixture
def contoh(wilayah: dict[str, Wilayah], acuan: None) -> APBDes:
    """A1 has the worked example of 2025, computed in 2026."""
    apbdes = vektor(wilayah["11.01.01.2001"])
    rebuild(2025, tahun_berjalan=2026)
    return apbdes

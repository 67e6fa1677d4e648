"""The national list of categories: taken over whole, refused whole."""

import pytest

from p3pd_portal.lib.spreadsheet import Rejected
from pengaduan.importers.kategori_sp4n import impor_kategori_sp4n
from pengaduan.models import KategoriSp4n
from tests.layanan_dasar.opendk import csv


pytestmark = pytest.mark.django_db
HEADER = ("kategori_utama", "kategori")


def test_a_later_list_takes_the_place_of_the_earlier() -> None:
    first = impor_kategori_sp4n(csv(HEADER, ("AIR", "AIR BERSIH"), ("AIR", "AIR BERSIH"), ("AIR", "SUMUR")))
    assert (first.baru, first.dihapus) == (2, 0)
    second = impor_kategori_sp4n(csv(HEADER, ("AIR", "AIR BERSIH"), ("AIR", "EMBUNG")))
    assert (second.baru, second.dihapus, second.sama) == (1, 1, 1)
    assert [str(satu) for satu in KategoriSp4n.objects.all()] == ["AIR / AIR BERSIH", "AIR / EMBUNG"]


@pytest.mark.parametrize("row", [("", "SUMUR"), ("AIR", "")])
def test_a_wrong_row_refuses_the_file(row: tuple[str, str]) -> None:
    with pytest.raises(Rejected):
        impor_kategori_sp4n(csv(HEADER, ("AIR", "EMBUNG"), row))
    assert not KategoriSp4n.objects.exists()

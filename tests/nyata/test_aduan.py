"""The national list of complaint categories as it is published."""

import os
from pathlib import Path

import pytest

from pengaduan.importers.kategori_sp4n import impor_kategori_sp4n
from pengaduan.models import KategoriSp4n
from pengaduan.queries.ketik import find_kategori_sp4n


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]


def test_the_whole_list_is_taken_over() -> None:
    with (Path(os.environ["PORTAL_DATA_NYATA"]) / "aduan" / "kategori_lapor.csv").open("rb") as file:
        assert impor_kategori_sp4n(file).baru == 958
    assert KategoriSp4n.objects.values("utama").distinct().count() == 38
    assert find_kategori_sp4n("haji dan umroh")

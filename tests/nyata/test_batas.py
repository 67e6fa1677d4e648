"""The published boundaries: every code finds its region, every picture is small, and the page of a real kabupaten."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db.models import Count, Max, Sum
from django.db.models.functions import Length
from django.test import Client

from kecamatan.importers.batas import HasilImporBatas, impor_batas
from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from kecamatan.models import Batas, Wilayah
from p3pd_portal.lib.peta import PER_GAMBAR
from tests.assertions import content, visible_text, weights


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]
LAMONGAN = "35.24"


def impor(name: str) -> HasilImporBatas:
    with (Path(os.environ["PORTAL_DATA_NYATA"]) / "batas" / name).open("rb") as file:
        return impor_batas(file, sumber="Batas: BIG, via cahyadsn/wilayah_boundaries")


@pytest.fixture
def regions(db: None) -> None:
    """All regions down to the kecamatan."""
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if len(kode) < 13)


def pilot_villages() -> list[Path]:
    return sorted((Path(os.environ["PORTAL_DATA_NYATA"]) / "batas" / "desa").glob("desa_*.geojson.gz"))


def test_every_area_of_the_nation_finds_its_region_and_again_nothing_changes(regions: None) -> None:
    expected = {"provinsi.geojson.gz": 38, "kabkota.geojson.gz": 514, "kecamatan_nasional.geojson.gz": 7_285}
    for name, n in expected.items():
        hasil = impor(name)
        assert (hasil.dibaca, hasil.baru, hasil.tak_dikenal, hasil.tanpa_batas) == (n, n, [], []), name
    again = impor("kabkota.geojson.gz")
    assert (again.baru, again.berubah, again.sama, again.dihapus) == (0, 0, 514, [])
    pictures = Batas.objects.values("wilayah__induk").annotate(n=Count("pk"), size=Sum(Length("jalur")))
    assert len(pictures) == 1 + 38 + 514
    assert max(picture["size"] for picture in pictures) <= PER_GAMBAR
    sizes = Batas.objects.aggregate(total=Sum(Length("jalur")), n=Count("pk"), right=Max("kanan"), low=Max("bawah"))
    assert 100 <= sizes["total"] / sizes["n"] <= 500
    assert (sizes["right"], sizes["low"]) == (1000, 1000)


def test_the_villages_of_the_pilot_areas_find_their_regions(db: None) -> None:
    pilots = tuple(path.name[5:10] for path in pilot_villages())
    above = {kode[:2] for kode in pilots}
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if kode in above or kode.startswith(pilots))
    matched = SimpleNamespace(areas=0, stored=0)
    for path in pilot_villages():
        hasil = impor(f"desa/{path.name}")
        matched.areas += hasil.dibaca
        matched.stored += hasil.baru
        assert hasil.dihapus == []
    assert matched.areas == 1_822
    assert matched.stored == matched.areas == Batas.objects.count()


def test_the_page_of_lamongan_shows_its_27_kecamatan(db: None, client: Client) -> None:
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if kode == "35" or kode.startswith(LAMONGAN))
    assert impor(f"kecamatan/{LAMONGAN}.geojson").baru == 27
    page = client.get(f"/wilayah/{LAMONGAN}/")
    for kecamatan in Wilayah.objects.filter(induk__kode=LAMONGAN):
        assert f"<title>{kecamatan.nama}: belum ada data</title>" in content(page)
    assert "Batas: BIG, via cahyadsn/wilayah_boundaries. Garis bersifat indikatif" in visible_text(page)
    assert weights(content(page))["html"] <= 15 * 1024

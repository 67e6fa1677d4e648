"""What the pages of basic services may cost: queries, and bytes on a slow line."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Wilayah
from layanan_dasar.models import Capaian, GapBidang
from p3pd_portal.lib.periode import Periode
from tests.assertions import content, weights
from tests.factories import IndikatorFactory


pytestmark = pytest.mark.django_db
SATU = "11.01"
KB = 1024


def assert_light(html: str) -> None:
    """The budget of a region page: HTML 15, all together 75 KB, 12 requests."""
    found = weights(html)
    assert found["html"] <= 15 * KB, found
    assert found["css"] <= 26 * KB, found
    assert sum(found[kind] for kind in ("html", "css", "js", "img")) <= 75 * KB, found
    assert found["requests"] <= 12


@pytest.fixture
def ramai(acuan: None, wilayah: dict[str, Wilayah]) -> Callable[[int, int], None]:
    """A kabupaten with so many kecamatan, and so many indicators with figures of two years of all of them."""

    def make(n_wilayah: int, n_indikator: int) -> None:
        rows = [(f"11.03.{n:02}", f"Kecamatan Nomor {n}") for n in range(1, n_wilayah + 1)]
        impor_wilayah([("11.03", "Kabupaten Tiga"), *rows])
        regions = [*Wilayah.objects.filter(kode__startswith="11.03"), wilayah["11"], wilayah["0"], wilayah[SATU]]
        kinds = [
            IndikatorFactory(kode=f"{bidang}-{n:02}", nama=f"Pelayanan sesuai standar nomor {n}", bidang_kode=bidang)
            for n in range(n_indikator // 5)
            for bidang in ("PDK", "KES", "SAB", "JSO", "ADM")
        ]
        Capaian.objects.bulk_create(
            Capaian(
                wilayah=region, indikator=satu, periode=tahun, akhir=Periode.parse(tahun).akhir, status="ada",
                pembilang=10 + number + place, penyebut=100 + number, nilai=Decimal(10 + number + place),
                n_data=5, n_desa=9, target=100, skor=Decimal(number + 10) / 100, kurang=90 - place, tren=-1,
            )
            for tahun in ("2024", "2025")
            for number, satu in enumerate(kinds)
            for place, region in enumerate(regions)
        )  # fmt: skip
        GapBidang.objects.bulk_create(
            GapBidang(
                wilayah=region, tahun=tahun, bidang_id=bidang, gap=Decimal(place) / 60, n_indikator=9, n_katalog=12
            )
            for tahun in range(2020, 2026)
            for bidang in ("PDK", "KES", "SAB", "JSO", "ADM")
            for place, region in enumerate(regions)
        )

    return make


@pytest.mark.parametrize("kode", ["11.03", "11.03.01"])
def test_the_page_costs_at_most_twelve_queries_however_much_there_is(
    kode: str, ramai: Callable[[int, int], None], client: Client, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    ramai(30, 60)
    with django_assert_max_num_queries(12):
        client.get(f"/wilayah/{kode}/capaian/")


@pytest.mark.parametrize("kode", ["11.03", "11.03.01"])
def test_the_page_of_a_large_kabupaten_is_light(kode: str, ramai: Callable[[int, int], None], client: Client) -> None:
    """With sixty indicators and fifty kecamatan."""
    ramai(50, 60)
    assert_light(content(client.get(f"/wilayah/{kode}/capaian/")))
    assert_light(content(client.get(f"/wilayah/{kode}/angka/PDK-01/2025/")))


@pytest.mark.parametrize("path", ["", "KES-13/", "IDM-IDM/"])
def test_the_catalogue_is_light(path: str, katalog: None, client: Client) -> None:
    assert_light(content(client.get(f"/indikator/{path}")))

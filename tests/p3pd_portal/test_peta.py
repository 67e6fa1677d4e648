"""The map on the page of a region."""

import math
import re

import pytest
from django.test import Client

from kecamatan.importers.batas import impor_batas
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from tests.assertions import content, visible_text, weights
from tests.factories import APBDesFactory, BarisAPBDesFactory
from tests.kecamatan.geojson import ALFA_BETA, geojson, square


pytestmark = pytest.mark.django_db
JUTA = 1_000_000


@pytest.fixture
def figures(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """A1 spends 30 of 100 million on health; of Beta nothing is known."""
    a1 = APBDesFactory(desa=wilayah["11.01.01.2001"])
    BarisAPBDesFactory(apbdes=a1, anggaran=30 * JUTA)
    BarisAPBDesFactory(apbdes=a1, kode_kegiatan="02.03.10", anggaran=70 * JUTA)
    rebuild(2025)


@pytest.fixture
def outlines(wilayah: dict[str, Wilayah]) -> None:
    impor_batas(geojson(ALFA_BETA | {"11.01.01.2001": square()}), sumber="Peta Uji", edisi="2026")


def panel(client: Client, url: str) -> str:
    """The map's panel; empty when the page has none."""
    found = re.search(r'<section class="panel" id="peta".*?</section>', content(client.get(url)), re.DOTALL)
    return found[0] if found else ""


def test_every_child_is_a_link_with_its_sentence_in_the_colour_of_its_class(
    figures: None, outlines: None, client: Client
) -> None:
    page = panel(client, "/wilayah/11.01/")
    assert '<title>Alfa: 30,0%, dari 1 dari 2 desa</title><path class="k3" d="M' in page
    assert '<title>Beta: belum ada data</title><path class="kx" d="M' in page
    assert page.count('<a href="/wilayah/11.01.01/"') == 2  # on the map and in the list beside it
    assert 'role="group" aria-label="Peta porsi layanan dasar per kecamatan, tahun 2025"' in page


def test_the_map_is_named_dated_sourced_and_said_to_be_indicative(
    figures: None, outlines: None, client: Client
) -> None:
    text = visible_text(client.get("/wilayah/11.01/"))
    assert "Peta kecamatan" in text
    assert "Tahun 2025: 1 dari 2 kecamatan sudah memiliki angka." in text
    assert "Peta Uji, 2026. Garis bersifat indikatif, bukan batas resmi." in text


def test_the_finding_comes_first_once_there_are_two_numbers(figures: None, outlines: None, client: Client) -> None:
    assert "tertinggi" not in panel(client, "/wilayah/11.01/")
    b1 = APBDesFactory(desa=Wilayah.objects.get(kode="11.01.02.2001"))
    BarisAPBDesFactory(apbdes=b1, anggaran=5 * JUTA)
    BarisAPBDesFactory(apbdes=b1, kode_kegiatan="02.03.10", anggaran=95 * JUTA)
    rebuild(2025)
    assert "Porsi layanan dasar tertinggi di Alfa (30,0%), terendah di Beta (5,0%)." in panel(client, "/wilayah/11.01/")


def test_regions_without_an_outline_stand_beside_the_map(figures: None, outlines: None, client: Client) -> None:
    page = panel(client, "/wilayah/11.01.01/")
    missing = page[page.index("Belum tergambar di peta:") :]
    assert 'href="/wilayah/11.01.01.2002/">A2</a>' in missing
    assert 'href="/wilayah/11.01.01.1003/">A3</a>' in missing
    assert ">A1</a>" not in missing


def test_without_any_outline_the_regions_are_equal_tiles_with_a_reason_and_an_owner(
    figures: None, client: Client
) -> None:
    page = panel(client, "/wilayah/11.01/")
    assert "daerah-peta" not in page
    assert '<a class="k3" href="/wilayah/11.01.01/"><span>Alfa</span> <strong>30,0%</strong></a>' in page
    assert '<a class="kx" href="/wilayah/11.01.02/"><span>Beta</span> <strong>belum ada data</strong></a>' in page
    assert "Admin pusat memuatnya dengan perintah impor batas." in page
    assert "indikatif" not in page


def test_a_kelurahan_is_not_applicable_rather_than_unknown(figures: None, client: Client) -> None:
    page = panel(client, "/wilayah/11.01.01/")
    assert '<a class="kt" href="/wilayah/11.01.01.1003/"><span>A3</span> <strong>tanpa APBDes</strong></a>' in page


def test_the_map_is_of_the_year_asked_for(figures: None, outlines: None, client: Client) -> None:
    a1 = APBDesFactory(desa=Wilayah.objects.get(kode="11.01.01.2001"), tahun=2024)
    BarisAPBDesFactory(apbdes=a1, anggaran=JUTA)
    rebuild(2024)
    assert "Alfa: 100,0%" in panel(client, "/wilayah/11.01/?tahun=2024")


def test_the_order_of_the_table_does_not_touch_the_map(figures: None, outlines: None, client: Client) -> None:
    assert panel(client, "/wilayah/11.01/") == panel(client, "/wilayah/11.01/?urut=-porsi")


@pytest.mark.parametrize("url", ["/wilayah/11.01.01.2001/", "/wilayah/11.01.01.1003/"])
def test_a_village_has_no_map(url: str, figures: None, client: Client) -> None:
    assert panel(client, url) == ""


def test_a_region_with_nothing_below_it_has_no_map(figures: None, client: Client) -> None:
    impor_wilayah([("11.03", "Kabupaten Baru")])
    assert panel(client, "/wilayah/11.03/") == ""


def test_the_demo_is_not_on_the_map_of_the_nation(figures: None, client: Client) -> None:
    assert "/wilayah/99/" not in panel(client, "/wilayah/")
    assert "/wilayah/11/" in panel(client, "/wilayah/")


def test_the_map_costs_one_query_and_reads_the_values_once(
    figures: None, outlines: None, client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14) as asked:
        client.get("/wilayah/11.01/")
    tables = [query["sql"] for query in asked.captured_queries]
    assert sum('FROM "kecamatan_batas"' in sql for sql in tables) == 1
    of_children = [sql for sql in tables if 'FROM "layanan_dasar_kualitasbelanja"' in sql and '"induk_id"' in sql]
    assert len(of_children) == 1


def test_a_large_kabupaten_with_a_map_stays_light(wilayah: dict[str, Wilayah], acuan: None, client: Client) -> None:
    """Fifty kecamatan with figures and outlines as detailed as a picture may be."""
    rows = [(f"11.03.{n:02}", f"Kecamatan Nomor {n}") for n in range(1, 51)]
    impor_wilayah([("11.03", "Kabupaten Tiga"), *rows, *((f"{kode}.2001", f"Desa {nama}") for kode, nama in rows)])
    for desa in Wilayah.objects.filter(kode__startswith="11.03.", tingkat=4):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=desa), anggaran=123_456_789, realisasi_s1=98_765_432)
    rebuild(2025)
    shapes = {kode: bays(112 + n % 8 * 0.5, -7 + n // 8 * 0.5) for n, (kode, _) in enumerate(rows)}
    impor_batas(geojson(shapes), sumber="Peta Uji")
    page = content(client.get("/wilayah/11.03/"))
    assert len("".join(re.findall(r' d="([^"]+)"', page))) > 8_000
    assert weights(page)["html"] <= 15 * 1024


def bays(x: float, y: float) -> dict[str, object]:
    """A coast of two hundred bays, no two of them alike."""
    reach = [0.15 + 0.08 * ((n * 7919 + int(x * 10) * 31 + int(y * 10) * 17) % 97) / 97 for n in range(200)]
    turned = [(n * 0.0314159, far) for n, far in enumerate(reach)]
    ring = [[x + far * math.cos(angle), y + far * math.sin(angle)] for angle, far in turned]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}

"""The spending page's addresses, its cost and weight, and its tables to take away."""

import io
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import APBDes, BarisAPBDes
from tests.assertions import content, row_counts, visible_text, weights
from tests.factories import BarisAPBDesFactory
from tests.layanan_dasar.vektor import JUTA


pytestmark = pytest.mark.django_db
A1, A2, ALFA, SATU = "11.01.01.2001", "11.01.01.2002", "11.01.01", "11.01"
KB = 1024


def book(client: Client, kode: str = A1) -> dict[str, list[list[Any]]]:
    answer = client.get(f"/wilayah/{kode}/belanja/mutu.xlsx")
    found = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def column(rows: list[list[Any]], name: str) -> list[Any]:
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_the_region_page_leads_here_and_back(contoh: APBDes, client: Client) -> None:
    assert f'href="/wilayah/{A1}/belanja/?tahun=2025"' in content(client.get(f"/wilayah/{A1}/"))
    assert f'href="/wilayah/{A1}/?tahun=2025"' in content(client.get(f"/wilayah/{A1}/belanja/"))


def test_a_code_without_dots_leads_to_the_page(contoh: APBDes, client: Client) -> None:
    answer = client.get("/wilayah/1101012001/belanja/?tahun=2025")
    assert (answer.status_code, answer.url) == (301, f"/wilayah/{A1}/belanja/?tahun=2025")


def test_an_old_code_leads_to_the_page_of_its_successor_which_shows_its_year(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    Wilayah.objects.filter(kode=A1).update(berlaku_sampai="2025-12-31", kode_penerus=A2)
    rebuild(2025, tahun_berjalan=2026)
    answer = client.get(f"/wilayah/{A1}/belanja/")
    assert (answer.status_code, answer.url) == (301, f"/wilayah/{A2}/belanja/?dari={A1}")
    text = visible_text(client.get(answer.url))
    assert f"Kode {A1} (Desa A1)" in text
    assert "80,7 Mutu A" in text
    assert "02.02.02 KES 90.000.000" in text


def test_an_unknown_region_is_not_found(contoh: APBDes, client: Client) -> None:
    assert client.get("/wilayah/77/belanja/").status_code == 404


def test_reading_writes_nothing(contoh: APBDes, client: Client) -> None:
    before = row_counts()
    for path in ("", "mutu.xlsx", "mutu.csv?bagian=kegiatan", "kuadran.json"):
        assert client.get(f"/wilayah/{A1}/belanja/{path}").status_code == 200
    assert row_counts() == before


def busy(apbdes: APBDes, wilayah: Wilayah, n: int) -> None:
    """Everything that costs a query: a half year, a year before, oddities, and n lines."""
    BarisAPBDes.objects.bulk_create(
        BarisAPBDes(apbdes=apbdes, kode_kegiatan="04.01.01", kode_rekening=f"5.2.1.{m:03}", anggaran=0, realisasi_s1=1)
        for m in range(n)
    )
    BarisAPBDes.objects.update(realisasi_s1=JUTA, realisasi_s2=None)
    lalu, _ = APBDes.objects.get_or_create(
        desa=wilayah, tahun=2024, jenis="awal", defaults={"berlaku": True, "cakupan_belanja": "kegiatan"}
    )
    BarisAPBDesFactory(apbdes=lalu, kode_rekening=f"5.2.1.{n:03}", realisasi_s1=1)
    rebuild(2025)
    rebuild(2024)


@pytest.mark.parametrize("kode", [A1, ALFA, SATU, "0"])
def test_the_page_costs_at_most_twelve_queries_however_many_lines(
    kode: str,
    contoh: APBDes,
    wilayah: dict[str, Wilayah],
    client: Client,
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    busy(contoh, wilayah[A1], 10)
    with django_assert_max_num_queries(12) as first:
        client.get(f"/wilayah/{kode}/belanja/")
    contoh.baris.filter(kode_kegiatan="04.01.01").delete()
    busy(contoh, wilayah[A1], 100)
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(f"/wilayah/{kode}/belanja/")


def test_the_page_is_light(contoh: APBDes, wilayah: dict[str, Wilayah], client: Client) -> None:
    """The budget of a region page: HTML 15, all together 75 KB, also with a hundred kegiatan."""
    BarisAPBDes.objects.bulk_create(
        BarisAPBDes(
            apbdes=contoh, kode_kegiatan=f"0{n % 5 + 1}.0{n // 10 % 8 + 1}.{n:02}", kode_rekening="5.2.1.09",
            uraian=f"Kegiatan desa nomor {n}", anggaran=n * 1_234_567, realisasi_s2=n * 987_654,
        )
        for n in range(100)
    )  # fmt: skip
    rebuild(2025)
    for kode in (A1, ALFA):
        page = weights(content(client.get(f"/wilayah/{kode}/belanja/")))
        assert page["html"] <= 15 * KB
        assert sum(page[kind] for kind in ("html", "css", "js", "img")) <= 75 * KB
        assert page["requests"] <= 12


def test_the_workbook_holds_every_table_with_the_figures_of_the_page(contoh: APBDes, client: Client) -> None:
    sheets = book(client)
    assert list(sheets) == [
        "Ukuran", "IBDB", "Aturan", "Bidang", "Bidang APBDes", "Sumber dana", "Kegiatan", "Kebutuhan dan belanja",
        "Per tahun", "Kejanggalan",
    ]  # fmt: skip
    for name in ("Sumber dana", "Kegiatan"):
        assert sum(column(sheets[name], "anggaran")) == 1400 * JUTA
        assert sum(column(sheets[name], "realisasi")) == 1199 * JUTA
    assert sum(column(sheets["Bidang"], "inti_anggaran")) == 350 * JUTA
    assert column(sheets["IBDB"], "nilai") == [0.833333, 0.854286, 0.902857, 0.75, 0.56, 0.75, 80.742857]
    assert column(sheets["Ukuran"], "nilai")[0] == 0.25
    assert column(sheets["Kebutuhan dan belanja"], "selisih")[0] == pytest.approx(0.011429)
    assert column(sheets["Aturan"], "tidak_patuh") == [0, 0, 0, 1]
    assert column(sheets["Per tahun"], "ibdb") == [80.742857]


def test_the_workbook_lists_oddities_line_by_line(contoh: APBDes, client: Client) -> None:
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="04.01.01", anggaran=0, realisasi_s2=5 * JUTA)
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="02.02.97", anggaran=900 * JUTA, realisasi_s2=901 * JUTA)
    rebuild(2025)
    for kode, n in ((A1, 4), (ALFA, 4), (SATU, 2)):
        assert len(book(client, kode)["Kejanggalan"]) == 1 + n, kode


def test_a_region_adds_its_spread_to_the_measures(contoh: APBDes, client: Client) -> None:
    names = column(book(client, ALFA)["Ukuran"], "ukuran")
    assert names[-3:] == [f"Porsi layanan dasar inti, desa {nama}" for nama in ("terendah", "median", "tertinggi")]


def test_a_long_list_is_whole_in_the_workbook_and_left_out_above_the_kecamatan(contoh: APBDes, client: Client) -> None:
    BarisAPBDes.objects.bulk_create(
        BarisAPBDes(apbdes=contoh, kode_kegiatan=f"04.0{n // 10}.{90 + n % 10}", kode_rekening="5.2.1", anggaran=n)
        for n in range(1, 61)
    )
    rebuild(2025)
    assert len(book(client)["Kegiatan"]) == 1 + 66
    assert len(book(client, SATU)["Kegiatan"]) == 1


@pytest.mark.parametrize(("bagian", "first"), [("kegiatan", "kode,nama"), ("", "kode,ukuran"), ("xx", "kode,ukuran")])
def test_a_csv_holds_the_part_asked_for(bagian: str, first: str, contoh: APBDes, client: Client) -> None:
    answer = client.get(f"/wilayah/{A1}/belanja/mutu.csv?tahun=2025&bagian={bagian}")
    assert answer["Content-Disposition"] == f'attachment; filename="mutu-belanja-{A1}-2025.csv"'
    assert content(answer).lstrip("\ufeff").startswith(first)


def test_files_stand_for_regions_without_a_budget_too(contoh: APBDes, client: Client) -> None:
    assert all(len(rows) == 1 for rows in book(client, A2).values())
    assert client.get(f"/wilayah/{A1}/belanja/mutu.pdf").status_code == 404

"""The page of a village's money, as citizens read it."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import APBDes
from tests.assertions import content, row_counts, visible_text
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.usefixtures("acuan")
A1, A2, A3 = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"
JUTA = 1_000_000


@pytest.fixture
def a1(wilayah: dict[str, Wilayah]) -> APBDes:
    """Two years; of 2025 everything is reported: posyandu in full, a road in part."""
    earlier = APBDesFactory(desa=wilayah[A1], tahun=2024)
    BarisAPBDesFactory(apbdes=earlier, anggaran=9 * JUTA)
    apbdes = APBDesFactory(
        desa=wilayah[A1], nomor_perdes="5/2024", tanggal_perdes="2024-12-27", per_tanggal="2025-12-31",
        sumber="https://a1.desa.test/apbdes",
    )  # fmt: skip
    revenue = {"kode_kegiatan": "", "kode_rekening": "4.2.1.01"}
    BarisAPBDesFactory(apbdes=apbdes, **revenue, anggaran=100 * JUTA, realisasi_s2=90 * JUTA)
    BarisAPBDesFactory(apbdes=apbdes, anggaran=40 * JUTA, realisasi_s2=40 * JUTA)
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10", anggaran=50 * JUTA, realisasi_s2=20 * JUTA)
    for tahun in (2024, 2025):
        rebuild(tahun)
    return apbdes


def address(kode: str = A1) -> str:
    return f"/wilayah/{kode}/transparansi/"


def text(client: Client, kode: str = A1, tahun: str = "") -> str:
    answer = client.get(address(kode) + (f"?tahun={tahun}" if tahun else ""))
    assert answer.status_code == 200
    return visible_text(answer)


def test_a_citizen_reads_the_six_items_with_source_and_date(a1: APBDes, client: Client) -> None:
    page = text(client)
    for nomor, judul in enumerate(
        ("APBDes", "Pelaksana kegiatan dan tim", "Realisasi APBDes", "Realisasi kegiatan",
         "Kegiatan belum selesai atau tidak terlaksana", "Sisa anggaran"), 1,
    ):  # fmt: skip
        assert f"{nomor}. {judul}" in page
    assert "APBDes awal 2025. Perdes nomor 5/2024 tanggal 27 Desember 2024." in page
    assert "4.2 Transfer 100.000.000" in page
    assert "Portal belum menyimpan daftar pelaksana kegiatan" in page
    assert "Yang memegang: kepala desa" in page
    assert "Keadaan per 31 Desember 2025 (laporan semester 2)." in page
    assert "Belanja 90.000.000 60.000.000 66,7%" in page
    assert "50.000.000 20.000.000 40,0% realisasi di bawah anggaran sampai akhir tahun" in page
    assert "angka saja tidak membedakannya" in page
    assert "sisa anggaran belanja Rp30.000.000" in page
    assert "SiLPA Rp30.000.000" in page
    assert 'href="https://a1.desa.test/apbdes"' in content(client.get(address()))


def test_another_year_is_chosen_and_nonsense_leads_to_the_latest(a1: APBDes, client: Client) -> None:
    page = text(client, tahun="2024")
    assert "Transparansi APBDes Desa A1 2024" in page
    assert "Nomor dan tanggal Perdes belum dicatat di portal" in page
    assert "Realisasi tahun 2024 belum dilaporkan ke portal." in page
    assert "Yang melaporkan: operator desa" in page
    assert "belum terpakai" not in page
    for tahun in ("2019", "x", "٢٠٢٤"):
        assert "Transparansi APBDes Desa A1 2025" in text(client, tahun=tahun)


def test_a_desa_without_a_budget_says_whom_to_ask(a1: APBDes, client: Client) -> None:
    page = text(client, A2)
    assert page.count("Belum ada APBDes tahun") == 5
    assert "Yang mengunggah: operator desa" in page
    assert "Mintalah kepada pemerintah desa" in page


def test_a_year_that_runs_is_worded_with_care(wilayah: dict[str, Wilayah], client: Client) -> None:
    apbdes = APBDesFactory(desa=wilayah[A2], tahun=2030, jenis="perubahan", urutan_perubahan=2)
    BarisAPBDesFactory(apbdes=apbdes, realisasi_s1=10)
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10")
    rebuild(2030)
    page = text(client, A2)
    assert "APBDes perubahan ke-2 2030." in page
    assert "Laporan sampai semester 1; tanggalnya tidak disebut. Realisasi setahun penuh belum dilaporkan." in page
    assert "belum terserap seluruhnya sampai laporan ini" in page
    assert "Yang belum dilaporkan belum tentu belum dikerjakan." in page
    assert "anggaran belanja yang belum terpakai" in page
    assert "SiLPA belum dapat dihitung" in page
    assert "termasuk 1 kegiatan yang realisasinya belum dilaporkan" in page
    assert "akhir tahun" not in page


def test_when_everything_was_spent_nothing_is_unfinished(wilayah: dict[str, Wilayah], client: Client) -> None:
    apbdes = APBDesFactory(desa=wilayah[A2], nomor_perdes="", tanggal_perdes="2024-12-27")
    BarisAPBDesFactory(apbdes=apbdes, realisasi_s2=JUTA)
    rebuild(2025)
    page = text(client, A2)
    assert "Tidak ada: semua kegiatan yang dianggarkan sudah terserap seluruhnya." in page
    assert "Perdes tanggal 27 Desember 2024; nomornya belum dicatat." in page


def test_a_kelurahan_has_no_apbdes(a1: APBDes, client: Client) -> None:
    assert "Kelurahan tidak memiliki APBDes." in text(client, A3)
    assert client.get(f"{address(A3)}unduh.csv").status_code == 404


def test_the_kecamatan_shows_who_publishes_what(a1: APBDes, client: Client) -> None:
    page = text(client, "11.01.01")
    assert "APBDes terbit di 1 dari 2 desa." in page
    assert "A1 ✓ terbit – belum ✓ terbit ✓ terbit ✓ terbit ✓ terbit" in page
    assert "A2 – belum" in page
    assert "A3 kelurahan, tanpa APBDes" in page
    assert "Terbit 1 dari 2 desa 0 dari 2 desa 1 dari 2 desa" in page
    assert f'href="{address()}?tahun=2025"' in content(client.get(address("11.01.01")))


def test_a_kecamatan_without_any_budget_says_so(a1: APBDes, client: Client) -> None:
    page = text(client, "11.02.01")
    assert "dari desa di kecamatan ini." in page
    assert "Yang mengunggah: operator desa" in page


def test_a_kecamatan_of_kelurahan_alone_or_without_a_list_says_so(wilayah: dict[str, Wilayah], client: Client) -> None:
    Wilayah.objects.filter(kode__in=(A1, A2)).update(berlaku_sampai="2025-01-01")
    assert "Kecamatan ini hanya memiliki kelurahan" in text(client, "11.01.01")
    Wilayah.objects.filter(kode="11.02.01.2001").update(berlaku_sampai="2025-01-01")
    assert "Daftar desa kecamatan ini belum dimuat." in text(client, "11.02.01")


@pytest.mark.parametrize("kode", ["11", "11.01", "11.01.99", "11.01.01.2099"])
@pytest.mark.parametrize("rest", ["", "unduh.csv"])
def test_other_levels_and_unknown_codes_have_no_such_page(kode: str, rest: str, a1: APBDes, client: Client) -> None:
    assert client.get(address(kode) + rest).status_code == 404


def test_a_code_without_dots_leads_to_the_page(a1: APBDes, client: Client) -> None:
    answer = client.get("/wilayah/1101012001/transparansi/?tahun=2024")
    assert (answer.status_code, answer.url) == (301, f"{address()}?tahun=2024")


def test_everything_shown_can_be_taken_away(a1: APBDes, client: Client) -> None:
    answer = client.get(f"{address()}unduh.csv?tahun=2025")
    assert answer["Content-Disposition"] == f'attachment; filename="transparansi-{A1}-2025.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [sum(row["butir"] == str(nomor) for row in rows) for nomor in range(1, 7)] == [10, 1, 10, 2, 1, 2]
    road = next(row for row in rows if row["butir"] == "5")
    assert (road["kode"], road["anggaran"], road["realisasi"], road["sisa"]) == (
        "02.03.10", "50000000", "20000000", "30000000",
    )  # fmt: skip
    assert road["keterangan"] == "realisasi di bawah anggaran sampai akhir tahun"
    assert "kepala desa" in next(row for row in rows if row["butir"] == "2")["keterangan"]
    assert {(row["nomor_perdes"], row["per_tanggal"]) for row in rows} == {("5/2024", "2025-12-31")}
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address()}unduh.xlsx").content))
    assert book.active.max_row == len(rows) + 1
    assert client.get(f"{address()}unduh.pdf").status_code == 404


def test_the_file_of_a_desa_without_a_budget_says_why(a1: APBDes, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address(A2)}unduh.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert all(row["keterangan"] and not row["anggaran"] for row in rows)


def test_the_list_of_a_kecamatan_can_be_taken_away(a1: APBDes, client: Client) -> None:
    lines = client.get(f"{address('11.01.01')}unduh.csv").content.decode("utf-8-sig").splitlines()
    assert "11.01.01.2001,A1,2025,terbit,belum,terbit,terbit,terbit,terbit" in lines
    assert lines[1].startswith('11.01.01.1003,A3,2025,"kelurahan, tanpa APBDes"')


def test_the_number_of_queries_does_not_grow_with_the_lines(a1: APBDes, client: Client) -> None:
    def count(kode: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address(kode))
        return len(queries)

    before = count(A1), count("11.01.01")
    for number in range(60):
        BarisAPBDesFactory(apbdes=a1, kode_kegiatan=f"02.05.{number:02}", uraian="x", realisasi_s2=1)
    rebuild(2025)
    assert (count(A1), count("11.01.01")) == before
    assert max(before) <= 12


def test_reading_writes_nothing(a1: APBDes, client: Client) -> None:
    before = row_counts()
    for kode in (A1, A2, A3, "11.01.01"):
        for rest in ("", "unduh.csv", "unduh.xlsx"):
            client.get(address(kode) + rest)
    assert row_counts() == before


def test_the_page_of_a_desa_and_of_its_kecamatan_lead_there(a1: APBDes, client: Client) -> None:
    for kode in (A1, "11.01.01"):
        assert f'href="{address(kode)}?tahun=2025"' in content(client.get(f"/wilayah/{kode}/"))
    assert "/transparansi/" not in content(client.get("/wilayah/11.01/"))


def test_the_demo_is_marked(wilayah: dict[str, Wilayah], client: Client) -> None:
    assert "DATA CONTOH" in text(client, "99.01.01.2001")

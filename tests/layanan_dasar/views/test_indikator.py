"""The catalogue of indicators as everybody reads it and takes it away."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from layanan_dasar.models import Indikator
from tests.assertions import content, row_counts, visible_text
from tests.factories import IndikatorFactory, TargetFactory


pytestmark = pytest.mark.usefixtures("acuan")
RUMUS = {
    "PDK-01": "Angka wilayah = jumlah pembilang dibagi jumlah penyebut seluruh desa yang melapor, bukan rata-rata",
    "KES-18": "Angka wilayah = jumlah dari seluruh desa yang melapor.",
    "SAB-07": "Angka wilayah = persentase desa yang ya di antara desa yang melapor.",
    "SAB-08": "Angka wilayah = nilai tengah (median) desa yang melapor, bersama nilai terkecil dan terbesar.",
}


def text(client: Client, address: str = "") -> str:
    answer = client.get(f"/indikator/{address}")
    assert answer.status_code == 200
    return visible_text(answer)


def rows(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# The list


def test_everybody_reads_the_catalogue_by_bidang_and_context_last(katalog: None, client: Client) -> None:
    page = text(client)
    headings = ("Pendidikan 12", "Kesehatan 19", "Sanitasi dan air bersih 11", "Jaminan sosial 9",
                "Administrasi kependudukan 9")  # fmt: skip
    places = [page.index(f"{heading} indikator") for heading in headings]
    assert places == sorted(places) and places[-1] < page.index("Indikator konteks 63 indikator Angka dari")


def test_a_row_says_what_is_measured_how_often_and_who_fills_it(katalog: None, client: Client) -> None:
    page = text(client)
    up, down = "makin tinggi makin baik", "makin rendah makin baik"
    school = f"APS anak usia 5–6 tahun PDK-01 target 100% % · {up} · semesteran · diisi UPT/Korwil Pendidikan"
    assert school in page
    assert f"stunting balita KES-13 target 14% (2024), 14,2% (2029) % · {down} · bulanan · diisi Puskesmas" in page
    assert f"target 0 kasus kasus · {down} · bulanan · diisi Puskesmas" in page
    assert "bulanan, kumulatif · diisi Puskesmas" in page
    assert "BAN-PDM" not in page  # where a number comes from stands on its own page
    assert f"Satuan PAUD terakreditasi minimal B PDK-08 belum ada angka target % · {up} · tahunan" in page
    assert f"Indeks Desa Membangun IDM-IDM indeks · {up} · tahunan · Kemendesa PDT" in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("kata=ktp", ["ADM-02", "ADM-03", "OS-KTP", "OS-REKAM"]),
        ("kata=KES-1&bidang=KES", [f"KES-{n}" for n in range(10, 20)]),
        ("kata=bayi+imunisasi", ["KES-14"]),
        ("kata=%00", []),
        ("bidang=JSO", [*(f"JSO-{n:02}" for n in range(1, 10)), "OS-DISAB"]),
    ],
)
def test_a_reader_narrows_the_list(query: str, codes: list[str], katalog: None, client: Client) -> None:
    found = client.get(f"/indikator/?{query}").context["katalog"]
    assert [baris.indikator.kode for baris in found.baris] == codes


def test_context_of_a_bidang_comes_with_it(katalog: None, client: Client) -> None:
    page = text(client, "?bidang=SAB")
    assert "PODES-JAMBAN" in page
    assert "PODES-SD" not in page


@pytest.mark.parametrize("bidang", ["", "XYZ", "%00"])
def test_an_unknown_bidang_is_as_if_it_were_not_asked_for(bidang: str, katalog: None, client: Client) -> None:
    found = client.get(f"/indikator/?bidang={bidang}").context["katalog"]
    assert len(list(found.baris)) == found.n_semua == 123


def test_what_was_asked_for_stays_in_the_form(katalog: None, client: Client) -> None:
    page = content(client.get('/indikator/?bidang=KES&kata="bayi'))
    assert '<option value="KES" selected>Kesehatan</option>' in page
    assert 'value="&quot;bayi"' in page


def test_a_search_without_a_find_leads_back_to_all(katalog: None, client: Client) -> None:
    page = text(client, "?kata=jembatan")
    assert "Tidak ada indikator yang cocok dengan pilihan ini. Tampilkan semua indikator" in page
    assert "Unduh daftar ini" not in page


def test_an_unloaded_catalogue_says_whose_it_is(client: Client) -> None:
    assert "Katalog indikator belum dimuat. Yang memuat: admin pusat." in text(client)


def test_every_page_leads_to_the_catalogue(client: Client) -> None:
    assert '<a href="/indikator/">Indikator</a>' in content(client.get("/aturan-belanja/"))


@pytest.mark.parametrize("address", ["", "?kata=bayi&bidang=KES", "KES-13/", "unduh.xlsx"])
def test_pages_take_few_queries_and_write_nothing(address: str, katalog: None, client: Client) -> None:
    before = row_counts()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/indikator/{address}").status_code == 200
    assert len(queries) <= 4
    assert row_counts() == before


# One indicator


def test_an_indicator_is_explained(katalog: None, client: Client) -> None:
    page = text(client, "KES-01/")
    for words in (
        "Pelayanan ibu hamil sesuai standar KES-01 · Kesehatan",
        "Persentase sasaran ibu hamil setahun yang mendapat pelayanan antenatal lengkap",
        "Mengapa penting Pemeriksaan kehamilan yang lengkap",
        "100 × pembilang ÷ penyebut",
        "Pembilang ibu hamil yang dilayani antenatal lengkap sesuai standar Penyebut sasaran ibu hamil setahun",
        "Arah makin tinggi makin baik Frekuensi bulanan, kumulatif Yang mengisi Puskesmas Sumber e-Kohort, PWS-KIA",
        "Dasar hukum Permenkes 6/2024 (SPM kesehatan 1) Keyakinan tinggi Jenis penyebut proyeksi",
        "Dihitung sejak Januari dan mulai lagi setiap Januari",
        "Rincian disabilitas Terbit mulai tingkat desa",
        "100% setiap tahun Standar Pelayanan Minimal · keyakinan tinggi",
        "Yang berlaku: versi 1.",
        "Versi 1, 22 November 2026: ditulis menurut",
    ):
        assert words in page


@pytest.mark.parametrize("kode", RUMUS)
def test_the_figure_of_a_region_depends_on_the_kind(kode: str, katalog: None, client: Client) -> None:
    page = text(client, f"{kode}/")
    assert [other for other, rumus in RUMUS.items() if rumus in page] == [kode]


def test_only_a_projected_denominator_may_be_exceeded(katalog: None, client: Client) -> None:
    assert "tetap ditampilkan apa adanya dengan tanda melebihi sasaran" in text(client, "KES-01/")
    assert "Isian yang pembilangnya lebih besar ditolak." in text(client, "PDK-01/")
    assert "melebihi penyebut" not in text(client, "KES-18/")


def test_targets_stand_with_year_floor_and_how_sure_they_are(katalog: None, client: Client) -> None:
    page = text(client, "KES-13/")
    assert "14% pada tahun 2024 target program nasional · keyakinan tinggi · skor nol pada 40%" in page
    assert "14,2% pada tahun 2029 target program nasional · keyakinan sedang · skor nol pada 40%" in page


def test_targets_of_a_region_are_not_those_of_the_nation(wilayah: dict, client: Client) -> None:
    target = TargetFactory(nilai=70, tahun=2025, basis="daerah", wilayah=wilayah["11.01"])
    TargetFactory(indikator=target.indikator, nilai=90)
    page = text(client, f"{target.indikator_id}/")
    assert "90%" in page
    assert "70%" not in page


def test_a_value_that_small_regions_may_not_show_says_so(katalog: None, client: Client) -> None:
    assert "Terbit mulai tingkat kabupaten Nilai wilayah di bawahnya tidak ditampilkan" in text(client, "KES-12/")


def test_an_indicator_that_should_grow_says_who_sets_a_target(katalog: None, client: Client) -> None:
    assert "Belum ada angka target: yang diharapkan adalah kenaikan" in text(client, "PDK-08/")


def test_context_has_no_target_and_no_score(katalog: None, client: Client) -> None:
    page = text(client, "PODES-JAMBAN/")
    assert "indikator konteks: tidak bertarget dan tidak masuk skor bidang" in page
    assert "Indikator konteks tidak bertarget. Yang mengukur: BPS, Podes 2024." in page
    assert "Dasar hukum tidak tercatat" in page


def test_an_indicator_without_history_says_who_writes_it(client: Client) -> None:
    page = text(client, f"{IndikatorFactory().kode}/")
    assert "Riwayat perubahan belum dicatat. Yang mencatat: admin pusat." in page
    assert "Rincian tidak dirinci" in page


def test_the_latest_version_stands_first(client: Client) -> None:
    told = [{"versi": n, "tanggal": f"2026-0{n}-01", "perubahan": f"ubahan {n}"} for n in (1, 2)]
    page = text(client, f"{IndikatorFactory(versi=2, riwayat=told).kode}/")
    assert "Versi 2, 1 Februari 2026: ubahan 2 Versi 1, 1 Januari 2026: ubahan 1" in page


@pytest.mark.parametrize(
    ("kode", "link"),
    [("KES-13", "/wilayah/0/capaian/?bidang=KES#indikator"), ("PODES-AIR", "/wilayah/0/capaian/?bidang=SAB#konteks"),
     ("IDM-IDM", "/wilayah/0/capaian/#konteks")],
)  # fmt: skip
def test_a_definition_leads_to_its_figures(kode: str, link: str, katalog: None, client: Client) -> None:
    assert f'href="{link}">Lihat angkanya di Indonesia' in content(client.get(f"/indikator/{kode}/"))


@pytest.mark.parametrize("kode", ["KES-99", "kes-01", "KES-01%00", "unduh.pdf"])
def test_what_the_catalogue_does_not_have_is_not_found(kode: str, katalog: None, client: Client) -> None:
    assert client.get(f"/indikator/{kode}/").status_code == 404


# To take away


def test_the_list_is_taken_away_as_it_is_shown(katalog: None, client: Client) -> None:
    answer = client.get("/indikator/unduh.csv?bidang=KES&kata=stunting")
    assert answer["Content-Disposition"] == 'attachment; filename="katalog-indikator.csv"'
    (row,) = rows(answer)
    assert (row["kode"], row["bidang"], row["konteks"]) == ("KES-13", "KES", "tidak")
    assert row["target"] == "14% (2024); 14,2% (2029)"
    assert (row["jenis_penyebut"], row["disagregasi"], row["kumulatif"]) == ("riil", "jenis kelamin", "tidak")


def test_all_of_it_is_taken_away(katalog: None, client: Client) -> None:
    taken = {row["kode"]: row for row in rows(client.get("/indikator/unduh.csv"))}
    assert set(taken) == set(Indikator.objects.values_list("kode", flat=True))
    assert (taken["KES-18"]["jenis_penyebut"], taken["KES-18"]["target"]) == ("", "0 kasus")
    assert (taken["IDM-IDM"]["bidang"], taken["IDM-IDM"]["konteks"]) == ("", "ya")


def test_a_workbook_has_the_targets_as_numbers(katalog: None, client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/indikator/unduh.xlsx?kata=stunting").content))
    assert book.sheetnames == ["Indikator", "Target"]
    assert [cell.value for cell in book["Target"][3]] == [
        "KES-13", "Prevalensi stunting balita", 2029, "target program nasional", 14.2, 40, "sedang",
    ]  # fmt: skip


@pytest.mark.parametrize("bentuk", ["pdf", "json"])
def test_other_forms_are_not_offered(bentuk: str, katalog: None, client: Client) -> None:
    assert client.get(f"/indikator/unduh.{bentuk}").status_code == 404

"""Where a figure comes from: its formula with the numbers in it, its parts, its revisions, and what stays hidden."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.models import Capaian, Indikator, NilaiIndikator
from layanan_dasar.queries.paspor import nilai
from p3pd_portal.lib.periode import Periode
from tests.assertions import content, visible_text
from tests.factories import BerkasImporFactory, CapaianFactory, IndikatorFactory, NilaiFactory, TargetFactory


pytestmark = pytest.mark.django_db
A1, A2, A3, B1, B2, ALFA, BETA, SATU = (
    "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.02.2001", "11.01.02.2002", "11.01.01", "11.01.02",
    "11.01",
)  # fmt: skip


def page(client: Client, kode: str, satu: str = "SAB-01", periode: str = "2025") -> str:
    return visible_text(client.get(f"/wilayah/{kode}/angka/{satu}/{periode}/"))


@pytest.fixture
def air(wilayah: dict[str, Wilayah]) -> Indikator:
    satu = IndikatorFactory(
        kode="SAB-01", nama="Akses air minum layak", bidang_kode="SAB", pembilang="keluarga berakses",
        penyebut="keluarga", pemasok="sanitarian", sumber="STBM", dasar_hukum="SDG 6.1",
        definisi="Air dari sumber layak.",
    )  # fmt: skip
    TargetFactory(indikator=satu, nilai=90, basis="daerah", tahun=2025, wilayah=wilayah[SATU], keyakinan="sedang")
    TargetFactory(indikator=satu, nilai=100, basis="portal")
    NilaiFactory(desa=wilayah[A1], indikator=satu, pembilang=412, penyebut=530)
    NilaiFactory(desa=wilayah[A2], indikator=satu, pembilang=10, penyebut=70)
    capaian.rebuild(2025)
    return satu


def test_the_formula_holds_the_real_numbers(air: Indikator, client: Client) -> None:
    text = page(client, A1)
    assert "412 keluarga berakses ÷ 530 keluarga × 100 = 77,7%" in text
    assert "422 keluarga berakses ÷ 600 keluarga × 100 = 70,3%" in page(client, ALFA)


def test_the_target_with_its_basis_the_score_and_what_is_missing(air: Indikator, client: Client) -> None:
    text = page(client, A1)
    assert "Target 90% · target daerah 2025, Kabupaten Satu · keyakinan sedang" in text
    assert "Skor 86 (0 di batas terburuk, 100 di target)" in text
    assert "≈ mendekati" in text
    assert "Jarak ke target kurang 65 keluarga" in text
    assert "Selang kepercayaan 74,0–81,1%" in text
    assert "Kecamatan Alfa 70,3%" in text


def test_a_target_that_has_changed_since_has_no_basis(air: Indikator, client: Client) -> None:
    air.target.all().delete()
    assert "Target 90% Skor" in page(client, A1)


def test_definition_unit_direction_and_source(air: Indikator, client: Client) -> None:
    text = page(client, A1)
    for part in (
        "Air dari sumber layak.", "Penyebut keluarga (riil)", "% · makin tinggi makin baik", "Frekuensi tahunan",
        "STBM · diisi sanitarian", "SDG 6.1 · keyakinan tinggi", "mulai tingkat desa",
    ):  # fmt: skip
        assert part in text


def test_a_region_shows_what_it_adds_up(air: Indikator, client: Client) -> None:
    text = page(client, ALFA)
    assert "bukan rata-rata persentase. Wilayah Nilai Pembilang Penyebut A3 belum dilaporkan A1 77,7% 412 530" in text
    assert "A2 14,3% 10 70 Alfa 70,3% 422 600" in text
    assert "dihitung dari 2 dari 3 desa" in text
    assert "Desa terendah–tertinggi 14,3–77,7%" in text
    assert f'href="/wilayah/{A1}/angka/SAB-01/2025/"' in content(client.get(f"/wilayah/{ALFA}/angka/SAB-01/2025/"))


def test_few_desa_do_not_stand_for_all(air: Indikator, client: Client) -> None:
    assert "belum mewakili: kurang dari 60% desa" in page(client, SATU)
    assert "belum mewakili" not in page(client, ALFA)


def test_a_desa_shows_its_revisions_and_files_latest_first(
    air: Indikator, wilayah: dict[str, Wilayah], client: Client
) -> None:
    berkas = BerkasImporFactory(nama_berkas="air-2025.xlsx")
    NilaiFactory(
        desa=wilayah[A1], indikator=air, revisi=2, pembilang=450, penyebut=530, berkas=berkas, baris=7,
        sumber="STBM Juli", terbit_pada=timezone.make_aware(datetime.datetime(2026, 1, 12)),
    )  # fmt: skip
    NilaiFactory(desa=wilayah[A1], indikator=air, revisi=3, pembilang=1, penyebut=530, terbit_pada=None)
    capaian.rebuild(2025)
    text = page(client, A1)
    first = "Revisi 2, terbit 12 Januari 2026 450 ÷ 530 × 100 = 84,9% sumber STBM Juli · berkas air-2025.xlsx, baris 7"
    assert first in text
    assert text.index(first) < text.index("Revisi 1,")
    assert "412 ÷ 530 × 100 = 77,7% sumber STBM · tanpa berkas" in text
    assert "0,2%" not in text  # not published


def test_a_desa_that_follows_another_says_where_the_report_is(
    air: Indikator, wilayah: dict[str, Wilayah], client: Client
) -> None:
    CapaianFactory(wilayah=wilayah[A3], indikator=air)
    assert "Laporan asalnya tidak ditemukan." in page(client, A3)


def test_earlier_periods_stand_beside_it(air: Indikator, wilayah: dict[str, Wilayah], client: Client) -> None:
    assert "Ini angka pertama yang terbit" in page(client, A1)
    for tahun in range(2014, 2025):
        CapaianFactory(wilayah=wilayah[A1], indikator=air, periode=str(tahun), pembilang=tahun - 2000, target=100)
    CapaianFactory(wilayah=wilayah[A1], indikator=air, periode="2026")
    text = page(client, A1)
    assert "Garis putus-putus adalah target." in text
    assert "tahun 2025 77,7% 90% tahun 2024 24,0% 100% tahun 2023 23,0% 100%" in text
    assert "tahun 2018" in text
    assert "tahun 2017" not in text
    assert "tahun 2026" not in text
    html = content(client.get(f"/wilayah/{A1}/angka/SAB-01/2025/"))
    assert "<polyline" in html
    assert 'stroke-dasharray="3 3"' in html


def test_what_starts_anew_every_january_stands_beside_the_same_month(
    wilayah: dict[str, Wilayah], client: Client
) -> None:
    satu = IndikatorFactory(kode="SAB-01", frekuensi="B", kumulatif=True)
    for periode in ("2025-03", "2025-02", "2024-03", "2023-03"):
        CapaianFactory(wilayah=wilayah[A1], indikator=satu, periode=periode)
    text = page(client, A1, periode="2025-03")
    assert "Maret 2025 82,0% – Maret 2024 82,0% – Maret 2023 82,0%" in text
    assert "Februari" not in text
    assert "dijumlah sejak Januari" in text


def test_flags(air: Indikator, wilayah: dict[str, Wilayah], client: Client) -> None:
    CapaianFactory(wilayah=wilayah[A1], indikator=air, periode="2015", pembilang=120)
    text = page(client, A1, periode="2015")
    assert "melebihi sasaran: yang dilayani lebih banyak daripada perkiraan" in text
    assert "usang: lebih tua dari satu periode" in text
    assert "120,0%" in text
    assert "Selang kepercayaan" not in text
    assert "Target belum ada" in text


@pytest.mark.parametrize(
    ("fields", "desa", "kecamatan"),
    [
        ({"jenis": "jumlah", "satuan": "kasus", "penyebut": ""}, "anak bersekolah: 7 kasus",
         "Jumlah dari 2 desa = 14 kasus"),
        ({"jenis": "skala", "satuan": "pilar", "penyebut": ""}, "anak bersekolah: 7 pilar",
         "Nilai tengah (median) dari 2 desa = 7 pilar"),
    ],
)  # fmt: skip
def test_counts_and_scales_have_formulas_of_their_own(
    fields: dict[str, Any], desa: str, kecamatan: str, wilayah: dict[str, Wilayah], client: Client
) -> None:
    satu = IndikatorFactory(kode="SAB-01", bidang_kode="SAB", **fields)
    for kode in (A1, A2):
        NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=7, penyebut=None)
    capaian.rebuild(2025)
    assert desa in page(client, A1)
    assert kecamatan in page(client, ALFA)
    assert "Pembilang Penyebut" not in page(client, ALFA)


def test_the_trail_leads_back_to_the_page_of_the_region(air: Indikator, client: Client) -> None:
    html = content(client.get(f"/wilayah/{A1}/angka/SAB-01/2025/"))
    assert f'<a href="/wilayah/{A1}/capaian/">Capaian layanan dasar</a></li>' in html
    assert '<span aria-current="page">SAB-01</span>' in html
    assert html.count('aria-current="page"') == 1


def test_context_has_no_target_and_an_index_has_four_decimals(wilayah: dict[str, Wilayah], client: Client) -> None:
    idm = IndikatorFactory(kode="IDM-IDM", bidang=None, konteks=True, jenis="skala", satuan="indeks", penyebut="")
    for kode, value in ((A1, "0.7541"), (A2, "0.72")):
        NilaiFactory(desa=wilayah[kode], indikator=idm, pembilang=Decimal(value), penyebut=None)
    capaian.rebuild(2025)
    text = page(client, ALFA, "IDM-IDM")
    assert "Nilai tengah (median) dari 2 desa = 0,7371 indeks" in text  # 0.73705, half up
    assert "Desa terendah–tertinggi 0,7200–0,7541 indeks" in text
    assert "Target tidak ada: indikator konteks tidak bertarget" in text


def test_one_point_is_no_picture(air: Indikator, wilayah: dict[str, Wilayah], client: Client) -> None:
    CapaianFactory(wilayah=wilayah[A1], indikator=air, periode="2024", nilai=None, status="tidak_berlaku", n_data=0)
    html = content(client.get(f"/wilayah/{A1}/angka/SAB-01/2025/"))
    assert "Tabel periode" in html
    assert "<circle" not in html


def test_yes_or_no_is_a_share_of_desa(wilayah: dict[str, Wilayah], client: Client) -> None:
    satu = IndikatorFactory(
        kode="SAB-01", bidang_kode="SAB", jenis="ya_tidak", penyebut="", pembilang="desa bebas BABS"
    )
    TargetFactory(indikator=satu)
    for kode, p in ((A1, 1), (A2, 0)):
        NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=p, penyebut=1)
    capaian.rebuild(2025)
    assert "desa bebas BABS: ya" in page(client, A1)
    assert "desa bebas BABS: tidak" in page(client, A2)
    text = page(client, ALFA)
    assert "1 desa “ya” ÷ 2 desa × 100 = 50,0%" in text
    assert "Jarak ke target kurang 1 desa" in text
    assert "Wilayah Nilai Desa ya Desa melapor A3 belum dilaporkan A1 ya 1 1 A2 tidak 0 1 Alfa 50,0% 1 2" in text
    assert "Desa terendah" not in text
    text = page(client, A2)
    assert text.count("tidak") >= 3  # large, in its formula and in its revision; its target is a word too
    assert "Target ya · bawaan portal" in text
    assert "Jarak ke target" not in text
    assert " 0,0%" not in text


def test_nobody_to_serve_is_explained(air: Indikator, wilayah: dict[str, Wilayah], client: Client) -> None:
    NilaiFactory(desa=wilayah[A3], indikator=air, pembilang=0, penyebut=0)
    capaian.rebuild(2025)
    text = page(client, A3)
    assert "Tidak ada nilai: tidak ada sasaran." in text
    assert "Yang mengisi: sanitarian." in text


@pytest.mark.parametrize(
    "path", ["SAB-01/2024", "SAB-01/2025-S1", "SAB-01/abc", "SAB-99/2025", "SAB-01/2025-13", "x%00/2025"]
)
def test_a_figure_that_was_not_published_is_not_found(path: str, air: Indikator, client: Client) -> None:
    assert client.get(f"/wilayah/{A1}/angka/{path}/").status_code == 404


def test_a_code_without_dots_leads_to_the_page(air: Indikator, client: Client) -> None:
    answer = client.get("/wilayah/110101/angka/SAB-01/2025/")
    assert (answer.status_code, answer.url) == (301, "/wilayah/11.01.01/angka/SAB-01/2025/")


def test_the_number_of_queries_is_small(air: Indikator, client: Client, django_assert_max_num_queries: Any) -> None:
    for kode in (A1, ALFA, SATU, "0"):
        with django_assert_max_num_queries(9):
            client.get(f"/wilayah/{kode}/angka/SAB-01/2025/")


# Few people


@pytest.fixture
def gizi(wilayah: dict[str, Wilayah]) -> Indikator:
    """A1 has 3 of 100, A2 60, A3 30; Beta 5 of 8 and 40 of 100."""
    satu = IndikatorFactory(kode="KES-13", bidang_kode="KES", pembilang="balita", penyebut="balita diukur")
    TargetFactory(indikator=satu)
    for kode, p, n in ((A1, 3, 100), (A2, 60, 100), (A3, 30, 100), (B1, 5, 8), (B2, 40, 100)):
        NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=p, penyebut=n)
    capaian.rebuild(2025)
    return satu


def test_a_small_cell_is_explained_and_its_numbers_are_nowhere(gizi: Indikator, client: Client) -> None:
    text = page(client, A1, "KES-13")
    assert "Ditekan: orangnya terlalu sedikit" in text
    assert "Petugas wilayah ini melihat angkanya setelah masuk." in text
    assert "Buka angka Kecamatan Alfa" in text
    for number in ("3,0%", "97", "0,03", " 3 "):
        assert number not in text[text.index("Nilai") : text.index("Definisi")]
    assert f'href="/wilayah/{ALFA}/angka/KES-13/2025/"' in content(client.get(f"/wilayah/{A1}/angka/KES-13/2025/"))


def test_the_table_of_parts_hides_the_small_cell_and_the_one_beside_it(gizi: Indikator, client: Client) -> None:
    text = page(client, ALFA, "KES-13").replace("&lt;", "<")
    assert "A3 ditekan A1 <5 A2 60,0% 60 100 Alfa 31,0% 93 300" in text
    assert "Desa terendah–tertinggi" not in text
    assert "B1 ditekan B2 ditekan Beta 41,7% 45 108" in page(client, BETA, "KES-13")
    assert "dari angka ini dan jumlahnya, angka wilayah lain" in page(client, A3, "KES-13")


def test_who_works_there_sees_all_of_it(gizi: Indikator, client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.camat_a)
    assert "3 balita ÷ 100 balita diukur × 100 = 3,0%" in page(client, A1, "KES-13")
    assert "A3 30,0% 30 100 A1 3,0% 3 100 A2 60,0% 60 100" in page(client, ALFA, "KES-13")
    assert "B1 ditekan" in page(client, BETA, "KES-13")


def test_an_older_revision_and_an_older_period_are_judged_by_themselves(
    gizi: Indikator, wilayah: dict[str, Wilayah], client: Client, cast: SimpleNamespace
) -> None:
    """A correction of A3 had counted two children; the year before A2 had four."""
    NilaiFactory(desa=wilayah[A3], indikator=gizi, revisi=2, pembilang=2)
    NilaiFactory(desa=wilayah[A3], indikator=gizi, revisi=3, pembilang=90)
    NilaiFactory(desa=wilayah[A1], indikator=gizi, revisi=2, pembilang=50)
    NilaiFactory(desa=wilayah[A2], indikator=gizi, periode="2024", pembilang=4)
    capaian.rebuild(2024)
    capaian.rebuild(2025)
    text = page(client, A3, "KES-13").replace("&lt;", "<")
    assert "90 ÷ 100 × 100 = 90,0% sumber uji · tanpa berkas Revisi 2" in text
    assert "<5 sumber uji · tanpa berkas Revisi 1" in text
    assert "30 ÷ 100 × 100 = 30,0% sumber uji" in text
    text = page(client, A2, "KES-13").replace("&lt;", "<")
    assert "60,0% 100% tahun 2024 <5 –" in text
    client.force_login(cast.kades_a1)
    assert "tahun 2024 4,0%" not in page(client, A2, "KES-13")
    client.force_login(cast.camat_a)
    assert "tahun 2024 4,0%" in page(client, A2, "KES-13")
    assert "2 ÷ 100 × 100 = 2,0%" in page(client, A3, "KES-13")


def test_a_level_of_publication_is_named(gizi: Indikator, client: Client) -> None:
    Indikator.objects.filter(pk="KES-13").update(tingkat_publikasi="kabupaten")
    for kode in (A2, ALFA):
        assert "Indikator ini diterbitkan untuk umum mulai tingkat kabupaten." in page(client, kode, "KES-13")
        assert "Buka angka Kabupaten Satu" in page(client, kode, "KES-13")
    text = page(client, SATU, "KES-13")
    text = text[text.index("Dihitung dari") :]
    assert "Alfa tidak dibuka Beta tidak dibuka Kabupaten Satu 33,8% 138 408" in text


def test_values_of_reports() -> None:
    share, count = IndikatorFactory(kode="A"), IndikatorFactory(kode="B", jenis="jumlah")
    assert nilai(share, NilaiIndikator(status="ada", pembilang=Decimal(1), penyebut=Decimal(4))) == 25
    assert nilai(share, NilaiIndikator(status="ada", pembilang=Decimal(0), penyebut=Decimal(0))) is None
    assert nilai(count, NilaiIndikator(status="ada", pembilang=Decimal(3))) == 3
    assert nilai(count, NilaiIndikator(status="tidak_berlaku", pembilang=Decimal(3))) is None


def test_periods_of_any_kind_have_their_page(wilayah: dict[str, Wilayah], client: Client) -> None:
    satu = IndikatorFactory(kode="SAB-01", frekuensi="S")
    CapaianFactory(wilayah=wilayah[A1], indikator=satu, periode="2025-S1", akhir=Periode.parse("2025-S1").akhir)
    assert "semester 1 2025" in page(client, A1, periode="2025-S1")
    assert Capaian.objects.count() == 1

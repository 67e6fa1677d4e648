from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Lokus, ProfilWilayah, Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from tests.assertions import content, row_counts, visible_text, weights
from tests.factories import (
    APBDesFactory,
    BarisAPBDesFactory,
    CapaianFactory,
    GapFactory,
    PenggunaFactory,
    UnitLayananFactory,
)


pytestmark = pytest.mark.django_db
JUTA = 1_000_000
KB = 1024


@pytest.fixture
def figures(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """A1: 30 of 100 million for health, realised in full; B1: known per chapter only; X1: the demo."""
    for kode in ("11.01.01.2001", "99.01.01.2001"):
        a1 = APBDesFactory(desa=wilayah[kode])
        BarisAPBDesFactory(apbdes=a1, anggaran=30 * JUTA, realisasi_s2=30 * JUTA)
        BarisAPBDesFactory(apbdes=a1, kode_kegiatan="02.03.10", anggaran=70 * JUTA, realisasi_s2=70 * JUTA)
    b1 = APBDesFactory(desa=wilayah["11.01.02.2001"], cakupan_belanja="bidang")
    BarisAPBDesFactory(apbdes=b1, kode_kegiatan="01", kode_rekening="", anggaran=50 * JUTA)
    rebuild(2025)


@pytest.mark.parametrize(
    ("kode", "nama"),
    [
        ("/wilayah/", "Indonesia"),
        ("/wilayah/11/", "Provinsi Uji"),
        ("/wilayah/11.01/", "Kabupaten Satu"),
        ("/wilayah/11.01.01/", "Kecamatan Alfa"),
        ("/wilayah/11.01.01.2001/", "Desa A1"),
    ],
)
def test_one_template_serves_all_five_levels(kode: str, nama: str, figures: None, client: Client) -> None:
    page = client.get(kode)
    text = visible_text(page)
    assert f"<h1>{nama}</h1>" in content(page)
    assert "30,0%" in text
    assert "Rp30,0 juta dari Rp100,0 juta belanja desa tahun 2025" in text


def test_people_area_and_lokus_stand_under_the_name_with_their_sources(
    wilayah: dict[str, Wilayah], client: Client
) -> None:
    ProfilWilayah.objects.create(
        wilayah=wilayah["11.01"], per="2024-12-31", penduduk=1_234_567, sumber="Dukcapil",
        luas_km2="56.170", sumber_luas="BIG",
    )  # fmt: skip
    Lokus.objects.create(wilayah=wilayah["11.01"], tahun=2025, dasar="Kepmendagri 1/2025")
    text = visible_text(client.get("/wilayah/11.01/"))
    assert "1.234.567 jiwa (Desember 2024, Dukcapil) · 56 km² (BIG)" in text
    assert "Lokus P3PD 1D 2025 Kepmendagri 1/2025" in text
    assert "jiwa" not in visible_text(client.get("/wilayah/11.02/"))
    assert 'href="/wilayah/11.02/hari-libur/"' in content(client.get("/wilayah/11.02/"))


def test_the_headline_states_its_coverage(figures: None, client: Client) -> None:
    assert "dihitung dari 1 dari 2 desa" in visible_text(client.get("/wilayah/11.01.01/"))
    assert "dihitung dari 1 dari 5 desa" in visible_text(client.get("/wilayah/11/"))


def test_the_breadcrumb_leads_up(figures: None, client: Client) -> None:
    page = content(client.get("/wilayah/11.01.01.2001/"))
    links = ['href="/wilayah/"', 'href="/wilayah/11/"', 'href="/wilayah/11.01/"', 'href="/wilayah/11.01.01/"']
    assert all(link in page for link in links)
    assert '<span aria-current="page">A1</span>' in page


def test_a_summary_per_chapter_shows_what_is_known_and_says_what_is_missing(figures: None, client: Client) -> None:
    text = visible_text(client.get("/wilayah/11.01.02.2001/"))
    assert "Rincian kegiatan belum ada, jadi porsi layanan dasar belum dapat dihitung" in text
    assert "01 Penyelenggaraan Pemerintahan Desa 50.000.000" in text
    assert "0,0%" not in text.split("Ringkasan APBDes")[0]


def test_a_region_without_budgets_has_a_reason_an_owner_and_a_next_step(
    figures: None, client: Client, cast: SimpleNamespace
) -> None:
    text = visible_text(client.get("/wilayah/11.02.01/"))
    assert "Belum ada APBDes tahun" in text
    assert "Yang mengunggah: operator desa, operator kecamatan, atau admin kabupaten." in text
    client.force_login(cast.admin_kabupaten_lain)
    assert "Unggah APBDes dengan rincian kegiatan" in visible_text(client.get("/wilayah/11.02.01/"))


def test_a_kelurahan_is_told_apart(figures: None, client: Client) -> None:
    assert "Kelurahan tidak memiliki APBDes." in visible_text(client.get("/wilayah/11.01.01.1003/"))
    assert "kelurahan, tanpa APBDes" in visible_text(client.get("/wilayah/11.01.01/"))


def test_demo_regions_carry_a_banner_and_real_ones_do_not(figures: None, client: Client) -> None:
    assert "DATA CONTOH" in visible_text(client.get("/wilayah/99.01.01/"))
    assert "DATA CONTOH" not in visible_text(client.get("/wilayah/11.01.01/"))


def test_the_nation_does_not_count_the_demo(figures: None, client: Client) -> None:
    text = visible_text(client.get("/wilayah/"))
    assert "Contoh" not in text
    assert "dihitung dari 1 dari 5 desa" in text


def test_a_code_without_dots_leads_to_the_page(figures: None, client: Client) -> None:
    answer = client.get("/wilayah/110101/")
    assert (answer.status_code, answer.url) == (301, "/wilayah/11.01.01/")
    assert client.get("/wilayah/0/").url == "/wilayah/"


@pytest.mark.parametrize("kode", ["77", "11.01.99", "abc", "11.01.01.2001.1", "%00", "11'--"])
def test_an_unknown_code_is_not_found_and_offers_the_search(kode: str, figures: None, client: Client) -> None:
    answer = client.get(f"/wilayah/{kode}/")
    assert answer.status_code == 404
    assert "Cari wilayahnya menurut nama." in visible_text(answer)


def test_the_year_asked_for_is_shown_and_nonsense_falls_back(figures: None, client: Client) -> None:
    a1 = Wilayah.objects.get(kode="11.01.01.2001")
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=a1, tahun=2024), anggaran=1)
    rebuild(2024)
    assert "tahun 2024" in visible_text(client.get("/wilayah/11.01.01/?tahun=2024"))
    for nonsense in ("1999", "abc", "", "²⁰²⁵", "9" * 400):
        assert "tahun 2025" in visible_text(client.get("/wilayah/11.01.01/", {"tahun": nonsense}))


def test_children_are_sorted_by_the_column_asked_for(figures: None, client: Client) -> None:
    page = content(client.get("/wilayah/11.01/?urut=-porsi"))
    assert 'aria-sort="descending"' in page
    table = page[page.index('id="anak"') :]
    assert table.index("Alfa") < table.index("Beta")


def test_people_of_the_region_see_their_work_and_others_do_not(
    figures: None, client: Client, cast: SimpleNamespace
) -> None:
    seen = {}
    for name in ("camat_a", "upt_kesehatan_a", "admin_kabupaten", "camat_b", None):
        client.logout()
        if name:
            client.force_login(getattr(cast, name))
        seen[name] = "Pekerjaan Anda" in visible_text(client.get("/wilayah/11.01.01/"))
    assert seen == {"camat_a": True, "upt_kesehatan_a": True, "admin_kabupaten": True, "camat_b": False, None: False}


def test_only_those_who_may_import_get_the_button(figures: None, client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.camat_a)
    assert "Unggah APBDes" not in visible_text(client.get("/wilayah/11.01.01/"))
    client.force_login(cast.operator_kecamatan_a)
    assert "Unggah APBDes" in visible_text(client.get("/wilayah/11.01.01/"))


def test_a_camat_lands_on_the_own_kecamatan(client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.camat_a)
    assert client.get("/mulai/").url == "/wilayah/11.01.01/"


def test_somebody_without_work_is_told_whom_to_ask(client: Client, wilayah: dict[str, Wilayah]) -> None:
    client.force_login(PenggunaFactory())
    assert "Penugasan dicatat oleh admin kabupaten Anda." in visible_text(client.get("/mulai/"))


def test_the_front_page_counts_the_country_and_offers_the_demo(figures: None, client: Client) -> None:
    text = visible_text(client.get("/"))
    assert "desa dengan APBDes 2025" in text
    assert "Buka Kecamatan Melati" in text


def test_the_front_page_stands_before_anything_is_loaded(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/wilayah/").status_code == 404


@pytest.mark.parametrize("kode", ["/wilayah/", "/wilayah/11.01/", "/wilayah/11.01.01/", "/wilayah/11.01.01.2001/"])
def test_a_region_page_costs_at_most_fifteen_queries(
    kode: str, figures: None, client: Client, cast: SimpleNamespace, django_assert_max_num_queries: object
) -> None:
    for satu in Wilayah.objects.all():
        GapFactory(wilayah=satu)
    with django_assert_max_num_queries(15):
        client.get(kode)
    client.force_login(cast.admin_kabupaten)
    client.get("/mulai/")  # writes the session, which happens once a minute
    with django_assert_max_num_queries(32):  # session, account, assignments, second factor, badge, and the work
        client.get(kode)


def test_reading_writes_nothing(figures: None, client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.admin_kabupaten)
    before = row_counts()
    for url in ("/", "/bantuan/", "/mulai/", "/wilayah/", "/wilayah/11.01.01/", "/cari/?q=alfa",
                "/wilayah/11.01/belanja/komposisi.json", "/wilayah/11.01/belanja/unduh.csv",
                "/wilayah/11.01/belanja/impor/", "/hari-libur/", "/wilayah/11.01/hari-libur/",
                "/wilayah/11.01/hari-libur/tambah/", "/wilayah/11.01/belanja/impor/templat.xlsx"):  # fmt: skip
        assert client.get(url).status_code in (200, 302), url
    assert row_counts() == before


def test_a_region_page_is_light(figures: None, client: Client) -> None:
    """Weight budget of a first visit: HTML 15, CSS 26, scripts 24, images 8, together 75 KB."""
    page = weights(content(client.get("/wilayah/11.01.01/")))
    assert page["html"] <= 15 * KB
    assert page["css"] <= 26 * KB
    assert page["js"] <= 24 * KB
    assert page["img"] <= 8 * KB
    assert sum(page[kind] for kind in ("html", "css", "js", "img")) <= 75 * KB
    assert page["requests"] <= 12


def test_the_page_of_a_large_kabupaten_stays_light(wilayah: dict[str, Wilayah], acuan: None, client: Client) -> None:
    """Fifty kecamatan with figures: the table may not outgrow the budget."""
    from kecamatan.importers.wilayah import impor_wilayah

    rows = [(f"11.03.{n:02}", f"Kecamatan Nomor {n}") for n in range(1, 51)]
    impor_wilayah([("11.03", "Kabupaten Tiga"), *rows, *((f"{kode}.2001", f"Desa {nama}") for kode, nama in rows)])
    for desa in Wilayah.objects.filter(kode__startswith="11.03.", tingkat=4):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=desa), anggaran=123_456_789, realisasi_s1=98_765_432)
    rebuild(2025)
    assert weights(content(client.get("/wilayah/11.03/")))["html"] <= 15 * KB


def test_a_region_shows_its_service_units_per_kind(
    wilayah: dict[str, Wilayah], client: Client, cast: SimpleNamespace
) -> None:
    assert "Belum ada unit layanan yang dicatat untuk Kecamatan Alfa." in visible_text(client.get("/wilayah/11.01.01/"))
    UnitLayananFactory(jenis="puskesmas", wilayah=wilayah["11.01.02.2001"], kerja=[wilayah["11.01.01.2001"]])
    page = client.get("/wilayah/11.01.01/")
    assert "Daftar unit layanan Kecamatan Alfa" in visible_text(page)
    assert 'href="/wilayah/11.01.01/unit/"' in content(page)
    client.force_login(cast.operator_kecamatan_a)
    assert "Unggah daftar unit layanan" in visible_text(client.get("/wilayah/11.01.01.2002/"))


def test_the_five_services_stand_in_short_with_the_way_to_their_page(
    figures: None, wilayah: dict[str, Wilayah], client: Client
) -> None:
    for kode, gap in (("PDK", "0.28"), ("KES", "0.6")):
        GapFactory(wilayah=wilayah["11.01.01"], bidang_kode=kode, gap=Decimal(gap))
    CapaianFactory(wilayah=wilayah["11.01.01"])
    page = client.get("/wilayah/11.01.01/")
    text = visible_text(page)
    assert "Pendidikan 72 ! perlu perhatian Kesehatan 40 ‼ kritis Sanitasi dan air bersih – tidak ada data" in text
    assert 'href="/wilayah/11.01.01/capaian/?tahun=2025"' in content(page)
    assert content(page).index('id="porsi"') < content(page).index('id="capaian"') < content(page).index('id="bidang"')


def test_without_scores_the_panel_has_a_reason_an_owner_and_a_next_step(figures: None, client: Client) -> None:
    page = client.get("/wilayah/11.01.01/")
    text = visible_text(page)
    assert "Belum ada skor capaian layanan dasar." in text
    assert "Yang mengisi: puskesmas, UPT pendidikan, dan desa; camat mengesahkan." in text
    assert 'href="/wilayah/11.01.01/capaian/">Lihat angka yang sudah terbit' in content(page)

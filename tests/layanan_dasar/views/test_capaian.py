"""The page of basic services as a reader sees it, at all five levels, with its weight and its queries."""

import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from kecamatan.models import Batas, Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.models import Capaian, GapBidang, Indikator
from tests.assertions import content, visible_text
from tests.factories import CapaianFactory, GapFactory, IndikatorFactory, NilaiFactory, TargetFactory


pytestmark = pytest.mark.django_db
A1, A2, A3, B1, B2, ALFA, SATU = (
    "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.02.2001", "11.01.02.2002", "11.01.01", "11.01",
)  # fmt: skip
KB = 1024


def page(client: Client, kode: str = ALFA, query: str = "") -> str:
    return visible_text(client.get(f"/wilayah/{kode}/capaian/{query}"))


def section(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


@pytest.fixture
def angka(acuan: None, wilayah: dict[str, Wilayah]) -> None:
    """Of Alfa: 82 and 40 of 100 children go to school; 412 of 530 families have water; vaccinations 3, 60 and 30 of
    100; Beta has children only."""
    sekolah = IndikatorFactory(kode="PDK-01", nama="Anak bersekolah", penyebut="anak")
    air = IndikatorFactory(
        kode="SAB-01", nama="Akses air", bidang_kode="SAB", pembilang="keluarga berakses", penyebut="keluarga"
    )
    vaksin = IndikatorFactory(kode="KES-14", nama="Imunisasi", bidang_kode="KES", penyebut="bayi")
    IndikatorFactory(kode="ADM-04", nama="Akta kelahiran", bidang_kode="ADM", pemasok="Disdukcapil")
    IndikatorFactory(kode="JSO-01", nama="JKN", bidang_kode="JSO")
    for satu in (sekolah, air, vaksin):
        TargetFactory(indikator=satu)
    for kode, p in ((A1, 82), (A2, 40), (B1, 90)):
        NilaiFactory(desa=wilayah[kode], indikator=sekolah, pembilang=p)
    NilaiFactory(desa=wilayah[A1], indikator=air, pembilang=412, penyebut=530)
    for kode, p in ((A1, 3), (A2, 60), (A3, 30)):
        NilaiFactory(desa=wilayah[kode], indikator=vaksin, pembilang=p)
    capaian.rebuild(2025)


@pytest.mark.parametrize(
    ("kode", "nama"),
    [("0", "Indonesia"), ("11", "Provinsi Uji"), (SATU, "Kabupaten Satu"), (ALFA, "Kecamatan Alfa"), (A1, "Desa A1")],
)
def test_one_page_serves_all_five_levels(kode: str, nama: str, angka: None, client: Client) -> None:
    text = page(client, kode)
    assert f"Capaian layanan dasar {nama} · tahun 2025" in text
    assert "PDK-01" in text


def test_a_region_without_figures_has_a_reason_an_owner_and_a_next_step(angka: None, client: Client) -> None:
    text = page(client, "11.02.01")
    assert "Belum ada angka capaian layanan dasar yang terbit untuk Kecamatan Gama." in text
    assert "Yang mengisi: puskesmas, UPT pendidikan, dan desa; camat mengesahkan." in text
    assert "Buka belanja layanan dasarnya" in text
    assert "tahun 20" not in text
    assert "Prioritas" not in text


def test_five_services_with_words_parent_range_and_number_of_indicators(angka: None, client: Client) -> None:
    text = section(page(client), "Lima bidang layanan", "Prioritas")
    assert "Terlemah Kesehatan (31, kritis), terkuat Pendidikan (61, perlu perhatian)." in text  # of SAB too few desa
    of = "indikator memiliki skor"
    assert f"Pendidikan 61 ! perlu perhatian 1 dari 1 {of} · Kabupaten Satu 70 · desa/kelurahan 40–82" in text
    assert f"Kesehatan 31 ‼ kritis 1 dari 1 {of} · Kabupaten Satu 31" in text
    assert "Sanitasi dan air bersih 77 ≈ mendekati" in text
    assert f"Administrasi kependudukan – tidak ada data 0 dari 1 {of}" in text
    assert "dihitung bila sedikitnya separuh bobot indikatornya ada" in text
    assert "Rata-rata bidang: 56 ! perlu perhatian" in text


def test_a_score_of_too_few_desa_says_so(angka: None, client: Client) -> None:
    few = "belum mewakili: angkanya dari kurang dari 60% desa"
    text = section(page(client), "Lima bidang layanan", "Prioritas")
    assert (
        f"Sanitasi dan air bersih 77 ≈ mendekati 1 dari 1 indikator memiliki skor · Kabupaten Satu 77 · {few}" in text
    )
    assert text.count(few) == 1
    assert few not in page(client, A1)
    Capaian.objects.filter(wilayah__kode=ALFA).update(n_desa=9)
    text = page(client)
    assert "Terlemah" not in text  # nothing there that could be ranked
    assert "belum mewakili: dari kurang dari 60% desa" in section(text, "Prioritas", "Profil indikator")


def test_without_a_single_score_the_page_says_it_once(angka: None, client: Client) -> None:
    GapBidang.objects.all().delete()
    text = page(client)
    assert text.count("Belum ada skor bidang untuk tahun 2025. Yang mengisi: puskesmas") == 1
    for gone in ("tidak ada data", "Dari tahun ke tahun", "Setiap desa/kelurahan", "Peta desa/kelurahan"):
        assert gone not in text
    assert "Kelengkapan data" in text


def test_the_head_says_how_much_is_known_and_until_when(angka: None, client: Client) -> None:
    assert "3 dari 5 indikator layanan dasar memiliki angka, yang terbaru per 31 Desember 2025" in page(client)
    assert "0 dari 1 indikator Jaminan sosial memiliki angka Tahun" in page(client, ALFA, "?bidang=JSO")


def test_the_priorities_say_how_many_people_are_missing(angka: None, client: Client) -> None:
    text = section(page(client), "Prioritas", "Profil indikator")
    assert "Imunisasi KES-14 31,0% ‼ kritis tahun 2025 · target 100% · kurang 207 bayi" in text
    urgent, others = text.split("Terendah lainnya, tanpa tanda memburuk")
    assert "Anak bersekolah" not in urgent  # weak, but no trend yet
    assert "Anak bersekolah PDK-01 61,0% ! perlu perhatian" in others


def test_no_priority_is_good_news(angka: None, client: Client) -> None:
    Capaian.objects.update(tren=1)
    text = page(client)
    assert "Tidak ada yang buruk dan memburuk di antara 3 indikator bertarget; arah tren diketahui pada 3" in text
    Capaian.objects.update(tren=None, skor=Decimal("0.9"))
    assert "arah trennya belum ada yang diketahui" in page(client)


def test_where_nothing_can_be_judged_there_is_no_good_news(angka: None, client: Client) -> None:
    text = section(page(client, ALFA, "?bidang=JSO"), "Prioritas", "Profil indikator")
    assert "Belum dapat dinilai: belum ada indikator bertarget yang memiliki angka. Yang mengisi: puskesmas" in text
    assert "Tidak ada yang buruk" not in text


def test_too_many_of_what_should_be_few_are_not_missing(angka: None, wilayah: dict[str, Wilayah]) -> None:
    kasus = {"kode": "KES-19", "bidang_kode": "KES", "jenis": "jumlah", "arah": "turun", "satuan": "kasus"}
    CapaianFactory(
        wilayah=wilayah[ALFA], indikator=IndikatorFactory(**kasus, penyebut=""), pembilang=6, penyebut=None, nilai=6,
        target=0, skor=0, kurang=6,
    )  # fmt: skip
    assert "KES-19 6 kasus ‼ kritis tahun 2025 · target 0 kasus · 6 kasus di atas target" in page(Client())


def test_what_gets_worse_is_named_with_its_trend(angka: None, client: Client) -> None:
    Capaian.objects.filter(indikator="PDK-01").update(tren=-1)
    text = section(page(client), "Prioritas", "Profil indikator")
    assert "PDK-01 61,0% ! perlu perhatian tahun 2025 · target 100% · kurang 78 anak · turun, memburuk" in text
    assert text.index("PDK-01") < text.index("KES-14")


def test_the_profile_holds_every_indicator_with_its_neighbours(angka: None, client: Client) -> None:
    text = section(page(client), "Profil indikator", "Setiap desa/kelurahan menurut bidang")
    assert "Anak bersekolah PDK-01 61,0% ! perlu perhatian tahun 2025 100% – 70,7% 75,5% 61,0–90,0% 2 dari 3" in text
    assert "Akta kelahiran ADM-04 – belum dilaporkan yang mengisi: Disdukcapil" in text
    assert "JKN JSO-01 – belum dilaporkan yang mengisi: uji" in text
    assert "Akses air SAB-01 77,7% ≈ mendekati tahun 2025 belum mewakili 100% –" in text


def test_a_yes_or_no_of_a_desa_is_a_word(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    odf = IndikatorFactory(kode="SAB-07", nama="Bebas BABS", bidang_kode="SAB", jenis="ya_tidak", penyebut="")
    TargetFactory(indikator=odf)
    for kode, p in ((A1, 1), (A2, 0)):
        NilaiFactory(desa=wilayah[kode], indikator=odf, pembilang=p, penyebut=1)
    capaian.rebuild(2025)
    assert "Bebas BABS SAB-07 ya ✓ tercapai tahun 2025 ya – 50,0% –" in page(client, A1)
    text = section(page(client, A2), "Prioritas", "Profil indikator")
    assert "Bebas BABS SAB-07 tidak ‼ kritis tahun 2025 · target ya" in text
    assert "kurang 1 desa" not in text
    assert "Bebas BABS SAB-07 50,0% ! perlu perhatian tahun 2025 100% –" in page(client)


def test_a_share_of_few_people_carries_its_interval(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    CapaianFactory(wilayah=wilayah[A3], indikator_id="PDK-01", indikator=None, pembilang=16, penyebut=20)
    assert "80,0% tahun 2025 58,4–91,9%" in page(client, A3)


def test_flags_stand_beside_the_figure(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    satu = Indikator.objects.get(pk="ADM-04")
    CapaianFactory(wilayah=wilayah[ALFA], indikator=satu, periode="2023", pembilang=120, n_desa=3)
    text = page(client)
    assert "Akta kelahiran ADM-04 120,0% tahun 2023 usang melebihi sasaran" in text


def test_every_figure_leads_to_where_it_comes_from(angka: None, client: Client) -> None:
    html = content(client.get(f"/wilayah/{ALFA}/capaian/"))
    links = re.findall(r'href="(/wilayah/[^"]+/angka/[^"]+)"', html)
    assert f"/wilayah/{ALFA}/angka/PDK-01/2025/" in links
    assert f"/wilayah/{SATU}/angka/PDK-01/2025/" in links
    assert {client.get(link).status_code for link in links} == {200}


def test_children_with_numbers_on_colour_and_words_where_there_are_none(angka: None, client: Client) -> None:
    html = content(client.get(f"/wilayah/{ALFA}/capaian/"))
    text = section(visible_text(client.get(f"/wilayah/{ALFA}/capaian/")), "menurut bidang", "Peta desa")
    assert "A1 82" in text
    assert "A2 40" in text
    assert "· belum ada data" in text
    assert '<td class="n panas k3">82</td>' in html
    assert '<td class="n panas k1">40</td>' in html
    assert f'href="/wilayah/{A1}/capaian/?tahun=2025"' in html


def test_children_are_sorted_by_the_column_asked_for(angka: None, client: Client) -> None:
    def order(urut: str) -> list[str]:
        html = content(client.get(f"/wilayah/{ALFA}/capaian/?urut={urut}"))
        table = html[html.index('id="anak"') : html.index('id="peta"')]
        return re.findall(r">(A\d)</a>", table)

    assert order("PDK") == ["A2", "A1", "A3"]
    assert order("-PDK") == ["A1", "A2", "A3"]
    assert order("nonsense") == ["A3", "A1", "A2"]
    html = content(client.get(f"/wilayah/{ALFA}/capaian/?urut=PDK&bidang=PDK"))
    assert 'aria-sort="ascending"' in html
    assert "?tahun=2025&amp;bidang=PDK&amp;urut=-PDK#anak" in html


def test_the_map_takes_the_service_asked_for(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    assert "Peta skor rata-rata bidang per desa/kelurahan, tahun 2025" in page(client)
    text = page(client, ALFA, "?bidang=PDK")
    assert "Peta skor Pendidikan per desa/kelurahan, tahun 2025. Tertinggi A1 (82), terendah A2 (40)." in text
    assert "2 dari 3 desa/kelurahan sudah memiliki skor." in text
    assert "Garis batas wilayah ini belum dimuat" in text
    Batas.objects.create(
        wilayah=wilayah[A1], jalur="M0 0l9 0 0 9z", kiri=0, atas=0, kanan=300, bawah=300, titik_x=150, titik_y=150,
        luas=90_000, sumber="BIG",
    )  # fmt: skip
    html = content(client.get(f"/wilayah/{ALFA}/capaian/?bidang=PDK"))
    assert "<title>A1: 82, mendekati</title>" in html
    assert "Belum tergambar di peta:" in html


def test_a_service_narrows_the_lists(angka: None, client: Client) -> None:
    text = page(client, ALFA, "?bidang=kes")
    profile = section(text, "Profil indikator", "Setiap desa/kelurahan")
    assert "KES-14" in profile
    assert "PDK-01" not in profile
    assert "PDK-01" in page(client, ALFA, "?bidang=xyz")


def test_years_are_lines_from_four_on_and_dots_below(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    html = content(client.get(f"/wilayah/{ALFA}/capaian/"))
    assert "<polyline" not in html
    assert "<circle" in html
    for tahun in (2022, 2023, 2024):
        GapFactory(wilayah=wilayah[ALFA], tahun=tahun)
    assert content(client.get(f"/wilayah/{ALFA}/capaian/")).count("<polyline") == 1
    text = page(client)
    assert "Bidang 2022 2023 2024 2025 Pendidikan 50 50 50 61 Kesehatan – – – 31" in text


def test_a_service_without_scores_has_a_reason_an_owner_and_a_next_step(angka: None, client: Client) -> None:
    text = page(client, ALFA, "?bidang=JSO")
    assert "Belum ada desa/kelurahan yang memiliki skor ini. Yang mengisi: puskesmas" in text
    text = section(text, "Dari tahun ke tahun", "Kelengkapan data")
    assert "Belum ada skor bidang" in text
    assert "Skor muncul setelah separuh bobot indikator sebuah bidang terisi." in text


def test_completeness_in_numbers_signs_and_words(angka: None, client: Client) -> None:
    text = section(page(client), "Kelengkapan data", "Semua tabel")
    assert "A3 ○ 0/1 belum ada ● 1/1 lengkap" in text
    assert "A1 ● 1/1 lengkap ● 1/1 lengkap ● 1/1 lengkap ○ 0/1 belum ada ○ 0/1 belum ada" in text
    IndikatorFactory(kode="PDK-02")
    assert "A1 ◐ 1/2 sebagian" in page(client)


def test_context_stands_alone_without_a_score(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    idm = IndikatorFactory(kode="IDM-01", nama="Status IDM", bidang=None, konteks=True, jenis="skala", satuan="poin")
    NilaiFactory(desa=wilayah[A1], indikator=idm, pembilang=Decimal("0.7"), penyebut=None)
    capaian.rebuild(2025)
    text = page(client)
    assert "Status IDM IDM-01 0,7 poin tahun 2025 belum mewakili 1 dari 3 – uji" in text[text.index("Angka lain") :]
    assert "IDM-01" not in section(text, "Profil indikator", "Angka lain")
    assert "Angka lain sebagai konteks" not in page(client, A2)


def test_another_year_shows_what_was_known_then(angka: None, wilayah: dict[str, Wilayah], client: Client) -> None:
    NilaiFactory(desa=wilayah[A1], indikator_id="PDK-01", indikator=None, periode="2024", pembilang=50)
    capaian.rebuild(2024)
    text = page(client, ALFA, "?tahun=2024")
    assert "Kecamatan Alfa · tahun 2024" in text
    assert "50,0% ! perlu perhatian tahun 2024" in text
    for nonsense in ("1999", "abc", ""):
        assert "Kecamatan Alfa · tahun 2025" in page(client, ALFA, f"?tahun={nonsense}")


def test_a_desa_has_nothing_below_it(angka: None, client: Client) -> None:
    text = page(client, A1)
    for heading in ("Peta", "Kelengkapan data", "menurut bidang", "Pita muda"):
        assert heading not in text
    assert "Akses air SAB-01 77,7%" in text


# Few people


def test_the_public_sees_neither_a_small_cell_nor_the_one_beside_it(angka: None, client: Client) -> None:
    assert "Imunisasi KES-14 <5 tahun 2025" in page(client, A1).replace("&lt;", "<")
    assert "orangnya terlalu sedikit untuk dibuka kepada umum" in page(client, A1)
    assert "Imunisasi KES-14 ditekan tahun 2025" in page(client, A3)
    assert "Imunisasi KES-14 60,0%" in page(client, A2)
    assert "terlalu sedikit" not in page(client, ALFA)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("camat_a", True), ("operator_desa_a1", True), ("upt_kesehatan_a", True), ("admin_kabupaten", True),
     ("ptpd_a", True), ("pendamping_a", False), ("camat_b", False), ("sekda", False), ("penyedia", False),
     ("admin_kabupaten_lain", False), ("pemantau_pusat", True)],
)  # fmt: skip
def test_who_works_in_the_desa_sees_its_figure(
    who: str, sees: bool, angka: None, client: Client, cast: SimpleNamespace
) -> None:
    client.force_login(getattr(cast, who))
    assert ("Imunisasi KES-14 3,0%" in page(client, A1)) is sees


def test_the_file_hides_what_the_page_hides(angka: None, client: Client, cast: SimpleNamespace) -> None:
    def row() -> str:
        text = client.get(f"/wilayah/{A1}/capaian/unduh.csv").content.decode("utf-8-sig")
        return next(line for line in text.splitlines() if line.startswith("KES-14"))

    assert row().startswith("KES-14,Imunisasi,KES,tidak,%,naik,2025,,,,<5,,,,,,1,1,")
    client.force_login(cast.camat_a)
    assert row().startswith(
        "KES-14,Imunisasi,KES,tidak,%,naik,2025,3.0000,3.0000,100.0000,,100.0000,0.030000,kritis,97"
    )


def test_a_level_of_publication_closes_desa(angka: None, client: Client, cast: SimpleNamespace) -> None:
    Indikator.objects.filter(pk="PDK-01").update(tingkat_publikasi="kecamatan")
    NilaiFactory(desa=Wilayah.objects.get(kode=B2), indikator=Indikator.objects.get(pk="PDK-01"))
    capaian.rebuild(2025)
    assert "Anak bersekolah PDK-01 tidak dibuka" in page(client, A1)
    assert "Anak bersekolah PDK-01 61,0%" in page(client, ALFA)
    client.force_login(cast.operator_desa_a1)
    assert "Anak bersekolah PDK-01 82,0%" in page(client, A1)


@pytest.mark.parametrize("kode", [ALFA, SATU, A1])
def test_the_number_of_queries_does_not_grow(
    kode: str, angka: None, wilayah: dict[str, Wilayah], client: Client, django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    with django_assert_max_num_queries(12) as first:
        client.get(f"/wilayah/{kode}/capaian/")
    for n in range(20, 30):
        NilaiFactory(desa=wilayah[A2], indikator=IndikatorFactory(kode=f"KES-{n}", bidang_kode="KES"), pembilang=n)
    capaian.rebuild(2025)
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(f"/wilayah/{kode}/capaian/")

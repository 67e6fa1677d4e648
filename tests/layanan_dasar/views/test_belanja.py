"""The spending page: the reference's vectors as a reader sees them, and what it says where figures are missing."""

import json
import re

import pytest
from django.test import Client

from kecamatan.models import ProfilWilayah, Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import (
    APBDes,
    AturanBelanja,
    BarisAPBDes,
    GapBidang,
    IndeksBelanja,
    KualitasBelanja,
    ParameterIbdb,
)
from tests.assertions import content, visible_text
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory
from tests.layanan_dasar.vektor import GAPS, JUTA


pytestmark = pytest.mark.django_db
A1, A2, ALFA, SATU = "11.01.01.2001", "11.01.01.2002", "11.01.01", "11.01"
KB = 1024


def page(client: Client, kode: str = A1, query: str = "") -> str:
    return visible_text(client.get(f"/wilayah/{kode}/belanja/{query}"))


def section(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


# The index


def test_the_index_of_the_worked_example_with_all_it_was_made_of(contoh: APBDes, client: Client) -> None:
    text = section(page(client), "Indeks Belanja", "Ukuran belanja")
    assert "80,7 Mutu A" in text
    assert "bobot tersedia 100, perlu sedikitnya 70" in text
    assert "parameter versi 2026.1" in text
    assert "0,0% belanja belum dipetakan" in text
    for part in (
        "C1 0,833 30 layanan dasar inti: Rp350.000.000 belanja: Rp1.400.000.000 target: 30,0%",
        "C2 0,854 20 realisasi setahun: Rp299.000.000 anggaran inti: Rp350.000.000",
        "C3 0,903 20 Pendidikan, kesenjangan 0,20: Rp60.000.000 Kesehatan, kesenjangan 0,35: Rp90.000.000",
        "C4 0,750 10 dipatuhi: 3 aturan dapat dinilai: 4 aturan",
        "C5 0,560 10 honorarium, perjalanan, operasional: Rp77.000.000 layanan dasar inti: Rp350.000.000",
        "C6 0,750 10 tepat waktu: 3 tenggat diketahui: 4 tenggat",
    ):
        assert part in text


def test_a_running_year_has_a_reason_instead_of_an_index(contoh: APBDes, client: Client) -> None:
    rebuild(2025, tahun_berjalan=2025)
    text = page(client)
    assert "Indeks belum diterbitkan: tahun anggaran masih berjalan." in text
    assert "Mutu A" not in text


def test_a_component_that_is_missing_says_why(contoh: APBDes, client: Client) -> None:
    GapBidang.objects.all().delete()
    BarisAPBDes.objects.update(realisasi_s2=None)
    rebuild(2025, tahun_berjalan=2026)
    text = page(client)
    assert "Indeks belum diterbitkan: komponen yang dapat dihitung belum cukup." in text
    assert "Tidak dihitung: realisasi setahun belum dilaporkan." in text
    assert "Tidak dihitung: capaian layanan belum ada." in text


def test_without_basic_services_the_zero_is_shown_with_its_reason(contoh: APBDes, client: Client) -> None:
    BarisAPBDes.objects.exclude(kode_kegiatan="02.03.10").exclude(kode_kegiatan="").delete()
    rebuild(2025, tahun_berjalan=2026)
    text = page(client)
    assert "Indeks belum diterbitkan: tidak ada belanja layanan dasar." in text
    assert "C1 0,000 30" in text
    assert text.count("Tidak dihitung: tidak ada belanja layanan dasar.") == 2


def test_an_index_over_much_unmapped_spending_is_marked_and_listed(contoh: APBDes, client: Client) -> None:
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="02.02.97", anggaran=300 * JUTA, realisasi_s2=0)
    rebuild(2025, tahun_berjalan=2026)
    text = page(client)
    assert "sementara: lebih dari 10,0% belanja belum dipetakan" in text
    assert "17,6%, Rp300.000.000" in text[text.index("Banyak belanja belum dipetakan") :]


def test_the_version_in_use_goes_before_an_older_one(contoh: APBDes, client: Client) -> None:
    ParameterIbdb.objects.update(aktif=False)
    old = ParameterIbdb.objects.get()
    old.pk, old.aktif, old.bobot_c1 = "2027.1", True, 60
    old.save(force_insert=True)
    rebuild(2025, tahun_berjalan=2026)
    assert IndeksBelanja.objects.filter(wilayah__kode=A1).count() >= 1
    assert "parameter versi 2027.1" in page(client)


def test_without_parameters_the_page_says_who_loads_them(contoh: APBDes, client: Client) -> None:
    IndeksBelanja.objects.all().delete()
    assert "Yang menyiapkan: admin pusat, yang memuat parameter indeks." in page(client)


# The measures


def test_measures_show_value_and_raw_figures(contoh: APBDes, client: Client) -> None:
    text = section(page(client), "Ukuran belanja", "Rencana dan realisasi lima")
    for part in (
        "Porsi layanan dasar inti M1 25,0% – tahun lalu belum ada layanan dasar inti: Rp350.000.000",
        "Serapan layanan dasar inti M2 85,4%",
        "Serapan seluruh belanja M3 85,6%",
        "Porsi overhead di dalam layanan dasar M6 22,0%",
        "HHI: 0,256",
        "M11 0,070",
        "Jumlah penduduk belum dimuat.",
    ):
        assert part in text
    assert "Ketimpangan antardesa" not in text


def test_years_are_compared_between_the_same_number_of_desa_only(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    lalu = APBDesFactory(desa=wilayah[A1], tahun=2024)
    BarisAPBDesFactory(apbdes=lalu, anggaran=280 * JUTA)
    BarisAPBDesFactory(apbdes=lalu, kode_kegiatan="02.03.10", anggaran=1120 * JUTA)
    rebuild(2024)
    text = page(client, ALFA)
    assert "M1 25,0% 20,0% +5,0 poin" in text
    assert "Pertumbuhan nominal layanan dasar M8 25,0%" in text
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[A2]), anggaran=JUTA)
    rebuild(2025)
    text = page(client, ALFA)
    assert "jumlah desa tidak sama" in text
    assert "Tidak dibandingkan: rincian ada di 2 desa, tahun lalu 1 desa." in text


def test_growth_is_called_real_once_inflation_is_known(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[A1], tahun=2024), anggaran=280 * JUTA)
    ParameterIbdb.objects.update(inflasi_persen="2.5")
    rebuild(2024)
    text = page(client)
    assert "Pertumbuhan riil layanan dasar M8 22,0%" in text  # 1.25 / 1.025 − 1 = 0.2195
    assert "Setelah inflasi 2,5%." in text


def test_kdmp_is_left_out_of_the_headline_and_shown_beside_it(contoh: APBDes, client: Client) -> None:
    KualitasBelanja.objects.update(kdmp=400 * JUTA)
    text = page(client)
    assert "M1 35,0%" in text
    assert "… dengan KDMP M1 25,0%" in text


def test_a_kecamatan_shows_spread_inequality_and_coverage(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    other = APBDesFactory(desa=wilayah[A2])
    BarisAPBDesFactory(apbdes=other, anggaran=100 * JUTA)
    for kode, jiwa in ((A1, 1000), (A2, 1000)):
        ProfilWilayah.objects.create(wilayah=wilayah[kode], per="2024-12-31", penduduk=jiwa, sumber="uji")
    rebuild(2025, tahun_berjalan=2026)
    text = page(client, ALFA)
    assert "25,0% porsi terendah" in text or "porsi terendah 25,0%" in text
    assert "desa di tengah (median) 62,5%" in text
    assert "porsi tertinggi 100,0%" in text
    assert "M12 0,278" in text  # (350 − 100) / (2 × 450) with equal people
    assert "penduduk: 2.000 jiwa 2 dari 2 desa" in text
    assert "realisasi setahun: Rp299.000.000 anggaran inti: Rp350.000.000 1 dari 2 desa" in text


def test_the_balance_of_a_region_needs_the_same_desa_on_both_sides(contoh: APBDes, client: Client) -> None:
    note = "Tidak dihitung: pendapatan dan belanja belum dilaporkan oleh desa yang sama."
    assert note in page(client)
    BarisAPBDes.objects.filter(kode_rekening="4.2.1.01").update(realisasi_s2=1300 * JUTA)
    rebuild(2025, tahun_berjalan=2026)
    text = page(client, ALFA)
    assert note not in text
    assert "sisa (SiLPA): Rp101.000.000 realisasi pendapatan: Rp1.300.000.000" in text


# Lines


def test_plan_and_realisation_by_source_and_by_kegiatan(contoh: APBDes, client: Client) -> None:
    text = section(page(client), "Per sumber dana", "Dari tahun ke tahun")
    assert "Alokasi Dana Desa ADD 1.328.000.000 1.127.000.000 84,9%" in text
    assert "Jumlah 1.400.000.000 1.199.000.000 85,6%" in text
    assert "02.02.02 KES 90.000.000 81.000.000 90,0%" in text
    assert "05.03.00 JSO bersyarat 72.000.000 72.000.000 100,0%" in text


def test_a_kecamatan_adds_up_its_desa_and_counts_them(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    other = APBDesFactory(desa=wilayah[A2])
    BarisAPBDesFactory(apbdes=other, anggaran=10 * JUTA)
    draft = APBDesFactory(desa=wilayah[A2], jenis="perubahan", berlaku=False)
    BarisAPBDesFactory(apbdes=draft, anggaran=999 * JUTA)
    rebuild(2025)
    text = section(page(client, ALFA), "Per kegiatan", "Dari tahun ke tahun")
    assert "02.02.02 KES 100.000.000 81.000.000 90,0% 2" in text  # over the 90 of the desa that reported
    assert "Jumlah 1.410.000.000" in text


def test_a_kegiatan_of_the_kabupaten_has_its_own_name_and_class(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    PemetaanKegiatanFactory(kabupaten=wilayah["11.01"], nama="Jambanisasi", bidang_id="SAB", kelas="T")
    PemetaanKegiatanFactory(kabupaten=wilayah["11.02"], nama="Lain daerah")
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="02.02.90", uraian="ignored")
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="02.02.98", uraian="Kegiatan tak dikenal")
    rebuild(2025)
    text = page(client)
    assert "Jambanisasi 02.02.90 SAB, terkait" in text
    assert "Kegiatan tak dikenal 02.02.98 belum dipetakan" in text


def test_a_long_list_ends_with_the_rest_as_one_row(contoh: APBDes, client: Client) -> None:
    BarisAPBDes.objects.bulk_create(
        BarisAPBDes(apbdes=contoh, kode_kegiatan=f"04.0{n // 10}.{90 + n % 10}", kode_rekening="5.2.1", anggaran=n)
        for n in range(1, 61)
    )
    rebuild(2025)
    text = page(client)
    assert "16 lainnya" in text


def test_above_the_kecamatan_the_lines_are_left_out_with_a_sentence(contoh: APBDes, client: Client) -> None:
    text = page(client, SATU)
    assert "Tabel per sumber dana dan per kegiatan tersedia di halaman desa dan kecamatan." in text
    assert "Per kegiatan" not in text


# Rules, years, need


def test_a_desa_reads_how_it_keeps_each_rule(contoh: APBDes, client: Client) -> None:
    text = section(page(client), "Aturan belanja tahun ini", "Kebutuhan dan belanja")
    assert "Aturan uji 0 patuh 7,2% ≤ 15%" in text
    assert "Aturan uji 2 tidak patuh 7,2% ≥ 20%" in text
    assert "pagu Dana Desa: Rp1.000.000.000 Peraturan uji keyakinan tinggi" in text


def test_a_region_counts_its_desa_by_outcome(contoh: APBDes, wilayah: dict[str, Wilayah], client: Client) -> None:
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[A2], cakupan_pendapatan="tidak_ada"), anggaran=JUTA)
    rebuild(2025)
    text = section(page(client, ALFA), "Aturan belanja tahun ini", "Kebutuhan dan belanja")
    assert "Aturan uji 0 patuh: 1 tidak dapat dihitung: 1 7,2%" in text


def test_a_year_without_rules_says_so(contoh: APBDes, client: Client) -> None:
    AturanBelanja.objects.all().delete()
    assert "Tidak ada aturan yang dinilai untuk tahun ini." in page(client)


def test_every_year_stands_in_the_table_with_its_index_or_its_reason(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[A1], tahun=2024), anggaran=10 * JUTA)
    rebuild(2024, tahun_berjalan=2026)
    text = section(page(client), "Dari tahun ke tahun", "Komposisi belanja")
    assert "2025 1.400.000.000 350.000.000 25,0% 85,6% 80,7 A" in text
    assert "2024 10.000.000 10.000.000 100,0% – komponen yang dapat dihitung belum cukup" in text
    assert "tahun anggaran 2024" in page(client, A1, "?tahun=2024")


def test_need_beside_spending_is_a_question_with_its_pairs(contoh: APBDes, client: Client) -> None:
    text = page(client)
    text = text[text.index("Bahan diskusi di Rumah Bersama") :]
    assert "Keselarasan 0,903 dari 1." in text
    assert "Pendidikan PDK 0,20 16,0% 17,1% +1,1 poin 60.000.000 Pantau" in text
    assert "Jaminan sosial JSO 0,15 12,0% 20,6% +8,6 poin 72.000.000 Pertahankan" in text
    assert "Kesehatan KES 0,35 28,0% 25,7% -2,3 poin 90.000.000 Tinjau efektivitas" in text
    assert "<circle" in content(client.get(f"/wilayah/{A1}/belanja/"))


def test_without_gaps_there_is_nothing_to_compare_yet(contoh: APBDes, client: Client) -> None:
    GapBidang.objects.all().delete()
    text = page(client)
    assert "Kebutuhan dan belanja belum dapat dibandingkan: capaian layanan belum ada." in text
    assert "Capaian layanan diisi UPT layanan dasar dan desa." in text


def test_the_interactive_quadrant_holds_one_point_per_service(contoh: APBDes, client: Client) -> None:
    answer = client.get(f"/wilayah/{A1}/belanja/kuadran.json?tahun=2025")
    figure = json.loads(content(answer))
    assert [trace["text"] for trace in figure["data"]] == [[kode] for kode in GAPS]
    assert figure["data"][0]["x"] == [16.0]
    assert len(figure["layout"]["shapes"]) == 2
    again = client.get(f"/wilayah/{A1}/belanja/kuadran.json?tahun=2025", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert json.loads(content(client.get(f"/wilayah/{A2}/belanja/kuadran.json")))["data"] == []


# What deserves a question


def test_oddities_of_a_desa(contoh: APBDes, client: Client) -> None:
    BarisAPBDesFactory(apbdes=contoh, kode_kegiatan="04.01.01", uraian="Tambak", anggaran=0, realisasi_s2=5 * JUTA)
    BarisAPBDes.objects.filter(kode_kegiatan="01.03.01").update(realisasi_s2=9 * JUTA)
    rebuild(2025, tahun_berjalan=2026)
    text = page(client)
    text = text[text.index("Yang perlu ditanyakan") :]
    assert "1 baris, Rp5.000.000" in text
    assert "Tambak 04.01.01 5.2.1.01 DDS 5.000.000" in text
    assert "-Rp400.000.000" in text
    assert "01.03.01 : Rp9.000.000 dari anggaran Rp8.000.000" in text
    assert "1 baris, Rp5.000.000" in (above := page(client, ALFA))
    assert "A1 : -Rp400.000.000" in above
    assert "melebihi di 1 desa" in above
    assert "Alfa : 1 baris, Rp5.000.000" in page(client, SATU)


def test_a_clean_budget_says_that_nothing_was_found(contoh: APBDes, client: Client) -> None:
    BarisAPBDes.objects.filter(kode_rekening="4.2.1.01").update(anggaran=1400 * JUTA)
    rebuild(2025, tahun_berjalan=2026)
    assert "Tidak ditemukan realisasi tanpa anggaran" in page(client)


# The year that has not ended


def test_half_a_year_is_called_running_and_stands_beside_last_years_half(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    BarisAPBDes.objects.update(realisasi_s1=140 * JUTA, realisasi_s2=None)
    lalu = APBDesFactory(desa=wilayah[A1], tahun=2024)
    BarisAPBDesFactory(apbdes=lalu, anggaran=200 * JUTA, realisasi_s1=60 * JUTA, realisasi_s2=190 * JUTA)
    rebuild(2025)
    rebuild(2024)
    assert "Serapan berjalan 70,0%" in page(client)
    assert "Pertengahan tahun lalu 30,0%." in page(client)
    assert "Pertengahan tahun lalu 30,0% sampai 30,0% di 1 desa." in page(client, ALFA)
    assert "Pertengahan tahun lalu" not in page(client, SATU)


# Empty states


def test_a_desa_without_a_budget_has_a_reason_and_nothing_else(contoh: APBDes, client: Client) -> None:
    text = page(client, A2)
    assert "Belum ada APBDes tahun" in text
    assert "Yang mengunggah: operator desa, operator kecamatan, atau admin kabupaten." in text
    assert "Ukuran belanja" not in text


def test_a_kelurahan_is_told_apart(contoh: APBDes, client: Client) -> None:
    assert "Kelurahan tidak memiliki APBDes." in page(client, "11.01.01.1003")


def test_a_summary_per_chapter_shows_its_chapters_and_no_zero_per_cent(
    wilayah: dict[str, Wilayah], acuan: None, client: Client
) -> None:
    budget = APBDesFactory(desa=wilayah[A1], cakupan_belanja="bidang", cakupan_pendapatan="tidak_ada")
    BarisAPBDesFactory(apbdes=budget, kode_kegiatan="01", kode_rekening="", anggaran=50 * JUTA)
    rebuild(2025, tahun_berjalan=2026)
    text = page(client)
    assert "Rincian kegiatan belum ada, jadi porsi layanan dasar belum dapat dihitung" in text
    assert "Indeks belum diterbitkan: rincian kegiatan belum ada." in text
    assert "01 Penyelenggaraan Pemerintahan Desa 50.000.000" in text
    assert "Komponen" not in text
    assert "M1" not in text
    assert "jadi sumber dana dan kegiatan belum dapat ditampilkan" in text
    assert re.search(r"\b0,0%", text) is None


def test_demo_regions_carry_a_banner_and_the_nation_leaves_them_out(
    contoh: APBDes, wilayah: dict[str, Wilayah], client: Client
) -> None:
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["99.01.01.2001"]), realisasi_s2=5, anggaran=0)
    rebuild(2025)
    assert "DATA CONTOH" in page(client, "99.01.01.2001")
    assert "DATA CONTOH" not in page(client)
    national = page(client, "0")
    assert "Contoh" not in national
    assert "1 dari 5 desa" in national

import datetime

import pytest
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from kecamatan.importers.hari_libur import impor_hari_libur
from kecamatan.importers.sebutan import impor_aturan_daerah
from kecamatan.models import AturanDaerah, Wilayah
from kecamatan.queries.hari_libur import hari_libur, hitung_tenggat, kalender, kalender_tahun
from kecamatan.queries.zona import zona_waktu
from p3pd_portal.lib.hari_kerja import ZONA
from tests.conftest import FIXTURES
from tests.factories import HariLiburFactory


pytestmark = pytest.mark.django_db
date = datetime.date


@pytest.fixture
def skb(wilayah: dict[str, Wilayah]) -> dict[str, Wilayah]:
    """The world with the days off of 2026."""
    impor_hari_libur(FIXTURES / "hari_libur.yaml")
    return wilayah


def aturan(kode: str, zona: str) -> None:
    AturanDaerah.objects.create(kode=kode, zona_waktu=zona, keyakinan="tinggi", sumber="uji")


# Deadlines


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-03-13", 3, "2026-03-25"),
        ("2026-03-13", 5, "2026-03-27"),
        ("2026-03-13", 10, "2026-04-06"),
        ("2026-03-13", 14, "2026-04-10"),
        ("2026-03-13", 20, "2026-04-20"),
        ("2026-03-13", 60, "2026-06-24"),
        ("2026-05-12", 3, "2026-05-19"),
        ("2026-05-12", 5, "2026-05-21"),
        ("2026-05-12", 14, "2026-06-08"),
        ("2026-05-12", 20, "2026-06-17"),
    ],
)
def test_the_promises_of_2026(start: str, n: int, due: str, skb: dict[str, Wilayah]) -> None:
    jam = kalender(skb["11.01.01"])
    assert jam.tenggat(date.fromisoformat(start), n) == date.fromisoformat(due)
    assert jam.selisih(date.fromisoformat(start), date.fromisoformat(due)) == n
    assert hitung_tenggat(skb["11.01.01"], jam, date.fromisoformat(start), n).tanggal == date.fromisoformat(due)


def test_a_local_day_off_moves_promises_of_its_kabupaten_alone(skb: dict[str, Wilayah]) -> None:
    HariLiburFactory(tanggal="2026-03-16", jenis="daerah", wilayah=skb["11.01"])
    due = {kode: kalender(skb[kode]).tenggat(date(2026, 3, 13), 3) for kode in ("11.01.01.2001", "11.02.01", "0")}
    assert due == {"11.01.01.2001": date(2026, 3, 26), "11.02.01": date(2026, 3, 25), "0": date(2026, 3, 25)}


def test_a_proposed_day_moves_nothing(skb: dict[str, Wilayah]) -> None:
    HariLiburFactory(tanggal="2026-03-16", usulan=True)
    assert kalender(skb["11.01"]).tenggat(date(2026, 3, 13), 3) == date(2026, 3, 25)


def test_a_report_after_hours_before_a_long_feast_counts_from_its_end(skb: dict[str, Wilayah]) -> None:
    """Tuesday 17 March 2026, 16.00 in Jakarta: the next working day is Wednesday the 25th."""
    jam = kalender(skb["11.01"])
    moment = datetime.datetime(2026, 3, 17, 16, tzinfo=ZONA["WIB"])
    assert jam.mulai(moment) == date(2026, 3, 25)
    assert jam.tenggat(moment, 3) == date(2026, 3, 30)
    assert jam.tenggat(moment - datetime.timedelta(seconds=1), 3) == date(2026, 3, 27)


def test_reminders_run_backwards_over_the_feast(skb: dict[str, Wilayah]) -> None:
    assert kalender(skb["11.01"]).tenggat(date(2026, 3, 26), -3) == date(2026, 3, 16)


def test_the_closing_hour_is_a_setting(skb: dict[str, Wilayah]) -> None:
    moment = datetime.datetime(2026, 7, 6, 15, tzinfo=ZONA["WIB"])
    with override_settings(JAM_TUTUP=datetime.time(15)):
        assert kalender(skb["11.01"]).mulai(moment) == date(2026, 7, 7)
    assert kalender(skb["11.01"]).mulai(moment) == date(2026, 7, 6)


def test_a_date_in_a_year_without_decree_is_not_certain(skb: dict[str, Wilayah]) -> None:
    HariLiburFactory(tanggal="2027-01-01", usulan=True)
    HariLiburFactory(tanggal="2027-01-04", jenis="daerah", wilayah=skb["11.01"])
    jam = kalender(skb["11.01"])
    assert (jam.is_certain(date(2026, 12, 31)), jam.is_certain(date(2027, 1, 2))) == (True, False)


def test_a_clock_costs_two_queries_however_much_is_counted(
    skb: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        jam = kalender(skb["11.01.01"])
        assert [jam.tenggat(date(2026, 1, 1), n) for n in range(1, 200)]


def test_days_off_of_a_range_come_in_one_query(
    skb: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    HariLiburFactory(tanggal="2026-03-25", jenis="daerah", wilayah=skb["11.01"])
    HariLiburFactory(tanggal="2026-03-26", usulan=True)
    with django_assert_num_queries(1):
        found = hari_libur(skb["11.01.01"], date(2026, 3, 19), date(2026, 3, 31))
    assert sorted(day.day for day in found) == [19, 20, 21, 22, 23, 24, 25]


# Time zones


def test_a_kabupaten_may_keep_another_time_than_its_province(wilayah: dict[str, Wilayah]) -> None:
    aturan("11", "WITA")
    aturan("11.02", "WIT")
    zones = {kode: zona_waktu(wilayah[kode]) for kode in ("0", "11", "11.01.01", "11.02", "11.02.01.2001", "99.01")}
    assert zones == {
        "0": "WIB",
        "11": "WITA",
        "11.01.01": "WITA",
        "11.02": "WIT",
        "11.02.01.2001": "WIT",
        "99.01": "WIB",
    }


def test_a_rule_about_words_leaves_the_time_to_the_province(wilayah: dict[str, Wilayah]) -> None:
    aturan("11", "WIT")
    AturanDaerah.objects.create(kode="11.01", sebutan_desa="Kampung", keyakinan="sedang", sumber="uji")
    assert zona_waktu(wilayah["11.01.01"]) == "WIT"
    assert kalender(wilayah["11.01.01"]).zoneinfo.key == "Asia/Jayapura"


@pytest.mark.parametrize(
    ("kode", "zona"),
    [("11", "WIB"), ("35.24", "WIB"), ("61", "WIB"), ("62.01", "WIB"), ("63", "WITA"), ("51.71", "WITA"),
     ("53.01.01", "WITA"), ("73", "WITA"), ("81", "WIT"), ("82", "WIT"), ("95.01", "WIT")],
)  # fmt: skip
def test_provinces_keep_the_time_of_keppres_41_1987(kode: str, zona: str, db: None) -> None:
    impor_aturan_daerah(FIXTURES / "aturan_daerah.yaml")
    assert zona_waktu(Wilayah(kode=kode)) == zona


# The page of a year


def test_a_year_month_by_month(skb: dict[str, Wilayah]) -> None:
    tahun = kalender_tahun(skb["11.01"], 2026)
    march = tahun.bulan[2]
    assert (march.pertama, march.hari_kerja, len(march.libur)) == (date(2026, 3, 1), 17, 7)
    assert (len(tahun.bulan), tahun.jumlah_libur, tahun.hari_kerja) == (12, 25, 240)
    assert (tahun.ditetapkan, tahun.usulan) == (True, [])
    assert tahun.dasar == ["SKB Menag 1497/2025, Menaker 2/2025, MenPANRB 5/2025"]


def test_an_unknown_year_says_so_and_lists_its_proposals(skb: dict[str, Wilayah]) -> None:
    proposed = HariLiburFactory(tanggal="2027-01-01", usulan=True)
    HariLiburFactory(tanggal="2027-02-01", jenis="daerah", wilayah=skb["11.01"])
    tahun = kalender_tahun(skb["11.01"], 2027)
    assert (tahun.ditetapkan, tahun.usulan, tahun.jumlah_libur, tahun.hari_kerja) == (False, [proposed], 1, 260)


def test_years_to_choose_from_have_no_gap(skb: dict[str, Wilayah]) -> None:
    years = kalender_tahun(skb["11.01"], 2021).pilihan
    assert years == list(range(2021, years[-1] + 1))
    assert {2026, 2027} <= set(years)


def test_without_any_day_off_this_year_and_the_next_are_offered(wilayah: dict[str, Wilayah]) -> None:
    this = datetime.datetime.now(tz=ZONA["WIB"]).year
    assert kalender_tahun(wilayah["0"], this).pilihan == [this, this + 1]


# The calculator


def test_a_counted_promise_shows_the_days_that_count_and_those_passed_over(skb: dict[str, Wilayah]) -> None:
    tenggat = hitung_tenggat(skb["11.01"], kalender(skb["11.01"]), date(2026, 3, 13), 3)
    assert [day.day for day in tenggat.hari] == [16, 17, 25]
    assert [day.tanggal.day for day in tenggat.dilewati] == [18, 19, 20, 23, 24]
    assert tenggat.pasti


def test_a_promise_into_an_unknown_year_is_marked(skb: dict[str, Wilayah]) -> None:
    assert not hitung_tenggat(skb["11.01"], kalender(skb["11.01"]), date(2026, 12, 30), 5).pasti

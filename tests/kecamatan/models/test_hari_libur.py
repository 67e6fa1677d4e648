import datetime

import pytest

from kecamatan.models import HariLibur, Wilayah
from tests.factories import HariLiburFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 7, 15)


@pytest.fixture
def days(wilayah: dict[str, Wilayah]) -> dict[str, HariLibur]:
    return {
        "nation": HariLiburFactory(nama="Nasional"),
        "satu": HariLiburFactory(nama="Pilkada Satu", jenis="daerah", wilayah=wilayah["11.01"]),
        "dua": HariLiburFactory(nama="Pilkada Dua", jenis="daerah", wilayah=wilayah["11.02"]),
        "usulan": HariLiburFactory(nama="Usulan", usulan=True, tanggal="2027-01-01"),
    }


def names(found: object) -> set[str]:
    return {day.nama for day in found}


# What the database refuses


def test_a_date_is_a_day_off_of_the_nation_once() -> None:
    HariLiburFactory()
    with refused_by("hari_libur_sekali_per_wilayah"):
        HariLiburFactory(nama="Hari lain", jenis="cuti_bersama")


def test_a_date_is_a_day_off_of_a_kabupaten_once(wilayah: dict[str, Wilayah]) -> None:
    HariLiburFactory(jenis="daerah", wilayah=wilayah["11.01"])
    with refused_by("hari_libur_sekali_per_wilayah"):
        HariLiburFactory(jenis="daerah", wilayah=wilayah["11.01"], usulan=True)


def test_nation_and_several_kabupaten_may_be_off_on_one_date(days: dict[str, HariLibur]) -> None:
    assert HariLibur.objects.filter(tanggal=DAY).count() == 3


@pytest.mark.parametrize("jenis", ["nasional", "cuti_bersama"])
def test_only_local_days_belong_to_a_region(jenis: str, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("hari_libur_daerah_berwilayah"):
        HariLiburFactory(jenis=jenis, wilayah=wilayah["11.01"])


def test_a_local_day_needs_its_region() -> None:
    with refused_by("hari_libur_daerah_berwilayah"):
        HariLiburFactory(jenis="daerah")


@pytest.mark.parametrize("empty", [{"nama": ""}, {"sumber": ""}])
def test_no_day_without_name_and_decree(empty: dict[str, str]) -> None:
    with refused_by("hari_libur_bernama_dan_berdasar"):
        HariLiburFactory(**empty)


# Vocabulary


@pytest.mark.parametrize(
    ("kode", "seen"),
    [
        ("0", {"Nasional", "Usulan"}),
        ("11", {"Nasional", "Usulan"}),
        ("11.01", {"Nasional", "Usulan", "Pilkada Satu"}),
        ("11.01.02", {"Nasional", "Usulan", "Pilkada Satu"}),
        ("11.01.01.2001", {"Nasional", "Usulan", "Pilkada Satu"}),
        ("11.02.01", {"Nasional", "Usulan", "Pilkada Dua"}),
        ("99.01.01", {"Nasional", "Usulan"}),
    ],
)
def test_a_region_is_off_with_the_nation_and_its_kabupaten(
    kode: str, seen: set[str], days: dict[str, HariLibur], wilayah: dict[str, Wilayah]
) -> None:
    assert names(HariLibur.objects.at(wilayah[kode])) == seen


def test_a_proposal_is_not_in_force(days: dict[str, HariLibur]) -> None:
    assert "Usulan" not in names(HariLibur.objects.in_force())


@pytest.mark.parametrize(
    ("kode", "kept"),
    [("0", {"Nasional", "Usulan"}), ("11", set()), ("11.01", {"Pilkada Satu"}), ("11.02", {"Pilkada Dua"}),
     ("11.01.01", set())],
)  # fmt: skip
def test_a_region_keeps_only_its_own_days(
    kode: str, kept: set[str], days: dict[str, HariLibur], wilayah: dict[str, Wilayah]
) -> None:
    assert names(HariLibur.objects.kept_by(wilayah[kode])) == kept


def test_days_come_in_their_order() -> None:
    HariLiburFactory(tanggal="2026-12-25")
    HariLiburFactory(tanggal="2026-01-01")
    assert [day.tanggal.month for day in HariLibur.objects.all()] == [1, 12]


def test_a_day_prints_as_date_and_name() -> None:
    assert str(HariLibur(tanggal=DAY, nama="Hari Uji")) == "2026-07-15 Hari Uji"

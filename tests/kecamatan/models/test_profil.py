import datetime

import pytest

from kecamatan.models import AturanDaerah, Lokus, ProfilWilayah, Wilayah
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
DECEMBER = datetime.date(2024, 12, 31)


def aturan(**fields: str) -> AturanDaerah:
    return AturanDaerah.objects.create(
        **{"kode": "11", "zona_waktu": "WIB", "keyakinan": "tinggi", "sumber": "uji"} | fields
    )


# Rules


@pytest.mark.parametrize("kode", ["1", "0", "1101", "11.1", "a1", ""])
def test_a_rule_is_for_a_province_or_a_kabupaten(kode: str) -> None:
    with refused_by("aturan_daerah_kode_berpola"):
        aturan(kode=kode)


def test_a_rule_says_something() -> None:
    with refused_by("aturan_daerah_berisi"):
        aturan(zona_waktu="")


def test_there_are_three_zones() -> None:
    with refused_by("aturan_daerah_zona_dikenal"):
        aturan(zona_waktu="GMT")


def test_rules_for_a_region_begin_with_its_kabupaten() -> None:
    for kode in ("11", "11.01", "11.02", "12"):
        aturan(kode=kode)
    assert [str(rule) for rule in AturanDaerah.objects.for_kode("11.01.01.2001")] == ["11.01", "11"]
    assert [str(rule) for rule in AturanDaerah.objects.for_kode("11")] == ["11"]
    assert list(AturanDaerah.objects.for_kode("0")) == []


# People and area


def profil(wilayah: Wilayah, **fields: object) -> ProfilWilayah:
    return ProfilWilayah.objects.create(
        **{"wilayah": wilayah, "per": DECEMBER, "penduduk": 10, "sumber": "Dukcapil"} | fields
    )


def test_one_count_per_region_and_month(wilayah: dict[str, Wilayah]) -> None:
    profil(wilayah["11"])
    with refused_by("profil_wilayah_sekali_per_bulan"):
        profil(wilayah["11"], penduduk=11)


@pytest.mark.parametrize("people", [(4, 5), (11, 0)])
def test_women_and_men_add_up(people: tuple[int, int], wilayah: dict[str, Wilayah]) -> None:
    with refused_by("profil_wilayah_jumlah_kelamin"):
        profil(wilayah["11"], laki_laki=people[0], perempuan=people[1])


def test_a_count_needs_its_source(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("profil_wilayah_bersumber"):
        profil(wilayah["11"], sumber="")


@pytest.mark.parametrize("fields", [{"luas_km2": 1}, {"luas_km2": 0, "sumber_luas": "BIG"}])
def test_an_area_is_more_than_nothing_and_has_a_source(fields: dict[str, object], wilayah: dict[str, Wilayah]) -> None:
    with refused_by("profil_wilayah_luas_bersumber"):
        profil(wilayah["11"], **fields)


def test_a_count_prints_as_region_and_month(wilayah: dict[str, Wilayah]) -> None:
    assert str(profil(wilayah["11"])) == f"{wilayah['11'].pk} 2024-12"


# Lokus


def test_a_region_is_lokus_once_a_year(wilayah: dict[str, Wilayah]) -> None:
    lokus = Lokus.objects.create(wilayah=wilayah["11.01"], tahun=2025, dasar="SK 1")
    assert str(lokus) == f"{wilayah['11.01'].pk} 2025"
    with refused_by("lokus_sekali_per_tahun"):
        Lokus.objects.create(wilayah=wilayah["11.01"], tahun=2025, dasar="SK 2")


def test_a_lokus_needs_its_decree(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("lokus_berdasar"):
        Lokus.objects.create(wilayah=wilayah["11.01"], tahun=2025, dasar="")


@pytest.mark.parametrize("tahun", [0, 2014, 2101])
def test_a_lokus_year_is_one_of_this_programme(tahun: int, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("lokus_tahun_wajar"):
        Lokus.objects.create(wilayah=wilayah["11.01"], tahun=tahun, dasar="SK")


# On the region itself


@pytest.mark.parametrize(
    ("kode", "kode_bps"),
    [("0", "1"), ("0", "00"), ("11", "1101"), ("11.01", "11"), ("11.01.01", "1101010001"), ("11.01.01.2001", "1101010"),
     ("11", "1a"), ("11", "")],
)  # fmt: skip
def test_a_bps_code_has_the_length_of_its_level(kode: str, kode_bps: str, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_kode_bps_setingkat"):
        Wilayah.objects.filter(kode=kode).update(kode_bps=kode_bps)


@pytest.mark.parametrize(
    ("kode", "sebutan", "name"),
    [
        ("11.01.01", "Distrik", "Distrik Alfa"),
        ("11.01.01.2001", "Gampong", "Gampong A1"),
        ("11.01.01.2001", "", "Desa A1"),
        ("11.01", "Gampong", "Kabupaten Satu"),
    ],
)
def test_the_local_word_stands_before_the_name(kode: str, sebutan: str, name: str, wilayah: dict[str, Wilayah]) -> None:
    satu = wilayah[kode]
    satu.sebutan = sebutan
    assert satu.nama_lengkap == name


@pytest.mark.parametrize(("nama", "name"), [("Gampong Baro", "Gampong Baro"), ("Gampongan", "Gampong Gampongan")])
def test_a_name_that_holds_the_word_does_not_get_it_twice(nama: str, name: str, wilayah: dict[str, Wilayah]) -> None:
    satu = wilayah["11.01.01.2001"]
    satu.nama, satu.sebutan = nama, "Gampong"
    assert satu.nama_lengkap == name

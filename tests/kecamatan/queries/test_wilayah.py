import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Wilayah
from kecamatan.queries.wilayah import MOST_HITS, HasilCari, search


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wilayah")]


def found(kata: str) -> list[str]:
    return [satu.kode for satu in search(kata).wilayah]


# By name


@pytest.mark.parametrize("kata", ["Alfa", "alfa", "ALF", "  alfa  ", "lfa"])
def test_part_of_a_name_in_any_case(kata: str) -> None:
    assert found(kata) == ["11.01.01"]


@pytest.mark.parametrize("kata", ["A1 Alfa", "A1, Alfa", "A1 Satu", "A1,Uji", "a1  alfa   satu uji"])
def test_further_words_name_the_regions_above(kata: str) -> None:
    assert found(kata) == ["11.01.01.2001"]


@pytest.mark.parametrize("kata", ["A1 Beta", "A1 Alfa Dua", "Alfa A1"])
def test_every_word_has_to_fit_and_the_first_the_own_name(kata: str) -> None:
    assert found(kata) == []


@pytest.mark.parametrize(
    "kata",
    ["Kecamatan Alfa", "kec. alfa", "Kec Alfa", "Alfa Kab. Satu", "Alfa, Kabupaten Satu, Prov. Uji", "desa alfa"],
)
def test_words_for_levels_are_ignored(kata: str) -> None:
    assert found(kata) == ["11.01.01"]


@pytest.mark.parametrize("kata", ["Distrik Alfa", "kapanewon alfa", "Nagari Alfa", "Gampong Alfa Satu"])
def test_words_of_a_province_for_a_level_are_ignored_too(kata: str) -> None:
    assert found(kata) == ["11.01.01"]
    assert search(kata).kata == kata


def test_a_local_word_that_belongs_to_the_name_counts() -> None:
    impor_wilayah([("11.01.01.2003", "Gampong Alfa"), ("11.01.03", "Lembang")])
    assert (found("Gampong Alfa"), found("Lembang")) == (["11.01.01.2003"], ["11.01.03"])


def test_a_name_that_only_begins_like_a_level_is_no_level() -> None:
    impor_wilayah([("11.01.03", "Kecapi"), ("11.01.04", "Desaku")])
    assert (found("Kecapi"), found("Desaku")) == (["11.01.03"], ["11.01.04"])


def test_the_nation_is_no_hit() -> None:
    assert found("Indonesia") == []


def test_closed_regions_are_no_hits() -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_sampai="2025-06-30")
    assert found("A1") == []


@pytest.mark.parametrize("kata", ["", " ", "A", "Kec.", "Desa", "Kabupaten A", "\x00", ",", "."])
def test_one_letter_is_too_little_to_search_for(kata: str) -> None:
    assert search(kata) == HasilCari(" ".join(kata.replace("\x00", " ").split()), [], lebih=False)


def test_no_hit() -> None:
    assert search("Atlantis") == HasilCari("Atlantis", [], lebih=False)


@pytest.mark.parametrize("kata", ["%%", "__", "A_", "%a", "\\\\", "A1'--", "(("])
def test_signs_of_sql_mean_themselves(kata: str) -> None:
    assert found(kata) == []


def test_a_name_with_such_a_sign_is_found() -> None:
    impor_wilayah([("11.01.03", "50% Jum'at_x")])
    assert found("50%") == found("m'at_") == ["11.01.03"]


def test_only_the_first_80_characters_count() -> None:
    assert search("x" * 500).kata == "x" * 80


# By code


@pytest.mark.parametrize("kata", ["11.01.01", "110101", " 11.01.01 "])
def test_a_code_finds_the_region_and_those_below(kata: str) -> None:
    assert found(kata) == ["11.01.01", "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"]


@pytest.mark.parametrize("kata", ["11.01.01.2001", "1101012001"])
def test_the_code_of_a_village_finds_the_village(kata: str) -> None:
    assert found(kata) == ["11.01.01.2001"]


def test_a_code_may_be_unfinished() -> None:
    assert found("11.01.0")[:2] == ["11.01.01", "11.01.02"]


@pytest.mark.parametrize("kata", ["77", "11.01.77", "7777", "11..01", ".."])
def test_an_unknown_code_finds_nothing(kata: str) -> None:
    assert found(kata) == []


# Order and number


def test_exact_names_come_before_beginnings_and_those_before_the_rest() -> None:
    impor_wilayah(
        [("11.01.03", "Sukamaju"), ("11.01.02.2003", "Maju"), ("11.01.01.2003", "Maju Jaya"), ("11.02.02", "Majuan")]
    )
    assert found("maju") == ["11.01.02.2003", "11.02.02", "11.01.01.2003", "11.01.03"]


def test_larger_regions_come_first_then_the_alphabet_then_the_code() -> None:
    impor_wilayah(
        [("11.02.01.2002", "Mekar"), ("11.01.01.2003", "Mekar"), ("11.01.03", "Mekar"), ("11.01.02.2003", "Mekar Asri")]
    )
    assert found("Mekar") == ["11.01.03", "11.01.01.2003", "11.02.01.2002", "11.01.02.2003"]


def test_fiction_comes_last() -> None:
    impor_wilayah([("99.01.02", "Sukamaju"), ("11.01.01.2003", "Lebih Sukamaju")])
    assert found("Sukamaju") == ["11.01.01.2003", "99.01.02"]


@pytest.mark.parametrize("kata", ["Dua", "Kab. Dua", "Kabupaten Dua"])
def test_a_kabupaten_is_found_by_its_name_without_the_word_before_all_smaller_ones(kata: str) -> None:
    """Its official name carries the word "Kabupaten"; villages with the same name must not crowd it out."""
    impor_wilayah([(f"11.01.01.2{n}", "Dua") for n in range(100, 100 + MOST_HITS + 1)])
    assert found(kata)[0] == "11.02"


@pytest.mark.parametrize(("villages", "shown", "lebih"), [(MOST_HITS, 20, False), (MOST_HITS + 1, 20, True)])
def test_twenty_hits_are_shown_and_more_are_announced(villages: int, shown: int, lebih: bool) -> None:
    impor_wilayah([(f"11.01.01.2{n}", f"Mekar {n}") for n in range(100, 100 + villages)])
    hasil = search("Mekar")
    assert (len(hasil.wilayah), hasil.lebih) == (shown, lebih)
    assert hasil.wilayah[0].nama == "Mekar 100"


@pytest.mark.parametrize(("kata", "queries"), [("Alfa", 2), ("11.01", 2), ("Atlantis", 2), ("A", 0)])
def test_a_search_asks_for_former_names_or_codes_and_once_for_the_hits(
    kata: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        for satu in search(kata).wilayah:
            assert satu.nama_lengkap
            assert satu.get_absolute_url()

"""Two editions side by side: what is the same region, what follows what, and what is only a guess."""

import pytest

from kecamatan.importers.edisi import Perubahan, compare, letters, likeness, spoken
from kecamatan.models import JenisRiwayat


PROVINSI = {"11": "Uji", "12": "Uji Timur"}
LAMA = {
    **PROVINSI,
    "11.01": "KAB. SATU",
    "11.01.01": "Alfa",
    "11.01.01.1001": "Pasar",
    "11.01.01.2001": "Sidomulyo",
    "11.01.01.2002": "Mekar Jaya",
    "11.01.01.2003": "Suka Maju",
    "11.01.02": "Beta",
    "11.01.02.2001": "Kali Ombo",
}


def changes(baru: dict[str, str], lama: dict[str, str] = LAMA) -> list[tuple[str | None, str, str, bool]]:
    return [
        (satu.jenis and str(satu.jenis), satu.kode_lama, satu.kode_baru, satu.yakin)
        for satu in compare(lama, baru).perubahan
    ]


def edited(**names: str | None) -> dict[str, str]:
    """LAMA with other names; None takes a code away. Codes with underscores for points."""
    baru = dict(LAMA)
    for kode, nama in names.items():
        kode = kode.strip("k").replace("_", ".")
        if nama is None:
            del baru[kode]
        else:
            baru[kode] = nama
    return baru


def test_the_same_list_has_no_differences() -> None:
    beda = compare(LAMA, LAMA)
    assert (beda.perubahan, beda.sama) == ([], len(LAMA))


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        ("KAB. ACEH SELATAN", "Kabupaten Aceh Selatan"),
        ("SUKA MAJU", "Sukamaju"),
        ("Jum'at", "Jumat"),
        ("KOTA A", "Kota A"),
    ],
)
def test_capitals_blanks_signs_and_the_word_for_the_level_make_no_other_name(lama: str, baru: str) -> None:
    assert letters(lama) == letters(baru)


def test_numerals_are_read_however_they_are_written() -> None:
    assert spoken("Ilir Barat II") == spoken("Ilir Barat Dua") == "ilirbarat2"
    assert letters("Ilir Barat II") != letters("Ilir Barat Dua")


def test_a_word_that_only_means_city_is_no_empty_name() -> None:
    assert letters("Kota") == "kota"
    assert likeness("Kota", "Kota") == 1


def test_a_first_list_is_all_new() -> None:
    beda = compare({}, LAMA)
    assert {satu.kode_baru for satu in beda.baru} == set(LAMA)
    assert beda.hilang == []


@pytest.mark.parametrize(("nama", "sure"), [("Kali Ombok", True), ("Wates", False)])
def test_another_name_under_the_same_code_is_a_spelling_or_a_guess(nama: str, sure: bool) -> None:
    assert changes(edited(k11_01_02_2001=nama)) == [("ganti_nama", "11.01.02.2001", "11.01.02.2001", sure)]


def test_another_name_above_the_villages_is_the_same_place() -> None:
    assert changes(edited(k11_01_02="Wates")) == [("ganti_nama", "11.01.02", "11.01.02", True)]


def test_a_code_with_the_name_of_a_neighbour_was_given_away() -> None:
    assert changes(edited(k11_01_01_2002="Sidomulyo", k11_01_01_2001=None)) == [
        (None, "11.01.01.2001", "", False),
        ("kode_dipakai_ulang", "11.01.01.2002", "11.01.01.2002", False),
    ]


def test_a_kelurahan_that_became_a_desa_has_a_new_code() -> None:
    baru = edited(k11_01_01_1001=None, k11_01_01_2004="PASAR")
    assert changes(baru) == [("ganti_kode", "11.01.01.1001", "11.01.01.2004", True)]


def test_a_village_that_moved_within_the_kabupaten_is_found_by_its_name() -> None:
    baru = edited(k11_01_01_2003=None, k11_01_02_2002="Suka Maju")
    assert changes(baru) == [("pindah", "11.01.01.2003", "11.01.02.2002", True)]


def test_two_villages_of_that_name_are_no_proof() -> None:
    baru = edited(k11_01_01_2003=None, k11_01_02_2002="Suka Maju") | {"11.01.03": "Gama", "11.01.03.2001": "Suka Maju"}
    assert (None, "11.01.01.2003", "", False) in changes(baru)


def test_a_split_province_takes_its_kabupaten_along_with_everything_below() -> None:
    rest = {kode: nama for kode, nama in LAMA.items() if not kode.startswith("11.01")}
    moved = {kode.replace("11.01", "12.05", 1): nama for kode, nama in LAMA.items() if kode.startswith("11.01")}
    found = changes(rest | moved)
    assert found[0] == ("pindah", "11.01", "12.05", True)
    assert {kind for kind, *_ in found[1:]} == {"ganti_kode"}
    assert [old for _, old, _, _ in found] == sorted(
        (k for k in LAMA if k.startswith("11.01")), key=lambda k: (len(k), k)
    )


def test_a_kota_and_a_kabupaten_of_one_name_are_kept_apart() -> None:
    lama = PROVINSI | {"11.01": "KAB. SORONG", "11.71": "KOTA SORONG"}
    baru = PROVINSI | {"12.01": "Kabupaten Sorong", "12.71": "Kota Sorong"}
    assert changes(baru, lama) == [("pindah", "11.01", "12.01", True), ("pindah", "11.71", "12.71", True)]


def test_a_desa_and_a_kelurahan_of_one_name_are_kept_apart() -> None:
    lama = {"11": "U", "11.01": "S", "11.01.01": "A", "11.01.01.1001": "Pasar", "11.01.01.2001": "Pasar"}
    baru = {"11": "U", "11.01": "S", "11.01.02": "A", "11.01.02.1001": "Pasar", "11.01.02.2001": "Pasar"}
    assert ("ganti_kode", "11.01.01.1001", "11.01.02.1001", True) in changes(baru, lama)
    assert ("ganti_kode", "11.01.01.2001", "11.01.02.2001", True) in changes(baru, lama)


def test_similar_names_under_a_parent_that_carries_on_are_guesses_the_most_alike_first() -> None:
    lama = {"11": "U", "11.01": "S", "11.01.01": "A", "11.01.01.2001": "Holuon", "11.01.01.2002": "Holuonu"}
    baru = {"11": "U", "11.01": "S", "11.01.02": "A", "11.01.02.2001": "Holuwon", "11.01.02.2002": "Zzz"}
    assert changes(baru, lama) == [
        ("ganti_kode", "11.01.01", "11.01.02", True),
        (None, "11.01.01.2002", "", False),
        ("ganti_kode", "11.01.01.2001", "11.01.02.2001", False),
        (None, "", "11.01.02.2002", False),
    ]


def test_below_a_parent_that_is_gone_nothing_is_guessed() -> None:
    lama = {"11": "U", "11.01": "S", "11.01.01": "Alfa", "11.01.01.2001": "Desa"}
    baru = {"11": "U", "12": "V", "12.01": "Lain", "12.01.01": "Beda", "12.01.01.2001": "Desa"}
    assert {kind for kind, *_ in changes(baru, lama)} == {None}


def test_counts_name_every_kind_and_what_needs_a_decision() -> None:
    beda = compare(LAMA, edited(k11_01_02_2001="Wates", k11_01_01_2003=None))
    assert beda.counts() == {"sama": 8, "baru": 0, "ganti nama": 1, "hilang tanpa penerus": 1, "perlu keputusan": 1}
    assert beda.of(JenisRiwayat.GANTI_NAMA)[0].nama_baru == "Wates"
    assert beda.hilang == [Perubahan(None, "11.01.01.2003", "Suka Maju")]

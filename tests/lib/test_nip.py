import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.nip import parse_nip


TODAY = datetime.date(2026, 11, 22)


# What is no NIP


@pytest.mark.parametrize("text", ["", "19800312200501199", "1980031220050119911", "19800312200501199x", "１" * 18])
def test_other_than_18_digits_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NIP terdiri atas 18 angka"):
        parse_nip(text, TODAY)


@pytest.mark.parametrize(
    "text", ["198013122005011991", "198002302005011991", "000003122005011991", "198003002005011991"]
)
def test_the_first_eight_digits_are_a_day(text: str) -> None:
    with pytest.raises(ValueError, match="Angka 1–8 NIP bukan tanggal lahir"):
        parse_nip(text, TODAY)


@pytest.mark.parametrize(
    "text", ["198003121994011991", "198003121980011991", "198003122028011991", "198003129999011991"]
)
def test_nobody_is_appointed_as_a_child_or_in_the_far_future(text: str) -> None:
    with pytest.raises(ValueError, match="Angka 9–12 NIP bukan tahun pengangkatan"):
        parse_nip(text, TODAY)


@pytest.mark.parametrize("sex", "03456789")
def test_the_fifteenth_digit_is_a_sex(sex: str) -> None:
    with pytest.raises(ValueError, match="Angka ke-15 NIP harus 1"):
        parse_nip(f"19800312200501{sex}991", TODAY)


# What a NIP says


def test_a_number_tells_birth_appointment_and_sex() -> None:
    nip = parse_nip("198003122005011991", TODAY)
    assert (nip.tanggal_lahir, nip.tahun_tmt, nip.bulan_tmt) == (datetime.date(1980, 3, 12), 2005, 1)
    assert (nip.jenis_kelamin, nip.nomor_urut, nip.peringatan) == ("L", "991", "")
    assert parse_nip("198003122005012991", TODAY).jenis_kelamin == "P"


@pytest.mark.parametrize("typed", ["19800312 200501 1 991", "19800312.200501.1.991", " 19800312-200501-1-991\u00a0"])
def test_blanks_dots_and_hyphens_do_not_matter(typed: str) -> None:
    nip = parse_nip(typed, TODAY)
    assert (nip.angka, str(nip)) == ("198003122005011991", "19800312 200501 1 991")


@pytest.mark.parametrize("month", ["00", "13", "21", "99"])
def test_a_pppk_number_passes_with_a_warning(month: str) -> None:
    nip = parse_nip(f"199001012022{month}2001", TODAY)
    assert (nip.tahun_tmt, nip.bulan_tmt, nip.jenis_kelamin) == (2022, None, "P")
    assert "PPPK" in nip.peringatan


@pytest.mark.parametrize(("year", "taken"), [("1994", False), ("1995", True), ("2027", True), ("2028", False)])
def test_the_edges_of_the_year_of_appointment(year: str, taken: bool) -> None:
    try:
        parse_nip(f"19800312{year}011991", TODAY)
    except ValueError:
        assert not taken
    else:
        assert taken


@given(
    born=st.dates(datetime.date(1950, 1, 1), datetime.date(2005, 12, 31)),
    age=st.integers(18, 20), month=st.integers(1, 12), sex=st.sampled_from("12"), serial=st.integers(0, 999),
)  # fmt: skip
def test_what_is_composed_is_read_back(born: datetime.date, age: int, month: int, sex: str, serial: int) -> None:
    nip = parse_nip(f"{born:%Y%m%d}{born.year + age}{month:02}{sex}{serial:03}", TODAY)
    assert (nip.tanggal_lahir, nip.tahun_tmt, nip.bulan_tmt) == (born, born.year + age, month)
    assert nip.nomor_urut == f"{serial:03}"

"""Numbers and names of persons in a text: a NIK is noticed however it is grouped, and a proposal covers the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.pribadi import SAMAR, mirip_nik, samarkan


NIK = "3201011203800001"


# A number that has no place in the portal


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"NIK saya {NIK}, mohon dibantu",
        f"NIK{NIK}a",
        f"1{NIK}",
        "0000000000000000",
        "3201 0112 0380 0001",
        "3201-0112-0380-0001",
        "3201.0112.0380.0001",
        "3201 0112-0380.0001",
        "320101 120380 0001",
        "320101-120380-0001",
        "320101.120380.0001",
        "baris pertama\n(320101 120380 0001)\nbaris terakhir",
    ],
)
def test_sixteen_digits_are_noticed_also_in_groups(text: str) -> None:
    assert mirip_nik(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NIK saya hilang",
        NIK[:15],
        "20240101 20241231",
        "3201 0112 0380 000",
        "3201 0112 0380 00012",
        "13201 0112 0380 0001",
        "320101 120380 001",
        "320101 120380 00012",
        "1320101 120380 0001",
        "2023, 2024, 2025, 2026",
        "0812-3456-7890",
        "Rp1.234.567.890.123",
        "01.234.567.8-901.000",
    ],
)
def test_other_figures_are_left_in_peace(text: str) -> None:
    assert not mirip_nik(text)


@given(st.text(max_size=20), st.text("0123456789", min_size=16, max_size=16), st.text(max_size=20))
def test_it_is_noticed_wherever_it_stands(before: str, digits: str, after: str) -> None:
    assert mirip_nik(before + digits + after)


@given(st.text(st.characters(blacklist_characters="0123456789")))
def test_without_digits_there_is_none(text: str) -> None:
    assert not mirip_nik(text)


# A proposal that covers persons


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        (f"NIK saya {NIK}.", "NIK saya *."),
        ("No KK 3201011203800002", "No KK *"),
        ("NPWP 01.234.567.8-901.000", "NPWP *"),
        ("paspor A1234567", "paspor *"),
        ("SIM 123456789012", "SIM *"),
        ("NIP 198003122005011991", "NIP *"),
        ("BPJS 0001234567890", "BPJS *"),
        ("NISN 0012345678", "NISN *"),
        ("akta kelahiran 3201-LT-12052018-0042", "akta kelahiran *"),
        ("telepon 0812-3456-7890", "telepon *"),
        ("surel siti.rahayu@gmail.com ya", "surel * ya"),
        ("rekening BCA 1234567890", "rekening BCA *"),
        ("kartu 4539578763621486", "kartu *"),
        ("mobil B 1234 XYZ", "mobil *"),
        ("lahir 12 Maret 1980", "lahir *"),
        ("Pak Budi Santoso minta uang", "Pak * minta uang"),
    ],
)
def test_what_points_at_a_person_is_covered(text: str, covered: str) -> None:
    assert samarkan(text) == covered.replace("*", SAMAR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jalan rusak di RT 03 sejak 2024",
        "Jl. Melati No. 5 RT 02/RW 03",
        "posisi -6.914744, 107.609810",
        "dari 36.72.215.104",
        "saya diabetes",
        "Kepala Desa minta 500 ribu",
        "bantuan Rp20.000.000 belum cair",
    ],
)
def test_the_matter_itself_stays_readable(text: str) -> None:
    assert samarkan(text) == text


def test_several_in_one_text_are_each_covered_in_their_place() -> None:
    text = "Bu Siti Rahayu (0812-3456-7890, siti@gmail.com) sakit.\nHubungi juga 0813-9876-5432!"
    assert samarkan(text) == f"Bu {SAMAR} ({SAMAR}, {SAMAR}) sakit.\nHubungi juga {SAMAR}!"


def test_signs_beyond_the_usual_do_not_shift_what_is_covered() -> None:
    assert samarkan("😀😀 0812-3456-7890 😀 siti@gmail.com é") == f"😀😀 {SAMAR} 😀 {SAMAR} é"


def test_what_is_covered_once_stays_as_it_is() -> None:
    once = samarkan("Hubungi Bu Siti Rahayu di 0812-3456-7890.")
    assert once == f"Hubungi Bu {SAMAR} di {SAMAR}."
    assert samarkan(once) == once

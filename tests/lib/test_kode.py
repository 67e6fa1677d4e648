"""Codes that people read out and type: what was given comes back, and a slip of the finger is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.kode import HURUF, berkelompok, is_kode, kode_dari, normalize_kode


RANDOM = bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")
"""Twenty bytes: every sign once, in order, five bits each."""

lengths = st.integers(1, 16)
contents = st.binary(min_size=20, max_size=40)
codes = st.builds(kode_dari, contents, lengths)


# How a code is made


def test_the_signs_cannot_be_taken_for_each_other() -> None:
    assert len(HURUF) == len(set(HURUF)) == 32
    assert "".join(sorted(HURUF)) == HURUF
    assert not set("ILOU") & set(HURUF)


def test_every_five_bits_are_a_sign_and_the_last_one_checks() -> None:
    assert kode_dari(RANDOM, 32)[:-1] == HURUF


@pytest.mark.parametrize(
    ("content", "length", "kode"),
    [(b"\x00", 1, "00"), (b"\x08", 1, "1Y"), (b"\xff", 1, "Z1"), (RANDOM, 4, "0123P"), (RANDOM, 11, "0123456789AB")],
)
def test_a_code_made_once_stays_the_same_for_ever(content: bytes, length: int, kode: str) -> None:
    assert kode_dari(content, length) == kode


@given(contents, lengths)
def test_a_code_is_the_beginning_of_the_bits(content: bytes, length: int) -> None:
    bits = "".join(f"{byte:08b}" for byte in content)
    signs = [HURUF[int(bits[5 * place : 5 * place + 5], 2)] for place in range(length)]
    kode = kode_dari(content, length)
    assert (list(kode[:-1]), len(kode)) == (signs, length + 1)


@given(contents, lengths, st.binary(max_size=8))
def test_bytes_that_are_left_over_do_not_matter(content: bytes, length: int, more: bytes) -> None:
    assert kode_dari(content + more, length) == kode_dari(content, length)


def test_too_few_random_bytes_make_no_code() -> None:
    with pytest.raises(ValueError, match="negative shift count"):
        kode_dari(b"\xff" * 5, 9)


# What is noticed


@given(codes)
def test_every_code_that_was_made_is_one(kode: str) -> None:
    assert is_kode(kode)


@given(codes)
def test_a_wrong_sign_is_noticed_wherever_it_stands(kode: str) -> None:
    for place, right in enumerate(kode):
        for wrong in set(HURUF) - {right}:
            assert not is_kode(kode[:place] + wrong + kode[place + 1 :])


@given(codes)
def test_swapped_neighbours_are_noticed_but_for_0_and_z(kode: str) -> None:
    for place in range(len(kode) - 1):
        one, other = kode[place : place + 2]
        swapped = kode[:place] + other + one + kode[place + 2 :]
        assert is_kode(swapped) == (one == other or {one, other} == {"0", "Z"})


@pytest.mark.parametrize("kode", ["", "0", "1Y ", "1y", "1-Y", "O0", "1U", "１Y", "0123456789A5"])
def test_what_was_never_given_out_is_no_code(kode: str) -> None:
    assert not is_kode(kode)


# How it is typed and shown


@pytest.mark.parametrize(
    ("typed", "kode"),
    [
        ("ABCD-EFGH-JKM", "ABCDEFGHJKM"),
        ("abcd efgh jkm", "ABCDEFGHJKM"),
        ("  ab-CD - ef gh jkm\n", "ABCDEFGHJKM"),
        ("oO0", "000"),
        ("iIlL1", "11111"),
        ("u", "U"),
        ("AB_CD", "AB_CD"),
        ("- -", ""),
        ("", ""),
    ],
)
def test_a_typed_code_is_read_as_it_was_meant(typed: str, kode: str) -> None:
    assert normalize_kode(typed) == kode


@given(codes, st.integers(1, 6), st.booleans())
def test_a_code_that_was_read_out_is_found_again(kode: str, size: int, small: bool) -> None:
    shown = berkelompok(kode, size)
    misread = shown.replace("0", "O").replace("1", "l")
    assert normalize_kode(misread.lower() if small else misread) == kode


@pytest.mark.parametrize(
    ("kode", "size", "shown"),
    [("ABCDEFGHJKM", 4, "ABCD-EFGH-JKM"), ("ABCDEFGH", 4, "ABCD-EFGH"), ("ABC", 4, "ABC"), ("ABCDE", 2, "AB-CD-E"),
     ("", 4, "")],
)  # fmt: skip
def test_a_code_is_shown_in_groups(kode: str, size: int, shown: str) -> None:
    assert berkelompok(kode, size) == shown


def test_groups_have_four_signs() -> None:
    assert berkelompok("ABCDEFGHJ") == "ABCD-EFGH-J"

"""Secrets of the database: read only with a key that made them, now or before, and only for their own purpose."""

import hmac
from collections import Counter
from hashlib import sha256

import pytest
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from p3pd_portal.lib.sandi import bertanda, cipher, tanda


TEXT = "0812-3456-7890 · Ibu Ayu"
FIRST, SECOND, THIRD = "kunci pertama", "kunci kedua", "kunci ketiga"


def use(settings: Settings, key: str, *earlier: str) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, list(earlier)


@pytest.fixture(autouse=True)
def first_key(settings: Settings) -> None:
    use(settings, FIRST)


def encrypted(text: str = TEXT, purpose: str = "telepon") -> bytes:
    return cipher(purpose).encrypt(text.encode())


def decrypted(token: bytes, purpose: str = "telepon") -> str:
    return cipher(purpose).decrypt(token).decode()


# Texts that are kept encrypted


@pytest.mark.parametrize("text", [TEXT, "", "x" * 5000])
def test_an_encrypted_text_comes_back(text: str) -> None:
    assert decrypted(encrypted(text)) == text


def test_the_same_text_never_looks_the_same_and_never_shows() -> None:
    one, other = encrypted(), encrypted()
    assert one != other
    assert TEXT.encode() not in one


def test_an_altered_text_is_refused() -> None:
    token = bytearray(encrypted())
    token[len(token) // 2] ^= 1
    with pytest.raises(InvalidToken):
        decrypted(bytes(token))


@pytest.mark.parametrize("purpose", ["mfa", "", "telepo", "telepon ", "Telepon"])
def test_a_text_of_one_purpose_is_not_read_for_another(purpose: str) -> None:
    with pytest.raises(InvalidToken):
        decrypted(encrypted(), purpose)


def test_a_text_of_before_is_read_after_the_key_has_changed(settings: Settings) -> None:
    token = encrypted()
    use(settings, SECOND, FIRST)
    assert decrypted(token) == TEXT
    use(settings, THIRD, SECOND, FIRST)
    assert decrypted(token) == TEXT


def test_a_new_text_needs_the_new_key(settings: Settings) -> None:
    use(settings, SECOND, FIRST)
    token = encrypted()
    use(settings, SECOND)
    assert decrypted(token) == TEXT
    use(settings, FIRST)
    with pytest.raises(InvalidToken):
        decrypted(token)


def test_a_text_can_be_moved_to_the_new_key(settings: Settings) -> None:
    token = encrypted()
    use(settings, SECOND, FIRST)
    moved = cipher("telepon").rotate(token)
    use(settings, SECOND)
    assert decrypted(moved) == TEXT


def test_a_key_that_was_given_up_reads_nothing(settings: Settings) -> None:
    token = encrypted()
    use(settings, SECOND, THIRD)
    with pytest.raises(InvalidToken):
        decrypted(token)


def test_a_text_of_an_earlier_release_is_still_read() -> None:
    token = (
        b"gAAAAABrA0vz5FrseTjDc0RkS-4huXj6H7SnEcnSgHN5f1K82X2qyAV_W2I4"
        b"iaWF2D2QeVCpN-iyv_fCOFaB3knxECN-kMYrbc2hL8qsWSz7RaeAzbO1MMk="
    )
    assert decrypted(token) == TEXT


# Marks in the place of codes


def test_a_mark_has_32_bytes_and_is_always_the_same() -> None:
    assert tanda("kode", "ABCD") == tanda("kode", "ABCD")
    assert len(tanda("kode", "ABCD")) == len(tanda("kode", "")) == len(tanda("kode", "A" * 1000)) == 32


def test_a_mark_of_an_earlier_release_is_still_the_same() -> None:
    assert tanda("kode", "ABCD").hex() == "54266d61a690a140ec4198180b3af6f623678e9d2b9ffc5b7f27957ec4e54d9d"


def test_without_the_key_nobody_can_make_the_mark() -> None:
    guesses = [sha256(text).digest() for text in (b"ABCD", b"kode:ABCD", b"kodeABCD")]
    guesses += [hmac.digest(key, b"kode:ABCD", sha256) for key in (b"\0", SECOND.encode())]
    assert tanda("kode", "ABCD") not in guesses


def test_every_text_purpose_and_key_has_a_mark_of_its_own(settings: Settings) -> None:
    marks = []
    for key in (FIRST, SECOND):
        use(settings, key, THIRD)
        marks += [tanda(purpose, text) for purpose in ("kode", "sidik", "") for text in ("ABCD", "abcd", "ABCD ", "")]
    assert max(Counter(marks).values()) == 1
    assert len(marks) == 24


def test_a_mark_belongs_to_its_text_and_its_purpose() -> None:
    mark = tanda("kode", "ABCD")
    assert bertanda("kode", "ABCD", mark)
    assert not bertanda("kode", "ABCE", mark)
    assert not bertanda("sidik", "ABCD", mark)


@pytest.mark.parametrize("cut", [slice(0, 0), slice(0, 31), slice(1, 32)])
def test_a_piece_of_a_mark_is_no_mark(cut: slice) -> None:
    assert not bertanda("kode", "ABCD", tanda("kode", "ABCD")[cut])


def test_a_mark_of_before_is_recognised_after_the_key_has_changed(settings: Settings) -> None:
    mark = tanda("kode", "ABCD")
    use(settings, THIRD, SECOND, FIRST)
    assert bertanda("kode", "ABCD", mark)
    assert not bertanda("kode", "ABCE", mark)
    assert not bertanda("sidik", "ABCD", mark)


def test_a_new_mark_is_made_with_the_new_key(settings: Settings) -> None:
    earlier = tanda("kode", "ABCD")
    use(settings, SECOND, FIRST)
    mark = tanda("kode", "ABCD")
    assert mark != earlier
    use(settings, SECOND)
    assert mark == tanda("kode", "ABCD")


def test_a_mark_of_a_key_that_was_given_up_is_unknown(settings: Settings) -> None:
    mark = tanda("kode", "ABCD")
    use(settings, SECOND, THIRD)
    assert not bertanda("kode", "ABCD", mark)

"""The file of a national list."""

import gzip
import io

import pytest

from kecamatan.importers import daftar_wilayah as daftar
from kecamatan.importers.daftar_wilayah import read_daftar
from p3pd_portal.lib.spreadsheet import Rejected, RowError


def refusal(content: bytes) -> RowError:
    with pytest.raises(Rejected) as caught:
        read_daftar(io.BytesIO(content))
    return caught.value.errors[0]


def test_codes_come_with_or_without_points_and_the_file_packed_or_not() -> None:
    content = b"kode,nama\n11,Uji\n1101,Satu\n"
    expected = [("11", "Uji"), ("11.01", "Satu")]
    assert read_daftar(io.BytesIO(content)) == expected
    assert read_daftar(io.BytesIO(gzip.compress(content))) == expected


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ("11.1,Uji", "kode", "35.24.01.2001"),
        ("11.01.01.4001,Uji", "kode", "35.24.01.2001"),
        ("99999999999,Uji", "kode", "35.24.01.2001"),
        (",Uji", "kode", "35.24.01.2001"),
        ("11, ", "nama", "kosong"),
        ("11," + "x" * 101, "nama", "100 huruf"),
        ("12,Lagi", "kode", "sudah ada di baris 2"),
    ],
)
def test_a_wrong_row_is_named(row: str, column: str, word: str) -> None:
    error = refusal(f"kode,nama\n12,Uji\n{row}\n".encode())
    assert (error.baris, error.kolom) == (3, column)
    assert word in error.pesan


def test_a_missing_column_is_named() -> None:
    assert refusal(b"kode,judul\n11,Uji\n").kolom == "nama"


def test_a_list_without_a_row_is_refused() -> None:
    assert "satu wilayah pun" in refusal(b"kode,nama\n").pesan


@pytest.mark.parametrize("content", [b"\x1f\x8brusak", gzip.compress(b"kode,nama\n" * 99)[:-6]], ids=["text", "cut"])
def test_a_broken_packed_file_is_refused(content: bytes) -> None:
    assert "rusak" in refusal(content).pesan


def test_a_packed_file_cannot_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daftar, "MOST_UNPACKED", 1000)
    assert "melebihi 50 MB" in refusal(gzip.compress(b"kode,nama\n" * 101)).pesan

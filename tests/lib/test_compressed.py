import gzip
from pathlib import Path

import pytest

from p3pd_portal.lib.compressed import open_plain
from p3pd_portal.lib.spreadsheet import Rejected


CONTENT = b"kode,nama\n11,Aceh\n" * 500


def read(path: Path) -> bytes:
    with open_plain(path) as file:
        return file.read()


@pytest.mark.parametrize("name", ["daftar.csv", "daftar.gz"])
@pytest.mark.parametrize("packed", [True, False])
def test_packed_or_not_it_reads_the_same_whatever_its_name(name: str, packed: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(CONTENT) if packed else CONTENT)
    assert read(path) == CONTENT


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").touch()
    assert read(tmp_path / "kosong.csv") == b""


def test_the_unpacked_file_can_be_searched_from_its_end(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv.gz"
    path.write_bytes(gzip.compress(CONTENT))
    with open_plain(path) as file:
        file.seek(0, 2)
        assert file.tell() == len(CONTENT)


@pytest.mark.parametrize("damage", ["cut", "header", "middle"])
def test_damage_is_named_with_what_to_do(damage: str, tmp_path: Path) -> None:
    body = bytearray(gzip.compress(CONTENT))
    if damage == "cut":
        del body[-20:]
    elif damage == "header":
        body[2] = 99
    else:
        body[15:25] = b"\xff" * 10
    path = tmp_path / "rusak.csv.gz"
    path.write_bytes(body)
    with pytest.raises(Rejected, match=r"rusak atau terpotong\. Unduh lagi"):
        read(path)


def test_a_missing_file_is_the_callers_to_explain(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "tidak-ada.csv")

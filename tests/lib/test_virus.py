"""What clamd says, and what it means that it says nothing."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from p3pd_portal.lib import virus
from p3pd_portal.lib.virus import TakTerperiksa, find_virus, is_alive
from tests.p3pd_portal.portal import free_port
from tests.pengaduan.clamd import EICAR, clamd, needs_clamd, pura_pura, read_order


def says(answer: bytes) -> Callable[[socket.socket], None]:
    def serve(caller: socket.socket) -> None:
        read_order(caller)
        caller.sendall(answer)

    return serve


@needs_clamd
def test_the_scanner_knows_a_virus_from_a_clean_file(tmp_path: Path) -> None:
    with clamd(tmp_path) as address:
        for where in (address, str(tmp_path / "clamd.sock")):
            assert is_alive(where)
            assert find_virus(EICAR, where) == "Eicar-Uji.UNOFFICIAL"
            assert find_virus(b"foto" * 300_000, where) == ""
            assert find_virus(b"", where) == ""


@needs_clamd
def test_a_file_that_the_scanner_finds_too_large_is_not_clean(tmp_path: Path) -> None:
    """It hangs up in the middle of the file, with or without a word."""
    with clamd(tmp_path, StreamMaxLength="1M") as address:
        assert find_virus(b"x" * 1_000_000, address) == ""
        with pytest.raises(TakTerperiksa):
            find_virus(b"x" * 20_000_000, address)
        assert is_alive(address)


def test_the_file_goes_out_in_parts_with_their_length() -> None:
    heard: list[bytes] = []

    def serve(caller: socket.socket) -> None:
        heard.append(read_order(caller))
        caller.sendall(b"stream: OK\0")

    with pura_pura(serve) as address:
        assert find_virus(b"a" * 65_537, address) == ""
    first = b"zINSTREAM\0" + b"\0\1\0\0" + b"a" * 65_536
    assert heard == [first + b"\0\0\0\1a" + b"\0\0\0\0"]


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"Eicar FOUND\0",
        b"OKE\0",
        b"\xff\xfe\0",
        b"x" * 5000,
        b"stream: OK",
        b"",
    ],
    ids=["too large", "error", "no stream", "unknown", "no text", "endless", "cut off", "nothing"],
)
def test_anything_else_is_neither_clean_nor_a_virus(answer: bytes) -> None:
    with pura_pura(says(answer)) as address, pytest.raises(TakTerperiksa):
        find_virus(EICAR, address)


def test_an_answer_may_come_in_pieces(tmp_path: Path) -> None:
    def serve(caller: socket.socket) -> None:
        read_order(caller)
        for sign in b"stream: Eicar FOUND\0":
            caller.sendall(bytes([sign]))

    with pura_pura(serve, tmp_path / "soket") as address:
        assert find_virus(EICAR, address) == "Eicar"


def test_a_scanner_that_hangs_up_in_the_middle_of_a_file_said_nothing() -> None:
    with pura_pura(lambda caller: caller.recv(10) and None) as address, pytest.raises(TakTerperiksa):
        find_virus(b"x" * 20_000_000, address)


def test_a_scanner_that_hangs_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virus, "JAWAB", 0.2)
    with pura_pura(lambda caller: read_order(caller) and caller.recv(1) and None) as address:
        with pytest.raises(TakTerperiksa, match="TimeoutError"):
            find_virus(EICAR, address)
        assert not is_alive(address)


def test_a_scanner_that_is_not_there_is_not_alive(tmp_path: Path) -> None:
    for address in (f"127.0.0.1:{free_port()}", str(tmp_path / "tidak.sock")):
        assert not is_alive(address)
        with pytest.raises(TakTerperiksa):
            find_virus(EICAR, address)

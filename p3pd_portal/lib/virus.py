"""Ask clamd whether a file carries a virus: its command INSTREAM over a socket (clamd(8), section COMMANDS)."""

import socket
import struct
from collections.abc import Callable
from typing import TypeVar


T = TypeVar("T")
SAMBUNG, JAWAB = 2, 30
"""Seconds to be let in, and for every answer: a large document takes a while to look through."""
POTONGAN = 64 * 1024
_LONGEST_ANSWER = 1024


class TakTerperiksa(Exception):
    """clamd said neither that the file is clean nor that it is not: nobody knows, so nobody may open it."""


def find_virus(isi: bytes, clamd: str) -> str:
    """Name of the virus in a file; empty for a clean one.

    Args:
        clamd: `name:port`, or the path of a socket.

    Raises:
        TakTerperiksa: clamd is down, hangs, breaks off, finds the file too large, or says something unknown.
    """
    said = _talk(clamd, lambda server: _stream(server, isi))
    verdict = said.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if said.startswith("stream: ") and verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise TakTerperiksa(f"clamd menjawab {said[:100]!r}")


def is_alive(clamd: str) -> bool:
    """Whether clamd takes orders at all."""
    try:
        return _talk(clamd, lambda server: server.sendall(b"zPING\0")) == "PONG"
    except TakTerperiksa:
        return False


def _talk(clamd: str, say: Callable[[socket.socket], object]) -> str:
    try:
        with _connect(clamd) as server:
            server.settimeout(JAWAB)
            say(server)
            return _answer(server)
    except OSError as error:  # refused, timeout, closed in the middle: all of them are OSErrors
        raise TakTerperiksa(f"clamd tidak menjawab ({type(error).__name__})") from error


def _connect(clamd: str) -> socket.socket:
    if not clamd.startswith("/"):
        host, _, port = clamd.rpartition(":")
        return socket.create_connection((host, int(port)), SAMBUNG)
    server = socket.socket(socket.AF_UNIX)
    server.settimeout(SAMBUNG)
    try:
        server.connect(clamd)
    except OSError:
        server.close()
        raise
    return server


def _stream(server: socket.socket, isi: bytes) -> None:
    server.sendall(b"zINSTREAM\0")
    for start in range(0, len(isi), POTONGAN):
        part = isi[start : start + POTONGAN]
        server.sendall(struct.pack("!L", len(part)) + part)
    server.sendall(struct.pack("!L", 0))


def _answer(server: socket.socket) -> str:
    """Up to the closing zero byte; what breaks off before it is no answer."""
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        part = server.recv(_LONGEST_ANSWER)
        if not part:
            raise ConnectionError
        said += part
    return said.rstrip(b"\0").decode(errors="replace")

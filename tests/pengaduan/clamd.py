"""The real clamd on a signature of our own, and a server that answers in its place whatever a test wants."""

import hashlib
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from p3pd_portal.lib.virus import is_alive
from tests.p3pd_portal.portal import free_port, wait_until


EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner takes for a virus."""
CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"
needs_clamd = pytest.mark.skipif(
    not Path(CLAMD).exists(), reason="clamd tidak terpasang: apt-get install clamav-daemon"
)


@contextmanager
def clamd(folder: Path, **more: str) -> Iterator[str]:
    """Address of a scanner that knows EICAR alone; `more` are lines of its configuration."""
    signatures = folder / "tanda"
    signatures.mkdir()
    (signatures / "uji.hsb").write_text(f"{hashlib.sha256(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Uji\n")
    port = free_port()
    lines = {"DatabaseDirectory": str(signatures), "TCPSocket": str(port), "TCPAddr": "127.0.0.1", "Foreground": "yes",
             "LocalSocket": str(folder / "clamd.sock"), "TemporaryDirectory": str(folder), **more}  # fmt: skip
    if os.geteuid() == 0:
        lines |= {"User": "root"}
    (folder / "clamd.conf").write_text("".join(f"{name} {text}\n" for name, text in lines.items()))
    with (folder / "clamd.log").open("w") as log:
        process = subprocess.Popen([CLAMD, "--config-file", str(folder / "clamd.conf")], stdout=log, stderr=log)
    try:
        wait_until(
            lambda: process.poll() is not None or is_alive(f"127.0.0.1:{port}"), 30, (folder / "clamd.log").read_text()
        )
        assert process.poll() is None, (folder / "clamd.log").read_text()
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def pura_pura(answer: Callable[[socket.socket], None], path: Path | None = None) -> Iterator[str]:
    """Address of a server that treats every caller as told, one after the other, and then hangs up."""
    server = socket.create_server(str(path), family=socket.AF_UNIX) if path else socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                caller, _ = server.accept()
                with caller, suppress(OSError):
                    answer(caller)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield str(path) if path else f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


def read_order(caller: socket.socket) -> bytes:
    """What a caller sends, up to the empty part that ends a file, or the end of a command without one."""
    said = b""
    while part := caller.recv(64 * 1024):
        said += part
        if said.endswith(b"\0\0\0\0") or said == b"zPING\0":
            break
    return said

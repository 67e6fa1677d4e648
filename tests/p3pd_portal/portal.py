"""A whole portal in processes of its own, as `./portal run` starts it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(happened: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"menunggu terlalu lama: {what}"
        time.sleep(0.1)


class Portal:
    """`manage.py jalankan` on a data folder; `output` is what a person would read."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.alamat = f"127.0.0.1:{self.port}"
        self.output_file = data.parent / "keluaran.txt"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV_", "PYTEST"))}
        for name in ("DATABASE_URL", "REDIS_URL", "COVERAGE_PROCESS_START"):
            self.environment.pop(name, None)
        self.environment |= {"PORTAL_DATA": str(data), "PORTAL_ALAMAT": self.alamat}

    def start(self) -> float:
        """Start and wait for the address to be announced; returns the seconds it took."""
        started = time.monotonic()
        with self.output_file.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "jalankan"],
                cwd=settings.BASE_DIR, env=self.environment, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        wait_until(lambda: "Tekan Ctrl-C" in self.output or self.process.poll() is not None, 600, "alamat portal")
        assert self.process.poll() is None, self.output
        return time.monotonic() - started

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def log(self, name: str) -> str:
        return (self.data / "log" / f"{name}.log").read_text(errors="replace")

    def interrupt(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip

    def processes(self) -> list[str]:
        """Command lines of everything that works on this data folder or answers on this port."""
        marks = (str(self.data), f"--port\0{self.port}")
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_text(errors="replace")
            except OSError:
                continue
            if any(mark in command for mark in marks):
                found.append(command.replace("\0", " "))
        return found

    def accounts(self) -> tuple[str, dict[str, str]]:
        """The printed password, and the code of every printed account."""
        password = re.search(r"kata sandi ([^;]+);", self.output)
        printed = self.run("manage.py", "kode_contoh").stdout
        assert password
        return password[1], dict(re.findall(r"^(\S+@\S+) .*kode (\d{6})", printed, re.MULTILINE))

    def camat(self) -> tuple[str, str, str]:
        """E-mail, password and code of the printed camat."""
        password, codes = self.accounts()
        return "camat@contoh.test", password, codes["camat@contoh.test"]

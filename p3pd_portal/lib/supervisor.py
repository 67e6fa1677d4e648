"""Keep a handful of programs running: restart what dies, with growing pauses, and give up with a clear message."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


_PR_SET_PDEATHSIG = 1
_LONGEST_LOG = 10 * 1024 * 1024


class GaveUp(RuntimeError):
    """A program died again and again; the message says which one, and shows the end of its log."""


class Child(Protocol):
    """What the supervisor needs of a program; the embedded servers answer to it too."""

    name: str

    def start(self) -> None: ...
    def alive(self) -> bool: ...
    def stop(self) -> None: ...
    def tail(self) -> str: ...


def end_of(log: Path, lines: int = 12) -> str:
    """The last lines of a log, for a message that says why something died."""
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return "(log kosong)"


def _die_with_parent() -> None:
    """Runs in the child: a killed supervisor takes its children along (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Program:
    """A command that should run for as long as the supervisor does. Its output goes to `log`."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: float = 15
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        self._end_group()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".lama"))
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops all in order.
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask the program to end, then end it and whatever it started."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_seconds)
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        """End what the program started and left behind when it died."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def tail(self) -> str:
        return end_of(self.log)


@dataclass
class _Watch:
    child: Child
    started: float
    deaths: int = 0
    restart_at: float | None = None


def supervise(
    children: Sequence[Child],
    stop: threading.Event,
    say: Callable[[str], None],
    *,
    interval: float = 0.5,
    first_pause: float = 1,
    most_deaths: int = 5,
    settled_after: float = 60,
) -> None:
    """Watch started children until `stop` is set. The caller stops them afterwards.

    A child that dies is started again after `first_pause` seconds, twice as long after each further death. A
    child that lived for `settled_after` seconds starts counting anew.

    Raises:
        GaveUp: a child died `most_deaths` times without settling, or could not be started at all.
    """
    watches = [_Watch(child, time.monotonic()) for child in children]
    while not stop.wait(interval):
        for watch in watches:
            now = time.monotonic()
            if watch.restart_at is not None:
                if now >= watch.restart_at:
                    _restart(watch)
                    say(f"{watch.child.name} menyala lagi.")
            elif not watch.child.alive():
                watch.deaths = 1 if now - watch.started > settled_after else watch.deaths + 1
                if watch.deaths >= most_deaths:
                    raise GaveUp(
                        f"{watch.child.name} mati {watch.deaths} kali berturut-turut. Akhir log:\n{watch.child.tail()}"
                    )
                pause = first_pause * 2 ** (watch.deaths - 1)
                watch.restart_at = now + pause
                say(f"{watch.child.name} mati; dinyalakan lagi dalam {pause:g} detik.")


def _restart(watch: _Watch) -> None:
    try:
        watch.child.start()
    except RuntimeError as error:
        raise GaveUp(str(error)) from error
    except OSError as error:
        raise GaveUp(f"{watch.child.name} tidak dapat dinyalakan lagi: {error}") from error
    watch.started, watch.restart_at = time.monotonic(), None

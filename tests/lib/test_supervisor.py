"""Programs kept running: real processes, started, killed, restarted and stopped."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from p3pd_portal.lib import supervisor
from p3pd_portal.lib.supervisor import Child, GaveUp, Program, end_of, supervise


ROOT = Path(__file__).resolve().parents[2]
SLEEP = "exec sleep 60"

Make = Callable[..., Program]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes programs out of shell scripts; whatever they started is gone after the test."""
    made: list[Program] = []

    def program(script: str, name: str = "Uji", **options: object) -> Program:
        made.append(Program(name, ["sh", "-c", script], tmp_path / "log uji" / f"{name}.log", **options))
        return made[-1]

    yield program
    for each in made:
        each.stop_seconds = 0
        each.stop()


def eventually(condition: Callable[[], object], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def ended(pid: int) -> bool:
    """Whether no process of this number runs; one that only waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


def pid_in_log(program: Program) -> int:
    assert eventually(lambda: program.log.read_text().endswith("\n"))
    return int(program.log.read_text().split()[-1])


def watch(*children: Child, sayings: int, **options: float) -> list[str]:
    """What `supervise` said until it had said so many things."""
    said: list[str] = []
    stop = threading.Event()

    def say(text: str) -> None:
        said.append(text)
        if len(said) == sayings:
            stop.set()

    guard = threading.Timer(20, stop.set)
    guard.start()
    try:
        supervise(children, stop, say, **{"interval": 0.01, "first_pause": 0.05} | options)
    finally:
        guard.cancel()
    return said


def test_a_program_writes_its_log_with_its_own_environment_and_no_input(make: Make) -> None:
    program = make('cat; echo "$UJI_NILAI"; echo galat >&2', environment={"UJI_NILAI": "lima"})
    program.start()
    assert eventually(lambda: not program.alive())
    assert program.log.read_text() == "lima\ngalat\n"


def test_a_program_is_alive_from_its_start_to_its_end_in_a_session_of_its_own(make: Make) -> None:
    program = make(SLEEP)
    assert not program.alive()
    program.start()
    assert program.alive()
    assert program.process
    assert os.getsid(program.process.pid) == program.process.pid
    program.stop()
    assert not program.alive()


def test_a_second_start_adds_to_the_log(make: Make) -> None:
    program = make("echo baris")
    for _ in range(2):
        program.start()
        assert eventually(lambda: not program.alive())
    assert program.log.read_text() == "baris\nbaris\n"


@pytest.mark.parametrize(("longest", "kept"), [(10, ["Uji.lama", "Uji.log"]), (11, ["Uji.log"])])
def test_a_long_log_is_put_aside_at_the_next_start(
    longest: int, kept: list[str], make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_LONGEST_LOG", longest)
    program = make("echo baru")
    program.log.parent.mkdir()
    program.log.write_text("sebelas....")
    program.start()
    assert eventually(lambda: not program.alive())
    assert sorted(file.name for file in program.log.parent.iterdir()) == kept
    assert program.log.read_text().endswith("baru\n")


def test_the_end_of_a_log_is_shown_whatever_bytes_it_holds(make: Make) -> None:
    program = make(SLEEP)
    assert program.tail() == "(log kosong)"
    program.log.parent.mkdir()
    program.log.write_bytes(b"".join(b"baris %d\n" % number for number in range(20)) + b"\xff akhir")
    assert program.tail().splitlines()[0] == "baris 9"
    assert end_of(program.log, 2) == "baris 19\n\ufffd akhir"


def test_stopping_asks_first(make: Make) -> None:
    program = make("trap 'echo pamit; exit' TERM; echo siap; while :; do sleep 0.05; done")
    program.start()
    assert eventually(lambda: "siap" in program.log.read_text())
    program.stop()
    assert program.log.read_text() == "siap\npamit\n"


def test_a_program_that_does_not_listen_is_killed_in_the_end(make: Make) -> None:
    program = make("trap '' TERM; echo siap; while :; do sleep 0.05; done", stop_seconds=0.2)
    program.start()
    assert eventually(lambda: "siap" in program.log.read_text())
    program.stop()
    assert program.process
    assert program.process.returncode == -signal.SIGKILL


def test_stopping_ends_everything_a_program_started(make: Make) -> None:
    program = make(f"(trap '' TERM; {SLEEP}) & echo $!; {SLEEP}")
    program.start()
    pid = pid_in_log(program)
    program.stop()
    assert eventually(lambda: ended(pid))


def test_stopping_a_dead_program_ends_what_it_left_behind(make: Make) -> None:
    program = make("sleep 60 & echo $!")
    program.start()
    pid = pid_in_log(program)
    assert eventually(lambda: not program.alive())
    assert not ended(pid)
    program.stop()
    assert eventually(lambda: ended(pid))


def test_starting_a_dead_program_again_ends_what_it_left_behind(make: Make) -> None:
    program = make("sleep 60 & echo $!")
    program.start()
    pid = pid_in_log(program)
    assert eventually(lambda: not program.alive())
    try:
        program.start()
        assert eventually(lambda: ended(pid), seconds=1)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_stopping_twice_or_before_the_start_does_nothing(make: Make) -> None:
    program = make("true")
    program.stop()
    program.start()
    for _ in range(2):
        program.stop()
    assert not program.alive()


def test_a_dead_program_is_restarted_after_growing_pauses_until_nobody_believes_in_it(make: Make) -> None:
    program = make("echo galat uji; exit 1")
    program.start()
    said: list[str] = []
    started = time.monotonic()
    with pytest.raises(GaveUp) as caught:
        supervise([program], threading.Event(), said.append, interval=0.01, first_pause=0.125, most_deaths=4)
    assert time.monotonic() - started >= 0.875
    pauses = [f"Uji mati; dinyalakan lagi dalam {pause} detik." for pause in ("0.125", "0.25", "0.5")]
    assert said == [text for pause in pauses for text in (pause, "Uji menyala lagi.")]
    assert str(caught.value) == "Uji mati 4 kali berturut-turut. Akhir log:\n" + "\n".join(["galat uji"] * 4)


def test_a_program_that_settles_starts_counting_anew(make: Make) -> None:
    program = make("sleep 0.3")
    program.start()
    said = watch(program, sayings=8, settled_after=0.1, most_deaths=3)
    assert said == ["Uji mati; dinyalakan lagi dalam 0.05 detik.", "Uji menyala lagi."] * 4


def test_a_killed_program_runs_again_and_its_neighbour_notices_nothing(make: Make) -> None:
    first, second = make(SLEEP, "Satu"), make(SLEEP, "Dua")
    for program in (first, second):
        program.start()
    killed, neighbour = first.process, second.process
    assert killed
    killed.kill()
    assert watch(first, second, sayings=2) == ["Satu mati; dinyalakan lagi dalam 0.05 detik.", "Satu menyala lagi."]
    assert first.alive()
    assert first.process is not killed
    assert second.process is neighbour


def test_supervising_ends_when_asked_and_leaves_the_programs_to_the_caller(make: Make) -> None:
    program = make(SLEEP)
    program.start()
    stop = threading.Event()
    stop.set()
    supervise([program], stop, pytest.fail)
    assert program.alive()


def test_a_program_that_is_not_there_any_more_ends_it_all_with_a_message(make: Make, tmp_path: Path) -> None:
    script = tmp_path / "sekali pakai"
    script.write_text('#!/bin/sh\nrm "$0"\n')
    script.chmod(0o755)
    program = make("")
    program.command = [str(script)]
    program.start()
    with pytest.raises(GaveUp, match="sekali pakai"):
        watch(program, sayings=2)


class BrokenServer:
    name = "Basis data"

    def start(self) -> None:
        raise RuntimeError("Basis data tidak mau menyala.")

    def alive(self) -> bool:
        return False

    def stop(self) -> None: ...

    def tail(self) -> str:
        return ""


def test_a_server_that_cannot_be_started_ends_it_all_with_its_own_message() -> None:
    with pytest.raises(GaveUp, match=r"^Basis data tidak mau menyala\.$"):
        watch(BrokenServer(), sayings=2)


ORPHANING = """
import pathlib, sys, time
from p3pd_portal.lib.supervisor import Program
program = Program("Uji", ["sleep", "60"], pathlib.Path(sys.argv[1]))
program.start()
print(program.process.pid, flush=True)
time.sleep(60)
"""
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG hanya ada di Linux")


@linux_only
def test_a_killed_supervisor_takes_its_programs_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHANING, str(tmp_path / "uji.log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert not ended(pid)
        parent.kill()
    assert eventually(lambda: ended(pid))


@linux_only
@pytest.mark.parametrize(("platform", "expected"), [("linux", signal.SIGTERM), ("darwin", 0)])
def test_only_linux_is_asked_to_end_the_child_with_its_parent(
    platform: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    libc, wish = ctypes.CDLL(None), ctypes.c_int()
    try:
        supervisor._die_with_parent()
        libc.prctl(2, ctypes.byref(wish))  # PR_GET_PDEATHSIG
    finally:
        libc.prctl(supervisor._PR_SET_PDEATHSIG, 0)
    assert wish.value == expected

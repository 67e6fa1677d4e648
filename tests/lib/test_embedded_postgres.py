"""The embedded database at work, and the command beside throw-away servers."""

import gc
import json
import os
import runpy
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from p3pd_portal.lib import embedded
from p3pd_portal.lib.embedded import Postgres, database_url
from tests.lib.test_embedded_valkey import Use, collecting, folder, sleeper


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Use, Path]]:
    """A running database over the remains of an interrupted first start, in a folder too long for a socket.

    With it `use`, which shares it.
    """
    with pytest.MonkeyPatch.context() as patch, folder() as name, collecting() as use:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("REDIS_URL", "redis://lain")
        patch.setattr(tempfile, "tempdir", name)
        place = Path(name) / ("kecamatan, " * 10).strip()
        (place / "pg" / "base").mkdir(parents=True)
        (place / "pg" / "base" / "sisa").touch()
        place.chmod(0o711)
        with use(place):
            yield use, place


def ask(place: Path, question: str) -> Any:
    with psycopg.connect(database_url(place), autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def kill(server: Postgres) -> None:
    """As the kernel does when memory runs out."""
    pid = server.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    for _ in range(500):
        if not server.alive():
            return
        time.sleep(0.01)
    pytest.fail("masih hidup")


def test_the_database_answers_under_its_address(shared: tuple[Use, Path]) -> None:
    _, place = shared
    assert ask(place, "SELECT current_database() || ' ' || current_user") == "portal portal"
    server = Postgres(place)
    assert (server.alive(), server.ping()) == (True, True)


def test_a_half_made_cluster_was_made_anew(shared: tuple[Use, Path]) -> None:
    _, place = shared
    assert (place / "pg" / "PG_VERSION").exists()
    assert not (place / "pg" / "base" / "sisa").exists()


def test_nobody_comes_in_from_outside(shared: tuple[Use, Path]) -> None:
    _, place = shared
    server = Postgres(place)
    assert ask(place, "SHOW listen_addresses") == ""
    assert {at.stat().st_mode & 0o777 for at in (server.folder, server.sockets)} == {0o700}
    assert server.sockets != server.folder


def test_texts_are_utf8_and_sort_alike_on_every_machine(shared: tuple[Use, Path]) -> None:
    _, place = shared
    assert ask(place, "SHOW server_encoding") == "UTF8"
    assert (
        ask(place, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'portal'") == "bC.UTF-8"
    )


def test_what_is_kept_is_written_to_disk(shared: tuple[Use, Path]) -> None:
    _, place = shared
    assert (ask(place, "SHOW fsync"), ask(place, "SHOW synchronous_commit")) == ("on", "on")


def test_a_second_program_shares_the_database_and_leaves_it_running(shared: tuple[Use, Path]) -> None:
    use, place = shared
    pid = Postgres(place).pid()
    with use(place) as (server,):
        assert (server.pid(), server.process) == (pid, None)
    assert ask(place, "SELECT 1") == 1


def test_preparing_a_running_database_leaves_its_locks(shared: tuple[Use, Path]) -> None:
    _, place = shared
    server = Postgres(place)
    pid = server.pid()
    server.prepare()
    assert (server.pid(), server.alive()) == (pid, True)


def test_a_killed_database_is_started_anew_with_what_it_held(shared: tuple[Use, Path]) -> None:
    use, place = shared
    with psycopg.connect(database_url(place), autocommit=True) as connection:
        connection.execute("CREATE TABLE isian AS SELECT 5 AS nilai")
        kill(Postgres(place))
        with use(place):
            assert ask(place, "SELECT nilai FROM isian") == 5


def test_a_foreign_process_under_the_number_of_the_dead_database_harms_nothing(shared: tuple[Use, Path]) -> None:
    use, place = shared
    server = Postgres(place)
    with sleeper() as process:
        lock = (server.folder / "postmaster.pid").read_text().splitlines()
        kill(server)
        (server.folder / "postmaster.pid").write_text("\n".join([str(process.pid), *lock[1:], ""]))
        (server.sockets / ".s.PGSQL.5432.lock").write_text("\n".join([str(process.pid), *lock[1:], ""]))
        assert not server.alive()
        with use(place):
            assert ask(place, "SELECT 1") == 1
        assert process.poll() is None


def test_a_folder_may_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("p3pd_portal.lib.server._RETRY_SECONDS", 0.1)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("REDIS_URL", "redis://lain")
    with folder() as name, collecting() as use:
        place = Path(name) / """uji "kutip" 'lain' #1 ?x=2&y%20+kué\\"""
        with use(place, temporary=True):
            assert ask(place, "SELECT 1") == 1


# The command beside throw-away servers

VISIT = """
import json, os, signal, sys, time
import psycopg, redis
parent = os.getppid()
seen = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_DATA")}
with psycopg.connect(seen["DATABASE_URL"]) as connection:
    seen["fsync"] = connection.execute("SHOW fsync").fetchone()[0]
with redis.Redis.from_url(seen["REDIS_URL"]) as client:
    seen["ping"] = client.ping()
def leave(*_):
    with open(sys.argv[1], "w") as report:
        json.dump(seen, report)
    sys.exit(7)
signal.signal(signal.SIGTERM, leave)
while os.getppid() == parent:
    os.kill(parent, signal.SIGINT)
    os.kill(parent, signal.SIGTERM)
    time.sleep(0.1)
"""


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a command saw beside its servers; it sends us Ctrl-C and SIGTERM and ends with 7 when it gets the latter."""
    report = tmp_path_factory.mktemp("kunjungan") / "laporan.json"
    missed: list[int] = []
    before = {sign: signal.signal(sign, lambda number, _: missed.append(number)) for sign in (2, 15)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://lain")
        patch.setenv("REDIS_URL", "redis://lain")
        patch.setattr(sys, "argv", [embedded.__file__, sys.executable, "-c", VISIT, str(report)])
        try:
            with pytest.raises(SystemExit) as caught:
                runpy.run_path(embedded.__file__, run_name="__main__")
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)
    gc.collect()  # warns of every process that nobody waited for
    return {"code": caught.value.code, "missed": missed, **json.loads(report.read_text())}


def test_the_command_finds_servers_of_its_own_in_its_environment(visit: dict[str, Any]) -> None:
    assert visit["DATABASE_URL"] == database_url(Path(visit["PORTAL_DATA"]))
    assert visit["REDIS_URL"] == embedded.redis_url(Path(visit["PORTAL_DATA"]))
    assert visit["ping"] is True


def test_the_throw_away_database_does_without_the_disk(visit: dict[str, Any]) -> None:
    assert visit["fsync"] == "off"


def test_sigterm_is_passed_on_ctrl_c_is_left_to_the_command_and_its_exit_code_is_ours(visit: dict[str, Any]) -> None:
    assert (visit["code"], visit["missed"]) == (7, [])


def test_nothing_is_left_of_the_throw_away_servers(visit: dict[str, Any]) -> None:
    place = Path(visit["PORTAL_DATA"])
    assert not place.exists()
    assert not Postgres(place).ping()

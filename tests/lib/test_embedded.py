"""The embedded servers up to the moment they run: names, addresses, owners, and what is said when they cannot."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib import embedded
from p3pd_portal.lib.embedded import Postgres, Valkey, database_url, needed, redis_url
from p3pd_portal.lib.server import ServerError, socket_folder


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = "/srv/" + "kecamatan/" * 12
ODD = "/srv/data #1 ?x=2&y%20+kué"
SOMEBODY = 54321  # an ordinary account's number


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder with a space in its name, in a place that every account may pass through."""
    with tempfile.TemporaryDirectory(prefix="portal uji ") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def ordinary(monkeypatch: pytest.MonkeyPatch) -> int:
    """Number of the ordinary account as which the code believes to run."""
    account = os.geteuid() or SOMEBODY
    monkeypatch.setattr(os, "geteuid", lambda: account)
    return account


def owned(folder: Path) -> Path:
    """The folder, made if need be, as property of an ordinary account."""
    folder.mkdir(exist_ok=True)
    if os.getuid() == 0:
        os.chown(folder, SOMEBODY, SOMEBODY)
    return folder


# Addresses


def test_sockets_stand_in_the_folder_of_their_server() -> None:
    assert socket_folder(Path("/srv/data portal"), "pg") == Path("/srv/data portal/pg")


@UNHURRIED
@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_the_address_of_a_socket_is_always_short_enough_and_without_commas(name: str) -> None:
    for server in ("pg", "valkey"):
        folder = socket_folder(Path("/srv") / name, server)
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107
        assert "," not in str(folder)


@pytest.mark.parametrize("data", [LONG, "/srv/satu,dua", "/srv/" + "é" * 45])
def test_a_long_folder_or_one_with_a_comma_gets_short_sockets_of_its_own(data: str) -> None:
    folders = {socket_folder(Path(place), server) for place in (data, data + "x") for server in ("pg", "valkey")}
    assert len(folders) == 4
    assert {folder.parent for folder in folders} == {Path(tempfile.gettempdir())}
    assert socket_folder(Path(data), "pg") == socket_folder(Path(data), "pg")


@pytest.mark.parametrize("length", [93, 94])
def test_the_limit_is_what_a_socket_address_can_hold(length: int) -> None:
    data = Path("/" + "x" * (length - len("/") - len("/pg")))
    assert (socket_folder(data, "pg").parent == data) == (length == 93)


@pytest.mark.parametrize("data", ["/srv/data", "/srv/Data Portal", ODD, LONG, "/srv/satu,dua"])
def test_both_addresses_say_the_same_to_every_library_that_reads_them(data: str) -> None:
    sockets = str(socket_folder(Path(data), "pg"))
    django = dj_database_url.parse(database_url(Path(data)))
    assert (django["NAME"], django["USER"], django["HOST"]) == ("portal", "portal", "")
    assert django["OPTIONS"]["host"] == sockets
    libpq = psycopg.conninfo.conninfo_to_dict(database_url(Path(data)))
    assert libpq == {"user": "portal", "dbname": "portal", "host": sockets, "port": "5432"}
    with redis.Redis.from_url(redis_url(Path(data))) as client:
        options = client.connection_pool.connection_kwargs
    assert (options["path"], options["db"]) == (f"{socket_folder(Path(data), 'valkey')}/v.sock", 0)


def test_the_data_folder_is_that_of_the_environment_or_beside_manage_py(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_DATA", raising=False)
    assert embedded.default_data() == Path(__file__).resolve().parents[2] / ".data"
    monkeypatch.setenv("PORTAL_DATA", "data uji")
    assert embedded.default_data() == Path.cwd() / "data uji"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ((), [Postgres, Valkey]),
        (("DATABASE_URL",), [Valkey]),
        (("REDIS_URL",), [Postgres]),
        (("DATABASE_URL", "REDIS_URL"), []),
    ],
)
def test_only_servers_that_the_environment_does_not_name_are_needed(
    named: tuple[str, ...], expected: list[type], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(variable, "alamat" if variable in named else "")
    servers = needed(Path("/srv/data"), temporary=True)
    assert [type(server) for server in servers] == expected
    assert all(server.temporary for server in servers)


def test_where_nothing_is_needed_nothing_is_made(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(variable, "alamat")
    with embedded.running(data / "baru") as servers:
        assert servers == []
    assert not (data / "baru").exists()


# Owners


def test_postgres_runs_as_the_ordinary_account_that_owns_its_folder(data: Path, ordinary: int) -> None:
    owned(data / "pg")
    assert Postgres(data).identity() == ([], {})


def test_an_ordinary_account_does_not_touch_the_folder_of_another(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owned(data / "pg")
    owned(data / "valkey")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ServerError, match="milik pengguna lain"):
        Postgres(data).identity()
    with pytest.raises(ServerError, match="milik pengguna lain"):
        Valkey(data).prepare()


def test_root_starts_postgres_as_the_account_that_owns_its_folder(data: Path, root: None) -> None:
    owner = owned(data / "pg").stat()
    words, arguments = Postgres(data).identity()
    assert words == []
    assert arguments == {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": [], "umask": 0o077}


def test_root_maps_itself_to_an_ordinary_number_in_a_folder_of_its_own(
    data: Path, root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "pg").symlink_to("/")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert Postgres(data).identity() == (["/usr/bin/unshare", "--user", "--map-user=1000", "--map-group=1000"], {})


def test_root_without_unshare_is_told_to_be_somebody_else(
    data: Path, root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "pg").symlink_to("/")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ServerError, match="sebagai pengguna biasa"):
        Postgres(data).identity()


def prepare_sockets(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prepare a database whose sockets stand in the temporary folder, because of the comma; returns their folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(data))
    server = Postgres(data / "satu,dua")
    server.folder.mkdir(parents=True)
    (server.folder / "PG_VERSION").touch()
    server.prepare()
    return server.sockets


def test_nobody_else_may_enter_the_folder_of_the_sockets(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepare_sockets(data, monkeypatch).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("answer", "given_away"), [(0, True), (1, False), (PermissionError(), False)])
def test_root_gives_a_folder_to_nobody_only_where_nobody_can_use_it(
    answer: object, given_away: bool, data: Path, root: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    users, owners = [], []

    def run(command: list[str], **arguments: object) -> "subprocess.CompletedProcess[bytes]":
        users.append(arguments["user"])
        if isinstance(answer, Exception):
            raise answer
        return subprocess.CompletedProcess(command, int(str(answer)))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(os, "chown", lambda folder, user, group: owners.append((folder, user, group)))
    sockets = prepare_sockets(data, monkeypatch)
    nobody = pwd.getpwnam("nobody")
    assert set(users) == {nobody.pw_uid}
    assert owners == [(sockets, nobody.pw_uid, nobody.pw_gid)] * given_away


def place_of_sockets(data: Path) -> Path:
    return data / socket_folder(data / "satu,dua", "pg").name


def test_sockets_stand_where_they_stood_last_time(data: Path, ordinary: int, monkeypatch: pytest.MonkeyPatch) -> None:
    place = owned(place_of_sockets(data))
    place.chmod(0o755)
    assert prepare_sockets(data, monkeypatch) == place
    assert place.stat().st_mode & 0o777 == 0o700


def test_sockets_are_not_put_into_the_folder_of_another(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def chmod(path: os.PathLike[str], mode: int, **options: object) -> None:
        raise PermissionError  # as the kernel answers to anybody but the owner

    owned(place_of_sockets(data))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(os, "chmod", chmod)
    with pytest.raises(ServerError, match="milik pengguna lain"):
        prepare_sockets(data, monkeypatch)


def test_sockets_are_not_put_behind_a_link_of_somebody(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "lain").mkdir(mode=0o755)
    place_of_sockets(data).symlink_to(data / "lain")
    with pytest.raises(ServerError, match="milik pengguna lain"):
        prepare_sockets(data, monkeypatch)
    assert (data / "lain").stat().st_mode & 0o777 == 0o755

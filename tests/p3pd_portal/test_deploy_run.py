"""The commands and health checks of the production set, run against this machine's database and broker."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.p3pd_portal.portal import free_port
from tests.p3pd_portal.produksi import ROOT, SERVICES, health_command, web_command, web_health_command


HOST = "portal.contoh.test"


def environment(data: Path, **more: str) -> dict[str, str]:
    """What docker-compose.yml gives our services, with the test run's own database and broker."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "SECRET_KEY": "hanya-untuk-uji-0123456789-abcdefghijklmnopqrstuvwxyz",
        "PORTAL_HOST": f"{HOST}, lain.contoh.test",
        "PORTAL_HTTPS": "1",
        "PORTAL_SMTP": "smtps://surel.contoh.test",
        "PORTAL_DATA": str(data),
        "HOSTNAME": socket.gethostname(),
        **more,
    }


def healthy(command: list[str], environment: dict[str, str]) -> bool:
    words = [word.replace("$HOSTNAME", environment["HOSTNAME"]) for word in command]
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, timeout=30).returncode == 0


@contextmanager
def running(command: list[str], check: list[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    """A service from its first healthy moment to the end of the block, when it has to end by itself on request."""
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 120
        while not healthy(check, environment):
            assert time.monotonic() < deadline, log.read_text()
        yield
        process.terminate()
        process.wait(60)
    finally:
        process.kill()
        process.wait()


def test_the_web_server_is_healthy_over_plain_http_and_sends_visitors_to_https(tmp_path: Path) -> None:
    port = str(free_port())
    env = environment(tmp_path, PORTAL_POOL="2")
    command, check = ([word.replace("8000", port) for word in words] for words in (web_command(), web_health_command()))
    assert not healthy(check, env)
    with running(command, check, env, tmp_path):
        with closing(http.client.HTTPConnection("127.0.0.1", int(port))) as visitor:
            visitor.request("GET", "/masuk/", headers={"Host": HOST})
            assert visitor.getresponse().headers["Location"] == f"https://{HOST}/masuk/"
        assert not healthy(check, env | {"PORTAL_HOST": "penipu.test"})
    assert not (tmp_path / "kunci").exists()


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_celery_service_is_healthy_as_long_as_it_runs(name: str, tmp_path: Path) -> None:
    env = environment(tmp_path)
    command = [word.replace("/srv/jadwal", str(tmp_path)) for word in SERVICES[name]["command"]]
    check = [word.replace("5", "1") for word in health_command(name)]  # waits one second for an answer
    with running(command, check, env, tmp_path):
        pass
    assert not healthy(check, env)

"""Nothing that was told is lost, whatever dies: relay, worker, schedule or broker."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Self

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import transaction

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Notifikasi, Pengguna, PesanKeluar, PreferensiNotifikasi
from kecamatan.models.notifikasi import JENIS
from p3pd_portal.lib.embedded import Valkey, redis_url
from p3pd_portal.lib.supervisor import Child, Program, supervise
from tests.factories import PenggunaFactory
from tests.kecamatan.surel import children, environment, hang_for, python, server_surel, start_relay
from tests.p3pd_portal.portal import free_port, wait_until
from tests.p3pd_portal.test_jalankan import Browser


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc").exists(), reason="perlu /proc"),
]
KILLED = -signal.SIGKILL


def tell(people: list[Pengguna], about: str) -> None:
    with transaction.atomic():
        notify(kepada=people, jenis="penugasan", judul=about, isi="", url="/mulai/", kunci=about)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "proses.log"


def relay_says(port: int, log: Path) -> str:
    """What a whole run of the relay returns."""
    assert start_relay(port, log).wait(60) == 0
    return log.read_text().strip()


def test_a_relay_killed_after_handing_over_sends_again_under_the_same_id(log: Path) -> None:
    tell([PenggunaFactory()], "tugas")
    (row,) = PesanKeluar.objects.all()
    with server_surel() as (penerima, port):
        relay = start_relay(port, log)

        def kill(mail: EmailMessage) -> str:
            relay.kill()
            return "250 OK"

        penerima.answer = kill
        assert relay.wait(60) == KILLED
        assert penerima.counts() == {row.message_id: 1}
        assert PesanKeluar.objects.due().get() == row
        penerima.answer = lambda mail: "250 OK"
        assert relay_says(port, log) == "{'terkirim': 1}"
        assert penerima.counts() == {row.message_id: 2}
    assert not PesanKeluar.objects.due().exists()


def test_a_relay_killed_before_handing_over_loses_nothing(log: Path) -> None:
    tell([PenggunaFactory() for _ in range(3)], "tugas")
    with server_surel() as (penerima, port):
        relay = start_relay(port, log)

        def kill_at_the_second(mail: EmailMessage) -> str:
            if not penerima.mails:
                return "250 OK"
            relay.kill()
            return "451 coba lagi"

        penerima.answer = kill_at_the_second
        assert relay.wait(60) == KILLED
        assert len(penerima.mails) == 1
        penerima.answer = lambda mail: "250 OK"
        assert relay_says(port, log) == "{'terkirim': 2}"
        assert set(penerima.counts().values()) == {1}
        assert len(penerima.mails) == 3


@contextlib.contextmanager
def broker(data: Path) -> Iterator[Valkey]:
    """A Valkey of the test's own."""
    valkey = Valkey(data, temporary=True)
    valkey.start()
    try:
        yield valkey
    finally:
        pid = valkey.pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        valkey.stop()


@contextlib.contextmanager
def lost_broker(data: Path, sign: signal.Signals) -> Iterator[dict[str, str]]:
    """What names a broker that was killed, or that takes a call and never answers."""
    with broker(data) as valkey:
        pid = valkey.pid()
        assert pid
        os.kill(pid, sign)
        yield {"REDIS_URL": redis_url(data)}


lost = pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hung"])

TELL = """
import time
from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna
started = time.monotonic()
told = notify(kepada=Pengguna.objects.all(), jenis="penugasan", judul="x", isi="", url="/")
print(told, time.monotonic() - started < 5)
"""


@lost
def test_telling_without_a_broker_answers_at_once_and_is_kept(sign: signal.Signals, tmp_path: Path, log: Path) -> None:
    people = [PenggunaFactory() for _ in range(3)]
    with lost_broker(tmp_path, sign) as address, server_surel() as (penerima, port):
        assert python(TELL, port, log, **address).wait(60) == 0
        assert log.read_text() == "3 True\n"
        assert relay_says(port, log) == "{'terkirim': 3}"
        assert sorted(penerima.recipients) == sorted(person.email for person in people)


@lost
def test_login_and_forms_without_a_broker_answer_within_five_seconds(
    sign: signal.Signals, tmp_path: Path, log: Path
) -> None:
    """The web server itself, in a process whose broker is gone."""
    account = PenggunaFactory(password=None, langkah_kedua=False)
    Pengguna.objects.update(password=PBKDF2PasswordHasher().encode("rahasia-sekali", "garam", iterations=1000))
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command = [*granian, "--port", str(port), "p3pd_portal.wsgi:application"]
    with lost_broker(tmp_path, sign) as address:
        web = Program("Web", command, log, environment(0, PORTAL_DEBUG="1", **address))
        web.start()
        try:
            browser = Browser(SimpleNamespace(alamat=f"127.0.0.1:{port}"))
            wait_until(lambda: answers(browser), 60, "web menyala")
            browser.get("/masuk/")  # the first page of a server reads its code and templates
            seconds = [
                timed(lambda: browser.post("/masuk/", login=account.email, password="rahasia-sekali")),
                timed(lambda: browser.post("/saya/notifikasi/pilihan/", **dict.fromkeys(JENIS, "tidak"))),
            ]
        finally:
            web.stop()
            cache.clear()
    assert max(seconds) < 5
    assert set(PreferensiNotifikasi.objects.values_list("pengguna", "surel")) == {(account.pk, "tidak")}


def answers(browser: Browser) -> bool:
    with contextlib.suppress(OSError):
        return "hidup" in browser.get("/sehat/")
    return False


def timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


class Storm:
    """Worker, schedule and broker under the portal's own supervisor, which raises them again."""

    def __init__(self, data: Path, valkey: Valkey, port: int) -> None:
        env = environment(port, REDIS_URL=redis_url(data))
        celery = [sys.executable, "-m", "celery", "--app", "p3pd_portal", "--quiet"]
        worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
        beat = [*celery, "beat", "--schedule", str(data / "jadwal"), "--loglevel", "INFO"]
        self.valkey = valkey
        self.worker = Program("Pekerja", worker, data / "pekerja.log", env)
        self.beat = Program("Jadwal", beat, data / "jadwal.log", env)
        self.children: list[Child] = [valkey, self.worker, self.beat]
        self.said: list[str] = []
        self.stop = threading.Event()
        self.watch = threading.Thread(target=self._supervise)

    def _supervise(self) -> None:
        supervise(self.children, self.stop, self.said.append, first_pause=0.2, most_deaths=20)

    def __enter__(self) -> Self:
        self.worker.start()
        self.beat.start()
        self.watch.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop.set()
        self.watch.join(60)
        for program in (self.beat, self.worker):
            program.stop()

    def kill_worker(self) -> None:
        """The worker with its processes, one of which is sending."""
        assert self.worker.process
        os.killpg(self.worker.process.pid, signal.SIGKILL)

    def kill_relay(self) -> None:
        """Only the processes that do the worker's work."""
        assert self.worker.process
        for pid in children(self.worker.process.pid):
            os.kill(pid, signal.SIGKILL)

    def kill_schedule(self) -> None:
        assert self.beat.process
        self.beat.process.kill()

    def kill_broker(self) -> None:
        process = self.valkey.process
        assert process
        process.kill()
        process.wait()

    def hang_broker(self) -> None:
        pid = self.valkey.pid()
        assert pid
        hang_for(pid, 12)


@pytest.mark.lengkap
@pytest.mark.timeout(600)
def test_two_hundred_notices_survive_a_storm(tmp_path: Path) -> None:
    """Each message arrives, at most one in a hundred twice, and a repeat under the same id."""
    people = [PenggunaFactory() for _ in range(20)]
    with broker(tmp_path) as valkey, server_surel() as (penerima, port):

        def slowly(mail: EmailMessage) -> str:
            time.sleep(0.05)
            return "250 OK"

        penerima.answer = slowly
        with Storm(tmp_path, valkey, port) as storm:
            blows = [storm.kill_relay, storm.kill_broker, storm.kill_worker, storm.hang_broker, storm.kill_schedule]
            for number, blow in enumerate(blows):
                for part in range(2):
                    tell(people, f"kabar {number}.{part}")
                wait_until(lambda n=number: len(penerima.mails) > 40 * n, 120, "surel ke-1 sesudah gangguan")
                blow()
            wait_until(lambda: len(penerima.counts()) == 200, 240, f"200 surel; {storm.said}")
            wait_until(lambda: not PesanKeluar.objects.exclude(status="terkirim").exists(), 60, "catatan terkirim")
    assert set(penerima.counts()) == set(PesanKeluar.objects.values_list("message_id", flat=True))
    assert len(penerima.mails) - 200 <= 2
    assert Notifikasi.objects.filter(pesan__status="terkirim").count() == 200

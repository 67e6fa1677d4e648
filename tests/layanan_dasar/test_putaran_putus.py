"""A run over the country ends with the right figures, whatever dies on the way: worker or broker."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection, transaction
from django.utils import timezone

from kecamatan.models import Wilayah
from layanan_dasar.actions import putaran as actions
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import (
    BagianHitung,
    BarisAPBDes,
    DesaBerubah,
    IndeksBelanja,
    KepatuhanAturan,
    KualitasBelanja,
    PutaranHitung,
)
from p3pd_portal.lib.embedded import Valkey, redis_url
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.supervisor import Program
from tests.factories import APBDesFactory, BarisAPBDesFactory
from tests.kecamatan.surel import environment
from tests.kecamatan.test_pesan_putus import broker
from tests.p3pd_portal.portal import wait_until


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc").exists(), reason="perlu /proc"),
    pytest.mark.usefixtures("budgets"),
]
YEARS = (2023, 2024, 2025)
DESA = ("11.01.01.2001", "11.01.01.2002", "11.01.02.2001", "11.02.01.2001", "99.01.01.2001")
PIECES = 3 * len(YEARS)  # three kabupaten
RESULTS = (KualitasBelanja, KepatuhanAturan, IndeksBelanja)
MALAM, LANJUT = "layanan_dasar.tasks.hitung_malam", "layanan_dasar.tasks.lanjutkan_putaran"
Figures = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def budgets(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """Every desa in every year, with amounts of its own; nothing computed yet."""
    for number, kode in enumerate(DESA, 1):
        for tahun in YEARS:
            apbdes = APBDesFactory(desa=wilayah[kode], tahun=tahun)
            money = {"anggaran": number * tahun, "realisasi_s2": number * 1000}
            BarisAPBDesFactory(apbdes=apbdes, **money)
            BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10", **money)


@contextmanager
def worker(folder: Path, name: str = "pekerja", processes: int = 1) -> Iterator[Program]:
    """A real worker of the portal, on the broker in this folder."""
    command = [sys.executable, "-m", "celery", "--app", "p3pd_portal", "--quiet", "worker", "--hostname", f"{name}@uji"]
    command += ["--concurrency", str(processes), "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    program = Program(name, command, folder / f"{name}.log", environment(0, REDIS_URL=redis_url(folder)))
    program.start()
    try:
        yield program
    finally:
        kill(program)


def kill(program: Program) -> None:
    """kill -9 of the worker with its processes, one of which is computing."""
    assert program.process
    if program.process.poll() is None:
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


def kill_broker(valkey: Valkey) -> None:
    assert valkey.process
    valkey.process.kill()
    valkey.process.wait()


def order(folder: Path, *tasks: str) -> None:
    """What the schedule does: name a task to the broker."""
    url = redis_url(folder).replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    with Celery("uji", broker=url) as app:
        for task in tasks:
            app.send_task(task)


def pieces(status: str) -> int:
    return BagianHitung.objects.filter(status=status).count()


def ended() -> bool:
    return not PutaranHitung.objects.filter(status="berjalan").exists() and PutaranHitung.objects.exists()


def sessions() -> set[int]:
    """Those of others on this database: of workers, and of whatever else this program has open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
            "AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def somebody_waits() -> bool:
    """Whether a worker stands in the middle of a piece that the test holds up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted)"
        )
        return bool(cursor.fetchone()[0])


def time_passes() -> None:
    """The ten minutes after which orders of which nothing was heard count as lost."""
    PutaranHitung.objects.update(dikirim_pada=timezone.now() - actions.DIAM)
    BagianHitung.objects.exclude(selesai=None).update(selesai=timezone.now() - actions.DIAM)


def figures() -> Figures:
    return {model.__name__: sorted(_rows(model), key=repr) for model in RESULTS}


def _rows(model: type[KualitasBelanja | KepatuhanAturan | IndeksBelanja]) -> list[tuple[object, ...]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "updated_at")]
    return list(model._default_manager.values_list(*names))


def forget() -> None:
    for model in (PutaranHitung, *RESULTS):
        model._default_manager.all().delete()


def full_recount() -> Figures:
    """What one process says that computes every year at once."""
    forget()
    for tahun in YEARS:
        kualitas.rebuild(tahun)
    return figures()


@contextmanager
def held_up(tahun: int, kode: str) -> Iterator[None]:
    """A piece that comes to no end: its kabupaten and year is locked meanwhile."""
    with transaction.atomic():
        wait_in_transaction(f"hitung-{tahun}-{kode}")
        yield


def test_a_run_survives_the_death_of_its_worker_and_its_broker(tmp_path: Path) -> None:
    """The first worker dies in the middle of a piece, the orders for the others die with the broker."""
    first, second = tmp_path / "satu", tmp_path / "dua"
    mark_changed(tahun_dari=2015)
    marked, others = DesaBerubah.objects.count(), sessions()
    with broker(first) as valkey, worker(first) as program:
        with held_up(2024, "11.02"):
            order(first, MALAM)
            wait_until(somebody_waits, 60, "pekerja di tengah bagian")
            kill(program)
            kill_broker(valkey)
        wait_until(lambda: sessions() <= others, 60, "sesi pekerja yang mati berakhir")
    done = pieces("selesai")
    assert PutaranHitung.objects.get().status == "berjalan"
    assert (done + pieces("menunggu"), pieces("gagal")) == (PIECES, 0)
    assert 0 < DesaBerubah.objects.count() <= marked  # what was not computed is still marked
    time_passes()
    with broker(second), worker(second, processes=2):
        order(second, LANJUT)
        wait_until(ended, 60, "putaran selesai")
    assert PutaranHitung.objects.get().status == "selesai"
    assert (pieces("selesai"), DesaBerubah.objects.count()) == (PIECES, 0)
    found = figures()
    assert all(found.values())
    assert found == full_recount()


def test_one_worker_or_two_give_the_same_tables_and_two_beats_one_run(tmp_path: Path) -> None:
    with broker(tmp_path), worker(tmp_path, "pertama"):
        actions.start_putaran(jenis=PutaranHitung.Jenis.PENUH)
        order(tmp_path, LANJUT)
        wait_until(ended, 60, "putaran dengan satu pekerja")
        alone = figures()
        forget()
        mark_changed(tahun_dari=2015)
        with worker(tmp_path, "kedua"):
            wait_until(lambda: "ready" in (tmp_path / "kedua.log").read_text(), 60, "pekerja kedua siap")
            with held_up(2025, "11.01"):  # who has this piece can do nothing else
                order(tmp_path, MALAM, MALAM, LANJUT, MALAM)
                wait_until(lambda: pieces("selesai") == PIECES - 1, 60, "bagian lain oleh pekerja lain")
                wait_until(somebody_waits, 30, "satu pekerja menunggu")
            wait_until(ended, 60, "putaran dengan dua pekerja")
    assert PutaranHitung.objects.count() == 1
    assert pieces("selesai") == PIECES
    together = figures()
    assert all(alone.values())
    assert alone == together == full_recount()


def settled_after_another_beat(folder: Path) -> bool:
    """Whether nothing is left to do; otherwise a night begins once more."""
    if ended() and not DesaBerubah.objects.exists():
        return True
    time_passes()
    order(folder, MALAM)
    time.sleep(2)
    return False


@pytest.mark.lengkap
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(3))
def test_a_run_survives_many_deaths(seed: int, tmp_path: Path) -> None:
    """Worker and broker die again and again at any moment, while somebody goes on changing budgets."""
    chance = random.Random(seed)
    blows: list[Callable[[], None]] = []
    others = sessions()
    mark_changed(tahun_dari=2015)
    for number in range(6):
        folder = tmp_path / str(number)
        with broker(folder) as valkey, worker(folder, processes=2) as program:
            blows = [lambda program=program: kill(program), lambda valkey=valkey: kill_broker(valkey)]
            order(folder, MALAM)
            wait_until(lambda: "ready" in (folder / "pekerja.log").read_text(), 60, "pekerja siap")  # noqa: B023
            time.sleep(chance.random() * 0.5)
            BarisAPBDes.objects.filter(apbdes__tahun=chance.choice(YEARS)).update(anggaran=chance.randrange(10**6))
            mark_changed(tahun_dari=2015)
            for blow in chance.sample(blows, 2):
                blow()
        wait_until(lambda: sessions() <= others, 60, "sesi pekerja yang mati berakhir")
        time_passes()
    folder = tmp_path / "akhir"
    with broker(folder), worker(folder, processes=2):
        # The run that was left, and one for what was changed meanwhile; orders come twice and are taken once.
        wait_until(lambda: settled_after_another_beat(folder), 120, "semua yang berubah dihitung")
    assert DesaBerubah.objects.count() == 0
    assert pieces("gagal") == 0
    assert figures() == full_recount()

"""One run at a time, proved with a second session of the same database."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import ProgrammingError, connection, transaction

from kecamatan.models import Orang
from p3pd_portal.lib.locks import advisory_lock, one_after_another, one_at_a_time, wait_in_transaction


pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def in_another_session(work: Callable[[], T]) -> T:
    """Result of `work`, done in a thread and therefore in a database session of its own."""
    with ThreadPoolExecutor(1) as other:
        return started_in(other, work).result(30)


def started_in(other: ThreadPoolExecutor, work: Callable[[], T]) -> "Future[T]":
    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    return other.submit(run)


def is_free(name: str) -> bool:
    """Whether a second session could take the lock now."""

    def attempt() -> bool:
        with advisory_lock(name) as free:
            return free

    return in_another_session(attempt)


def waiting_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return int(cursor.fetchone()[0])


def test_the_lock_is_held_while_the_block_runs_and_no_longer() -> None:
    with advisory_lock("hitung") as free:
        assert free
        assert not is_free("hitung")
    assert is_free("hitung")


def test_a_lock_taken_inside_a_transaction_is_free_at_its_end_at_the_latest() -> None:
    with transaction.atomic(), advisory_lock("hitung") as free:
        assert free
        assert not is_free("hitung")
    assert is_free("hitung")


def test_locks_of_other_names_are_free() -> None:
    with advisory_lock("hitung"):
        assert is_free("hapus")


def test_who_came_second_takes_nothing_away_by_leaving() -> None:
    with advisory_lock("hitung"):
        assert not is_free("hitung")
        assert not is_free("hitung")


@pytest.mark.parametrize("name", ["", "é", "a" * 10_000, "CRC", "0"])
def test_any_name_is_a_name(name: str) -> None:
    with advisory_lock(name) as free:
        assert free
        assert not is_free(name)


def test_an_error_in_the_block_frees_the_lock() -> None:
    with pytest.raises(LookupError), advisory_lock("hitung"):
        raise LookupError
    assert is_free("hitung")


def fail_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tidak_ada")


def test_an_error_of_the_database_in_the_block_frees_the_lock() -> None:
    with pytest.raises(ProgrammingError, match="tidak_ada"), advisory_lock("hitung"), transaction.atomic():
        fail_in_the_database()
    assert is_free("hitung")


def test_an_error_of_the_database_frees_also_a_lock_taken_inside_the_transaction() -> None:
    with pytest.raises(ProgrammingError, match="tidak_ada"), transaction.atomic(), advisory_lock("hitung_gagal"):
        fail_in_the_database()
    assert is_free("hitung_gagal")


def test_waiting_ends_when_the_transaction_of_the_holder_ends() -> None:
    order: list[str] = []

    def second() -> None:
        with transaction.atomic():
            wait_in_transaction("hitung")
            order.append("kedua")

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            wait_in_transaction("hitung")
            waiter = started_in(other, second)
            deadline = time.monotonic() + 10
            while not waiting_sessions() and time.monotonic() < deadline:
                time.sleep(0.01)
            assert waiting_sessions() == 1
            order.append("pertama")
        waiter.result(10)
    assert order == ["pertama", "kedua"]


def test_a_transaction_rolled_back_frees_what_it_waited_for() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        wait_in_transaction("hitung")
        assert not is_free("hitung")
        raise LookupError
    assert is_free("hitung")


def test_both_kinds_of_lock_keep_each_other_out() -> None:
    with transaction.atomic():
        wait_in_transaction("hitung")
        assert not is_free("hitung")
        assert is_free("hapus")


def test_one_after_another_waits_and_keeps_what_was_written_also_when_it_fails() -> None:
    order = []

    def second() -> None:
        with one_after_another("masuk"):
            order.append("kedua")

    with ThreadPoolExecutor(1) as other:
        with pytest.raises(LookupError), one_after_another("masuk"):
            waiter = started_in(other, second)
            deadline = time.monotonic() + 10
            while not waiting_sessions() and time.monotonic() < deadline:
                time.sleep(0.01)
            Orang.objects.create(nama="tetap tersimpan")
            order.append("pertama")
            raise LookupError
        waiter.result(10)
    assert order == ["pertama", "kedua"]
    assert Orang.objects.filter(nama="tetap tersimpan").exists()
    assert is_free("masuk")


def test_a_task_alone_runs_with_its_arguments_and_keeps_its_name() -> None:
    @one_at_a_time
    def hitung(tahun: int, *, desa: str) -> dict[str, object]:
        """Hitung ulang."""
        return {"tahun": tahun, "desa": desa}

    assert hitung(2025, desa="A1") == {"tahun": 2025, "desa": "A1"}
    assert (hitung.__name__, hitung.__doc__) == ("hitung", "Hitung ulang.")


def test_a_second_run_beside_the_first_returns_at_once_and_says_so() -> None:
    runs: list[str] = []
    entered, leave = threading.Event(), threading.Event()

    @one_at_a_time
    def hitung(who: str) -> dict[str, object]:
        runs.append(who)
        entered.set()
        leave.wait(10)
        return {"selesai": who}

    with ThreadPoolExecutor(1) as other:
        first = started_in(other, lambda: hitung("pertama"))
        assert entered.wait(10)
        assert hitung("kedua") == {"dilewati": "proses yang sama masih berjalan"}
        leave.set()
        assert first.result(10) == {"selesai": "pertama"}
    assert hitung("ketiga") == {"selesai": "ketiga"}
    assert runs == ["pertama", "ketiga"]


def test_a_task_that_fails_can_run_again() -> None:
    @one_at_a_time
    def hitung() -> dict[str, object]:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            in_another_session(hitung)

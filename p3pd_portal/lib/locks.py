"""One run at a time, on any number of hosts: PostgreSQL advisory locks, which end with their session."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

from django.db import connection


P = ParamSpec("P")

_FAMILY = 0x1D  # keeps our numbers apart from other users of advisory locks in the same database


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31


@contextmanager
def advisory_lock(name: str) -> Iterator[bool]:
    """Whether the lock was free; it is held while the block runs. Never waits.

    Inside a transaction it is held until that ends: in one that failed there would be no way to give it back.
    """
    in_transaction = connection.in_atomic_block
    with connection.cursor() as cursor:
        kind = "_xact" if in_transaction else ""
        cursor.execute(f"SELECT pg_try_advisory{kind}_lock(%s, %s)", [_FAMILY, _number(name)])
        (free,) = cursor.fetchone()
        try:
            yield free
        finally:
            if free and not in_transaction:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_FAMILY, _number(name)])


def wait_in_transaction(name: str, *, shared: bool = False) -> None:
    """Wait for the lock and hold it until the transaction ends; those who share it only wait for who does not."""
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [_FAMILY, _number(name)])


@contextmanager
def one_after_another(name: str) -> Iterator[None]:
    """Wait for the lock and hold it while the block runs. What the block wrote stays, also when it raises."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_FAMILY, _number(name)])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_FAMILY, _number(name)])


def one_at_a_time(task: Callable[P, dict[str, Any]]) -> Callable[P, dict[str, Any]]:
    """Decorate a task that returns counts: a second run beside a running one returns at once and says so."""

    @wraps(task)
    def run(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        with advisory_lock(task.__name__) as free:
            return task(*args, **kwargs) if free else {"dilewati": "proses yang sama masih berjalan"}

    return run

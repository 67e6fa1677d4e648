"""Rows that most tests begin with, made once by the program itself and put back by the database alone.

The rows keep their ids, and the sequences go on behind them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import AutoField, GeneratedField, Model


class Rekaman:
    """What `make` leaves in the tables of some models, in the order of their foreign keys."""

    def __init__(self, models: Sequence[type[Model]], make: Callable[[], object], *before: "Rekaman") -> None:
        self._statements: list[tuple[str, Any]] = []
        with transaction.atomic(), connection.cursor() as cursor:
            for other in before:
                other.put_back()
            make()
            for model in models:
                table = model._meta.db_table
                given = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
                columns = ", ".join(str(field.column) for field in given)
                cursor.execute(f"SELECT json_agg(t)::text FROM {table} t")
                rows = f"json_populate_recordset(NULL::{table}, %s)"
                statement = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {rows}"
                self._statements.append((statement, cursor.fetchone()[0]))
                if isinstance(model._meta.pk, AutoField):
                    key = model._meta.pk.column
                    behind = f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM {table}"
                    self._statements.append((behind, None))
            transaction.set_rollback(True)

    def put_back(self) -> None:
        with connection.cursor() as cursor:
            for statement, rows in self._statements:
                cursor.execute(statement, None if rows is None else [rows])

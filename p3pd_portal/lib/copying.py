"""COPY into a temporary table: the fast way in for files of any size."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def stage(cursor: Any, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> int:
    """Fill a temporary table, made anew, and return how many rows it got.

    Args:
        cursor: Django cursor inside a transaction; the table ends with it.
        table: name of the table.
        columns: column name → PostgreSQL type, in the order of the rows' values.
        rows: read once, streamed.
    """
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    definition = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({definition}) ON COMMIT DROP")
    count = 0
    with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)
            count += 1
    cursor.execute(f"ANALYZE {table}")
    return count

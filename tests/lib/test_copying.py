"""COPY into a temporary table, on the real database."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from p3pd_portal.lib.copying import stage


pytestmark = pytest.mark.django_db

COLUMNS = {"kode": "text", "nilai": "bigint"}


def contents(table: str = "isian") -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def fill(rows: object, columns: dict[str, str] = COLUMNS, table: str = "isian") -> int:
    with connection.cursor() as cursor:
        return stage(cursor, table, columns, rows)


def test_rows_arrive_and_are_counted() -> None:
    assert fill([("a", 1), ("b", 2)]) == 2
    assert contents() == [("a", 1), ("b", 2)]


def test_no_rows_make_an_empty_table() -> None:
    assert fill([]) == 0
    assert contents() == []


def test_none_is_null_and_an_empty_text_stays_one() -> None:
    fill([("", None)])
    assert contents() == [("", None)]


def test_values_keep_their_type_and_every_character() -> None:
    columns = {"teks": "text", "angka": "numeric", "hari": "date", "benar": "boolean", "besar": "bigint"}
    row = ("tab\t, \\N baris\nbaru; 'kutip' é", Decimal("1.50"), datetime.date(2025, 1, 31), True, 2**62)
    fill([row], columns)
    assert contents() == [row]


def test_rows_are_streamed_from_any_iterable() -> None:
    def rows() -> Iterator[tuple[str, int]]:
        for number in range(10_000):
            yield (f"{number:05}", number)

    assert fill(rows()) == 10_000
    assert contents()[-1] == ("09999", 9999)


def test_staging_again_in_one_transaction_starts_anew() -> None:
    fill([("a", 1), ("b", 2)])
    assert fill([("c",)], {"kode": "text"}) == 1
    assert contents() == [("c",)]


def test_two_tables_stand_beside_each_other() -> None:
    fill([("a", 1)])
    fill([("b", 2)], table="isian_lain")
    assert (contents(), contents("isian_lain")) == ([("a", 1)], [("b", 2)])


def test_a_value_of_the_wrong_type_is_an_error_and_leaves_nothing_behind() -> None:
    with pytest.raises((DatabaseError, TypeError, ValueError)), transaction.atomic():
        fill([("a", 1), ("b", "bukan angka")])
    assert fill([("c", 3)]) == 1
    assert contents() == [("c", 3)]


def test_an_error_of_the_source_stops_the_copy() -> None:
    def rows() -> Iterator[tuple[str, int]]:
        yield ("a", 1)
        raise LookupError("sumber terputus")

    with pytest.raises(LookupError, match="sumber terputus"), transaction.atomic():
        fill(rows())
    assert fill([]) == 0


@pytest.mark.django_db(transaction=True)
def test_the_table_ends_with_its_transaction() -> None:
    with transaction.atomic():
        fill([("a", 1)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.isian')")
        assert cursor.fetchone() == (None,)


def test_a_real_table_of_the_same_name_is_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE isian (kode text)")
        cursor.execute("INSERT INTO isian VALUES ('asli')")
    fill([("a", 1)])
    fill([("b", 2)])
    assert contents("public.isian") == [("asli",)]

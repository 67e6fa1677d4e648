"""Rows of a file against declared columns: all or nothing, with every mistake named."""

from collections.abc import Iterator
from typing import Any

import pytest

from p3pd_portal.lib.importing import MOST_ERRORS_KEPT, Column, Errors, clean_rows, match_header, normalize_header
from p3pd_portal.lib.spreadsheet import Rejected, RowError, Table


def whole(cell: object) -> int:
    if not str(cell).isdigit():
        raise ValueError(f"“{cell}” bukan bilangan bulat.")
    return int(str(cell))


KODE = Column("kode", str)
NILAI = Column("nilai", whole)


def table(header: list[str], *rows: list[Any], header_row: int = 1) -> Table:
    return Table(header, iter(list(enumerate(rows, header_row + 1))), header_row)


def cleaned(source: Table, *columns: Column) -> tuple[list[tuple[int, list[Any]]], Errors]:
    errors = Errors()
    return list(clean_rows(source, columns, errors)), errors


def refused(source: Table, *columns: Column) -> list[RowError]:
    with pytest.raises(Rejected) as caught:
        match_header(source, columns)
    return caught.value.errors


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("kode", "kode"),
        (" Kode Desa ", "kode_desa"),
        ("NILAI (Rp)", "nilai_rp"),
        ("kode-desa", "kode_desa"),
        ("realisasi_s1", "realisasi_s1"),
        ("Désa", "désa"),
        ("—", ""),
        ("", ""),
    ],
)
def test_headers_are_compared_without_case_space_or_marks(written: str, name: str) -> None:
    assert normalize_header(written) == name


def test_columns_may_stand_in_any_order() -> None:
    assert match_header(table(["Nilai", "", "KODE"]), [KODE, NILAI]) == [2, 0]
    assert cleaned(table(["Nilai", "", "KODE"], ["5", "x", "a"]), KODE, NILAI)[0] == [(2, ["a", 5])]


def test_every_missing_column_is_named_at_the_row_of_the_header() -> None:
    errors = refused(table(["lain"], header_row=3), KODE, NILAI)
    assert [(error.baris, error.kolom) for error in errors] == [(3, "kode"), (3, "nilai")]
    assert errors[0].pesan == "Kolom “kode” tidak ada. Tambahkan sesuai templat. Kolom yang tidak dikenal: lain."


def test_a_missing_column_without_strangers_needs_no_hint() -> None:
    (error,) = refused(table(["kode", ""]), KODE, NILAI)
    assert error.pesan == "Kolom “nilai” tidak ada. Tambahkan sesuai templat."


def test_a_repeated_header_is_refused() -> None:
    (error,) = refused(table(["kode", "Nilai", "NILAI"]), KODE, NILAI)
    assert error == RowError(1, "nilai", "Kolom “nilai” ada lebih dari satu kali. Sisakan satu.")


def test_missing_and_repeated_columns_are_told_together() -> None:
    assert [error.kolom for error in refused(table(["nilai", "nilai"]), KODE, NILAI)] == ["kode", "nilai"]


def test_unknown_columns_are_noted_once_and_left_unread() -> None:
    source = table(["kode", "catatan", "catatan", "warna", ""], ["a", "x", "y", "z", "?"])
    assert cleaned(source, KODE)[0] == [(2, ["a"])]
    (note,) = source.notes
    assert note.startswith("Kolom yang tidak dibaca: catatan")
    assert note.endswith("warna.")


def test_a_header_that_fits_leaves_no_note() -> None:
    source = table(["kode", ""])
    match_header(source, [KODE])
    assert source.notes == []


def test_the_header_is_checked_before_any_row_is_read() -> None:
    def rows() -> Iterator[tuple[int, list[Any]]]:
        raise AssertionError("dibaca")
        yield

    with pytest.raises(Rejected):
        next(clean_rows(Table(["lain"], rows()), [KODE], Errors()))


def test_rows_are_streamed() -> None:
    source = table(["kode"], ["a"], ["b"])
    assert next(clean_rows(source, [KODE], Errors())) == (2, ["a"])
    assert next(source.rows) == (3, ["b"])


def test_every_wrong_cell_of_every_row_is_told_and_good_rows_pass() -> None:
    rows, errors = cleaned(table(["nilai", "sisa"], ["1", "2"], ["x", "y"], ["3", "z"]), NILAI, Column("sisa", whole))
    assert rows == [(2, [1, 2])]
    assert [(error.baris, error.kolom, error.pesan) for error in errors.kept] == [
        (3, "nilai", "“x” bukan bilangan bulat."),
        (3, "sisa", "“y” bukan bilangan bulat."),
        (4, "sisa", "“z” bukan bilangan bulat."),
    ]


def test_a_short_row_has_empty_cells_at_its_end() -> None:
    assert cleaned(table(["nilai", "kode"], ["1"]), NILAI, KODE)[0] == [(2, [1, ""])]


def test_empty_cells_beyond_the_header_do_no_harm() -> None:
    assert cleaned(table(["kode"], ["a", "", ""]), KODE)[0] == [(2, ["a"])]


def test_a_row_with_too_many_cells_is_refused_as_a_whole() -> None:
    rows, errors = cleaned(table(["nilai"], ["x", "", "5"], ["2"]), NILAI)
    assert rows == [(3, [2])]
    (error,) = errors.kept
    assert (error.baris, error.kolom) == (2, "")
    assert "berisi 3 sel, padahal judulnya 1 kolom" in error.pesan


def test_only_a_value_error_is_a_mistake_of_the_file() -> None:
    def clean(cell: object) -> object:
        raise LookupError(cell)

    with pytest.raises(LookupError):
        cleaned(table(["kode"], ["a"]), Column("kode", clean))


def test_a_repeating_column_cleans_each_distinct_value_once() -> None:
    seen: list[object] = []

    def clean(cell: object) -> str:
        seen.append(cell)
        return f"<{cell}>"

    rows, _ = cleaned(table(["kode"], ["a"], ["b"], ["a"], ["a"]), Column("kode", clean, repeats=True))
    assert [values for _, values in rows] == [["<a>"], ["<b>"], ["<a>"], ["<a>"]]
    assert seen == ["a", "b"]


def test_a_column_that_does_not_repeat_cleans_every_cell() -> None:
    seen: list[object] = []
    cleaned(table(["kode"], ["a"], ["a"]), Column("kode", seen.append))
    assert seen == ["a", "a"]


def test_a_wrong_value_in_a_repeating_column_is_told_for_each_row() -> None:
    rows, errors = cleaned(table(["nilai"], ["x"], ["1"], ["x"]), Column("nilai", whole, repeats=True))
    assert rows == [(3, [1])]
    assert [error.baris for error in errors.kept] == [2, 4]


def test_a_repeating_column_keeps_equal_values_of_two_kinds_apart() -> None:
    rows, errors = cleaned(table(["nilai"], [1], [True]), Column("nilai", whole, repeats=True))
    assert rows == [(2, [1])]
    assert [error.baris for error in errors.kept] == [3]


def test_two_columns_remember_their_values_apart() -> None:
    pair = Column("kode", str, repeats=True), Column("nilai", whole, repeats=True)
    assert cleaned(table(["kode", "nilai"], ["1", "1"]), *pair)[0] == [(2, ["1", 1])]


def test_the_first_thousand_errors_are_kept_and_all_are_counted() -> None:
    _, errors = cleaned(table(["nilai"], *[["x"]] * 1500), NILAI)
    assert (len(errors.kept), errors.total) == (MOST_ERRORS_KEPT, 1500)
    with pytest.raises(Rejected) as caught:
        errors.raise_if_any()
    assert (len(caught.value.errors), caught.value.total) == (1000, 1500)


def test_errors_come_out_in_the_order_of_the_rows() -> None:
    errors = Errors()
    for row, column in ((3, "a"), (2, "b"), (3, "c"), (0, "d")):
        errors.add(row, column, "Salah.")
    with pytest.raises(Rejected) as caught:
        errors.raise_if_any()
    assert [(error.baris, error.kolom) for error in caught.value.errors] == [(0, "d"), (2, "b"), (3, "a"), (3, "c")]


def test_no_errors_raise_nothing() -> None:
    Errors().raise_if_any()


def test_the_same_error_twice_is_one() -> None:
    errors = Errors()
    errors.add(2, "nilai", "Bukan angka.")
    errors.extend(Rejected([RowError(2, "nilai", "Bukan angka."), RowError(1, "", "Judul hilang.")]))
    assert errors.total == 2
    assert errors.as_rejected().errors == [RowError(1, "", "Judul hilang."), RowError(2, "nilai", "Bukan angka.")]

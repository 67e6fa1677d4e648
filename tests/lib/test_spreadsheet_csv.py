"""An uploaded CSV: what is taken, what is refused, and where the mistake is said to be."""

import io
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib.spreadsheet import COMMAND, MB, SAVE_AS, WEB, Limits, Rejected, RowError, read_table, rejected


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
Rows = list[tuple[int, list[Any]]]

ENGLISH = re.compile(r"\b(field|limit|line|newline|character|unexpected|end of data|error|invalid|file|zip)\b")


def read(data: bytes, limits: Limits = WEB) -> tuple[list[str], Rows]:
    """Header and all rows."""
    table = read_table(io.BytesIO(data), limits)
    return table.header, list(table.rows)


def refusal(data: bytes, limits: Limits = WEB) -> RowError:
    """The one reason for which a file is not taken, in a sentence for people who read Indonesian."""
    with pytest.raises(Rejected) as caught:
        read(data, limits)
    (error,) = caught.value.errors
    assert re.fullmatch(r"[A-Z].+\.", error.pesan)
    assert not ENGLISH.search(error.pesan.replace(SAVE_AS, ""))
    return error


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_usual_delimiter_mark_and_line_end_is_understood(delimiter: str, mark: bytes, end: str) -> None:
    text = end.join(["kode,nama,nilai", "01,Désa,5", "02,,6"]).replace(",", delimiter)
    assert read(mark + text.encode()) == (["kode", "nama", "nilai"], [(2, ["01", "Désa", "5"]), (3, ["02", "", "6"])])


def test_the_file_is_read_from_its_start_wherever_it_stands() -> None:
    file = io.BytesIO(b"kode\n1\n")
    file.seek(5)
    assert read_table(file).header == ["kode"]


def test_quoted_cells_may_hold_delimiters_quotes_and_new_lines() -> None:
    data = b'nama,alamat\r\n"A, B","Jalan ""Melati""\nNomor 2"\nC,D\n'
    assert read(data)[1] == [(2, ["A, B", 'Jalan "Melati"\nNomor 2']), (3, ["C", "D"])]


def test_headers_lose_the_space_around_them_and_cells_keep_it() -> None:
    assert read(b" kode , nilai\n a ,1\n") == (["kode", "nilai"], [(2, [" a ", "1"])])


def test_empty_rows_are_skipped_and_counted_as_a_spreadsheet_shows_them() -> None:
    table = read_table(io.BytesIO(b"\n,\nkode,nilai\n\na,1\n,\nb,2"))
    assert (table.header, table.header_row) == (["kode", "nilai"], 3)
    assert list(table.rows) == [(5, ["a", "1"]), (7, ["b", "2"])]


def test_a_first_line_with_a_header_alone_has_no_rows() -> None:
    assert read(b"kode,nilai\n") == (["kode", "nilai"], [])


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_below_empty_lines(delimiter: str) -> None:
    assert read(f"\n\nkode{delimiter}nilai\na{delimiter}1\n".encode()) == (["kode", "nilai"], [(4, ["a", "1"])])


def test_rows_are_streamed_and_good_ones_come_before_the_bad_one() -> None:
    rows = read_table(io.BytesIO(b"kode\na\n\xe9\n")).rows
    assert next(rows) == (2, ["a"])
    with pytest.raises(Rejected):
        next(rows)


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\n\r\n\n", b",,\n,,\n"], ids=["0 bytes", "mark", "lines", "commas"]
)
def test_a_file_without_a_row_is_refused_with_the_way_out(data: bytes) -> None:
    error = refusal(data)
    assert (error.baris, error.kolom) == (0, "")
    assert "Unduh templat" in error.pesan


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        (b"kode,nama,nilai\n1,Desa,5\n2,D\xe9sa,6\n", 3, "nama"),
        (b'"kode";"nama"\n1;Desa\n2;D\xe9sa\n', 3, "nama"),
        (b"\xef\xbb\xbfkode\tnama\nd\xe9sa\tx\n", 2, "kode"),
        (b"kode,nama\n\n\n1,D\xe9sa\n", 4, "nama"),
        (b'kode,nama\n1,"dua\nbaris"\n2,D\xe9sa\n', 3, "nama"),
        (b"kode,nama\n1,2,D\xe9sa\n", 2, ""),
        (b"kode,nilai\n1,5\n2,6\x00\n", 3, "nilai"),
    ],
    ids=["comma", "quoted header", "mark and tab", "empty lines", "two lines in a cell", "beyond the header", "NUL"],
)
def test_a_letter_that_is_not_utf8_is_named_with_row_and_column(data: bytes, row: int, column: str) -> None:
    error = refusal(data)
    assert (error.baris, error.kolom) == (row, column)
    assert "bukan UTF-8" in error.pesan
    assert SAVE_AS in error.pesan


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        (b'nama,alamat,desa\n1,"Melati, 2",D\xe9sa\n', 2, "desa"),
        (b'nama,alamat,desa\n1,"Melati, D\xe9sa",x\n', 2, "alamat"),
        (b'nama,alamat,desa\n1,"dua\nD\xe9sa",x\n', 2, "alamat"),
        (b'nama,alamat,desa\n1,"tiga\nD\xe9sa\nbaris",x\n', 2, "alamat"),
        (b'"nama, gelar",alamat\nd\xe9sa,x\n', 2, "nama, gelar"),
        (b"\n\nnama,alamat\n1,d\xe9sa\n", 4, "alamat"),
    ],
    ids=[
        "behind a quoted comma",
        "in a quoted comma",
        "second line of a cell",
        "line inside a cell",
        "comma in the header",
        "lines above",
    ],
)
def test_a_bad_letter_is_never_said_to_be_in_another_column(data: bytes, row: int, column: str) -> None:
    error = refusal(data)
    assert error.baris == row
    assert error.kolom in (column, "")


def test_a_bad_letter_in_the_header_is_named_at_once() -> None:
    error = refusal(b"kode,alam\xe1t\n1,2\n")
    assert (error.baris, error.kolom[:4]) == (1, "alam")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_named_for_what_it_is(encoding: str) -> None:
    error = refusal("\ufeffkode;nama\n1;Desa\n".encode(encoding))
    assert "UTF-16" in error.pesan
    assert SAVE_AS in error.pesan


@pytest.mark.parametrize(
    "data",
    [b'kode,nama\n1,"Desa\n2,Desi\n', b'kode,nama\n1,"Desa"x\n', b'kode,nama\n1,"' + 30_000 * b"Desa,2\n" + b"Desi"],
    ids=["never closed", "closed too early", "never closed in a long file"],
)
def test_a_quote_without_its_pair_is_named_with_its_row(data: bytes) -> None:
    error = refusal(data)
    assert error.baris == 2
    assert "tanda kutip" in error.pesan


def test_a_long_file_with_a_lost_quote_is_not_read_to_its_end() -> None:
    file = io.BytesIO(b'kode\n"' + b"Desa\n" * 200_000)
    with pytest.raises(Rejected):
        list(read_table(file).rows)
    assert file.tell() < 500_000


@pytest.mark.parametrize("data", [b"kode,nama\r1,Desa\r2,Desi\r", b"kode,nama\n1,Desa\rDesi\n"])
def test_old_line_ends_are_refused_without_blaming_the_quotes(data: bytes) -> None:
    assert "kutip" not in refusal(data).pesan.replace(SAVE_AS, "")


def test_a_csv_may_be_as_large_as_the_limit_and_no_larger() -> None:
    data = b"kode\n" + b"x" * (2 * MB - 5)
    with pytest.raises(Rejected, match=r"CSV berukuran 2[.,]0 MB; batasnya 1 MB\."):
        read(data, Limits(csv_bytes=MB))
    assert read(data[:100_005], Limits(csv_bytes=100_005))[0] == ["kode"]
    refusal(data[:100_005], Limits(csv_bytes=100_004))


def test_sizes_are_written_with_a_decimal_comma() -> None:
    assert "1,5 MB" in refusal(b"x" * (3 * MB // 2), Limits(csv_bytes=MB)).pesan


def test_rows_are_counted_under_the_header_and_refused_beyond_the_limit() -> None:
    data = b"\nkode\na\nb\nc\n"
    assert len(read(data, Limits(rows=3))[1]) == 3
    error = refusal(data, Limits(rows=2))
    assert error.baris == 5
    assert "lebih dari 2 baris" in error.pesan


def test_the_limit_of_rows_is_written_with_points() -> None:
    assert "lebih dari 1.000 baris" in refusal(b"x\n" * 1002, Limits(rows=1000)).pesan


def test_the_web_takes_twenty_megabytes_and_two_hundred_thousand_rows_and_the_command_any_csv() -> None:
    assert (WEB.csv_bytes, WEB.xlsx_bytes, WEB.unpacked_bytes, WEB.rows) == (20 * MB, 5 * MB, 50 * MB, 200_000)
    assert (COMMAND.csv_bytes, COMMAND.rows) == (None, None)


MARKS = st.sampled_from([b"", b"\xef\xbb\xbf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe"])
SHREDS = st.text('a,;|\t"\n\r \x00é').map(str.encode)


@UNHURRIED
@given(MARKS, st.binary() | SHREDS)
def test_arbitrary_bytes_are_a_table_or_are_refused(mark: bytes, body: bytes) -> None:
    try:
        header, rows = read(mark + body)
    except Rejected as refused:
        assert refused.total == len(refused.errors) == 1
        assert re.fullmatch(r"[A-Z].+\.", refused.errors[0].pesan)
        assert not ENGLISH.search(refused.errors[0].pesan.replace(SAVE_AS, ""))
    else:
        assert header
        assert [number for number, _ in rows] == sorted({number for number, _ in rows})
        assert all(any(cells) for _, cells in rows)


def test_a_refusal_counts_all_its_errors_and_speaks_with_the_first() -> None:
    first, second = RowError(1, "kode", "Satu."), RowError(2, "kode", "Dua.")
    assert (Rejected([first, second]).total, str(Rejected([first, second]))) == (2, "Satu.")
    assert Rejected([first], 5000).total == 5000
    assert (Rejected([]).total, str(Rejected([]))) == (0, "")


def test_a_refusal_of_the_whole_file_names_no_cell() -> None:
    assert rejected("Rusak.").errors == [RowError(0, "", "Rusak.")]
    assert rejected("Rusak.", 3, "kode").errors == [RowError(3, "kode", "Rusak.")]

"""Numbers as offices type and read them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p3pd_portal.lib.angka import (
    MOST_RUPIAH,
    angka,
    angka_perlu,
    angka_utuh,
    durasi,
    parse_decimal,
    parse_nomor,
    parse_rupiah,
    persen,
    ratio,
    round_half_up,
    rupiah,
    rupiah_ringkas,
)


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNTS = st.integers(-MOST_RUPIAH + 1, MOST_RUPIAH - 1)
TEXTS = st.text() | st.text(alphabet="0123456789.,-()RpE+einfaN \u00a0\u0663²")


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 4, Decimal("0.25")), (0, 4, Decimal(0)), (Decimal(3), Decimal(2), Decimal("1.5")), (-1, 2, Decimal("-0.5"))],
)
def test_a_ratio_is_part_by_whole(part: int, whole: int, expected: Decimal) -> None:
    assert ratio(part, whole) == expected


@pytest.mark.parametrize(("part", "whole"), [(None, 4), (1, None), (1, 0), (0, 0), (None, None)])
def test_a_ratio_of_something_unknown_or_to_nothing_is_unknown(part: int | None, whole: int | None) -> None:
    assert ratio(part, whole) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.49", 2), ("-2.5", -3), ("-0.4", 0), ("7", 7)],
)
def test_a_half_is_rounded_away_from_zero(value: str, expected: int) -> None:
    assert round_half_up(Decimal(value)) == expected


@UNHURRIED
@given(AMOUNTS, st.integers(0, 99))
def test_rounding_looks_at_the_first_sen_only(whole: int, sen: int) -> None:
    value = abs(whole) + Decimal(sen) / 100
    assert round_half_up(value) == abs(whole) + (sen >= 50)
    assert round_half_up(-value) == -round_half_up(value)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1234567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,00", "1234567"),
        ("1.234", "1234"),
        ("12,5", "12.5"),
        ("0,1234", "0.1234"),
        ("1220937619.09", "1220937619.09"),
        ("1,234,567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1,234.50", "1234.5"),
        ("1234.5678", "1234.5678"),
        ("Rp1.000.000,-", "1000000"),
        ("rp 1.000", "1000"),
        ("RP1000", "1000"),
        ("Rp\u00a01.000,50", "1000.5"),
        ("(1.000)", "-1000"),
        ("(Rp1.000)", "-1000"),
        ("-Rp1.000", "-1000"),
        ("-1.000", "-1000"),
        ("Rp-1.000", "-1000"),
        (" 1 000 000 ", "1000000"),
        ("007", "7"),
        ("0", "0"),
    ],
)
def test_the_spellings_of_offices_and_spreadsheets_are_read(written: str, expected: str) -> None:
    assert parse_decimal(written) == Decimal(expected)


@pytest.mark.parametrize("empty", [None, "", " ", "\u00a0", "-", " - ", "Rp", "Rp -", "Rp,-"])
def test_an_empty_cell_or_a_dash_is_unknown_and_not_zero(empty: str | None) -> None:
    assert parse_decimal(empty) is None
    assert parse_rupiah(empty) == (None, False)


@pytest.mark.parametrize(
    "written",
    ["1,234", "12,345", "1234.567", "0.500", "1.23.456", "1.234,567", "1,23,456", "1,2,3", "1.234.56", ",", "."],
)
def test_a_number_that_two_readers_would_read_differently_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^Angka tidak jelas: .+\.$"):
        parse_decimal(written)


@pytest.mark.parametrize(
    "written",
    ["1e5", "1E5", "NaN", "inf", "-inf", "١٢٣", "１２３", "²", "1_000", "0x10", "+5", "--5", "(-5)", "()", "(5", "5%"],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^Bukan angka: .+\.$"):
        parse_decimal(written)


@pytest.mark.parametrize("written", ["satu", "1 juta", "-,5-", True, False, b"5"])
def test_what_is_not_even_meant_as_one_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"^Bukan angka: .+\.$"):
        parse_decimal(written)


def test_numbers_of_a_spreadsheet_are_taken_as_they_are() -> None:
    assert parse_decimal(5) == 5
    assert parse_decimal(Decimal("1.50")) == Decimal("1.50")
    assert parse_decimal(1220937619.09) == Decimal("1220937619.09")  # as shown, not its binary expansion


@UNHURRIED
@given(TEXTS)
def test_any_text_is_a_number_or_nothing_or_a_value_error(text: str) -> None:
    for parse in (parse_decimal, parse_rupiah):
        try:
            parse(text)
        except ValueError as error:
            assert str(error).endswith(".")


@UNHURRIED
@given(st.floats())
def test_any_float_is_whole_rupiah_or_a_value_error(value: float) -> None:
    try:
        amount, rounded = parse_rupiah(value)
    except ValueError as error:
        assert str(error).startswith("Angka terlalu besar")
    else:
        assert amount is not None
        assert rounded == (amount != value)
        assert abs(amount - Decimal(repr(value))) <= Decimal("0.5")


@pytest.mark.parametrize("digits", [1_000, 1_000_001])
def test_endless_digits_are_too_large_and_nothing_worse(digits: int) -> None:
    with pytest.raises(ValueError, match="Angka terlalu besar"):
        parse_rupiah("9" * digits)


@UNHURRIED
@given(AMOUNTS)
def test_what_the_portal_writes_it_reads_back(amount: int) -> None:
    for written in (
        amount,
        str(amount),
        float(amount),
        angka(amount),
        rupiah(amount),
        f"{amount:,}.00",
        f"{amount},00",
    ):
        assert parse_rupiah(written) == (amount, False)


@UNHURRIED
@given(st.integers(0, MOST_RUPIAH - 2), st.integers(1, 99))
def test_sen_are_rounded_half_up_and_reported(whole: int, sen: int) -> None:
    assert parse_rupiah(f"{whole},{sen:02}") == (whole + (sen >= 50), True)
    assert parse_rupiah(f"-{angka(whole)},{sen:02}") == (-whole - (sen >= 50), True)


@pytest.mark.parametrize(
    "written", ["999999999999", "999.999.999.999", 999_999_999_999, "999999999999,49", "-999999999999"]
)
def test_an_amount_below_a_trillion_is_taken(written: object) -> None:
    assert abs(parse_rupiah(written)[0] or 0) == 999_999_999_999


@pytest.mark.parametrize(
    "written",
    ["1000000000000", "0001000000000000", "1.000.000.000.000,00", "-1000000000000", "999999999999,50", 10**12, 1e12],
)
def test_an_amount_of_a_trillion_or_more_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"^Angka terlalu besar: .+\.$"):
        parse_rupiah(written)


@pytest.mark.parametrize("number", ["inf", "-inf", "nan"])
def test_infinity_and_not_a_number_are_no_amounts(number: str) -> None:
    for written in (float(number), Decimal(number)):
        with pytest.raises(ValueError, match=r"^Angka terlalu besar: .+\.$"):
            parse_rupiah(written)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (None, 0, "–"),
        (0, 0, "0"),
        (999, 0, "999"),
        (1234567, 0, "1.234.567"),
        (-1234, 0, "-1.234"),
        (Decimal("1234567.5"), 1, "1.234.567,5"),
        (Decimal("0.25"), 1, "0,3"),
        (Decimal("2.5"), 0, "3"),
        (7, 2, "7,00"),
        (Decimal("-0.4"), 0, "0"),
        (-(10**18), 0, "-1.000.000.000.000.000.000"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value: Decimal | None, digits: int, expected: str) -> None:
    assert angka(value, digits) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "–"), ("14.0000", "14"), ("14.2000", "14,2"), ("0.7173", "0,7173"), ("1500", "1.500"), ("0.0000", "0")],
)
def test_a_number_has_as_many_decimals_as_it_needs(value: str | None, expected: str) -> None:
    assert angka_utuh(None if value is None else Decimal(value)) == expected


@UNHURRIED
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_a_written_number_is_the_value_rounded_half_up(value: Decimal, digits: int) -> None:
    written = angka(value, digits)
    plain = Decimal(written.replace(".", "").replace(",", "."))
    assert plain == value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (None, 1, "–"),
        (Decimal("0.2743"), 1, "27,4%"),
        (Decimal("0.2745"), 1, "27,5%"),
        (Decimal(0), 1, "0,0%"),
        (Decimal("12.5"), 0, "1.250%"),
    ],
)
def test_a_ratio_is_written_as_per_cent(value: Decimal | None, digits: int, expected: str) -> None:
    assert persen(value, digits) == expected


def test_per_cent_has_one_decimal_unless_asked_otherwise() -> None:
    assert persen(Decimal(1)) == "100,0%"


@pytest.mark.parametrize(("value", "expected"), [(None, "–"), (0, "Rp0"), (1234567, "Rp1.234.567"), (-5, "-Rp5")])
def test_rupiah_carry_their_sign_before_the_currency(value: int | None, expected: str) -> None:
    assert rupiah(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "–"),
        (0, "Rp0"),
        (999_999, "Rp999.999"),
        (1_000_000, "Rp1,0 juta"),
        (-1_500_000, "-Rp1,5 juta"),
        (1_234_567_890, "Rp1,2 miliar"),
        (1_250_000_000_000, "Rp1,3 triliun"),
    ],
)
def test_headline_amounts_are_short(value: int | None, expected: str) -> None:
    assert rupiah_ringkas(value) == expected


@pytest.mark.parametrize(
    ("detik", "expected"),
    [
        (0, "0 detik"),
        (45, "45 detik"),
        (60, "1 menit"),
        (125, "2 menit 5 detik"),
        (3_600, "1 jam"),
        (7_503, "2 jam 5 menit"),
        (5_000_000, "1.388 jam 53 menit"),
    ],
)
def test_durations_are_written_in_their_two_largest_parts(detik: int, expected: str) -> None:
    assert durasi(detik) == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [("12", "12"), ("12.00", "12"), ("12.50", "12,5"), ("12.345", "12,35"), ("1200", "1.200"), ("0", "0"),
     ("-1000.1", "-1.000,1"), ("0.004", "0")],
)  # fmt: skip
def test_a_figure_is_written_with_the_decimals_it_needs(value: str, written: str) -> None:
    assert angka_perlu(Decimal(value)) == written


def test_an_unknown_figure_is_a_dash() -> None:
    assert angka_perlu(None) == "–"


def test_exact_fractions_are_written_like_decimals() -> None:
    assert (angka(Fraction(2, 3), 2), persen(Fraction(1, 8)), angka(Fraction(-1, 2), 1)) == ("0,67", "12,5%", "-0,5")


@pytest.mark.parametrize(
    ("text", "nomor"),
    [("0", 0), ("12", 12), ("123456789", 123456789), ("1234567890", None), ("", None), ("-1", None), ("٣", None)],
)
def test_a_number_of_an_address(text: str, nomor: int | None) -> None:
    assert parse_nomor(text) == nomor

"""Numbers as Indonesian offices write and type them. Pure functions; money is whole rupiah in `int`."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


# No line of a village budget comes near a trillion; and nine million such lines still fit the sums' bigint.
MOST_RUPIAH = 10**12

_AMBIGUOUS = "Angka tidak jelas: tulis 1234567 atau 1.234.567 (desimal dengan koma)."
_NOT_A_NUMBER = "Bukan angka: tulis 1234567 atau 1.234.567,00."
_SPELLING = re.compile(
    r"(?P<sign>-?(?:Rp)?|Rp-)(?P<digits>[0-9.,]*?)(?:,-)?|\((?:Rp)?(?P<negative>[0-9.,]+)\)", re.ASCII | re.IGNORECASE
)
_DECIMALS = r"(?:\d{1,2}|\d{4,})"  # exactly three digits would be a group of thousands somewhere else
_INDONESIAN = re.compile(rf"[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,{_DECIMALS})?|\d+,{_DECIMALS}", re.ASCII)
_ENGLISH = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}}){{2,}}(?:\.{_DECIMALS})?|\d{{1,3}},\d{{3}}\.{_DECIMALS}|\d+\.{_DECIMALS}", re.ASCII
)


def ratio(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """`part / whole`; None when either is unknown or there is nothing to divide by (never 0, never 1)."""
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole)


def round_half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def parse_decimal(value: object) -> Decimal | None:
    """A typed or spreadsheet number; None for an empty cell or a dash.

    Accepts 1234567, 1.234.567,00, 1,234,567.00, 1234567.89, Rp1.000.000,-, (1.000) for minus one thousand.

    Raises:
        ValueError: not a number, or one that two readers would read differently (1,234).
    """
    if value is None or isinstance(value, bool):
        if value is None:
            return None
        raise ValueError(_NOT_A_NUMBER)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    text = str(value).replace("\u00a0", "").replace(" ", "")
    spelling = _SPELLING.fullmatch(text)
    if spelling is None:
        raise ValueError(_NOT_A_NUMBER)
    digits = spelling["digits"] or spelling["negative"]
    if not digits:
        return None
    sign = "-" if spelling["negative"] or "-" in spelling["sign"] else ""
    if digits.isdigit():
        return Decimal(sign + digits)
    if _INDONESIAN.fullmatch(digits):
        return Decimal(sign + digits.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(digits):
        return Decimal(sign + digits.replace(",", ""))
    raise ValueError(_AMBIGUOUS)


def parse_nomor(text: str, digits: int = 9) -> int | None:
    """A number as addresses and forms carry it, of at most so many digits: "12" → 12; None for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def parse_rupiah(value: object) -> tuple[int | None, bool]:
    """Whole rupiah of a cell and whether sen were rounded away (half up).

    Raises:
        ValueError: see `parse_decimal`; or an amount of a trillion rupiah or more.
    """
    if type(value) is str and value.isascii() and value.isdigit() and len(value) < 13:
        return int(value), False  # the common case, kept short for files of a million lines
    number = parse_decimal(value)
    if number is None:
        return None, False
    if not number.is_finite() or number.copy_abs() >= MOST_RUPIAH - Decimal("0.5"):
        raise ValueError("Angka terlalu besar: periksa satuannya, tulis dalam rupiah penuh.")
    rupiah = round_half_up(number)
    return rupiah, rupiah != number


def angka(value: int | Decimal | Fraction | None, digits: int = 0) -> str:
    """1234567.5 with one digit → "1.234.567,5"; "–" when unknown."""
    if value is None:
        return "–"
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / value.denominator
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded + 0:,}".translate(str.maketrans(",.", ".,"))


def angka_perlu(value: Decimal | None, most: int = 2) -> str:
    """With the decimals it needs, at most so many: 12.50 → "12,5", 12.00 → "12"; "–" when unknown."""
    text = angka(value, most)
    return text.rstrip("0").rstrip(",") if "," in text else text


def angka_utuh(value: Decimal | None) -> str:
    """With as many decimals as it needs: Decimal("0.7173") → "0,7173", Decimal("14.0000") → "14"."""
    exponent = 0 if value is None else int(value.normalize().as_tuple().exponent)
    return angka(value, max(0, -exponent))


def persen(value: Decimal | Fraction | None, digits: int = 1) -> str:
    """A ratio as per cent: Decimal("0.2743") → "27,4%"; "–" when unknown."""
    return "–" if value is None else f"{angka(value * 100, digits)}%"


def rupiah(value: int | None) -> str:
    """1234567 → "Rp1.234.567", -5 → "-Rp5"; "–" when unknown."""
    if value is None:
        return "–"
    return f"{'-' if value < 0 else ''}Rp{angka(abs(value))}"


def rupiah_ringkas(value: int | None) -> str:
    """1234567890 → "Rp1,2 miliar": for headlines, with the full figure in the table beside it."""
    if value is None:
        return "–"
    for size, word in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")):
        if abs(value) >= size:
            return f"{'-' if value < 0 else ''}Rp{angka(Decimal(abs(value)) / size, 1)} {word}"
    return rupiah(value)


def durasi(detik: int) -> str:
    """45 → "45 detik", 125 → "2 menit 5 detik", 7_500 → "2 jam 5 menit"."""
    menit, sisa = divmod(detik, 60)
    jam, menit_sisa = divmod(menit, 60)
    parts = [(jam, "jam"), (menit_sisa, "menit")] if jam else [(menit, "menit"), (sisa, "detik")]
    return " ".join(f"{angka(n)} {word}" for n, word in parts if n) or "0 detik"

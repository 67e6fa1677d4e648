"""A place on the map as people copy it from their telephone: "-7.11234, 112.41725"."""

import re
from decimal import Decimal


_ANGKA = r"[-−]?\d{1,3}(?:[.,]\d{1,15})?"
_TITIK = re.compile(rf"\s*({_ANGKA})\s*(?:[,;]\s+|;|,|\s)\s*({_ANGKA})\s*", re.ASCII)
_LINTANG, _BUJUR = (Decimal("-11.1"), Decimal("6.2")), (Decimal("95"), Decimal("141.1"))
_METER = Decimal("0.00001")


def parse_titik(text: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude in degrees, to about a metre.

    Raises:
        ValueError: no two numbers, or a place outside Indonesia, with a sentence for the reader.
    """
    match = _TITIK.fullmatch(text)
    if not match:
        raise ValueError("Tulis lintang lalu bujur, misalnya -7.11234, 112.41725; atau kosongkan.")
    lintang, bujur = (Decimal(part.replace("−", "-").replace(",", ".")) for part in match.groups())
    if not (_LINTANG[0] <= lintang <= _LINTANG[1] and _BUJUR[0] <= bujur <= _BUJUR[1]):
        raise ValueError("Titik ini di luar Indonesia. Periksa urutannya: lintang dahulu, lalu bujur.")
    return lintang.quantize(_METER), bujur.quantize(_METER)

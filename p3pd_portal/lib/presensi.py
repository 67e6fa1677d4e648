"""Rotating codes of attendance: a long one inside a QR code, a short one to be typed; and what attendance amounts to.

Both follow from the secret of a session and the half minute they were shown in (the idea of RFC 6238). A code is shown
for LANGKAH seconds and taken for BERLAKU seconds after it first appeared, never before. Whoever photographs it has no
more time than those in the room.
"""

import hmac
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256


LANGKAH = 30
BERLAKU = 90
PANJANG = 20
"""Hexadecimal signs of the long code: 80 bits."""
ANGKA = 6
_SEKARANG = BERLAKU // LANGKAH
_PERSEN = Decimal("0.1")


def token(kunci: bytes, detik: float) -> str:
    """The long code that is shown at a moment (seconds since 1970)."""
    return _token(kunci, int(detik // LANGKAH))


def kode(kunci: bytes, detik: float) -> str:
    """The six digits that are shown at a moment."""
    return _kode(kunci, int(detik // LANGKAH))


def is_token(kunci: bytes, text: str, detik: float) -> bool:
    """Whether a long code of this secret is taken at a moment; it takes as long either way."""
    return _is_one(_token, kunci, text, detik)


def is_kode(kunci: bytes, text: str, detik: float) -> bool:
    """Whether six digits of this secret are taken at a moment."""
    return _is_one(_kode, kunci, text, detik)


def _mac(kunci: bytes, purpose: bytes, langkah: int) -> bytes:
    return hmac.digest(kunci, purpose + langkah.to_bytes(8, signed=True), sha256)


def _token(kunci: bytes, langkah: int) -> str:
    return _mac(kunci, b"token", langkah).hex()[:PANJANG]


def _kode(kunci: bytes, langkah: int) -> str:
    return str(int.from_bytes(_mac(kunci, b"kode", langkah)[:8]) % 10**ANGKA).zfill(ANGKA)


def _is_one(make: Callable[[bytes, int], str], kunci: bytes, text: str, detik: float) -> bool:
    now = int(detik // LANGKAH)
    hits = [hmac.compare_digest(make(kunci, now - back).encode(), text.encode()) for back in range(_SEKARANG)]
    return any(hits)


def hadir_persen(hadir: int, seluruh: int) -> Decimal | None:
    """Share of the lesson hours attended, in percent with one decimal; None where there are none, which is not 0.

    Args:
        hadir: hours (JP) of the sessions attended; more than `seluruh`, after a change of class, counts as all.
        seluruh: hours of the timetable.
    """
    if not seluruh:
        return None
    return (Decimal(100) * min(hadir, seluruh) / seluruh).quantize(_PERSEN, ROUND_HALF_UP)

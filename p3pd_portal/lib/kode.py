"""Codes that people read out and type: Crockford's base 32, without I, L, O and U, with a sign that checks."""

HURUF = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TERTUKAR = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def normalize_kode(text: str) -> str:
    """A typed code as it was given: capitals, no blanks and hyphens, and 0 and 1 for the letters they are taken for."""
    return text.strip().upper().translate(_TERTUKAR)


def kode_dari(content: bytes, length: int) -> str:
    """So many signs, five bits each, from the beginning of random bytes, and the one that checks them."""
    number = int.from_bytes(content) >> (8 * len(content) - 5 * length)
    signs = "".join(HURUF[number >> 5 * place & 31] for place in reversed(range(length)))
    return signs + _periksa(signs)


def is_kode(kode: str) -> bool:
    """Whether the last sign fits the others; every single wrong sign is noticed, and most swapped neighbours."""
    return len(kode) > 1 and set(kode) <= set(HURUF) and _periksa(kode[:-1]) == kode[-1]


def _periksa(signs: str) -> str:
    """Luhn's sum over 32 signs instead of ten."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = HURUF.index(sign) * (1 if place % 2 else 2)
        total += value // 32 + value % 32
    return HURUF[-total % 32]


def berkelompok(kode: str, size: int = 4) -> str:
    """A code in groups, as it is shown: ABCD-EFGH-JKM."""
    return "-".join(kode[start : start + size] for start in range(0, len(kode), size))

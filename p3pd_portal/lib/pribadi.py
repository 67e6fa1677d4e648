"""What in a text points at a person: found and covered before others read it."""

import re
import unicodedata

from lokal import detect_pii


_SELA = r"[\s.–-]{1,3}"
_KELOMPOK = ((4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4))
"""How people group the sixteen digits."""
_BENTUK = [_SELA.join(rf"\d{{{n}}}" for n in sizes) for sizes in _KELOMPOK]
_NIK = re.compile("|".join([r"\d{16}", *(rf"(?<!\d){bentuk}(?!\d)" for bentuk in _BENTUK)]))
SAMAR = "[disamarkan]"
_PENUNJUK = frozenset(
    {
        "NIK", "KK", "NPWP", "PASSPORT", "SIM", "NIP", "BPJS", "NISN", "AKTA", "PHONE", "EMAIL", "BANK_ACCOUNT", "CARD",
        "PLATE", "NAME", "BIRTH_DATE",
    }
)  # fmt: skip


def mirip_nik(text: str) -> bool:
    """Whether sixteen digits stand in it, be it in groups: a number that has no place anywhere in the portal."""
    return _NIK.search(unicodedata.normalize("NFKC", text)) is not None


def samarkan(text: str) -> str:
    """The text with what names or reaches a person covered. It is a proposal: somebody still has to read it."""
    for match in reversed(detect_pii(text)):
        if match.type in _PENUNJUK:
            text = f"{text[: match.start]}{SAMAR}{text[match.end :]}"
    return _NIK.sub(SAMAR, text)

"""What in a text points at a person: found and covered before others read it."""

import re

from lokal import detect_pii


_NIK = re.compile(r"\d{16}|\b\d{4}(?:[ .-]\d{4}){3}\b|\b\d{6}[ .-]\d{6}[ .-]\d{4}\b", re.ASCII)
SAMAR = "[disamarkan]"
_PENUNJUK = frozenset(
    {
        "NIK", "KK", "NPWP", "PASSPORT", "SIM", "NIP", "BPJS", "NISN", "AKTA", "PHONE", "EMAIL", "BANK_ACCOUNT", "CARD",
        "PLATE", "NAME", "BIRTH_DATE",
    }
)  # fmt: skip


def mirip_nik(text: str) -> bool:
    """Whether sixteen digits stand in it, be it in groups: a number that has no place anywhere in the portal."""
    return _NIK.search(text) is not None


def samarkan(text: str) -> str:
    """The text with what names or reaches a person covered. It is a proposal: somebody still has to read it."""
    for match in reversed(detect_pii(text)):
        if match.type in _PENUNJUK:
            text = f"{text[: match.start]}{SAMAR}{text[match.end :]}"
    return text

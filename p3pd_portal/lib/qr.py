"""A text as QR code: what a template needs to draw it as SVG, and nothing that would have to be marked safe.

<svg viewBox="0 0 {{ qr.sisi }} {{ qr.sisi }}"><path d="{{ qr.jalur }}" /></svg>
"""

from dataclasses import dataclass
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


TEPI = 4
"""Light modules around the code, without which readers do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Qr:
    """The dark modules as one path on a square of `sisi` modules, the light edge included."""

    sisi: int
    jalur: str


def qr(text: str) -> Qr:
    """The smallest code that holds a text and can still be read when 15 per cent of it are covered.

    Raises:
        ValueError: empty, or longer than any code holds.
    """
    if not text:
        raise ValueError("Kode QR memerlukan isi.")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=TEPI)
    code.add_data(text)
    rows = code.get_matrix()
    return Qr(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, row: list[bool]) -> str:
    """Every run of dark modules of a line as one rectangle."""
    runs, x = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(runs)

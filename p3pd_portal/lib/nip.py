"""The number of a civil servant (NIP): birth date, month of appointment, sex and a serial number in 18 digits.

`19800312 200501 1 991`: born 12 March 1980, appointed January 2005, 1 male (2 female), serial 991. Contract staff
(PPPK) have a number of the same length whose digits of the month are no month; it is taken with a warning.
"""

import datetime
import re
from dataclasses import dataclass


YOUNGEST = 15
"""Years from birth to appointment below which a digit must be wrong."""

_SEX = {"1": "L", "2": "P"}


@dataclass(frozen=True)
class Nip:
    """What a number says of its holder.

    Attributes:
        bulan_tmt: month of appointment; None for a PPPK.
        jenis_kelamin: "L" or "P".
        peringatan: what is unusual, as sentences; "" when nothing is.
    """

    angka: str
    tanggal_lahir: datetime.date
    tahun_tmt: int
    bulan_tmt: int | None
    jenis_kelamin: str
    nomor_urut: str
    peringatan: str = ""

    def __str__(self) -> str:
        """As letters print it: 19800312 200501 1 991."""
        return f"{self.angka[:8]} {self.angka[8:14]} {self.angka[14]} {self.angka[15:]}"


def parse_nip(text: str, today: datetime.date) -> Nip:
    """Read a number typed with or without blanks, dots and hyphens.

    Args:
        today: nobody is appointed later than the year after this day.

    Raises:
        ValueError: a sentence that names the digits to look at.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{18}", digits, re.ASCII):
        raise ValueError(f"NIP terdiri atas 18 angka; yang tertulis {len(digits)} karakter. Periksa lagi.")
    try:
        born = datetime.datetime.strptime(digits[:8], "%Y%m%d").date()
    except ValueError:
        raise ValueError("Angka 1–8 NIP bukan tanggal lahir (tahun, bulan, hari). Periksa lagi.") from None
    year, month, sex = int(digits[8:12]), int(digits[12:14]), digits[14]
    if not born.year + YOUNGEST <= year <= today.year + 1:
        raise ValueError("Angka 9–12 NIP bukan tahun pengangkatan yang mungkin. Periksa lagi.")
    if sex not in _SEX:
        raise ValueError("Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan). Periksa lagi.")
    if 1 <= month <= 12:
        return Nip(digits, born, year, month, _SEX[sex], digits[15:])
    warning = "Angka 13–14 NIP bukan bulan. Diterima sebagai nomor PPPK; periksa bila pemiliknya PNS."
    return Nip(digits, born, year, None, _SEX[sex], digits[15:], warning)

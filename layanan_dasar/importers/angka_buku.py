"""One typed cell of a workbook → a figure, a dash, or nothing; with what is wrong or doubtful about it."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from layanan_dasar.importers.satuan import MOST, SERATUS, angka_nilai, tulis
from layanan_dasar.importers.tata_buku import STATUS_TULIS, Kolom
from layanan_dasar.models import Indikator, StatusNilai
from p3pd_portal.lib.cells import Pilihan, as_text


STRIP = ("-", "–", "—", "n/a", "na", "n.a.")
"""What people write where there is nothing to report."""

_YA_TIDAK = {"ya": Decimal(1), "tidak": Decimal(0)}
_SATU_TITIK = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_MANY = 10
_DATES = (datetime.date, datetime.time, datetime.timedelta)
_STATUS = Pilihan(("", StatusNilai.ADA, *STATUS_TULIS))
_TANGGAL = "Sel ini terbaca sebagai tanggal. Ubah format selnya menjadi angka, lalu ketik angkanya lagi."
_BUKAN_PERSEN = "Isi banyaknya dengan bilangan bulat, bukan persennya."


@dataclass(frozen=True)
class Ketikan:
    """A cell as it came: its value, or that of its formula, and how it is shown."""

    nilai: object
    format: str = "General"

    @property
    def teks(self) -> str:
        return "" if self.nilai is None else as_text(self.nilai)

    @property
    def is_strip(self) -> bool:
        return self.teks.lower() in STRIP

    def angka(self) -> Decimal | None:
        """Raises:
        ValueError: it is no figure.
        """
        if isinstance(self.nilai, float) and abs(self.nilai) < MOST:
            return angka_nilai(round(Decimal(repr(self.nilai)), 4))  # a third has sixteen digits, and is no NIK
        return angka_nilai(self.teks)

    def is_angka(self, number: Decimal | None) -> bool:
        """Whether it is this number, as a number."""
        return number is not None and isinstance(self.nilai, int | float) and self.nilai == float(number)

    @property
    def is_persen(self) -> bool:
        """Whether the spreadsheet shows 0.82 as 82%."""
        number = isinstance(self.nilai, int | float) and not isinstance(self.nilai, bool)
        return number and "%" in self.format


def status_of(ketikan: Ketikan) -> str:
    """Raises:
    ValueError: no word that we know, with those we do.
    """
    if ketikan.is_strip:
        return StatusNilai.TIDAK_DILAPORKAN
    return _STATUS("_".join(ketikan.teks.split()))


def angka_of(ketikan: Ketikan, kolom: Kolom, lalu: Decimal | None) -> Decimal | None:
    """The figure of a cell; None of an empty one or a dash.

    Args:
        lalu: what was last published of it.

    Raises:
        ValueError: none, or one that does not suit the column, with the repair.
    """
    if isinstance(ketikan.nilai, _DATES):
        raise ValueError(_TANGGAL)
    if ketikan.is_strip or not ketikan.teks:
        return None
    indikator = kolom.indikator
    if indikator.jenis == Indikator.Jenis.YA_TIDAK and ketikan.teks.lower() in _YA_TIDAK:
        return _YA_TIDAK[ketikan.teks.lower()]
    if kolom.is_bulat:
        return _bulat(ketikan, indikator)
    return _persen(ketikan, lalu) if indikator.satuan == "%" else ketikan.angka()


def _bulat(ketikan: Ketikan, indikator: Indikator) -> Decimal | None:
    if ketikan.is_persen or ketikan.teks.endswith("%"):
        raise ValueError(f"Sel ini ditulis sebagai persen. {_BUKAN_PERSEN}")
    number = ketikan.angka()
    if number is not None and number != number.to_integral_value():
        hint = f" {_BUKAN_PERSEN}" if indikator.jenis == Indikator.Jenis.PERSEN else ""
        raise ValueError(f"Jumlah ditulis bulat, tanpa desimal.{hint}")
    return number


def _persen(ketikan: Ketikan, lalu: Decimal | None) -> Decimal | None:
    """A figure of 0 to 100. A fraction of one is taken only where the last one was as small."""
    if ketikan.is_persen:
        whole = tulis(Decimal(repr(ketikan.nilai)) * SERATUS)
        raise ValueError(f"Sel ini berformat persen, jadi tersimpan sebagai pecahan. Ubah formatnya; tulis {whole}.")
    text = ketikan.teks
    number = angka_nilai(text[:-1].rstrip()) if text.endswith("%") else ketikan.angka()
    if number is not None and 0 < number < 1 and (lalu is None or lalu >= 1):
        whole = tulis(number * SERATUS)
        pesan = f"{tulis(number)} tampak seperti pecahan. Tulis {whole} untuk {whole}%"
        raise ValueError(f"{pesan}; bila memang di bawah satu persen, isikan langsung di portal.")
    return number


def keraguan(ketikan: Ketikan, number: Decimal, lalu: Decimal | None) -> str:
    """What to ask about a figure that was read, "" of a plain one: a point may have been meant as a comma."""
    if not isinstance(ketikan.nilai, str) or not _SATU_TITIK.fullmatch(ketikan.teks) or lalu is None or lalu >= _MANY:
        return ""
    meant = ketikan.teks.replace(".", ",")
    pesan = f"“{ketikan.teks}” dibaca {tulis(number)}, padahal angka terakhir {tulis(lalu)}."
    return f"{pesan} Bila maksudnya {meant}, tulis dengan koma."

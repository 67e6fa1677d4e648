"""One figure of a desa as files bring it: its cells, and what its indicator asks of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Self

from layanan_dasar.models import Indikator, Sel
from p3pd_portal.lib.angka import parse_decimal
from p3pd_portal.lib.cells import as_text
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.pribadi import mirip_nik


MOST = 10**10
SERATUS = 100
_BELOW_ONE = re.compile(r"0[.,]\d+", re.ASCII)


class BarisNilai(NamedTuple):
    """One figure as a file has it; `akhir` is the last day of its period."""

    nomor: int
    kode: str
    indikator: str
    periode: str
    akhir: Any
    pembilang: Decimal | None
    penyebut: Decimal | None
    status: str
    laki_laki: Decimal | None = None
    perempuan: Decimal | None = None
    disabilitas: Decimal | None = None

    @classmethod
    def of(cls, nomor: int, kode: str, indikator: Indikator, periode: Periode, sel: Sel) -> Self:
        """A cell of a sheet. Of ya/tidak the denominator is not typed: it is one."""
        penyebut = Decimal(1) if indikator.jenis == Indikator.Jenis.YA_TIDAK and sel.nilai is not None else sel.penyebut
        head = cls(nomor, kode, indikator.kode, str(periode), periode.akhir, sel.pembilang, penyebut, sel.status)
        return head._replace(laki_laki=sel.laki_laki, perempuan=sel.perempuan, disabilitas=sel.disabilitas)


def angka_nilai(cell: object) -> Decimal | None:
    """A count or a measure, not negative, at most four decimals; None of an empty cell or a dash.

    Raises:
        ValueError: what it is not, in words; also of what looks like a NIK.
    """
    text = as_text(cell)
    if mirip_nik(text):
        raise ValueError("Sel ini memuat angka 16 digit seperti NIK. Data pribadi tidak boleh diunggah; isi jumlahnya.")
    if _BELOW_ONE.fullmatch(text):
        return round(Decimal(text.replace(",", ".")), 4)
    number = parse_decimal(cell if isinstance(cell, int | float | Decimal) else text)
    if number is None:
        return None
    if not number.is_finite() or number < 0 or number >= MOST:
        raise ValueError("Angka harus nol sampai sepuluh miliar. Periksa tanda dan satuannya.")
    return round(number, 4)


def periode_sel(cell: object) -> Periode:
    """Raises:
    ValueError: not a period, with how to write one.
    """
    return Periode.parse(as_text(cell))


@dataclass(frozen=True)
class Satuan:
    """What an indicator's figure must look like, and the figure of a row.

    A percentage has a numerator and a denominator; a count or scale one number; ya/tidak 1 or 0 of 1.
    """

    indikator: Indikator

    def complete(self, pembilang: Decimal | None, penyebut: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """The pair as it is kept.

        Raises:
            ValueError: it does not fit the kind of indicator.
        """
        jenis = self.indikator.jenis
        if pembilang is None:
            raise ValueError("Pembilang belum diisi. Isi angkanya, atau tulis statusnya: tidak_dilaporkan.")
        if jenis == Indikator.Jenis.PERSEN:
            return pembilang, self._whole(pembilang, penyebut)
        if jenis == Indikator.Jenis.YA_TIDAK:
            if pembilang not in (0, 1):
                raise ValueError("Indikator ya/tidak diisi 1 (ya) atau 0 (tidak).")
            return pembilang, Decimal(1)
        if jenis == Indikator.Jenis.JUMLAH and pembilang != pembilang.to_integral_value():
            raise ValueError("Jumlah ditulis bulat, tanpa desimal.")
        if jenis == Indikator.Jenis.SKALA and self.indikator.satuan == "%" and pembilang > SERATUS:
            raise ValueError(f"{tulis(pembilang)}% melebihi 100%. Periksa angkanya.")
        return pembilang, None

    def _whole(self, pembilang: Decimal, penyebut: Decimal | None) -> Decimal:
        if penyebut is None:
            raise ValueError("Penyebut (sasaran) belum diisi. Isi sasarannya; tanpa itu persen tidak dapat digabung.")
        if pembilang > penyebut and self.indikator.jenis_penyebut == Indikator.JenisPenyebut.RIIL:
            pair = f"Pembilang {tulis(pembilang)} melebihi penyebut {tulis(penyebut)}"
            raise ValueError(f"{pair}, padahal penyebutnya riil. Periksa keduanya.")
        return penyebut


def tulis(number: Decimal | None) -> str:
    """As it is typed again: with as many decimals as it needs and no dots; "" of None."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")

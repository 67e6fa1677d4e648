"""How the workbook of a sheet of figures is laid out: what writes it and what reads it back agree here."""

from dataclasses import dataclass
from decimal import Decimal

from layanan_dasar.models import Indikator, Lembar, Sel, StatusNilai
from layanan_dasar.models.lembar import bagian_of


SKEMA = 1
"""Counts up when an older workbook can no longer be read."""
PETUNJUK, KODE, META, TEMUAN = "Petunjuk", "Kode", "_meta", "Temuan"
"""Names of its sheets; that of the figures is the code of the dataset."""

BARIS_KODE = 3
"""The row of machine codes, under those of labels and units."""
KODE_DESA, NAMA_DESA, JUMLAH = "kode_desa", "nama_desa", "JUMLAH"
LALU, STATUS = "lalu", "status"
STATUS_TULIS = (StatusNilai.TIDAK_DILAPORKAN, StatusNilai.TIDAK_BERLAKU)
"""Words for a cell without a figure."""
BERTOTAL = (Indikator.Jenis.PERSEN, Indikator.Jenis.JUMLAH)
"""Kinds of which a source can state a total of its own."""


@dataclass(frozen=True)
class Kolom:
    """A column of an indicator; `nomor` counts from 1."""

    indikator: Indikator
    bagian: str
    nomor: int

    @property
    def kode(self) -> str:
        return f"{self.indikator.kode}.{self.bagian}"

    @property
    def is_angka(self) -> bool:
        """Whether a figure is typed in it."""
        return self.bagian not in (LALU, STATUS)

    @property
    def is_bulat(self) -> bool:
        """Whether it counts people, households and the like. A scale alone has decimals."""
        return self.is_angka and (self.indikator.jenis != Indikator.Jenis.SKALA or self.bagian != "pembilang")


def kolom_of(lembar: Lembar) -> list[Kolom]:
    """All columns after those of the desa: of each indicator what was last published, its parts, and its status."""
    parts = [(satu, bagian) for satu in lembar.indikator for bagian in (LALU, *bagian_of(satu), STATUS)]
    return [Kolom(*part, nomor) for nomor, part in enumerate(parts, 3)]


def tampak(sel: Sel, indikator: Indikator) -> tuple[Decimal | str | None, ...]:
    """What a cell group shows in the workbook: its parts, then its status. A figure needs no word."""
    status = "" if sel.status == StatusNilai.ADA else str(sel.status)
    return (*(getattr(sel, bagian) for bagian in bagian_of(indikator)), status)

"""The cells of one desa and indicator in a workbook → what is filled in, or why it is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from layanan_dasar.importers.angka_buku import Ketikan, angka_of, keraguan, status_of
from layanan_dasar.importers.satuan import Satuan
from layanan_dasar.importers.tata_buku import STATUS, Kolom, tampak
from layanan_dasar.importers.temuan_buku import Catatan
from layanan_dasar.models import Indikator, Sel, StatusNilai
from layanan_dasar.models.lembar import KOSONG


@dataclass
class Kelompok:
    """The typed cells of a desa and indicator, by part, each with its address.

    Attributes:
        desa: its name, for whoever repairs the cell.
        dasar: with what it was filled; what shows the same still is the same, and is not checked again.
        lalu: what was last published.
        rusak: addresses that were already found unreadable.
    """

    indikator: Indikator
    desa: str
    kolom: Mapping[str, Kolom]
    sel: Mapping[str, str]
    ketikan: Mapping[str, Ketikan]
    dasar: Sel
    lalu: Sel
    rusak: set[str]
    catat: Catatan
    angka: dict[str, Decimal] = field(default_factory=dict)

    def read(self) -> Sel | None:
        """What is filled in; None where something is wrong, which is then noted."""
        status = self._status()
        readable = [self._angka(bagian) for bagian in self.ketikan if bagian != STATUS]
        if status is None or not all(readable):
            return None
        strip = [bagian for bagian, ketikan in self.ketikan.items() if ketikan.is_strip]
        shown = (*(self.angka.get(bagian) for bagian in self.ketikan if bagian != STATUS), status)
        if not strip and shown == tampak(self.dasar, self.indikator):
            return self.dasar
        return self._with_figure(status, strip) if self.angka else self._without_figure(status, strip)

    def _status(self) -> str | None:
        """The word, "" of a figure; None of one that nobody knows."""
        if self.sel[STATUS] in self.rusak:
            return None
        ketikan = self.ketikan[STATUS]
        if ketikan.teks and ketikan.teks == self.dasar.status:
            return ketikan.teks
        try:
            return status_of(ketikan)
        except ValueError as error:
            self._galat(STATUS, str(error))
            return None

    def _angka(self, bagian: str) -> bool:
        """Note the figure of a part, if there is one. Whether it could be read."""
        if self.sel[bagian] in self.rusak:
            return False
        ketikan, lalu, dasar = self.ketikan[bagian], getattr(self.lalu, bagian), getattr(self.dasar, bagian)
        try:
            number = dasar if ketikan.is_angka(dasar) else angka_of(ketikan, self.kolom[bagian], lalu)
        except ValueError as error:
            self._galat(bagian, str(error))
            return False
        if number is not None:
            self.angka[bagian] = number
            if pesan := keraguan(ketikan, number, lalu):
                self.catat.add_peringatan(self.sel[bagian], pesan, self.desa, self.indikator.kode, bagian)
        return True

    def _without_figure(self, status: str, strip: list[str]) -> Sel | None:
        if status == StatusNilai.ADA:
            return self._complete()
        self.catat.n_strip += bool(strip)
        status = status or (StatusNilai.TIDAK_DILAPORKAN.value if strip else "")
        return Sel(status=status) if status else KOSONG

    def _with_figure(self, status: str, strip: list[str]) -> Sel | None:
        if status not in ("", StatusNilai.ADA):
            pesan = f"Status “{status}” tidak dapat bersama angka. Hapus statusnya, atau kosongkan angkanya."
            self._galat(STATUS, pesan)
            return None
        if "pembilang" in strip:
            pesan = "“-” berarti tidak dilaporkan, padahal angka lain diisi. Tulis 0 bila memang nol, atau kosongkan."
            self._galat("pembilang", pesan)
            return None
        return self._complete()

    def _complete(self) -> Sel | None:
        parts = {bagian: self.angka.get(bagian) for bagian in self.ketikan if bagian != STATUS}
        pembilang, penyebut = parts.pop("pembilang"), parts.pop("penyebut", None)
        try:
            pembilang, penyebut = Satuan(self.indikator).complete(pembilang, penyebut)
        except ValueError as error:
            lone = pembilang is not None and penyebut is None and "penyebut" in self.sel
            self._galat("penyebut" if lone else "pembilang", str(error))
            return None
        return Sel(pembilang, penyebut, **parts, status=StatusNilai.ADA.value)

    def _galat(self, bagian: str, pesan: str) -> None:
        self.catat.add_galat(self.sel[bagian], pesan, self.desa, self.indikator.kode, bagian)

"""What the rules find on a sheet of figures. Pure: everything it needs stands in the sheet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.models import AturanIsian, Indikator, Lembar, Sel, StatusNilai
from layanan_dasar.models.kosakata import KOLOM
from layanan_dasar.models.lembar import KOSONG
from p3pd_portal.lib.rumus import Kalimat, Rumus
from p3pd_portal.lib.rumus_langkah import Env
from p3pd_portal.lib.statistik import z_modifikasi


MAKS_PESAN = 400
_TANPA_ANGKA = (StatusNilai.TIDAK_ADA_SASARAN, StatusNilai.TIDAK_BERLAKU)


@dataclass(frozen=True)
class TemuanBaru:
    """A rule that does not hold: of a cell, of a desa (no indicator), or of an indicator over all desa (no region)."""

    aturan: str
    wilayah_id: int | None
    indikator: str | None
    pesan: str


def periksa_lembar(lembar: Lembar, aturan: Sequence[AturanIsian], on: date) -> list[TemuanBaru]:
    """Findings of the rules in force on a day: those of cells by desa and indicator, then of desa, then of indicators.

    A rule whose figures are missing says nothing.

    Raises:
        ValueError: a rule cannot be read; rules are checked before they are stored.
    """
    rules = {cakupan: [_Siap.of(a) for a in aturan if a.cakupan == cakupan and a.holds(on)] for cakupan in _CAKUPAN}
    lajur = [_Lajur(lembar, indikator) for indikator in lembar.indikator]
    return [
        *_of_cells(lembar, lajur, rules[_CAKUPAN.SEL]),
        *(found for desa in lembar.desa for found in _broken(rules[_CAKUPAN.DESA], _desa(lembar, desa), desa.pk, None)),
        *(found for one in lajur for found in _broken(rules[_CAKUPAN.LAJUR], one.env(), None, one.kode)),
    ]


_CAKUPAN = AturanIsian.Cakupan


@dataclass(frozen=True)
class _Siap:
    """A rule that was read."""

    kode: str
    rumus: Rumus
    kalimat: Kalimat

    @classmethod
    def of(cls, aturan: AturanIsian) -> "_Siap":
        return cls(aturan.kode, aturan.rumus, aturan.kalimat)


def _broken(rules: list[_Siap], env: Env, wilayah_id: int | None, indikator: str | None) -> Iterator[TemuanBaru]:
    for rule in rules:
        if rule.rumus.evaluate(env) is False:
            yield TemuanBaru(rule.kode, wilayah_id, indikator, rule.kalimat.write(env)[:MAKS_PESAN])


def _of_cells(lembar: Lembar, lajur: list["_Lajur"], rules: list[_Siap]) -> Iterator[TemuanBaru]:
    for desa in lembar.desa:
        for one in lajur:
            sel = lembar.isi.get((desa.pk, one.kode), KOSONG)
            if sel.status == StatusNilai.ADA:
                yield from _broken(rules, one.env_sel(desa, sel), desa.pk, one.kode)


def _figure(sel: Sel, kolom: str) -> Decimal | None:
    """A figure of a cell that has one."""
    value: Decimal | None = getattr(sel, kolom) if sel.status == StatusNilai.ADA else None
    return value


def _penduduk(lembar: Lembar, desa: Wilayah) -> Decimal | None:
    count = lembar.penduduk.get(desa.pk)
    return None if count is None else Decimal(count)


def _desa(lembar: Lembar, desa: Wilayah) -> Env:
    """What rules across the indicators of a desa speak of; an indicator that is not on the sheet has no figures."""

    def figure(kolom: str, kode: str) -> Decimal | None:
        return _figure(lembar.isi.get((desa.pk, kode), KOSONG), kolom)

    return {kolom: partial(figure, kolom) for kolom in KOLOM} | {"penduduk": _penduduk(lembar, desa)}


class _Lajur:
    """An indicator on the sheet: what is known of it, and its figures over all desa."""

    def __init__(self, lembar: Lembar, indikator: Indikator) -> None:
        self.lembar = lembar
        self.kode = indikator.kode
        self.fakta = {
            "riil": indikator.jenis_penyebut == Indikator.JenisPenyebut.RIIL,
            "proyeksi": indikator.jenis_penyebut == Indikator.JenisPenyebut.PROYEKSI,
            "kumulatif": indikator.kumulatif,
            "awal_tahun": lembar.periode.nomor == 1,
            "persen": indikator.jenis == Indikator.Jenis.PERSEN,
            "jumlah": indikator.jenis == Indikator.Jenis.JUMLAH,
        }
        self.sel = {desa.pk: lembar.sel(desa, indikator) for desa in lembar.desa}
        self.values: Callable[[str], dict[int, Decimal]] = cache(self._values)
        self.z: Callable[[str], dict[int, Decimal]] = cache(self._z)

    def _values(self, kolom: str) -> dict[int, Decimal]:
        """By desa, without those that have none."""
        found = ((pk, _figure(sel, kolom)) for pk, sel in self.sel.items())
        return {pk: value for pk, value in found if value is not None}

    def _z(self, kolom: str) -> dict[int, Decimal]:
        """How far each desa stands from the others; empty where nothing can stand out."""
        values = self.values(kolom)
        scores = z_modifikasi(list(values.values()))
        return dict(zip(values, scores, strict=True)) if scores else {}

    def env_sel(self, desa: Wilayah, sel: Sel) -> Env:
        key = (desa.pk, self.kode)
        return {
            **self.fakta,
            **{kolom: getattr(sel, kolom) for kolom in KOLOM},
            "penduduk": _penduduk(self.lembar, desa),
            "lalu": partial(_figure, self.lembar.lalu.get(key, KOSONG)),
            "setahun": partial(_figure, self.lembar.setahun.get(key, KOSONG)),
            "z": lambda kolom: self.z(kolom).get(desa.pk),
        }

    def env(self) -> Env:
        known = [sel for sel in self.sel.values() if sel.status == StatusNilai.ADA or sel.status in _TANPA_ANGKA]
        stated = self.lembar.isi.get((self.lembar.kecamatan.pk, self.kode), KOSONG)
        return {
            **self.fakta,
            "lengkap": len(known) == len(self.sel),
            "total": partial(_figure, stated),
            **{name: partial(self.over_all, work) for name, work in _UKURAN.items()},
        }

    def over_all(self, work: Callable[[list[Decimal]], Any], kolom: str) -> Decimal | None:
        """One figure of all desa; None if none of them has any."""
        values = list(self.values(kolom).values())
        return Decimal(work(values)) if values else None


def _porsi_bulat(values: list[Decimal]) -> Decimal:
    """Share of figures that end in 0 or 5."""
    return Decimal(sum(value % 5 == 0 for value in values)) / len(values)


_UKURAN: dict[str, Callable[[list[Decimal]], Any]] = {
    "banyak": len,
    "sum": sum,
    "beda": lambda values: len(set(values)),
    "porsi_bulat": _porsi_bulat,
}

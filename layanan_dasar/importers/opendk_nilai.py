"""A file in an indicator template of OpenDK → figures: one row a desa and period, one or two columns a figure.

Desa and period stand in columns (desa_id; bulan and tahun, semester and tahun, or periode) or are told beside the
file, as OpenDK's upload form does. Every period stands for itself: nothing is added over months or semesters.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kecamatan.importers.daftar import kode_wilayah
from layanan_dasar.importers.opendk_templat import Templat
from layanan_dasar.importers.satuan import BarisNilai, Satuan, angka_nilai, periode_sel
from layanan_dasar.models import Indikator, StatusNilai
from p3pd_portal.lib.cells import as_text, teks
from p3pd_portal.lib.importing import Column, Errors, clean_rows, header_names
from p3pd_portal.lib.periode import BULAN, PER_TAHUN, Periode
from p3pd_portal.lib.spreadsheet import Rejected, RowError, Table, rejected


_PENYAKIT = (
    "Penderita semua penyakit di berkas ini dijumlahkan per desa dan bulan. Berkas berikutnya untuk bulan yang sama "
    "mengganti jumlah itu, tidak menambahnya: satukan semua penyakit dalam satu berkas."
)


@dataclass(frozen=True)
class Keterangan:
    """What is told beside a file, of every row that does not say it itself."""

    periode: Periode | None = None
    desa: str = ""
    penyakit: str = ""


def read_templat(table: Table, templat: Templat, isian: Keterangan, errors: Errors) -> Iterator[BarisNilai]:
    """The figures of a template, each once. The catalogue is read at once, the file as the rows are asked for.

    Raises:
        Rejected: desa, period or disease stand neither in a column nor beside the file; or the catalogue lacks the
            indicators.
    """
    isian = _told(table, templat, isian)
    found = Indikator.objects.in_bulk(list(templat.figures))
    missing = sorted(templat.figures.keys() - found.keys())
    if missing:
        raise rejected(f"Indikator {', '.join(missing)} belum ada di katalog. Jalankan dulu: manage.py impor acuan.")
    rows = _figures(table, templat, isian, {kode: Satuan(satu) for kode, satu in found.items()}, errors)
    if templat.penyakit:
        table.notes.append(_PENYAKIT)
        return summed(rows)
    return rows


def _told(table: Table, templat: Templat, isian: Keterangan) -> Keterangan:
    """What is told, checked, with everything that is told nowhere named at once."""
    header, errors = set(header_names(table)), Errors()
    if isian.periode and isian.periode.frekuensi != templat.frekuensi:
        errors.add(0, "periode", _unfit(templat, isian.periode))
    elif not isian.periode and "periode" not in header and not {templat.bagian, "tahun"} <= header:
        text = f"Sebutkan periodenya ({templat.contoh}), atau tambahkan kolom {templat.bagian} dan tahun."
        errors.add(table.header_row, "periode", text)
    if not isian.desa and "desa_id" not in header:
        errors.add(table.header_row, "desa_id", "Sebutkan kode desanya, atau tambahkan kolom desa_id.")
    if templat.penyakit and not isian.penyakit and not header & {"penyakit_id", "penyakit"}:
        text = "Sebutkan penyakitnya, atau tambahkan kolom penyakit: satu baris per desa dan penyakit."
        errors.add(table.header_row, "penyakit", text)
    elif isian.penyakit and not templat.penyakit:
        errors.add(0, "penyakit", f"Templat {templat.nama} tidak dirinci menurut penyakit. Kosongkan penyakitnya.")
    errors.raise_if_any()
    try:
        return Keterangan(isian.periode, isian.desa and kode_wilayah(isian.desa), isian.penyakit)
    except ValueError as error:
        raise Rejected([RowError(0, "desa_id", str(error))]) from error


def _unfit(templat: Templat, periode: Periode) -> str:
    return f"Templat {templat.nama} dilaporkan per {templat.contoh}; periode {periode} tidak cocok."


def _figures(
    table: Table, templat: Templat, isian: Keterangan, katalog: Mapping[str, Satuan], errors: Errors
) -> Iterator[BarisNilai]:
    columns = _columns(templat)
    names = [column.name for column in columns]
    seen: dict[tuple[str, ...], int] = {}
    for nomor, cells in clean_rows(table, columns, errors):
        values = dict(zip(names, cells, strict=True))
        try:
            periode = _periode(values, templat, isian)
        except ValueError as error:
            errors.add(nomor, "periode", str(error))
            continue
        kode = values["desa_id"] or isian.desa
        penyakit = _disease(values, isian) if templat.penyakit else ""
        if _is_first(nomor, (kode, str(periode), penyakit), templat, seen, errors):
            for indikator, pair in _pairs(nomor, values, templat, katalog, errors):
                yield BarisNilai(nomor, kode, indikator, str(periode), periode.akhir, *pair, StatusNilai.ADA.value)


def _columns(templat: Templat) -> list[Column]:
    told = [
        Column("desa_id", _or_none(kode_wilayah), "kode Kemendagri desa", repeats=True, optional=True),
        Column("periode", _or_none(periode_sel), templat.contoh, repeats=True, optional=True),
        Column(templat.bagian, _or_none(_nomor(templat.frekuensi)), repeats=True, optional=True),
        Column("tahun", _or_none(_tahun), repeats=True, optional=True),
    ]
    if templat.penyakit:
        told += [Column(name, teks, repeats=True, optional=True) for name in ("penyakit_id", "penyakit")]
    return [*told, *(Column(name, angka_nilai) for name in templat.kolom)]


def _or_none(clean: Callable[[object], object]) -> Callable[[object], object]:
    return lambda cell: clean(cell) if as_text(cell) else None


def _nomor(frekuensi: str) -> Callable[[object], int]:
    """Number of a month, which may be written as its name, or of a semester."""
    most = PER_TAHUN[frekuensi]
    known = {str(n): n for n in range(1, most + 1)} | {f"{n:02}": n for n in range(1, most + 1)}
    if frekuensi == "B":
        known |= {name.lower(): n for n, name in enumerate(BULAN, 1)}

    def clean(cell: object) -> int:
        text = as_text(cell).lower()
        if text not in known:
            raise ValueError(f"“{text[:20]}” tidak dikenal. Isi angka 1 sampai {most}.")
        return known[text]

    return clean


def _tahun(cell: object) -> int:
    periode = periode_sel(cell)
    if periode.frekuensi != "Y":
        raise ValueError("Tahun ditulis empat angka, misalnya 2025.")
    return periode.tahun


def _periode(values: Mapping[str, Any], templat: Templat, isian: Keterangan) -> Periode:
    """The period of a row.

    Raises:
        ValueError: it says none, half of one, two different ones, or one of another length.
    """
    nomor, tahun = values[templat.bagian], values["tahun"]
    if (nomor is None) != (tahun is None):
        raise ValueError(f"Isi {templat.bagian} dan tahun keduanya.")
    parts = Periode(templat.frekuensi, tahun, nomor) if tahun else None
    if parts and values["periode"] not in (None, parts):
        raise ValueError(f"Periode {values['periode']} berbeda dari {templat.bagian} dan tahunnya, {parts}.")
    periode: Periode | None = values["periode"] or parts or isian.periode
    if periode is None:
        raise ValueError(f"Periode baris ini belum diisi. Tulis {templat.contoh}.")
    if periode.frekuensi != templat.frekuensi:
        raise ValueError(_unfit(templat, periode))
    return periode


def _disease(values: Mapping[str, Any], isian: Keterangan) -> str:
    return str(values["penyakit_id"] or values["penyakit"] or isian.penyakit).casefold()


def _is_first(
    nomor: int, key: tuple[str, str, str], templat: Templat, seen: dict[tuple[str, ...], int], errors: Errors
) -> bool:
    """Whether a row says of which desa (and disease) it tells, and no row before it did."""
    kode, periode, penyakit = key
    if not kode:
        errors.add(nomor, "desa_id", "Kode desa baris ini belum diisi.")
    elif templat.penyakit and not penyakit:
        errors.add(nomor, "penyakit", "Penyakit baris ini belum diisi.")
    elif key in seen:
        of = f" penyakit {penyakit}" if penyakit else ""
        text = f"Desa {kode}{of} periode {periode} sudah ada di baris {seen[key]}. Sisakan satu."
        errors.add(nomor, "desa_id", text)
    else:
        seen[key] = nomor
        return True
    return False


def _pairs(
    nomor: int, values: Mapping[str, Any], templat: Templat, katalog: Mapping[str, Satuan], errors: Errors
) -> Iterator[tuple[str, tuple[Decimal | None, Decimal | None]]]:
    """Indicators of a row with numerator and denominator; those whose cells are all empty are not reported."""
    for indikator, names in templat.figures.items():
        cells = [values[name] for name in names]
        empty = [name for name, cell in zip(names, cells, strict=True) if cell is None]
        if len(empty) == len(names):
            continue
        if empty:
            errors.add(nomor, empty[0], f"Isi {' dan '.join(names)} keduanya, atau kosongkan keduanya.")
            continue
        try:
            yield indikator, katalog[indikator].complete(*cells, *[None] * (2 - len(cells)))
        except ValueError as error:
            errors.add(nomor, names[0], str(error))


def summed(rows: Iterator[BarisNilai]) -> Iterator[BarisNilai]:
    """Figures of the same desa, indicator and period added up."""
    found: dict[tuple[str, str, str], BarisNilai] = {}
    for baris in rows:
        key = (baris.kode, baris.indikator, baris.periode)
        if key in found:
            baris = found[key]._replace(pembilang=(found[key].pembilang or 0) + (baris.pembilang or Decimal(0)))
        found[key] = baris
    yield from found.values()

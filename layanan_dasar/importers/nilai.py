"""Files of figures for any number of desa → one stream of numerators and denominators.

Two shapes: the long form (one figure a row), and lists with a column for each figure, read by a `PetaKolom`; the
templates of OpenDK are in opendk_nilai.py. Codes of villages may be older than the list in force; see actions/nilai.py
for what is done with them.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kecamatan.importers.daftar import kode_wilayah
from layanan_dasar.importers.satuan import BarisNilai, Satuan, angka_nilai, periode_sel
from layanan_dasar.models import AturanKolom, Indikator, PetaKolom, StatusNilai
from p3pd_portal.lib.cells import Pilihan, as_text
from p3pd_portal.lib.importing import Column, Errors, clean_rows, header_names
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected, RowError, Table, rejected


def read_nilai(table: Table, peta: PetaKolom | None, periode: Periode | None, errors: Errors) -> Iterator[BarisNilai]:
    """The figures of a file, each once. The catalogue is read at once, the file as the rows are asked for.

    Args:
        peta: which columns feed which indicators; None for the long form.
        periode: of all figures of a file without a column `periode`.

    Raises:
        Rejected: the header does not fit, or the mapping names what does not exist.
    """
    katalog = {satu.kode: Satuan(satu) for satu in Indikator.objects.all()}
    rows = _long(table, katalog, errors) if peta is None else _wide(table, peta, periode, katalog, errors)
    return _once(rows, errors)


def _once(rows: Iterator[BarisNilai], errors: Errors) -> Iterator[BarisNilai]:
    seen: dict[tuple[str, str, str], int] = {}
    for baris in rows:
        key = (baris.kode, baris.indikator, baris.periode)
        if key in seen:
            text = f"{baris.indikator} desa {baris.kode} periode {baris.periode} sudah ada di baris {seen[key]}."
            errors.add(baris.nomor, "indikator", f"{text} Sisakan satu.")
        else:
            seen[key] = baris.nomor
            yield baris


def _long(table: Table, katalog: Mapping[str, Satuan], errors: Errors) -> Iterator[BarisNilai]:
    columns = [
        Column("kode_desa", kode_wilayah, "kode Kemendagri desa"),
        Column("indikator", _known(katalog), "kode indikator, misalnya PDK-01", repeats=True),
        Column("periode", periode_sel, "2025, 2025-S1, 2025-T3, atau 2025-07", repeats=True),
        Column("pembilang", angka_nilai, "angka; kosong bila statusnya bukan ada"),
        Column("penyebut", angka_nilai, "sasaran; hanya untuk persen"),
        Column("status", Pilihan(("", *StatusNilai.values)), "kosong berarti ada", repeats=True, optional=True),
    ]
    for nomor, (kode, satuan, periode, pembilang, penyebut, status) in clean_rows(table, columns, errors):
        with_status = status or StatusNilai.ADA
        pair = (None, None) if with_status != StatusNilai.ADA else (pembilang, penyebut)
        yield from _checked(nomor, kode, satuan, periode, pair, with_status, errors)


def _wide(
    table: Table, peta: PetaKolom, periode: Periode | None, katalog: Mapping[str, Satuan], errors: Errors
) -> Iterator[BarisNilai]:
    rules = peta.aturan_kolom
    unknown = sorted({rule.indikator for rule in rules} - katalog.keys())
    if unknown:
        raise rejected(f"Peta kolom “{peta.kode}” menyebut indikator yang tidak ada: {', '.join(unknown)}.")
    names = list(dict.fromkeys(name for rule in rules for name in (*rule.pembilang, *rule.penyebut)))
    words = {rule.pembilang[0] for rule in rules if rule.ya}
    columns = [Column(peta.kolom_kode, kode_wilayah, "kode desa")]
    columns += [Column(name, as_text if name in words else angka_nilai, repeats=name in words) for name in names]
    dated = "periode" in header_names(table)
    if dated:
        columns.append(Column("periode", periode_sel, repeats=True))
    elif periode is None:
        raise Rejected([RowError(table.header_row, "periode", "Sebutkan periodenya: berkas ini tidak memuatnya.")])
    for nomor, (kode, *cells) in clean_rows(table, columns, errors):
        of: Any = cells.pop() if dated else periode
        values = dict(zip(names, cells, strict=True))
        for rule in rules:
            pair = _pair(rule, values)
            if pair is not None:
                yield from _checked(nomor, kode, katalog[rule.indikator], of, pair, StatusNilai.ADA, errors)


def _pair(rule: AturanKolom, values: dict[str, Any]) -> tuple[Decimal | None, Decimal | None] | None:
    """Numerator and denominator of a rule in a row; None where one of its cells is empty: not reported."""
    if rule.ya:
        word = values[rule.pembilang[0]]
        return (Decimal(word in rule.ya), None) if word else None
    if any(values[name] is None for name in (*rule.pembilang, *rule.penyebut)):
        return None
    whole = sum((values[name] for name in rule.penyebut), Decimal(0)) if rule.penyebut else None
    return sum((values[name] for name in rule.pembilang), Decimal(0)), whole


def _checked(
    nomor: int,
    kode: str,
    satuan: Satuan,
    periode: Periode,
    pair: tuple[Decimal | None, Decimal | None],
    status: str,
    errors: Errors,
) -> Iterator[BarisNilai]:
    """The figure, if it fits its indicator and period; else an error."""
    indikator = satuan.indikator
    if periode.frekuensi != indikator.frekuensi:
        text = f"{indikator.kode} dilaporkan {indikator.get_frekuensi_display()}; periode {periode} tidak cocok."
        errors.add(nomor, "periode", text)
        return
    if status == StatusNilai.ADA:
        try:
            pair = satuan.complete(*pair)
        except ValueError as error:
            errors.add(nomor, indikator.kode, str(error))
            return
    yield BarisNilai(nomor, kode, indikator.kode, str(periode), periode.akhir, *pair, str(status))


def _known(katalog: Mapping[str, Satuan]) -> Callable[[object], Satuan]:
    def clean(cell: object) -> Satuan:
        kode = as_text(cell).upper()
        if kode not in katalog:
            raise ValueError(f"Indikator “{kode[:20]}” tidak ada di katalog. Lihat daftarnya di halaman Indikator.")
        return katalog[kode]

    return clean

"""Files of village budgets for the small world, as people would hand them in: a few lines, round amounts."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from django.db import connection, models
from openpyxl import Workbook

from kecamatan.models import BerkasImpor
from layanan_dasar.actions.belanja import HasilImpor, impor_apbdes
from layanan_dasar.models import APBDes, BarisAPBDes, KualitasBelanja, TotalAPBDes
from p3pd_portal.lib.spreadsheet import Rejected


A1, A2, A3 = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"
B1, X1 = "11.01.02.2001", "99.01.01.2001"

TEMPLAT = (
    "kode_desa", "tahun", "jenis", "kode_kegiatan", "nama_kegiatan", "kode_rekening", "sumber_dana", "anggaran",
    "realisasi_s1", "realisasi_s2", "per_tanggal", "volume", "satuan", "kode_output", "nomor_perdes", "tanggal_perdes",
)  # fmt: skip
WAJIB = TEMPLAT[:11]
"""The template without its optional columns."""
PUBLIKASI = (
    "kode_desa", "tahun", "jenis", "periode", "kode_kegiatan", "kode_rekening", "uraian", "anggaran", "realisasi",
    "anggaran_perubahan", "sumber",
)  # fmt: skip
TABLES = (APBDes, BarisAPBDes, TotalAPBDes, KualitasBelanja, BerkasImpor)

Row = Mapping[str, object]


def belanja(anggaran: object = 600, **cells: object) -> Row:
    """A template line of Desa A1: posyandu, paid from Dana Desa."""
    line = {"kode_desa": A1, "tahun": 2025, "jenis": "awal", "kode_kegiatan": "02.02.02", "nama_kegiatan": "Posyandu"}
    return line | {"kode_rekening": "5.2.1.01", "sumber_dana": "DDS", "anggaran": anggaran} | cells


def akun(kode_rekening: str, anggaran: object, **cells: object) -> Row:
    """A template line without kegiatan: revenue, financing, or a control row."""
    line = {"kode_kegiatan": "", "nama_kegiatan": "", "kode_rekening": kode_rekening, "sumber_dana": ""}
    return belanja(anggaran, **(line | cells))


def publikasi(kode: str, uraian: str, anggaran: object, realisasi: object = "", **cells: object) -> Row:
    """A line of a published budget of Desa A1; `kode` is "01.01.01", "4.2.1", "01.01.01/5.1.1" or "" (a total)."""
    codes = kode.split("/")
    line = {"kode_desa": A1, "tahun": 2025, "jenis": "anggaran", "uraian": uraian, "anggaran": anggaran}
    line |= {"kode_kegiatan": codes[0] if codes[0].startswith("0") else "", "realisasi": realisasi}
    return line | {"kode_rekening": "" if codes[-1].startswith("0") else codes[-1]} | cells


def apbdes_utuh(**cells: object) -> list[Row]:
    """A balanced budget of Desa A1: revenue 1000, spending 1030, financing 50 in and 20 out."""
    return [
        akun("4.2.1", 1000, sumber_dana="DDS", **cells),
        belanja(600, **cells),
        belanja(430, kode_kegiatan="01.01.01", kode_rekening="5.1.1.01", sumber_dana="ADD", **cells),
        akun("6.1.1", 50, **cells),
        akun("6.2.2", 20, **cells),
    ]


def csv_bytes(
    rows: Iterable[Row], header: Sequence[str] = TEMPLAT, delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Row], header: Sequence[str] = TEMPLAT) -> bytes:
    """A workbook whose cells keep their kind: numbers, dates, text."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(header))
    for row in rows:
        book.active.append([row.get(name) for name in header])
    book.save(out)
    return out.getvalue()


def impor(content: bytes | Iterable[Row], /, **options: Any) -> HasilImpor:
    """Import a file, or template lines as CSV; options are those of `impor_apbdes`."""
    return impor_apbdes(io.BytesIO(content if isinstance(content, bytes) else csv_bytes(content)), **options)


def impor_publikasi(*rows: Row, **options: Any) -> HasilImpor:
    return impor(csv_bytes(rows, PUBLIKASI), **options)


def ditolak(content: bytes | Iterable[Row], /, **options: Any) -> list[tuple[int, str, str]]:
    """(row, column, sentence) of every error of a file that is refused and leaves no trace."""
    before = isi_tabel()
    with pytest.raises(Rejected) as refused:
        impor(content, **options)
    assert isi_tabel() == before
    assert refused.value.total == len(refused.value.errors)
    return [(error.baris, error.kolom, error.pesan) for error in refused.value.errors]


def satu_galat(content: bytes | Iterable[Row], /, **options: Any) -> tuple[int, str, str]:
    """The only error of a refused file."""
    (galat,) = ditolak(content, **options)
    return galat


def isi_tabel(tables: Iterable[type[models.Model]] = TABLES) -> dict[str, set[tuple[str, str]]]:
    """Every stored row with its physical place, so that even an update to the same values shows."""
    rows = {}
    with connection.cursor() as cursor:
        for name in (model._meta.db_table for model in tables):
            cursor.execute(f'SELECT ctid::text, t::text FROM "{name}" t')
            rows[name] = set(cursor.fetchall())
    return rows


def baris_tersimpan(**apbdes: object) -> list[tuple[str, str, str, int | None]]:
    """Stored lines (kegiatan, rekening, sumber dana, anggaran) of the budgets with these properties."""
    lines = BarisAPBDes.objects.filter(**{f"apbdes__{name}": value for name, value in apbdes.items()})
    return sorted(lines.values_list("kode_kegiatan", "kode_rekening", "sumber_dana", "anggaran"))


def total_tersimpan(**apbdes: object) -> dict[str, int | None]:
    """Stored totals: code → anggaran."""
    totals = TotalAPBDes.objects.filter(**{f"apbdes__{name}": value for name, value in apbdes.items()})
    return dict(totals.values_list("kode", "anggaran"))


def nilai(model: type[models.Model], *ignored: str) -> list[dict[str, Any]]:
    """All rows of a table without their surrogate keys and times: what they say."""
    skipped = {"id", "updated_at", "apbdes_id", *ignored}
    rows = [{name: value for name, value in row.items() if name not in skipped} for row in model.objects.values()]
    return sorted(rows, key=repr)

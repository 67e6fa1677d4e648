"""Files of people for the small world."""

import csv
import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook

from kecamatan.importers.orang import KOLOM


Row = Mapping[str, object]
SITI = {
    "nama": "Siti Aminah", "nip": "198003122005012991", "surel": "siti@uji.test", "telepon": "0812 3456 7890",
    "peran": "operator_kecamatan", "kode_wilayah": "11.01.01", "mulai": "2026-01-01",
}  # fmt: skip
BUDI = {
    "nama": "Budi",
    "surel": "budi@uji.test",
    "peran": "operator_desa",
    "kode_wilayah": "1101012001",
    "mulai": "2026-01-01",
}


def csv_orang(rows: Iterable[Row], header: Iterable[str] = KOLOM) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(header), restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def xlsx_orang(rows: Iterable[Row]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(KOLOM)
    for row in rows:
        book.active.append([row.get(name) for name in KOLOM])
    book.save(out)
    return out.getvalue()

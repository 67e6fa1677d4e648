"""Resident files as OpenSID packs them, of invented people: names and numbers that can be searched for afterwards."""

import csv
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from openpyxl import Workbook

from kecamatan.importers.acuan import impor_bidang
from layanan_dasar.importers.katalog import read_indikator
from layanan_dasar.models import Indikator


FIXTURES = settings.BASE_DIR / "fixtures"
A1, A2, B1 = "11.01.01.2001", "11.01.01.2002", "11.01.02.2001"
JULI = "2025-07"
KOLOM = (
    "alamat", "dusun", "rw", "rt", "nama", "nomor_kk", "nomor_nik", "jenis_kelamin", "tempat_lahir", "tanggal_lahir",
    "agama", "pendidikan_dlm_kk", "pendidikan_sdg_ditempuh", "pekerjaan", "kawin", "hubungan_keluarga",
    "kewarganegaraan", "nama_ayah", "nama_ibu", "gol_darah", "akta_lahir", "nomor_dokumen_pasport",
    "tanggal_akhir_pasport", "nomor_dokumen_kitas", "nik_ayah", "nik_ibu", "nomor_akta_perkawinan",
    "tanggal_perkawinan", "nomor_akta_perceraian", "tanggal_perceraian", "cacat", "cara_kb", "hamil", "ktp_el",
    "status_rekam", "alamat_sekarang", "id", "foto", "status_dasar", "created_at", "updated_at", "desa_id",
)  # fmt: skip
NIK, KK = "1101010101", "1101019999"
RAHASIA = ("Sutrisnowati", "Jalan Kenangan", "Parmudjito", "Karangwungu", NIK, KK, "AKTA-778", "kecil_foto")
"""Every word by which a person of these files could be found again."""
Row = Mapping[str, object]


def orang(nomor: int, lahir: object = "1990-05-17", **cells: object) -> Row:
    """A living adult of Desa A1 with every document, one family card for each ten people."""
    row = {
        "alamat": "Jalan Kenangan", "dusun": "Karangwungu", "nama": f"Sutrisnowati {nomor}",
        "nomor_kk": f"{KK}{nomor // 10:06}", "nomor_nik": f"{NIK}{nomor:06}", "jenis_kelamin": "1",
        "tempat_lahir": "Karangwungu", "tanggal_lahir": lahir, "nama_ayah": "Parmudjito", "nik_ibu": f"{NIK}999999",
        "akta_lahir": f"AKTA-778{nomor}", "cacat": "7", "ktp_el": "2", "status_rekam": "4", "id": nomor,
        "foto": "kecil_foto.jpg", "status_dasar": "1", "created_at": "2020-01-01 00:00:00", "desa_id": A1,
    }  # fmt: skip
    return row | cells


def csv_penduduk(*rows: Row, kolom: tuple[str, ...] = KOLOM, header: bool = True) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, kolom, restval="", extrasaction="ignore")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_penduduk(*rows: Row) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(KOLOM))
    for row in rows:
        book.active.append([row.get(name) for name in KOLOM])
    book.save(out)
    return out.getvalue()


def zip_penduduk(*rows: Row, **parts: bytes) -> bytes:
    """The package: one table, and a photograph named after somebody's NIK."""
    return pack({"penduduk_22_12_2020_opendk.csv": csv_penduduk(*rows), f"{NIK}000001-1.jpg": b"\xff\xd8foto"} | parts)


def pack(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 12, 22, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def load_katalog() -> None:
    """The indicators of OpenSID as the catalogue has them."""
    impor_bidang(FIXTURES / "bidang.yaml")
    Indikator.objects.bulk_create([read_indikator(f)[0] for f in (FIXTURES / "indikator").glob("OS-*.yaml")])


def terlihat(text: Any) -> list[str]:
    """Which words of people stand in a text, be it as they are or in the hexadecimal form of stored bytes."""
    lower = str(text).lower()
    return [word for word in RAHASIA if word.lower() in lower or word.encode().hex() in lower]

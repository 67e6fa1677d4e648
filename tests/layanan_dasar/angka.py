"""Files of context figures for the small world, as the page for them takes them: long form, few rows."""

import io
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kecamatan.actions.impor import confirm_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.angka import ANGKA
from layanan_dasar.models import NilaiIndikator
from tests.factories import IndikatorFactory


A1, A2, B1 = "11.01.01.2001", "11.01.01.2002", "11.01.02.2001"
JULI = "2025-07"


def konteks(kode: str = "OD-AKI", **fields: Any) -> Any:
    """A count of every month that is no indicator of the catalogue."""
    kind = {"jenis": "jumlah", "penyebut": "", "satuan": "kasus", "frekuensi": "B"}
    return IndikatorFactory(kode=kode, nama=f"Nama {kode}", konteks=True, **kind | fields)


def panjang(*rows: str) -> bytes:
    return "\n".join(["kode_desa,indikator,periode,pembilang,penyebut,status", *rows]).encode()


def satu(nilai: object, kode: str = A1, indikator: str = "OD-AKI") -> str:
    """A row of July 2025."""
    return f"{kode},{indikator},{JULI},{nilai},,"


def tinjau(cast: SimpleNamespace, kecamatan: Wilayah, *rows: str, name: str = "angka.csv", **isian: str) -> BerkasImpor:
    """A file of rows handed in, waiting for confirmation."""
    file = SimpleUploadedFile(name, panjang(*rows))
    return preview_berkas(ANGKA, by=cast.operator_kecamatan_a, wilayah=kecamatan, file=file, isian=isian)


def simpan(cast: SimpleNamespace, kecamatan: Wilayah, *rows: str, name: str = "angka.csv") -> BerkasImpor:
    berkas = tinjau(cast, kecamatan, *rows, name=name)
    return confirm_berkas(ANGKA, by=cast.operator_kecamatan_a, berkas=berkas)


def revisi(kode: str = A1, indikator: str = "OD-AKI") -> list[tuple[Any, ...]]:
    """Every revision of July 2025: figure, status, name of the file it came with."""
    rows = NilaiIndikator.objects.filter(desa__kode=kode, indikator=indikator, periode=JULI).order_by("revisi")
    return list(rows.values_list("pembilang", "status", "berkas__nama_berkas"))


def berkas_csv(*rows: str) -> io.BytesIO:
    return io.BytesIO(panjang(*rows))

"""A cohort of KABUPATEN for staff of kecamatan, and files of its participants."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from kecamatan.models import Wilayah
from pelatihan.importers.peserta import KOLOM
from pelatihan.models import Angkatan
from tests.factories import AngkatanFactory, KelasFactory, UnsurPesertaFactory


NIP, NIP_LAIN = "198003122005011991", "198103122006012002"
ALFA, BETA = "11.01.01", "11.01.02"
UNSUR = {"camat": "Camat", "sekcam": "Sekretaris Kecamatan", "upt-kesehatan": "UPT Kesehatan",
         "upt-pendidikan": "UPT Pendidikan"}  # fmt: skip


def aparatur(wilayah: Wilayah, **isi: object) -> Angkatan:
    """A cohort of the region's kecamatan staff with a class "Kelas A", and the offices that take part."""
    for urutan, (kode, nama) in enumerate(UNSUR.items(), 1):
        UnsurPesertaFactory(kode=kode, jenis="aparatur", urutan=urutan, nama=nama, kecamatan=True)
    angkatan = AngkatanFactory(program__wilayah=wilayah, program__jenis="aparatur", **isi)
    KelasFactory(angkatan=angkatan, nama="Kelas A")
    return angkatan


def baris(**isi: str) -> dict[str, str]:
    """A good row: the camat of Alfa, without a NIP."""
    row = dict.fromkeys(KOLOM, "")
    return row | {"nama": "Siti Aminah", "instansi": "Kecamatan Alfa", "unsur": "camat", "kode_wilayah": ALFA} | isi


def berkas_csv(*rows: dict[str, str]) -> bytes:
    lines = [",".join(KOLOM), *(",".join(f'"{row[name]}"' for name in KOLOM) for row in rows)]
    return "\n".join(lines).encode()


def berkas_xlsx(header: Iterable[str], *rows: Iterable[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()

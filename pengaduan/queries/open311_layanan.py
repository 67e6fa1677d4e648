"""What may be reported through Open311: services, and what a report to one of them may say beside its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pengaduan.models import KategoriPengaduan, Pengaduan


@dataclass(frozen=True)
class Layanan:
    """A subject of reports. `type` is batch: the number is asked for with a token."""

    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: str
    keywords: str
    group: str


@dataclass(frozen=True)
class Nilai:
    key: str
    name: str


@dataclass(frozen=True)
class Atribut:
    """Something more that a report may say, sent as attribute[code]; `values` of a list to choose from."""

    variable: bool
    code: str
    datatype: str
    required: bool
    datatype_description: str
    order: int
    description: str
    values: Sequence[Nilai] = ()


@dataclass(frozen=True)
class Definisi:
    service_code: str
    attributes: Sequence[Atribut]


ATRIBUT = (
    Atribut(True, "judul", "string", False, "paling banyak 120 huruf", 1, "Judul singkat laporan"),
    Atribut(True, "lokasi", "string", False, "paling banyak 150 huruf", 2, "Dusun, jalan, atau tempat"),
    Atribut(
        True, "tgl_kejadian", "datetime", False, "ISO 8601, misalnya 2026-11-09T08:00:00+07:00", 3,
        "Tanggal kejadian",
    ),
    Atribut(
        True, "jenis", "singlevaluelist", False, "salah satu kunci", 4, "Jenis laporan; tanpa ini dianggap pengaduan",
        tuple(Nilai(kode, str(label)) for kode, label in Pengaduan.Jenis.choices),
    ),
)  # fmt: skip


def daftar_layanan() -> list[Layanan]:
    rows = KategoriPengaduan.objects.filter(aktif=True).select_related("bidang")
    return [
        Layanan(
            service_code=satu.kode,
            service_name=satu.nama,
            description=satu.penjelasan,
            metadata=True,
            type="batch",
            keywords=",".join(re.findall(r"\w{4,}", satu.nama.lower())),
            group=satu.bidang.nama if satu.bidang else "Lainnya",
        )
        for satu in rows
    ]


def kategori_aktif() -> dict[str, KategoriPengaduan]:
    return {satu.kode: satu for satu in KategoriPengaduan.objects.filter(aktif=True)}


def kode_kategori() -> set[str]:
    """Codes under which reports may stand, those no longer offered too."""
    return set(KategoriPengaduan.objects.values_list("kode", flat=True))


def definisi(kode: str) -> Definisi | None:
    return Definisi(kode, ATRIBUT) if kode in kategori_aktif() else None

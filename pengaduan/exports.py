"""What is taken away: the reporter's own data as JSON, and the list of the desk as a table."""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from p3pd_portal.lib.pribadi import samarkan
from p3pd_portal.lib.tables import Sheet
from pengaduan.models import Pengaduan


JSON_TYPE = "application/json"
MEJA_HEADER = [
    "nomor", "diterima", "ditutup", "keadaan", "jenis", "kategori", "bidang", "kode_wilayah", "wilayah", "rahasia",
    "judul_disamarkan", "tenggat", "lewat_tenggat", "umur_hari",
]  # fmt: skip
RAHASIA, TERLALU_BANYAK = "(rahasia)", "(tidak disertakan: daftar terlalu panjang)"
JUDUL_TERBANYAK = 2_000
"""Covering one title takes a millisecond or two; a longer list comes without them, and says so in each line."""


def data_json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def meja_sheet(rows: "QuerySet[Pengaduan]", today: datetime.date, zona: ZoneInfo) -> Sheet:
    """Cases of a desk, one line each; nothing that names or reaches a person, of a confidential one no title either.

    Args:
        today: day at the desk; `umur_hari` counts calendar days up to it, or to the end of the case.
        zona: time of the desk, in which days are written.
    """
    widths = [26, 12, 12, 28, 12, 24, 8, 14, 22, 8, 40, 12]
    return Sheet("Pengaduan", MEJA_HEADER, _meja_rows(rows, today, zona), widths)


def _judul(satu: Pengaduan, is_long: bool) -> str:
    if satu.rahasia:
        return RAHASIA
    return TERLALU_BANYAK if is_long else samarkan(satu.judul)


def _meja_rows(rows: "QuerySet[Pengaduan]", today: datetime.date, zona: ZoneInfo) -> Iterator[list[Any]]:
    is_long = rows.count() > JUDUL_TERBANYAK
    for satu in rows.iterator(chunk_size=2_000):
        received = satu.diterima_pada.astimezone(zona).date()
        closed = satu.ditutup_pada.astimezone(zona).date() if satu.ditutup_pada else None
        late = "" if satu.tenggat is None else "ya" if satu.tenggat < today else "tidak"
        yield [
            satu.nomor, received, closed, satu.get_status_display(), satu.get_jenis_display(), satu.kategori.nama,
            satu.kategori.bidang_id or "", satu.wilayah.kode, satu.wilayah.nama_lengkap,
            "ya" if satu.rahasia else "tidak", _judul(satu, is_long),
            satu.tenggat, late, ((closed or today) - received).days,
        ]  # fmt: skip

"""What the lists keyed by region code have in common: find the regions, and merge rows by key."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import models

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import KODE_POLA, normalize_kode
from p3pd_portal.lib.importing import Column, Errors, clean_rows
from p3pd_portal.lib.spreadsheet import Table


@dataclass(frozen=True)
class HasilDaftar:
    """What a list changed."""

    baru: int = 0
    berubah: int = 0
    dihapus: int = 0
    sama: int = 0
    catatan: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Baris:
    """A row of a list: its number in the file, the region in force, and the values after the code."""

    nomor: int
    wilayah: Wilayah
    nilai: list[Any]


def as_text(cell: object) -> str:
    """A cell as it reads, whole numbers of a spreadsheet without their ".0", at most 200 characters of it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())[:200]
    if "\x00" in text:
        raise ValueError("Teks memuat karakter yang tidak sah. Ketik ulang sel ini.")
    return text


def required_text(cell: object) -> str:
    text = as_text(cell)
    if not text:
        raise ValueError("Kolom ini belum diisi.")
    return text


def kode_wilayah(cell: object) -> str:
    kode = normalize_kode(as_text(cell))
    if not re.fullmatch(KODE_POLA, kode, re.ASCII):
        raise ValueError(
            f"“{kode[:20]}” bukan kode wilayah. Tulis seperti 35.24 atau 3524; simpan kolomnya sebagai teks."
        )
    return kode


KODE = Column("kode", kode_wilayah, "kode Kemendagri")


def read_by_wilayah(table: Table, columns: Sequence[Column], errors: Errors) -> Iterator[Baris]:
    """The rows whose region is in force, with `columns` after the code; an unknown code is an error."""
    known = {satu.kode: satu for satu in Wilayah.objects.in_force().only("kode", "tingkat", "contoh")}
    for nomor, (kode, *nilai) in clean_rows(table, [KODE, *columns], errors):
        if kode in known:
            yield Baris(nomor, known[kode], nilai)
        else:
            errors.add(nomor, "kode", f"Wilayah {kode} tidak ada di daftar yang berlaku. Periksa kodenya.")


def refuse_twice(nomor: int, key: object, seen: dict[Any, int], errors: Errors) -> None:
    """Note an error when a key stood in an earlier row."""
    if key in seen:
        errors.add(nomor, "kode", f"Wilayah ini sudah ada di baris {seen[key]}. Sisakan satu.")
    seen.setdefault(key, nomor)


def merge(
    rows: Sequence[models.Model], key: tuple[str, ...], existing: models.QuerySet[Any], *, replace: bool = False
) -> HasilDaftar:
    """Make `existing` hold `rows`: add, change, and with `replace` remove what the rows leave out."""
    model = existing.model
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key and f.attname not in key]
    key_of, values_of = attrgetter(*key), attrgetter(*fields)
    old = {key_of(row): row for row in existing}
    new = [row for row in rows if key_of(row) not in old]
    changed = [row for row in rows if key_of(row) in old and values_of(row) != values_of(old[key_of(row)])]
    kept = {key_of(row) for row in rows}
    gone = [row.pk for value, row in old.items() if replace and value not in kept]
    model._default_manager.bulk_create(
        [*new, *changed], batch_size=2000, update_conflicts=True, unique_fields=key, update_fields=fields
    )
    model._default_manager.filter(pk__in=gone).delete()
    return HasilDaftar(len(new), len(changed), len(gone), len(rows) - len(new) - len(changed))

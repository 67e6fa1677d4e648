"""Boundaries from GeoJSON: checked, simplified, and drawn once per parent."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from django.db import connection, transaction
from shapely.geometry.base import BaseGeometry

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import KODE_POLA, NASIONAL, normalize_kode
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.geojson import LARGEST, Area, read_areas
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.peta import draw
from p3pd_portal.lib.spreadsheet import rejected


_COLUMNS = {
    "wilayah_id": "int8", "jalur": "text", "kiri": "int2", "atas": "int2", "kanan": "int2", "bawah": "int2",
    "titik_x": "int2", "titik_y": "int2", "luas": "int4", "sumber": "text", "edisi": "text",
}  # fmt: skip
_NAMES = ", ".join(_COLUMNS)
_VALUES = [name for name in _COLUMNS if name != "wilayah_id"]

_MERGE = f"""
    INSERT INTO kecamatan_batas AS lama ({_NAMES}) SELECT {_NAMES} FROM batas_baru
    ON CONFLICT (wilayah_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _VALUES)}
    WHERE ({", ".join(f"lama.{name}" for name in _VALUES)})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _VALUES)})
    RETURNING xmax = 0
"""
# A drawing fits the picture it was made for; one that the new picture does not hold would lie anywhere.
_REMOVE = """
    DELETE FROM kecamatan_batas lama USING kecamatan_wilayah w
    WHERE w.id = lama.wilayah_id AND w.induk_id = ANY(%s)
      AND NOT EXISTS (SELECT FROM batas_baru b WHERE b.wilayah_id = lama.wilayah_id)
    RETURNING w.kode
"""


@dataclass(frozen=True)
class HasilImporBatas:
    """What a file of boundaries did, and the match of its codes with the region list.

    Attributes:
        dibaca: areas in the file.
        tak_dikenal: codes of the file that no region in force has; nothing is stored for them.
        tanpa_batas: siblings of the drawn regions that the file leaves out.
        dihapus: those of them that had a boundary until now.
    """

    dibaca: int
    baru: int
    berubah: int
    sama: int
    tak_dikenal: list[str] = field(default_factory=list)
    tanpa_batas: list[str] = field(default_factory=list)
    dihapus: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def impor_batas(
    file: BinaryIO, *, sumber: str, edisi: str = "", simpan: bool = True, largest: int = LARGEST
) -> HasilImporBatas:
    """Draw the regions of a GeoJSON file whose features carry a Kemendagri code in the property `kode`.

    All regions below one parent share a picture. A file therefore replaces the whole picture of every parent it
    touches; the same file again changes nothing.

    Args:
        file: GeoJSON in WGS 84, plain or in gzip.
        sumber: attribution shown beside the map.
        edisi: edition or date of the source.
        simpan: False only reports what would change.

    Raises:
        Rejected: the file is unreadable, too large, in another projection, or holds an area that is wrong; every
            error names the area by its number in the file. Nothing is stored.
    """
    errors = Errors()
    areas = _by_kode(read_areas(file, errors, largest), errors)
    errors.raise_if_any()
    known = _known(areas)
    parents = sorted({induk for _, induk in known.values()})
    siblings = Wilayah.objects.in_force().filter(induk__in=parents, contoh=False).exclude(kode__in=known)
    dihapus, inserted = _replace(_drawn(areas, known, sumber, edisi), parents)
    hasil = HasilImporBatas(
        dibaca=len(areas),
        baru=sum(inserted),
        berubah=len(inserted) - sum(inserted),
        sama=len(known) - len(inserted),
        tak_dikenal=sorted(areas.keys() - known.keys()),
        tanpa_batas=list(siblings.order_by("kode").values_list("kode", flat=True)),
        dihapus=dihapus,
    )
    transaction.set_rollback(not simpan)
    return hasil


def _by_kode(areas: list[Area], errors: Errors) -> dict[str, Area]:
    """The areas by code, each code once and well-formed."""
    found: dict[str, Area] = {}
    for area in areas:
        kode = normalize_kode(str(area.properties.get("kode", "")))
        if kode == NASIONAL or not re.fullmatch(KODE_POLA, kode, re.ASCII):
            errors.add(area.nomor, "kode", f"Kode “{kode[:20]}” bukan kode Kemendagri, misalnya 35.24.01. Perbaiki.")
        elif kode in found:
            errors.add(area.nomor, "kode", f"Kode {kode} sudah dipakai daerah ke-{found[kode].nomor}. Gabungkan.")
        else:
            found[kode] = area
    return found


def _known(areas: dict[str, Area]) -> dict[str, tuple[int, int]]:
    """Id and parent's id of the regions in force with these codes.

    Raises:
        Rejected: there is not one.
    """
    regions = Wilayah.objects.in_force().filter(kode__in=areas).order_by("kode")
    known = {kode: (pk, induk) for kode, pk, induk in regions.values_list("kode", "pk", "induk_id") if induk}
    if not known:
        raise rejected(
            "Tidak satu pun kode di berkas ini ada di daftar wilayah. Periksa properti “kode”.", column="kode"
        )
    return known


def _drawn(
    areas: dict[str, Area], known: dict[str, tuple[int, int]], sumber: str, edisi: str
) -> Iterator[tuple[object, ...]]:
    """A row of the staging table for each known region, drawn beside its siblings."""
    families: dict[int, dict[int, BaseGeometry]] = defaultdict(dict)
    for kode, (pk, induk) in known.items():
        families[induk][pk] = areas[kode].bentuk
    for family in families.values():
        for pk, satu in zip(family, draw(list(family.values())), strict=True):
            yield pk, satu.jalur, *satu.kotak, *satu.titik, satu.luas, sumber, edisi


def _replace(rows: Iterator[tuple[object, ...]], parents: list[int]) -> tuple[list[str], list[bool]]:
    """Store the pictures of these parents: codes whose boundary went, and for each one written whether it is new."""
    with connection.cursor() as cursor:
        stage(cursor, "batas_baru", _COLUMNS, rows)
        cursor.execute(_REMOVE, [parents])
        removed = sorted(kode for (kode,) in cursor.fetchall())
        cursor.execute(_MERGE)
        return removed, [is_new for (is_new,) in cursor.fetchall()]

"""A GeoJSON file of areas in Indonesia, checked before anything is drawn (RFC 7946: WGS 84, longitude first)."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import shapely
from shapely.geometry.base import BaseGeometry

from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import MB, rejected


LARGEST = 50 * MB
# West, south, east, north of the country: Pulau Benggala lies at 94°58′ E.
BOX = (94.9, -11.1, 141.1, 6.2)

_GZIP_MAGIC = b"\x1f\x8b"
_WGS84 = re.compile(r"CRS:?84|EPSG:(?:[^:]*:)?4326$", re.IGNORECASE)
_REASON = re.compile(r"(?P<kind>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]")
_REASONS = {
    "Self-intersection": "garisnya memotong dirinya sendiri",
    "Ring Self-intersection": "garisnya menyentuh dirinya sendiri",
    "Hole lies outside shell": "lubangnya terletak di luar tepinya",
    "Nested holes": "ada lubang di dalam lubang",
    "Nested shells": "ada bagian di dalam bagian lain",
    "Interior is disconnected": "bagian dalamnya terputus",
    "Duplicate Rings": "ada garis yang sama dua kali",
    "Too few points in geometry component": "titiknya terlalu sedikit",
}
_NOT_GEOJSON = (
    "Berkas ini bukan GeoJSON berisi daerah (FeatureCollection). "
    "Ekspor lapisannya sebagai GeoJSON, boleh dimampatkan .gz."
)
_NOT_AN_AREA = "Bukan daerah (Polygon atau MultiPolygon). Hapus dari berkas atau gambar ulang."
_UNREADABLE = "Koordinat tidak terbaca atau garisnya tidak tertutup. Ekspor ulang daerah ini."
_EMPTY = "Daerah ini kosong. Hapus dari berkas atau gambar ulang."
_REPROJECT = "Simpan ulang dalam WGS 84 (EPSG:4326), bujur dahulu lalu lintang."


@dataclass(frozen=True)
class Area:
    """One feature: its place in the file from 1, its properties, and its polygon or polygons."""

    nomor: int
    properties: dict[str, Any]
    bentuk: BaseGeometry


def read_areas(file: BinaryIO, errors: Errors, largest: int = LARGEST) -> list[Area]:
    """The sound areas of a file; what is wrong with the others is added to `errors`, by number of the area.

    Args:
        file: GeoJSON, plain or in gzip.
        largest: bytes that the unpacked file may have; no more are ever unpacked.

    Raises:
        Rejected: the file is too large, no GeoJSON of areas, or in another projection throughout.
    """
    collection = _parse(_read(file, largest))
    _refuse_other_crs(collection.get("crs"))
    areas = list(_areas(collection["features"], errors))
    outside = {area.nomor: message for area in areas if (message := _misplaced(area.bentuk))}
    if outside and len(outside) == len(areas):
        raise rejected(next(iter(outside.values())), column="geometry")
    for nomor, message in outside.items():
        errors.add(nomor, "geometry", message)
    return [area for area in areas if area.nomor not in outside and _is_sound(area, errors)]


def _read(file: BinaryIO, largest: int) -> bytes:
    file.seek(0)
    start = file.read(2)
    file.seek(0)
    try:
        content = (gzip.GzipFile(fileobj=file) if start == _GZIP_MAGIC else file).read(largest + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise rejected("Berkas .gz ini rusak atau terpotong. Unduh atau mampatkan ulang.") from error
    if len(content) > largest:
        raise rejected(
            f"Berkas lebih besar dari {largest // MB} MB setelah dibuka. "
            "Sederhanakan garisnya atau pecah per provinsi, lalu impor satu per satu."
        )
    return bytes(content)


def _parse(content: bytes) -> dict[str, Any]:
    try:
        collection = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise rejected(_NOT_GEOJSON) from error
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise rejected(_NOT_GEOJSON)
    if not collection["features"]:
        raise rejected("Berkas ini tidak memuat satu daerah pun. Periksa ekspornya.")
    return collection


def _refuse_other_crs(crs: Any) -> None:
    """GeoJSON before RFC 7946 could name another projection; that name is believed."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not _WGS84.search(name):
        raise rejected(f"Berkas ini memakai proyeksi {name}. {_REPROJECT}", column="crs")


def _areas(features: list[Any], errors: Errors) -> Iterator[Area]:
    for nomor, feature in enumerate(features, 1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in ("Polygon", "MultiPolygon"):
            errors.add(nomor, "geometry", _NOT_AN_AREA)
            continue
        try:
            bentuk = shapely.from_geojson(json.dumps(geometry))
        except shapely.errors.GEOSException:
            errors.add(nomor, "geometry", _UNREADABLE)
            continue
        if bentuk.is_empty:
            errors.add(nomor, "geometry", _EMPTY)
            continue
        properties = feature.get("properties")
        yield Area(nomor, properties if isinstance(properties, dict) else {}, shapely.force_2d(bentuk))


def _within(west: float, south: float, east: float, north: float) -> bool:
    return BOX[0] <= west and BOX[1] <= south and east <= BOX[2] and north <= BOX[3]


def _misplaced(bentuk: BaseGeometry) -> str:
    """Why an area cannot lie where its coordinates say; empty when it can."""
    west, south, east, north = bentuk.bounds
    if _within(west, south, east, north):
        return ""
    if _within(south, west, north, east):
        return f"Urutan koordinatnya terbalik: lintang di depan bujur. {_REPROJECT}"
    where = f"({west:.6g}; {south:.6g})"
    return f"Koordinat {where} di luar Indonesia; tampaknya berkas memakai proyeksi lain. {_REPROJECT}"


def _is_sound(area: Area, errors: Errors) -> bool:
    reason = shapely.is_valid_reason(area.bentuk)
    if reason == "Valid Geometry":
        return True
    match = _REASON.fullmatch(reason)
    what = _REASONS.get(match["kind"], match["kind"]) if match else reason
    where = f" di dekat bujur {float(match['x']):.4f}, lintang {float(match['y']):.4f}" if match else ""
    repair = "Perbaiki, misalnya dengan “Fix geometries” di QGIS."
    errors.add(area.nomor, "geometry", f"Bentuk tidak sah: {what}{where}. {repair}")
    return False

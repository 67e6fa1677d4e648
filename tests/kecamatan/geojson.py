"""GeoJSON files for tests: squares side by side near 112° E, 7° S."""

import io
import json
from typing import Any


SIDE = 0.1
Ring = list[list[float]]


def square(column: float = 0, row: float = 0, side: float = SIDE) -> dict[str, Any]:
    """A square whose lower left corner stands `column` and `row` sides from 112° E, 7° S."""
    west, south = 112 + column * SIDE, -7 + row * SIDE
    east, north = west + side, south + side
    return polygon([[west, south], [east, south], [east, north], [west, north], [west, south]])


def polygon(*rings: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(kode: object, geometry: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kode": kode, "nama": "x"}, "geometry": geometry}


def geojson(shapes: dict[str, dict[str, Any]], **members: Any) -> io.BytesIO:
    return written([feature(kode, shape) for kode, shape in shapes.items()], **members)


def written(features: object, **members: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps({"type": "FeatureCollection", **members, "features": features}).encode())


ALFA_BETA = {"11.01.01": square(0), "11.01.02": square(1)}
"""The two kecamatan of Kabupaten Satu, with a common border."""

"""Areas as a small flat drawing: one SVG path each, in a picture whose longer side has 1000 units.

No tiles, no projection library: within one province or kabupaten the earth is flat enough for a plane in which a
degree of longitude is as long as in the middle of the picture; the nation lies along the equator.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry


SISI = 1000
# A page may weigh 15 KB in gzip; 12,000 characters of paths pack to about five.
PER_DAERAH, PER_GAMBAR = 500, 12_000
_TOLERANCES = (1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128)
_LEAST_PART = 6  # square units; smaller islands and holes are not visible
_DIRECTIONS = 24

Point = tuple[int, int]


@dataclass(frozen=True)
class Gambar:
    """One area in the picture of its siblings.

    Attributes:
        jalur: SVG path.
        kotak: left, top, right and bottom of the path.
        titik: the point inside that is farthest from every border, where a label belongs.
        luas: of the largest part, in square units; where it is small, the area can hardly be seen or tapped.
    """

    jalur: str
    kotak: tuple[int, int, int, int]
    titik: Point
    luas: int


def draw(areas: Sequence[BaseGeometry]) -> list[Gambar]:
    """The areas of one parent as drawings in a common picture, in the same order.

    Shared borders stay shared: they are simplified as one coverage, only as far as the size asks for.

    Args:
        areas: valid polygons or multipolygons in degrees, longitude first; at least one.
    """
    plane = _to_plane(areas)
    most = min(PER_DAERAH * len(areas), PER_GAMBAR)
    tolerance = 1.0
    while True:
        rings = [_rings(area, tolerance) for area in shapely.coverage_simplify(plane, tolerance)]
        paths = [_path(one) for one in rings]
        if sum(map(len, paths)) <= most or tolerance > SISI:
            break
        tolerance *= 1.5
    circles = shapely.maximum_inscribed_circle(plane, tolerance=1)
    return [_gambar(*parts) for parts in zip(paths, rings, circles, plane, strict=True)]


def _to_plane(areas: Sequence[BaseGeometry]) -> Any:
    west, south, east, north = shapely.total_bounds(areas)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = SISI / max((east - west) * narrow, north - south)

    def project(x: Any, y: Any) -> tuple[Any, Any]:
        return (x - west) * narrow * scale, (north - y) * scale

    return shapely.transform(areas, project, interleaved=False)


def _rings(area: BaseGeometry, tolerance: float) -> list[list[Point]]:
    """Rings in whole units, the largest part first; never none: what vanishes becomes a square of one unit."""
    least = max(_LEAST_PART, tolerance**2)
    parts = sorted(shapely.get_parts(area), key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if not number or part.area >= least]
    rings = [ring for part in kept for ring in _visible_rings(part, least)]
    if rings:
        return rings
    x, y = (math.floor(value) for value in area.bounds[:2])
    return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]


def _visible_rings(part: BaseGeometry, least: float) -> Iterator[list[Point]]:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= _LEAST_PART]
    for ring in [part.exterior, *holes]:
        points = [(round(x), round(y)) for x, y in ring.coords]
        different = [after for before, after in pairwise(points) if before != after]
        if len(different) > 2:
            yield different


def _path(rings: list[list[Point]]) -> str:
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: list[Point]) -> str:
    """ "M10 10l20 0 0 20z": relative steps are short, and a minus sign separates as well as a blank."""
    steps = " ".join(f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z".replace(" -", "-")


def _gambar(jalur: str, rings: list[list[Point]], circle: BaseGeometry, area: BaseGeometry) -> Gambar:
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    x, y = circle.coords[0]
    luas = max(part.area for part in shapely.get_parts(area))
    return Gambar(jalur, (min(xs), min(ys), max(xs), max(ys)), (round(x), round(y)), int(luas))


def spread(points: Sequence[Point], distance: int) -> list[Point]:
    """Places for dots, in the order of the points: each as near to its point as it can be without touching another.

    Dots in the middle of a crowd stay, those around it move outwards, so that the lines to their points do not cross.

    Args:
        distance: between the centres of two dots.
    """
    if not points:
        return []
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    placed: dict[int, Point] = {}
    for number in sorted(range(len(points)), key=lambda number: math.dist(points[number], middle)):
        spots = _around(points[number], middle, distance)
        placed[number] = next(
            spot for spot in spots if all(math.dist(spot, dot) >= distance for dot in placed.values())
        )
    return [placed[number] for number in range(len(points))]


def _around(point: Point, middle: tuple[float, float], distance: int) -> Iterator[Point]:
    """The point, then points on wider and wider circles around it, those away from the middle first. Endless:
    somewhere there is room."""
    yield point
    x, y = point
    outwards = math.atan2(y - middle[1], x - middle[0])
    turns = sorted(range(-_DIRECTIONS // 2, _DIRECTIONS // 2), key=abs)
    radius = 0.0
    while True:
        radius += distance / 4
        for turn in turns:
            angle = outwards + 2 * math.pi * turn / _DIRECTIONS
            yield x + round(radius * math.cos(angle)), y + round(radius * math.sin(angle))

"""Areas as drawings."""

import math
import re

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from p3pd_portal.lib import peta
from p3pd_portal.lib.peta import PER_DAERAH, PER_GAMBAR, SISI, draw, spread


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path, read a second time: absolute points."""
    rings = []
    for ring in re.findall(r"M[^z]+z", path):
        start, steps = ring[1:-1].split("l")
        x, y = map(int, start.split())
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        found = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
        rings.append(found)
    return rings


def box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    return shapely.box(west, south, east, north)


def blob(x: float, y: float, radius: float, corners: int) -> BaseGeometry:
    """A coast with many bays."""
    angles = [2 * math.pi * n / corners for n in range(corners)]
    reach = [radius * (1 + 0.2 * math.sin(37 * angle)) for angle in angles]
    return shapely.Polygon(
        [(x + r * math.cos(angle), y + r * math.sin(angle)) for angle, r in zip(angles, reach, strict=True)]
    )


def test_one_square_fills_the_picture_with_north_up() -> None:
    [gambar] = draw([box(112, -0.05, 112.1, 0.05)])
    assert gambar.kotak == (0, 0, SISI, SISI)
    assert gambar.titik == (500, 500)
    assert gambar.luas == pytest.approx(SISI**2, rel=0.001)
    assert set(points_of(gambar.jalur)[0]) == {(0, 0), (SISI, 0), (SISI, SISI), (0, SISI)}


def test_north_is_above_south_and_west_left_of_east() -> None:
    north, south, east = draw([box(112, 0.1, 112.1, 0.2), box(112, 0, 112.1, 0.1), box(112.1, 0, 112.2, 0.1)])
    assert north.kotak[3] == south.kotak[1]
    assert south.kotak[2] == east.kotak[0]


def test_the_longer_side_has_a_thousand_units() -> None:
    [tall] = draw([box(112, -7, 112.1, -6)])
    [wide] = draw([box(112, -7, 113, -6.9)])
    assert tall.kotak[3] == SISI > tall.kotak[2]
    assert wide.kotak[2] == SISI > wide.kotak[3]


def test_a_degree_of_longitude_is_shorter_away_from_the_equator() -> None:
    [gambar] = draw([box(100, -11, 101, -10)])
    assert gambar.kotak[2] / gambar.kotak[3] == pytest.approx(math.cos(math.radians(10.5)), abs=0.002)


def test_neighbours_share_every_point_of_their_border_after_simplification() -> None:
    bends = [(112.1 + 0.01 * math.sin(n), -7 + n * 0.002) for n in range(51)]
    west = shapely.Polygon([(112, -7), *bends, (112, -6.9)])
    east = shapely.Polygon([(112.2, -7), *bends, (112.2, -6.9)])
    left, right = (set(points_of(gambar.jalur)[0]) for gambar in draw([west, east]))
    corners = {point for point in left | right if point[0] in (0, SISI)}
    assert len(left & right) > 5
    assert left - right <= corners
    assert right - left <= corners


def test_a_detailed_coast_is_simplified_until_it_is_small() -> None:
    areas = [blob(112 + n * 0.5, -7, 0.2, 4_000) for n in range(3)]
    drawings = draw(areas)
    assert sum(len(gambar.jalur) for gambar in drawings) <= 3 * PER_DAERAH
    assert all(len(points_of(gambar.jalur)[0]) > 10 for gambar in drawings)


def test_a_picture_of_many_areas_is_no_larger_than_a_page_can_bear() -> None:
    drawings = draw([blob(112 + n % 8 * 0.5, -7 + n // 8 * 0.5, 0.2, 300) for n in range(60)])
    assert 60 * PER_DAERAH > PER_GAMBAR
    assert sum(len(gambar.jalur) for gambar in drawings) <= PER_GAMBAR


def test_a_thousand_islands_lose_the_small_ones_first() -> None:
    islands = [
        box(112 + n % 40 * 0.1, -7 + n // 40 * 0.1, 112.05 + n % 40 * 0.1, -6.95 + n // 40 * 0.1) for n in range(999)
    ]
    main = box(108, -7, 111, -5)
    [gambar] = draw([shapely.MultiPolygon([main, *islands])])
    assert len(gambar.jalur) <= PER_DAERAH
    assert len(points_of(gambar.jalur)) < 50


def test_areas_that_cannot_be_made_small_enough_are_drawn_as_small_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peta, "PER_GAMBAR", 10)
    drawings = draw([blob(112 + n * 0.5, -7, 0.2, 100) for n in range(3)])
    assert all(len(points_of(gambar.jalur)[0]) <= 4 for gambar in drawings)


def test_a_plain_area_keeps_its_corners() -> None:
    [gambar] = draw([shapely.Polygon([(112, -7), (112.3, -7), (112.3, -6.8), (112.1, -6.9), (112, -6.7)])])
    assert len(points_of(gambar.jalur)[0]) == 5


def test_islands_are_parts_and_lakes_are_holes() -> None:
    lake = shapely.Polygon(box(112, -7, 112.4, -6.6).exterior, [box(112.1, -6.9, 112.2, -6.8).exterior])
    [gambar] = draw([shapely.MultiPolygon([lake, box(112.5, -7, 112.6, -6.9)])])
    assert len(points_of(gambar.jalur)) == 3
    assert gambar.kotak[2] == SISI


def test_specks_go_but_an_area_that_is_a_speck_stays() -> None:
    large = shapely.MultiPolygon([box(112, -7, 113, -6), box(113.5, -6.5, 113.501, -6.499)])
    speck = box(113.8, -6.2, 113.8001, -6.1999)
    main, tiny = draw([large, speck])
    assert len(points_of(main.jalur)) == 1
    [ring] = points_of(tiny.jalur)
    assert len(ring) == 4
    assert tiny.luas == 0


def test_a_ring_that_collapses_leaves_no_trace() -> None:
    """A sliver is large enough to count but thinner than a unit."""
    sliver = box(112, -7, 112.9, -6.9999)
    [_, gambar] = draw([box(112, -6.9, 113, -6), sliver])
    assert gambar.jalur.count("M") == 1


def test_the_place_of_a_label_lies_inside_even_a_crescent() -> None:
    ring = box(112, -7, 113, -6).difference(box(112.2, -6.8, 113, -6.2))
    [gambar] = draw([ring])
    x, y = gambar.titik
    assert shapely.Polygon(points_of(gambar.jalur)[0]).contains(shapely.Point(x, y))


def test_the_same_areas_give_the_same_drawing() -> None:
    areas = [blob(112, -7, 0.2, 700), blob(112.5, -7, 0.2, 700)]
    assert draw(areas) == draw(areas)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=12))
def test_every_drawing_lies_in_the_picture_and_is_never_empty(squares: list[tuple[int, int, int]]) -> None:
    areas = [box(110 + x, -10 + y / 2, 110 + x + side / 100, -10 + y / 2 + side / 100) for x, y, side in squares]
    for gambar in draw(areas):
        left, top, right, bottom = gambar.kotak
        assert 0 <= left < right <= SISI + 1
        assert 0 <= top < bottom <= SISI + 1
        assert re.fullmatch(r"(M\d+ \d+l[-0-9 ]+z)+", gambar.jalur)


# Dots


def test_dots_with_room_stay_where_they_belong() -> None:
    assert spread([(0, 0), (200, 0), (0, 200)], 100) == [(0, 0), (200, 0), (0, 200)]
    assert spread([], 100) == []


def test_a_dot_moves_away_from_the_crowd() -> None:
    west, middle, east = spread([(490, 500), (500, 500), (510, 500)], 100)
    assert middle == (500, 500)
    assert west[0] <= 400
    assert east[0] >= 600


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=25), st.integers(1, 120))
def test_no_two_dots_touch_however_many_share_a_place(points: list[tuple[int, int]], distance: int) -> None:
    dots = spread(points, distance)
    assert len(dots) == len(points)
    for number, dot in enumerate(dots):
        assert all(math.dist(dot, other) >= distance for other in dots[:number])

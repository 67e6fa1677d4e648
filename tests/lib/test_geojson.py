"""Files of areas: what is refused, and with which words."""

import gzip
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.geojson import Area, read_areas
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import MB, Rejected
from tests.kecamatan.geojson import feature, geojson, polygon, square, written


def refused(file: io.BytesIO) -> str:
    """Why a file as a whole is refused."""
    with pytest.raises(Rejected) as caught:
        read_areas(file, Errors())
    return caught.value.errors[0].pesan


def read(file: io.BytesIO) -> tuple[list[Area], list[tuple[int, str, str]]]:
    errors = Errors()
    areas = read_areas(file, errors)
    return areas, [(error.baris, error.kolom, error.pesan) for error in errors.kept]


def fault(geometry: object) -> str:
    """What is said about one area beside a sound one."""
    areas, errors = read(written([feature("11", square()), feature("12", geometry)]))
    assert [area.nomor for area in areas] == [1]
    [(nomor, kolom, pesan)] = errors
    assert (nomor, kolom) == (2, "geometry")
    return pesan


# The file


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kode,nama\n11,Uji\n",
        b"PK\x03\x04 a zipped shapefile",
        b"\xff\xfe{\x00",
        b"[]",
        b"null",
        b'{"type": "FeatureCollection"}',
        b'{"type": "Topology", "objects": {}}',
        b'{"features": {"a": 1}}',
        b'{"features": [',
        b"[" * 100_000,
        b'{"features": [' + b"9" * 5_000 + b"]}",
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_no_geojson_of_areas_is_refused(content: bytes) -> None:
    assert "bukan GeoJSON" in refused(io.BytesIO(content))


def test_a_file_without_a_single_area_is_refused() -> None:
    assert "tidak memuat satu daerah pun" in refused(written([]))


@pytest.mark.parametrize("damage", [lambda packed: packed[:-20], lambda packed: packed[:30] + b"\x00" * 40])
def test_a_damaged_gzip_is_refused(damage: Any) -> None:
    packed = gzip.compress(geojson({str(n): square(n) for n in range(10)}).getvalue())
    assert "rusak atau terpotong" in refused(io.BytesIO(damage(packed)))


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_parsed() -> None:
    message = refused(io.BytesIO(b" " * 100 * MB))
    assert "lebih besar dari 50 MB" in message
    assert "pecah per provinsi" in message


def test_a_small_gzip_that_unpacks_to_a_hundred_megabytes_is_refused() -> None:
    packed = gzip.compress(b" " * 100 * MB)
    assert len(packed) < MB
    assert "lebih besar dari 50 MB setelah dibuka" in refused(io.BytesIO(packed))


def test_a_file_of_just_the_largest_size_is_read() -> None:
    file = geojson({"11": square()})
    size = len(file.getvalue())
    assert len(read_areas(file, Errors(), largest=size)) == 1
    with pytest.raises(Rejected):
        read_areas(file, Errors(), largest=size - 1)


@pytest.mark.parametrize("pack", [lambda text: text, gzip.compress, lambda text: b"\xef\xbb\xbf" + text])
def test_plain_gzip_and_marked_utf8_read_the_same(pack: Any) -> None:
    text = geojson({"11": square(), "12": square(1)}).getvalue()
    areas, errors = read(io.BytesIO(pack(text)))
    assert [(area.nomor, area.properties["kode"]) for area in areas] == [(1, "11"), (2, "12")]
    assert errors == []


# The projection


def test_another_projection_named_in_the_file_is_refused_by_its_name() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32749"}}
    message = refused(geojson({"11": square()}, crs=crs))
    assert "EPSG::32749" in message
    assert "WGS 84 (EPSG:4326)" in message


@pytest.mark.parametrize(
    "crs",
    [
        None,
        "x",
        {"properties": None},
        {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        {"properties": {"name": "EPSG:4326"}},
    ],
)
def test_wgs84_by_any_name_or_none_is_taken(crs: object) -> None:
    assert read(geojson({"11": square()}, crs=crs))[1] == []


def test_metres_are_told_from_degrees() -> None:
    metres = polygon([[610_000, 9_226_000], [611_000, 9_226_000], [611_000, 9_227_000], [610_000, 9_226_000]])
    message = refused(geojson({"11": metres, "12": metres}))
    assert "(610000; 9.226e+06) di luar Indonesia" in message
    assert "proyeksi lain" in message


def test_latitude_before_longitude_is_noticed() -> None:
    swapped = polygon([[y, x] for x, y in square()["coordinates"][0]])
    assert "Urutan koordinatnya terbalik" in refused(geojson({"11": swapped}))


@pytest.mark.parametrize(
    ("x", "y", "fits"),
    [(94.97, 5.8, True), (94.5, 5.8, False), (140.9, -9.0, True), (141.3, -9.0, False),
     (123.0, -11.05, True), (123.0, -11.5, False), (95.1, 6.1, True), (95.1, 6.5, False)],
)  # fmt: skip
def test_the_country_ends_at_its_outermost_islands(x: float, y: float, fits: bool) -> None:
    island = polygon([[x, y], [x + 0.01, y], [x, y + 0.01], [x, y]])
    areas, errors = read(geojson({"11": square(), "12": island}))
    assert [area.nomor for area in areas] == ([1, 2] if fits else [1])
    assert [nomor for nomor, _, _ in errors] == ([] if fits else [2])


# One area


@pytest.mark.parametrize(
    "geometry",
    [None, "x", [], {}, {"type": "Point", "coordinates": [112, -7]}, {"type": "GeometryCollection", "geometries": []},
     {"type": ["Polygon"], "coordinates": []}],
)  # fmt: skip
def test_what_is_no_area_is_named(geometry: object) -> None:
    assert "Bukan daerah" in fault(geometry)


def test_a_feature_that_is_no_object_is_named() -> None:
    assert [nomor for nomor, _, _ in read(written([feature("11", square()), 5, None]))[1]] == [2, 3]


@pytest.mark.parametrize(
    "coordinates",
    [None, 5, "x", [[1, 2]], [[["a", "b"]]], [[[112, -7], [112.1, -7], [112.1, -6.9]]],
     [[[float("nan"), -7], [112.1, -7], [112.1, -6.9], [float("nan"), -7]]]],
)  # fmt: skip
def test_coordinates_that_make_no_closed_line_are_named(coordinates: object) -> None:
    assert "tidak terbaca atau garisnya tidak tertutup" in fault({"type": "Polygon", "coordinates": coordinates})


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_an_empty_area_is_named(kind: str) -> None:
    assert "kosong" in fault({"type": kind, "coordinates": []})


def test_an_area_that_crosses_itself_is_named_with_the_place() -> None:
    bow_tie = polygon([[112, -7], [112.2, -6.8], [112.2, -7], [112, -6.8], [112, -7]])
    message = fault(bow_tie)
    assert "memotong dirinya sendiri di dekat bujur 112.1000, lintang -6.9000" in message
    assert "Fix geometries" in message


def test_a_line_that_only_goes_and_returns_is_named() -> None:
    assert "titiknya terlalu sedikit" in fault(polygon([[112, -7], [112.1, -7], [112, -7]]))


def test_a_hole_outside_its_area_is_named() -> None:
    outer, hole = square()["coordinates"][0], square(5)["coordinates"][0]
    assert "lubangnya terletak di luar tepinya" in fault(polygon(outer, hole))


def test_parts_that_overlap_are_named() -> None:
    parts = [square()["coordinates"], square(0.5)["coordinates"]]
    assert "Bentuk tidak sah" in fault({"type": "MultiPolygon", "coordinates": parts})


def test_heights_are_dropped_and_properties_may_be_missing() -> None:
    ring = [[x, y, 12.5] for x, y in square()["coordinates"][0]]
    areas, errors = read(written([{"geometry": polygon(ring), "properties": None}]))
    assert errors == []
    assert not areas[0].bentuk.has_z
    assert areas[0].properties == {}


def test_every_faulty_area_is_named_and_not_only_the_first() -> None:
    _, errors = read(written([feature("11", square()), feature("12", None), feature("13", polygon([]))]))
    assert [nomor for nomor, _, _ in errors] == [2, 3]


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=4)
                    | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "properties", "x"]), inner),
                    max_leaves=20))  # fmt: skip
def test_nonsense_is_refused_or_named_and_never_breaks_the_reader(nonsense: object) -> None:
    text = json.dumps({"features": [{"geometry": {"type": "Polygon", "coordinates": nonsense}}, nonsense]})
    errors = Errors()
    try:
        areas = read_areas(io.BytesIO(text.encode()), errors)
    except Rejected:
        return
    assert areas == []
    assert errors.total >= 1

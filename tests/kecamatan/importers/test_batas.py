"""Boundaries: into the tree, once per parent."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kecamatan.importers.batas import HasilImporBatas, impor_batas
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Batas, Wilayah
from kecamatan.queries.batas import batas_anak
from p3pd_portal.lib.spreadsheet import Rejected
from tests.kecamatan.geojson import ALFA_BETA, feature, geojson, polygon, square, written


pytestmark = pytest.mark.django_db
BOW_TIE = polygon([[112, -7], [112.2, -6.8], [112.2, -7], [112, -6.8], [112, -7]])


def impor(shapes: dict[str, dict[str, Any]], sumber: str = "Peta Uji", **options: Any) -> HasilImporBatas:
    return impor_batas(geojson(shapes), sumber=sumber, **options)


def stored() -> list[dict[str, Any]]:
    return list(Batas.objects.order_by("pk").values())


def codes() -> set[str]:
    return set(Batas.objects.values_list("wilayah__kode", flat=True))


# What is refused


@pytest.mark.parametrize(
    "kode", [None, "", "0", "Lamongan", "35.2", "1.1", 3.5, True, [], {}, "11.01.01.9999", "x" * 999]
)
def test_an_area_without_a_code_of_kemendagri_is_named(kode: object, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as caught:
        impor_batas(written([feature("11.01.01", square()), feature(kode, square(1))]), sumber="x")
    [error] = caught.value.errors
    assert (error.baris, error.kolom) == (2, "kode")
    assert "bukan kode Kemendagri" in error.pesan
    assert len(error.pesan) < 120
    assert stored() == []


def test_a_code_given_twice_is_named_with_its_first_place(wilayah: dict[str, Wilayah]) -> None:
    twice = [feature("11.01.01", square()), feature("11.01.02", square(1)), feature("110101", square(2))]
    with pytest.raises(Rejected) as caught:
        impor_batas(written(twice), sumber="x")
    [error] = caught.value.errors
    assert error.baris == 3
    assert "Kode 11.01.01 sudah dipakai daerah ke-1" in error.pesan


def test_one_bad_area_keeps_the_whole_file_out_and_all_are_named(wilayah: dict[str, Wilayah]) -> None:
    bad = [feature("11.01.01", square()), feature("x", square(1)), feature("11.01.02", BOW_TIE), feature("11", None)]
    with pytest.raises(Rejected) as caught:
        impor_batas(written(bad), sumber="x")
    assert [(error.baris, error.kolom) for error in caught.value.errors] == [
        (2, "kode"),
        (3, "geometry"),
        (4, "geometry"),
    ]
    assert stored() == []


def test_a_file_that_fails_leaves_the_map_as_it_was(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA)
    before = stored()
    with pytest.raises(Rejected):
        impor({"11.01.01": square(), "11.01.02": BOW_TIE})
    assert stored() == before


def test_a_file_of_which_no_code_is_known_is_refused(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as caught:
        impor({"77.01": square(), "77.02": square(1)})
    assert "Tidak satu pun kode" in caught.value.errors[0].pesan


def test_a_file_beyond_the_limit_is_refused(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected, match="lebih besar"):
        impor(ALFA_BETA, largest=100)
    assert stored() == []


# What is stored


def test_siblings_are_drawn_side_by_side_in_one_picture(wilayah: dict[str, Wilayah]) -> None:
    hasil = impor(ALFA_BETA, edisi="2026")
    assert (hasil.dibaca, hasil.baru, hasil.berubah, hasil.sama) == (2, 2, 0, 0)
    shapes = batas_anak(wilayah["11.01"])
    alfa, beta = shapes[wilayah["11.01.01"].pk], shapes[wilayah["11.01.02"].pk]
    assert (alfa.kiri, alfa.kanan, beta.kiri, beta.kanan) == (0, 500, 500, 1000)
    assert alfa.bawah == beta.bawah == pytest.approx(504, abs=2)  # a degree of longitude is shorter at 7° S
    assert alfa.jalur.startswith("M")
    assert alfa.asal == "Peta Uji, 2026"


def test_each_parent_has_a_picture_of_its_own(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA | {"11.01": square(0), "11.02": square(1), "11.02.01": square(1)})
    gama = Batas.objects.get(wilayah__kode="11.02.01")
    assert (gama.kiri, gama.kanan) == (0, pytest.approx(993, abs=2))
    assert len(batas_anak(wilayah["11"])) == 2
    assert batas_anak(wilayah["11.01.01"]) == {}


def test_the_same_file_again_changes_nothing(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA)
    before = stored()
    hasil = impor(ALFA_BETA)
    assert (hasil.baru, hasil.berubah, hasil.sama, hasil.dihapus) == (0, 0, 2, [])
    assert stored() == before


def test_the_order_in_the_file_does_not_matter(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA)
    assert impor(dict(reversed(ALFA_BETA.items()))).sama == 2


def test_a_new_outline_or_source_takes_the_place_of_the_old(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA)
    slanted = {"11.01.02": polygon([[112.1, -7], [112.2, -7], [112.1, -6.9], [112.1, -7]])}
    assert impor(ALFA_BETA | slanted).berubah == 1
    assert impor(ALFA_BETA | slanted, sumber="Peta lain").berubah == 2


def test_a_file_replaces_the_whole_picture_of_a_parent_and_says_what_went(wilayah: dict[str, Wilayah]) -> None:
    """An outline drawn for another picture would lie in the wrong place."""
    impor(ALFA_BETA | {"11.02.01": square(1)})
    hasil = impor({"11.01.02": square(1)})
    assert hasil.dihapus == hasil.tanpa_batas == ["11.01.01"]
    assert codes() == {"11.01.02", "11.02.01"}


def test_codes_nobody_knows_are_reported_and_the_others_stored(wilayah: dict[str, Wilayah]) -> None:
    hasil = impor(ALFA_BETA | {"11.01.99": square(3), "77": square(4)})
    assert hasil.tak_dikenal == ["11.01.99", "77"]
    assert hasil.baru == 2
    assert codes() == set(ALFA_BETA)


def test_an_unknown_area_does_not_stretch_the_picture(wilayah: dict[str, Wilayah]) -> None:
    impor(ALFA_BETA)
    before = stored()
    assert impor(ALFA_BETA | {"11.01.99": square(9)}).sama == 2
    assert stored() == before


def test_siblings_the_file_leaves_out_are_reported_but_not_the_demo(wilayah: dict[str, Wilayah]) -> None:
    hasil = impor({"11.01.01.2001": square(), "11": square()})
    assert hasil.tanpa_batas == ["11.01.01.1003", "11.01.01.2002"]


def test_codes_come_without_dots_or_as_numbers_too(wilayah: dict[str, Wilayah]) -> None:
    impor_batas(written([feature("110101", square()), feature(110102, square(1))]), sumber="x")
    assert codes() == set(ALFA_BETA)


def test_a_closed_region_gets_no_outline(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode="11.01.02").update(berlaku_sampai="2025-06-30")
    assert impor(ALFA_BETA).tak_dikenal == ["11.01.02"]


def test_checking_only_reports_the_same_and_stores_nothing(wilayah: dict[str, Wilayah]) -> None:
    impor({"11.01.01": square()})
    before = stored()
    checked = impor(ALFA_BETA, simpan=False)
    assert stored() == before
    assert checked == impor(ALFA_BETA)
    assert codes() == set(ALFA_BETA)


def test_the_report_becomes_plain_json(wilayah: dict[str, Wilayah]) -> None:
    assert impor(ALFA_BETA).as_json() == {
        "dibaca": 2, "baru": 2, "berubah": 0, "sama": 0, "tak_dikenal": [], "tanpa_batas": [], "dihapus": [],
    }  # fmt: skip


def test_it_asks_as_often_for_one_parent_as_for_many(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([(f"11.{n}", "Kabupaten") for n in range(10, 30)])
    impor_wilayah([(f"11.{n}.01", "Kecamatan") for n in range(10, 30)])
    asked = []
    for numbers in (range(10, 11), range(11, 30)):
        with CaptureQueriesContext(connection) as queries:
            impor({f"11.{n}.01": square(n - 10) for n in numbers})
        asked.append(len(queries))
    assert asked[0] == asked[1]

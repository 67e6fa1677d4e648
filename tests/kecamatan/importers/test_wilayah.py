import random

import pytest
from django.db import connection, transaction
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from kecamatan.importers.wilayah import HasilImporWilayah, daftar_resmi, impor_wilayah
from kecamatan.models import Jenis, Wilayah
from kecamatan.queries.wilayah import search
from tests.conftest import WILAYAH


pytestmark = pytest.mark.django_db


def names() -> dict[str, str]:
    return dict(Wilayah.objects.values_list("kode", "nama"))


def paths() -> dict[str, str]:
    return dict(Wilayah.objects.values_list("kode", "jalur"))


def counts(kode: str) -> tuple[int, int, int]:
    """Kecamatan, desa and kelurahan of a region."""
    return Wilayah.objects.values_list("jumlah_kecamatan", "jumlah_desa", "jumlah_kelurahan").get(kode=kode)


def rows_read_one_after_the_other() -> int:
    """Rows of the region table that this transaction read by scanning it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'kecamatan_wilayah'")
        return int(cursor.fetchone()[0])


# Adding


def test_the_list_becomes_the_tree_with_the_nation_on_top() -> None:
    assert impor_wilayah(WILAYAH.items()) == HasilImporWilayah(baru=len(WILAYAH) + 1, berubah=0, sama=0)
    assert names() == WILAYAH | {"0": "Indonesia"}


def test_the_same_list_again_changes_nothing(wilayah: dict[str, Wilayah]) -> None:
    before = list(Wilayah.objects.order_by("pk").values())
    assert impor_wilayah(WILAYAH.items()) == HasilImporWilayah(baru=0, berubah=0, sama=len(WILAYAH) + 1)
    assert list(Wilayah.objects.order_by("pk").values()) == before


def test_rows_come_in_any_order() -> None:
    rows = list(WILAYAH.items())
    random.Random(1).shuffle(rows)
    impor_wilayah(rows)
    assert names() == WILAYAH | {"0": "Indonesia"}
    assert paths()["11.01.01.2001"] == "A1, Alfa, Kabupaten Satu, Uji"
    assert counts("11.01") == (2, 4, 1)


def test_a_parent_may_stand_in_the_tree_already(wilayah: dict[str, Wilayah]) -> None:
    assert impor_wilayah([("11.01.01.2003", "A4")]) == HasilImporWilayah(baru=1, berubah=0, sama=1)
    assert Wilayah.objects.get(kode="11.01.01.2003").induk == wilayah["11.01.01"]


def test_a_region_the_list_leaves_out_stays(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("11", "Uji")])
    assert names() == WILAYAH | {"0": "Indonesia"}


def test_a_closed_region_makes_room_for_a_new_one_with_its_code(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_sampai="2025-06-30")
    assert impor_wilayah([("11.01.01.2001", "A1 baru")]).baru == 1
    both = Wilayah.objects.filter(kode="11.01.01.2001").order_by("pk")
    assert list(both.values_list("nama", "berlaku_sampai__year")) == [("A1", 2025), ("A1 baru", None)]


def test_it_asks_as_often_for_one_row_as_for_many(wilayah: dict[str, Wilayah]) -> None:
    asked = []
    for numbers in (range(100, 101), range(200, 400)):
        with CaptureQueriesContext(connection) as queries:
            impor_wilayah([(f"11.01.01.2{n}", f"A{n}") for n in numbers])
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_parents_are_looked_up_by_index_however_small_the_tree_was(wilayah: dict[str, Wilayah]) -> None:
    """Foreign keys are checked with a plan that the session keeps; one made for 17 rows would read the whole table
    for each of 84,000 villages."""
    kecamatan = [(f"11.{n}.{m:02}", "K") for n in range(10, 20) for m in range(1, 31)]
    desa = [(f"{kode}.200{n}", "D") for kode, _ in kecamatan for n in range(5)]
    before = rows_read_one_after_the_other()
    assert impor_wilayah([*((f"11.{n}", "Kabupaten") for n in range(10, 20)), *kecamatan, *desa]).baru == 1_810
    assert rows_read_one_after_the_other() - before < 20 * 1_810


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  Sei   Bahari ", "Sei Bahari"),
        ("Jum\u2019at", "Jum'at"),
        ("Jum'at", "Jum'at"),
        ("Kota\u00a0Baru", "Kota Baru"),
    ],
)
def test_names_get_straight_apostrophes_and_single_blanks(
    written: str, stored: str, wilayah: dict[str, Wilayah]
) -> None:
    impor_wilayah([("11.01.01.2001", written)])
    assert names()["11.01.01.2001"] == stored


# Names and paths


def test_a_path_names_the_region_and_those_above_without_the_nation(wilayah: dict[str, Wilayah]) -> None:
    assert wilayah["11.01.01.2001"].jalur == "A1, Alfa, Kabupaten Satu, Uji"
    assert wilayah["11"].jalur == "Uji"
    assert wilayah["0"].jalur == "Indonesia"


def test_a_new_name_reaches_the_paths_of_all_below_and_no_others(wilayah: dict[str, Wilayah]) -> None:
    assert impor_wilayah([("11.01", "Kabupaten Baru")]) == HasilImporWilayah(baru=0, berubah=1, sama=1)
    changed = {kode for kode, path in paths().items() if path != wilayah[kode].jalur}
    assert changed == {kode for kode in WILAYAH if kode.startswith("11.01")}
    assert paths()["11.01.02.2001"] == "B1, Beta, Kabupaten Baru, Uji"


def test_a_new_desa_under_a_renamed_kecamatan_gets_the_new_name_in_its_path(wilayah: dict[str, Wilayah]) -> None:
    assert impor_wilayah([("11.01.01", "Alfa Baru"), ("11.01.01.2003", "A4")]).berubah == 1
    assert paths()["11.01.01.2003"] == "A4, Alfa Baru, Kabupaten Satu, Uji"


# Counts


@pytest.mark.parametrize(
    ("kode", "expected"),
    [
        ("0", (3, 5, 1)),
        ("11", (3, 5, 1)),
        ("11.01", (2, 4, 1)),
        ("11.01.01", (1, 2, 1)),
        ("11.01.02", (1, 2, 0)),
        ("11.02", (1, 1, 0)),
        ("11.01.01.2001", (0, 1, 0)),
        ("11.01.01.1003", (0, 0, 1)),
        ("99", (1, 1, 0)),
    ],
)
def test_every_region_counts_what_it_holds_and_the_nation_no_fiction(
    kode: str, expected: tuple[int, int, int], wilayah: dict[str, Wilayah]
) -> None:
    assert counts(kode) == expected


def test_a_new_village_counts_in_all_above(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("11.01.02.3001", "Adat"), ("11.01.02.1001", "Kota Beta")])
    assert [counts(kode) for kode in ("0", "11", "11.01", "11.01.02")] == [(3, 6, 2), (3, 6, 2), (2, 5, 2), (1, 3, 1)]


def test_a_closed_village_counts_no_more(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_sampai="2025-06-30")
    impor_wilayah([("11.01.01.2003", "A4"), ("11.01.01.1004", "A5")])
    assert counts("11.01.01") == (1, 2, 2)


# Refusing


@pytest.mark.parametrize(
    "kode", ["12.01", "11.01.03.2001", "11.1", "1101", "11.0a", "11.01.01.4001", "11.01.01.20011", "x", ""]
)
def test_a_code_without_parent_or_shape_is_named_and_nothing_is_stored(kode: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match=f"(salah bentuk|tanpa induk): {kode}"), transaction.atomic():
        impor_wilayah([("11.01", "Kabupaten Baru"), ("11.01.01.2003", "A4"), (kode, "X")])
    assert names() == WILAYAH | {"0": "Indonesia"}


@pytest.mark.parametrize("nama", ["", "   "])
def test_a_region_keeps_its_name_when_the_list_has_none(nama: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match=r"11\.01"), transaction.atomic():
        impor_wilayah([("11.01", nama)])
    assert names()["11.01"] == "Kabupaten Satu"


def test_the_first_five_wrong_codes_are_named(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match=r"21\.01, 22\.01, 23\.01, 24\.01, 25\.01\. Perbaiki daftar wilayah itu\."):
        impor_wilayah([(f"{n}.01", "X") for n in range(29, 20, -1)])


# The official list


def test_the_official_list() -> None:
    """All of Kepmendagri 300.2.2-2138/2025, twice."""
    rows = list(daftar_resmi())
    assert len(rows) == 91_599
    assert impor_wilayah(rows) == HasilImporWilayah(baru=91_600, berubah=0, sama=0)
    assert dict(Wilayah.objects.values_list("jenis").annotate(Count("pk"))) == {
        Jenis.NASIONAL: 1,
        Jenis.PROVINSI: 38,
        Jenis.KABUPATEN: 416,
        Jenis.KOTA: 98,
        Jenis.KECAMATAN: 7_285,
        Jenis.KELURAHAN: 8_496,
        Jenis.DESA: 75_252,
        Jenis.DESA_ADAT: 14,
    }
    assert counts("0") == (7_285, 75_252 + 14, 8_496)
    assert not Wilayah.objects.filter(Q(contoh=True) | Q(induk=None, tingkat__gt=0) | Q(nama__regex="[‘’]")).exists()
    assert impor_wilayah(rows) == HasilImporWilayah(baru=0, berubah=0, sama=91_600)
    assert search("Kec. Deket, Lamongan").wilayah[0].nama_lengkap == "Kecamatan Deket"

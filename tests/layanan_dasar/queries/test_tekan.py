"""What the public does not see: a cell of few people, whatever would give it away, and the levels not published."""

import datetime
import random
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.models import Capaian, Indikator
from layanan_dasar.queries.tekan import Alasan, Sel, Total, alasan_sendiri, is_dibatasi, is_tertutup, tekan, tersembunyi
from tests.factories import CapaianFactory, IndikatorFactory, NilaiFactory


A1, A2, A3, B1, B2, G1 = (
    "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.02.2001", "11.01.02.2002", "11.02.01.2001",
)  # fmt: skip


def sel(pk: int, pembilang: int | None, penyebut: int | None = 100, **fields: Any) -> Sel:
    number = None if pembilang is None else Decimal(pembilang)
    return Sel(pk, number, None if penyebut is None else Decimal(penyebut), **fields)


def table(*pembilang: int | None, total: Total = Total.TAMPIL) -> dict[int, Alasan]:
    """Hidden cells of a table of 100 people each, numbered from 1."""
    return tekan([sel(number, p) for number, p in enumerate(pembilang, 1)], total)


# One cell


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "expected"),
    [
        (0, 100, None), (1, 100, Alasan.KECIL), (4, 100, Alasan.KECIL), (5, 100, None), (5, 9, Alasan.SEDIKIT),
        (0, 9, Alasan.SEDIKIT), (0, 1, Alasan.SEDIKIT), (9, 9, Alasan.SEDIKIT), (3, 9, Alasan.KECIL), (5, 10, None),
        (0, 10, None), (10, 10, None), (0, 0, None), (None, None, None), (3, None, Alasan.KECIL), (5, None, None),
        (0, None, None),
    ],
)  # fmt: skip
def test_small_numbers(pembilang: int | None, penyebut: int | None, expected: Alasan | None) -> None:
    assert alasan_sendiri(sel(1, pembilang, penyebut)) is expected


def test_only_health_and_social_security_hide_small_numbers() -> None:
    assert alasan_sendiri(sel(1, 3, 5, peka=False)) is None


def test_what_is_not_published_is_hidden_however_large() -> None:
    assert alasan_sendiri(sel(1, 900, 1000, tertutup=True)) is Alasan.TINGKAT
    assert alasan_sendiri(sel(1, 900, 1000, tertutup=True, peka=False)) is Alasan.TINGKAT


def test_the_words_in_the_place_of_a_value() -> None:
    assert [satu.label for satu in Alasan] == ["<5", "ditekan", "ditekan", "tidak dibuka"]


# A table


def test_without_small_cells_nothing_is_hidden() -> None:
    assert table(50, 60, 0, 5) == {}


def test_beside_one_hidden_cell_the_smallest_other_is_hidden() -> None:
    assert table(3, 50, 20, 90) == {1: Alasan.KECIL, 3: Alasan.PELENGKAP}


def test_a_zero_protects_nobody_while_there_is_something_else() -> None:
    assert table(3, 0, 20, 0) == {1: Alasan.KECIL, 3: Alasan.PELENGKAP}
    assert table(3, 0) == {1: Alasan.KECIL, 2: Alasan.PELENGKAP}


def test_two_hidden_cells_protect_each_other() -> None:
    assert table(3, 4, 50) == {1: Alasan.KECIL, 2: Alasan.KECIL}


@pytest.mark.parametrize("small", [1, 4])
def test_hidden_cells_that_can_only_be_split_one_way_get_a_third_beside_them(small: int) -> None:
    """Two "<5" whose sum is two are one each; whose sum is eight, four each."""
    assert table(small, small, 90, 50) == {1: Alasan.KECIL, 2: Alasan.KECIL, 4: Alasan.PELENGKAP}
    assert table(1, 3, 90, 50) == {1: Alasan.KECIL, 2: Alasan.KECIL}
    assert table(small, small) == {1: Alasan.KECIL, 2: Alasan.KECIL}  # nothing else to hide


def test_of_equals_only_one_is_hidden_always_the_same() -> None:
    assert table(3, 20, 20) == {1: Alasan.KECIL, 2: Alasan.PELENGKAP}
    assert tekan([sel(3, 20), sel(2, 20), sel(1, 3)], Total.TAMPIL) == {1: Alasan.KECIL, 2: Alasan.PELENGKAP}


def test_what_was_not_reported_protects_nobody() -> None:
    assert table(3, None, 60) == {1: Alasan.KECIL, 3: Alasan.PELENGKAP}
    assert table(3, None) == {1: Alasan.KECIL}


def test_without_a_known_total_one_hidden_cell_is_enough() -> None:
    assert table(3, 50, 20, total=Total.TERTUTUP) == {1: Alasan.KECIL}


def test_a_total_hidden_for_another_table_is_not_given_away_by_its_parts() -> None:
    assert table(30, 50, 20, total=Total.TERSIRAT) == {3: Alasan.PELENGKAP}
    assert table(3, 50, 20, total=Total.TERSIRAT) == {1: Alasan.KECIL}


def test_a_cell_closed_by_its_level_is_protected_too() -> None:
    cells = [sel(1, 900, 1000, tertutup=True), sel(2, 500, 600), sel(3, 400, 500)]
    assert tekan(cells, Total.TAMPIL) == {1: Alasan.TINGKAT, 3: Alasan.PELENGKAP}


def test_an_empty_table() -> None:
    assert tekan([], Total.TAMPIL) == {}


@pytest.mark.parametrize("seed", range(40))
def test_no_random_table_gives_a_small_cell_away(seed: int) -> None:
    """Whatever the table: under a known total either nothing is hidden, or two cells are, or there is but one."""
    rng = random.Random(seed)
    cells = [sel(n, rng.choice([0, 1, 3, 4, 5, 8, 40]), rng.choice([0, 8, 10, 60])) for n in range(rng.randint(1, 8))]
    hidden = tekan(cells, Total.TAMPIL)
    small = {satu.id for satu in cells if alasan_sendiri(satu)}
    assert small <= set(hidden)
    assert len(hidden) != 1 or len(cells) == 1
    assert len(hidden) <= max(2, len(small) + 1)
    left = sum(satu.pembilang or 0 for satu in cells if satu.id in hidden)
    one_way = set(hidden.values()) == {Alasan.KECIL} and left in (len(hidden), 4 * len(hidden))
    assert not one_way or len(hidden) == len(cells)
    assert (not small) == (not hidden)


# The indicator


def indikator(**fields: Any) -> Indikator:
    fields = {"kode": "KES-01", "bidang_kode": "KES"} | fields
    return IndikatorFactory(**fields)


@pytest.mark.django_db
def test_which_indicators_hide_anything() -> None:
    assert is_dibatasi(indikator())
    assert is_dibatasi(indikator(kode="JSO-01", bidang_kode="JSO", jenis="jumlah"))
    assert not is_dibatasi(indikator(kode="KES-X1", jenis="ya_tidak"))
    assert not is_dibatasi(indikator(kode="PDK-01", bidang_kode="PDK"))
    assert is_dibatasi(indikator(kode="PDK-02", bidang_kode="PDK", tingkat_publikasi="kecamatan"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lowest", "open_levels"), [("desa", [0, 1, 2, 3, 4]), ("kecamatan", [0, 1, 2, 3]), ("kabupaten", [0, 1, 2])]
)
def test_levels_below_that_of_publication_are_closed(lowest: str, open_levels: list[int]) -> None:
    satu = indikator(tingkat_publikasi=lowest)
    assert [tingkat for tingkat in range(5) if not is_tertutup(satu, tingkat, n_data=7)] == open_levels


@pytest.mark.django_db
def test_a_region_is_not_a_cover_for_the_only_desa_that_reported() -> None:
    assert is_tertutup(indikator(tingkat_publikasi="kecamatan"), 3, n_data=1)
    assert not is_tertutup(indikator(kode="KES-02"), 3, n_data=1)


# In the tree


def lapor(wilayah: dict[str, Wilayah], satu: Indikator, **pembilang: int) -> None:
    for desa, p in pembilang.items():
        kode = {"a1": A1, "a2": A2, "a3": A3, "b1": B1, "b2": B2, "g1": G1}[desa]
        NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=p, penyebut=100)
    capaian.rebuild(2025)


def hidden(wilayah: dict[str, Wilayah], satu: Indikator, *kode: str) -> dict[str, Alasan]:
    """By code, on the way down these regions."""
    akhir = set(Capaian.objects.values_list("akhir", flat=True))
    found = tersembunyi([wilayah[satu] for satu in kode], [satu], akhir)
    codes = dict(Capaian.objects.values_list("pk", "wilayah__kode"))
    return {codes[pk]: alasan for pk, alasan in found.items()}


JALUR = ("0", "11", "11.01", "11.01.01")


@pytest.mark.django_db
def test_a_small_desa_and_its_complement_in_the_same_kecamatan(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator()
    lapor(wilayah, satu, a1=2, a2=50, a3=30, b1=40, b2=45, g1=70)
    assert hidden(wilayah, satu, *JALUR) == {A1: Alasan.KECIL, A3: Alasan.PELENGKAP}


@pytest.mark.django_db
def test_a_small_kecamatan_hides_a_sibling_whose_desa_then_do_not_give_it_away(wilayah: dict[str, Wilayah]) -> None:
    """Alfa has 3 of 300; Beta (40 of 200) is hidden to protect it, and in Beta the smaller desa to protect Beta."""
    satu = indikator()
    lapor(wilayah, satu, a1=3, a2=0, a3=0, b1=15, b2=25, g1=70)
    found = hidden(wilayah, satu, "0", "11", "11.01", "11.01.02")
    assert found == {"11.01.01": Alasan.KECIL, "11.01.02": Alasan.PELENGKAP, B1: Alasan.PELENGKAP}
    assert hidden(wilayah, satu, *JALUR) == {"11.01.01": Alasan.KECIL, "11.01.02": Alasan.PELENGKAP, A1: Alasan.KECIL}


@pytest.mark.django_db
def test_every_period_is_judged_by_itself(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator()
    NilaiFactory(desa=wilayah[A1], indikator=satu, periode="2024", pembilang=2)
    NilaiFactory(desa=wilayah[A2], indikator=satu, periode="2024", pembilang=60)
    capaian.rebuild(2024)
    lapor(wilayah, satu, a1=20, a2=60)
    years = dict(Capaian.objects.values_list("pk", "periode"))
    found = tersembunyi([wilayah[kode] for kode in JALUR], [satu], {row.akhir for row in Capaian.objects.all()})
    assert sorted(years[pk] for pk in found) == ["2024", "2024"]


@pytest.mark.django_db
def test_below_the_level_of_publication_every_desa_is_hidden_and_the_kecamatan_is_not(
    wilayah: dict[str, Wilayah],
) -> None:
    satu = indikator(tingkat_publikasi="kecamatan")
    lapor(wilayah, satu, a1=50, a2=60, b1=50, b2=60)
    assert hidden(wilayah, satu, *JALUR) == {A1: Alasan.TINGKAT, A2: Alasan.TINGKAT}


@pytest.mark.django_db
def test_every_closed_kecamatan_is_hidden_not_only_the_smallest(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator(tingkat_publikasi="kabupaten")
    lapor(wilayah, satu, a1=50, a2=60, b1=30, b2=40)
    found = hidden(wilayah, satu, "0", "11", "11.01")
    assert found == {"11.01.01": Alasan.TINGKAT, "11.01.02": Alasan.TINGKAT}


@pytest.mark.django_db
def test_a_kecamatan_with_one_reporting_desa_hides_itself_and_a_sibling(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator(tingkat_publikasi="kecamatan")
    lapor(wilayah, satu, a1=50, b1=50, b2=60)
    found = hidden(wilayah, satu, "0", "11", "11.01")
    assert found == {"11.01.01": Alasan.TINGKAT, "11.01.02": Alasan.PELENGKAP}


@pytest.mark.django_db
def test_other_services_are_not_even_read(wilayah: dict[str, Wilayah], django_assert_num_queries: Any) -> None:
    satu = indikator(kode="PDK-01", bidang_kode="PDK")
    lapor(wilayah, satu, a1=2, a2=3)
    with django_assert_num_queries(0):
        assert tersembunyi([wilayah[kode] for kode in JALUR], [satu], {datetime.date(2025, 12, 31)}) == {}
        assert tersembunyi([], [satu], set()) == {}


@pytest.mark.django_db
def test_the_demo_is_not_part_of_the_nation(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator()
    CapaianFactory(wilayah=wilayah["99"], indikator=satu, pembilang=3)
    CapaianFactory(wilayah=wilayah["11"], indikator=satu, pembilang=60, n_data=2)
    assert hidden(wilayah, satu, "0") == {}
    assert hidden(wilayah, satu, "99", "99.01") == {"99": Alasan.KECIL}


@pytest.mark.django_db
def test_a_closed_village_counts_where_its_successor_is_unless_that_has_its_own(wilayah: dict[str, Wilayah]) -> None:
    satu = indikator()
    old = Wilayah.objects.create(
        kode="11.01.01.2009", nama="Lama", induk=wilayah["11.01.01"], berlaku_sampai="2025-06-30", kode_penerus=A1
    )
    CapaianFactory(wilayah=wilayah["11.01.01"], indikator=satu, pembilang=100, penyebut=300, n_data=3)
    CapaianFactory(wilayah=old, indikator=satu, pembilang=2)
    CapaianFactory(wilayah=wilayah[A2], indikator=satu, pembilang=50)
    CapaianFactory(wilayah=wilayah[A3], indikator=satu, pembilang=48)
    assert hidden(wilayah, satu, "11.01.01") == {"11.01.01.2009": Alasan.KECIL, A3: Alasan.PELENGKAP}
    CapaianFactory(wilayah=wilayah[A1], indikator=satu, pembilang=40)
    assert hidden(wilayah, satu, "11.01.01") == {}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_the_public_cannot_work_out_any_small_cell_by_subtraction(seed: int, wilayah: dict[str, Wilayah]) -> None:
    """Sums of what is shown, subtracted from shown totals at any level, leave no single hidden cell of few people."""
    rng = random.Random(seed)
    satu = indikator()
    lapor(wilayah, satu, **{desa: rng.choice([0, 1, 3, 6, 20, 60]) for desa in ("a1", "a2", "a3", "b1", "b2", "g1")})
    gone: dict[str, Alasan] = {}
    for way in (JALUR, ("0", "11", "11.01", "11.01.02"), ("0", "11", "11.02", "11.02.01")):
        gone |= hidden(wilayah, satu, *way)
    p = dict(Capaian.objects.filter(nilai__isnull=False).values_list("wilayah__kode", "pembilang"))
    known = {kode: value for kode, value in p.items() if kode not in gone}
    children = {kode: [part for part in p if _is_child(part, kode)] for kode in p}
    while found := _subtract(known, children):
        known |= found
    assert [kode for kode, value in p.items() if 0 < value < 5 and kode in known] == []


def _is_child(kode: str, induk: str) -> bool:
    if induk == "0":
        return len(kode) == 2
    return kode.startswith(f"{induk}.") and kode.count(".") == induk.count(".") + 1


def _subtract(known: dict[str, Decimal], children: dict[str, list[str]]) -> dict[str, Decimal]:
    """What a reader can add: a total from all its parts, or the only unknown part from its total."""
    found = {}
    for kode, parts in children.items():
        unknown = [part for part in parts if part not in known]
        if kode in known and len(unknown) == 1:
            found[unknown[0]] = known[kode] - sum(known[part] for part in parts if part in known)
        if kode not in known and parts and not unknown:
            found[kode] = Decimal(sum(known[part] for part in parts))
    return found


def test_never_exactly_one_cell_is_hidden_under_a_known_total() -> None:
    for p, q in combinations([1, 3, 20, 60], 2):
        assert len(table(p, q, 80)) in (0, 2)

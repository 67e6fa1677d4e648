"""Two people change one sheet: what each left alone goes to the other, and only what both changed is asked."""

from hypothesis import given
from hypothesis import strategies as st

from layanan_dasar.importers.tiga_arah import JenisBeda, banding, hitung
from layanan_dasar.models import Sel
from layanan_dasar.models.lembar import KOSONG, Kunci
from tests.layanan_dasar.lembar import ada, tanpa


SATU: Kunci = (1, "KES-01")
SEL = st.sampled_from([KOSONG, ada(1), ada(2), ada(1, 2), tanpa()])
SISI = st.dictionaries(st.tuples(st.integers(1, 3), st.sampled_from(["KES-01", "KES-02"])), SEL)


def result(sides: dict[Kunci, Sel], key: Kunci) -> Sel:
    return sides.get(key, KOSONG)


@given(SISI, SISI)
def test_what_was_left_alone_stays_as_the_sheet_has_it(dasar: dict[Kunci, Sel], theirs: dict[Kunci, Sel]) -> None:
    beda = banding(dasar, dasar, theirs)
    assert {key: satu.hasil for key, satu in beda.items()} == {key: result(theirs, key) for key in beda}
    assert {satu.jenis for satu in beda.values()} <= {JenisBeda.SAMA, JenisBeda.TETAP_MEREKA}


@given(SISI, SISI)
def test_what_nobody_else_changed_becomes_what_was_typed(dasar: dict[Kunci, Sel], mine: dict[Kunci, Sel]) -> None:
    beda = banding(dasar, mine, dasar)
    assert {key: satu.hasil for key, satu in beda.items()} == {key: result(mine, key) for key in beda}
    assert JenisBeda.BENTROK not in {satu.jenis for satu in beda.values()}


@given(SISI, SISI)
def test_what_both_typed_alike_is_no_conflict(dasar: dict[Kunci, Sel], both: dict[Kunci, Sel]) -> None:
    beda = banding(dasar, both, both)
    assert {satu.jenis for satu in beda.values()} <= {JenisBeda.SAMA}


@given(SISI, SISI, SISI)
def test_a_conflict_is_what_differs_on_all_three_sides_and_nothing_is_lost(
    dasar: dict[Kunci, Sel], mine: dict[Kunci, Sel], theirs: dict[Kunci, Sel]
) -> None:
    beda = banding(dasar, mine, theirs)
    assert set(beda) == {*dasar, *mine, *theirs}
    for key, satu in beda.items():
        sides = [result(side, key) for side in (dasar, mine, theirs)]
        assert [satu.dasar, satu.mine, satu.theirs] == sides
        assert (satu.jenis == JenisBeda.BENTROK) == (len(set(sides)) == 3)
        assert satu.hasil in sides[1:]


def kind(dasar: Sel, mine: Sel, theirs: Sel) -> str:
    return banding({SATU: dasar}, {SATU: mine}, {SATU: theirs})[SATU].jenis.value


def test_the_kinds() -> None:
    assert kind(ada(1), ada(1), ada(1)) == "sama"
    assert kind(ada(1), ada(2), ada(2)) == "sama"
    assert kind(KOSONG, ada(1), KOSONG) == "baru"
    assert kind(ada(1), ada(2), ada(1)) == "berubah"
    assert kind(ada(1), tanpa(), ada(1)) == "berubah"
    assert kind(ada(1), KOSONG, ada(1)) == "dikosongkan"
    assert kind(ada(1), ada(1), ada(2)) == "tetap_mereka"
    assert kind(ada(1), ada(2), ada(3)) == "bentrok"
    assert kind(KOSONG, ada(2), ada(3)) == "bentrok"
    assert kind(ada(1), KOSONG, ada(3)) == "bentrok"


def test_numbers_that_are_equal_are_the_same_figure() -> None:
    assert kind(ada("82.0000"), ada(82), ada("82.0")) == "sama"


def test_a_conflict_keeps_what_the_sheet_holds_until_somebody_chose() -> None:
    beda = banding({SATU: ada(1)}, {SATU: ada(2)}, {SATU: ada(3)})[SATU]
    assert beda.hasil == ada(3)


def test_kinds_are_counted_with_those_that_do_not_occur() -> None:
    dasar = {(n, "KES-01"): ada(1) for n in range(5)}
    mine = dasar | {(1, "KES-01"): ada(2), (2, "KES-01"): KOSONG, (9, "KES-01"): ada(9)}
    assert hitung(banding(dasar, mine, dasar).values()) == {
        JenisBeda.SAMA: 3,
        JenisBeda.BARU: 1,
        JenisBeda.BERUBAH: 1,
        JenisBeda.DIKOSONGKAN: 1,
        JenisBeda.TETAP_MEREKA: 0,
        JenisBeda.BENTROK: 0,
    }

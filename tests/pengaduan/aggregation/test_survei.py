"""What a survey found, compared with adding up sheet by sheet."""

import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from p3pd_portal.lib.skm import desimal
from pengaduan.aggregation.survei import mutu_of, rebuild
from pengaduan.models import RingkasanSurvei, Survei
from pengaduan.models.jawaban_survei import UNSUR
from tests.factories import JawabanSurveiFactory, SurveiFactory
from tests.pengaduan.dunia import A1


pytestmark = pytest.mark.django_db
CONTOH = (105, 101, 100, 116, 102, 105, 106, 105, 115)


@pytest.fixture
def survei(wilayah: dict[str, Wilayah]) -> Survei:
    return SurveiFactory(unit__wilayah=wilayah[A1], populasi=100)


def spread(jumlah: int, n: int) -> list[int]:
    """n values from 3 to 4 with this sum."""
    return [4 if place < jumlah - 3 * n else 3 for place in range(n)]


def test_29_respondents_of_the_published_example(survei: Survei) -> None:
    for nilai in zip(*(spread(jumlah, 29) for jumlah in CONTOH), strict=True):
        JawabanSurveiFactory(survei=survei, nilai=nilai)
    satu = rebuild(survei)
    assert [row.jumlah for row in satu.unsur.all()] == list(CONTOH)
    assert (satu.n, satu.ikm, str(satu.mutu)) == (29, Decimal("91.48"), "A (sangat baik)")
    assert satu.sampel.kata == "belum memenuhi sampel"
    assert [str(row.nrr) for row in satu.unsur.all()][:3] == ["3.62", "3.48", "3.45"]


def test_nine_are_counted_but_have_no_index(survei: Survei) -> None:
    for _ in range(9):
        JawabanSurveiFactory(survei=survei)
    satu = rebuild(survei)
    assert (satu.n, satu.ikm, satu.mutu) == (9, None, None)


def test_an_element_without_answers_has_no_mean(survei: Survei) -> None:
    for _ in range(10):
        JawabanSurveiFactory(survei=survei, nilai=[3] * 8 + [None])
    satu = rebuild(survei)
    assert (satu.n, satu.ikm) == (10, None)
    assert satu.unsur.get(unsur="sarpras").nrr is None


def test_the_ways_are_counted_apart(survei: Survei, cast: SimpleNamespace) -> None:
    JawabanSurveiFactory(survei=survei, cara="kertas", dicatat_oleh=cast.camat_a)
    JawabanSurveiFactory(survei=survei, cara="pengaduan")
    JawabanSurveiFactory(survei=survei)
    JawabanSurveiFactory(survei=survei, nilai=[1] + [None] * 8)
    satu = rebuild(survei)
    assert (satu.n, satu.n_daring, satu.n_kertas, satu.n_pengaduan, satu.n_dikecualikan) == (3, 1, 1, 1, 1)


def test_counting_again_changes_nothing_and_new_answers_replace_the_rows(survei: Survei) -> None:
    JawabanSurveiFactory(survei=survei)
    first = rebuild(survei)
    rebuild(survei)
    assert (RingkasanSurvei.objects.count(), first.unsur.count()) == (1, 9)
    JawabanSurveiFactory(survei=survei, nilai=[1] * 9)
    assert [row.jumlah for row in rebuild(survei).unsur.all()] == [4] * 9


def test_a_second_slow_way_finds_the_same(survei: Survei) -> None:
    dice = random.Random(17)
    sheets = [[dice.choice([None, 1, 2, 3, 4]) for _ in range(9)] for _ in range(60)]
    sheets = [sheet for sheet in sheets if any(sheet)]
    who = [
        {
            "jenis_kelamin": dice.choice(["", "p", "l"]),
            "disabilitas": dice.choice([None, True, False]),
            "kelompok_umur": dice.choice(["", "u18"]),
        }
        for _ in sheets
    ]
    for nilai, said in zip(sheets, who, strict=True):
        JawabanSurveiFactory(survei=survei, nilai=nilai, **said)
    kept = [(sheet, said) for sheet, said in zip(sheets, who, strict=True) if sheet.count(None) <= 3]
    means = []
    for place in range(9):
        values = [sheet[place] for sheet, _said in kept if sheet[place] is not None]
        means.append(Fraction(sum(values), len(values)))
    satu = rebuild(survei)
    assert (satu.n, satu.n_dikecualikan) == (len(kept), len(sheets) - len(kept))
    assert satu.ikm == desimal(sum(25 * mean / 9 for mean in means))
    assert {row.unsur_id: row.nrr for row in satu.unsur.all()} == dict(zip(UNSUR, map(desimal, means), strict=True))
    words = {None: "", True: "ya", False: "tidak"}
    counted = {(row.dimensi, row.nilai): row.n for row in satu.profil.all()}
    for dimensi, say in (("jenis_kelamin", str), ("kelompok_umur", str), ("disabilitas", words.get)):
        want = Counter(say(said[dimensi]) for _sheet, said in kept)  # type: ignore[operator]
        assert {nilai: n for (name, nilai), n in counted.items() if name == dimensi} == want


@pytest.mark.parametrize(
    ("index", "mutu"), [("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A")]
)
def test_the_classes_of_the_table(index: str, mutu: str) -> None:
    assert mutu_of(Decimal(index)).mutu == mutu

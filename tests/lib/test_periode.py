import datetime

import pytest

from p3pd_portal.lib.periode import Periode, pilih_tahun


@pytest.mark.parametrize(
    ("text", "label", "awal", "akhir"),
    [
        ("2025", "tahun 2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025-S1", "semester 1 2025", (2025, 1, 1), (2025, 6, 30)),
        ("2025-S2", "semester 2 2025", (2025, 7, 1), (2025, 12, 31)),
        ("2025-T3", "triwulan 3 2025", (2025, 7, 1), (2025, 9, 30)),
        ("2024-02", "Februari 2024", (2024, 2, 1), (2024, 2, 29)),
    ],
)
def test_a_period_has_a_label_and_two_ends(
    text: str, label: str, awal: tuple[int, int, int], akhir: tuple[int, int, int]
) -> None:
    satu = Periode.parse(text)
    assert (str(satu), satu.label) == (text, label)
    assert (satu.awal, satu.akhir) == (datetime.date(*awal), datetime.date(*akhir))


def test_spaces_and_small_letters_are_forgiven() -> None:
    assert Periode.parse(" 2025-s1 ") == Periode("S", 2025, 1)


@pytest.mark.parametrize("text", ["", "25", "2025-S3", "2025-T5", "2025-13", "2025-7", "S1 2025", "2025-S0", "1825"])
def test_anything_else_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="Periode ditulis 2025"):
        Periode.parse(text)


@pytest.mark.parametrize(
    ("day", "expected"),
    [((2025, 1, 1), "2025-S1 2025-T1 2025-01"), ((2025, 6, 30), "2025-S1 2025-T2 2025-06"),
     ((2025, 12, 31), "2025-S2 2025-T4 2025-12")],
)  # fmt: skip
def test_the_periods_a_day_lies_in(day: tuple[int, int, int], expected: str) -> None:
    assert " ".join(str(Periode.of(kind, datetime.date(*day))) for kind in "STB") == expected
    assert Periode.of("Y", datetime.date(*day)) == Periode("Y", day[0])


@pytest.mark.parametrize(
    ("text", "before", "year_before"),
    [("2025", "2024", "2024"), ("2025-S1", "2024-S2", "2024-S1"), ("2025-T1", "2024-T4", "2024-T1"),
     ("2025-01", "2024-12", "2024-01")],
)  # fmt: skip
def test_neighbours(text: str, before: str, year_before: str) -> None:
    satu = Periode.parse(text)
    assert (str(satu.sebelumnya), str(satu.tahun_lalu)) == (before, year_before)
    assert satu.sebelumnya.shift(1) == satu


def test_periods_are_ordered_by_their_last_day() -> None:
    texts = ["2024", "2025-01", "2025-T1", "2025-S1", "2025-12", "2025-T4", "2025-S2", "2025"]
    assert [str(satu) for satu in sorted(map(Periode.parse, reversed(texts)))] == texts


@pytest.mark.parametrize(
    ("asked", "there", "chosen"),
    [("2024", [2025, 2024], 2024), ("2023", [2025, 2024], 2025), ("٢٠٢٤", [2025, 2024], 2025), ("", [], 2026)],
)
def test_the_year_of_a_page_is_one_that_has_figures(asked: str, there: list[int], chosen: int) -> None:
    assert pilih_tahun(asked, there, datetime.date(2026, 11, 22)) == chosen

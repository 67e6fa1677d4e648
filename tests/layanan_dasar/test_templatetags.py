"""Figures of indicators as they are written on a page."""

from decimal import Decimal
from typing import Any

import pytest

from layanan_dasar.models import Indikator
from layanan_dasar.queries.angka import Angka
from layanan_dasar.queries.tekan import Alasan
from layanan_dasar.templatetags.capaian import bernilai, jumlah, rentang, selang, selisih, skor, target, tulis
from p3pd_portal.lib.periode import Periode


PERSEN = Indikator(jenis="persen", arah="naik", satuan="%", penyebut="keluarga")
STUNTING = Indikator(jenis="persen", arah="turun", satuan="%", penyebut="balita yang diukur")
KASUS = Indikator(jenis="jumlah", arah="turun", satuan="kasus")
PILAR = Indikator(jenis="skala", arah="naik", satuan="pilar")
INDEKS = Indikator(jenis="skala", arah="naik", satuan="indeks")
ODF = Indikator(jenis="ya_tidak", arah="naik", satuan="ya/tidak")


def figure(nilai: str | None = None, *, n_desa: int = 3, **fields: Any) -> Angka:
    value = None if nilai is None else Decimal(nilai)
    return Angka(Periode.parse("2025"), "ada" if value is not None else "tidak_ada_sasaran", 1, n_desa, nilai=value,
                 **fields)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "indikator", "expected"),
    [
        (None, PERSEN, "–"), ("77.7358", PERSEN, "77,7%"), ("0", PERSEN, "0,0%"), ("3", KASUS, "3 kasus"),
        ("1234", KASUS, "1.234 kasus"), ("3.5", PILAR, "3,5 pilar"), ("4.0000", PILAR, "4 pilar"),
        ("0.7541", INDEKS, "0,7541 indeks"), ("0.72", INDEKS, "0,7200 indeks"), ("50", ODF, "50,0%"),
    ],
)  # fmt: skip
def test_a_value_stands_in_its_unit(value: str | None, indikator: Indikator, expected: str) -> None:
    assert bernilai(None if value is None else Decimal(value), indikator) == expected


def test_a_figure_or_what_stands_in_its_place() -> None:
    assert tulis(figure("77.7"), PERSEN) == "77,7%"
    assert tulis(figure(), PERSEN) == "tidak ada sasaran"
    assert tulis(figure(alasan=Alasan.KECIL), PERSEN) == "<5"


def test_of_a_single_desa_a_yes_is_a_word() -> None:
    assert [tulis(figure(value, n_desa=1), ODF) for value in ("100", "0")] == ["ya", "tidak"]
    assert tulis(figure("100", n_desa=2), ODF) == "100,0%"
    assert target(figure("0", n_desa=1, target=Decimal(100)), ODF) == "ya"
    assert target(figure("0", n_desa=2, target=Decimal(100)), ODF) == "100%"


@pytest.mark.parametrize(
    ("value", "indikator", "expected"),
    [(None, PERSEN, "–"), ("100.0000", PERSEN, "100%"), ("14.2", STUNTING, "14,2%"), ("0", KASUS, "0 kasus")],
)
def test_a_target_has_the_decimals_it_needs(value: str | None, indikator: Indikator, expected: str) -> None:
    assert target(figure("1", target=None if value is None else Decimal(value)), indikator) == expected


def test_what_lies_between_a_figure_and_its_target_says_in_which_direction() -> None:
    assert selisih(figure("60", kurang=Decimal("1212.4")), PERSEN) == "kurang 1.212 keluarga"
    assert selisih(figure("20", kurang=Decimal(10)), STUNTING) == "10 balita yang diukur di atas target"
    assert selisih(figure("6", kurang=Decimal(6)), KASUS) == "6 kasus di atas target"
    assert selisih(figure("50", kurang=Decimal(2)), ODF) == "kurang 2 desa"


@pytest.mark.parametrize("kurang", [None, "0", "0.4"])
def test_less_than_one_is_nothing_to_speak_of(kurang: str | None) -> None:
    assert selisih(figure("99", kurang=None if kurang is None else Decimal(kurang)), PERSEN) == ""
    assert selisih(figure("0", n_desa=1, kurang=Decimal(1)), ODF) == ""


def test_a_range_has_its_unit_once() -> None:
    assert rentang((Decimal(3), Decimal(5)), PILAR) == "3–5 pilar"
    assert rentang((Decimal("0.7097"), Decimal("0.9359")), INDEKS) == "0,7097–0,9359 indeks"
    assert selang((70.91, 86.7)) == "70,9–86,7%"


def test_counts_and_scores() -> None:
    assert [jumlah(None), jumlah(Decimal("1200.0000")), jumlah(Decimal("2.5"))] == ["–", "1.200", "2,5"]
    assert [skor(Decimal("0.899")), skor(None)] == ["89", "–"]

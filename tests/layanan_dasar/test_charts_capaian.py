"""Bullet bars, colour classes, the map and small lines of the pages of basic services."""

from decimal import Decimal

import pytest

from kecamatan.models import Bidang, Wilayah
from layanan_dasar.charts_capaian import (
    KELAS_SKOR,
    garis_kecil,
    kelas_skor,
    kolom,
    lengkap,
    panas,
    peluru,
    peta_skor,
    tren,
    tulis_skor,
)
from layanan_dasar.queries.angka import status
from layanan_dasar.queries.skor import SkorAnak, SkorBidang
from tests.layanan_dasar.test_charts_peta import CLASS_COLOURS


PDK, KES = Bidang(pk="PDK", nama="Pendidikan"), Bidang(pk="KES", nama="Kesehatan")


def layanan(skor: str | None, induk: str | None = None, anak: tuple[str, str] | None = None) -> SkorBidang:
    band = anak and (Decimal(anak[0]), Decimal(anak[1]))
    own, above = (None if value is None else Decimal(value) for value in (skor, induk))
    return SkorBidang(PDK, own, above, band, 3, 6, [])


def anak(number: int, **skor: str) -> SkorAnak:
    wilayah = Wilayah(pk=number, kode=f"35.24.{number:02}", nama=f"K{number}")
    wilayah.tingkat = 3
    return SkorAnak(wilayah, {kode: Decimal(value) for kode, value in skor.items()}, {"PDK": number})


@pytest.mark.parametrize(
    ("skor", "expected"),
    [("0", "k0"), ("0.2499", "k0"), ("0.25", "k1"), ("0.5", "k2"), ("0.7499", "k2"), ("0.75", "k3"), ("0.9", "k4"),
     ("1", "k4")],
)  # fmt: skip
def test_the_classes_change_where_the_words_do(skor: str, expected: str) -> None:
    assert kelas_skor(Decimal(skor)) == expected
    words = next(words for kode, words, _ in KELAS_SKOR if kode == expected)
    assert f"({status(Decimal(skor)).kata})" in words


def test_the_classes_have_the_colours_of_every_map() -> None:
    assert [kode for kode, _, _ in KELAS_SKOR] == list(CLASS_COLOURS)
    assert kelas_skor(None) == "kx"


def test_a_score_is_not_rounded_over_the_border_of_its_word() -> None:
    assert [tulis_skor(Decimal(skor)) for skor in ("0.899", "0.9", "0", "1", "0.005")] == ["89", "90", "0", "100", "0"]
    assert tulis_skor(None) == "–"


def test_a_bullet_has_a_bar_a_mark_and_a_band() -> None:
    found = peluru(layanan("0.72", "0.6", ("0.3", "0.9")))
    assert (found.lebar, found.induk, found.pita) == ("72.00", "60.00", ("30.00", "60.00"))
    assert (found.nilai, found.nilai_induk, found.rentang) == ("72", "60", ("30", "90"))


def test_a_bullet_without_figures_draws_nothing() -> None:
    found = peluru(layanan(None))
    assert (found.lebar, found.induk, found.pita, found.rentang, found.nilai) == ("0.00", "", None, None, "–")


def test_numbers_on_colour_end_with_all_services() -> None:
    row = panas([anak(1, PDK="0.8", KES="0.4", SAB="0.6")], [PDK, KES, Bidang(pk="ADM")])[0]
    assert row.sel == [("k3", "80"), ("k1", "40"), ("kx", ""), ("k2", "60")]


def test_completeness_has_a_sign_a_number_and_a_word() -> None:
    cells = [satu.sel[0] for satu in lengkap([anak(0), anak(3), anak(6)], [layanan(None)])]
    assert cells == [("○", "0/6", "belum ada"), ("◐", "3/6", "sebagian"), ("●", "6/6", "lengkap")]


def test_columns_turn_their_order() -> None:
    assert [kolom("PDK", "Pendidikan", urut).berikut for urut in ("", "PDK", "-PDK")] == ["PDK", "-PDK", "PDK"]
    assert [kolom("PDK", "Pendidikan", urut).arah for urut in ("", "PDK", "-PDK")] == ["", "ascending", "descending"]


def test_the_map_says_the_score_and_its_word() -> None:
    found = peta_skor([anak(1, PDK="0.8"), anak(2)], {}, 2025, "PDK")
    assert [satu.kalimat for satu in found.daerah] == ["K1: 80, mendekati", "K2: belum ada data"]
    assert found.daerah[0].url == "/wilayah/35.24.01/capaian/?tahun=2025"
    assert [kode for kode, _, _ in found.kelompok] == ["k4", "k3", "k2", "k1", "k0", "kx"]
    assert [satu.kelas for satu in peta_skor([anak(1, PDK="0.8")], {}, 2025).daerah] == ["kx"]  # one service is not all


def test_a_line_needs_four_points() -> None:
    three = [(2022.0, Decimal(50)), (2023.0, Decimal(60)), (2024.0, Decimal(70))]
    dots = garis_kecil(three, None, Decimal(100))
    assert (len(dots.titik), dots.garis, dots.target) == (3, "", "")
    line = garis_kecil([*three, (2025.0, Decimal(100))], Decimal(100), Decimal(100))
    assert line.garis.split() == ["5.0,20.0", "41.7,17.0", "78.3,14.0", "115.0,5.0"]
    assert line.target == "5.0"


def test_services_stand_over_the_same_years() -> None:
    def service(bidang: Bidang, *deret: tuple[int, str]) -> SkorBidang:
        return SkorBidang(bidang, None, None, None, 0, 0, [(tahun, Decimal(skor)) for tahun, skor in deret])

    found = tren([service(PDK, (2022, "0.5"), (2025, "0.61")), service(KES, (2025, "0.4")), service(Bidang(pk="SAB"))])
    assert found.tahun == [2022, 2025]
    assert [(row.bidang.pk, row.sel) for row in found.baris] == [("PDK", ["50", "61"]), ("KES", ["–", "40"])]
    assert found.baris[1].garis.titik == [("115.0", "23.0")]  # at the right, where 2025 is
    assert tren([]).baris == []


def test_a_line_has_room_for_what_exceeds_its_scale() -> None:
    assert garis_kecil([(2025.0, Decimal(200))], Decimal(50), Decimal(100)).titik == [("60.0", "5.0")]
    assert garis_kecil([(2025.0, Decimal(0))], None, Decimal(0)).titik == [("60.0", "35.0")]
    assert garis_kecil([], None, Decimal(0)).titik == []

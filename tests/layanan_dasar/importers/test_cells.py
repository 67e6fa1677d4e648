"""Cells of budget files: what people type, and what it becomes or why it is refused."""

import datetime

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.importers import cells


@pytest.mark.parametrize(
    ("typed", "kode"),
    [
        ("02.02.02", "02.02.02"),
        ("2.2.02", "02.02.02"),
        ("02.02.02.", "02.02.02"),
        (" 2.2.2 ", "02.02.02"),
        ("05.03.00", "05.03.00"),
        ("05.03.01", "05.03.00"),
        ("5.1.1", "05.01.00"),
        ("05.03.02", "05.03.02"),
        ("02.04.90", "02.04.90"),
        ("", ""),
    ],
)
def test_kegiatan_is_brought_to_one_spelling(typed: str, kode: str) -> None:
    assert cells.kode_kegiatan(typed) == kode
    assert cells.kode_kegiatan_atau_induk(typed) == kode


@pytest.mark.parametrize("typed", ["02", "02.02", "06.01.01", "02.02.02.01", "2,2,02", "Posyandu", "02.02.0٢"])
def test_incomplete_kegiatan_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"tidak lengkap\. Tulis BB\.SS\.KK"):
        cells.kode_kegiatan(typed)


@pytest.mark.parametrize(
    ("typed", "kode"), [("01", "01"), ("1", "01"), (1.0, "01"), ("01.02", "01.02"), ("1.2.", "01.02"), (2.3, "02.03")]
)
def test_summary_may_stop_at_chapter_or_subchapter(typed: object, kode: str) -> None:
    assert cells.kode_kegiatan_atau_induk(typed) == kode


@pytest.mark.parametrize("typed", ["06", "6.1", "01.02.03.04"])
def test_summary_takes_no_other_code(typed: str) -> None:
    with pytest.raises(ValueError, match="tidak lengkap"):
        cells.kode_kegiatan_atau_induk(typed)


@pytest.mark.parametrize(
    ("typed", "kode"),
    [
        ("5.2.1.01", "5.2.1.01"),
        ("5.2.1.1", "5.2.1.01"),
        ("5.2.1.01.", "5.2.1.01"),
        ("4.2.1", "4.2.1"),
        (4.1, "4.1"),
        (4.0, "4"),
        (6, "6"),
        ("", ""),
    ],
)
def test_rekening_is_brought_to_one_spelling(typed: object, kode: str) -> None:
    assert cells.kode_rekening(typed) == kode


@pytest.mark.parametrize("typed", ["1.1.1", "7.1.1", "5.2.1.001", "5.22.1", "5,2,1", "lima", datetime.date(2001, 2, 5)])
def test_rekening_outside_a_budget_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match="mulai dari 4, 5, atau 6"):
        cells.kode_rekening(typed)


@pytest.mark.parametrize("typed", ["2015", " 2025 ", 2035, 2025.0])
def test_year_of_a_budget(typed: object) -> None:
    assert cells.tahun(typed) == int(float(str(typed)))


@pytest.mark.parametrize("typed", ["2014", "2036", "25", "", "2025.5", "dua ribu", "٢٠٢٥"])
def test_year_outside_the_range_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="di luar 2015–2035"):
        cells.tahun(typed)


@pytest.mark.parametrize(("typed", "kode"), [("dds", "DDS"), ("", ""), ("xyz", "LAIN:XYZ"), ("lain:xyz", "LAIN:XYZ")])
def test_sumber_dana(typed: str, kode: str) -> None:
    assert cells.SumberDana(frozenset({"DDS"}))(typed) == kode


def test_sumber_dana_written_in_words_is_refused() -> None:
    with pytest.raises(ValueError, match="terlalu panjang"):
        cells.SumberDana(frozenset({"DDS"}))("Dana Desa dari APBN")


def test_longest_unlisted_sumber_dana_can_be_read_back() -> None:
    """What the portal stored, and therefore exports, it takes again."""
    sumber = cells.SumberDana(frozenset())
    assert sumber(sumber("A" * 15)) == "LAIN:" + "A" * 15


def test_sumber_dana_with_a_nul_is_refused() -> None:
    with pytest.raises(ValueError, match="karakter yang tidak sah"):
        cells.SumberDana(frozenset())("D\x00S")


def test_rupiah_counts_what_it_rounds() -> None:
    rupiah = cells.Rupiah()
    assert [rupiah(cell) for cell in ("10", "0,50", 1.49, "", "0")] == [10, 1, 1, None, 0]
    assert rupiah.rounded == 2


@pytest.mark.parametrize("typed", ["11.01.01.2001", "1101012001", 1101012001.0])
def test_desa_with_or_without_dots(typed: object, wilayah: dict[str, Wilayah]) -> None:
    assert cells.Desa(wilayah["11.01.01"])(typed) == wilayah["11.01.01.2001"].pk


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("11.01.01.2999", "tidak ada dalam daftar Kemendagri"),
        ("11.01.01", "tidak ada dalam daftar Kemendagri"),
        ("", "tidak ada dalam daftar Kemendagri"),
        ("11.01.01.1003", "adalah kelurahan, yang tidak memiliki APBDes"),
        ("11.01.02.2001", "berada di luar Kecamatan Alfa"),
    ],
)
def test_desa_that_cannot_be_taken(typed: str, words: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match=words):
        cells.Desa(wilayah["11.01.01"])(typed)


def test_without_a_region_every_desa_is_taken(wilayah: dict[str, Wilayah]) -> None:
    desa = cells.Desa(None)
    assert {desa(kode) for kode in ("11.01.02.2001", "99.01.01.2001")} == {
        wilayah["11.01.02.2001"].pk,
        wilayah["99.01.01.2001"].pk,
    }


def test_the_nation_takes_no_demo_desa(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match="berada di luar"):
        cells.Desa(wilayah["0"])("99.01.01.2001")

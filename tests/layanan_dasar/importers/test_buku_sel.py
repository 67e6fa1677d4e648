"""What people type into a cell of the workbook: taken as meant, doubted, or refused with the repair."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook

from kecamatan.models import Wilayah
from layanan_dasar.models import Lembar, Sel, StatusNilai
from tests.layanan_dasar.buku import LEMBAR, baca, ketik, places, ubah, unduh, with_result
from tests.layanan_dasar.lembar import ada, buat_lembar, tanpa


pytestmark = pytest.mark.django_db
ALFA = "11.01.01"
TIDAK_BERLAKU = tanpa(StatusNilai.TIDAK_BERLAKU)


@pytest.fixture
def lembar(wilayah: dict[str, Wilayah]) -> Lembar:
    """Empty. Of A1, in row 4: a percentage of counted people in D to I, of projected ones in K to M, a count in O, yes
    or no in R, an index in U, per cent in X; each with its status beside it. Last published was 5 of the count."""
    desa = [wilayah[kode] for kode in ("11.01.01.2001", "11.01.01.2002", "11.01.01.1003")]
    lembar = buat_lembar(wilayah[ALFA], desa)
    return replace(lembar, lalu={(desa[0].pk, "KES-03"): ada(5), (desa[0].pk, "KES-06"): ada(81)})


@pytest.mark.parametrize(
    ("cells", "kode", "sel"),
    [
        ({"O4": "12"}, "KES-03", ada(12)),
        ({"O4": " 1.234.567 "}, "KES-03", ada(1_234_567)),
        ({"O4": "1,234,567"}, "KES-03", ada(1_234_567)),
        ({"O4": 0}, "KES-03", ada(0)),
        ({"O4": 12.0}, "KES-03", ada(12)),
        ({"O4": 3, "P4": "ada"}, "KES-03", ada(3)),
        ({"U4": "12,5"}, "KES-05", ada("12.5")),
        ({"U4": 0.765}, "KES-05", ada("0.765")),
        ({"U4": "0.765"}, "KES-05", ada("0.765")),
        ({"X4": "82,5"}, "KES-06", ada("82.5")),
        ({"X4": "82 %"}, "KES-06", ada(82)),
        ({"X4": 100}, "KES-06", ada(100)),
        ({"X4": 0}, "KES-06", ada(0)),
        ({"R4": "Ya"}, "KES-04", ada(1, 1)),
        ({"R4": "tidak"}, "KES-04", ada(0, 1)),
        ({"R4": 0}, "KES-04", ada(0, 1)),
        ({"D4": 0, "E4": 0}, "KES-01", ada(0, 0)),
        ({"K4": 120, "L4": 100}, "KES-02", ada(120, 100)),
        ({"D4": 5, "E4": 9, "F4": "-"}, "KES-01", ada(5, 9)),
        ({"P4": "Tidak dilaporkan"}, "KES-03", tanpa()),
        ({"P4": "tidak_berlaku"}, "KES-03", TIDAK_BERLAKU),
    ],
)
def test_a_figure_is_read_as_it_was_meant(lembar: Lembar, cells: dict[str, Any], kode: str, sel: Sel) -> None:
    buku = baca(ketik(unduh(lembar), **cells), lembar)
    assert (buku.galat, buku.peringatan, buku.catatan) == ([], [], [])
    assert buku.isi == {(lembar.desa[0].pk, kode): sel}


@pytest.mark.parametrize("cells", [{"O4": "-"}, {"O4": "n/a"}, {"O4": "N/A"}, {"O4": " – "}, {"P4": "-"}])
def test_a_dash_is_not_reported_and_a_note_says_how_nil_is_written(lembar: Lembar, cells: dict[str, str]) -> None:
    buku = baca(ketik(unduh(lembar), **cells), lembar)
    assert buku.isi == {(lembar.desa[0].pk, "KES-03"): tanpa()}
    assert (buku.galat, buku.peringatan) == ([], [])
    assert buku.catatan == ["1 isian bertanda “-” dibaca tidak dilaporkan. Bila maksudnya nol, tulis 0."]


def test_dashes_in_both_parts_of_a_percentage_are_one_that_is_not_reported(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), D4="-", E4="-"), lembar)
    assert (buku.isi, buku.galat) == ({(lembar.desa[0].pk, "KES-01"): tanpa()}, [])


BULAT = "Jumlah ditulis bulat, tanpa desimal."
BUKAN_PERSEN = "Isi banyaknya dengan bilangan bulat, bukan persennya."
PEMBILANG = "Pembilang belum diisi. Isi angkanya, atau tulis statusnya: tidak_dilaporkan."
PENYEBUT = "Penyebut (sasaran) belum diisi. Isi sasarannya; tanpa itu persen tidak dapat digabung."
BATAS = "Angka harus nol sampai sepuluh miliar. Periksa tanda dan satuannya."


@pytest.mark.parametrize(
    ("cells", "sel", "variabel", "pesan"),
    [
        ({"O4": "lima"}, "O4", "KES-03.pembilang", "Bukan angka: tulis 1234567 atau 1.234.567,00."),
        ({"O4": True}, "O4", "KES-03.pembilang", "Bukan angka: tulis 1234567 atau 1.234.567,00."),
        ({"O4": "1,234"}, "O4", "KES-03.pembilang", "Angka tidak jelas: tulis 1234567 atau 1.234.567"),
        ({"O4": "12,5"}, "O4", "KES-03.pembilang", BULAT),
        ({"O4": 1.234}, "O4", "KES-03.pembilang", BULAT),
        ({"O4": -3}, "O4", "KES-03.pembilang", BATAS),
        ({"O4": 10**10}, "O4", "KES-03.pembilang", BATAS),
        ({"O4": "82%"}, "O4", "KES-03.pembilang", f"Sel ini ditulis sebagai persen. {BUKAN_PERSEN}"),
        ({"D4": 0.82, "E4": 100}, "D4", "KES-01.pembilang", f"{BULAT} {BUKAN_PERSEN}"),
        ({"D4": 8, "E4": 10, "F4": 2.5}, "F4", "KES-01.laki_laki", BULAT),
        (
            {"D4": 11, "E4": 10},
            "D4",
            "KES-01.pembilang",
            "Pembilang 11 melebihi penyebut 10, padahal penyebutnya riil. Periksa keduanya.",
        ),
        ({"D4": 11}, "E4", "KES-01.penyebut", PENYEBUT),
        ({"E4": 11}, "D4", "KES-01.pembilang", PEMBILANG),
        ({"F4": 11}, "D4", "KES-01.pembilang", PEMBILANG),
        ({"H4": 1, "E4": 11}, "D4", "KES-01.pembilang", PEMBILANG),
        ({"D8": 11, "E8": 10}, "D8", "KES-01.pembilang", "Pembilang 11 melebihi penyebut 10"),
        ({"P4": "ada"}, "O4", "KES-03.pembilang", PEMBILANG),
        ({"R4": 2}, "R4", "KES-04.pembilang", "Indikator ya/tidak diisi 1 (ya) atau 0 (tidak)."),
        ({"X4": 101}, "X4", "KES-06.pembilang", "101% melebihi 100%."),
        ({"X4": 0.82}, "X4", "KES-06.pembilang", "0,82 tampak seperti pecahan. Tulis 82 untuk 82%"),
        ({"X5": "0,5%"}, "X5", "KES-06.pembilang", "bila memang di bawah satu persen, isikan langsung di portal."),
        ({"P4": "belum"}, "P4", "KES-03.status", "“belum” tidak dikenal. Isi salah satu: (kosong), ada,"),
        ({"O4": 3, "P4": "tidak_berlaku"}, "P4", "KES-03.status", "Status “tidak_berlaku” tidak dapat bersama angka."),
        ({"F4": 3, "I4": "-"}, "I4", "KES-01.status", "Hapus statusnya, atau kosongkan angkanya."),
        ({"D4": "-", "E4": 9}, "D4", "KES-01.pembilang", "“-” berarti tidak dilaporkan, padahal angka lain diisi."),
        ({"O4": "=2+3"}, "O4", "KES-03.pembilang", "rumus tanpa hasil tersimpan. Ketik angkanya."),
    ],
)
def test_a_figure_that_cannot_be_is_refused_at_its_cell(
    lembar: Lembar, cells: dict[str, Any], sel: str, variabel: str, pesan: str
) -> None:
    buku = baca(ketik(unduh(lembar), **cells), lembar)
    desa = {"4": "A1", "5": "A2", "8": "Jumlah menurut sumber"}[sel[1:]]
    assert places(buku.galat) == [(sel, desa, variabel)]
    assert pesan in buku.galat[0].pesan
    assert (buku.galat[0].lembar, buku.peringatan, buku.isi) == (LEMBAR, [], {})


def test_every_error_is_collected_and_the_sound_cells_are_read_all_the_same(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), D4="x", E4="y", O4=1.5, P5="z", O6=7, AA9="3524010101010001"), lembar)
    assert [temuan.sel for temuan in buku.galat] == ["AA9", "D4", "E4", "O4", "P5"]
    assert buku.isi == {(lembar.desa[2].pk, "KES-03"): ada(7)}


def test_a_wrong_cell_stays_as_it_was(lembar: Lembar) -> None:
    lembar = replace(lembar, isi={(lembar.desa[0].pk, "KES-03"): ada(4)})
    assert baca(ketik(unduh(lembar), O4="empat"), lembar).isi == lembar.isi


def formatted(address: str, value: object, form: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[LEMBAR][address] = value
        book[LEMBAR][address].number_format = form

    return change


@pytest.mark.parametrize(
    ("address", "value", "form", "pesan"),
    [
        ("X4", 0.82, "0%", "Sel ini berformat persen, jadi tersimpan sebagai pecahan. Ubah formatnya; tulis 82."),
        ("X4", 1, "0.0%", "Ubah formatnya; tulis 100."),
        ("D4", 1, "0%", "Sel ini ditulis sebagai persen."),
        ("O4", 46_000, "yyyy-mm-dd", "Sel ini terbaca sebagai tanggal. Ubah format selnya menjadi angka"),
        ("O4", 0.5, "hh:mm", "Sel ini terbaca sebagai tanggal."),
    ],
)
def test_what_the_spreadsheet_made_of_a_figure_is_seen(
    lembar: Lembar, address: str, value: object, form: str, pesan: str
) -> None:
    buku = baca(ubah(unduh(lembar), formatted(address, value, form)), lembar)
    assert pesan in buku.galat[0].pesan
    assert buku.galat[0].sel == address


def test_a_point_that_may_be_a_comma_is_asked_about(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), O4="1.234", O5="1.234"), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.peringatan] == [
        ("O4", "“1.234” dibaca 1234, padahal angka terakhir 5. Bila maksudnya 1,234, tulis dengan koma.")
    ]
    assert set(buku.isi.values()) == {ada(1234)}


def test_a_small_percentage_is_taken_where_the_last_one_was_as_small(lembar: Lembar) -> None:
    a1 = lembar.desa[0]
    lembar = replace(lembar, lalu={(a1.pk, "KES-06"): ada("0.4")})
    buku = baca(ketik(unduh(lembar), X4=0.5), lembar)
    assert (buku.galat, buku.isi) == ([], {(a1.pk, "KES-06"): ada("0.5")})


def test_a_formula_counts_with_its_last_result_and_a_warning(lembar: Lembar) -> None:
    buku = baca(with_result(ketik(unduh(lembar), O4="=2+3", O5="=SUM(O4:O4)"), "12"), lembar)
    assert places(buku.peringatan) == [("O4", "A1", "KES-03.pembilang"), ("O5", "A2", "KES-03.pembilang")]
    assert buku.peringatan[0].pesan == (
        "Sel ini berisi rumus; dipakai hasil terakhirnya, 12. Sebaiknya ketik angkanya."
    )
    assert (buku.galat, set(buku.isi.values())) == ([], {ada(12)})


def test_a_formula_that_failed_is_no_figure(lembar: Lembar) -> None:
    buku = baca(with_result(ketik(unduh(lembar), D4="=1/0"), "#DIV/0!", "e"), lembar)
    assert "Bukan angka" in buku.galat[0].pesan


def test_yes_or_no_and_scales_have_no_total_of_the_source(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), R8=1, U8=0.5, O8=40), lembar)
    assert buku.isi == {(lembar.kecamatan.pk, "KES-03"): ada(40)}

"""The workbook to fill in: its sheets, what is locked, what may be typed, and how small it is."""

import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kecamatan.models import Wilayah
from layanan_dasar.exports_isian import buku_isian, nama_buku
from layanan_dasar.models import Lembar, StatusNilai
from layanan_dasar.models.indikator import Indikator
from tests.factories import IndikatorFactory
from tests.layanan_dasar.buku import LEMBAR, place
from tests.layanan_dasar.lembar import ada, buat_lembar, tanpa


pytestmark = pytest.mark.django_db
A1, A2, A3, ALFA = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.01"
TOTAL = "JUMLAH"


@pytest.fixture
def lembar(wilayah: dict[str, Wilayah]) -> Lembar:
    desa = [wilayah[kode] for kode in (A1, A2, A3)]
    isi = {
        (desa[0].pk, "KES-01"): ada(82, 100, laki_laki=40),
        (desa[1].pk, "KES-01"): ada(50, 60),
        (desa[1].pk, "KES-03"): tanpa(),
        (desa[2].pk, "KES-05"): ada("0.7654"),
        (wilayah[ALFA].pk, "KES-01"): ada(140, 170),
    }
    lalu = {
        (desa[0].pk, "KES-01"): ada(1080, 1100),
        (desa[0].pk, "KES-03"): ada(7),
        (desa[1].pk, "KES-03"): tanpa(StatusNilai.TIDAK_BERLAKU),
        (desa[0].pk, "KES-05"): ada("0.5"),
    }
    return buat_lembar(wilayah[ALFA], desa, isi=isi, lalu=lalu)


@pytest.fixture
def book(lembar: Lembar) -> Workbook:
    return opened(lembar)


@pytest.fixture
def page(book: Workbook) -> Worksheet:
    return book[LEMBAR]


def opened(lembar: Lembar, tenggat: datetime.date | None = datetime.date(2026, 4, 10)) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(buku_isian(lembar, kontak="Ibu Sri, 0812-0000-0000", tenggat=tenggat)))


def header(page: Worksheet, kode: str) -> tuple[str, str]:
    """Label and unit over a column."""
    column = next(cell.column for cell in page[3] if cell.value == kode)
    return page.cell(1, column).value, page.cell(2, column).value


def test_its_name_says_whose_it_is(lembar: Lembar) -> None:
    assert nama_buku(lembar) == "11.01.01_KES-B_2026-03_v1.xlsx"


def test_four_sheets_of_which_one_is_hidden_so_that_no_menu_shows_it(book: Workbook) -> None:
    assert [(page.title, page.sheet_state) for page in book] == [
        ("Petunjuk", "visible"),
        ("KES-B", "visible"),
        ("Kode", "visible"),
        ("_meta", "veryHidden"),
    ]
    assert book.active.title == "Petunjuk"


def test_instructions_name_the_sheet_the_day_and_whom_to_ask(lembar: Lembar) -> None:
    texts = {row[0]: row[1] for row in opened(lembar)["Petunjuk"].iter_rows(values_only=True) if row[0]}
    assert texts["Kecamatan"] == "Alfa (11.01.01)"
    assert (texts["Periode"], texts["Tenggat"]) == ("Maret 2026", "10 April 2026")
    assert texts["Hubungi"] == "Ibu Sri, 0812-0000-0000"
    assert texts["1"].startswith("Buka lembar KES-B. Satu baris satu desa")
    assert "NIK" in texts["6"]
    undated = {row[0]: row[1] for row in opened(lembar, None)["Petunjuk"].iter_rows(values_only=True)}
    assert undated["Tenggat"] == "belum ditetapkan"


def test_rows_are_the_desa_in_their_order_then_their_sum_and_the_total_of_the_source(page: Worksheet) -> None:
    assert [(page.cell(row, 1).value, page.cell(row, 2).value) for row in range(3, 10)] == [
        ("kode_desa", "nama_desa"),
        (A1, "A1"),
        (A2, "A2"),
        (A3, "A3"),
        (TOTAL, "Jumlah seluruh desa"),
        (ALFA, "Jumlah menurut sumber (bila ada)"),
        (None, None),
    ]


def test_an_indicator_has_what_was_last_published_its_parts_and_a_status(page: Worksheet) -> None:
    codes = [cell.value for cell in page[3]]
    assert codes[2:9] == [
        f"KES-01.{part}"
        for part in ("lalu", "pembilang", "penyebut", "laki_laki", "perempuan", "disabilitas", "status")
    ]
    assert codes[9:13] == ["KES-02.lalu", "KES-02.pembilang", "KES-02.penyebut", "KES-02.status"]
    assert codes[13:16] == ["KES-03.lalu", "KES-03.pembilang", "KES-03.status"]


@pytest.mark.parametrize(
    ("kode", "label", "satuan"),
    [
        ("KES-01.lalu", "KES-01 Indikator KES-01", "terbit terakhir"),
        ("KES-01.pembilang", "Pembilang: anak bersekolah", "jumlah"),
        ("KES-01.penyebut", "Penyebut: anak", "jumlah"),
        ("KES-01.laki_laki", "Laki-laki", "bagian dari pembilang"),
        ("KES-01.status", "Status, bila tidak ada angkanya", "pilih"),
        ("KES-03.pembilang", "anak bersekolah", "kasus"),
        ("KES-04.pembilang", "Ya atau tidak", "1 = ya, 0 = tidak"),
        ("KES-05.pembilang", "anak bersekolah", "indeks 0–1"),
    ],
)
def test_each_column_says_what_and_in_what(page: Worksheet, kode: str, label: str, satuan: str) -> None:
    assert header(page, kode) == (label, satuan)


def test_cells_hold_what_is_filled_in_and_beside_it_what_was_last_published(page: Worksheet) -> None:
    at = {
        ("KES-01.pembilang", A1): 82,
        ("KES-01.laki_laki", A1): 40,
        ("KES-01.perempuan", A1): None,
        ("KES-01.status", A1): None,
        ("KES-03.status", A2): "tidak_dilaporkan",
        ("KES-03.pembilang", A2): None,
        ("KES-05.pembilang", A3): 0.7654,
        ("KES-01.penyebut", ALFA): 170,
        ("KES-01.lalu", A1): "1.080 dari 1.100",
        ("KES-03.lalu", A1): 7,
        ("KES-03.lalu", A2): "tidak berlaku",
        ("KES-05.lalu", A1): 0.5,
        ("KES-05.lalu", A2): None,
    }
    assert {key: page[place(page, *key)].value for key in at} == at


def test_sums_are_formulas_with_their_result_and_a_scale_has_none(lembar: Lembar, page: Worksheet) -> None:
    assert page[place(page, "KES-01.pembilang", TOTAL)].value == "=SUM(D4:D6)"
    assert page[place(page, "KES-05.pembilang", TOTAL)].value is None
    data = io.BytesIO(buku_isian(lembar, kontak="", tenggat=None))
    results = openpyxl.load_workbook(data, data_only=True)[LEMBAR]
    assert [results[place(page, kode, TOTAL)].value for kode in ("KES-01.pembilang", "KES-01.penyebut")] == [132, 160]


def test_only_what_is_to_be_typed_is_unlocked_and_no_password_stands_before_the_rest(page: Worksheet) -> None:
    unlocked = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    wanted = {
        f"{cell.column_letter}{row}"
        for cell in page[3]
        if str(cell.value).startswith("KES") and not str(cell.value).endswith("lalu")
        for row in (4, 5, 6, 8)
        if row != 8 or str(cell.value)[:6] in ("KES-01", "KES-02", "KES-03")
    }
    assert unlocked == wanted
    assert (page.protection.sheet, page.protection.password) == (True, None)


def test_labels_and_desa_stay_in_sight_and_nothing_is_merged(book: Workbook, page: Worksheet) -> None:
    assert page.freeze_panes == "C4"
    assert [len(sheet.merged_cells.ranges) for sheet in book] == [0, 0, 0, 0]


def rule(page: Worksheet, kode: str, desa: str = A1) -> tuple[str, str, str | None]:
    """Kind of validation of a cell, its first bound, and the message."""
    address = place(page, kode, desa)
    (found,) = (satu for satu in page.data_validations.dataValidation if address in satu.sqref)
    assert (found.allowBlank, found.showErrorMessage) == (True, True)
    return found.type, found.formula1, found.error


def test_the_spreadsheet_itself_refuses_what_cannot_be(page: Worksheet) -> None:
    hint = "Bila tidak ada angkanya, kosongkan lalu pilih statusnya."
    assert rule(page, "KES-01.penyebut") == ("whole", "0", f"Isi bilangan bulat, 0 atau lebih. {hint}")
    assert rule(page, "KES-03.pembilang", ALFA)[0] == "whole"
    assert rule(page, "KES-04.pembilang") == ("whole", "0", f"Isi 1 (ya) atau 0 (tidak). {hint}")
    assert rule(page, "KES-05.pembilang") == ("decimal", "0", f"Isi angka, 0 atau lebih. {hint}")
    words = '"tidak_dilaporkan,tidak_berlaku"'
    assert rule(page, "KES-01.status") == ("list", words, "Pilih dari daftar, atau kosongkan bila angkanya diisi.")


def test_a_cell_is_yellow_while_neither_figure_nor_status_is_there(page: Worksheet) -> None:
    rules = {str(area.sqref): area.rules[0] for area in page.conditional_formatting}
    assert rules["E4:E6"].formula == ['AND(E4="",$I4="")']
    assert rules["E4:E6"].dxf.fill.bgColor.rgb == "FFFFF9C4"
    assert not {"C4:C6", "I4:I6"} & rules.keys()


def test_codes_are_explained(book: Workbook) -> None:
    rows = [row[:6] for row in book["Kode"].iter_rows(values_only=True)]
    assert rows[1] == ("KES-01", "Indikator KES-01", "%", "anak bersekolah", "anak", "Definisi.")
    first = {row[0]: row[1] for row in rows}
    assert first["tidak_dilaporkan"] == "seharusnya ada, tetapi sumber belum melaporkannya"
    assert first["tidak_berlaku"] == "tidak berlaku di desa ini"
    assert (first[A1], first[A3]) == ("A1", "A3")


def test_no_text_becomes_a_formula_or_a_link(lembar: Lembar) -> None:
    desa = Wilayah(pk=lembar.desa[0].pk, kode=A1, nama='=HYPERLINK("https://jahat.test")')
    indikator = Indikator(kode="KES-01", nama="=1+1", pembilang="https://contoh.test", penyebut="+2", satuan="-3")
    page = opened(replace(lembar, desa=(desa,), indikator=(indikator,), isi={}))[LEMBAR]
    formulas = [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert [text for text in formulas if not text.startswith("=SUM(")] == []
    assert [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink] == []


def test_a_large_sheet_stays_under_fifty_kilobytes(lembar: Lembar) -> None:
    parts = ["jenis_kelamin", "disabilitas"]
    indikator = [
        IndikatorFactory(kode=f"KES-{n}", bidang_kode="KES", disagregasi=parts, definisi=f"Definisi {n}. " * 40)
        for n in range(20, 32)
    ]
    desa = [Wilayah(pk=10_000 + n, kode=f"11.01.01.2{n:03}", nama=f"Desa {n}") for n in range(25)]
    isi = {
        (w.pk, satu.kode): ada(97 * n % 901, 1013 + n, laki_laki=n, perempuan=n + 1, disabilitas=n % 7)
        for n, (w, satu) in enumerate((w, satu) for w in desa for satu in indikator)
    }
    full = replace(lembar, indikator=tuple(indikator), desa=tuple(desa), isi=isi, lalu=isi)
    assert len(buku_isian(full, kontak="", tenggat=None)) < 50_000

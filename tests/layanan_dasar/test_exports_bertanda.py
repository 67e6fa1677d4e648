"""The fillers' own workbook goes back with what was found marked at its cells."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from kecamatan.models import Wilayah
from layanan_dasar.exports_bertanda import JINGGA, MERAH, PORTAL, TERBANYAK, buku_bertanda
from layanan_dasar.importers.temuan_buku import TemuanBuku
from layanan_dasar.models import Lembar
from tests.layanan_dasar.buku import LEMBAR, baca, ketik, ubah, unduh
from tests.layanan_dasar.lembar import ada, buat_lembar


pytestmark = pytest.mark.django_db


@pytest.fixture
def lembar(wilayah: dict[str, Wilayah]) -> Lembar:
    desa = [wilayah[kode] for kode in ("11.01.01.2001", "11.01.01.2002", "11.01.01.1003")]
    lembar = buat_lembar(wilayah["11.01.01"], desa)
    return replace(lembar, lalu={(desa[0].pk, "KES-03"): ada(5)})


@pytest.fixture
def wrong(lembar: Lembar) -> bytes:
    """More than the whole in D4, no denominator in E5, a point that may be a comma in O4; the rest is sound."""
    return ketik(unduh(lembar), D4=11, E4=10, D5=3, O4="1.234", O5=8)


def marked(data: bytes, lembar: Lembar) -> bytes:
    buku = baca(data, lembar)
    return buku_bertanda(io.BytesIO(data), buku.galat, buku.peringatan)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_errors_are_red_and_warnings_orange_each_with_its_message(lembar: Lembar, wrong: bytes) -> None:
    page = opened(marked(wrong, lembar))[LEMBAR]
    coloured = {
        cell.coordinate: cell.fill.start_color.rgb
        for row in page.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb in (MERAH, JINGGA)
    }
    assert coloured == {"D4": MERAH, "E5": MERAH, "O4": JINGGA}
    assert page["D4"].comment.text == "Pembilang 11 melebihi penyebut 10, padahal penyebutnya riil. Periksa keduanya."
    assert page["D4"].comment.author == PORTAL
    assert "Bila maksudnya 1,234" in page["O4"].comment.text


def test_contents_guides_and_signature_stay(lembar: Lembar, wrong: bytes) -> None:
    book = opened(marked(wrong, lembar))
    page = book[LEMBAR]
    assert (page["D4"].value, page["O4"].value, page["O5"].value) == (11, "1.234", 8)
    assert (page.protection.sheet, page.freeze_panes, book["_meta"].sheet_state) == (True, "C4", "veryHidden")
    assert len(page.data_validations.dataValidation) == len(opened(wrong)[LEMBAR].data_validations.dataValidation)
    assert page["D7"].value == "=SUM(D4:D6)"


def test_a_sheet_in_front_lists_what_and_how_with_a_way_to_the_cell(lembar: Lembar, wrong: bytes) -> None:
    book = opened(marked(wrong, lembar))
    assert book.sheetnames[0] == book.active.title == "Temuan"
    rows = list(book["Temuan"].iter_rows(values_only=True))
    assert rows[0] == ("Jenis", "Lembar", "Sel", "Desa", "Variabel", "Temuan", "Cara memperbaiki")
    assert rows[1] == (
        "galat",
        LEMBAR,
        "D4",
        "A1",
        "KES-01.pembilang",
        "Pembilang 11 melebihi penyebut 10, padahal penyebutnya riil.",
        "Periksa keduanya.",
    )
    assert rows[2][2:5] == ("E5", "A2", "KES-01.penyebut")
    assert rows[3][0:3] == ("peringatan", LEMBAR, "O4")
    assert rows[3][5:] == (
        "“1.234” dibaca 1234, padahal angka terakhir 5.",
        "Bila maksudnya 1,234, tulis dengan koma.",
    )
    assert book["Temuan"]["C2"].hyperlink.location == "'KES-B'!D4"


def test_the_marked_workbook_is_repaired_and_handed_in_again(lembar: Lembar, wrong: bytes) -> None:
    repaired = ketik(marked(wrong, lembar), D4=9, E5=4, O4=3)
    buku = baca(repaired, lembar)
    assert (buku.galat, buku.peringatan) == ([], [])
    assert buku.isi[lembar.desa[0].pk, "KES-01"] == ada(9, 10)


def test_marks_of_an_earlier_time_are_taken_away(lembar: Lembar, wrong: bytes) -> None:
    book = opened(marked(ketik(marked(wrong, lembar), D4=9), lembar))
    page = book[LEMBAR]
    assert (page["D4"].fill.fill_type, page["D4"].comment) == (None, None)
    assert "D4" not in " ".join(str(area.sqref) for area in page.conditional_formatting).split()
    assert page["E5"].comment.text.count("Penyebut (sasaran) belum diisi.") == 1
    assert [row[2] for row in book["Temuan"].iter_rows(values_only=True)] == ["Sel", "E5", "O4"]


def test_comments_of_people_stay_and_ours_stands_under_them(lembar: Lembar, wrong: bytes) -> None:
    def say(book: Workbook) -> None:
        book[LEMBAR]["D4"].comment = Comment("dari bidan desa", "Bidan")
        book[LEMBAR]["O5"].comment = Comment("sudah dicek", "Bidan")

    page = opened(marked(ubah(wrong, say), lembar))[LEMBAR]
    assert page["D4"].comment.text.startswith("dari bidan desa\n\nPembilang 11")
    assert page["O5"].comment.text == "sudah dicek"


def test_the_yellow_of_an_empty_cell_does_not_cover_a_mark(lembar: Lembar, wrong: bytes) -> None:
    page = opened(marked(wrong, lembar))[LEMBAR]
    rules = {rule.priority: (str(area.sqref), rule) for area in page.conditional_formatting for rule in area.rules}
    assert [rules[n][0] for n in (1, 2)] == ["D4 E5", "O4"]
    assert [rules[n][1].dxf.fill.bgColor.rgb for n in (1, 2)] == [MERAH, JINGGA]
    assert (rules[1][1].formula, rules[1][1].stopIfTrue) == (["TRUE"], True)
    assert "E4:E6" in [area for area, _rule in rules.values()]


def test_findings_of_no_cell_or_of_a_sheet_that_is_gone_are_listed(lembar: Lembar) -> None:
    found = [
        TemuanBuku(LEMBAR, "", "A2", "", "Baris desa A2 tidak ada; angkanya tidak diubah."),
        TemuanBuku("Lain", "D4", "", "", "=1+1. Hapus."),
    ]
    book = opened(buku_bertanda(io.BytesIO(unduh(lembar)), [], found))
    page = book["Temuan"]
    assert (page["C2"].value, page["C2"].hyperlink) == (None, None)
    assert page["G2"].value == "Betulkan sel ini, simpan, lalu unggah lagi."
    assert (page["F3"].value, page["F3"].data_type, page["G3"].value) == ("=1+1.", "s", "Hapus.")


def test_merged_cells_are_marked_at_their_first(lembar: Lembar) -> None:
    data = ubah(unduh(lembar), lambda book: book[LEMBAR].merge_cells("D4:E4"))
    found = [TemuanBuku(LEMBAR, sel, "A1", "KES-01", "Sel digabung. Pisahkan.") for sel in ("D4", "E4")]
    page = opened(buku_bertanda(io.BytesIO(data), found, []))[LEMBAR]
    assert page["D4"].fill.start_color.rgb == MERAH
    assert page["D4"].comment is not None


def test_of_very_many_findings_the_first_are_marked_errors_before_warnings(lembar: Lembar) -> None:
    galat = [TemuanBuku(LEMBAR, "D4", "A1", "KES-01", f"Galat {n}.") for n in range(TERBANYAK - 1)]
    peringatan = [TemuanBuku(LEMBAR, sel, "A1", "KES-01", "Ragu.") for sel in ("E4", "F4", "G4")]
    book = opened(buku_bertanda(io.BytesIO(unduh(lembar)), galat, peringatan))
    rows = list(book["Temuan"].iter_rows(values_only=True))
    assert (len(rows), rows[-2][2], rows[-1][5]) == (TERBANYAK + 2, "E4", "dan 2 temuan lain")
    assert book[LEMBAR]["F4"].fill.fill_type is None


OFFICE = shutil.which("soffice")


def in_office(data: bytes, folder: Path) -> bytes:
    """The same workbook, opened and saved by LibreOffice."""
    source, home = folder / "buku.xlsx", (folder / "rumah").as_uri()
    source.write_bytes(data)
    command = [
        str(OFFICE),
        f"-env:UserInstallation={home}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(folder / "keluar"), str(source)], check=True, timeout=120)
    return (folder / "keluar" / "buku.xlsx").read_bytes()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) tidak terpasang")
def test_another_office_opens_the_marked_workbook_and_what_it_saves_is_read_back(
    lembar: Lembar, wrong: bytes, tmp_path: Path
) -> None:
    data = in_office(marked(wrong, lembar), tmp_path)
    page = opened(data)[LEMBAR]
    assert page["D4"].fill.start_color.rgb == MERAH
    assert "melebihi penyebut" in page["D4"].comment.text
    before, after = baca(wrong, lembar), baca(data, lembar)
    assert [satu.sel for satu in after.galat] == [satu.sel for satu in before.galat]
    assert after.isi == before.isi


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) tidak terpasang")
def test_a_workbook_that_another_office_saved_unchanged_changes_nothing(lembar: Lembar, tmp_path: Path) -> None:
    a1 = lembar.desa[0]
    full = replace(lembar, isi={(a1.pk, "KES-01"): ada(82, 100, disabilitas=3), (a1.pk, "KES-05"): ada("0.7654")})
    buku = baca(in_office(unduh(full), tmp_path), full)
    assert (buku.galat, buku.peringatan, buku.catatan, buku.isi) == ([], [], [], full.isi)

"""A form that comes back as a workbook is opened only when nothing in it makes the library lay out too much."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from p3pd_portal.lib.buku_kerja import checked_book, open_book
from p3pd_portal.lib.spreadsheet import MB, Limits, Rejected
from tests.lib.test_spreadsheet_xlsx import FIRST_ROW, SHEET, repacked, with_sheet


def saved(change: Callable[[Workbook], object]) -> bytes:
    book = Workbook()
    book.active.append(["kode", 1])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(data: bytes, *, results: bool = False) -> Workbook:
    return open_book(checked_book(io.BytesIO(data)), results=results)


def with_tail(tail: str, rows: str = FIRST_ROW) -> bytes:
    """A workbook whose sheet says this after its cells."""
    end = "</sheetData>"

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(end.encode(), f"{end}{tail}".encode()) if name == SHEET else content

    return repacked(change, with_sheet(rows))


def refusal(data: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        opened(data)
    (error,) = caught.value.errors
    return error.pesan


def test_sheets_formulas_comments_and_merged_cells_come_through() -> None:
    def fill(book: Workbook) -> None:
        page = book.active
        page["A3"] = "=SUM(B1:B1)"
        page["B1"].comment = Comment("dari operator", "Orang")
        page["B1"].hyperlink = "https://contoh.test/"
        page.merge_cells("A5:C5")
        book.create_sheet("Lain").sheet_state = "veryHidden"

    book = opened(saved(fill))
    page = book.worksheets[0]
    assert (page["A3"].value, page["A3"].data_type) == ("=SUM(B1:B1)", "f")
    assert page["B1"].comment.text == "dari operator"
    assert page["B1"].hyperlink.target == "https://contoh.test/"
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A5:C5"]
    assert book["Lain"].sheet_state == "veryHidden"


def test_formulas_give_their_last_result_when_asked_for_it() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_formula(0, 0, "=2+3", None, 5)
    assert opened(out.getvalue()).active["A1"].value == "=2+3"
    assert opened(out.getvalue(), results=True).active["A1"].value == 5
    assert opened(saved(lambda book: book.active.append(["=2+3"])), results=True).active["A2"].value is None


def test_pictures_and_diagrams_stay_behind_and_do_no_harm() -> None:
    def draw(book: Workbook) -> None:
        dot = io.BytesIO()
        Picture.new("RGB", (2, 2)).save(dot, "PNG")
        book.active.add_image(Image(dot), "D1")
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=1))
        book.active.add_chart(chart, "D9")

    data = saved(draw)
    assert any("media" in name for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    page = opened(data).active
    assert (page["A1"].value, page._images, page._charts) == ("kode", [], [])


def test_what_the_library_does_not_know_is_dropped_without_a_word() -> None:
    extension = '<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}" xmlns:x14="urn:x"/></extLst>'
    assert opened(with_tail(extension)).active["A1"].value == 1


MANY = "<mergeCells>" + 501 * '<mergeCell ref="A1:T10"/>' + "</mergeCells>"


@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "A1:XFD1048576"),
        ('<mergeCells><mergeCell ref="A1:A1001"/></mergeCells>', "A1:A1001"),
        ('<mergeCells><mergeCell ref="A1:IW1"/></mergeCells>', "A1:IW1"),
        ('<mergeCells><mergeCell ref="A:A"/></mergeCells>', "A:A"),
        ('<mergeCells><mergeCell ref="entah"/></mergeCells>', "entah"),
        ('<x:mergeCells xmlns:x="urn:x"><x:mergeCell ref="B2:A1"/></x:mergeCells>', "B2:A1"),
        ('<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>', "A1:XFD1048576"),
        (MANY, "A1:T10"),
    ],
)
def test_ranges_that_would_be_laid_out_too_far_are_refused(tail: str, place: str) -> None:
    pesan = refusal(with_tail(tail))
    assert f"terlalu luas ({place})" in pesan
    assert pesan.endswith("Hapus, lalu unggah lagi.")


def test_a_range_at_the_edge_is_taken() -> None:
    assert opened(with_tail('<mergeCells><mergeCell ref="A1:A1000"/></mergeCells>')).active["A1"].value == 1


def test_a_comment_over_a_whole_sheet_is_refused() -> None:
    data = saved(lambda book: setattr(book.active["B1"], "comment", Comment("x", "y")))
    wide = repacked(lambda name, content: (name, content.replace(b'ref="B1"', b'ref="A1:XFD1048576"')), data)
    assert "terlalu luas" in refusal(wide)


def shared(followers: int, formula: str) -> bytes:
    first = f'<row r="1"><c r="A1"><f t="shared" ref="A1:A900" si="0">{formula}</f><v>1</v></c></row>'
    rest = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>2</v></c></row>' for n in range(2, followers + 2)
    )
    return with_sheet(first + rest)


def test_a_formula_that_was_filled_down_is_read_and_one_that_would_take_minutes_refused() -> None:
    assert opened(shared(30, "B1+C1")).active["A5"].value == "=B5+C5"
    assert "terlalu banyak rumus" in refusal(shared(900, "+".join(["B1"] * 400)))


def test_long_texts_beside_formulas_cost_nothing() -> None:
    text = f'<row r="950"><c r="B950" t="inlineStr"><is><t>{"x" * 5000}</t></is></c></row></sheetData>'
    data = repacked(lambda name, content: (name, content.replace(b"</sheetData>", text.encode())), shared(900, "B1"))
    assert len(opened(data).active["B950"].value) == 5000


def test_what_cannot_be_opened_is_refused_in_a_sentence() -> None:
    strange = with_sheet('<row r="1"><c r="A1"><v>nol koma</v></c></row>')
    assert refusal(strange).startswith("Berkas XLSX rusak atau bukan buku kerja Excel.")
    nothing = repacked(lambda name, content: (name, b"<a/>" if name == "[Content_Types].xml" else content))
    assert refusal(nothing).endswith("simpan sebagai “Buku Kerja Excel (.xlsx)”.")
    assert "rusak" in refusal(repacked(lambda name, content: (name, content[:-4])))


GOOD = saved(lambda book: book.active.merge_cells("A5:C5"))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(4, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_workbook_damaged_on_its_way_is_opened_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in damage:
        data[place] = byte
    try:
        opened(bytes(data))
    except Rejected as refused:
        assert refused.errors[0].pesan.endswith(".")


def test_limits_hold_before_anything_is_opened() -> None:
    data = saved(lambda book: None)
    with pytest.raises(Rejected, match="batasnya"):
        checked_book(io.BytesIO(data), Limits(xlsx_bytes=10))
    padded = repacked(lambda name, content: (name, content + b" " * (4 * MB)), data)
    with pytest.raises(Rejected, match="mengembang melebihi 10 MB"):
        checked_book(io.BytesIO(padded))

"""Files that are wrong as a whole, whatever their lines say, and the outer forms that are taken."""

import io
import zipfile

import pytest

from p3pd_portal.lib.spreadsheet import Limits
from tests.layanan_dasar.berkas import (
    PUBLIKASI,
    TEMPLAT,
    WAJIB,
    akun,
    baris_tersimpan,
    belanja,
    csv_bytes,
    ditolak,
    impor,
    satu_galat,
    xlsx_bytes,
)


pytestmark = pytest.mark.usefixtures("acuan", "wilayah")

STORED = [("02.02.02", "5.2.1.01", "DDS", 600)]


@pytest.mark.parametrize("column", WAJIB)
def test_a_missing_column_is_named(column: str) -> None:
    header = [name for name in TEMPLAT if name != column]
    rows = [{name: belanja()[name] for name in header if name in belanja()}]
    baris, kolom, pesan = satu_galat(csv_bytes(rows, header))
    assert (baris, kolom) == (1, column)
    assert pesan == f"Kolom “{column}” tidak ada. Tambahkan sesuai templat."


def test_a_misspelt_column_is_named_beside_the_right_one() -> None:
    content = csv_bytes([belanja()]).replace(b"anggaran", b"angaran", 1)
    assert satu_galat(content) == (
        1,
        "anggaran",
        "Kolom “anggaran” tidak ada. Tambahkan sesuai templat. Kolom yang tidak dikenal: angaran.",
    )


def test_every_missing_column_is_named() -> None:
    columns = [kolom for _, kolom, _ in ditolak(b"kode_desa,tahun\n11.01.01.2001,2025\n")]
    assert columns == [name for name in WAJIB if name not in ("kode_desa", "tahun")]


def test_a_published_budget_without_its_columns_is_told_which() -> None:
    header = [name for name in PUBLIKASI if name != "periode"]
    assert satu_galat(csv_bytes([], header))[:2] == (1, "periode")


def test_a_repeated_column_is_refused() -> None:
    content = csv_bytes([belanja()], [*TEMPLAT, "Anggaran "]).replace(b"Anggaran ", b"ANGGARAN")
    assert satu_galat(content) == (1, "anggaran", "Kolom “anggaran” ada lebih dari satu kali. Sisakan satu.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas kosong."),
        (b"\n\n", "tidak memuat satu baris pun"),
        (csv_bytes([]), "tidak memuat satu baris rincian pun. Isi templat"),
        (csv_bytes([], PUBLIKASI), "tidak memuat satu baris rincian pun"),
        (xlsx_bytes([]), "tidak memuat satu baris rincian pun"),
        (b"\xd0\xcf\x11\xe0 xls", ".xls lama atau dikunci kata sandi"),
        (b"PK\x03\x04 bukan zip", "XLSX rusak"),
    ],
    ids=["empty", "blank lines", "header only", "published header only", "empty workbook", "xls", "broken zip"],
)
def test_a_file_without_content_is_refused(content: bytes, words: str) -> None:
    baris, kolom, pesan = satu_galat(content)
    assert (baris, kolom) == (0, "")
    assert words in pesan


def test_too_many_rows_are_refused_at_the_first_beyond() -> None:
    rows = [belanja(kode_rekening=f"5.2.{n}.01") for n in range(1, 5)]
    assert satu_galat(rows, limits=Limits(rows=3))[:1] == (5,)
    assert impor(rows, limits=Limits(rows=4)).baru == 4


def test_a_csv_over_the_limit_is_refused() -> None:
    assert "Berkas CSV berukuran" in satu_galat([belanja()], limits=Limits(csv_bytes=50))[2]


def test_a_workbook_over_the_limit_is_refused() -> None:
    assert "Berkas XLSX berukuran" in satu_galat(xlsx_bytes([belanja()]), limits=Limits(xlsx_bytes=50))[2]


def test_a_workbook_that_unpacks_to_more_than_50_mb_is_refused() -> None:
    out = io.BytesIO(xlsx_bytes([belanja()]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/gambar.bmp", bytes(51 * 1024 * 1024))
    content = out.getvalue()
    assert len(content) < 100_000
    assert "mengembang melebihi 50 MB" in satu_galat(content)[2]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_another_encoding_is_refused_where_it_shows(encoding: str) -> None:
    rows = [belanja(), belanja(nama_kegiatan="Désa", kode_rekening="5.2.2.01")]
    baris, kolom, pesan = satu_galat(csv_bytes(rows, encoding=encoding))
    assert (baris, kolom) == (3, "nama_kegiatan")
    assert "bukan UTF-8 (mungkin Windows-1252)" in pesan


def test_utf_16_is_refused() -> None:
    baris, _, pesan = satu_galat(csv_bytes([belanja()], encoding="utf-16"))
    assert baris == 1
    assert "UTF-16" in pesan


def test_an_unpaired_quote_is_refused() -> None:
    content = csv_bytes([belanja()]) + b'"11.01.01.2001,2025\n'
    baris, _, pesan = satu_galat(content)
    assert baris == 3
    assert "tanda kutip tidak berpasangan" in pesan


def test_unquoted_thousands_that_shift_the_cells_are_refused() -> None:
    rows = [belanja(per_tanggal="2025-06-30"), belanja("TIGA", per_tanggal="2025-06-30")]
    content = csv_bytes(rows, WAJIB).replace(b"TIGA", b"1,234,567")
    baris, _, pesan = satu_galat(content)
    assert baris == 3
    assert pesan.startswith("Baris ini berisi 13 sel, padahal judulnya 11 kolom.")


@pytest.mark.parametrize(
    ("amount", "column"), [("1,234", "volume"), ("1,234,567", "satuan"), ("1,2,3,4,5", "nomor_perdes")]
)
def test_cells_that_shift_into_the_optional_columns_are_refused(amount: str, column: str) -> None:
    content = csv_bytes([belanja("TIGA", per_tanggal="2025-06-30")]).replace(b"TIGA", amount.encode())
    assert column in [kolom for _, kolom, _ in ditolak(content)]


@pytest.mark.parametrize("column", ["nama_kegiatan", "sumber_dana"])
def test_a_nul_hidden_in_a_workbook_is_refused(column: str) -> None:
    """Spreadsheets write a control character as _x0000_; the database takes none."""
    content = _replaced(xlsx_bytes([belanja(**{column: "TANDA"})]), b"TANDA", b"D_x0000_S")
    baris, kolom, pesan = satu_galat(content)
    assert (baris, kolom) == (2, column)
    assert "karakter yang tidak sah" in pesan


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            target.writestr(part, source.read(part).replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        csv_bytes([belanja()]),
        csv_bytes([belanja()], encoding="utf-8-sig"),
        csv_bytes([belanja()], delimiter=";"),
        csv_bytes([belanja()], delimiter="\t"),
        csv_bytes([belanja()]).replace(b"\r\n", b"\n"),
        b"\r\n\r\n" + csv_bytes([belanja()]),
        csv_bytes([belanja()]).replace(b"kode_desa", b" Kode Desa ", 1),
        xlsx_bytes([belanja()]),
    ],
    ids=["plain", "BOM", "semicolon", "tab", "LF", "blank rows above", "header in words", "workbook"],
)
def test_outer_forms_that_are_taken(content: bytes) -> None:
    impor(content)
    assert baris_tersimpan() == STORED


def test_blank_rows_keep_the_row_numbers_of_the_spreadsheet() -> None:
    content = csv_bytes([belanja()]) + b",,,,,,,,,,\r\n" + csv_bytes([akun("7.1.1", 1)]).split(b"\r\n")[1]
    assert satu_galat(content)[:2] == (4, "kode_rekening")

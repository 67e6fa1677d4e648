"""Rows of a file of service units: what is taken, and what is refused with which words."""

import datetime
import io
from decimal import Decimal

import pytest

from kecamatan.actions.unit import impor_unit
from kecamatan.importers import unit as importer
from kecamatan.models import UnitLayanan, Wilayah
from p3pd_portal.lib.importing import MOST_ERRORS_KEPT
from tests.factories import UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, B1, G1, TEMPLAT, ditolak, impor, satu_galat, tersimpan, unit, unit_csv
from tests.layanan_dasar.berkas import xlsx_bytes


pytestmark = pytest.mark.usefixtures("wilayah")


# Bad files


def test_an_empty_template_is_refused() -> None:
    ((baris, _, pesan),) = ditolak(unit_csv())
    assert (baris, pesan) == (0, "Berkas tidak memuat satu unit pun. Isi templat, lalu unggah lagi.")


def test_a_missing_column_is_named() -> None:
    content = unit_csv(unit()).replace(b"wilayah_kerja", b"desa_dilayani")
    ((baris, kolom, pesan),) = ditolak(content)
    assert (baris, kolom) == (1, "wilayah_kerja")
    assert "Tambahkan sesuai templat. Kolom yang tidak dikenal: desa_dilayani." in pesan


def test_a_file_that_breaks_off_is_refused_with_what_was_wrong_before() -> None:
    content = unit_csv(unit(jenis="warung"), unit(), unit("Pos\xff")).replace("ÿ".encode(), b"\xff")
    assert [(baris, kolom) for baris, kolom, _ in ditolak(content)] == [(2, "jenis"), (4, "nama")]


@pytest.mark.parametrize(
    ("cells", "kolom", "words"),
    [
        ({"jenis": "rumah sakit"}, "jenis", "“rumah sakit” tidak dikenal. Isi salah satu: puskesmas, pustu, posyandu"),
        ({"jenis": ""}, "jenis", "tidak dikenal"),
        ({"nama": "  "}, "nama", "belum diisi"),
        ({"nama": "a" * 151}, "nama", "lebih dari 150 huruf"),
        ({"kode_unit": "P/12"}, "kode_unit", "tidak sah"),
        ({"kode_unit": "A" * 21}, "kode_unit", "tidak sah"),
        ({"kode_wilayah": "11.01.01.2999"}, "kode_wilayah", "tidak ada dalam daftar Kemendagri"),
        ({"kode_wilayah": "11.01"}, "kode_wilayah", "tidak ada dalam daftar Kemendagri"),
        ({"kode_wilayah": ""}, "kode_wilayah", "tidak ada dalam daftar Kemendagri"),
        ({"kode_wilayah": "11.01.01"}, "kode_wilayah", "dicatat pada desa/kelurahan tempatnya berdiri"),
        ({"alamat": "a" * 201}, "alamat", "lebih dari 200 huruf"),
        ({"lintang": "112,4", "bujur": "112,4"}, "lintang", "Lintang 112,400000 di luar Indonesia"),
        ({"lintang": "-7,4", "bujur": "-7,4"}, "bujur", "Bujur -7,400000 di luar Indonesia (95,0 sampai 141,1)"),
        ({"lintang": "7°S", "bujur": "112,4"}, "lintang", "bukan derajat desimal"),
        ({"lintang": "-7,4"}, "bujur", "Isi lintang dan bujur keduanya"),
        ({"mulai": "Juli 2015"}, "mulai", "Tanggal “Juli 2015” tidak dikenal"),
        ({"mulai": "2020-01-02", "sampai": "2020-01-01"}, "sampai", "mendahului hari mulainya"),
        ({"wilayah_kerja": f"{A1};11.01.01.2999"}, "wilayah_kerja", "Kode desa “11.01.01.2999” tidak ada"),
        ({"wilayah_kerja": "11.01.01"}, "wilayah_kerja", "11.01.01 bukan kode desa atau kelurahan"),
        ({"wilayah_kerja": f"{A1},{A2}"}, "wilayah_kerja", "tidak ada dalam daftar Kemendagri"),
        ({"wilayah_kerja": f"{A1};{G1}"}, "wilayah_kerja", "tidak boleh keluar dari kabupaten/kota 11.01: 11.02.01"),
        ({"sumber": "a" * 201}, "sumber", "lebih dari 200 huruf"),
        ({"jenis": "sekolah", "kode_unit": "1234567"}, "kode_unit", "NPSN terdiri atas 8"),
        ({"jenis": "sekolah", "kode_unit": "123.4567"}, "kode_unit", "NPSN terdiri atas 8"),
    ],
)
def test_a_wrong_cell_is_named_with_its_repair(cells: dict[str, object], kolom: str, words: str) -> None:
    baris, where, pesan = satu_galat(unit(**cells))
    assert (baris, where) == (2, kolom)
    assert words in pesan


def test_every_error_of_a_file_is_listed_at_once() -> None:
    galat = ditolak([unit(jenis="x", nama=""), unit("Baik"), unit(mulai="x"), unit(wilayah_kerja=G1, lintang="-7")])
    assert [(baris, kolom) for baris, kolom, _ in galat] == [
        (2, "jenis"),
        (2, "nama"),
        (4, "mulai"),
        (5, "bujur"),
        (5, "wilayah_kerja"),
    ]


def test_a_unit_outside_the_region_is_refused(wilayah: dict[str, Wilayah]) -> None:
    baris, kolom, pesan = satu_galat(unit(), unit(kode_wilayah=B1), wilayah=wilayah["11.01.01"])
    assert (baris, kolom) == (3, "kode_wilayah")
    assert pesan == f"{B1} di luar Kecamatan Alfa. Unggah dari halaman wilayahnya."


def test_a_code_that_belongs_to_a_unit_elsewhere_cannot_draw_it_in(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(jenis="sekolah", nama="SD B1", kode="20512345", wilayah=wilayah[B1])
    baris, kolom, pesan = satu_galat(unit("SD A1", jenis="sekolah", kode_unit="20512345"), wilayah=wilayah["11.01.01"])
    assert (baris, kolom) == (2, "kode_unit")
    assert f"milik unit di {B1}, di luar Kecamatan Alfa" in pesan


@pytest.mark.parametrize(
    "rows",
    [
        [unit(), unit("POSYANDU melati")],
        [unit(kode_unit="POS-1"), unit("Lain", kode_unit="pos-1")],
    ],
    ids=["by name", "by code"],
)
def test_a_unit_that_stands_there_twice_is_refused(rows: list[dict[str, object]]) -> None:
    baris, kolom, pesan = satu_galat(*rows)
    assert (baris, kolom, pesan[:31]) == (3, "nama", "Unit ini sama dengan baris 2. S")


def test_two_rows_that_speak_of_one_stored_unit_are_refused(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Melati", kode="POS-1", wilayah=wilayah[A1])
    assert "sama dengan baris 2" in satu_galat(unit("Lain", kode_unit="POS-1"), unit())[2]


def test_a_name_that_several_units_bear_needs_a_code(wilayah: dict[str, Wilayah]) -> None:
    for kode in ("POS-1", "POS-2"):
        UnitLayananFactory(nama="Posyandu Melati", kode=kode, wilayah=wilayah[A1])
    baris, kolom, pesan = satu_galat(unit())
    assert (baris, kolom) == (2, "kode_unit")
    assert pesan == "Ada 2 unit dengan jenis dan nama ini di sana. Tulis kode unitnya."


def test_a_file_full_of_errors_is_counted_to_its_end() -> None:
    assert len(ditolak([unit(jenis="x", nama=str(n)) for n in range(MOST_ERRORS_KEPT + 5)])) == MOST_ERRORS_KEPT


# Good cells


@pytest.mark.parametrize(
    ("typed", "jenis"),
    [
        ("Puskesmas", "puskesmas"),
        ("puskesmas pembantu", "pustu"),
        ("UPT_PENDIDIKAN", "upt_pendidikan"),
        ("kantor camat", "kantor_camat"),
        ("PAUD/TK/RA", "paud"),
    ],
)
def test_a_kind_by_its_code_or_its_name(typed: str, jenis: str) -> None:
    assert importer.jenis(typed) == jenis


def test_a_full_row_is_stored_as_it_was_written(wilayah: dict[str, Wilayah]) -> None:
    row = unit(
        "Puskesmas  Alfa",
        jenis="puskesmas",
        kode_unit=" p35 01 ",
        kode_wilayah="1101012001",
        alamat="Jalan Raya 1",
        lintang="-7,1123456",
        bujur="112.417",
        mulai="01/07/1998",
        wilayah_kerja=f" 1101012001 ; {B1};{B1}; ",
        sumber="Dinkes 2025",
    )
    assert impor(row).baru == 1
    satu = UnitLayanan.objects.get()
    assert (satu.nama, satu.kode, satu.wilayah, satu.alamat, satu.sumber) == (
        "Puskesmas Alfa",
        "P3501",
        wilayah[A1],
        "Jalan Raya 1",
        "Dinkes 2025",
    )
    assert (satu.lintang, satu.bujur, satu.mulai, satu.sampai) == (
        Decimal("-7.112346"),
        Decimal("112.417"),
        datetime.date(1998, 7, 1),
        None,
    )
    assert tersimpan()["Puskesmas Alfa"][2] == [A1, B1]


def test_a_workbook_with_numbers_and_dates_reads_the_same() -> None:
    row = unit(
        "SD A1", jenis="sekolah", kode_unit=20512345, kode_wilayah=1101012001, mulai=datetime.date(1985, 7, 1),
        lintang=-7.5, bujur=112, wilayah_kerja=1101012002,
    )  # fmt: skip
    hasil = importer_result(xlsx_bytes([row], TEMPLAT))
    assert hasil == ("20512345", datetime.date(1985, 7, 1), Decimal("-7.5"), [A2])


def importer_result(content: bytes) -> tuple[object, ...]:

    impor_unit(io.BytesIO(content))
    satu = UnitLayanan.objects.get()
    return satu.kode, satu.mulai, satu.lintang, [desa.kode for desa in satu.wilayah_kerja.all()]


def test_the_template_describes_every_column() -> None:
    columns = importer.columns()
    assert tuple(column.name for column in columns) == TEMPLAT
    assert all(column.help for column in columns)

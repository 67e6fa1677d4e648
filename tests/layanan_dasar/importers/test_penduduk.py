"""Residents of OpenSID become counts of their desa: who counts where, and what a file may not tell."""

import datetime
import io
from typing import Any

import pytest

from layanan_dasar.importers.penduduk import INDIKATOR, Rekap, read_penduduk
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import WEB, Limits, Rejected
from tests.layanan_dasar.penduduk import (
    A1,
    A2,
    JULI,
    KOLOM,
    NIK,
    Row,
    csv_penduduk,
    orang,
    pack,
    terlihat,
    xlsx_penduduk,
    zip_penduduk,
)


def read(content: bytes, limits: Limits = WEB) -> Rekap:
    errors = Errors()
    rekap = read_penduduk(io.BytesIO(content), Periode.parse(JULI), limits, errors)
    errors.raise_if_any()
    return rekap


def figures(*rows: Row, desa: str = A1) -> dict[str, tuple[int, int | None]]:
    return {kode: (n, of) for kode, n, of in read(zip_penduduk(*rows)).desa[desa].figures()}


def refusals(content: bytes, limits: Limits = WEB) -> list[tuple[int, str, str]]:
    """(row, column, sentence) of every error; none of them repeats a word of a person."""
    with pytest.raises(Rejected) as caught:
        read(content, limits)
    found = [(satu.baris, satu.kolom, satu.pesan) for satu in caught.value.errors]
    assert terlihat(found) == []
    assert terlihat(caught.value) == []
    return found


# Who counts where


def test_people_and_family_cards_are_counted_per_desa() -> None:
    found = figures(orang(1), orang(2), orang(12), orang(3, jenis_kelamin="2"))
    assert (found["OS-PDDK"], found["OS-KK"]) == ((4, None), (2, None))


def test_several_desa_stand_apart() -> None:
    rekap = read(zip_penduduk(orang(1), orang(2, desa_id="1101012002"), orang(13, desa_id=A2)))
    found = {kode: {satu: n for satu, n, _ in desa.figures()} for kode, desa in rekap.desa.items()}
    assert (found[A1]["OS-PDDK"], found[A2]["OS-PDDK"]) == (1, 2)
    assert (found[A1]["OS-KK"], found[A2]["OS-KK"]) == (1, 2)
    assert rekap.baris == {A1: 2, A2: 3}


@pytest.mark.parametrize(
    ("lahir", "groups"),
    [
        ("2025-07-31", {"OS-BALITA", "OS-AKTA"}),
        ("2020-08-01", {"OS-BALITA", "OS-AKTA"}),  # four on the last day of July
        ("2020-07-31", {"OS-AKTA"}),  # five that very day
        ("2018-08-01", {"OS-AKTA"}),
        ("2018-07-31", {"OS-SEKOLAH", "OS-AKTA"}),
        ("2008-08-01", {"OS-SEKOLAH", "OS-AKTA"}),
        ("2008-07-31", {"OS-SEKOLAH", "OS-AKTA", "OS-KTP", "OS-REKAM"}),  # seventeen
        ("2007-07-31", {"OS-SEKOLAH", "OS-KTP", "OS-REKAM"}),  # eighteen
        ("2006-07-31", {"OS-KTP", "OS-REKAM"}),
        ("1965-08-01", {"OS-KTP", "OS-REKAM"}),
        ("1965-07-31", {"OS-LANSIA", "OS-KTP", "OS-REKAM"}),
        ("31/07/1965", {"OS-LANSIA", "OS-KTP", "OS-REKAM"}),
    ],
)
def test_ages_are_those_of_the_last_day_of_the_month(lahir: str, groups: set[str]) -> None:
    found = figures(orang(1, lahir))
    counted = {kode for kode, (n, _) in found.items() if n}
    assert counted - {"OS-PDDK", "OS-KK"} == groups


def test_shares_have_the_people_they_are_of_as_denominator() -> None:
    rows = [
        orang(1, "2015-01-01"),
        orang(2, "2016-01-01", akta_lahir=""),
        orang(3, "2017-01-01", akta_lahir="0"),
        orang(4, "2018-01-01", akta_lahir="-"),
        orang(5),
        orang(6, ktp_el="1", status_rekam="3"),
        orang(7, ktp_el="", status_rekam="2"),
        orang(8, ktp_el="3", status_rekam="8"),
    ]
    found = figures(*rows)
    assert {kode: found[kode] for kode in ("OS-AKTA", "OS-KTP", "OS-REKAM")} == {
        "OS-AKTA": (1, 4),
        "OS-KTP": (1, 4),
        "OS-REKAM": (3, 4),
    }


def test_disability_is_a_code_from_one_to_six() -> None:
    rows = [orang(n, cacat=kode) for n, kode in enumerate(("1", "6", "7", "", "0"))]
    assert figures(*rows)["OS-DISAB"] == (2, None)


def test_a_zero_is_told_where_the_column_is_filled_in() -> None:
    found = figures(orang(1), orang(2, ktp_el="1", status_rekam="2"))
    assert found["OS-DISAB"] == (0, None)
    assert found["OS-BALITA"] == (0, None)
    assert found["OS-AKTA"] == (0, 0)  # nobody under eighteen: nobody to reach


@pytest.mark.parametrize(
    ("kolom", "lost"),
    [
        ("ktp_el", {"OS-KTP"}),
        ("status_rekam", {"OS-REKAM"}),
        ("akta_lahir", {"OS-AKTA"}),
        ("cacat", {"OS-DISAB"}),
        ("nomor_kk", {"OS-KK"}),
        ("tanggal_lahir", {"OS-BALITA", "OS-SEKOLAH", "OS-LANSIA", "OS-AKTA", "OS-KTP", "OS-REKAM"}),
    ],
)
def test_a_column_that_nobody_filled_in_tells_nothing(kolom: str, lost: set[str]) -> None:
    rekap = read(zip_penduduk(orang(1, **{kolom: ""}), orang(2, "2015-01-01", **{kolom: ""}), orang(3, desa_id=A2)))
    assert set(INDIKATOR) - {kode for kode, *_ in rekap.desa[A1].figures()} == lost
    assert {kode for kode, *_ in rekap.desa[A2].figures()} == set(INDIKATOR)
    assert f"Kolom {kolom} kosong di 1 desa; angka yang bergantung padanya tidak dilaporkan." in rekap.catatan


def test_a_missing_column_is_as_if_empty() -> None:
    kolom = tuple(name for name in KOLOM if name not in ("ktp_el", "cacat"))
    (desa,) = read(csv_penduduk(orang(1), kolom=kolom)).desa.values()
    assert set(INDIKATOR) - {kode for kode, *_ in desa.figures()} == {"OS-KTP", "OS-DISAB"}


# Who does not count, and is told as a number


def test_the_dead_and_the_moved_are_left_out_and_counted() -> None:
    gone = [orang(10 + n, status_dasar=kode) for n, kode in enumerate("233469")]
    rekap = read(zip_penduduk(orang(1), *gone))
    assert rekap.desa[A1].pembilang["OS-PDDK"] == 1
    (catatan,) = rekap.catatan
    assert catatan.startswith("6 baris tidak dihitung karena bukan penduduk hidup yang menetap: 1 hilang, 1 mati,")
    assert catatan.endswith("1 pergi, 2 pindah, 1 tidak valid.")


def test_the_same_nik_counts_once_also_over_two_desa() -> None:
    rekap = read(zip_penduduk(orang(1), orang(1), orang(1, desa_id=A2), orang(2)))
    assert rekap.desa[A1].pembilang["OS-PDDK"] == 2
    assert A2 not in rekap.desa
    assert rekap.catatan == ["2 baris memuat NIK yang sudah ada di baris lain, dan tidak dihitung lagi."]


def test_a_dead_row_does_not_hide_the_living_one() -> None:
    """Who moved away and came back stands twice."""
    rekap = read(zip_penduduk(orang(1, status_dasar="3"), orang(1)))
    assert (rekap.desa[A1].pembilang["OS-PDDK"], rekap.ganda) == (1, 0)


def test_people_without_numbers_or_birthday_are_counted_where_they_can_be() -> None:
    rows = [orang(n, "0000-00-00", nomor_nik=nik, nomor_kk="0") for n, nik in enumerate(("", "0", "belum", "12"))]
    rekap = read(zip_penduduk(*rows, orang(9)))
    found = {kode: n for kode, n, _ in rekap.desa[A1].figures()}
    assert (found["OS-PDDK"], found["OS-KK"], found["OS-KTP"]) == (5, 1, 1)
    assert rekap.catatan == [
        "4 penduduk tanpa NIK 16 angka: dihitung, tetapi baris gandanya tidak terlihat.",
        "4 penduduk tanpa nomor KK 16 angka tidak ikut jumlah kartu keluarga.",
        "4 penduduk tanpa tanggal lahir tidak ikut hitungan menurut umur.",
    ]


def test_who_was_born_after_the_month_is_left_out() -> None:
    rekap = read(zip_penduduk(orang(1), orang(2, "2025-08-01")))
    assert rekap.desa[A1].pembilang["OS-PDDK"] == 1
    assert rekap.catatan == ["1 penduduk lahir sesudah Juli 2025 dan tidak dihitung. Periksa bulannya."]


def test_empty_cells_that_count_as_not_yet_are_told() -> None:
    rekap = read(zip_penduduk(orang(1), orang(2, ktp_el="", status_rekam="0", cacat=""), orang(3, "2020-01-01")))
    assert rekap.catatan == [
        "1 penduduk 17 tahun ke atas tanpa isian ktp_el dihitung belum memiliki.",
        "1 penduduk 17 tahun ke atas tanpa isian status_rekam dihitung belum merekam.",
        "1 penduduk tanpa isian cacat dihitung bukan penyandang disabilitas.",
    ]


# Shapes


@pytest.mark.parametrize(
    "content",
    [
        zip_penduduk(orang(1)),
        csv_penduduk(orang(1)),
        xlsx_penduduk(orang(1, datetime.date(1990, 5, 17), jenis_kelamin=1, ktp_el=2.0, nomor_kk=0)),
        pack({"folder/penduduk_22_12_2020_opendk.XLSX": xlsx_penduduk(orang(1))}),
        csv_penduduk(orang(1, nomor_nik=f"'{NIK}000001", tanggal_lahir="1990-05-17 00:00:00")),
    ],
    ids=["zip", "csv", "xlsx", "zip of xlsx", "apostrophe and time"],
)
def test_the_package_or_the_table_out_of_it_is_read(content: bytes) -> None:
    rekap = read(content)
    assert rekap.desa[A1].pembilang["OS-KTP"] == 1
    assert rekap.tanpa["nomor_nik"] == 0


def test_titles_may_be_written_as_older_versions_do() -> None:
    old = {"nomor_nik": "Nomor NIK", "nomor_kk": "Nomor KK", "tanggal_lahir": "Tanggal Lahir", "ktp_el": "KTP-el"}
    kolom = tuple(old.get(name, name) for name in KOLOM)
    row = {old.get(name, name): cell for name, cell in orang(1).items()}
    assert read(csv_penduduk(row, kolom=kolom)).desa[A1].pembilang["OS-KTP"] == 1


# Refused, by row and column, without a word of anybody


@pytest.mark.parametrize(
    ("kolom", "cell", "words"),
    [
        ("desa_id", "Sutrisnowati", "Bukan kode desa"),
        ("desa_id", "11.01.01", "Bukan kode desa"),
        ("desa_id", "", "Bukan kode desa"),
        ("status_dasar", "Sutrisnowati", "Kode di luar daftar OpenSID (1, 2, 3, 4, 6, 9)"),
        ("status_dasar", "", "Kode di luar daftar"),
        ("jenis_kelamin", "Parmudjito", "Kode di luar daftar OpenSID (1, 2)"),
        ("tanggal_lahir", "Karangwungu", "Bukan tanggal"),
        ("tanggal_lahir", f"{NIK}000001", "Bukan tanggal"),
        ("cacat", "8", "Kode di luar daftar"),
        ("ktp_el", "Parmudjito", "Kode di luar daftar"),
        ("status_rekam", "9", "Kode di luar daftar"),
        ("nomor_nik", "1,10101E+15", "digit akhirnya hilang"),
        ("nomor_kk", "1.10102E+15", "digit akhirnya hilang"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column_only(kolom: str, cell: str, words: str) -> None:
    ((baris, where, pesan),) = refusals(zip_penduduk(orang(1), orang(2, **{kolom: cell})))
    assert (baris, where) == (3, kolom)
    assert words in pesan
    assert "Unduh lagi dari OpenSID" in pesan
    assert cell == "" or cell not in pesan or kolom == "cacat"


def test_numbers_that_became_floats_are_refused() -> None:
    ((baris, kolom, _),) = refusals(xlsx_penduduk(orang(1, nomor_nik=1101010101000001)))
    assert (baris, kolom) == (2, "nomor_nik")


def test_a_shifted_row_is_refused_in_many_columns() -> None:
    names = list(KOLOM)
    whole = orang(1)
    shifted = dict(zip(names, ["", *(whole.get(name, "") for name in names[:-1])], strict=True))
    found = refusals(zip_penduduk(orang(2), shifted))
    assert {baris for baris, *_ in found} == {3}
    assert {"desa_id", "status_dasar"} <= {kolom for _, kolom, _ in found}


def test_a_row_that_is_too_long_is_refused() -> None:
    content = csv_penduduk(orang(1)).replace(b"Karangwungu,,,Sutris", b"Karangwungu,x,y,z,,,Sutris")
    ((baris, _, pesan),) = refusals(content)
    assert (baris, "judulnya 42 kolom" in pesan) == (2, True)


def test_a_file_without_header_says_nothing_of_its_first_person() -> None:
    ((baris, kolom, pesan),) = refusals(csv_penduduk(orang(1), header=False))
    assert (baris, kolom) == (1, "")
    assert "bukan berkas penduduk OpenSID" in pesan


def test_a_wrong_letter_in_a_file_without_header_names_no_column() -> None:
    content = csv_penduduk(orang(1, nama="Sutrisnowati \xff"), header=False).replace("\xff".encode(), b"\xff")
    ((_, kolom, pesan),) = refusals(content)
    assert (kolom, "bukan UTF-8" in pesan) == ("", True)


def test_a_wrong_letter_further_down_names_its_row() -> None:
    content = csv_penduduk(orang(1), orang(2, akta_lahir="\xff")).replace("\xff".encode(), b"\xff")
    assert [(baris, kolom) for baris, kolom, _ in refusals(content)] == [(3, "akta_lahir")]
    content = csv_penduduk(orang(1, cacat="9"), orang(2, nama="\xff")).replace("\xff".encode(), b"\xff")
    assert [(baris, kolom) for baris, kolom, _ in refusals(content)] == [(2, "cacat"), (3, "")]


def test_missing_and_double_columns_are_named_those_of_the_file_are_not() -> None:
    kolom = tuple("Parmudjito" if name == "desa_id" else name for name in KOLOM)
    kolom = tuple("cacat" if name == "hamil" else name for name in kolom)
    ((_, _, pesan),) = refusals(csv_penduduk(orang(1), kolom=kolom))
    assert "kolom desa_id tidak ada; kolom cacat ada lebih dari sekali" in pesan


def test_too_many_rows_are_refused() -> None:
    found = refusals(csv_penduduk(*(orang(n) for n in range(3))), Limits(rows=2))
    assert [pesan for *_, pesan in found] == ["Berkas memuat lebih dari 2 baris. Bagi menurut kecamatan."]


# Zips


def locked() -> bytes:
    """The flag that marks encrypted parts, set in both places where a zip states it."""
    data = bytearray(zip_penduduk(orang(1)))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(magic)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(magic, start + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (locked(), "dikunci kata sandi"),
        (zip_penduduk(orang(1))[:-60], "rusak atau terpotong"),
        (zip_penduduk(orang(1))[:200], "rusak atau terpotong"),
        (b"PK\x03\x04", "rusak atau terpotong"),
        (pack({f"{NIK}.jpg": b"x"}), "tidak memuat tabel"),
        (pack({"a.csv": csv_penduduk(orang(1)), "Sutrisnowati.csv": b"x"}), "memuat lebih dari satu tabel"),
        (pack({"program.csv": b"desa_id,id,nama,sasaran\n"}), "tidak lengkap: kolom status_dasar"),
        (pack({"laporan.csv": b"judul,tahun\nSutrisnowati,2020\n"}), "bukan berkas penduduk OpenSID"),
        (pack({"kosong.csv": b""}), "Berkas kosong"),
        (b"", "Berkas kosong"),
    ],
    ids=["locked", "cut at the end", "cut in the middle", "no zip", "no table", "two tables", "other package",
         "report", "empty table", "empty"],
)  # fmt: skip
def test_a_broken_or_other_package_is_refused_with_words(content: bytes, words: str) -> None:
    ((_, _, pesan),) = refusals(content)
    assert words in pesan


def test_a_damaged_part_is_refused_without_its_name() -> None:
    content = bytearray(pack({"Sutrisnowati.csv": csv_penduduk(orang(1))}))
    content[60] ^= 0xFF
    ((_, _, pesan),) = refusals(bytes(content))
    assert "rusak atau terpotong" in pesan


def test_a_table_that_swells_is_refused_before_it_is_unpacked_whole() -> None:
    bomb = pack({"penduduk.csv": csv_penduduk(orang(1)) + b"\n" * 3_000_000})
    assert len(bomb) < 10_000
    ((_, _, pesan),) = refusals(bomb, Limits(unpacked_bytes=1024 * 1024))
    assert "mengembang melebihi 1 MB" in pesan


def test_photographs_are_not_unpacked() -> None:
    content = zip_penduduk(orang(1), **{"foto.jpg": bytes(3_000_000)})
    assert read(content, Limits(unpacked_bytes=1024 * 1024)).desa[A1].pembilang["OS-PDDK"] == 1


def test_a_package_may_not_be_larger_than_any_file() -> None:
    ((_, _, pesan),) = refusals(zip_penduduk(orang(1)), Limits(csv_bytes=10))
    assert "Hapus foto di dalamnya" in pesan


def test_counts_hold_no_person() -> None:
    rekap: Any = read(zip_penduduk(orang(1), orang(2, "2015-01-01", desa_id=A2)))
    figures = [list(desa.figures()) for desa in rekap.desa.values()]
    assert terlihat([figures, rekap.catatan, rekap.baris, rekap.tanpa]) == []

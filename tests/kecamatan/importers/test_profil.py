import datetime
import io
from decimal import Decimal

import pytest

from kecamatan.importers.daftar import HasilDaftar, as_text
from kecamatan.importers.profil import impor_kode_bps, impor_lokus, impor_penduduk
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Lokus, ProfilWilayah, Wilayah
from p3pd_portal.lib.spreadsheet import Rejected
from p3pd_portal.lib.tables import Sheet, to_xlsx


pytestmark = pytest.mark.django_db
DECEMBER = datetime.date(2024, 12, 31)
HEADER = "kode,nama,luas_km2,penduduk_l,penduduk_p,penduduk"


def csv_file(header: str, *rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows, ""]).encode())


def penduduk(*rows: str, header: str = HEADER, luas: str = "BIG") -> HasilDaftar:
    return impor_penduduk(csv_file(header, *rows), per=DECEMBER, sumber="Dukcapil", sumber_luas=luas)


def refusal(rejected: "pytest.ExceptionInfo[Rejected]") -> list[tuple[int, str, str]]:
    return [(error.baris, error.kolom, error.pesan) for error in rejected.value.errors]


def counted() -> dict[str, int]:
    return dict(ProfilWilayah.objects.values_list("wilayah__kode", "penduduk"))


def changes(hasil: HasilDaftar) -> tuple[int, int, int, int]:
    return hasil.baru, hasil.berubah, hasil.dihapus, hasil.sama


# Population and area


def test_counts_of_regions_are_taken_in_and_the_nation_is_the_sum_of_its_provinces(wilayah: dict[str, Wilayah]) -> None:
    assert changes(penduduk("11,Uji,10.5,4,6,10", "11.01,Kabupaten Satu,,1,2,3")) == (3, 0, 0, 0)
    nation = ProfilWilayah.objects.get(wilayah__kode="0")
    assert (nation.penduduk, nation.laki_laki, nation.perempuan, nation.luas_km2) == (10, 4, 6, Decimal("10.500"))
    assert (nation.per, nation.sumber, nation.sumber_luas) == (DECEMBER, "Dukcapil", "BIG")
    kabupaten = ProfilWilayah.objects.get(wilayah__kode="11.01")
    assert (kabupaten.penduduk, kabupaten.luas_km2, kabupaten.sumber_luas) == (3, None, "")


def test_the_same_file_again_changes_nothing_and_another_one_what_differs(wilayah: dict[str, Wilayah]) -> None:
    penduduk("11.01,x,1,1,2,3", "11.02,x,1,1,2,3")
    assert changes(penduduk("11.01,x,1,1,2,3", "11.02,x,1,1,2,3")) == (0, 0, 0, 2)
    assert changes(penduduk("11.01,x,1,1,3,4")) == (0, 1, 0, 0)
    assert counted() == {"11.01": 4, "11.02": 3}


def test_every_month_is_kept(wilayah: dict[str, Wilayah]) -> None:
    penduduk("11.01,x,1,1,2,3")
    june = datetime.date(2025, 6, 30)
    impor_penduduk(csv_file(HEADER, "11.01,x,1,2,2,4"), per=june, sumber="Dukcapil", sumber_luas="BIG")
    assert list(ProfilWilayah.objects.order_by("per").values_list("penduduk", flat=True)) == [3, 4]


def test_a_nation_in_the_file_is_taken_as_it_stands(wilayah: dict[str, Wilayah]) -> None:
    penduduk("0,Indonesia,,5,6,11", "11,Uji,,4,6,10")
    assert counted() == {"0": 11, "11": 10}


def test_a_missing_province_leaves_the_nation_out_and_says_so(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("12", "Lain")])
    assert "Angka nasional tidak dihitung: hanya 1 dari 2 provinsi ada di berkas." in penduduk("11,Uji,,4,6,10").catatan
    assert counted() == {"11": 10}


def test_an_area_that_is_missing_somewhere_is_no_national_area(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("12", "Lain")])
    penduduk("11,Uji,10,4,6,10", "12,Lain,,1,1,2")
    nation = ProfilWilayah.objects.get(wilayah__kode="0")
    assert (nation.penduduk, nation.luas_km2, nation.sumber_luas) == (12, None, "")


def test_a_spreadsheet_serves_as_well(wilayah: dict[str, Wilayah]) -> None:
    rows = [["1101", 12.345, 1, 2, 3]]
    sheet = Sheet("penduduk", ["kode", "luas_km2", "penduduk_l", "penduduk_p", "penduduk"], rows)
    impor_penduduk(io.BytesIO(to_xlsx([sheet])), per=DECEMBER, sumber="Dukcapil", sumber_luas="BIG")
    assert ProfilWilayah.objects.get().luas_km2 == Decimal("12.345")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("77,x,1,1,2,3", "kode", "Wilayah 77 tidak ada"),
        ("1.1,x,1,1,2,3", "kode", "bukan kode wilayah"),
        ("11,x,1,1,2,4", "penduduk", "Jumlahnya 3"),
        ("11,x,1,satu,2,3", "penduduk_l", "Bukan angka"),
        ("11,x,1,,2,3", "penduduk_l", "bilangan bulat"),
        ('11,x,1,"1,5",2,3', "penduduk_l", "bilangan bulat"),
        ("11,x,1,-1,2,1", "penduduk_l", "bilangan bulat"),
        ("11,x,1,3000000000,0,3000000000", "penduduk_l", "bilangan bulat"),
        ('11,x,"1.234,5",1,2,3', "luas_km2", "titik desimal"),
        ("11,x,0,1,2,3", "luas_km2", "titik desimal"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_stored(
    row: str, column: str, message: str, wilayah: dict[str, Wilayah]
) -> None:
    with pytest.raises(Rejected) as rejected:
        penduduk("11.01,x,1,1,2,3", row)
    (error,) = [error for error in refusal(rejected) if error[1] == column]
    assert error[0] == 3
    assert message in error[2]
    assert counted() == {}


def test_a_region_listed_twice_is_refused(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as rejected:
        penduduk("11,x,1,1,2,3", "11,x,1,1,2,3")
    assert refusal(rejected) == [(3, "kode", "Wilayah ini sudah ada di baris 2. Sisakan satu.")]


def test_an_area_without_source_is_refused(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected, match="--sumber-luas"):
        penduduk("11,x,1,1,2,3", luas="")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Rejected, match="Kolom “penduduk” tidak ada"):
        penduduk(header="kode,luas_km2,penduduk_l,penduduk_p")


# Lokus


def lokus(*rows: str) -> HasilDaftar:
    return impor_lokus(csv_file("kode,tahun,dasar", *rows))


def listed() -> set[tuple[str, int, str]]:
    return set(Lokus.objects.values_list("wilayah__kode", "tahun", "dasar"))


def test_the_file_is_the_whole_list_of_its_years(wilayah: dict[str, Wilayah]) -> None:
    assert changes(lokus("11.01,2024,SK 1", "11.01,2025,SK 2", "11.01.01,2025,SK 2")) == (3, 0, 0, 0)
    assert changes(lokus("11.01,2025,SK 3", "11.02,2025,SK 3")) == (1, 1, 1, 0)
    assert listed() == {("11.01", 2024, "SK 1"), ("11.01", 2025, "SK 3"), ("11.02", 2025, "SK 3")}
    assert changes(lokus("11.01,2025,SK 3", "11.02,2025,SK 3")) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("11,2025,SK", "kode", "kabupaten/kota atau kecamatan"),
        ("11.01.01.2001,2025,SK", "kode", "kabupaten/kota atau kecamatan"),
        ("11.01,25,SK", "tahun", "empat angka"),
        ("11.01,2014,SK", "tahun", "empat angka"),
        ("11.01,2025,", "dasar", "belum diisi"),
        ("11.01,2025,a\x01b\x00c", "dasar", "bukan UTF-8"),
        ("11.02,2025,SK", "kode", "sudah ada di baris 2"),
    ],
)
def test_a_wrong_row_of_the_list_is_refused(row: str, column: str, message: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as rejected:
        lokus("11.02,2025,SK", row)
    assert [(error[1], message in error[2]) for error in refusal(rejected)] == [(column, True)]
    assert listed() == set()


# BPS codes


def bps(*rows: str) -> HasilDaftar:
    return impor_kode_bps(csv_file("kode,kode_bps", *rows))


def test_bps_codes_are_set_changed_and_left(wilayah: dict[str, Wilayah]) -> None:
    assert changes(bps("11,11", "11.01,1101", "11.01.01,1101010", "11.01.01.2001,1101010001")) == (4, 0, 0, 0)
    assert changes(bps("11.01,1102", "11,11", "11.02,1102")) == (1, 1, 0, 1)
    codes = dict(Wilayah.objects.exclude(kode_bps=None).values_list("kode", "kode_bps"))
    assert codes == {"11": "11", "11.01": "1102", "11.02": "1102", "11.01.01": "1101010", "11.01.01.2001": "1101010001"}


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("11.01,11", "kode_bps", "tidak sesuai"),
        ("0,11", "kode_bps", "tidak sesuai"),
        ("11.01,110", "kode_bps", "2, 4, 7, atau 10 angka"),
        ("11.01,", "kode_bps", "2, 4, 7, atau 10 angka"),
        ("11.02,1102", "kode", "sudah ada di baris 2"),
    ],
)
def test_a_wrong_bps_code_is_refused(row: str, column: str, message: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as rejected:
        bps("11.02,1101", row)
    assert [(error[1], message in error[2]) for error in refusal(rejected)] == [(column, True)]
    assert not Wilayah.objects.exclude(kode_bps=None).exists()


def test_a_cell_with_a_sign_no_text_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="karakter yang tidak sah"):
        as_text("a\x00b")


def test_a_whole_number_of_a_spreadsheet_reads_as_typed() -> None:
    assert [as_text(cell) for cell in (3524.0, 35.24, " 35.24 ", "x" * 300)] == ["3524", "35.24", "35.24", "x" * 200]

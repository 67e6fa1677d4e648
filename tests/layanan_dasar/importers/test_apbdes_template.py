"""The portal's own template: every way in which a line can be wrong, and every spelling that is taken.

All files here are handed in for Kecamatan Alfa; row 2 is the first line under the header.
"""

import datetime

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, BarisAPBDes
from tests.layanan_dasar.berkas import (
    A1,
    A2,
    B1,
    TEMPLAT,
    Row,
    akun,
    apbdes_utuh,
    baris_tersimpan,
    belanja,
    csv_bytes,
    ditolak,
    impor,
    satu_galat,
    total_tersimpan,
    xlsx_bytes,
)


pytestmark = pytest.mark.usefixtures("acuan")


@pytest.fixture
def alfa(wilayah: dict[str, Wilayah]) -> Wilayah:
    return wilayah["11.01.01"]


WRONG_LINES = {
    "unknown region": (belanja(kode_desa="11.01.01.2999"), "kode_desa", "tidak ada dalam daftar Kemendagri"),
    "kelurahan": (belanja(kode_desa="11.01.01.1003"), "kode_desa", "kelurahan, yang tidak memiliki APBDes"),
    "kecamatan": (belanja(kode_desa="11.01.01"), "kode_desa", "tidak ada dalam daftar Kemendagri"),
    "desa elsewhere": (belanja(kode_desa=B1), "kode_desa", "berada di luar Kecamatan Alfa"),
    "year too early": (belanja(tahun=2014), "tahun", "di luar 2015–2035"),
    "year too late": (belanja(tahun=2036), "tahun", "di luar 2015–2035"),
    "unknown jenis": (belanja(jenis="murni"), "jenis", "Isi salah satu: awal, perubahan."),
    "belanja without kegiatan": (akun("5.2.1.01", 1), "kode_kegiatan", "Baris belanja (rekening 5) harus memuat"),
    "pendapatan with kegiatan": (belanja(kode_rekening="4.2.1"), "kode_kegiatan", "Kosongkan kode kegiatan"),
    "pembiayaan with kegiatan": (belanja(kode_rekening="6.1.1"), "kode_kegiatan", "Kosongkan kode kegiatan"),
    "control row with kegiatan": (belanja(kode_rekening="5"), "kode_rekening", "sampai jenis atau objek"),
    "kelompok only": (akun("4.2", 1), "kode_rekening", "sampai jenis atau objek, misalnya 5.2.1"),
    "no rekening": (belanja(kode_rekening=""), "kode_rekening", "sampai jenis atau objek"),
    "akun 1": (belanja(kode_rekening="1.1.1"), "kode_rekening", "mulai dari 4, 5, atau 6"),
    "akun 7": (akun("7.1.1", 1), "kode_rekening", "mulai dari 4, 5, atau 6"),
    "incomplete kegiatan": (belanja(kode_kegiatan="02.02"), "kode_kegiatan", "Tulis BB.SS.KK, misalnya 02.02.02"),
    "kegiatan of chapter 6": (belanja(kode_kegiatan="06.01.01"), "kode_kegiatan", "tidak lengkap"),
    "long sumber dana": (belanja(sumber_dana="Dana Desa (APBN)"), "sumber_dana", "terlalu panjang"),
    "empty anggaran": (belanja(""), "anggaran", "Anggaran kosong"),
    "dash for anggaran": (belanja("-"), "anggaran", "tulis 0 bila memang nol"),
    "words for anggaran": (belanja("seratus"), "anggaran", "Bukan angka"),
    "two readings": (belanja("1,234"), "anggaran", "Angka tidak jelas"),
    "too large": (belanja(10**12), "anggaran", "Angka terlalu besar"),
    "negative anggaran": (belanja(-1), "anggaran", "tidak boleh negatif"),
    "anggaran in brackets": (belanja("(1.000)"), "anggaran", "tidak boleh negatif"),
    "negative semester 1": (belanja(realisasi_s1=-1), "realisasi_s1", "tidak boleh negatif"),
    "negative semester 2": (belanja(realisasi_s2=-1), "realisasi_s2", "tidak boleh negatif"),
    "words for realisasi": (belanja(realisasi_s2="nihil"), "realisasi_s2", "Bukan angka"),
    "day that does not exist": (belanja(per_tanggal="31/02/2025"), "per_tanggal", "Tulis 2025-06-30"),
    "date in words": (belanja(per_tanggal="akhir Juni"), "per_tanggal", "Tulis 2025-06-30"),
}


@pytest.mark.parametrize("name", WRONG_LINES)
def test_one_wrong_line_refuses_the_file(name: str, alfa: Wilayah) -> None:
    wrong, column, words = WRONG_LINES[name]
    good = belanja(kode_desa=A2)
    baris, kolom, pesan = satu_galat([good, wrong, good | {"kode_rekening": "5.2.1.02"}], wilayah=alfa)
    assert (baris, kolom) == (3, column)
    assert words in pesan
    assert pesan.endswith((".", ")."))


def test_a_repeated_line_points_at_the_first(alfa: Wilayah) -> None:
    again = belanja(700, kode_kegiatan="2.2.02", kode_rekening="5.2.1.1")
    galat = satu_galat([belanja(), belanja(kode_desa=A2), again], wilayah=alfa)
    assert galat[:2] == (4, "kode_rekening")
    assert "sama dengan baris 2" in galat[2]


def test_each_further_repeat_is_an_error_of_its_own(alfa: Wilayah) -> None:
    assert [baris for baris, *_ in ditolak([belanja(), belanja(), belanja()], wilayah=alfa)] == [3, 4]


def test_a_subtotal_beside_its_details_is_refused(alfa: Wilayah) -> None:
    rows = [belanja(kode_rekening="5.2.1"), belanja(), belanja(kode_kegiatan="02.02.01", kode_rekening="5.2.1")]
    baris, kolom, pesan = satu_galat(rows, wilayah=alfa)
    assert (baris, kolom) == (2, "kode_rekening")
    assert "jumlah dari rincian di bawahnya (baris 3)" in pesan


@pytest.mark.parametrize(("kode", "benar"), [("4", "1.000"), ("5", "1.030"), ("6", "30")])
def test_a_control_row_that_does_not_add_up_is_refused(kode: str, benar: str, alfa: Wilayah) -> None:
    baris, kolom, pesan = satu_galat([akun(kode, 999), *apbdes_utuh()], wilayah=alfa)
    assert (baris, kolom) == (2, "anggaran")
    assert pesan.startswith(f"Baris kendali {kode} tertulis 999, padahal rinciannya berjumlah {benar}.")


def test_control_rows_of_realisasi_count_too(alfa: Wilayah) -> None:
    rows = [belanja(realisasi_s1=250, realisasi_s2=500), akun("5", 600, realisasi_s1=250, realisasi_s2=501)]
    assert satu_galat(rows, wilayah=alfa)[:2] == (3, "realisasi_s2")


def test_a_repeated_control_row_is_refused(alfa: Wilayah) -> None:
    baris, kolom, pesan = satu_galat([belanja(), akun("5", 600), akun("5", 600)], wilayah=alfa)
    assert (baris, kolom) == (4, "kode_rekening")
    assert "baris 3" in pesan


def test_a_file_of_control_rows_only_is_refused(alfa: Wilayah) -> None:
    assert "tidak memuat satu baris rincian pun" in satu_galat([akun("4", 1000), akun("5", 1000)], wilayah=alfa)[2]


def test_a_budget_of_control_rows_only_beside_a_whole_one_is_refused(alfa: Wilayah) -> None:
    baris, _, pesan = satu_galat([*apbdes_utuh(), akun("4", 1000, kode_desa=A2)], wilayah=alfa)
    assert baris == 7
    assert "hanya memuat baris total" in pesan


def test_all_errors_come_at_once_sorted_by_row(alfa: Wilayah) -> None:
    rows = [
        belanja(),
        belanja(),  # repeats row 2, seen last
        belanja("x", tahun=1999, kode_rekening="5.2.2.01"),
        belanja(kode_kegiatan="", kode_rekening="5.2.3.01"),
        akun("4.2.1", "y"),
    ]
    assert [galat[:2] for galat in ditolak(rows, wilayah=alfa)] == [
        (3, "kode_rekening"),
        (4, "tahun"),
        (4, "anggaran"),
        (5, "kode_kegiatan"),
        (6, "anggaran"),
    ]


def test_a_coarser_file_does_not_replace_a_detailed_budget(alfa: Wilayah) -> None:
    impor(apbdes_utuh(), wilayah=alfa)
    baris, kolom, pesan = satu_galat([akun("4.2.1", 1000, sumber_dana="DDS")], wilayah=alfa)
    assert (baris, kolom) == (2, "kode_desa")
    assert "APBDes A1 sudah tersimpan rinci sampai kegiatan" in pesan


def test_a_wrong_line_is_not_blamed_on_missing_detail(alfa: Wilayah) -> None:
    """The only spending line is refused; that does not make the file a coarse one."""
    impor(apbdes_utuh(), wilayah=alfa)
    assert satu_galat([akun("4.2.1", 1000), belanja("x")], wilayah=alfa)[:2] == (3, "anggaran")


# What is taken


def test_a_whole_budget_is_stored_as_it_stands(alfa: Wilayah) -> None:
    hasil = impor([*apbdes_utuh(), akun("4", 1000, nama_kegiatan="Pendapatan"), akun("5", 1030)], wilayah=alfa)
    assert (hasil.format, hasil.dibaca, hasil.catatan) == ("templat portal", 5, [])
    assert baris_tersimpan(desa__kode=A1, tahun=2025, jenis="awal") == [
        ("", "4.2.1", "DDS", 1000),
        ("", "6.1.1", "", 50),
        ("", "6.2.2", "", 20),
        ("01.01.01", "5.1.1.01", "ADD", 430),
        ("02.02.02", "5.2.1.01", "DDS", 600),
    ]
    assert total_tersimpan() == {"4": 1000, "5": 1030}
    apbdes = APBDes.objects.get()
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan, apbdes.berlaku) == ("kegiatan", "lengkap", True)


def test_spending_alone_says_nothing_of_revenue(alfa: Wilayah) -> None:
    impor([belanja()], wilayah=alfa)
    apbdes = APBDes.objects.get()
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan) == ("kegiatan", "tidak_ada")


@pytest.mark.parametrize("enam", [30, 70])
def test_financing_may_be_controlled_net_or_gross(enam: int, alfa: Wilayah) -> None:
    impor([*apbdes_utuh(), akun("6", enam)], wilayah=alfa)
    assert total_tersimpan() == {"6": enam}


def test_net_financing_may_be_negative(alfa: Wilayah) -> None:
    impor([belanja(), akun("6.2.2", 20), akun("6", "(20)")], wilayah=alfa)
    assert total_tersimpan() == {"6": -20}


SPELLINGS: dict[str, tuple[Row, tuple[str, str, str, int]]] = {
    "desa without dots": (belanja(kode_desa="1101012001"), ("02.02.02", "5.2.1.01", "DDS", 600)),
    "amount with dots and sen": (belanja("1.234.567,00"), ("02.02.02", "5.2.1.01", "DDS", 1_234_567)),
    "amount with Rp": (belanja("Rp1.000,-"), ("02.02.02", "5.2.1.01", "DDS", 1000)),
    "true zero": (belanja(0), ("02.02.02", "5.2.1.01", "DDS", 0)),
    "kegiatan of the regulation": (belanja(kode_kegiatan="2.2.02"), ("02.02.02", "5.2.1.01", "DDS", 600)),
    "kegiatan of Siskeudes": (belanja(kode_kegiatan="02.02.02."), ("02.02.02", "5.2.1.01", "DDS", 600)),
    "BLT as 05.03.01": (belanja(kode_kegiatan="05.03.01"), ("05.03.00", "5.2.1.01", "DDS", 600)),
    "local kegiatan": (belanja(kode_kegiatan="02.04.90"), ("02.04.90", "5.2.1.01", "DDS", 600)),
    "short objek": (belanja(kode_rekening="5.2.1.1"), ("02.02.02", "5.2.1.01", "DDS", 600)),
    "rekening to jenis": (belanja(kode_rekening="5.2.1."), ("02.02.02", "5.2.1", "DDS", 600)),
    "unknown sumber dana": (belanja(sumber_dana="xyz"), ("02.02.02", "5.2.1.01", "LAIN:XYZ", 600)),
    "no sumber dana": (belanja(sumber_dana=""), ("02.02.02", "5.2.1.01", "", 600)),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spelling_is_brought_to_the_canonical_one(name: str, alfa: Wilayah) -> None:
    typed, stored = SPELLINGS[name]
    impor([typed], wilayah=alfa)
    assert baris_tersimpan(desa__kode=A1) == [stored]


def test_sen_are_rounded_half_up_with_a_note(alfa: Wilayah) -> None:
    rows = [belanja("0,50"), belanja("1,49", kode_rekening="5.2.2.01"), belanja("2.50", kode_rekening="5.2.3.01")]
    hasil = impor(rows, wilayah=alfa)
    assert [anggaran for *_, anggaran in baris_tersimpan()] == [1, 1, 3]
    assert hasil.catatan == ["3 angka memuat sen dan dibulatkan ke rupiah terdekat."]


@pytest.mark.parametrize("kendali", [3, 4, 5, 6, 7])
def test_totals_may_be_off_by_a_rupiah_for_each_rounded_amount(kendali: int, alfa: Wilayah) -> None:
    """Two lines of 2,50 become 3 + 3 = 6: stated anything from 4 to 8, it is the same sum."""
    rows = [belanja("2,50"), belanja("2,50", kode_rekening="5.2.2.01"), akun("5", kendali)]
    if kendali == 3:
        assert satu_galat(rows, wilayah=alfa)[:2] == (4, "anggaran")
    else:
        impor(rows, wilayah=alfa)
        assert total_tersimpan() == {"5": kendali}


def test_rounding_in_one_budget_does_not_loosen_another(alfa: Wilayah) -> None:
    rows = [belanja("2,50"), belanja(600, kode_desa=A2), akun("5", 601, kode_desa=A2)]
    assert satu_galat(rows, wilayah=alfa)[:2] == (4, "anggaran")


def test_columns_may_stand_in_any_order_with_others_between(alfa: Wilayah) -> None:
    header = [*reversed(TEMPLAT), "Catatan Desa"]
    hasil = impor(csv_bytes([belanja() | {"Catatan Desa": "rapat"}], header), wilayah=alfa)
    assert baris_tersimpan() == [("02.02.02", "5.2.1.01", "DDS", 600)]
    assert hasil.catatan == ["Kolom yang tidak dibaca: catatan_desa."]


def test_a_workbook_with_numbers_and_dates(alfa: Wilayah) -> None:
    day = datetime.date(2025, 6, 30)
    rows = [
        belanja(600.5, kode_desa=1101012001, realisasi_s1=300.0, per_tanggal=day),
        akun("4", 1000),
        akun(4.2, 1000) | {"kode_rekening": "4.2.1"},
    ]
    impor(xlsx_bytes(rows), wilayah=alfa)
    baris = BarisAPBDes.objects.get(kode_kegiatan="02.02.02")
    assert (baris.anggaran, baris.realisasi_s1, baris.realisasi_s2) == (601, 300, None)
    assert APBDes.objects.get().per_tanggal == day
    assert total_tersimpan() == {"4": 1000}


def test_realisasi_not_reported_and_nothing_spent_are_two_things(alfa: Wilayah) -> None:
    impor([belanja(realisasi_s1="", realisasi_s2=0)], wilayah=alfa)
    assert BarisAPBDes.objects.values_list("realisasi_s1", "realisasi_s2").get() == (None, 0)


def test_the_latest_date_of_a_budget_counts(alfa: Wilayah) -> None:
    dates = ("2025-06-30", "", "31/12/2025", "2025-09-30")
    rows = [belanja(kode_rekening=f"5.2.{n}.01", per_tanggal=date) for n, date in enumerate(dates, 1)]
    impor([*rows, belanja(kode_desa=A2, per_tanggal="2025-07-01")], wilayah=alfa)
    latest = dict(APBDes.objects.values_list("desa__kode", "per_tanggal"))
    assert latest == {A1: datetime.date(2025, 12, 31), A2: datetime.date(2025, 7, 1)}

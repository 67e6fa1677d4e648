"""Budgets as villages publish them: subtotals between the lines, totals in words, often only in part."""

import pytest

from layanan_dasar.models import APBDes, BarisAPBDes, KualitasBelanja, TotalAPBDes
from tests.layanan_dasar.berkas import (
    A1,
    A2,
    PUBLIKASI,
    Row,
    apbdes_utuh,
    baris_tersimpan,
    csv_bytes,
    ditolak,
    impor,
    impor_publikasi,
    publikasi,
    satu_galat,
    total_tersimpan,
    xlsx_bytes,
)


pytestmark = pytest.mark.usefixtures("acuan", "wilayah")


def ringkasan(**cells: object) -> list[Row]:
    """Revenue 1000, spending 1030 by chapter, financing 50 in and 20 out: balanced."""
    lines = [
        ("4.1", "Pendapatan Asli Desa", 100),
        ("4.1.2", "Hasil Aset", 100),
        ("4.2", "Transfer", 900),
        ("4.2.1", "Dana Desa", 900),
        ("", "Jumlah pendapatan", 1000),
        *((f"0{n}", f"Bidang {n}", 206) for n in range(1, 6)),
        ("", "Jumlah belanja", 1030),
        ("", "Surplus / (defisit)", -30),
        ("6.1", "Penerimaan pembiayaan", 50),
        ("6.1.1", "SiLPA tahun sebelumnya", 50),
        ("6.2.2", "Penyertaan modal", 20),
        ("", "Pembiayaan netto", 30),
        ("", "SiLPA tahun berjalan", 0),
    ]
    return [publikasi(*line, **cells) for line in lines]


def satu_galat_publikasi(*rows: Row) -> tuple[int, str, str]:
    return satu_galat(csv_bytes(rows, PUBLIKASI))


def test_lines_are_stored_as_lines_and_totals_as_totals() -> None:
    hasil = impor_publikasi(*ringkasan(sumber="https://a1.desa.id/apbdes"))
    assert (hasil.format, hasil.dibaca, hasil.baru, hasil.catatan) == ("publikasi desa", 9, 9, [])
    assert baris_tersimpan(desa__kode=A1, jenis="awal") == [
        ("", "4.1.2", "", 100),
        ("", "4.2.1", "", 900),
        ("", "6.1.1", "", 50),
        ("", "6.2.2", "", 20),
        *((f"0{n}", "", "", 206) for n in range(1, 6)),
    ]
    assert total_tersimpan() == {
        "4": 1000, "4.1": 100, "4.2": 900, "5": 1030, "6.1": 50,
        "surplus": -30, "pembiayaan_neto": 30, "silpa": 0,
    }  # fmt: skip
    apbdes = APBDes.objects.get()
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan) == ("bidang", "lengkap")
    assert (apbdes.sumber, apbdes.per_tanggal, apbdes.berlaku) == ("https://a1.desa.id/apbdes", None, True)


def test_a_summary_counts_as_budget_but_not_as_detail() -> None:
    impor_publikasi(*ringkasan())
    row = KualitasBelanja.objects.get(wilayah__kode=A1)
    assert (row.n_apbdes, row.n_belanja, row.n_rincian) == (1, 1, 0)
    assert (row.belanja_anggaran, row.rincian_anggaran, row.porsi_inti) == (1030, None, None)


def test_the_same_summary_again_changes_nothing() -> None:
    impor_publikasi(*ringkasan())
    hasil = impor_publikasi(*ringkasan())
    assert (hasil.sama, hasil.apbdes_berubah) == (9, 0)


def test_a_changed_total_alone_changes_the_budget() -> None:
    impor_publikasi(*ringkasan())
    hasil = impor_publikasi(*[row | {"anggaran": 31} if row["anggaran"] == 30 else row for row in ringkasan()])
    assert (hasil.sama, hasil.berubah, hasil.apbdes_berubah) == (9, 0, 1)
    assert total_tersimpan()["pembiayaan_neto"] == 31


def test_the_order_of_the_lines_does_not_matter() -> None:
    impor_publikasi(*ringkasan())
    assert impor_publikasi(*reversed(ringkasan())).apbdes_berubah == 0


def test_columns_of_names_beside_the_codes_are_left_unread() -> None:
    rows = [row | {"desa": "A1", "cakupan": "lengkap"} for row in ringkasan()]
    hasil = impor(csv_bytes(rows, ["desa", *PUBLIKASI, "cakupan"]))
    assert hasil.catatan == ["Kolom yang tidak dibaca: desa, cakupan."]


def test_a_workbook_of_numbers_is_read_alike() -> None:
    rows = [publikasi("4.1", "PADes", 100.0) | {"kode_rekening": 4.1}, publikasi("01", "Bidang 1", 5.5)]
    rows[1] = rows[1] | {"kode_kegiatan": 1}
    hasil = impor(xlsx_bytes(rows, PUBLIKASI))
    assert baris_tersimpan() == [("", "4.1", "", 100), ("01", "", "", 6)]
    assert hasil.catatan == ["1 angka memuat sen dan dibulatkan ke rupiah terdekat."]


@pytest.mark.parametrize("total", [5, 4, 3])
def test_parts_may_exceed_their_total_by_a_rupiah_for_each_rounded_amount(total: int) -> None:
    """Two parts of 2,50 become 3 + 3 = 6: a total of 4 is still the same sum, 3 is not."""
    rows = [publikasi("4.2", "Transfer", total), publikasi("4.2.1", "DD", "2,50"), publikasi("4.2.3", "ADD", "2,50")]
    if total == 3:
        assert satu_galat_publikasi(*rows)[:2] == (2, "anggaran")
    else:
        assert impor_publikasi(*rows).baru == 2


def test_kegiatan_known_in_full_replace_chapters() -> None:
    impor_publikasi(*[publikasi(f"0{n}", "Bidang", 100) for n in range(1, 6)])
    impor_publikasi(*[publikasi(f"0{n}.01.01/5.1.1", "Siltap", 100) for n in range(1, 6)])
    assert APBDes.objects.get().cakupan_belanja == "kegiatan"
    assert baris_tersimpan()[0] == ("01.01.01", "5.1.1", "", 100)
    assert total_tersimpan() == {}


def test_revenue_alone_leaves_spending_unknown() -> None:
    impor_publikasi(publikasi("4.2.1", "Dana Desa", 900))
    apbdes = APBDes.objects.get()
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan) == ("tidak_ada", "sebagian")


def test_an_unknown_amount_stays_unknown() -> None:
    impor_publikasi(publikasi("4.2.1", "Dana Desa", "", 0))
    assert BarisAPBDes.objects.values_list("anggaran", "realisasi_s2").get() == (None, 0)


# Realisation and amendments


@pytest.mark.parametrize(
    ("periode", "stored"),
    [("semester 1", (40, None)), ("semester 2", (None, 40)), ("akhir", (None, 40)), ("Berjalan", (None, 40))],
)
def test_realisasi_goes_to_its_semester(periode: str, stored: tuple[int | None, int | None]) -> None:
    line = {"jenis": "realisasi", "periode": periode}
    impor_publikasi(publikasi("4.2.1", "Dana Desa", 90, 40, **line), publikasi("", "Jumlah pendapatan", 90, 40, **line))
    for model in (BarisAPBDes, TotalAPBDes):
        assert model.objects.values_list("realisasi_s1", "realisasi_s2").get() == stored


def test_one_report_cannot_mix_two_periods() -> None:
    revenue = publikasi("4.2.1", "Dana Desa", 90, 40, jenis="realisasi", periode="semester 1")
    spending = publikasi("01", "Bidang 1", 90, 80, jenis="realisasi", periode="akhir")
    baris, _, pesan = satu_galat_publikasi(revenue, spending)
    assert baris == 3
    assert "dua laporan untuk APBDes yang sama (baris 2)" in pesan


def test_an_amendment_is_two_budgets_of_which_the_later_is_in_force() -> None:
    impor_publikasi(publikasi("4.2.1", "Dana Desa", 90, jenis="perubahan", anggaran_perubahan=70))
    assert baris_tersimpan(jenis="awal", berlaku=False) == [("", "4.2.1", "", 90)]
    assert baris_tersimpan(jenis="perubahan", berlaku=True) == [("", "4.2.1", "", 70)]


def test_two_reports_for_one_budget_are_refused() -> None:
    rows = [publikasi("4.2.1", "DD", 90), publikasi("4.2.1", "DD", 90, jenis="realisasi", periode="akhir")]
    baris, kolom, pesan = satu_galat_publikasi(*rows)
    assert (baris, kolom) == (3, "jenis")
    assert pesan == "Berkas memuat dua laporan untuk APBDes yang sama (baris 2). Sisakan satu."


def test_an_amendment_beside_the_original_is_refused() -> None:
    rows = [publikasi("4.2.1", "DD", 90), publikasi("4.2.1", "DD", 90, jenis="perubahan", anggaran_perubahan=70)]
    assert satu_galat_publikasi(*rows)[:2] == (3, "jenis")


# What is refused


WRONG: dict[str, tuple[Row, str, str]] = {
    "unknown desa": (publikasi("4.2.3", "ADD", 1, kode_desa="11.01.01.2999"), "kode_desa", "daftar Kemendagri"),
    "wrong year": (publikasi("4.2.3", "ADD", 1, tahun=2014), "tahun", "di luar 2015–2035"),
    "wrong jenis": (publikasi("4.2.3", "ADD", 1, jenis="awal"), "jenis", "anggaran, realisasi, perubahan"),
    "wrong periode": (publikasi("4.2.3", "ADD", 1, periode="Mei"), "periode", "Isi salah satu: (kosong), berjalan"),
    "akun 7": (publikasi("7.1", "Utang", 1), "kode_rekening", "mulai dari 4, 5, atau 6"),
    "wrong kegiatan": (publikasi("06", "Bidang 6", 1), "kode_kegiatan", "tidak lengkap"),
    "words for anggaran": (publikasi("4.2.3", "ADD", "nihil"), "anggaran", "Bukan angka"),
    "words for realisasi": (publikasi("4.2.3", "ADD", 1, "nihil"), "realisasi", "Bukan angka"),
    "negative line": (publikasi("4.2.3", "ADD", -1), "anggaran", "tidak boleh negatif"),
    "negative realisasi": (publikasi("4.2.3", "ADD", 1, -1), "realisasi", "tidak boleh negatif"),
    "total in other words": (publikasi("", "Grand total", 1), "uraian", "bukan total yang dikenal"),
    "repeated line": (publikasi("4.2.1", "Dana Desa", 1), "kode_rekening", "sama dengan baris 2"),
    "parts above their total": (publikasi("4.2", "Transfer", 89), "anggaran", "rinciannya berjumlah 90"),
    "revenue with kegiatan": (publikasi("01.01.01/4.2.3", "ADD", 1), "kode_kegiatan", "Kosongkan kode kegiatan"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_line_refuses_the_file(name: str) -> None:
    wrong, column, words = WRONG[name]
    baris, kolom, pesan = satu_galat_publikasi(publikasi("4.2.1", "Dana Desa", 90), wrong)
    assert (baris, kolom) == (3, column)
    assert words in pesan


def test_an_error_after_the_amendment_names_its_own_column() -> None:
    row = publikasi("4.2.1", "Dana Desa", 90, jenis="perubahan", anggaran_perubahan=-70)
    assert satu_galat_publikasi(row)[:2] == (2, "anggaran_perubahan")


def test_an_error_in_an_amendment_is_told_once() -> None:
    cells = {"jenis": "perubahan", "anggaran_perubahan": 1}
    rows = [publikasi("4.2.1", "Dana Desa", 1, **cells), publikasi("", "Grand total", 1, **cells)]
    assert satu_galat_publikasi(*rows)[:2] == (3, "uraian")


def test_a_budget_of_totals_only_is_refused_beside_a_whole_one() -> None:
    rows = [*ringkasan(), publikasi("", "Jumlah belanja", 5, kode_desa=A2)]
    baris, _, pesan = satu_galat_publikasi(*rows)
    assert baris == len(ringkasan()) + 2
    assert "hanya memuat baris total" in pesan


def test_a_summary_does_not_replace_a_detailed_budget() -> None:
    impor(apbdes_utuh())
    galat = ditolak(csv_bytes(ringkasan(), PUBLIKASI))
    assert [satu[:2] for satu in galat] == [(2, "kode_desa")]
    assert "sudah tersimpan rinci sampai kegiatan" in galat[0][2]


def test_a_wrong_surplus_is_noted() -> None:
    rows = [row | {"anggaran": 30} if str(row["uraian"]).startswith("Surplus") else row for row in ringkasan()]
    assert impor_publikasi(*rows).catatan == [
        "Baris 13: anggaran surplus/defisit tertulis 30, padahal pendapatan dikurangi belanja -30."
    ]

"""The CSV zip of Siskeudes: what becomes of its tables, and every trap they are known for."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, BarisAPBDes
from p3pd_portal.lib.spreadsheet import Limits, Rejected
from tests.layanan_dasar.berkas import A1, A2, B1, baris_tersimpan, impor, isi_tabel, satu_galat
from tests.layanan_dasar.siskeudes import (
    D1,
    D2,
    POSYANDU,
    SILTAP,
    cocokkan,
    dokumen,
    jurnal,
    nilai,
    rab,
    utuh,
    zip_bytes,
)


pytestmark = pytest.mark.usefixtures("acuan")


@pytest.fixture(autouse=True)
def peta(wilayah: dict[str, Wilayah]) -> None:
    cocokkan(wilayah, {"01.2001": A1})


def realisasi(**apbdes: object) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    lines = BarisAPBDes.objects.filter(**{f"apbdes__{name}": value for name, value in apbdes.items()})
    return {(keg, rek): (s1, s2) for keg, rek, s1, s2 in lines.values_list(
        "kode_kegiatan", "kode_rekening", "realisasi_s1", "realisasi_s2")}  # fmt: skip


SPP, SPJ, TBP = ({name: "1"} for name in ("No_SPP", "No_SPJ", "No_Bukti"))


def dibelanjakan(tanggal: str = "03/15/2025 00:00:00", jumlah: object = "100", jenis: str = "LS") -> dict[str, object]:
    """One payment for posyandu."""
    return {
        "Ta_SPP": [dokumen("1", "Tgl_SPP", tanggal, Jn_SPP=jenis)],
        "Ta_SPPRinci": [nilai(SPP, POSYANDU, "5.2.1.01.", jumlah)],
    }


# Budget


def test_a_budget_is_stored_with_its_perdes_volume_and_names() -> None:
    hasil = impor(zip_bytes(utuh()))
    assert (hasil.format, hasil.dibaca, hasil.catatan) == ("Siskeudes", 3, [])
    assert baris_tersimpan(desa__kode=A1, tahun=2025, jenis="awal") == [
        ("", "4.2.1.01", "DDS", 1000),
        ("01.01.01", "5.1.1.01", "ADD", 400),
        ("02.02.02", "5.2.1.01", "DDS", 600),
    ]
    apbdes = APBDes.objects.get()
    assert (apbdes.nomor_perdes, apbdes.tanggal_perdes) == ("1/2025", datetime.date(2024, 12, 30))
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan, apbdes.berlaku) == ("kegiatan", "lengkap", True)
    assert apbdes.sumber == "Siskeudes versi 2.0.7"
    posyandu = BarisAPBDes.objects.get(kode_kegiatan="02.02.02")
    assert (posyandu.uraian, posyandu.volume, posyandu.satuan) == ("Posyandu", Decimal(3), "paket")
    assert (posyandu.realisasi_s1, posyandu.realisasi_s2) == (None, None)


def test_columns_in_another_case_inside_a_folder_read_alike() -> None:
    assert impor(zip_bytes(utuh(), folder="Ekspor/2025/", upper=True)).dibaca == 3


def test_parts_of_one_line_are_summed_and_lose_their_volume() -> None:
    impor(zip_bytes(utuh(Ta_RABRinci=[rab(POSYANDU, "5.2.1.01.", "600", No_Urut=n, JmlSatuan=2) for n in (1, 2)])))
    line = BarisAPBDes.objects.get()
    assert (line.anggaran, line.volume, line.satuan) == (1200, None, "")
    assert APBDes.objects.get().cakupan_pendapatan == "tidak_ada"


def test_an_amendment_becomes_a_second_budget() -> None:
    rows = [rab("", "4.2.1.01.", "1000"), rab(POSYANDU, "5.2.1.01.", "1000", AnggaranPAK="-400", AnggaranStlhPAK="600"),
            rab(SILTAP, "5.1.1.01.", "0", AnggaranPAK="400", AnggaranStlhPAK="400")]  # fmt: skip
    assert impor(zip_bytes(utuh(Ta_RABRinci=rows))).catatan == []
    assert [line[3] for line in baris_tersimpan(jenis="awal")] == [1000, 0, 1000]
    assert [line[3] for line in baris_tersimpan(jenis="perubahan")] == [1000, 400, 600]
    assert APBDes.objects.get(berlaku=True).jenis == "perubahan"


def test_amounts_that_do_not_fit_before_and_after_are_a_warning() -> None:
    rows = [rab(POSYANDU, "5.2.1.01.", "1000", AnggaranPAK="-400", AnggaranStlhPAK="700")]
    (catatan,) = impor(zip_bytes(utuh(Ta_RABRinci=rows))).catatan
    assert catatan.startswith("1 rincian tahun 2025 tidak memenuhi AnggaranStlhPAK = Anggaran + AnggaranPAK")
    assert [line[3] for line in baris_tersimpan(jenis="perubahan")] == [700]


def test_without_an_amendment_an_empty_amount_after_it_means_nothing() -> None:
    impor(zip_bytes(utuh(Ta_RABRinci=[rab(POSYANDU, "5.2.1.01.", "600", AnggaranStlhPAK="0")])))
    assert APBDes.objects.get().jenis == "awal"


def test_only_the_latest_posting_of_each_desa_counts(wilayah: dict[str, Wilayah]) -> None:
    cocokkan(wilayah, {"01.2002": A2})
    posted = [
        rab(POSYANDU, "5.2.1.01.", "600", KdPosting="2"),
        rab(POSYANDU, "5.2.1.01.", "650", KdPosting="10"),
        rab(POSYANDU, "5.2.1.01.", "900", KdPosting="3", Kd_Desa=D2),
    ]
    draft = [
        rab(POSYANDU, "5.2.1.01.", "7"),
        rab(SILTAP, "5.1.1.01.", "7"),
        rab(POSYANDU, "5.2.1.01.", "7", Kd_Desa=D2),
    ]
    impor(zip_bytes(utuh(Ta_AnggaranRinci=posted, Ta_RABRinci=draft)))
    assert [line[3] for line in baris_tersimpan(desa__kode=A1)] == [650]
    assert [line[3] for line in baris_tersimpan(desa__kode=A2)] == [900]


def test_the_same_year_twice_replaces_and_never_adds() -> None:
    content = zip_bytes(utuh())
    impor(content)
    before = isi_tabel()
    assert impor(content).apbdes_berubah == 0
    assert isi_tabel() == before


def test_unknown_kegiatan_and_sources_come_in_and_are_named() -> None:
    rows = [rab("02.02.97.", "5.2.1.01.", "600", SumberDana="xyz")]
    assert impor(zip_bytes(utuh(Ta_RABRinci=rows))).catatan == [
        "Kode kegiatan di luar daftar nasional, jadi belum dipetakan ke bidang layanan: 02.02.97.",
        "Sumber dana di luar daftar: LAIN:XYZ.",
    ]
    assert baris_tersimpan() == [("02.02.97", "5.2.1.01", "LAIN:XYZ", 600)]


def test_a_budget_that_does_not_balance_is_a_warning() -> None:
    rows = [rab("", "4.2.1.01.", "1000"), rab(POSYANDU, "5.2.1.01.", "600")]
    (catatan,) = impor(zip_bytes(utuh(Ta_RABRinci=rows))).catatan
    assert catatan.endswith("A1 2025 awal (400).")


# Realisation


def test_payments_count_from_their_dates_cumulatively() -> None:
    tables = dibelanjakan("06/30/2025 00:00:00")
    tables["Ta_SPP"] += [dokumen("2", "Tgl_SPP", "07/01/2025 00:00:00", Jn_SPP="LS")]
    tables["Ta_SPPRinci"] += [nilai({"No_SPP": "2"}, POSYANDU, "5.2.1.01.", "50")]
    impor(zip_bytes(utuh(**tables)))
    assert realisasi() == {
        ("", "4.2.1.01"): (0, 0),
        ("01.01.01", "5.1.1.01"): (0, 0),
        ("02.02.02", "5.2.1.01"): (100, 150),
    }
    assert APBDes.objects.get().per_tanggal == datetime.date(2025, 7, 1)


def test_in_the_first_half_year_the_second_is_not_reported() -> None:
    impor(zip_bytes(utuh(**dibelanjakan())))
    assert realisasi()["02.02.02", "5.2.1.01"] == (100, None)


def test_advances_count_only_as_far_as_they_were_accounted_for() -> None:
    tables = dibelanjakan(jenis="UM", jumlah="500") | {
        "Ta_SPJ": [dokumen("1", "Tgl_SPJ", "04/01/2025 00:00:00")],
        "Ta_SPJRinci": [nilai(SPJ, POSYANDU, "5.2.1.01.", "320")],
    }
    impor(zip_bytes(utuh(**tables)))
    assert realisasi()["02.02.02", "5.2.1.01"] == (320, None)


def test_bank_and_journal_belong_to_both_sides() -> None:
    tables = {
        "Ta_TBP": [dokumen("1", "Tgl_Bukti", "02/01/2025 00:00:00")],
        "Ta_TBPRinci": [nilai(TBP, "", "4.2.1.01.", "800")],
        "Ta_Mutasi": [
            nilai(TBP, "", "4.2.1.01.", "7", Tgl_Bukti="03/01/2025 00:00:00"),
            nilai(TBP, POSYANDU, "5.2.1.01.", "2", Tgl_Bukti="03/01/2025 00:00:00"),
        ],
        "Ta_JurnalUmum": [dokumen("1", "Tanggal", "01/01/2025 00:00:00")],
        "Ta_JurnalUmumRinci": [
            jurnal("", "4.2.1.01.", 0, 3),
            jurnal(POSYANDU, "5.2.1.01.", 4, 99),
            jurnal("", "1.1.1.01.", 5, 5),
            jurnal("", "6.1.1.01.", 0, 60),
        ],
    }
    hasil = impor(zip_bytes(utuh(**tables)))
    assert realisasi() == {
        ("", "4.2.1.01"): (810, None), ("", "6.1.1.01"): (60, None),
        ("01.01.01", "5.1.1.01"): (0, None), ("02.02.02", "5.2.1.01"): (6, None),
    }  # fmt: skip
    assert hasil.catatan == ["Realisasi tanpa baris anggaran, disimpan dengan anggaran 0: 6.1.1.01 DDS."]


def test_realisation_is_booked_on_the_amendment_where_there_is_one() -> None:
    rows = [rab(POSYANDU, "5.2.1.01.", "600", AnggaranPAK="1", AnggaranStlhPAK="601")]
    impor(zip_bytes(utuh(Ta_RABRinci=rows, **dibelanjakan())))
    assert realisasi(jenis="awal") == {("02.02.02", "5.2.1.01"): (None, None)}
    assert realisasi(jenis="perubahan") == {("02.02.02", "5.2.1.01"): (100, None)}


def test_with_a_table_missing_no_realisation_is_told_rather_than_too_little() -> None:
    tables = utuh(**dibelanjakan())
    del tables["Ta_SPJRinci"]
    assert impor(zip_bytes(tables)).catatan == ["Realisasi tidak dibaca karena tabel ini tidak ada: Ta_SPJRinci."]
    assert set(realisasi().values()) == {(None, None)}


@pytest.mark.parametrize(
    ("tables", "row", "column", "words"),
    [
        (dibelanjakan("30/06/2025 00:00:00"), 2, "Ta_SPP.tgl_spp", "Tanggal “30/06/2025 00:00:00” bukan bulan/tanggal"),
        (dibelanjakan(jumlah="1,234"), 2, "Ta_SPPRinci.nilai", "Angka tidak jelas"),
        (dibelanjakan() | {"Ta_SPP": []}, 2, "Ta_SPPRinci.no_spp", "Dokumen “1” tanpa tanggal di Ta_SPP"),
        (dibelanjakan(jumlah="-5"), 3, "Ta_RABRinci", "menjadi negatif"),
        ({"Ta_RABRinci": [rab("", "5.2.1.01.", "1", Kd_Keg="")]}, 2, "Ta_RABRinci.kd_keg", "belanja kosong"),
        ({"Ta_RABRinci": [rab(POSYANDU, "5.2.", "1")]}, 2, "Ta_RABRinci.kd_rincian", "Rekening harus sampai jenis"),
        ({"Ta_RABRinci": [rab(POSYANDU, "5.2.1.01.", "x")]}, 2, "Ta_RABRinci.anggaran", "Bukan angka"),
        ({"Ta_AnggaranRinci": [rab(POSYANDU, "5.2.1.01.", "1", KdPosting="x")]}, 2,
         "Ta_AnggaranRinci.kdposting", "KdPosting"),
    ],
    ids=["day first", "ambiguous", "no document", "negative", "no kegiatan", "short rekening", "no number", "posting"],
)  # fmt: skip
def test_wrong_cells_are_named_with_table_row_and_column(tables: dict, row: int, column: str, words: str) -> None:
    errors = [(baris, kolom, pesan) for baris, kolom, pesan in ditolak_semua(zip_bytes(utuh(**tables)))]
    assert (row, column) in [error[:2] for error in errors]
    assert any(words in pesan for _, _, pesan in errors)


def ditolak_semua(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as refused:
        impor(content)
    assert not APBDes.objects.exists()
    return [(error.baris, error.kolom, error.pesan) for error in refused.value.errors]


@pytest.mark.parametrize("amount", ["1.234.567", "1,234,567.00", "Rp 1.234.567,00", "1234567.0000"])
def test_amounts_are_read_in_every_spelling(amount: str) -> None:
    impor(zip_bytes(utuh(Ta_RABRinci=[rab(POSYANDU, "5.2.1.01.", amount)])))
    assert baris_tersimpan()[0][3] == 1_234_567


# Whose desa


def test_nothing_of_an_unmatched_desa_is_taken() -> None:
    rows = [rab(POSYANDU, "5.2.1.01.", "600"), rab(POSYANDU, "5.2.1.01.", "1", Kd_Desa=D2)]
    hasil = impor(zip_bytes(utuh(Ta_RABRinci=rows)))
    assert hasil.catatan == ["Desa Siskeudes yang belum dicocokkan tidak dibaca: 01.2002 DESA A2."]
    assert hasil.perlu is not None
    assert (hasil.perlu["belum"], hasil.perlu["desa"]) == (1, [["01.2001", "DESA A1"], ["01.2002", "DESA A2"]])
    assert APBDes.objects.get().desa.kode == A1


def test_a_file_of_unmatched_desa_alone_can_be_looked_at_but_not_stored() -> None:
    content = zip_bytes(utuh(Ta_RABRinci=[rab(POSYANDU, "5.2.1.01.", "1", Kd_Desa=D2)]))
    assert impor(content, simpan=False).dibaca == 0
    assert "belum dapat disimpan. Desa Siskeudes yang belum dicocokkan" in satu_galat(content)[2]


def test_desa_of_other_regions_are_left_out_by_name(wilayah: dict[str, Wilayah]) -> None:
    cocokkan(wilayah, {"02.2001": B1})
    rows = [rab(POSYANDU, "5.2.1.01.", "600"), rab(POSYANDU, "5.2.1.01.", "1", Kd_Desa="02.2001.")]
    hasil = impor(zip_bytes(utuh(Ta_RABRinci=rows)), wilayah=wilayah["11.01.01"])
    assert hasil.catatan == ["Desa di luar wilayah halaman ini tidak dibaca: B1."]
    assert APBDes.objects.get().desa.kode == A1


def test_without_a_known_kabupaten_the_file_is_refused() -> None:
    assert "Kabupaten asal berkas tidak dapat" in satu_galat(zip_bytes(utuh(Ta_Pemda=[])))[2]


# Files that are no good


def test_missing_columns_are_named_with_the_version_and_what_stands_there_instead() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Ref_Version.csv", "Versi\n9.9\n")
        archive.writestr("Ta_RABRinci.csv", "Tahun,Kd_Desa,Kd_Keg,Kd_Rincian,SumberDana,Pagu\n")
    row, tabel, pesan = satu_galat(out.getvalue())
    assert (row, tabel) == (1, "Ta_RABRinci")
    assert pesan.startswith("Kolom Anggaran, AnggaranPAK, AnggaranStlhPAK tidak ada (versi Siskeudes 9.9).")
    assert "Kolom yang tidak dikenal: Pagu." in pesan


def test_unknown_columns_are_noted_with_the_version() -> None:
    hasil = impor(zip_bytes(utuh(), Ta_RABRinci=["Kode_Baru"]))
    assert hasil.catatan == [
        "Ta_RABRinci (versi Siskeudes 2.0.7): Kolom yang tidak dikenal: Kode_Baru. Isinya tidak dibaca."
    ]


def test_a_zip_without_budget_is_refused() -> None:
    tables = utuh()
    del tables["Ta_RABRinci"]
    assert "tidak memuat Ta_RABRinci.csv" in satu_galat(zip_bytes(tables))[2]


def locked() -> bytes:
    """The flag that marks encrypted parts, set in both places where a zip states it."""
    data = bytearray(zip_bytes(utuh()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(mark, position + 4)
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO(zip_bytes(utuh()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("Lama/Ta_RABRinci.csv", "Tahun\n2024\n")
    return out.getvalue()


def crooked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Ta_RABRinci.csv", "Tahun,Kd_Desa\n2025,1,2,3\n")
        archive.writestr("Ref_Version.csv", "Versi\n1,2\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: zip_bytes(utuh())[:-40], "ZIP rusak atau terpotong"),
        (locked, "dikunci kata sandi"),
        (twice, "Tabel Ta_RABRinci ada lebih dari satu kali"),
        (crooked, "Baris ini memuat 2 sel"),
    ],
    ids=["truncated", "password", "table twice", "too many cells"],
)
def test_broken_zips_are_refused_with_words(content: object, words: str) -> None:
    assert words in satu_galat(content())[2]  # type: ignore[operator]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    rows = [rab(POSYANDU, "5.2.1.01.", "0" * 5000)]
    content = zip_bytes(utuh(Ta_RABRinci=rows * 50))
    assert "mengembang melebihi 0 MB" in satu_galat(content, limits=Limits(unpacked_bytes=100_000))[2]
    assert "melebihi 0 MB" in satu_galat(content, limits=Limits(csv_bytes=10))[2]


def test_older_exports_in_the_code_page_of_windows_are_read() -> None:
    tables = utuh(Ta_Kegiatan=[{"Tahun": 2025, "Kd_Desa": D1, "Kd_Keg": f"{D1}{POSYANDU}", "Nama_Kegiatan": "Caf"}])
    content = zip_bytes(tables)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Caf", b"Caf\xe9"))
    impor(out.getvalue())
    assert BarisAPBDes.objects.filter(uraian="Café").exists()

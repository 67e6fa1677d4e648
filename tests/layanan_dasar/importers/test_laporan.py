"""Realisation reports and OpenDK's template: files that leave open whose they are, and hide subtotals."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kecamatan.actions.impor import confirm_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.actions.lengkapi import answer_berkas, confirm_desa
from layanan_dasar.models import APBDes, PetaKolomLaporan
from p3pd_portal.lib.spreadsheet import Rejected
from tests.layanan_dasar.berkas import (
    A1,
    A2,
    baris_tersimpan,
    belanja,
    csv_bytes,
    ditolak,
    impor,
    satu_galat,
    total_tersimpan,
)
from tests.layanan_dasar.laporan import BARIS, JUDUL, laporan_bytes


pytestmark = pytest.mark.usefixtures("acuan", "wilayah")
KOLOM = {"kode": 0, "rekening": None, "uraian": 1, "anggaran": 2, "realisasi": 3}


@pytest.fixture
def lihat(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Any:
    """Hands a file in and answers what it leaves open."""

    def look(content: bytes, **answers: object) -> BerkasImpor:
        by, file = cast.operator_kecamatan_a, SimpleUploadedFile("berkas.xlsx", content)
        berkas = preview_berkas(APBDES, by=by, wilayah=wilayah["11.01.01"], file=file)
        told = {"desa": wilayah[A1].pk, "tahun": 2025, "jenis": "awal"} | answers
        return answer_berkas(by=by, berkas=berkas, isian=told)

    return look


def laporkan(lihat: Any, content: bytes | None = None, **answers: object) -> BerkasImpor:
    return lihat(laporan_bytes() if content is None else content, **({"kolom": KOLOM, "semester": "2"} | answers))


# Reports


def test_a_report_asks_first_and_proposes_its_columns(wilayah: dict[str, Wilayah]) -> None:
    hasil = impor(laporan_bytes(), simpan=False)
    assert hasil.perlu is not None
    assert (hasil.format, hasil.dibaca) == ("laporan realisasi", 0)
    assert (hasil.perlu["judul"], hasil.perlu["kolom"]) == (JUDUL, KOLOM)
    assert "belum dapat disimpan. Laporan tidak menyebut sendiri" in satu_galat(laporan_bytes())[2]


def test_subtotals_are_recognised_and_not_summed(lihat: Any, cast: SimpleNamespace) -> None:
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=laporkan(lihat))
    assert baris_tersimpan(desa__kode=A1, tahun=2025, jenis="awal") == [
        ("", "4.2.1", "", 1000),
        ("", "6.1.1", "", 0),
        ("01.01.01", "5.1.1", "", 400),
        ("04.02.03", "5.2.1", "", 100),
        ("05.03.00", "5.4.1", "", 500),
    ]
    total = total_tersimpan()
    assert (total["4"], total["5"], total["01"], total["surplus"], total["01.01.01/5.1"]) == (1000, 1000, 400, 0, 400)
    apbdes = APBDes.objects.get()
    assert (apbdes.cakupan_belanja, apbdes.cakupan_pendapatan) == ("kegiatan", "lengkap")
    assert list(apbdes.baris.filter(kode_rekening="4.2.1").values_list("realisasi_s1", "realisasi_s2")) == [(None, 900)]


def test_a_report_of_the_first_semester_says_nothing_of_the_second(lihat: Any, cast: SimpleNamespace) -> None:
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=laporkan(lihat, semester="1"))
    lines = APBDes.objects.get().baris.filter(kode_rekening="4.2.1")
    assert list(lines.values_list("realisasi_s1", "realisasi_s2")) == [(900, None)]


def test_the_columns_of_a_layout_are_remembered_for_the_kabupaten(lihat: Any, wilayah: dict[str, Wilayah]) -> None:
    header = ["Kode", "Uraian", "Anggaran lama", "Realisasi", "Anggaran kini"]
    rows = [[*row[:2], 7, row[3], row[2]] for row in BARIS]
    laporkan(lihat, laporan_bytes(rows, header), kolom=KOLOM | {"anggaran": 4})
    assert PetaKolomLaporan.objects.get().kabupaten == wilayah["11.01"]
    perlu = impor(laporan_bytes(rows, header), wilayah=wilayah["11.01.01"], simpan=False).perlu
    assert perlu is not None
    assert perlu["kolom"]["anggaran"] == 4


def test_codes_in_two_columns_read_alike(lihat: Any, cast: SimpleNamespace) -> None:
    rows: list[list[object]] = []
    kegiatan = ""
    for kode, *rest in BARIS:
        inside = str(kode).startswith("5.") and str(rest[0]).startswith(("Belanja", "Siltap", "Barang"))
        kegiatan = kegiatan if inside else str(kode)
        rows.append([kegiatan, kode, *rest] if inside else [kode, "", *rest])
    kolom = {"kode": 0, "rekening": 1, "uraian": 2, "anggaran": 3, "realisasi": 4}
    berkas = laporkan(lihat, laporan_bytes(rows, ["Kode", "Rekening", *JUDUL[1:]]), kolom=kolom)
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    assert [line[:2] for line in baris_tersimpan()] == [
        ("", "4.2.1"), ("", "6.1.1"), ("01.01.01", "5.1.1"), ("04.02.03", "5.2.1"), ("05.03.00", "5.4.1"),
    ]  # fmt: skip


def changed(place: int, column: int, value: object) -> bytes:
    rows = [list(row) for row in BARIS]
    rows[place][column] = value
    return laporan_bytes(rows)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (changed(10, 2, 450), "tertulis 400, padahal rinciannya berjumlah 450"),
        (changed(4, 2, 999), "“JUMLAH PENDAPATAN” tertulis 999 dan 900, padahal baris 5 1.000 dan 900"),
        (changed(10, 2, "empat"), "Bukan angka"),
        (changed(2, 0, "4.22."), "Kode rekening “4.22” tidak dikenal"),
    ],
    ids=["subtotal", "repeated total", "no number", "wrong code"],
)
def test_a_report_that_contradicts_itself_is_refused(lihat: Any, content: bytes, words: str) -> None:
    with pytest.raises(Rejected) as refused:
        laporkan(lihat, content)
    assert any(words in error.pesan for error in refused.value.errors)
    assert not PetaKolomLaporan.objects.exists()


def test_a_report_with_chapters_only_is_not_counted_as_complete(lihat: Any, cast: SimpleNamespace) -> None:
    rows = [row for row in BARIS if str(row[0]).count(".") <= 1 or str(row[0]).startswith("4.2.1")]
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=laporkan(lihat, laporan_bytes(rows)))
    assert APBDes.objects.get().cakupan_belanja == "bidang"


# OpenDK


HEADER = ("no_akun", "nama_akun", "jumlah")
OPENDK = [{"no_akun": "412-01", "nama_akun": "Pengelolaan Tanah Kas Desa", "jumlah": 2_000_000},
          {"no_akun": "421-01", "nama_akun": "Dana Desa", "jumlah": "6.135.000"},
          {"no_akun": "521-1", "nama_akun": "Barang", "jumlah": 500}]  # fmt: skip


def test_opendk_asks_for_desa_and_year(lihat: Any, cast: SimpleNamespace) -> None:
    content = csv_bytes(OPENDK, HEADER)
    assert "Templat OpenDK tidak menyebut desa" in satu_galat(content)[2]
    berkas = lihat(content)
    assert berkas.ringkasan["apbdes"][0]["pendapatan"] == 8_135_000
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    assert baris_tersimpan(desa__kode=A1) == [("", "4.1.2.01", "", 2_000_000), ("", "4.2.1.01", "", 6_135_000)]
    assert total_tersimpan() == {"5.2.1.01": 500}
    assert APBDes.objects.get().cakupan_belanja == "tidak_ada"


def test_opendk_may_name_desa_and_year_in_columns_of_its_own() -> None:
    rows = [row | {"desa_id": A2.replace(".", ""), "tahun": 2024} for row in OPENDK]
    impor(csv_bytes(rows, (*HEADER, "desa_id", "tahun")))
    assert APBDes.objects.get(desa__kode=A2, tahun=2024).sumber == "templat OpenDK"
    lone = csv_bytes([row | {"desa_id": A2} for row in OPENDK], (*HEADER, "desa_id"))
    assert impor(lone, simpan=False).catatan[-1].startswith("Kolom desa_id dan tahun")


def test_wrong_rows_of_opendk_are_named() -> None:
    rows = [OPENDK[0], OPENDK[0], OPENDK[1] | {"no_akun": "41201"}, OPENDK[1] | {"jumlah": ""}]
    content = csv_bytes([row | {"desa_id": A1, "tahun": 2024} for row in rows], (*HEADER, "desa_id", "tahun"))
    assert [(baris, kolom) for baris, kolom, _ in ditolak(content)] == [(3, "no_akun"), (4, "no_akun"), (5, "jumlah")]


def test_a_file_that_waits_no_longer_takes_no_answers(lihat: Any, cast: SimpleNamespace) -> None:
    by = cast.operator_kecamatan_a
    berkas = confirm_berkas(APBDES, by=by, berkas=lihat(csv_bytes(OPENDK, HEADER)))
    before = berkas.ringkasan
    assert answer_berkas(by=by, berkas=berkas, isian={"desa": 0}).ringkasan == before
    assert confirm_desa(by=by, berkas=berkas, pasangan={}).ringkasan == before


# Optional columns of the portal's template


def test_volume_output_and_perdes_come_along_where_they_are_given() -> None:
    more = {
        "volume": "12,5",
        "satuan": "meter",
        "kode_output": "231001",
        "nomor_perdes": "3/2025",
        "tanggal_perdes": "2025-01-02",
    }
    impor([belanja(**more)])
    apbdes = APBDes.objects.get()
    line = apbdes.baris.get()
    assert (str(line.volume), line.satuan, line.kode_output) == ("12.50", "meter", "231001")
    assert (apbdes.nomor_perdes, str(apbdes.tanggal_perdes)) == ("3/2025", "2025-01-02")
    assert impor([belanja(**more)]).apbdes_berubah == 0
    bare = [name for name in belanja() if name != "volume"]
    assert impor(csv_bytes([belanja()], [*bare, "realisasi_s1", "realisasi_s2", "per_tanggal"])).berubah == 1
    apbdes.refresh_from_db()
    assert apbdes.nomor_perdes == "3/2025"


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"volume": "-1"}, "volume"), ({"kode_output": "53"}, "kode_output"), ({"satuan": "x" * 31}, "satuan")],
)
def test_wrong_optional_cells_are_named(cells: dict[str, str], column: str) -> None:
    assert satu_galat([belanja(**cells)])[:2] == (2, column)


def test_one_budget_has_one_perdes() -> None:
    row, column, pesan = satu_galat([belanja(nomor_perdes="1"), belanja(sumber_dana="ADD", nomor_perdes="2")])
    assert (row, column) == (3, "nomor_perdes")
    assert "lain: “1”" in pesan


def test_an_amendment_without_its_original_is_a_warning() -> None:
    (catatan,) = impor([belanja(jenis="perubahan")]).catatan
    assert catatan.startswith("APBDes perubahan tanpa APBDes awal")

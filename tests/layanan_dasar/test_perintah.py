"""`manage.py impor apbdes BERKAS`: the same checks as the page, with words for the terminal."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kecamatan.models import BerkasImpor
from layanan_dasar.models import APBDes
from tests.layanan_dasar.berkas import A2, X1, Row, apbdes_utuh, belanja, csv_bytes, isi_tabel


pytestmark = pytest.mark.usefixtures("acuan", "wilayah")


def write(folder: Path, *rows: Row) -> Path:
    file = folder / "apbdes.csv"
    file.write_bytes(csv_bytes(rows))
    return file


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("impor", "apbdes", *map(str, args), stdout=out)
    return out.getvalue()


def test_a_good_file_is_taken_in_and_counted(tmp_path: Path) -> None:
    said = run(write(tmp_path, *apbdes_utuh(), belanja("0,50", kode_desa=X1)))
    assert "apbdes (templat portal): 6 baris; 2 APBDes berubah; 6 baris baru, 0 berubah, 0 dihapus, 0 sama\n" in said
    assert "catatan: 1 angka memuat sen dan dibulatkan" in said
    assert "selesai dalam" in said
    berkas = BerkasImpor.objects.get()
    assert (berkas.nama_berkas, berkas.status, berkas.isi, berkas.wilayah) == ("apbdes.csv", "tersimpan", None, None)
    assert (len(berkas.sidik), berkas.ringkasan["baru"]) == (64, 6)
    assert set(APBDes.objects.values_list("berkas_id", flat=True)) == {berkas.pk}


def test_a_wrong_file_is_refused_with_its_rows(tmp_path: Path) -> None:
    before = isi_tabel()
    with pytest.raises(CommandError) as refused:
        run(write(tmp_path, belanja(), belanja("x"), belanja(tahun=1999, kode_desa=A2)))
    first, second, third = str(refused.value).splitlines()
    assert first == "Tidak ada yang disimpan: 2 kesalahan."
    assert second == "  baris 3, kolom anggaran: Bukan angka: tulis 1234567 atau 1.234.567,00."
    assert third.startswith("  baris 4, kolom tahun: Tahun “1999” di luar 2015–2035.")
    assert isi_tabel() == before


def test_an_error_of_the_whole_file_has_no_row(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="berkas: Berkas tidak memuat satu baris rincian pun"):
        run(write(tmp_path))


def test_only_the_first_fifty_errors_are_listed(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run(write(tmp_path, *[belanja("x")] * 52))
    lines = str(refused.value).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (52, "Tidak ada yang disimpan: 52 kesalahan.", "  … dan 2 lainnya")


def test_checking_only_stores_nothing(tmp_path: Path) -> None:
    before = isi_tabel()
    assert "5 baris baru, 0 berubah, 0 dihapus, 0 sama (pemeriksaan saja" in run(
        write(tmp_path, *apbdes_utuh()), "--periksa"
    )
    assert isi_tabel() == before


def test_checking_a_wrong_file_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="baris 2, kolom anggaran"):
        run(write(tmp_path, belanja("x")), "--periksa")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.csv tidak dapat dibuka"):
        run(tmp_path / "tidak-ada.csv")


def test_no_file_at_all_is_told_how() -> None:
    with pytest.raises(CommandError, match="Sebutkan berkasnya"):
        run()

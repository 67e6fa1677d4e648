"""`manage.py impor penduduk|lokus|kode_bps BERKAS`, and the reference data of calendar and words."""

import gzip
import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kecamatan.models import AturanDaerah, BerkasImpor, HariLibur, Lokus, ProfilWilayah, Wilayah


pytestmark = pytest.mark.usefixtures("wilayah")
PENDUDUK = b"kode,nama,luas_km2,penduduk_l,penduduk_p,penduduk\n11,Uji,10.5,4,6,10\n11.01,Satu,,1,2,3\n"
SOURCE = ("--per", "2024-12", "--sumber", "Dukcapil", "--sumber-luas", "BIG")


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("impor", *map(str, args), stdout=out)
    return out.getvalue()


def write(folder: Path, body: bytes, name: str = "daftar.csv") -> Path:
    (folder / name).write_bytes(body)
    return folder / name


def test_population_comes_packed_or_plain(tmp_path: Path) -> None:
    assert "penduduk: 3 baru, 0 berubah, 0 dihapus, 0 sama\n" in run("penduduk", write(tmp_path, PENDUDUK), *SOURCE)
    packed = write(tmp_path, gzip.compress(PENDUDUK), "daftar.csv.gz")
    said = run("penduduk", packed, *SOURCE)
    assert "penduduk: 0 baru, 0 berubah, 0 dihapus, 3 sama\n" in said
    assert "catatan: Kolom yang tidak dibaca: nama." in said
    assert str(ProfilWilayah.objects.get(wilayah__kode="0").per) == "2024-12-31"


def test_the_file_leaves_a_record(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(PENDUDUK), "daftar.csv.gz")
    run("penduduk", path, *SOURCE)
    berkas = BerkasImpor.objects.get()
    assert (berkas.jenis, berkas.nama_berkas, berkas.status) == ("penduduk", "daftar.csv.gz", "tersimpan")
    assert berkas.sidik == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (berkas.ringkasan["baru"], berkas.isi) == (3, None)


def test_lokus_and_bps_codes_come_the_same_way(tmp_path: Path) -> None:
    assert "lokus: 1 baru" in run("lokus", write(tmp_path, b"kode,tahun,dasar\n11.01,2025,SK 1\n"))
    assert "kode_bps: 1 baru" in run("kode_bps", write(tmp_path, b"kode,kode_bps\n11.01,1101\n"))
    assert Lokus.objects.get().dasar == "SK 1"
    assert Wilayah.objects.get(kode="11.01").kode_bps == "1101"


def test_checking_only_stores_nothing(tmp_path: Path) -> None:
    said = run("lokus", write(tmp_path, b"kode,tahun,dasar\n11.01,2025,SK 1\n"), "--periksa")
    assert "lokus: 1 baru, 0 berubah, 0 dihapus, 0 sama (pemeriksaan saja, tidak disimpan)" in said
    assert not Lokus.objects.exists()
    assert not BerkasImpor.objects.exists()


def test_a_wrong_file_is_refused_with_its_rows_and_leaves_no_record(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"baris 2, kolom kode: Wilayah 77\.01 tidak ada"):
        run("lokus", write(tmp_path, b"kode,tahun,dasar\n77.01,2025,SK 1\n"))
    assert not BerkasImpor.objects.exists()


def test_a_damaged_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="rusak atau terpotong"):
        run("lokus", write(tmp_path, gzip.compress(PENDUDUK)[:-9]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.csv tidak dapat dibuka"):
        run("lokus", tmp_path / "tidak-ada.csv")


def test_no_file_at_all_is_told_how() -> None:
    with pytest.raises(CommandError, match=r"Sebutkan berkasnya: manage\.py impor lokus BERKAS"):
        run("lokus")


@pytest.mark.parametrize("missing", [(), SOURCE[:2], SOURCE[2:]])
def test_population_without_month_or_source_is_not_taken(missing: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Sebutkan bulan dan sumbernya"):
        run("penduduk", write(tmp_path, PENDUDUK), *missing)
    assert not ProfilWilayah.objects.exists()


@pytest.mark.parametrize("month", ["2024", "2024-13", "2024-00", "1999-12", "Desember 2024", "2024-12-31"])
def test_a_month_nobody_understands_is_refused(month: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--per"):
        run("penduduk", write(tmp_path, PENDUDUK), "--per", month, "--sumber", "Dukcapil")


def test_reference_data_hold_the_calendar_and_the_words() -> None:
    assert "25 hari libur" in run("acuan")
    assert HariLibur.objects.count() == 25
    assert AturanDaerah.objects.get(kode="11").sebutan_desa == "Gampong"
    assert Wilayah.objects.get(kode="11.01.02.2001").nama_lengkap == "Gampong B1"

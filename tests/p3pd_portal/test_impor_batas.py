"""`manage.py impor batas BERKAS`."""

import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kecamatan.models import Batas, BerkasImpor, Wilayah
from p3pd_portal.management.commands import impor
from tests.kecamatan.geojson import ALFA_BETA, feature, geojson, square, written


pytestmark = pytest.mark.django_db


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("impor", "batas", *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def berkas(tmp_path: Path) -> Path:
    path = tmp_path / "kecamatan.geojson.gz"
    path.write_bytes(gzip.compress(geojson(ALFA_BETA | {"77.01": square(4)}).getvalue()))
    return path


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match=r"manage\.py impor batas BERKAS"):
        run()
    with pytest.raises(CommandError, match=r"tidak-ada\.geojson tidak dapat dibuka"):
        run("tidak-ada.geojson")


def test_errors_are_told_by_number_of_the_area_and_nothing_is_stored(
    wilayah: dict[str, Wilayah], tmp_path: Path
) -> None:
    path = tmp_path / "salah.geojson"
    path.write_bytes(written([feature("11.01.01", square()), feature("x", None)]).getvalue())
    with pytest.raises(CommandError) as caught:
        run(path)
    assert "Tidak ada yang disimpan: 1 kesalahan" in str(caught.value)
    assert "daerah ke-2, kolom geometry: Bukan daerah" in str(caught.value)
    assert not Batas.objects.exists()
    assert not BerkasImpor.objects.exists()


def test_a_file_of_a_hundred_megabytes_is_refused_with_a_way_out(wilayah: dict[str, Wilayah], tmp_path: Path) -> None:
    path = tmp_path / "besar.geojson"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(CommandError, match="lebih besar dari 50 MB"):
        run(path)
    assert not Batas.objects.exists()


def test_the_match_is_reported_and_the_file_kept_in_mind(wilayah: dict[str, Wilayah], berkas: Path) -> None:
    text = run(berkas, "--atribusi", "Peta Uji", "--edisi-batas", "2026")
    assert "batas: 3 daerah; 2 baru, 0 berubah, 0 sama, 0 dihapus" in text
    assert "kode yang tidak ada di daftar wilayah, tidak disimpan (1): 77.01" in text
    assert "--atribusi" not in text
    assert {batas.asal for batas in Batas.objects.all()} == {"Peta Uji, 2026"}
    record = BerkasImpor.objects.get()
    assert (record.jenis, record.nama_berkas, record.ringkasan["baru"]) == ("batas", "kecamatan.geojson.gz", 2)
    assert len(record.sidik) == 64
    assert "0 baru, 0 berubah, 2 sama" in run(berkas, "--atribusi", "Peta Uji", "--edisi-batas", "2026")


def test_without_an_attribution_the_file_is_named_and_one_is_asked_for(
    wilayah: dict[str, Wilayah], berkas: Path
) -> None:
    assert "sebutkan sumber petanya dengan --atribusi" in run(berkas)
    assert {batas.sumber for batas in Batas.objects.all()} == {"berkas kecamatan.geojson.gz"}


def test_checking_stores_nothing(wilayah: dict[str, Wilayah], berkas: Path) -> None:
    assert "(pemeriksaan saja, tidak disimpan)" in run(berkas, "--periksa")
    assert not Batas.objects.exists()
    assert not BerkasImpor.objects.exists()


def test_a_long_list_of_codes_is_cut_and_says_so(
    wilayah: dict[str, Wilayah], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impor, "CODES_SHOWN", 2)
    path = tmp_path / "satu.geojson"
    path.write_bytes(geojson({f"77.0{n}": square(n) for n in range(1, 6)} | {"11.01.01.2001": square()}).getvalue())
    text = run(path)
    assert "tidak disimpan (5): 77.01, 77.02, … dan 3 lainnya" in text
    assert "tanpa peta (2): 11.01.01.1003, 11.01.01.2002\n" in text

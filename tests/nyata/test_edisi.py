"""The real editions of 2022 and 2025 one after the other, against the list of their differences."""

import csv
import datetime
import gzip
import os
from pathlib import Path

import pytest

from kecamatan.actions.edisi import Edisi, apply_edisi, decide_riwayat, in_force_list
from kecamatan.importers.edisi import Perbandingan
from kecamatan.models import RiwayatWilayah, Wilayah
from tests.factories import PenggunaFactory


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]

KINDS = {
    "ejaan": "ganti_nama",
    "ganti_nama": "ganti_nama",
    "ganti_kode": "ganti_kode",
    "ikut_induk": "ganti_kode",
    "ubah_status": "ganti_kode",
    "pindah_kecamatan": "pindah",
    "pindah_provinsi": "pindah",
    "kode_dipakai_nama_lain": "kode_dipakai_ulang",
}


def rows(name: str) -> list[dict[str, str]]:
    path = Path(os.environ["PORTAL_DATA_NYATA"]) / "wilayah" / name
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edition(name: str, year: int) -> Edisi:
    listed = [(row["kode"], row["nama"]) for row in rows(name)]
    return Edisi(listed, f"edisi {year}", datetime.date(year, 4, 25))


@pytest.fixture
def beda(db: None) -> Perbandingan:
    """The difference that the second edition made to the first."""
    apply_edisi(edition("wilayah_2022.csv.gz", 2022))
    return apply_edisi(edition("wilayah.csv.gz", 2025))


def test_the_second_edition_follows_the_first(beda: Perbandingan) -> None:
    """One story in one test: loading both takes a while."""
    found = {(satu.kode_lama, satu.kode_baru): (str(satu.jenis), satu.yakin) for satu in beda.perubahan if satu.jenis}
    expected = {
        (row["kode_lama"], row["kode_baru"]): KINDS[row["jenis"]]
        for row in rows("perubahan_2022_2025.csv.gz")
        if row["keyakinan"] == "tinggi"
    }
    assert len(expected) == 7_327
    assert {pair: found.get(pair) for pair in expected} == {pair: (kind, True) for pair, kind in expected.items()}
    reused = {pair for pair, (kind, _) in found.items() if kind == "kode_dipakai_ulang"}
    assert reused == {
        (row["kode_lama"], row["kode_baru"])
        for row in rows("perubahan_2022_2025.csv.gz")
        if row["jenis"] == "kode_dipakai_nama_lain"
    }

    assert set(in_force_list()) == {row["kode"] for row in rows("wilayah.csv.gz")}
    assert not Wilayah.objects.filter(berlaku_sampai__isnull=False).exclude(kode_penerus=None).exists()
    sure = RiwayatWilayah.objects.waiting().filter(yakin=True)
    decided = decide_riwayat(ids=sure.values_list("pk", flat=True), setuju=True, by=PenggunaFactory())
    # In the list of differences both are one guess: Yenkawir under the new code of its neighbour Reni.
    moved = {("92.05.05.2003", "96.03.05.2002"), ("92.05.24.2003", "96.03.23.2003")}
    assert decided == len({(old, new) for old, new in expected if old != new} | moved)
    samkai = Wilayah.objects.get(kode="91.01.01.1002")
    assert (samkai.berlaku_sampai, samkai.kode_kini) == (datetime.date(2025, 4, 24), "93.01.01.1002")
    old, new = Wilayah.objects.filter(kode="73.10.05.1004").order_by("pk")
    assert (old.nama, old.kode_kini, new.nama, new.berlaku_sampai) == ("Majannang", None, "Tonasa", None)

    assert apply_edisi(edition("wilayah.csv.gz", 2025)).perubahan == []

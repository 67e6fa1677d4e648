"""Our code lists against the published annex and the lists used in practice."""

import csv
import os
from pathlib import Path

import pytest

from layanan_dasar.models import Kegiatan, Rekening, SumberDana


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]


def rows(name: str) -> list[dict[str, str]]:
    path = Path(os.environ["PORTAL_DATA_NYATA"]) / "apbdes" / name
    with path.open(newline="", encoding="utf-8") as content:
        return list(csv.DictReader(content))


def test_our_kegiatan_are_those_of_the_regulation(acuan: None) -> None:
    official = {row["kode_siskeudes"] for row in rows("kode_permendagri_20_2018.csv") if row["level"] == "kegiatan"}
    ours = set(Kegiatan.objects.filter(sumber="Permendagri 20/2018").values_list("kode", flat=True))
    assert ours == {kode for kode in official if not kode.endswith(".90")}


def test_our_rekening_are_those_of_the_regulation(acuan: None) -> None:
    levels = ("akun", "kelompok", "jenis")
    official = {row["kode"] for row in rows("kode_permendagri_20_2018.csv") if row["level"] in levels}
    ours = set(Rekening.objects.values_list("kode", flat=True))
    assert ours == {kode for kode in official if kode[0] in "456"}


def test_our_sources_of_funds_are_those_of_practice(acuan: None) -> None:
    """But for money from the land of officials, which practice books under PAD."""
    ours = set(SumberDana.objects.filter(bengkok=False).values_list("kode", flat=True))
    assert ours == {row["kode"] for row in rows("sumber_dana.csv")}

"""Population and area of all provinces and kabupaten/kota as published (Dukcapil December 2024, BIG)."""

import io
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from kecamatan.models import ProfilWilayah
from tests.assertions import visible_text


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]


def test_the_published_file_is_taken_as_given_and_adds_up_to_the_nation(client: Client) -> None:
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if len(kode) <= 5)
    path = Path(os.environ["PORTAL_DATA_NYATA"]) / "wilayah" / "wilayah_luas_penduduk_kab.csv.gz"
    out = io.StringIO()
    source = ("--per", "2024-12", "--sumber", "Dukcapil", "--sumber-luas", "BIG")
    call_command("impor", "penduduk", str(path), *source, stdout=out)
    assert "penduduk: 553 baru, 0 berubah, 0 dihapus, 0 sama" in out.getvalue()
    nation = ProfilWilayah.objects.get(wilayah__kode="0")
    assert (nation.penduduk, nation.luas_km2) == (284_973_643, Decimal("1890179.784"))
    assert "284.973.643 jiwa (Desember 2024, Dukcapil) · 1.890.180 km² (BIG)" in visible_text(client.get("/wilayah/"))

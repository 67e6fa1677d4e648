"""Dana Desa of every kabupaten as published, and payment orders of real villages as evidence for the mapping."""

import csv
import os
from pathlib import Path

import pytest
from django.db.models import F, Sum

from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from layanan_dasar.importers.pagu import impor_pagu
from layanan_dasar.importers.saran import suggest
from layanan_dasar.models import PaguDanaDesa


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]


def file(name: str) -> Path:
    return Path(os.environ["PORTAL_DATA_NYATA"]) / "apbdes" / name


def test_every_kabupaten_has_its_pagu_and_paying_more_is_no_error() -> None:
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if len(kode) <= len("35.24"))
    with file("dana_desa_kab.csv").open("rb") as content:
        assert impor_pagu(content, sumber="DJPK").baru == 868
    sums = dict(PaguDanaDesa.objects.values_list("tahun").annotate(Sum("pagu")).order_by("tahun"))
    assert sums == {2023: 68_000_000_000_000, 2024: 69_000_000_000_000}
    assert PaguDanaDesa.objects.filter(tahun=2023, realisasi__gt=F("pagu")).count() == 430


def test_insurance_of_officials_is_never_proposed_as_social_protection() -> None:
    with file("spm_grabagan_sebagian.csv").open(newline="", encoding="utf-8") as content:
        words = [row["uraian"] for row in csv.DictReader(content)]
    assert len(words) == 17
    for uraian in words:
        saran = suggest(uraian, "01.01.90")
        assert saran is None or saran.bidang != "JSO", uraian

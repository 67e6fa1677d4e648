"""Reference data: the code lists that ship with the portal."""

import csv
import shutil
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import models
from django.utils import timezone

from layanan_dasar.importers.acuan import impor_kode_belanja
from layanan_dasar.models import (
    AturanBelanja,
    Kegiatan,
    ParameterIbdb,
    PemetaanKegiatan,
    Rekening,
    SumberDana,
)
from layanan_dasar.models.kualitas import KODE_BIDANG
from tests.layanan_dasar.berkas import nilai


pytestmark = pytest.mark.usefixtures("acuan")

FIXTURES: Path = settings.BASE_DIR / "fixtures"
LISTS = (Kegiatan, PemetaanKegiatan, Rekening, SumberDana, AturanBelanja, ParameterIbdb)


def codes(rows: "type[models.Model] | models.QuerySet") -> set[str]:
    rows = rows._default_manager.all() if isinstance(rows, type) else rows
    return set(rows.values_list("kode", flat=True))


# Code lists


def test_kegiatan_are_those_of_the_regulation_and_eight_of_practice() -> None:
    assert Counter(Kegiatan.objects.values_list("sumber", flat=True)) == {
        "Permendagri 20/2018": 151,
        "praktik Siskeudes": 8,
    }


def test_every_chapter_has_kegiatan() -> None:
    chapters = {kode[:2] for kode in Kegiatan.objects.values_list("kode", flat=True)}
    assert chapters == {"01", "02", "03", "04", "05"}


def test_every_kegiatan_has_one_national_mapping_for_all_years() -> None:
    rows = PemetaanKegiatan.objects.values_list("kode_kegiatan", "kabupaten", "status", "tahun_dari", "tahun_sampai")
    assert sorted(rows) == [(kode, None, "resmi", 2015, None) for kode in sorted(codes(Kegiatan))]


def test_every_class_comes_with_its_service() -> None:
    for satu in PemetaanKegiatan.objects.all():
        assert (satu.bidang_id in KODE_BIDANG) == (satu.kelas in ("I", "T")), satu
        assert bool(satu.bidang_id) == bool(satu.kelas), satu


def test_every_service_has_core_kegiatan() -> None:
    assert set(PemetaanKegiatan.objects.filter(kelas="I").values_list("bidang_id", flat=True)) == set(KODE_BIDANG)


def test_only_blt_counts_under_a_condition() -> None:
    """Of 05.03.00 the core is Dana Desa on rekening 5.4.1 or with the output of BLT; the rest is related only."""
    (blt,) = PemetaanKegiatan.objects.exclude(
        syarat_sumber_dana="", syarat_rekening="", syarat_output="", kelas_lain=""
    )
    assert (blt.kode_kegiatan, blt.bidang_id, blt.kelas, blt.tag) == ("05.03.00", "JSO", "I", ["blt"])
    conditions = (blt.syarat_sumber_dana, blt.syarat_rekening, blt.syarat_output, blt.kelas_lain)
    assert conditions == ("DDS", "5.4.1", "530001", "T")
    assert SumberDana.objects.filter(kode=blt.syarat_sumber_dana).exists()
    assert Rekening.objects.filter(kode=blt.syarat_rekening).exists()


def test_roads_are_never_water_and_water_lies_in_settlements() -> None:
    services = PemetaanKegiatan.objects.values_list("bidang", flat=True)
    assert set(services.filter(kode_kegiatan__startswith="02.03.")) == {None}
    sab = PemetaanKegiatan.objects.filter(bidang="SAB").values_list("kode_kegiatan", flat=True)
    assert {kode[:5] for kode in sab} == {"02.04"}


@pytest.mark.parametrize("kode", ["01.01.03", "01.01.09"])
def test_social_security_of_officials_is_no_service(kode: str) -> None:
    assert PemetaanKegiatan.objects.get(kode_kegiatan=kode).bidang is None


def test_the_thirty_per_cent_are_pay_and_the_council() -> None:
    """Operational cost of the village and of RT/RW is outside since PP 11/2019."""
    k30 = PemetaanKegiatan.objects.filter(tag__contains=["k30"]).values_list("kode_kegiatan", flat=True)
    assert set(k30) == {"01.01.01", "01.01.02", "01.01.03", "01.01.05", "01.01.06"}


def test_a_mapping_of_fixtures_is_refreshed_and_one_that_people_laid_down_is_kept(cast: SimpleNamespace) -> None:
    PemetaanKegiatan.objects.filter(kode_kegiatan__in=["02.02.02", "02.02.03"]).update(kelas="T")
    PemetaanKegiatan.objects.filter(kode_kegiatan="02.02.03").update(
        disetujui_oleh=cast.admin_pusat, disetujui_pada=timezone.now()
    )
    impor_kode_belanja(FIXTURES)
    kelas = dict(PemetaanKegiatan.objects.filter(bidang="KES").values_list("kode_kegiatan", "kelas"))
    assert (kelas["02.02.02"], kelas["02.02.03"]) == ("I", "T")


def test_eight_sources_of_funds_and_the_land_of_officials_apart() -> None:
    assert codes(SumberDana.objects.filter(bengkok=True)) == {"PAD-BENGKOK"}
    assert codes(SumberDana.objects.filter(bengkok=False)) == {
        "PAD",
        "ADD",
        "DDS",
        "PBH",
        "PBK",
        "PBP",
        "SWD",
        "DLL",
    }


def test_every_rekening_has_its_parents() -> None:
    codes = set(Rekening.objects.values_list("kode", flat=True))
    assert {kode for kode in codes if "." not in kode} == {"4", "5", "6"}
    assert {kode.count(".") for kode in codes} == {0, 1, 2}
    assert {kode.rpartition(".")[0] for kode in codes} - {""} <= codes


def test_code_lists_loaded_twice_change_nothing() -> None:
    before = [nilai(model) for model in LISTS]
    counts = impor_kode_belanja(FIXTURES)
    assert [nilai(model) for model in LISTS] == before
    assert counts == {
        "kegiatan": 159,
        "rekening": Rekening.objects.count(),
        "sumber_dana": 9,
        "aturan belanja": AturanBelanja.objects.count(),
        "parameter IBDB": 1,
    }


def test_a_changed_name_is_taken_over_and_nothing_is_removed(tmp_path: Path) -> None:
    for name in ("sumber_dana", "rekening", "kegiatan"):
        with (FIXTURES / f"{name}.csv").open(newline="", encoding="utf-8") as source:
            first = next(csv.DictReader(source)) | {"nama": "Nama baru"}
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, first)
            writer.writeheader()
            writer.writerow(first)
    for name in ("aturan_belanja", "parameter_ibdb"):
        shutil.copy(FIXTURES / f"{name}.yaml", tmp_path)
    counts = impor_kode_belanja(tmp_path)
    assert [counts[name] for name in ("sumber_dana", "rekening", "kegiatan")] == [1, 1, 1]
    assert [model.objects.filter(nama="Nama baru").count() for model in (SumberDana, Rekening, Kegiatan)] == [1, 1, 1]
    assert Kegiatan.objects.count() == 159


# Catalogue of indicators

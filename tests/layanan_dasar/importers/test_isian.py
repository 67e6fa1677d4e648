"""Datasets and rules that ship with the portal, and what a wrong file of them is told."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from kecamatan.permissions import PERAN, Izin
from layanan_dasar.importers.isian import impor_aturan_isian, impor_dataset
from layanan_dasar.importers.katalog import KatalogError
from layanan_dasar.models import AturanIsian, Dataset, Indikator
from layanan_dasar.models.kosakata import KOSAKATA


pytestmark = pytest.mark.usefixtures("acuan")

FIXTURES: Path = settings.BASE_DIR / "fixtures"
HARI = {"B": (5, 15), "T": (10, 20), "S": (10, 20), "Y": (20, 40)}
PENGISI = {
    "PDK": ["upt_pendidikan", "operator_kecamatan"],
    "KES": ["upt_kesehatan", "operator_kecamatan"],
    "SAB": ["upt_kesehatan", "operator_desa", "operator_kecamatan"],
    "JSO": ["operator_desa", "operator_kecamatan"],
    "ADM": ["operator_desa", "operator_kecamatan"],
}
SEMUA_DATASET = {"keluarga_penduduk"}
"""Rules that name one indicator of each dataset in which families are counted."""


# What ships


@pytest.mark.usefixtures("katalog")
def test_there_is_a_dataset_for_every_service_and_frequency_of_the_catalogue() -> None:
    assert impor_dataset(FIXTURES / "dataset.yaml") == Dataset.objects.count() == 15
    katalog = Indikator.objects.filter(konteks=False)
    assert set(Dataset.objects.values_list("bidang_id", "frekuensi")) == set(
        katalog.values_list("bidang_id", "frekuensi")
    )
    assert sum(dataset.indikator().count() for dataset in Dataset.objects.all()) == katalog.count() == 60


def test_a_dataset_says_who_fills_it_in_and_by_when() -> None:
    impor_dataset(FIXTURES / "dataset.yaml")
    for satu in Dataset.objects.select_related("bidang"):
        assert satu.kode == f"{satu.bidang_id}-{satu.frekuensi}"
        assert satu.nama == f"{satu.bidang.nama}, {satu.get_frekuensi_display()}"
        assert (satu.hari_tenggat, satu.hari_tenggang) == HARI[satu.frekuensi]
        assert satu.pengisi == PENGISI[satu.bidang_id]
        assert all(Izin.ISI_CAPAIAN in PERAN[peran].izin for peran in satu.pengisi)
        assert (satu.dari, satu.aktif) == (datetime.date(2025, 1, 1), True)


@pytest.mark.usefixtures("katalog")
def test_every_shipped_rule_can_be_read_and_says_what_to_do() -> None:
    assert impor_aturan_isian(FIXTURES / "aturan_isian.yaml") == AturanIsian.objects.count() == 30
    assert set(AturanIsian.objects.values_list("tingkat", flat=True)) == set(AturanIsian.Tingkat.values)
    for rule in AturanIsian.objects.all():
        assert rule.dasar
        asked = rule.tingkat == AturanIsian.Tingkat.PERINGATAN
        assert (not asked) or any(word in rule.pesan for word in ("catat sebabnya", "catat apa")), rule.kode
    assert list(AturanIsian.objects.values_list("kode", flat=True)) == [
        row["kode"] for row in yaml.safe_load((FIXTURES / "aturan_isian.yaml").read_text(encoding="utf-8"))
    ]


@pytest.mark.usefixtures("katalog")
def test_indicators_that_are_compared_stand_on_one_sheet() -> None:
    impor_aturan_isian(FIXTURES / "aturan_isian.yaml")
    dataset = {satu.kode: (satu.bidang_id, satu.frekuensi) for satu in Indikator.objects.all()}
    for rule in AturanIsian.objects.filter(cakupan="desa").exclude(kode__in=SEMUA_DATASET):
        assert len({dataset[kode] for kode in rule.rumus.teks}) == 1, rule.kode


def test_rules_are_asked_of_what_has_words() -> None:
    assert set(KOSAKATA) == set(AturanIsian.Cakupan.values)


# Reading again


def test_what_bina_adwil_changed_stays_and_what_is_new_is_added(tmp_path: Path) -> None:
    file = write(tmp_path, [ATURAN])
    assert impor_aturan_isian(file) == 1
    AturanIsian.objects.update(tingkat="info", sampai="2026-12-31")
    write(tmp_path, [ATURAN, ATURAN | {"kode": "baru"}])
    assert impor_aturan_isian(file) == 2
    assert list(AturanIsian.objects.values_list("kode", "tingkat")) == [("baru", "galat"), ("uji", "info")]


def test_a_dataset_that_was_changed_stays() -> None:
    impor_dataset(FIXTURES / "dataset.yaml")
    Dataset.objects.filter(kode="KES-B").update(hari_tenggat=7, aktif=False)
    assert impor_dataset(FIXTURES / "dataset.yaml") == 15
    satu = Dataset.objects.get(kode="KES-B")
    assert (satu.hari_tenggat, satu.aktif) == (7, False)


# Wrong files


ATURAN: dict[str, Any] = {
    "kode": "uji", "cakupan": "sel", "tingkat": "galat", "ekspresi": "pembilang <= penyebut", "pesan": "Janggal.",
}  # fmt: skip
DATASET: dict[str, Any] = {
    "kode": "KES-B", "nama": "Kesehatan, bulanan", "bidang": "KES", "frekuensi": "B", "pengisi": ["upt_kesehatan"],
    "hari_tenggat": 5, "hari_tenggang": 5, "dari": datetime.date(2025, 1, 1),
}  # fmt: skip


def write(folder: Path, data: object) -> Path:
    file = folder / "uji.yaml"
    file.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file


WRONG_RULES = {
    "no list": (ATURAN, r"uji\.yaml: isinya harus daftar"),
    "no code": ([{"cakupan": "sel"}], r"uji\.yaml: isinya harus daftar, dan setiap butir menyebut kode"),
    "no mapping": (["sel"], "isinya harus daftar"),
    "no YAML": ("- kode: [", "bukan YAML yang sah"),
    "twice": ([ATURAN, ATURAN], r"uji\.yaml: tertulis lebih dari sekali: uji"),
    "unknown key": ([ATURAN | {"warna": "biru"}], r"uji\.yaml: uji: warna: kunci tidak dikenal"),
    "missing key": ([{"kode": "uji"}], r"uji\.yaml: uji: ekspresi: belum diisi; tingkat: belum diisi"),
    "unknown severity": ([ATURAN | {"tingkat": "berat"}], r"uji\.yaml: uji: tingkat: .*berat"),
    "unknown scope": ([ATURAN | {"cakupan": "kecamatan"}], r"uji: cakupan: .*kecamatan"),
    "bad code": ([ATURAN | {"kode": "a b"}], r"uji\.yaml: a b: kode: "),
    "bad expression": ([ATURAN | {"ekspresi": "pembilang"}], r"uji: ekspresi: “pembilang” \(kolom 1\) adalah angka"),
    "unknown name": ([ATURAN | {"ekspresi": "sasaran > 1"}], r"uji: ekspresi: “sasaran” \(kolom 1\) tidak dikenal"),
    "another scope's name": ([ATURAN | {"cakupan": "desa"}], r"uji: ekspresi: “pembilang” \(kolom 1\) tidak dikenal"),
    "unknown figure": ([ATURAN | {"pesan": "Ini {sasaran}."}], r"uji: pesan: \{sasaran\}: “sasaran”"),
    "unknown indicator": (
        [ATURAN | {"cakupan": "desa", "ekspresi": "nilai('KES-99') > 1"}],
        "uji: ekspresi: Indikator tidak ada di katalog: KES-99",
    ),
    "ends before it begins": (
        [ATURAN | {"dari": datetime.date(2026, 1, 1), "sampai": datetime.date(2025, 1, 1)}],
        "uji: sampai: Hari terakhir mendahului",
    ),
}


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_wrong_rule_is_named_with_its_key_and_nothing_is_stored(name: str, tmp_path: Path) -> None:
    data, words = WRONG_RULES[name]
    if isinstance(data, list) and name not in ("no code", "no mapping", "twice"):
        data = [ATURAN | {"kode": "sehat"}, *data]
    with pytest.raises(KatalogError, match=words):
        impor_aturan_isian(write(tmp_path, data))
    assert not AturanIsian.objects.exists()


WRONG_DATASETS = {
    "unknown service": (DATASET | {"bidang": "XYZ"}, r"uji\.yaml: KES-B: bidang: .*XYZ"),
    "unknown frequency": (DATASET | {"frekuensi": "M"}, "KES-B: frekuensi: .*M"),
    "unknown role": (DATASET | {"pengisi": ["lurah"]}, "KES-B: pengisi: .*lurah"),
    "no role": (DATASET | {"pengisi": []}, "KES-B: pengisi: "),
    "no day": (DATASET | {"hari_tenggat": 0}, "KES-B: hari_tenggat: "),
    "no beginning": (DATASET | {"dari": "awal"}, "KES-B: dari: "),
    "missing": ({"kode": "KES-B"}, "KES-B: nama: belum diisi; bidang: belum diisi"),
}


@pytest.mark.parametrize("name", WRONG_DATASETS)
def test_a_wrong_dataset_is_named_with_its_key(name: str, tmp_path: Path) -> None:
    data, words = WRONG_DATASETS[name]
    with pytest.raises(KatalogError, match=words):
        impor_dataset(write(tmp_path, [data]))
    assert not Dataset.objects.exists()


def test_a_service_and_frequency_have_one_dataset(tmp_path: Path) -> None:
    with pytest.raises(KatalogError, match=r"uji\.yaml: KES-C: "):
        impor_dataset(write(tmp_path, [DATASET, DATASET | {"kode": "KES-C"}]))
    assert not Dataset.objects.exists()

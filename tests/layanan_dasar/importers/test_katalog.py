"""The catalogue of indicators that ships with the portal, and what a wrong file of it is told."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import models

from layanan_dasar.importers.katalog import KatalogError, impor_indikator, impor_peta_kolom, read_indikator
from layanan_dasar.models import (
    Indikator,
    PetaKolom,
    TargetIndikator,
)
from tests.layanan_dasar.berkas import nilai


pytestmark = pytest.mark.usefixtures("acuan")

FIXTURES: Path = settings.BASE_DIR / "fixtures"
SUMBER_KONTEKS = ("IDM-", "PODES-", "OD-", "OS-")
KATALOG = sorted((FIXTURES / "indikator").glob("*.yaml"))


def codes(rows: "type[models.Model] | models.QuerySet") -> set[str]:
    rows = rows._default_manager.all() if isinstance(rows, type) else rows
    return set(rows.values_list("kode", flat=True))


# Code lists


@pytest.mark.parametrize("file", KATALOG, ids=lambda file: file.stem)
def test_indicator_file_is_sound(file: Path) -> None:
    indikator, targets = read_indikator(file)
    assert indikator.kode == file.stem
    assert indikator.kode.startswith(SUMBER_KONTEKS if indikator.konteks else f"{indikator.bidang_id}-")
    assert bool(indikator.penyebut) == (indikator.jenis == "persen")
    assert (indikator.satuan == "%") == (indikator.jenis == "persen") or indikator.kode == "OD-IMUN"
    assert indikator.penyebut or indikator.jenis_penyebut == "riil"
    assert indikator.pemasok
    assert all(target.indikator_id == indikator.kode for target in targets)
    assert not (indikator.konteks and targets)


@pytest.mark.parametrize("file", KATALOG, ids=lambda file: file.stem)
def test_an_indicator_file_tells_since_when_it_holds(file: Path) -> None:
    (entry,) = read_indikator(file)[0].riwayat
    assert (entry["versi"], entry["tanggal"]) == (1, "2026-11-22")
    assert entry["perubahan"].startswith("ditulis menurut ")


def test_the_catalogue_loads() -> None:
    assert impor_indikator(FIXTURES / "indikator") == Indikator.objects.count() == len(KATALOG)
    katalog = Indikator.objects.filter(konteks=False)
    per_bidang = Counter(katalog.values_list("bidang_id", flat=True))
    assert per_bidang == {"PDK": 12, "KES": 19, "SAB": 11, "JSO": 9, "ADM": 9}
    konteks = Counter(kode.split("-")[0] for kode in codes(Indikator.objects.filter(konteks=True)))
    assert konteks == {"IDM": 4, "PODES": 24, "OD": 26, "OS": 9}


def test_minimum_service_standards_are_met_in_full_everywhere() -> None:
    """Eighteen of the sixty: three of education, twelve of health, two of water, one social."""
    impor_indikator(FIXTURES / "indikator")
    spm = TargetIndikator.objects.filter(basis="spm")
    assert set(spm.values_list("nilai", "tahun", "keyakinan")) == {(100, None, "tinggi")}
    assert Counter(kode[:3] for kode in spm.values_list("indikator", flat=True)) == {
        "PDK": 3,
        "KES": 12,
        "SAB": 2,
        "JSO": 1,
    }


def test_what_should_only_grow_has_no_target() -> None:
    impor_indikator(FIXTURES / "indikator")
    without = Indikator.objects.filter(konteks=False, target=None)
    assert codes(without) == {"PDK-08", "PDK-09", "PDK-10", "PDK-11", "SAB-02", "SAB-05", "JSO-09"}


def test_targets_of_the_portal_itself_are_the_least_sure() -> None:
    impor_indikator(FIXTURES / "indikator")
    ours = TargetIndikator.objects.filter(basis="portal")
    assert set(ours.values_list("keyakinan", flat=True)) == {"rendah"}


def test_stunting_is_scored_from_forty_per_cent_down() -> None:
    impor_indikator(FIXTURES / "indikator")
    targets = TargetIndikator.objects.filter(indikator="KES-13").order_by("tahun")
    assert [(float(one.nilai), one.tahun, one.lantai) for one in targets] == [(14, 2024, 40), (14.2, 2029, 40)]


def test_what_reveals_a_person_is_published_from_a_larger_region() -> None:
    impor_indikator(FIXTURES / "indikator")
    larger = Indikator.objects.exclude(tingkat_publikasi="desa").values_list("kode", "tingkat_publikasi")
    assert dict(larger) == {"KES-10": "kecamatan", "KES-11": "kecamatan", "KES-12": "kabupaten"}


def test_projected_denominators_are_those_of_health() -> None:
    impor_indikator(FIXTURES / "indikator")
    projected = Indikator.objects.filter(jenis_penyebut="proyeksi")
    assert codes(projected) == {f"KES-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15)}
    words = projected.values_list("penyebut", flat=True)
    assert all(any(word in text for word in ("sasaran", "estimasi", "proyeksi")) for text in words)


def test_column_maps_feed_every_indicator_of_their_lists_as_its_kind_needs() -> None:
    impor_indikator(FIXTURES / "indikator")
    assert impor_peta_kolom(FIXTURES / "peta_kolom.yaml") == PetaKolom.objects.count() == 2
    for peta, prefix in (("idm", "IDM-"), ("podes2024", "PODES-")):
        rules = {rule.indikator: rule for rule in PetaKolom.objects.get(kode=peta).aturan_kolom}
        jenis = dict(Indikator.objects.filter(kode__startswith=prefix).values_list("kode", "jenis"))
        assert rules.keys() == jenis.keys()
        for kode, rule in rules.items():
            assert (bool(rule.penyebut), bool(rule.ya)) == (jenis[kode] == "persen", jenis[kode] == "ya_tidak"), kode


def test_a_column_map_that_an_admin_edited_stays(tmp_path: Path) -> None:
    impor_peta_kolom(FIXTURES / "peta_kolom.yaml")
    PetaKolom.objects.filter(kode="idm").update(kolom_kode="kode_wilayah")
    impor_peta_kolom(FIXTURES / "peta_kolom.yaml")
    assert PetaKolom.objects.get(kode="idm").kolom_kode == "kode_wilayah"


def test_a_wrong_column_map_is_named(tmp_path: Path) -> None:
    row = {"kode": "uji", "nama": "Uji", "sumber": "Uji", "kolom_kode": "kode", "aturan": [{"pembilang": ["x"]}]}
    with pytest.raises(KatalogError, match=r"peta\.yaml: uji: .*indikator"):
        impor_peta_kolom(write(tmp_path, [row], "peta.yaml"))


def test_the_catalogue_loaded_twice_changes_nothing() -> None:
    impor_indikator(FIXTURES / "indikator")
    before = nilai(Indikator), nilai(TargetIndikator)
    impor_indikator(FIXTURES / "indikator")
    assert (nilai(Indikator), nilai(TargetIndikator)) == before


INDIKATOR: dict[str, Any] = {
    "kode": "KES-99", "nama": "Bayi ditimbang", "bidang": "KES", "definisi": "Bayi yang ditimbang.",
    "mengapa_penting": "Tumbuh kembang.", "jenis": "persen", "arah": "naik", "satuan": "%",
    "pembilang": "bayi ditimbang", "penyebut": "bayi", "frekuensi": "B", "tingkat_publikasi": "desa",
    "sumber": "posyandu", "keyakinan": "tinggi",
}  # fmt: skip
TARGET = {"nilai": 90, "basis": "spm", "keyakinan": "tinggi"}
PERUBAHAN = {"versi": 1, "tanggal": "2026-11-22", "perubahan": "ditulis"}


def write(folder: Path, data: object, name: str = "KES-99.yaml") -> Path:
    file = folder / name
    file.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file


def test_an_indicator_is_read_with_its_targets(tmp_path: Path) -> None:
    file = write(tmp_path, INDIKATOR | {"target": [TARGET, TARGET | {"nilai": 95, "tahun": 2029}]})
    indikator, targets = read_indikator(file)
    assert (indikator.kode, indikator.versi, indikator.kumulatif) == ("KES-99", 1, False)
    assert [(target.nilai, target.tahun) for target in targets] == [(90, None), (95, 2029)]


def test_a_history_is_kept_with_its_dates_as_text(tmp_path: Path) -> None:
    later = PERUBAHAN | {"versi": 2, "tanggal": datetime.date(2027, 2, 1)}
    file = write(tmp_path, INDIKATOR | {"versi": 2, "riwayat": [PERUBAHAN, later]})
    assert [entry["tanggal"] for entry in read_indikator(file)[0].riwayat] == ["2026-11-22", "2027-02-01"]


def test_a_target_with_decimals_is_kept_as_written(tmp_path: Path) -> None:
    file = write(tmp_path, INDIKATOR | {"target": [TARGET | {"nilai": 14.2, "lantai": 40}]})
    (target,) = read_indikator(file)[1]
    assert (str(target.nilai), target.lantai) == ("14.2", 40)


def test_an_indicator_may_be_without_history(tmp_path: Path) -> None:
    assert read_indikator(write(tmp_path, INDIKATOR | {"versi": 3}))[0].riwayat == []


def test_an_indicator_may_be_without_target(tmp_path: Path) -> None:
    assert read_indikator(write(tmp_path, INDIKATOR))[1] == []


def test_targets_that_left_the_file_leave_the_table(tmp_path: Path) -> None:
    write(tmp_path, INDIKATOR | {"target": [TARGET]})
    impor_indikator(tmp_path)
    write(tmp_path, INDIKATOR | {"nama": "Bayi ditimbang tiap bulan"})
    assert impor_indikator(tmp_path) == 1
    assert Indikator.objects.get().nama == "Bayi ditimbang tiap bulan"
    assert not TargetIndikator.objects.exists()


WRONG: dict[str, tuple[object, str]] = {
    "unknown key": (INDIKATOR | {"warna": "biru"}, r"KES-99\.yaml: warna: kunci tidak dikenal\."),
    "missing key": ({k: v for k, v in INDIKATOR.items() if k != "definisi"}, "definisi: belum diisi"),
    "empty text": (INDIKATOR | {"definisi": ""}, "definisi: "),
    "wrong choice": (INDIKATOR | {"arah": "samping"}, "arah: .*samping"),
    "unknown bidang": (INDIKATOR | {"bidang": "XYZ"}, "bidang: .*XYZ"),
    "percentage of nothing": (INDIKATOR | {"penyebut": ""}, "penyebut belum diisi, padahal jenisnya persen"),
    "other name than the file": (INDIKATOR | {"kode": "KES-98"}, "kode: “KES-98” harus sama dengan nama berkas"),
    "a list": (["kode", "nama"], "isinya harus pasangan kunci dan nilai"),
    "nothing": ("", "isinya harus pasangan kunci dan nilai"),
    "no YAML": ("kode: [", "bukan YAML yang sah"),
    "target without basis": (INDIKATOR | {"target": [{"nilai": 1, "keyakinan": "tinggi"}]}, "target 1: basis: belum"),
    "target not a number": (
        INDIKATOR | {"target": [TARGET, TARGET | {"tahun": 2029, "nilai": "semua"}]},
        "target 2: nilai: ",
    ),
    "target without a limit": (INDIKATOR | {"target": [TARGET | {"nilai": float("inf")}]}, "target 1: nilai: "),
    "target with unknown key": (INDIKATOR | {"target": [TARGET | {"satuan": "%"}]}, "target 1: satuan: kunci"),
    "target not in a list": (INDIKATOR | {"target": 90}, "target"),
    "target not a mapping": (INDIKATOR | {"target": [90]}, "target 1"),
    "target stated twice": (INDIKATOR | {"target": [TARGET, TARGET | {"nilai": 80}]}, "target 2"),
    "context without mark": (INDIKATOR | {"bidang": None}, "bidang belum diisi; hanya indikator konteks"),
    "unknown disaggregation": (INDIKATOR | {"disagregasi": ["agama"]}, "disagregasi: .*agama"),
    "history not in a list": (INDIKATOR | {"riwayat": "ditulis"}, "riwayat: isinya harus daftar"),
    "entry not a mapping": (INDIKATOR | {"riwayat": ["ditulis"]}, "riwayat 1: isinya harus pasangan"),
    "entry with unknown key": (INDIKATOR | {"riwayat": [PERUBAHAN | {"oleh": "saya"}]}, "riwayat 1: oleh: kunci"),
    "entry without words": (INDIKATOR | {"riwayat": [PERUBAHAN | {"perubahan": ""}]}, "riwayat 1: perubahan: belum"),
    "entry with a list": (INDIKATOR | {"riwayat": [PERUBAHAN | {"perubahan": ["a"]}]}, "riwayat 1: perubahan: harus"),
    "entry without date": (INDIKATOR | {"riwayat": [{"versi": 1, "perubahan": "a"}]}, "riwayat 1: tanggal: belum"),
    "entry with another date": (INDIKATOR | {"riwayat": [PERUBAHAN | {"tanggal": "22/11/2026"}]}, "1: tanggal: tulis"),
    "entry with a word as version": (INDIKATOR | {"riwayat": [PERUBAHAN | {"versi": "satu"}]}, "versi: harus bilangan"),
    "version told twice": (INDIKATOR | {"riwayat": [PERUBAHAN, PERUBAHAN]}, "riwayat: versi harus urut naik"),
    "version not told": (INDIKATOR | {"versi": 2, "riwayat": [PERUBAHAN]}, "berakhir pada versi 2"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_named_with_its_key_and_nothing_is_stored(name: str, tmp_path: Path) -> None:
    data, words = WRONG[name]
    write(tmp_path, INDIKATOR | {"kode": "ADM-99", "bidang": "ADM"}, "ADM-99.yaml")
    write(tmp_path, data)
    with pytest.raises(KatalogError, match=words) as refused:
        impor_indikator(tmp_path)
    assert str(refused.value).startswith("KES-99.yaml: ")
    assert not Indikator.objects.exists()


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "KES-99.yaml").write_bytes("nama: Désa".encode("latin-1"))
    with pytest.raises(KatalogError, match=r"KES-99\.yaml"):
        impor_indikator(tmp_path)

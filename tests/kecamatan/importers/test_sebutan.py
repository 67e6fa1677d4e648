import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kecamatan.importers.sebutan import apply_sebutan, impor_aturan_daerah
from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from kecamatan.models import AturanDaerah, Wilayah
from tests.conftest import FIXTURES


pytestmark = pytest.mark.django_db
RULES = FIXTURES / "aturan_daerah.yaml"


def rule(kode: str, kecamatan: str = "", desa: str = "") -> None:
    AturanDaerah.objects.create(
        kode=kode, sebutan_kecamatan=kecamatan, sebutan_desa=desa, keyakinan="tinggi", sumber="uji"
    )


def names(*kode: str) -> list[str]:
    by_kode = {satu.kode: satu.nama_lengkap for satu in Wilayah.objects.filter(kode__in=kode)}
    return [by_kode[one] for one in kode]


def test_a_rule_names_kecamatan_and_desa_of_its_province_and_nothing_else(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("11.01.01.3001", "Adat")])
    rule("11", "Distrik", "Kampung")
    assert apply_sebutan() == 8
    assert names("11.01.01", "11.01.01.2001", "11.02.01.2001") == ["Distrik Alfa", "Kampung A1", "Kampung G1"]
    assert names("11.01.01.1003", "11.01.01.3001", "11.01", "11") == [
        "Kelurahan A3", "Desa adat Adat", "Kabupaten Satu", "Provinsi Uji"
    ]  # fmt: skip
    assert names("99.01.01", "99.01.01.2001") == ["Kecamatan Melati", "Desa X1"]


def test_a_kabupaten_overrules_its_province_word_by_word(wilayah: dict[str, Wilayah]) -> None:
    rule("11", "Kapanewon", "Kalurahan")
    rule("11.02", "Kemantren")
    apply_sebutan()
    assert names("11.02.01", "11.02.01.2001", "11.01.01") == ["Kemantren Gama", "Kalurahan G1", "Kapanewon Alfa"]


def test_words_follow_a_changed_rule_and_the_second_time_nothing_changes(wilayah: dict[str, Wilayah]) -> None:
    rule("11.01", desa="Nagari")
    assert (apply_sebutan(), apply_sebutan()) == (4, 0)
    AturanDaerah.objects.all().delete()
    assert apply_sebutan() == 4
    assert names("11.01.01.2001") == ["Desa A1"]


def test_a_region_that_comes_later_gets_its_word_too(wilayah: dict[str, Wilayah]) -> None:
    rule("11", desa="Gampong")
    impor_wilayah([("11.01.01.2003", "A4")])
    assert names("11.01.01.2003") == ["Gampong A4"]


def test_a_name_costs_no_query(wilayah: dict[str, Wilayah]) -> None:
    rule("11", "Distrik", "Kampung")
    apply_sebutan()
    with CaptureQueriesContext(connection) as queries:
        assert all(satu.nama_lengkap for satu in Wilayah.objects.all())
    assert len(queries) == 1


def test_the_rules_of_the_fixtures_are_taken_in_once_and_edits_stay() -> None:
    assert impor_aturan_daerah(RULES) == AturanDaerah.objects.count() > 38
    AturanDaerah.objects.filter(kode="11").update(sebutan_desa="Desa")
    impor_aturan_daerah(RULES)
    assert AturanDaerah.objects.get(kode="11").sebutan_desa == "Desa"


def test_every_province_has_a_clock_and_every_rule_its_source(db: None) -> None:
    impor_aturan_daerah(RULES)
    provinces = {kode for kode, _ in daftar_resmi() if len(kode) == 2}
    with_clock = set(AturanDaerah.objects.exclude(zona_waktu="").values_list("kode", flat=True))
    assert provinces <= with_clock
    assert not AturanDaerah.objects.filter(sumber="").exists()


@pytest.mark.parametrize(
    ("kode", "word"),
    [
        ("11.06.01.2001", "Gampong"),
        ("11.04.01.2001", "Kampung"),
        ("11.10.01.2001", "Desa"),
        ("13.06.01.2001", "Nagari"),
        ("13.09.01.2001", "Desa"),
        ("34.04.01", "Kapanewon"),
        ("34.04.01.2001", "Kalurahan"),
        ("34.71.01", "Kemantren"),
        ("73.18.01.2001", "Lembang"),
        ("73.06.01.2001", "Desa"),
        ("91.03.01", "Distrik"),
        ("95.01.01", "Distrik"),
        ("35.24.20", "Kecamatan"),
    ],
)
def test_the_words_of_the_reference(kode: str, word: str) -> None:
    codes = [kode[:2], kode[:5], kode[:8], *([kode] if len(kode) > 8 else [])]
    impor_wilayah((one, "Uji") for one in codes)
    impor_aturan_daerah(RULES)
    assert names(kode) == [f"{word} Uji"]

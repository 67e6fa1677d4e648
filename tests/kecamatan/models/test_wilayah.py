import datetime

import pytest
from django.db import DataError, transaction

from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Jenis, Tingkat, Wilayah
from kecamatan.models.wilayah import kode_leluhur, normalize_kode
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
YESTERDAY, TODAY = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


# What follows from the code


@pytest.mark.parametrize(
    ("kode", "tingkat", "jenis", "kode_induk"),
    [
        ("0", 0, "nasional", None),
        ("11", 1, "provinsi", "0"),
        ("11.01", 2, "kabupaten", "11"),
        ("11.69", 2, "kabupaten", "11"),
        ("11.71", 2, "kota", "11"),
        ("11.99", 2, "kota", "11"),
        ("11.01.01", 3, "kecamatan", "11.01"),
        ("11.01.01.1003", 4, "kelurahan", "11.01.01"),
        ("11.01.01.2001", 4, "desa", "11.01.01"),
        ("11.01.01.3001", 4, "desa_adat", "11.01.01"),
    ],
)
def test_the_code_tells_level_kind_and_parent(
    kode: str, tingkat: int, jenis: str, kode_induk: str | None, wilayah: dict[str, Wilayah]
) -> None:
    impor_wilayah([("11.69", "Kabupaten X"), ("11.71", "Kota Y"), ("11.99", "Kota Z"), ("11.01.01.3001", "Adat")])
    satu = Wilayah.objects.get(kode=kode)
    assert (satu.tingkat, satu.jenis, satu.kode_induk) == (tingkat, jenis, kode_induk)
    assert satu.induk_id == (Wilayah.objects.get(kode=kode_induk).pk if kode_induk else None)


def test_codes_that_begin_with_99_are_fiction(wilayah: dict[str, Wilayah]) -> None:
    fiction = {"99", "99.01", "99.01.01", "99.01.01.2001"}
    assert {kode for kode, satu in wilayah.items() if satu.contoh} == fiction


def test_every_level_and_kind_has_a_label() -> None:
    assert Tingkat.KECAMATAN.label == "kecamatan"
    assert Jenis.DESA_ADAT.label == "desa adat"
    assert all(member.label for member in (*Tingkat, *Jenis))


# What the database refuses


@pytest.mark.parametrize(
    "kode", ["1", "1a", "11.1", "1101", "11-01", "11.01.", "11.01.1", "11.01.01.0001", "11.01.01.4001", "１１"]
)
def test_a_malformed_code_is_refused(kode: str, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_kode_berpola"):
        Wilayah.objects.create(kode=kode, nama="X", induk=wilayah["11"])


def test_a_code_that_is_too_long_is_refused(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(DataError), transaction.atomic():
        Wilayah.objects.create(kode="11.01.01.20011", nama="X", induk=wilayah["11.01.01"])


def test_only_the_nation_has_no_parent(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_hanya_nasional_tanpa_induk"):
        Wilayah.objects.create(kode="12", nama="X")


def test_the_nation_has_no_parent(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_hanya_nasional_tanpa_induk"):
        Wilayah.objects.create(kode="0", nama="X", induk=wilayah["11"], berlaku_sampai=TODAY)


@pytest.mark.parametrize(("kode", "induk"), [("11.02.02", "11.01"), ("11.03", "0"), ("12", "11"), ("11.01.03", "11")])
def test_a_region_stands_under_the_parent_its_code_names(kode: str, induk: str, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_induk_sesuai_kode"):
        Wilayah.objects.create(kode=kode, nama="X", induk=wilayah[induk])


def test_a_region_with_others_below_keeps_its_code(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_induk_sesuai_kode"):
        Wilayah.objects.filter(kode="11.01").update(kode="11.03")


def test_two_regions_in_force_never_share_a_code(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("wilayah_kode_berlaku_unik"):
        Wilayah.objects.create(kode="11.01.01.2001", nama="A1 baru", induk=wilayah["11.01.01"])


def test_a_code_is_used_again_after_its_region_was_closed(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_sampai=YESTERDAY)
    new = Wilayah.objects.create(
        kode="11.01.01.2001", nama="A1 baru", induk=wilayah["11.01.01"], berlaku_dari=TODAY
    )  # fmt: skip
    assert Wilayah.objects.filter(kode="11.01.01.2001").count() == 2
    assert Wilayah.objects.in_force().get(kode="11.01.01.2001") == new


def test_a_region_does_not_end_before_it_begins(wilayah: dict[str, Wilayah]) -> None:
    period = Wilayah.objects.filter(kode="11.01.01.2001")
    with refused_by("wilayah_masa_berlaku_urut"):
        period.update(berlaku_dari=TODAY, berlaku_sampai=YESTERDAY)
    assert period.update(berlaku_dari=TODAY, berlaku_sampai=TODAY) == 1


# Querysets


@pytest.mark.parametrize(
    ("kode", "below"),
    [
        ("11.01.01", {"11.01.01", "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"}),
        ("11.02", {"11.02", "11.02.01", "11.02.01.2001"}),
        ("11.01.01.2001", {"11.01.01.2001"}),
        ("99", {"99", "99.01", "99.01.01", "99.01.01.2001"}),
    ],
)
def test_in_wilayah_is_the_region_and_all_below(kode: str, below: set[str], wilayah: dict[str, Wilayah]) -> None:
    found = set(Wilayah.objects.in_wilayah(wilayah[kode]).values_list("kode", flat=True))
    assert found == below
    assert {other for other in wilayah if wilayah[kode].contains(other)} == below


def test_the_nation_holds_everything_but_fiction(wilayah: dict[str, Wilayah]) -> None:
    real = {kode for kode in wilayah if not kode.startswith("99")}
    assert set(Wilayah.objects.in_wilayah(wilayah["0"]).values_list("kode", flat=True)) == real
    assert {kode for kode in wilayah if wilayah["0"].contains(kode)} == real


def test_a_region_does_not_contain_its_neighbour_with_a_longer_number(wilayah: dict[str, Wilayah]) -> None:
    assert not wilayah["11.01"].contains("11.010")
    assert not wilayah["11.01.01"].contains("11.01")


def test_ancestors_come_from_the_nation_down(wilayah: dict[str, Wilayah]) -> None:
    ancestors = Wilayah.objects.ancestors_of(wilayah["11.01.01.2001"])
    assert [satu.kode for satu in ancestors] == ["0", "11", "11.01", "11.01.01", "11.01.01.2001"]
    assert list(Wilayah.objects.ancestors_of(wilayah["0"])) == [wilayah["0"]]


def test_closed_regions_are_no_ancestors(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.create(kode="11.01", nama="Lama", induk=wilayah["11"], berlaku_sampai=YESTERDAY)
    assert [satu.nama for satu in Wilayah.objects.ancestors_of(wilayah["11.01"])] == [
        "Indonesia", "Uji", "Kabupaten Satu"
    ]  # fmt: skip


def test_desa_and_desa_adat_have_a_budget_and_kelurahan_none(wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("11.01.01.3001", "Adat")])
    below = Wilayah.objects.in_wilayah(wilayah["11.01.01"])
    with_budget = {"11.01.01.2001", "11.01.01.2002", "11.01.01.3001"}
    assert set(below.with_apbdes().values_list("kode", flat=True)) == with_budget
    assert {satu.kode for satu in below if satu.has_apbdes} == with_budget


# Names and addresses


@pytest.mark.parametrize(
    ("kode", "name", "url"),
    [
        ("0", "Indonesia", "/wilayah/"),
        ("11", "Provinsi Uji", "/wilayah/11/"),
        ("11.01", "Kabupaten Satu", "/wilayah/11.01/"),
        ("11.71", "Kota Tiga", "/wilayah/11.71/"),
        ("11.01.01", "Kecamatan Alfa", "/wilayah/11.01.01/"),
        ("11.01.01.2001", "Desa A1", "/wilayah/11.01.01.2001/"),
        ("11.01.01.1003", "Kelurahan A3", "/wilayah/11.01.01.1003/"),
        ("11.01.01.3001", "Desa adat Tua", "/wilayah/11.01.01.3001/"),
    ],
)
def test_full_name_and_page(kode: str, name: str, url: str, wilayah: dict[str, Wilayah]) -> None:
    impor_wilayah([("11.71", "Kota Tiga"), ("11.01.01.3001", "Tua")])
    satu = Wilayah.objects.get(kode=kode)
    assert (satu.nama_lengkap, satu.get_absolute_url()) == (name, url)


def test_a_region_prints_as_code_and_name() -> None:
    assert str(Wilayah(kode="11.01.01", nama="Alfa")) == "11.01.01 Alfa"


@pytest.mark.parametrize(
    ("typed", "kode"),
    [
        ("3524012001", "35.24.01.2001"),
        ("352401", "35.24.01"),
        ("3524", "35.24"),
        ("35", "35"),
        (" 35.24.01 ", "35.24.01"),
        ("35240", "35240"),
        ("３５２４", "３５２４"),
        ("Deket", "Deket"),
        ("", ""),
    ],
)
def test_a_code_without_dots_gets_them(typed: str, kode: str) -> None:
    assert normalize_kode(typed) == kode


@pytest.mark.parametrize(
    ("kode", "leluhur"), [("0", ["0"]), ("35", ["0", "35"]), ("35.24.01", ["0", "35", "35.24", "35.24.01"])]
)
def test_a_code_names_its_ancestors(kode: str, leluhur: list[str]) -> None:
    assert kode_leluhur(kode) == leluhur

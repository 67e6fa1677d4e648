"""A service unit: what the database refuses, and whom it serves."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from kecamatan.models import JenisUnit, UnitLayanan, Wilayah
from kecamatan.models.unit import SEKECAMATAN, check_wilayah_kerja
from tests.factories import UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, A3, B1, G1
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
ALFA, BETA, SATU = "11.01.01", "11.01.02", "11.01"


# What the database refuses


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("unit_layanan_jenis_dikenal", {"jenis": "rumah_sakit"}),
        ("unit_layanan_bernama", {"nama": ""}),
        ("unit_layanan_kode_berpola", {"kode": "ab12"}),
        ("unit_layanan_kode_berpola", {"kode": "A"}),
        ("unit_layanan_kode_berpola", {"kode": "A B C"}),
        ("unit_layanan_npsn_delapan", {"jenis": "sekolah", "kode": "2051234"}),
        ("unit_layanan_npsn_delapan", {"jenis": "paud", "kode": "205.1234"}),
        ("unit_layanan_koordinat_di_indonesia", {"lintang": Decimal("-7.1")}),
        ("unit_layanan_koordinat_di_indonesia", {"bujur": Decimal("112.4")}),
        ("unit_layanan_koordinat_di_indonesia", {"lintang": Decimal("52.1"), "bujur": Decimal("112.4")}),
        ("unit_layanan_koordinat_di_indonesia", {"lintang": Decimal("-7.1"), "bujur": Decimal("12.4")}),
        ("unit_layanan_masa_urut", {"mulai": TODAY, "sampai": TODAY - DAY}),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(
    constraint: str, fields: dict[str, Any], wilayah: dict[str, Wilayah]
) -> None:
    with refused_by(constraint):
        UnitLayananFactory(wilayah=wilayah[A1], **fields)


def test_a_code_names_one_unit_of_its_kind(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah[A1], jenis="sekolah", kode="20512345")
    UnitLayananFactory(wilayah=wilayah[A1], jenis="paud", kode="20512345")
    with refused_by("unit_layanan_kode_unik"):
        UnitLayananFactory(wilayah=wilayah[B1], jenis="sekolah", kode="20512345")


def test_without_a_code_kind_name_and_place_name_one_unit(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Melati")
    UnitLayananFactory(wilayah=wilayah[A2], nama="Posyandu Melati")
    UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Melati", jenis="pustu")
    UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Melati", kode="POS-1")
    with refused_by("unit_layanan_nama_unik_tanpa_kode"):
        UnitLayananFactory(wilayah=wilayah[A1], nama="POSYANDU melati")


# The same in words


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"jenis": "sekolah", "kode": "2051234"}, "kode", "8 huruf atau angka"),
        ({"lintang": Decimal("-7.1")}, "bujur", "keduanya"),
        ({"bujur": Decimal("112.4")}, "lintang", "keduanya"),
        ({"mulai": TODAY, "sampai": TODAY - DAY}, "sampai", "mendahului"),
    ],
)
def test_a_wrong_row_is_explained_at_its_field(
    fields: dict[str, Any], field: str, words: str, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayanan(**{"jenis": "posyandu", "nama": "X", "wilayah": wilayah[A1]} | fields)
    with pytest.raises(ValidationError) as wrong:
        unit.clean()
    assert list(wrong.value.message_dict) == [field]
    assert words in wrong.value.message_dict[field][0]


@pytest.mark.parametrize("jenis", JenisUnit.values)
@pytest.mark.parametrize("kode", [A1, A3, ALFA, SATU, "0"])
def test_only_units_of_a_whole_kecamatan_stand_in_a_kecamatan_and_none_above(
    jenis: str, kode: str, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayanan(jenis=jenis, nama="X", wilayah=wilayah[kode])
    if len(kode) == 13 or (kode == ALFA and jenis in SEKECAMATAN):
        unit.clean()
        return
    with pytest.raises(ValidationError, match="Pilih kecamatan" if jenis in SEKECAMATAN else "desa/kelurahan"):
        unit.clean()


def test_a_unit_without_a_place_yet_can_be_checked() -> None:
    UnitLayanan(jenis="posyandu", nama="X").clean()


def test_a_working_area_may_cross_kecamatan_but_not_leave_the_kabupaten(wilayah: dict[str, Wilayah]) -> None:
    check_wilayah_kerja(wilayah[A1], [wilayah[A2], wilayah[B1]])
    with pytest.raises(ValidationError, match=r"keluar dari kabupaten/kota 11\.01: 11\.02\.01\.2001\. Hapus desa itu"):
        check_wilayah_kerja(wilayah[ALFA], [wilayah[A1], wilayah[G1]])


def test_what_its_code_is_called() -> None:
    names = {jenis: UnitLayanan(jenis=jenis).nama_kode for jenis in ("sekolah", "paud", "puskesmas", "posyandu")}
    assert names == {"sekolah": "NPSN", "paud": "NPSN", "puskesmas": "Kode puskesmas", "posyandu": "Kode unit"}


def test_a_unit_prints_as_its_name_and_has_a_page(wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], nama="Posyandu Melati")
    assert str(unit) == "Posyandu Melati"
    assert unit.get_absolute_url() == f"/wilayah/{A1}/unit/{unit.pk}/"


# When it works


@pytest.mark.parametrize(
    ("mulai", "sampai", "works", "closed"),
    [
        (None, None, True, False),
        (TODAY, None, True, False),
        (TODAY + DAY, None, False, False),
        (None, TODAY, True, False),
        (TODAY - 9 * DAY, TODAY - DAY, False, True),
    ],
)
def test_a_unit_works_from_its_first_to_its_last_day(
    mulai: datetime.date | None, sampai: datetime.date | None, works: bool, closed: bool, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], mulai=mulai, sampai=sampai)
    assert UnitLayanan.objects.in_force().exists() is works
    assert unit.is_closed is closed


def test_on_another_day_other_units_worked(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah[A1], sampai=TODAY - DAY)
    assert UnitLayanan.objects.in_force(TODAY - DAY).exists()


# Whom it serves: the world seen from every region

SERVED = {
    # unit: (kind, place, working area) → regions it serves, regions it is listed in
    "posyandu in A1": ("posyandu", A1, (), {A1}, {A1}),
    "puskesmas of Alfa": ("puskesmas", ALFA, (), {A1, A2, A3}, {A1, A2, A3}),
    "puskesmas that stands in A1": ("puskesmas", A1, (), {A1, A2, A3}, {A1, A2, A3}),
    "kantor camat in A3": ("kantor_camat", A3, (), {A1, A2, A3}, {A1, A2, A3}),
    "puskesmas in A1 that reaches into Beta": ("puskesmas", A1, (A2, B1), {A2, B1}, {A1, A2, B1}),
    "school in A1 for all of Alfa": ("sekolah", A1, (A1, A2, A3), {A1, A2, A3}, {A1, A2, A3}),
}


@pytest.mark.parametrize(("jenis", "tempat", "kerja", "served", "listed"), SERVED.values(), ids=SERVED)
def test_who_is_served(
    jenis: str, tempat: str, kerja: tuple[str, ...], served: set[str], listed: set[str], wilayah: dict[str, Wilayah]
) -> None:
    UnitLayananFactory(jenis=jenis, wilayah=wilayah[tempat], kerja=[wilayah[kode] for kode in kerja])

    def above(desa: set[str]) -> set[str]:
        return {kode for satu in desa for kode in ("0", satu[:2], satu[:5], satu[:8], satu)}

    got = {kode for kode, satu in wilayah.items() if UnitLayanan.objects.serving(satu).count() == 1}
    assert got == above(served)
    shown = {kode for kode, satu in wilayah.items() if UnitLayanan.objects.of_wilayah(satu).count() == 1}
    assert shown == above(listed)


def test_the_nation_counts_no_demo_unit(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah["99.01.01.2001"])
    assert not UnitLayanan.objects.in_wilayah(wilayah["0"]).exists()
    assert not UnitLayanan.objects.serving(wilayah["0"]).exists()
    assert UnitLayanan.objects.of_wilayah(wilayah["99"]).exists()


@pytest.mark.parametrize(
    ("jenis", "tempat", "default"), [("puskesmas", A1, ALFA), ("puskesmas", ALFA, ALFA), ("posyandu", A1, A1)]
)
def test_what_it_serves_when_nothing_is_stated(
    jenis: str, tempat: str, default: str, wilayah: dict[str, Wilayah]
) -> None:
    assert UnitLayananFactory(jenis=jenis, wilayah=wilayah[tempat]).serves_by_default == wilayah[default]


def test_people_keep_the_units_that_stand_in_their_regions(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    alfa = UnitLayananFactory(jenis="puskesmas", wilayah=wilayah[A1], kerja=[wilayah[B1]])
    beta = UnitLayananFactory(wilayah=wilayah[B1])
    assert set(UnitLayanan.objects.visible_to(cast.operator_kecamatan_a)) == {alfa}
    assert set(UnitLayanan.objects.visible_to(cast.camat_b)) == {beta}
    assert set(UnitLayanan.objects.visible_to(cast.admin_kabupaten)) == {alfa, beta}
    assert not UnitLayanan.objects.visible_to(AnonymousUser()).exists()

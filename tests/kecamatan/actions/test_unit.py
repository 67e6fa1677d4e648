"""One unit at a time: who may add, change and close it, and what is refused."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.actions.unit import close_unit, save_unit
from kecamatan.models import BerkasImpor, UnitLayanan, Wilayah
from tests.conftest import CAST
from tests.factories import BerkasImporFactory, UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, B1, G1


KEEPERS = {"operator_kecamatan_a", "admin_kabupaten", "admin_pusat"}
DAY = datetime.date(2025, 6, 30)


@pytest.mark.parametrize("name", CAST)
def test_who_may_keep_a_unit_of_alfa(name: str, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    by = getattr(cast, name)
    new = UnitLayanan(jenis="posyandu", nama="Posyandu Melati", wilayah=wilayah[A1])
    old = UnitLayananFactory(wilayah=wilayah[A1])
    if name in KEEPERS:
        assert save_unit(by=by, unit=new, wilayah_kerja=[wilayah[A1], wilayah[B1]]).pk
        assert {desa.kode for desa in new.wilayah_kerja.all()} == {A1, B1}
        assert close_unit(by=by, unit=old, sampai=DAY).sampai == DAY
        return
    with pytest.raises(PermissionDenied):
        save_unit(by=by, unit=new, wilayah_kerja=[])
    with pytest.raises(PermissionDenied):
        close_unit(by=by, unit=old, sampai=DAY)
    old.refresh_from_db()
    assert (UnitLayanan.objects.count(), old.sampai) == (1, None)


@pytest.mark.parametrize(("here", "there"), [(A1, B1), (B1, A1)], ids=["push out", "pull in"])
def test_a_unit_moves_only_between_regions_one_keeps(
    here: str, there: str, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[here])
    unit.wilayah = wilayah[there]
    with pytest.raises(PermissionDenied):
        save_unit(by=cast.operator_kecamatan_a, unit=unit, wilayah_kerja=[])
    save_unit(by=cast.admin_kabupaten, unit=unit, wilayah_kerja=[])
    unit.refresh_from_db()
    assert unit.wilayah == wilayah[there]


def test_a_working_area_that_leaves_the_kabupaten_is_refused(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayanan(jenis="puskesmas", nama="Puskesmas Alfa", wilayah=wilayah[A1])
    with pytest.raises(ValidationError, match=r"keluar dari kabupaten/kota 11\.01"):
        save_unit(by=cast.admin_pusat, unit=unit, wilayah_kerja=[wilayah[A1], wilayah[G1]])
    assert not UnitLayanan.objects.exists()


def test_a_unit_that_breaks_a_rule_is_refused(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    again = UnitLayanan(jenis="posyandu", nama="posyandu melati", wilayah=wilayah[A1])
    with pytest.raises(ValidationError, match="sudah tercatat di sana"):
        save_unit(by=cast.operator_kecamatan_a, unit=again, wilayah_kerja=[])


def test_a_change_by_hand_replaces_the_area_and_no_longer_names_a_file(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    berkas = BerkasImporFactory(jenis="unit")
    unit = UnitLayananFactory(wilayah=wilayah[A1], kerja=[wilayah[A1]], berkas=berkas)
    before = unit.updated_at
    save_unit(by=cast.operator_kecamatan_a, unit=unit, wilayah_kerja=[wilayah[A2]])
    unit.refresh_from_db()
    assert (unit.berkas, list(unit.wilayah_kerja.all())) == (None, [wilayah[A2]])
    assert unit.updated_at > before
    assert BerkasImpor.objects.filter(pk=berkas.pk).exists()


def test_a_unit_cannot_close_before_it_opened(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], mulai=DAY + datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="mendahului"):
        close_unit(by=cast.operator_kecamatan_a, unit=unit, sampai=DAY)
    unit.refresh_from_db()
    assert unit.sampai is None


def test_a_closed_unit_keeps_its_row_and_its_area(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], kerja=[wilayah[A2]], mulai=DAY)
    closed = close_unit(by=cast.operator_kecamatan_a, unit=unit, sampai=DAY)
    assert closed.is_closed
    assert list(closed.wilayah_kerja.all()) == [wilayah[A2]]

"""The admin of rules and parameters, for Bina Adwil."""

from types import SimpleNamespace

import pytest
import tablib
from django.test import Client

from kecamatan.models import Wilayah
from layanan_dasar.admin import AturanBelanjaResource, ParameterIbdbResource
from layanan_dasar.models import AturanBelanja, DesaBerubah, IndeksBelanja, ParameterIbdb
from tests.factories import APBDesFactory


pytestmark = pytest.mark.usefixtures("acuan")


@pytest.fixture
def pusat(cast: SimpleNamespace, client: Client, wilayah: dict[str, Wilayah]) -> Client:
    for tahun in (2024, 2025):
        APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun)
    client.force_login(cast.admin_pusat)
    return client


def marked() -> set[int]:
    return set(DesaBerubah.objects.values_list("tahun", flat=True))


def values(row: AturanBelanja | ParameterIbdb) -> dict[str, object]:
    """What the change form would send back."""
    fields = {field.name: getattr(row, field.attname) for field in row._meta.fields}
    return {name: value for name, value in fields.items() if value is not None and value is not False}


@pytest.mark.parametrize("resource", [AturanBelanjaResource, ParameterIbdbResource])
def test_what_is_exported_can_be_imported_again_unchanged(resource: type[AturanBelanjaResource], pusat: Client) -> None:
    totals = resource().import_data(resource().export(), raise_errors=True).totals
    assert (totals["new"], totals["update"]) == (0, 0)
    assert marked() == set()


def test_an_import_changes_a_rule_and_has_its_years_judged_again(pusat: Client) -> None:
    table = tablib.Dataset(["blt", 2025, 20], headers=["kode", "tahun_dari", "persen"])
    assert AturanBelanjaResource().import_data(table, raise_errors=True).totals["update"] == 1
    assert AturanBelanja.objects.get(kode="blt", tahun_dari=2025).persen == 20
    assert marked() == {2024, 2025}


def test_a_rule_changed_in_the_admin_is_judged_again_in_every_year(pusat: Client) -> None:
    rule = AturanBelanja.objects.get(kode="blt", tahun_dari=2025)
    sent = values(rule) | {"persen": "20"}
    assert pusat.post(f"/admin/layanan_dasar/aturanbelanja/{rule.pk}/change/", sent).status_code == 302
    assert marked() == {2024, 2025}


def test_a_rule_is_never_deleted(pusat: Client) -> None:
    rule = AturanBelanja.objects.get(kode="blt", tahun_dari=2025)
    assert pusat.post(f"/admin/layanan_dasar/aturanbelanja/{rule.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.fixture
def used(wilayah: dict[str, Wilayah]) -> ParameterIbdb:
    """The version in use, by which an index was computed."""
    parameter = ParameterIbdb.objects.get()
    IndeksBelanja.objects.create(
        wilayah=wilayah["11.01"], tahun=2024, parameter=parameter, bobot=0, alasan="bobot_kurang"
    )
    return parameter


def test_an_unused_version_may_still_be_changed(pusat: Client) -> None:
    parameter = ParameterIbdb.objects.get()
    sent = values(parameter) | {"bobot_c1": "40"}
    assert pusat.post(f"/admin/layanan_dasar/parameteribdb/{parameter.pk}/change/", sent).status_code == 302
    assert ParameterIbdb.objects.get().bobot_c1 == 40
    assert marked() == {2024, 2025}


def test_a_version_that_was_used_keeps_its_numbers(pusat: Client, used: ParameterIbdb) -> None:
    sent = values(used) | {"bobot_c1": "40"}
    assert pusat.post(f"/admin/layanan_dasar/parameteribdb/{used.pk}/change/", sent).status_code == 302
    assert ParameterIbdb.objects.get().bobot_c1 == 30
    table = ParameterIbdbResource().export()
    changed = tablib.Dataset(*[[40 if h == "bobot_c1" else cell for h, cell in zip(table.headers, row, strict=True)]
                               for row in table], headers=table.headers)  # fmt: skip
    assert ParameterIbdbResource().import_data(changed, raise_errors=True).totals["update"] == 0


def test_a_new_version_comes_by_import(pusat: Client) -> None:
    table = ParameterIbdbResource().export()
    row = dict(zip(table.headers, table[0], strict=True)) | {"versi": "2027.1", "aktif": "0"}
    new = tablib.Dataset(list(row.values()), headers=list(row))
    assert ParameterIbdbResource().import_data(new, raise_errors=True).totals["new"] == 1
    assert marked() == {2024, 2025}

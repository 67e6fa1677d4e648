from types import SimpleNamespace

import pytest
import tablib
from django.test import Client

from kecamatan.admin import resource_by_kode
from kecamatan.models import Bidang


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]


def test_bina_adwil_sees_the_five_services(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.admin_pusat)
    page = client.get("/admin/kecamatan/bidang/").content.decode()
    assert all(bidang.nama in page for bidang in Bidang.objects.all())


def test_what_is_exported_can_be_imported_again_unchanged() -> None:
    resource = resource_by_kode(Bidang)()
    totals = resource.import_data(resource.export(), raise_errors=True).totals
    assert (totals["skip"], totals["new"], totals["update"]) == (5, 0, 0)


def test_an_import_finds_its_row_by_code() -> None:
    table = tablib.Dataset(["KES", "Kesehatan", "baru", 2], headers=["kode", "nama", "keterangan", "urutan"])
    assert resource_by_kode(Bidang)().import_data(table, raise_errors=True).totals["update"] == 1
    assert Bidang.objects.get(kode="KES").keterangan == "baru"

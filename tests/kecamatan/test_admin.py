from types import SimpleNamespace

import pytest
import tablib
from django.test import Client

from kecamatan.admin import resource_by_kode
from kecamatan.models import AturanDaerah, Bidang, Wilayah


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


def test_a_rule_changed_in_the_admin_renames_its_villages_at_once(
    cast: SimpleNamespace, client: Client, wilayah: dict[str, Wilayah]
) -> None:
    AturanDaerah.objects.create(kode="11", zona_waktu="WIB", keyakinan="rendah", sumber="uji")
    client.force_login(cast.admin_pusat)
    fields = {"kode": "11", "sebutan_desa": "Gampong", "zona_waktu": "WIB", "keyakinan": "tinggi", "sumber": "Qanun"}
    assert client.post("/admin/kecamatan/aturandaerah/11/change/", fields).status_code == 302
    assert Wilayah.objects.get(kode="11.01.01.2001").nama_lengkap == "Gampong A1"


def test_a_rule_is_never_deleted_in_the_admin(cast: SimpleNamespace, client: Client) -> None:
    AturanDaerah.objects.create(kode="11", zona_waktu="WIB", keyakinan="rendah", sumber="uji")
    client.force_login(cast.admin_pusat)
    assert client.post("/admin/kecamatan/aturandaerah/11/delete/", {"post": "yes"}).status_code == 403
    assert AturanDaerah.objects.exists()

"""Every module of the fixtures is shown, with its hours if a source tells them, and leads to a page that is there."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from kecamatan.models import Wilayah
from p3pd_portal.lib.berkas_yaml import read_yaml
from pelatihan.importers.acuan import impor_kurikulum
from pelatihan.models import Modul
from pelatihan.queries.kurikulum import HALAMAN, halaman_modul, kurikulum
from tests.factories import ModulFactory


FOLDER = settings.BASE_DIR / "fixtures" / "pelatihan"
ROWS = read_yaml(FOLDER / "modul.yaml")


@pytest.fixture
def modul(db: None) -> None:
    impor_kurikulum(FOLDER)


def test_every_code_of_the_fixture_is_a_page() -> None:
    assert {row["halaman"] for row in ROWS if "halaman" in row} == set(HALAMAN)


@pytest.mark.parametrize("kode", ["0", "11", "11.01", "11.01.01"])
@pytest.mark.parametrize("halaman", HALAMAN)
def test_every_page_is_there_for_every_region(
    halaman: str, kode: str, wilayah: dict[str, Wilayah], acuan: None, cast: SimpleNamespace, client: Client
) -> None:
    client.force_login(cast.admin_pusat)
    nation = Wilayah.objects.get(kode=kode)
    assert client.get(halaman_modul(Modul(halaman=halaman), nation)).status_code == 200


def test_a_module_about_no_page_or_an_unknown_one_has_no_link(wilayah: dict[str, Wilayah]) -> None:
    assert halaman_modul(Modul(halaman=""), wilayah["11"]) == halaman_modul(Modul(halaman="bulan"), wilayah["11"]) == ""


def test_the_curricula_are_ten_materials_and_nine_modules(modul: None, wilayah: dict[str, Wilayah]) -> None:
    found = kurikulum(Wilayah.objects.get(kode="0"))
    assert [(satu.jenis, len(satu.baris), satu.jp) for satu in found] == [
        ("Training of Trainers (ToT)", 10, None),
        ("Pelatihan Aparatur Kecamatan", 9, None),
    ]
    assert str(found[1].baris[6].modul).startswith("Penguatan Pengelolaan Penilaian dan Pengaduan")
    assert found[1].baris[6].url == "/wilayah/0/pengaduan/"


def test_hours_are_added_up_once_all_are_known(wilayah: dict[str, Wilayah]) -> None:
    ModulFactory(jenis="bimtek", jp=4)
    unknown = ModulFactory(jenis="bimtek", jp=None)
    nation = Wilayah.objects.get(kode="0")
    assert kurikulum(nation)[0].jp is None
    unknown.jp = 2
    unknown.save()
    assert kurikulum(nation)[0].jp == 6


def test_hours_are_written_in_the_admin_and_survive_the_fixtures(
    modul: None, cast: SimpleNamespace, client: Client
) -> None:
    client.force_login(cast.admin_pusat)
    answer = client.post("/admin/pelatihan/modul/kec-1/change/", {"jp": "6", "judul": "Lain"})
    assert answer.status_code == 302
    impor_kurikulum(FOLDER)
    satu = Modul.objects.get(pk="kec-1")
    assert (satu.jp, satu.judul) == (6, "Fasilitasi Konsolidasi Data Layanan Dasar Berbasis Kewilayahan")
    assert client.get("/admin/pelatihan/modul/add/").status_code == 403
    assert client.post("/admin/pelatihan/modul/kec-1/delete/", {"post": "yes"}).status_code == 403
    assert "belum ditetapkan" in client.get("/pelatihan/kurikulum/").text

"""The reference data of complaints are whole, have a source, and may be loaded again."""

import datetime

import pytest

from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import BatasWaktu, KategoriPengaduan
from pengaduan.queries.jam import batas_waktu
from tests.pengaduan.dunia import FIXTURES


pytestmark = pytest.mark.django_db
HARI_INI = datetime.date(2026, 11, 22)


def test_every_limit_is_known_with_its_source() -> None:
    assert set(batas_waktu(HARI_INI)) == set(BatasWaktu.Kode.values)
    assert all(BatasWaktu.objects.values_list("sumber", flat=True))
    assert {str(satu) for satu in BatasWaktu.objects.filter(kode="verifikasi")} == {"verifikasi laporan: 3 hari"}


def test_a_later_rule_holds_from_its_day_on() -> None:
    BatasWaktu.objects.create(kode="verifikasi", hari=2, berlaku_dari=HARI_INI, sumber="Perbup Uji 1/2026")
    assert batas_waktu(HARI_INI)["verifikasi"] == 2
    assert batas_waktu(HARI_INI - datetime.timedelta(days=1))["verifikasi"] == 3


def test_all_five_services_and_what_lies_outside_them_are_subjects() -> None:
    services = list(KategoriPengaduan.objects.exclude(bidang=None).values_list("bidang", flat=True))
    assert services == ["PDK", "KES", "SAB", "JSO", "ADM"]
    assert str(KategoriPengaduan.objects.get(pk="lainnya")) == "Lainnya"


def test_loading_again_adds_nothing_and_keeps_what_an_admin_added() -> None:
    KategoriPengaduan.objects.create(kode="pasar", nama="Pasar", penjelasan="Pasar desa.", urutan=20)
    assert impor_pengaduan(FIXTURES) == {"kategori pengaduan": 10, "batas waktu": 8}
    assert KategoriPengaduan.objects.count() == 11

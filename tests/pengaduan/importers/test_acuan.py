"""The reference data of complaints are whole, have a source, and may be loaded again."""

import datetime

import pytest

from kecamatan.models import JenisUnit
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import BatasWaktu, JenisLayanan, KategoriPengaduan, MutuSKM, UnsurSKM
from pengaduan.models.jawaban_survei import UNSUR
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
    JenisLayanan.objects.create(jenis_unit="puskesmas", nama="Klinik sanitasi")
    assert impor_pengaduan(FIXTURES) == {
        "kategori pengaduan": 10, "batas waktu": 8, "unsur SKM": 9, "mutu SKM": 4, "jenis layanan": 23,
    }  # fmt: skip
    assert (KategoriPengaduan.objects.count(), JenisLayanan.objects.count()) == (11, 24)


def test_the_nine_elements_are_the_columns_of_an_answer_and_free_of_charge_is_worth_four() -> None:
    assert tuple(UnsurSKM.objects.values_list("kode", flat=True)) == UNSUR
    assert all(len(satu.jawaban) == 4 and satu.sumber and satu.pertanyaan for satu in UnsurSKM.objects.all())
    assert UnsurSKM.objects.get(pk="biaya").jawaban[3] == "Gratis"
    assert str(UnsurSKM.objects.get(pk="sarpras")) == "Sarana dan prasarana"


def test_the_classes_are_those_of_the_regulation() -> None:
    assert [(satu.mutu, str(satu.dari), satu.kinerja) for satu in MutuSKM.objects.all()] == [
        ("A", "88.31", "sangat baik"),
        ("B", "76.61", "baik"),
        ("C", "65.00", "kurang baik"),
        ("D", "25.00", "tidak baik"),
    ]
    assert all(MutuSKM.objects.values_list("sumber", flat=True))


def test_every_kind_of_unit_has_services_to_choose_from() -> None:
    assert set(JenisLayanan.objects.values_list("jenis_unit", flat=True)) == set(JenisUnit.values)
    assert str(JenisLayanan.objects.get(jenis_unit="pustu", nama="Rawat jalan")) == "Rawat jalan"

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from kecamatan.actions.audit import record_view
from kecamatan.models import CatatanAkses
from tests.factories import OrangFactory, PenggunaFactory


pytestmark = pytest.mark.django_db


def test_a_look_at_a_person_is_written_down() -> None:
    akun, orang = PenggunaFactory(), OrangFactory()
    record_view(by=akun, objek=orang, alasan="profil orang")
    entry = CatatanAkses.objects.get()
    assert (entry.pelaku, entry.orang, entry.model, entry.objek, entry.alasan) == (
        akun, orang, "kecamatan.orang", str(orang.pk), "profil orang"
    )  # fmt: skip
    assert (entry.permintaan, entry.alamat, entry.wilayah) == (None, "", None)


def test_a_look_at_an_account_is_one_at_its_holder() -> None:
    akun, lain = PenggunaFactory(), PenggunaFactory()
    record_view(by=akun, objek=lain, alasan="akun")
    entry = CatatanAkses.objects.get()
    assert (entry.model, entry.objek, entry.orang) == ("kecamatan.pengguna", str(lain.pk), lain.orang)


def test_ones_own_data_are_nobodys_business() -> None:
    akun = PenggunaFactory()
    record_view(by=akun, objek=akun.orang, alasan="profil")
    record_view(by=akun, objek=akun, alasan="profil")
    assert not CatatanAkses.objects.exists()


def test_every_look_counts() -> None:
    akun, orang = PenggunaFactory(), OrangFactory()
    for _ in range(2):
        record_view(by=akun, objek=orang, alasan="profil orang")
    assert CatatanAkses.objects.count() == 2


def test_a_look_without_a_reason_is_refused(cast: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError, match="catatan_akses_beralasan"), transaction.atomic():
        record_view(by=cast.admin_kabupaten, objek=OrangFactory(), alasan="")
    assert not CatatanAkses.objects.exists()

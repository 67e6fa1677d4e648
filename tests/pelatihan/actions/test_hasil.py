"""The office of the Sekda is told, once, that a result is out: without a name in the mail."""

from types import SimpleNamespace

import pytest

from kecamatan.models import PesanKeluar
from pelatihan.actions.angkatan import advance_angkatan
from pelatihan.actions.konfirmasi import confirm
from pelatihan.actions.seleksi import approve, reject, withdraw
from pelatihan.actions.undangan import revoke
from pelatihan.models import Angkatan, Calon, Peserta, Undangan
from tests.assertions import sent_mail
from tests.pelatihan.dunia_usulan import DUA, SATU, World, undangan_of, usulan_masuk


pytestmark = pytest.mark.django_db


def settle(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    advance_angkatan(by=cast.admin_provinsi, angkatan=angkatan, langkah="tetapkan")


def back(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    advance_angkatan(by=cast.admin_provinsi, angkatan=angkatan, langkah="mundur", alasan="Salah tekan")


def told() -> list[list[str]]:
    return [mail.to for mail in sent_mail() if "Hasil seleksi" in mail.subject]


@pytest.fixture
def chosen(cast: SimpleNamespace, wilayah: World) -> tuple[Angkatan, list[Calon]]:
    """Kabupaten Satu proposed four people, two of whom are approved; Kabupaten Dua sent nothing."""
    angkatan, calon = usulan_masuk(wilayah)
    undangan_of(angkatan, wilayah[DUA])
    Undangan.objects.filter(wilayah=wilayah[SATU]).update(surel="setda@satu.test")
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=[satu.pk for satu in calon[:3]])
    return angkatan, calon


Chosen = tuple[Angkatan, list[Calon]]


def test_one_mail_to_each_office_that_proposed_without_a_name_in_it(cast: SimpleNamespace, chosen: Chosen) -> None:
    angkatan, calon = chosen
    settle(cast, angkatan)
    assert told() == [["setda@satu.test"]]
    (mail,) = sent_mail()
    text = mail.subject + mail.body
    assert "Kabupaten Satu" in text
    assert angkatan.nama in text
    assert "/usul/t/" in mail.body
    assert "Langkah berikutnya" in mail.body
    for satu in calon:
        for personal in (satu.nama, satu.nip, satu.telepon):
            assert personal not in text
            assert personal not in str(PesanKeluar.objects.values())


def test_the_same_result_is_told_once_however_often_the_step_is_taken(cast: SimpleNamespace, chosen: Chosen) -> None:
    angkatan, calon = chosen
    settle(cast, angkatan)
    assert len(told()) == 1
    confirm(peserta=Peserta.objects.get(calon=calon[0]))
    back(cast, angkatan)
    settle(cast, angkatan)
    assert len(told()) == 1


def test_another_result_is_told_again_and_so_is_the_first_one_after_it(cast: SimpleNamespace, chosen: Chosen) -> None:
    angkatan, calon = chosen
    settle(cast, angkatan)
    assert len(told()) == 1
    back(cast, angkatan)
    reject(by=cast.admin_provinsi, angkatan=angkatan, calon=[calon[3].pk], alasan="Akan pensiun")
    settle(cast, angkatan)
    assert len(told()) == 2
    back(cast, angkatan)
    Calon.objects.filter(pk=calon[3].pk).update(status="lengkap", alasan="")
    settle(cast, angkatan)
    assert len(told()) == 3
    withdraw(by=cast.admin_provinsi, angkatan=angkatan, calon=calon[0].pk, alasan="Sakit")
    assert len(told()) == 3  # what happens afterwards is read on the page


def test_a_result_that_is_taken_back_before_its_mail_left_is_not_told(cast: SimpleNamespace, chosen: Chosen) -> None:
    angkatan, _calon = chosen
    settle(cast, angkatan)
    back(cast, angkatan)
    assert told() == []
    settle(cast, angkatan)
    assert len(told()) == 1


def test_whose_invitation_was_taken_back_is_not_told(cast: SimpleNamespace, chosen: Chosen) -> None:
    angkatan, calon = chosen
    revoke(by=cast.admin_provinsi, undangan=calon[0].usulan.undangan)
    settle(cast, angkatan)
    assert (told(), PesanKeluar.objects.filter(templat="usulan_hasil").count()) == ([], 0)


def test_each_office_is_told_on_its_own(cast: SimpleNamespace, wilayah: World, chosen: Chosen) -> None:
    angkatan, _calon = chosen
    undangan_of(usulan_masuk(wilayah)[0], wilayah[DUA], terkirim=True)  # another cohort's
    Undangan.objects.filter(angkatan=angkatan, wilayah=wilayah[DUA]).delete()
    undangan_of(angkatan, wilayah[DUA], terkirim=True, surel="setda@dua.test")
    settle(cast, angkatan)
    assert sorted(told()) == [["setda@dua.test"], ["setda@satu.test"]]

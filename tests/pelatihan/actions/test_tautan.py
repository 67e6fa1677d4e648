"""One-time codes and links: used once, taken back, and nobody else's."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.actions.tautan import give_kode, link_perangkat, revoke_tautan
from pelatihan.models import Kelas, KodePerangkat
from pelatihan.queries.tautan import peserta_of_token, token_tautan
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah]) -> Kelas:
    return KelasFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]))


def test_a_code_works_once_however_it_is_typed(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas)
    kode = give_kode(by=cast.admin_kabupaten, kelas=kelas, peserta=[satu.pk])[satu.pk]
    assert link_perangkat(kode=f" {kode[:4].lower()}-{kode[4:]} ") == satu
    assert link_perangkat(kode=kode) is None


def test_a_new_code_ends_the_old_one_and_days_end_both(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas)
    first, second = (
        give_kode(by=cast.admin_kabupaten, kelas=kelas, peserta=[satu.pk])[satu.pk] for _ in range(2)
    )  # fmt: skip
    assert link_perangkat(kode=first) is None
    KodePerangkat.objects.update(berlaku_sampai=timezone.now() - datetime.timedelta(seconds=1))
    assert link_perangkat(kode=second) is None


@pytest.mark.parametrize("kode", ["", "x", "AAAAAAAAAAA", "0" * 11, "'; DROP TABLE"])
def test_a_wrong_code_opens_nothing(kelas: Kelas, kode: str) -> None:
    assert link_perangkat(kode=kode) is None


def test_codes_are_given_for_ones_own_class_alone(kelas: Kelas, cast: SimpleNamespace) -> None:
    mine = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas)
    elsewhere = PesertaFactory(angkatan=kelas.angkatan)
    kelas.petugas.set([cast.penyedia])
    assert set(give_kode(by=cast.penyedia, kelas=kelas, peserta=[mine.pk, elsewhere.pk])) == {mine.pk}
    with pytest.raises(PermissionDenied):
        give_kode(by=cast.camat_a, kelas=kelas, peserta=[mine.pk])


def test_no_code_can_be_read_again(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas)
    kode = give_kode(by=cast.admin_kabupaten, kelas=kelas, peserta=[satu.pk])[satu.pk]
    assert kode.encode() not in bytes(KodePerangkat.objects.get().tanda)


def test_a_link_opens_its_participation_until_it_is_taken_back(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas)
    token = token_tautan(satu)
    kode = give_kode(by=cast.admin_kabupaten, kelas=kelas, peserta=[satu.pk])[satu.pk]
    assert peserta_of_token(token) == satu
    assert peserta_of_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    with pytest.raises(PermissionDenied):
        revoke_tautan(by=cast.admin_kabupaten_lain, peserta=satu)
    revoke_tautan(by=cast.admin_kabupaten, peserta=satu)
    assert peserta_of_token(token) is None
    assert link_perangkat(kode=kode) is None

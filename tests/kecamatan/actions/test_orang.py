import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kecamatan.actions.orang import create_pengguna
from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah
from tests.factories import PenggunaFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def data(wilayah: dict[str, Wilayah]) -> dict[str, Any]:
    return {
        "nama": "Siti Aminah",
        "email": "Siti@uji.test",
        "peran": "camat",
        "wilayah": wilayah["11.01.01"],
        "mulai": datetime.date(2025, 1, 1),
    }


def test_a_person_gets_an_account_and_work(data: dict[str, Any]) -> None:
    pengguna = create_pengguna(**data, nip="198003122005011991", dasar="SK 800/1/2025", password="rahasia-sekali")
    assert (pengguna.orang.nama, pengguna.orang.nip, pengguna.email) == (
        "Siti Aminah", "198003122005011991", "siti@uji.test"
    )  # fmt: skip
    (penugasan,) = pengguna.penugasan_berlaku
    assert (str(penugasan), penugasan.mulai, penugasan.sampai, penugasan.dasar) == (
        "Camat Kecamatan Alfa", datetime.date(2025, 1, 1), None, "SK 800/1/2025"
    )  # fmt: skip
    assert pengguna.check_password("rahasia-sekali")


def test_nip_basis_and_password_may_come_later(data: dict[str, Any]) -> None:
    pengguna = create_pengguna(**data)
    assert pengguna.orang.nip is None
    assert pengguna.penugasan.get().dasar == ""
    assert not pengguna.has_usable_password()


@pytest.mark.parametrize("superuser", [True, False])
def test_a_superuser_only_where_asked_for(superuser: bool, data: dict[str, Any]) -> None:
    assert create_pengguna(**data, superuser=superuser).is_staff is superuser


@pytest.mark.parametrize("wrong", [{"nip": "123"}, {"email": "ada@uji.test"}, {"wilayah": None}])
def test_nothing_is_left_of_an_account_that_failed(wrong: dict[str, Any], data: dict[str, Any]) -> None:
    PenggunaFactory(email="ada@uji.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        create_pengguna(**data | wrong)
    assert [model.objects.count() for model in (Orang, Pengguna, Penugasan)] == [1, 1, 0]

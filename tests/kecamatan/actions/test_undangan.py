"""Accounts: invited, corrected, invited again, closed and opened; each inside the giver's region only."""

import datetime
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.actions import orang as actions
from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah
from kecamatan.models.data_orang import DataOrang, DataTugas
from tests.assertions import row_counts, sent_mail
from tests.factories import OrangFactory, PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
ALFA = "11.01.01"
SITI = DataOrang(
    "Siti Aminah", "Siti@uji.test", "198003122005012991", gelar_belakang="S.STP.", telepon="+6281234567890"
)


@pytest.fixture
def tugas(wilayah: dict[str, Wilayah]) -> DataTugas:
    return DataTugas("operator_kecamatan", wilayah[ALFA], datetime.date(2026, 1, 1), dasar="SK 800/1")


def invite(by: Pengguna, orang: DataOrang, tugas: DataTugas) -> Penugasan:
    return actions.invite(by=by, orang=orang, tugas=tugas)


def refused(by: Pengguna, orang: DataOrang, tugas: DataTugas) -> dict[str, list[str]]:
    """Objections by field, after which nothing is there that was not there before."""
    before = row_counts()
    with pytest.raises(ValidationError) as error:
        invite(by, orang, tugas)
    assert row_counts() == before
    assert sent_mail() == []
    return error.value.message_dict if hasattr(error.value, "error_dict") else {"": error.value.messages}


# Refused


@pytest.mark.parametrize("name", ["camat_a", "operator_kecamatan_a", "admin_kabupaten_lain", "sekretariat_bersama"])
def test_outside_the_givers_scope_nothing_is_given(name: str, cast: SimpleNamespace, tugas: DataTugas) -> None:
    (message,) = refused(getattr(cast, name), SITI, tugas)["wilayah"]
    assert message.startswith("Anda tidak berwenang menugaskan Operator Kecamatan di Kecamatan Alfa.")


def test_a_role_has_its_level(cast: SimpleNamespace, tugas: DataTugas, wilayah: dict[str, Wilayah]) -> None:
    (message,) = refused(cast.admin_kabupaten, SITI, replace(tugas, wilayah=wilayah["11.01"]))["wilayah"]
    assert message == "Operator Kecamatan ditugaskan pada tingkat kecamatan, bukan kabupaten."


def test_an_email_address_of_somebody_else_is_no_way_into_their_account(
    cast: SimpleNamespace, tugas: DataTugas
) -> None:
    cast.camat_b.orang.nip = "197502182000031994"
    cast.camat_b.orang.save()
    assert (
        "milik akun dengan NIP lain"
        in refused(cast.admin_kabupaten, replace(SITI, surel="camat_b@uji.test"), tugas)["surel"][0]
    )
    same_nip = replace(SITI, nip="197502182000031994")
    assert "Tulis surel akun itu." in refused(cast.admin_kabupaten, same_nip, tugas)["nip"][0]


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [("surel", "bukan surel", "email"), ("nip", "198003122005013991", "nip"), ("nama", "", "nama"),
     ("nama", "x" * 151, "nama")],
)  # fmt: skip
def test_wrong_data_are_named_by_field(
    field: str, value: str, key: str, cast: SimpleNamespace, tugas: DataTugas
) -> None:
    assert key in refused(cast.admin_kabupaten, replace(SITI, **{field: value}), tugas)


def test_a_disabled_account_gets_no_work(cast: SimpleNamespace, tugas: DataTugas) -> None:
    PenggunaFactory(email="siti@uji.test", orang__nip=SITI.nip, is_active=False)
    assert "Aktifkan dahulu" in refused(cast.admin_kabupaten, SITI, tugas)["surel"][0]


# Invited


def test_a_new_person_gets_account_work_and_one_letter(cast: SimpleNamespace, tugas: DataTugas) -> None:
    penugasan = invite(cast.admin_kabupaten, SITI, tugas)
    assert mail.outbox == []  # nothing leaves before the data are safe
    pengguna = penugasan.pengguna
    assert (pengguna.email, pengguna.orang.nama_lengkap) == ("siti@uji.test", "Siti Aminah, S.STP.")
    assert (pengguna.orang.nip, pengguna.orang.telepon) == (SITI.nip, SITI.telepon)
    assert (str(penugasan), penugasan.dasar) == ("Operator Kecamatan Alfa", "SK 800/1")
    assert pengguna.is_waiting
    assert pengguna.diundang_pada
    assert [letter.to for letter in sent_mail()] == [["siti@uji.test"]]


def test_a_person_with_an_account_only_gets_the_work(cast: SimpleNamespace, tugas: DataTugas) -> None:
    """Mutasi from another kabupaten: the account and its data stay, no second invitation."""
    siti = PenggunaFactory(email="siti@uji.test", orang__nama="Siti A.", orang__nip=SITI.nip)
    penugasan = invite(cast.admin_kabupaten, SITI, tugas)
    assert penugasan.pengguna == siti
    assert Orang.objects.get(pk=siti.orang_id).nama == "Siti A."
    assert sent_mail() == []


def test_a_known_person_without_an_account_gets_one(cast: SimpleNamespace, tugas: DataTugas) -> None:
    siti = OrangFactory(nama="Siti A.", nip=SITI.nip)
    assert invite(cast.admin_kabupaten, SITI, tugas).pengguna.orang == siti


def test_people_without_nip_are_different_people(cast: SimpleNamespace, tugas: DataTugas) -> None:
    one = invite(cast.admin_kabupaten, replace(SITI, nip=None), tugas)
    other = invite(cast.admin_kabupaten, replace(SITI, nip=None, surel="lain@uji.test"), tugas)
    assert one.pengguna.orang != other.pengguna.orang


# Corrected


def test_everybody_corrects_their_own_profile_but_not_nip_or_email(cast: SimpleNamespace) -> None:
    actions.update_orang(by=cast.camat_a, pengguna=cast.camat_a, data=SITI)
    camat = Pengguna.objects.get(pk=cast.camat_a.pk)
    assert (camat.orang.nama, camat.orang.telepon) == ("Siti Aminah", "+6281234567890")
    assert (camat.orang.nip, camat.email) == (None, "camat_a@uji.test")


@pytest.mark.parametrize("name", ["camat_b", "operator_kecamatan_a", "admin_kabupaten_lain", "sekretariat_bersama"])
def test_nobody_else_corrects_it(name: str, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        actions.update_orang(by=getattr(cast, name), pengguna=cast.camat_a, data=SITI)


def test_a_manager_corrects_the_nip_and_an_address_nobody_has_used_yet(cast: SimpleNamespace, tugas: DataTugas) -> None:
    siti = invite(cast.admin_kabupaten, replace(SITI, surel="salah@uji.test"), tugas).pengguna
    sent_mail().clear()
    old = siti.password
    actions.update_orang(by=cast.admin_kabupaten, pengguna=siti, data=replace(SITI, nip="198003122005011991"))
    siti.refresh_from_db()
    assert (siti.email, siti.orang.nip) == ("siti@uji.test", "198003122005011991")
    assert siti.password != old
    assert [letter.to for letter in sent_mail()] == [["siti@uji.test"]]


def test_an_address_in_use_stays_the_door_it_is(cast: SimpleNamespace) -> None:
    actions.update_orang(by=cast.admin_kabupaten, pengguna=cast.camat_a, data=SITI)
    assert Pengguna.objects.get(pk=cast.camat_a.pk).email == "camat_a@uji.test"


def test_a_nip_belongs_to_one_person(cast: SimpleNamespace) -> None:
    OrangFactory(nip=SITI.nip)
    with pytest.raises(ValidationError) as error:
        actions.update_orang(by=cast.admin_kabupaten, pengguna=cast.camat_a, data=SITI)
    assert set(error.value.message_dict) == {"nip"}


# Invited again, closed, opened


def test_a_new_invitation_needs_somebody_who_waits(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="tidak menunggu undangan"):
        actions.resend_undangan(by=cast.admin_kabupaten, pengguna=cast.camat_a)
    cast.camat_a.set_unusable_password()
    cast.camat_a.is_active = False
    with pytest.raises(ValidationError, match="tidak menunggu undangan"):
        actions.resend_undangan(by=cast.admin_kabupaten, pengguna=cast.camat_a)


def test_who_came_in_without_a_password_no_longer_waits(cast: SimpleNamespace) -> None:
    """Through the login of another office: a new address or link would hand the account to somebody else."""
    cast.camat_a.set_unusable_password()
    cast.camat_a.last_login = timezone.now()
    with pytest.raises(ValidationError, match="tidak menunggu undangan"):
        actions.resend_undangan(by=cast.admin_kabupaten, pengguna=cast.camat_a)


def test_an_account_is_closed_and_opened_again(cast: SimpleNamespace) -> None:
    password = cast.camat_a.password
    actions.disable_pengguna(by=cast.admin_kabupaten, pengguna=cast.camat_a)
    assert not Pengguna.objects.get(pk=cast.camat_a.pk).penugasan_berlaku
    actions.enable_pengguna(by=cast.admin_kabupaten, pengguna=cast.camat_a)
    camat = Pengguna.objects.get(pk=cast.camat_a.pk)
    assert camat.is_active
    assert camat.penugasan_berlaku
    assert camat.password == password


def test_closing_an_account_that_waits_ends_its_invitation(cast: SimpleNamespace, tugas: DataTugas) -> None:
    siti = invite(cast.admin_kabupaten, SITI, tugas).pengguna
    before = siti.password
    actions.disable_pengguna(by=cast.admin_kabupaten, pengguna=siti)
    assert Pengguna.objects.get(pk=siti.pk).password != before


@pytest.mark.parametrize("name", ["admin_kabupaten_lain", "camat_b", "operator_kecamatan_a", "camat_a"])
@pytest.mark.parametrize("action", [actions.disable_pengguna, actions.enable_pengguna, actions.resend_undangan])
def test_only_who_manages_an_account_touches_it(action: Any, name: str, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        action(by=getattr(cast, name), pengguna=cast.camat_a)


def test_who_also_works_elsewhere_is_not_closed_from_here(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02.01"])
    with pytest.raises(PermissionDenied):
        actions.disable_pengguna(by=cast.admin_kabupaten, pengguna=cast.camat_a)

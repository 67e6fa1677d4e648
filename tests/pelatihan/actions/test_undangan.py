"""Quotas, invitations and the one-time code."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.models import Notifikasi, PesanKeluar
from pelatihan.actions.kuota import fill_kuota, save_kuota
from pelatihan.actions.undangan import invite, redeem_kode, request_kode, resend, revoke
from pelatihan.models import KodeUndangan, Kuota, Undangan
from tests.assertions import sent_mail
from tests.factories import PesertaFactory
from tests.pelatihan.dunia_usulan import DUA, SATU, World, angkatan_tot, undangan_of


pytestmark = pytest.mark.django_db


def test_one_number_fills_every_kabupaten_and_office(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    assert fill_kuota(by=cast.admin_provinsi, angkatan=angkatan, jumlah=3, cadangan=2) == 4
    assert set(Kuota.objects.values_list("jumlah", "cadangan")) == {(3, 2)}


def test_a_quota_never_falls_below_the_people_who_have_a_place(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    PesertaFactory(angkatan=angkatan, wilayah=wilayah["11.01.01"])  # works in a kecamatan of the kabupaten
    with pytest.raises(ValidationError, match=r"Kabupaten Satu, Bappeda: sudah ada 1 peserta"):
        save_kuota(by=cast.admin_provinsi, angkatan=angkatan, isi={(wilayah[SATU].pk, "bappeda"): (0, 0)})
    assert Kuota.objects.get(wilayah=wilayah[SATU], unsur="bappeda").jumlah == 2


@pytest.mark.parametrize("key", [("99.01", "bappeda"), (SATU, "camat")])
def test_quotas_are_for_the_cohorts_own_kabupaten_and_offices(
    cast: SimpleNamespace, wilayah: World, key: tuple[str, str]
) -> None:
    angkatan = angkatan_tot(wilayah)
    with pytest.raises(ValidationError, match="Kuota hanya untuk"):
        save_kuota(by=cast.admin_provinsi, angkatan=angkatan, isi={(wilayah[key[0]].pk, key[1]): (1, 0)})


def test_quotas_of_others_and_of_closed_cohorts_are_left_alone(cast: SimpleNamespace, wilayah: World) -> None:
    with pytest.raises(PermissionDenied):
        fill_kuota(by=cast.admin_kabupaten, angkatan=angkatan_tot(wilayah), jumlah=1, cadangan=0)
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        fill_kuota(by=cast.admin_provinsi, angkatan=angkatan_tot(wilayah, "ditutup"), jumlah=1, cadangan=0)


def invited(cast: SimpleNamespace, wilayah: World, surel: str = "setda@satu.test") -> Undangan:
    angkatan = angkatan_tot(wilayah)
    assert invite(by=cast.admin_provinsi, angkatan=angkatan, surel={wilayah[SATU].pk: surel, wilayah[DUA].pk: ""}) == 1
    return Undangan.objects.get()


def test_the_office_gets_the_link_and_the_sekda_with_an_account_is_told(cast: SimpleNamespace, wilayah: World) -> None:
    undangan = invited(cast, wilayah)
    first = sent_mail()[0]
    assert first.to == ["setda@satu.test"]
    assert "/usul/t/" in first.body
    assert "Yth. Sekretaris Daerah Kabupaten Satu," in first.body
    assert list(Notifikasi.objects.values_list("kepada", "url")) == [(cast.sekda.pk, f"/usul/{undangan.pk}/")]
    assert "setda" not in str(PesanKeluar.objects.filter(kepada=None).values())


def test_the_same_address_is_not_invited_twice_and_another_one_closes_the_old_link(
    cast: SimpleNamespace, wilayah: World
) -> None:
    undangan = invited(cast, wilayah)
    again = {wilayah[SATU].pk: "SETDA@satu.test"}
    assert invite(by=cast.admin_provinsi, angkatan=undangan.angkatan, surel=again) == 0
    other = {wilayah[SATU].pk: "bkpsdm@satu.test"}
    assert invite(by=cast.admin_provinsi, angkatan=undangan.angkatan, surel=other) == 1
    assert Undangan.objects.get().versi == undangan.versi + 1


def test_whoever_has_no_quota_is_not_invited(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    Kuota.objects.filter(wilayah=wilayah[DUA]).update(jumlah=0)
    with pytest.raises(ValidationError, match="Isi kuota"):
        invite(by=cast.admin_provinsi, angkatan=angkatan, surel={wilayah[DUA].pk: "a@b.test"})
    with pytest.raises(ValidationError, match="sebelum seleksi"):
        invite(by=cast.admin_provinsi, angkatan=angkatan_tot(wilayah, "seleksi"), surel={})


def test_an_invitation_taken_back_is_not_sent_again_but_can_be_given_anew(
    cast: SimpleNamespace, wilayah: World
) -> None:
    undangan = invited(cast, wilayah)
    resend(by=cast.admin_provinsi, undangan=undangan)
    revoke(by=cast.admin_provinsi, undangan=undangan)
    undangan.refresh_from_db()
    assert undangan.dicabut_pada
    assert [mail.to for mail in sent_mail()] == [["sekda@uji.test"]]  # those to the office find no address any more
    with pytest.raises(ValidationError, match="sudah dicabut"):
        resend(by=cast.admin_provinsi, undangan=undangan)
    again = {wilayah[SATU].pk: undangan.surel}
    assert invite(by=cast.admin_provinsi, angkatan=undangan.angkatan, surel=again) == 1
    with pytest.raises(PermissionDenied):
        revoke(by=cast.admin_kabupaten, undangan=undangan)


def asked(undangan: Undangan, siapa: str = "192.0.2.1") -> str:
    """A code, as it arrives."""
    request_kode(undangan=undangan, siapa=siapa)
    found = re.search(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", sent_mail()[-1].body, re.MULTILINE)
    assert found
    return found[0]


def test_a_code_opens_once_and_however_it_is_typed(wilayah: World) -> None:
    undangan = undangan_of(angkatan_tot(wilayah), wilayah[SATU])
    kode = asked(undangan)
    assert not redeem_kode(undangan=undangan, typed="0000-0000", siapa="a")
    assert redeem_kode(undangan=undangan, typed=f" {kode.lower()} ", siapa="a")
    assert not redeem_kode(undangan=undangan, typed=kode, siapa="a")
    assert kode.replace("-", "") not in str(PesanKeluar.objects.values())


def test_the_code_of_another_kabupaten_opens_nothing(wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    one, two = undangan_of(angkatan, wilayah[SATU]), undangan_of(angkatan, wilayah[DUA])
    kode = asked(one)
    asked(two)
    assert not redeem_kode(undangan=two, typed=kode, siapa="a")


def test_after_fifteen_minutes_or_five_guesses_a_code_is_worth_nothing(wilayah: World) -> None:
    undangan = undangan_of(angkatan_tot(wilayah), wilayah[SATU])
    kode = asked(undangan)
    KodeUndangan.objects.update(berlaku_sampai=timezone.now() - datetime.timedelta(seconds=1))
    assert not redeem_kode(undangan=undangan, typed=kode, siapa="a")
    kode = asked(undangan)
    for _guess in range(5):
        assert not redeem_kode(undangan=undangan, typed="00000000", siapa="a")
    assert not redeem_kode(undangan=undangan, typed=kode, siapa="a")


def test_a_new_code_replaces_the_one_before(wilayah: World) -> None:
    undangan = undangan_of(angkatan_tot(wilayah), wilayah[SATU])
    old, new = asked(undangan), asked(undangan)
    assert not redeem_kode(undangan=undangan, typed=old, siapa="a")
    assert redeem_kode(undangan=undangan, typed=new, siapa="a")


def test_codes_are_not_asked_for_without_end_and_guesses_of_one_address_end(wilayah: World) -> None:
    undangan = undangan_of(angkatan_tot(wilayah), wilayah[SATU])
    for _time in range(5):
        kode = asked(undangan)
    with pytest.raises(ValidationError, match="satu jam lagi"):
        request_kode(undangan=undangan, siapa="192.0.2.9")
    for _guess in range(30):
        redeem_kode(undangan=undangan, typed="salah", siapa="b")
        KodeUndangan.objects.all().update(salah=0)
    assert not redeem_kode(undangan=undangan, typed=kode, siapa="b")
    assert redeem_kode(undangan=undangan, typed=kode, siapa="c")

"""Mails to people without an account: the outbox holds a pointer, the address is found when the mail is sent."""

from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from kecamatan.actions.notifikasi import send_surel
from kecamatan.actions.pesan import relay, resend
from kecamatan.models import Notifikasi, PesanKeluar, Wilayah
from tests.assertions import visible_text
from tests.factories import PesanKeluarFactory


pytestmark = pytest.mark.django_db
ADDRESSES: dict[str, str] = {}


def address_of(pesan: PesanKeluar) -> str:
    return ADDRESSES[pesan.konteks["siapa"]]


@pytest.fixture(autouse=True)
def outside(settings: LazySettings) -> None:
    """`sandi` goes to whoever stands in ADDRESSES."""
    settings.SUREL_ALAMAT = {"sandi": f"{__name__}.address_of"}
    settings.SUREL_KONTEKS = {}
    ADDRESSES.clear()


def send(siapa: str, kunci: str = "") -> None:
    send_surel(kepada=None, templat="sandi", konteks={"siapa": siapa}, kunci=kunci)


def test_the_address_is_found_when_it_is_sent_and_stored_nowhere() -> None:
    send("siti")
    ADDRESSES["siti"] = "siti@warga.test"
    assert relay() == {"terkirim": 1}
    assert mail.outbox[0].to == ["siti@warga.test"]
    assert "warga.test" not in str(PesanKeluar.objects.values().get())


def test_where_no_address_is_left_the_mail_is_dropped() -> None:
    send("siti")
    ADDRESSES["siti"] = ""
    assert relay() == {"batal": 1}
    assert (PesanKeluar.objects.get().status, mail.outbox) == ("batal", [])


def test_the_same_is_written_once(cast: SimpleNamespace) -> None:
    for siapa in ("siti", "siti", "ani"):
        send(siapa, kunci=f"undangan:{siapa}")
    send("siti")
    send("siti")
    assert PesanKeluar.objects.count() == 4


def test_a_mail_to_nobody_in_particular_is_refused() -> None:
    with pytest.raises(KeyError):
        send_surel(kepada=None, templat="undangan")


def test_an_address_that_cannot_be_found_out_holds_up_no_other() -> None:
    ADDRESSES["ani"] = "ani@warga.test"
    send("siti")
    send("ani")
    assert relay() == {"ditunda": 1, "terkirim": 1}
    failed = PesanKeluar.objects.get(status="menunggu")
    assert failed.gagal_terakhir == "isi surel tidak dapat disusun (KeyError)"


def test_given_up_it_stands_in_the_outbox_of_the_nation_and_alarms_nobody(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], client: Client
) -> None:
    PesanKeluarFactory(kepada=None, templat="sandi", konteks={"siapa": "?"}, percobaan=9, gagal_terakhir="?")
    assert relay() == {"gagal": 1}
    assert not Notifikasi.objects.exists()
    client.force_login(cast.admin_pusat)
    text = visible_text(client.get("/wilayah/0/pesan/"))
    assert "Pelapor, tanpa akun" in text
    assert "None" not in text
    client.force_login(cast.admin_kabupaten)
    assert "Tidak ada surel yang gagal" in visible_text(client.get("/wilayah/11.01/pesan/"))
    assert resend(by=cast.admin_pusat, wilayah=wilayah["0"]) == 1

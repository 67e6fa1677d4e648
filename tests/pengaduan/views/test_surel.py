"""The link that confirms an address: mail programs that open it change nothing, and it tells strangers nothing."""

import re

import pytest
from django.core import mail
from django.test import Client

from kecamatan.actions.pesan import relay
from kecamatan.models import Wilayah
from pengaduan.models import KontakPelapor
from tests.assertions import visible_text
from tests.pengaduan.dunia import A1, lapor
from tests.pengaduan.views.test_lapor import ALAMAT, form


pytestmark = pytest.mark.django_db
SITI = {"identitas": "anonim", "surel": "siti@warga.test"}


@pytest.fixture
def link(wilayah: dict[str, Wilayah]) -> str:
    """The address that the mail names."""
    lapor(wilayah[A1], **SITI)
    relay()
    body = next(str(one.body) for one in mail.outbox if one.to == [SITI["surel"]])
    return re.findall(r"http://\S+?(/lapor/konfirmasi/\S+)", body)[0]


def is_confirmed() -> bool:
    return KontakPelapor.objects.get().surel_dikonfirmasi_pada is not None


def test_opening_the_link_asks_and_sending_confirms(client: Client, link: str) -> None:
    for method in (client.get, client.head):
        assert method(link).status_code == 200
    assert "Apakah ini surel Anda?" in visible_text(client.get(link))
    assert not is_confirmed()
    answer = client.post(link)
    assert "Surel Anda sudah dikonfirmasi" in visible_text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert is_confirmed()


def test_used_and_made_up_links_read_alike(client: Client, link: str) -> None:
    client.post(link)
    answers = [client.get(link), client.post(link), client.get("/lapor/konfirmasi/karangan/")]
    assert {answer.status_code for answer in answers} == {404}
    assert {visible_text(answer) for answer in answers} == {visible_text(answers[0])}
    assert "Tautan ini tidak berlaku lagi" in visible_text(answers[0])


def test_the_receipt_says_that_a_mail_was_sent(client: Client, wilayah: dict[str, Wilayah]) -> None:
    words = "Kami mengirim surel ke alamat Anda"
    assert words in visible_text(client.post(ALAMAT, form(wilayah, **SITI)))
    assert words not in visible_text(client.post(ALAMAT, form(wilayah, **SITI, bukti="")))  # nobody looked at it yet
    assert words not in visible_text(client.post(ALAMAT, form(wilayah)))

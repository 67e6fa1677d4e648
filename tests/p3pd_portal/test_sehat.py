import datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from tests.factories import PengaduanFactory, PesanKeluarFactory


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers(client: Client) -> None:
    assert client.get("/sehat/siap/").content == b"siap\n"


@pytest.mark.django_db
def test_it_is_not_ready_when_the_database_does_not(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("putus")

    with connection.execute_wrapper(refuse):
        assert client.get("/sehat/siap/").status_code == 503


def test_it_lives_without_a_database(client: Client) -> None:
    """No query: the fixture for the database is not asked for."""
    assert client.get("/sehat/").content == b"hidup\n"


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status", "text"), [(4, 200, b"lancar\n"), (6, 503, b"tertahan\n")])
def test_a_mail_that_waits_longer_than_five_minutes_is_an_alarm(
    minutes: int, status: int, text: bytes, client: Client
) -> None:
    PesanKeluarFactory(coba_lagi_pada=timezone.now() - datetime.timedelta(minutes=minutes))
    answer = client.get("/sehat/antrean/")
    assert (answer.status_code, answer.content) == (status, text)
    assert client.get("/sehat/siap/").status_code == 200


@pytest.mark.django_db
def test_an_empty_outbox_flows(client: Client) -> None:
    assert client.get("/sehat/antrean/").content == b"lancar\n"


@pytest.mark.django_db
def test_an_attachment_that_waits_for_the_scanner_longer_than_an_hour_is_an_alarm(
    client: Client, acuan: None, wilayah: dict[str, Wilayah]
) -> None:
    assert client.get("/sehat/lampiran/").content == b"terperiksa\n"
    long_ago = timezone.now() - datetime.timedelta(minutes=61)
    satu = PengaduanFactory(wilayah=wilayah["11.01.01.2001"], lengkap=True, diterima_pada=long_ago)
    satu.lampiran.update(status="karantina")
    answer = client.get("/sehat/lampiran/")
    assert (answer.status_code, answer.content) == (503, b"tertahan\n")

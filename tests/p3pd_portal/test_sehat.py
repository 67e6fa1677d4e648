import pytest
from django.db import OperationalError, connection
from django.test import Client


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

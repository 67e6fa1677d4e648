"""What reaches the portal before any view of it."""

import pytest
from django.test import RequestFactory

from p3pd_portal.wsgi import Permintaan, application


@pytest.mark.parametrize("charset", ["rot13", "base64", "tidak-ada", "utf-16", "utf-8"])
def test_no_encoding_that_a_request_names_makes_it_fail(charset: str) -> None:
    environ = RequestFactory().get("/?q=a").environ | {"CONTENT_TYPE": f"text/plain; charset={charset}"}
    assert application.request_class is Permintaan
    assert Permintaan(environ).GET

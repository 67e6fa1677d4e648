"""What every answer carries, whatever the page."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client, override_settings
from django.urls import path

from kecamatan.models import Wilayah
from p3pd_portal.urls import urlpatterns as portal_urls
from tests import totp
from tests.assertions import content, visible_text


pytestmark = pytest.mark.django_db
PAGES = ("/", "/masuk/", "/bantuan/", "/cari/?q=a", "/wilayah/", "/wilayah/77/", "/wilayah/11.01.01/belanja/impor/")


def broken(request: object) -> None:
    raise RuntimeError("rusak")


urlpatterns = [path("rusak/", broken), *portal_urls]
broken.login_required = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("url", PAGES)
def test_every_page_has_a_strict_policy(url: str, wilayah: dict[str, Wilayah], client: Client) -> None:
    headers = client.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https:", "")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_only_pages_with_a_chart_allow_the_empty_style_of_plotly(wilayah: dict[str, Wilayah], client: Client) -> None:
    assert "sha256-" in client.get("/wilayah/11.01.01/").headers["Content-Security-Policy"]
    assert "sha256-" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", PAGES)
def test_no_page_asks_another_host(url: str, wilayah: dict[str, Wilayah], client: Client) -> None:
    page = content(client.get(url, follow=True))
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//(?!wa\.me/\?text=)', page) == []
    assert len(re.findall("//wa.me/", page)) == len(re.findall('<a href="https://wa.me/', page))  # for a tap only


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_is_told_in_indonesian_without_detail(wilayah: dict[str, Wilayah]) -> None:
    answer = Client(raise_request_exception=False).get("/rusak/")
    assert answer.status_code == 500
    assert "Portal sedang terganggu" in visible_text(answer)
    assert "RuntimeError" not in content(answer)


def test_a_stale_form_is_told_in_indonesian(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.operator_kecamatan_a)
    answer = client.post("/wilayah/11.01.01/belanja/impor/")
    assert answer.status_code == 403
    assert "Formulir kedaluwarsa" in visible_text(answer)


def test_somebody_in_the_wrong_role_is_told_so(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.camat_a)
    answer = client.get("/wilayah/11.01.01/belanja/impor/")
    assert answer.status_code == 403
    assert "Peran Anda di wilayah ini tidak mencakup pekerjaan itu." in visible_text(answer)


def test_a_forged_host_is_refused(wilayah: dict[str, Wilayah], client: Client) -> None:
    assert client.get("/", headers={"host": "penipu.test"}).status_code == 400


@pytest.mark.parametrize("target", ["https://penipu.test/", "//penipu.test", "/\\penipu.test", "javascript:alert(1)"])
def test_login_sends_nobody_to_another_host(target: str, cast: SimpleNamespace, client: Client) -> None:
    client.post(f"/masuk/?next={target}", {"login": "camat_a@uji.test", "password": "rahasia-sekali", "next": target})
    assert client.post("/masuk/kode/", {"code": totp.code()}).url == "/mulai/"

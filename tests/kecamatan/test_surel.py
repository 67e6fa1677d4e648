"""An invitation, from the letter to the login."""

import re
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.test import Client

from kecamatan.actions.notifikasi import send_surel
from kecamatan.actions.orang import disable_pengguna, resend_undangan
from kecamatan.models import Pengguna, PesanKeluar, Wilayah
from kecamatan.queries.surel import sandi_url
from tests.assertions import content, sent_mail, visible_text
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
PASSWORD = "kuda-hijau-baterai-benar"


@pytest.fixture
def siti(wilayah: dict[str, Wilayah]) -> Pengguna:
    """Somebody who was invited and has no password yet."""
    siti = PenggunaFactory(email="siti@uji.test", password=None, orang__nama="O'Brien <Siti>", langkah_kedua=False)
    PenugasanFactory(pengguna=siti, wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    return siti


def path(pengguna: Pengguna) -> str:
    return re.sub(r"^https?://[^/]+", "", sandi_url(pengguna))


def choose(client: Client, link: str, password: str = PASSWORD) -> tuple[str, str]:
    """Open a link and choose a password: where that leads, and what it shows."""
    opened = client.get(link, follow=True)
    if not opened.redirect_chain:
        return link, visible_text(opened)
    form = opened.redirect_chain[-1][0]
    answer = client.post(form, {"password1": password, "password2": password}, follow=True)
    return (answer.redirect_chain[-1][0] if answer.redirect_chain else form), visible_text(answer)


def test_the_letter_holds_a_link_and_no_password(siti: Pengguna, settings: LazySettings) -> None:
    settings.SITE_URL = "https://portal.uji.test"
    send_surel(kepada=siti, templat="undangan")
    (letter,) = sent_mail()
    assert letter.subject == "[Dashboard Kecamatan] Undangan ke Dashboard Kecamatan"
    assert letter.to == ["siti@uji.test"]
    assert "Yth. O'Brien <Siti>," in letter.body  # a letter is no HTML
    assert "berlaku 3 hari dan sekali pakai" in letter.body
    assert re.findall(r"https://\S+", letter.body)[0].startswith("https://portal.uji.test/sandi/atur/")


def test_the_key_is_made_when_the_letter_leaves(siti: Pengguna, client: Client) -> None:
    """What waits in the outbox opens nothing."""
    send_surel(kepada=siti, templat="undangan")
    assert PesanKeluar.objects.get().konteks == {}
    (letter,) = sent_mail()
    link = re.findall(r"/sandi/atur/\S+", letter.body)[0]
    assert choose(client, link)[0] == "/sandi/atur/selesai/"


def test_the_link_leads_to_a_password_and_that_to_the_login(siti: Pengguna, client: Client) -> None:
    where, text = choose(client, path(siti))
    assert where == "/sandi/atur/selesai/"
    assert "Kata sandi baru sudah berlaku." in text
    answer = client.post("/masuk/", {"login": "siti@uji.test", "password": PASSWORD})
    assert answer.headers["Location"] == "/mulai/"


def test_the_key_does_not_stay_in_the_address(siti: Pengguna, client: Client) -> None:
    link = path(siti)
    form = client.get(link).headers["Location"]
    assert form.endswith("-set-password/")
    assert link.split("-", 1)[1] not in content(client.get(form))


def test_a_link_works_once(siti: Pengguna, client: Client) -> None:
    link = path(siti)
    choose(client, link)
    assert "Tautan ini sudah dipakai atau sudah kedaluwarsa." in choose(Client(), link)[1]


def test_a_link_expires(siti: Pengguna, client: Client, settings: LazySettings) -> None:
    link = path(siti)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Minta tautan baru." in choose(client, link)[1]


@pytest.mark.parametrize("key", ["1-salah-tautan", "zzzzzz-x-y", "1-set-password"])
def test_a_made_up_link_opens_nothing(key: str, siti: Pengguna, client: Client) -> None:
    assert "Tautan ini sudah dipakai atau sudah kedaluwarsa." in visible_text(client.get(f"/sandi/atur/{key}/"))


@pytest.mark.parametrize("act", [resend_undangan, disable_pengguna])
def test_inviting_again_or_closing_the_account_ends_earlier_links(
    act: object, siti: Pengguna, cast: SimpleNamespace, client: Client
) -> None:
    link = path(siti)
    act(by=cast.admin_kabupaten, pengguna=siti)
    assert "Tautan ini sudah dipakai atau sudah kedaluwarsa." in choose(client, link)[1]


@pytest.mark.parametrize("weak", ["pendek", "password1234", "qwertyuiop12"])
def test_a_weak_password_is_refused_where_it_is_chosen(weak: str, siti: Pengguna, client: Client) -> None:
    where, text = choose(client, path(siti), weak)
    assert where.endswith("-set-password/")
    assert re.search("terlalu (pendek|umum)", text)
    assert not Pengguna.objects.get(pk=siti.pk).has_usable_password()


def test_reading_the_pages_writes_no_account(siti: Pengguna, client: Client) -> None:
    link, before = path(siti), Pengguna.objects.values().get(pk=siti.pk)
    client.get(link, follow=True)
    assert Pengguna.objects.values().get(pk=siti.pk) == before

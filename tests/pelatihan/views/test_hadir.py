"""A participant's telephone: a code on the screen, one tap; and what is refused."""

import time
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core import signing
from django.test import Client

from kecamatan.models import Wilayah
from p3pd_portal.lib import presensi as kode
from pelatihan.models import Peserta, Presensi, Sesi
from pelatihan.queries.presensi import tiket
from pelatihan.queries.tautan import token_tautan
from tests.factories import PesertaFactory, PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


@pytest.fixture
def sesi(wilayah: dict[str, Wilayah]) -> Sesi:
    return sesi_kini(kelas_kini(wilayah), judul="Kepemimpinan")


@pytest.fixture
def peserta(sesi: Sesi, client: Client) -> Peserta:
    """Somebody whose telephone, `client`, is linked."""
    satu = peserta_kini(sesi.kelas, orang__nama="Siti Aminah", orang__gelar_depan="Dr.")
    client.get(f"/ikut/t/{token_tautan(satu)}/")
    return satu


def pindai(sesi: Sesi, ago: float = 0) -> str:
    """The address of the code that was on the screen some seconds ago."""
    return f"/ikut/h/{sesi.pk}/{kode.token(bytes(sesi.kunci), time.time() - ago)}/"


def angka(sesi: Sesi, ago: float = 0) -> str:
    return kode.kode(bytes(sesi.kunci), time.time() - ago)


def tap(client: Client, url: str) -> str:
    """Open the address and press the button; the page it leads to."""
    page = client.get(url)
    (opened,) = [form[1] for form in page.context["peserta"]]
    return client.post(url, {"tiket": opened}, follow=True).text


def test_a_scan_shows_the_name_and_one_tap_records(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    page = client.get(pindai(sesi))
    assert "Dr. Siti Aminah" in page.text
    assert not Presensi.objects.exists()
    assert "Tercatat: hadir" in tap(client, pindai(sesi))
    satu = Presensi.objects.get()
    assert (satu.peserta, satu.sesi, satu.cara) == (peserta, sesi, "qr")


def test_a_second_tap_is_friendly_and_records_nothing_new(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    tap(client, pindai(sesi))
    assert "Anda sudah tercatat hadir" in tap(client, pindai(sesi))
    assert Presensi.objects.count() == 1


@pytest.mark.parametrize("ago", [90, 91, 3600])
def test_a_photographed_code_is_refused(client: Client, peserta: Peserta, sesi: Sesi, ago: float) -> None:
    answer = client.get(pindai(sesi, ago))
    assert answer.status_code == 410
    assert "Kode ini sudah berganti." in answer.text


def test_a_code_of_a_minute_ago_is_taken(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    assert client.get(pindai(sesi, 59)).status_code == 200


def test_the_code_of_another_session_is_refused(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    other = sesi_kini(sesi.kelas, -20)
    url = pindai(sesi).replace(f"/h/{sesi.pk}/", f"/h/{other.pk}/")
    assert client.get(url).status_code == 410


def test_a_button_pressed_too_late_is_refused(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    opened, now = tiket(peserta, sesi.pk), time.time()
    with patch.object(signing.time, "time", lambda: now + 62):
        answer = client.post(pindai(sesi), {"tiket": opened})
    assert answer.status_code == 422
    assert not Presensi.objects.exists()


def test_a_slow_network_has_a_minute(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    opened, now = tiket(peserta, sesi.pk), time.time()
    with patch.object(signing.time, "time", lambda: now + 58):
        assert client.post(pindai(sesi, 140), {"tiket": opened}).status_code == 302
    assert Presensi.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "karangan", None])
def test_a_button_nobody_was_given_is_refused(client: Client, peserta: Peserta, sesi: Sesi, forged: str | None) -> None:
    other = peserta_kini(sesi.kelas)
    told = tiket(other, sesi.pk) if forged is None else forged
    assert client.post(pindai(sesi), {"tiket": told}).status_code == 422
    assert not Presensi.objects.exists()


def test_the_button_of_one_session_opens_no_other(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    other = sesi_kini(sesi.kelas, -20)
    assert client.post(pindai(other), {"tiket": tiket(peserta, sesi.pk)}).status_code == 422


def test_a_button_after_the_session_says_so(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    over = sesi_kini(sesi.kelas, 181)
    answer = client.post(pindai(over), {"tiket": tiket(peserta, over.pk)})
    assert answer.status_code == 422
    assert "tidak sedang dibuka" in answer.text


def test_a_telephone_that_nobody_linked_is_told_what_to_do(client: Client, sesi: Sesi) -> None:
    page = client.get(pindai(sesi))
    assert "Ponsel ini belum terhubung" in page.text
    assert "minta petugas menandai Anda" in page.text
    assert 'name="tiket"' not in page.text


def test_a_participant_of_another_class_is_not_offered_the_button(
    client: Client, peserta: Peserta, sesi: Sesi, wilayah: dict[str, Wilayah]
) -> None:
    other = sesi_kini(kelas_kini(wilayah))
    assert "Ponsel ini belum terhubung" in client.get(pindai(other)).text


def test_an_account_needs_no_link(client: Client, sesi: Sesi, cast: SimpleNamespace) -> None:
    peserta_kini(sesi.kelas, orang=cast.camat_a.orang)
    client.force_login(cast.camat_a)
    assert "Tercatat: hadir" in tap(client, pindai(sesi))


def test_the_button_needs_the_token_of_its_form(peserta: Peserta, sesi: Sesi, client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(pindai(sesi), {"tiket": tiket(peserta, sesi.pk)}).status_code == 403


def test_six_digits_do_the_same(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    url = f"/ikut/{peserta.pk}/hadir/"
    assert "Sedang dibuka" in client.get(url).text
    shown = angka(sesi)
    answer = client.post(url, {"kode": f"{shown[:3]} {shown[3:]}"}, follow=True)
    assert "Tercatat: hadir" in answer.text
    assert Presensi.objects.get().cara == "kode"


@pytest.mark.parametrize("ago", [90, 900])
def test_six_digits_of_earlier_are_refused(client: Client, peserta: Peserta, sesi: Sesi, ago: float) -> None:
    answer = client.post(f"/ikut/{peserta.pk}/hadir/", {"kode": angka(sesi, ago)})
    assert answer.status_code == 422
    assert "salah atau sudah berganti" in answer.text


def test_six_digits_are_not_found_by_trying(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    url, shown = f"/ikut/{peserta.pk}/hadir/", angka(sesi)
    wrong = "000000" if shown != "000000" else "111111"
    for _ in range(10):
        client.post(url, {"kode": wrong})
    answer = client.post(url, {"kode": angka(sesi)})
    assert answer.status_code == 422
    assert "Terlalu banyak percobaan." in answer.text
    assert not Presensi.objects.exists()
    other = peserta_kini(sesi.kelas)
    client.get(f"/ikut/t/{token_tautan(other)}/")
    assert client.post(f"/ikut/{other.pk}/hadir/", {"kode": angka(sesi)}).status_code == 302  # others are not held up


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "", "１２３４５６"])
def test_what_is_no_code_is_not_counted_as_a_try(client: Client, peserta: Peserta, sesi: Sesi, typed: str) -> None:
    for _ in range(11):
        assert client.post(f"/ikut/{peserta.pk}/hadir/", {"kode": typed}).status_code == 422
    assert client.post(f"/ikut/{peserta.pk}/hadir/", {"kode": angka(sesi)}).status_code == 302


def test_six_digits_of_a_session_that_is_over_find_none(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    over = sesi_kini(sesi.kelas, 181)
    assert client.post(f"/ikut/{peserta.pk}/hadir/", {"kode": angka(over)}).status_code == 422


def test_the_own_page_shows_every_session(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    sesi_kini(sesi.kelas, -300, judul="Kemitraan")
    PresensiFactory(sesi=sesi, peserta=peserta, status="terlambat")
    text = client.get(f"/ikut/{peserta.pk}/hadir/").text
    assert "terlambat ·" in text
    assert "belum tercatat" in text
    assert f"/ikut/{peserta.pk}/hadir/" in client.get(f"/ikut/{peserta.pk}/").text


def test_without_a_class_there_is_nothing_to_attend(client: Client, wilayah: dict[str, Wilayah]) -> None:
    satu = PesertaFactory(angkatan=kelas_kini(wilayah).angkatan)
    client.get(f"/ikut/t/{token_tautan(satu)}/")
    assert "Belum ada sesi untuk Anda." in client.get(f"/ikut/{satu.pk}/hadir/").text


def test_nobody_keeps_these_pages(client: Client, peserta: Peserta, sesi: Sesi) -> None:
    for page in (pindai(sesi), f"/ikut/{peserta.pk}/hadir/"):
        assert "no-store" in client.get(page)["Cache-Control"]

"""The door of participants: code, link, account; and other people's pages do not exist."""

from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from pelatihan.actions.tautan import give_kode, revoke_tautan
from pelatihan.models import Peserta
from pelatihan.queries.tautan import KUKI, token_tautan
from pelatihan.views.ikut import SALAH_TERBANYAK
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, SesiFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def peserta(wilayah: dict[str, Wilayah]) -> Peserta:
    kelas = KelasFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"], status="berlangsung"))
    SesiFactory(kelas=kelas, judul="Kepemimpinan")
    return PesertaFactory(angkatan=kelas.angkatan, kelas=kelas, orang__nama="Sari Uji")


def kode_of(peserta: Peserta, cast: SimpleNamespace) -> str:
    return give_kode(by=cast.admin_kabupaten, kelas=peserta.kelas, peserta=[peserta.pk])[peserta.pk]


def test_a_code_links_the_telephone_for_good(client: Client, peserta: Peserta, cast: SimpleNamespace) -> None:
    answer = client.post("/ikut/", {"kode": kode_of(peserta, cast)})
    assert answer.url == f"/ikut/{peserta.pk}/"
    cookie = answer.cookies[KUKI]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/ikut/", "Lax")
    page = client.get(answer.url).content.decode()
    assert "Kepemimpinan" in page
    assert "Sari Uji" in client.get("/ikut/").content.decode()


def test_a_telephone_holds_several_participations(client: Client, peserta: Peserta, cast: SimpleNamespace) -> None:
    other = PesertaFactory(angkatan=peserta.angkatan, kelas=peserta.kelas)
    for satu in (peserta, other):
        client.post("/ikut/", {"kode": kode_of(satu, cast)})
    assert [client.get(f"/ikut/{satu.pk}/").status_code for satu in (peserta, other)] == [200, 200]


def test_a_stranger_and_a_neighbour_see_nothing(client: Client, peserta: Peserta, cast: SimpleNamespace) -> None:
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 404
    other = PesertaFactory(angkatan=peserta.angkatan, kelas=peserta.kelas)
    client.post("/ikut/", {"kode": kode_of(other, cast)})
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "W1sxLDBdXQ:1abc:sig"])
def test_a_forged_cookie_opens_nothing(client: Client, peserta: Peserta, cookie: str) -> None:
    client.cookies[KUKI] = cookie
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 404


def test_the_link_of_a_mail_opens_until_it_is_taken_back(
    client: Client, peserta: Peserta, cast: SimpleNamespace
) -> None:
    link = f"/ikut/t/{token_tautan(peserta)}/"
    assert client.get(link).url == f"/ikut/{peserta.pk}/"
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 200
    revoke_tautan(by=cast.admin_kabupaten, peserta=peserta)
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 404  # the telephone too
    answer = client.get(link)
    assert answer.status_code == 404
    assert "tidak berlaku lagi" in answer.content.decode()


def test_an_account_opens_its_own_participation(client: Client, peserta: Peserta, cast: SimpleNamespace) -> None:
    Peserta.objects.update(orang=cast.camat_a.orang)
    client.force_login(cast.camat_a)
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 200
    client.force_login(cast.camat_b)
    assert client.get(f"/ikut/{peserta.pk}/").status_code == 404


def test_a_wrong_code_says_whom_to_ask(client: Client, peserta: Peserta) -> None:
    answer = client.post("/ikut/", {"kode": "AAAA-AAAA-AAA"})
    assert answer.status_code == 422
    assert "Minta kode baru" in answer.content.decode()


def test_whoever_guesses_too_often_waits(client: Client, peserta: Peserta, cast: SimpleNamespace) -> None:
    for _ in range(SALAH_TERBANYAK):
        client.post("/ikut/", {"kode": "AAAA-AAAA-AAA"})
    assert client.post("/ikut/", {"kode": kode_of(peserta, cast)}).status_code == 422

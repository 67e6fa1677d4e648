"""The page of keys: made and shown once, listed without their text, revoked; and the page for developers."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.models import KunciApi
from tests.assertions import visible_text
from tests.factories import KunciApiFactory
from tests.pengaduan.dunia import A
from tests.pengaduan.open311 import isi, kirim


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HALAMAN = f"/wilayah/{A}/open311/"


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


def test_a_key_is_shown_once_and_opens_the_region(admin: Client, wilayah: World) -> None:
    assert "Belum ada kunci untuk wilayah ini." in visible_text(admin.get(HALAMAN))
    until = timezone.localdate() + datetime.timedelta(days=30)
    made = admin.post(HALAMAN, {"nama": "Aplikasi Warga", "berlaku_sampai": until.isoformat()})
    teks = re.search(r"dk311_\w[\w-]+", visible_text(made))
    assert teks
    assert "no-store" in made["Cache-Control"]
    later = visible_text(admin.get(HALAMAN))
    assert "Aplikasi Warga berlaku" in later
    assert teks[0] not in later
    assert kirim(isi(teks[0])).status_code == 200
    assert "terakhir mengirim" in visible_text(admin.get(HALAMAN))


def test_a_revoked_key_stays_in_the_list_and_opens_nothing(admin: Client, wilayah: World) -> None:
    satu = KunciApiFactory(wilayah=wilayah[A], nama="Aplikasi Lama")
    answer = admin.post(f"{HALAMAN}{satu.pk}/cabut/", follow=True)
    assert "Kunci Aplikasi Lama dicabut" in visible_text(answer)
    assert KunciApi.objects.get().dicabut_pada
    assert "Cabut" not in visible_text(admin.get(HALAMAN))


def test_an_expired_key_says_so(admin: Client, wilayah: World) -> None:
    KunciApiFactory(wilayah=wilayah[A], berlaku_sampai="2020-01-01")
    assert "Aplikasi Uji berakhir" in visible_text(admin.get(HALAMAN))


@pytest.mark.parametrize(("until", "words"), [("2999-01-01", "dua tahun lagi"), ("", "tidak boleh kosong")])
def test_a_key_without_an_end_is_refused(until: str, words: str, admin: Client, wilayah: World) -> None:
    answer = admin.post(HALAMAN, {"nama": "Aplikasi", "berlaku_sampai": until})
    assert answer.status_code == 422
    assert words in visible_text(answer)
    assert not KunciApi.objects.exists()


def test_a_key_of_another_region_does_not_exist_here(admin: Client, wilayah: World) -> None:
    foreign = KunciApiFactory(wilayah=wilayah["11.02"])
    assert admin.post(f"{HALAMAN}{foreign.pk}/cabut/").status_code == 404
    assert "Aplikasi Uji" not in visible_text(admin.get(HALAMAN))


def test_developers_read_addresses_arguments_and_limits(client: Client, wilayah: World) -> None:
    text = visible_text(client.get("/open311/"))
    for words in ("http://127.0.0.1:8000/open311/", "GET v2/requests.json",
                  "attribute[tgl_kejadian]", "Idempotency-Key",
                  "Paling banyak 300 kiriman sejam", "admin kabupaten/kota", "page_size"):  # fmt: skip
        assert words in text


def test_the_openapi_document_is_served_and_names_the_configured_host(client: Client, wilayah: World) -> None:
    found = client.get("/open311/v2/openapi.json").json()
    assert found["openapi"] == "3.1.0"
    assert found["servers"] == [{"url": "http://127.0.0.1:8000/open311"}]
    assert len(found["paths"]) == 12
    post = found["paths"]["/v2/requests.json"]["post"]
    body = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert body["required"] == ["service_code", "description"]
    assert body["properties"]["description"]["maxLength"] == 4000
    assert body["properties"]["attribute[jenis]"]["enum"] == ["pengaduan", "aspirasi", "informasi"]
    assert body["properties"]["lat"] | {"description": ""} == {
        "type": "number", "minimum": -11.1, "maximum": 6.2, "description": "",
    }  # fmt: skip

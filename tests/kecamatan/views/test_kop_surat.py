import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kecamatan.models import KopSurat


pytestmark = pytest.mark.django_db
URL = "/wilayah/11.01.01/kop-surat/"


@pytest.fixture
def camat(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.camat_a)
    return client


def png() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return SimpleUploadedFile("lambang.png", out.getvalue())


def test_the_form_starts_with_the_names_of_the_region(camat: Client) -> None:
    page = camat.get(URL).content.decode()
    assert 'value="Pemerintah Kabupaten Satu"' in page
    assert "Kecamatan Alfa" in page


def test_a_saved_head_is_shown_with_its_emblem(camat: Client) -> None:
    answer = camat.post(URL, {"baris_1": "Pemerintah Kabupaten Satu", "logo": png()}, follow=True)
    assert "Kop surat tersimpan" in answer.content.decode()
    assert "data:image/png;base64," in answer.content.decode()
    assert KopSurat.objects.get().logo_tipe == "image/png"


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7 x %%EOF", "PNG atau JPEG"), (b"bukan gambar", "bukan PDF, JPEG, atau PNG")]
)
def test_what_is_no_picture_is_refused_in_words(camat: Client, content: bytes, words: str) -> None:
    answer = camat.post(URL, {"baris_1": "Pemerintah", "logo": SimpleUploadedFile("x.png", content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not KopSurat.objects.exists()


def test_a_desa_has_none(client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.camat_a)
    assert client.get("/wilayah/11.01.01.2001/kop-surat/").status_code == 404


def test_a_kabupaten_that_runs_training_has_its_own(client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.admin_kabupaten)
    assert client.get("/wilayah/11.01/kop-surat/").status_code == 200
    assert client.get("/wilayah/11.01.01/kop-surat/").status_code == 403
    client.force_login(cast.sekda)
    assert client.get("/wilayah/11.01/kop-surat/").status_code == 403

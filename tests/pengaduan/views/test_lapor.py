"""The public form: from a place to the receipt, with proof or without, and what it refuses."""

import html
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kecamatan.actions.batas import count_try, tries
from kecamatan.models import Wilayah
from p3pd_portal.lib.qr import Qr
from pengaduan.models import Lampiran, Pengaduan
from pengaduan.queries.kode import kunci_baru
from tests.assertions import visible_text
from tests.factories import UnitLayananFactory
from tests.lib.test_qr import picture, read
from tests.pengaduan.bukti import solve
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
ALAMAT = f"/lapor/?wilayah={A}"


def form(wilayah: World, **more: Any) -> dict[str, Any]:
    kunci = more.pop("kunci", None) or kunci_baru()
    said = {
        "jenis": "pengaduan", "kategori": "infrastruktur", "judul": "Jembatan putus", "isi": "Sejak Senin.",
        "wilayah": wilayah[A1].pk, "identitas": "tanpa_identitas", "kunci": kunci, "bukti": solve(kunci),
    }  # fmt: skip
    return said | more


def foto(name: str = "foto.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def test_a_place_is_searched_or_chosen_step_by_step(client: Client, wilayah: World) -> None:
    assert "di mana kejadiannya" in visible_text(client.get("/lapor/"))
    assert f"/lapor/?wilayah={A}" in client.get("/lapor/?wilayah=11.01").text
    assert f"/lapor/?wilayah={A}" in client.get("/lapor/?q=Alfa").text
    assert "Tidak ada wilayah dengan nama itu" in visible_text(client.get("/lapor/?q=Tidakadakampung"))


def test_the_form_knows_the_desa_and_units_of_the_kecamatan(client: Client, wilayah: World) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], nama="SDN Alfa 1")
    page = client.get(f"/lapor/?wilayah={A1}&unit={unit.pk}").text
    assert f'<option value="{wilayah[A1].pk}" selected' in page
    assert f'<option value="{unit.pk}" selected' in page
    assert "Desa B1" not in page


def test_a_report_is_taken_in_and_the_receipt_shown_once(client: Client, wilayah: World) -> None:
    answer = client.post(ALAMAT, form(wilayah, lampiran=[foto(), foto("dua.jpg")]))
    assert answer.status_code == 200
    satu = Pengaduan.objects.get()
    assert satu.nomor in visible_text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert not satu.perlu_disaring
    assert list(Lampiran.objects.values_list("tipe", flat=True)) == ["image/jpeg", "image/jpeg"]


def test_the_same_form_sent_again_shows_the_same_receipt(client: Client, wilayah: World) -> None:
    said = form(wilayah)
    first, again = client.post(ALAMAT, said), client.post(ALAMAT, said)
    assert visible_text(first) == visible_text(again)
    assert Pengaduan.objects.count() == 1
    changed = client.post(ALAMAT, said | {"isi": "Lain."})
    assert changed.status_code == 422
    assert "sudah terkirim dengan isi lain" in visible_text(changed)


@pytest.mark.parametrize("more", [{"bukti": ""}, {"bukti": "e30="}, {"bukti": "bukan"}, {"situs": "http://iklan.test"}])
def test_without_proof_or_with_the_trap_filled_it_waits_to_be_sifted(
    client: Client, wilayah: World, more: dict[str, str]
) -> None:
    assert client.post(ALAMAT, form(wilayah, **more)).status_code == 200
    assert Pengaduan.objects.get().perlu_disaring


def test_proof_for_another_form_is_none(client: Client, wilayah: World) -> None:
    client.post(ALAMAT, form(wilayah, bukti=solve(kunci_baru())))
    assert Pengaduan.objects.get().perlu_disaring


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"judul": ""}, "Bidang ini tidak boleh kosong"),
        ({"isi": "NIK saya 3524012001900001"}, "nomor 16 angka seperti NIK"),
        ({"tgl_kejadian": "2999-01-01"}, "Tanggal ini belum tiba"),
        ({"telepon": "abc"}, "Nomor telepon tidak dikenal"),
        ({"identitas": "terbuka"}, "Isi nama Anda"),
        ({"kunci": "karangan"}, "Formulir ini sudah kedaluwarsa"),
    ],
)
def test_what_does_not_fit_is_told_beside_it(client: Client, wilayah: World, more: dict[str, str], words: str) -> None:
    answer = client.post(ALAMAT, form(wilayah) | more)
    assert answer.status_code == 422
    assert words in visible_text(answer)
    assert not Pengaduan.objects.exists()


def test_a_desa_of_another_kecamatan_is_no_choice(client: Client, wilayah: World) -> None:
    assert client.post(ALAMAT, form(wilayah) | {"wilayah": wilayah["11.01.02.2001"].pk}).status_code == 422


def test_files_are_named_by_their_place_and_nothing_is_half_saved(client: Client, wilayah: World) -> None:
    files = [foto(), SimpleUploadedFile("virus.jpg", b"<html>bukan</html>")]
    answer = client.post(ALAMAT, form(wilayah, lampiran=files))
    assert "Lampiran 2: Berkas tidak terbaca" in visible_text(answer)
    answer = client.post(ALAMAT, form(wilayah, lampiran=[foto() for _ in range(6)]))
    assert "Paling banyak 5 lampiran" in visible_text(answer)
    assert not Pengaduan.objects.exists()


def test_the_sixth_report_without_proof_in_an_hour_is_put_off(client: Client, wilayah: World) -> None:
    for _ in range(5):
        assert client.post(ALAMAT, form(wilayah, bukti="")).status_code == 200
    answer = client.post(ALAMAT, form(wilayah, bukti=""))
    assert answer.status_code == 429
    assert "Coba lagi satu jam lagi" in visible_text(answer)
    assert client.post(ALAMAT, form(wilayah)).status_code == 200  # with proof there is room for more
    assert Pengaduan.objects.count() == 6


def test_the_same_form_again_counts_once_and_opens_no_way_around_the_limit(client: Client, wilayah: World) -> None:
    said = form(wilayah)
    for _ in range(8):
        assert client.post(ALAMAT, said).status_code == 200
    assert tries("lapor", "127.0.0.1") == 1
    for _ in range(20):
        count_try("lapor", "127.0.0.1")
    late = form(wilayah)
    assert [client.post(ALAMAT, late).status_code for _ in range(2)] == [429, 429]


def test_after_a_hundred_forms_nothing_is_read_any_more(client: Client, wilayah: World) -> None:
    for _ in range(100):
        count_try("kirim", "127.0.0.1")
    assert client.post(ALAMAT, form(wilayah) | {"judul": ""}).status_code == 429


def test_files_that_are_too_much_together_are_refused_in_words(client: Client, wilayah: World) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", b"\xff" * 9 * 1024 * 1024) for n in range(5)]
    assert "Lampiran 5: semua lampiran bersama melebihi 40 MB" in visible_text(
        client.post(ALAMAT, form(wilayah, lampiran=files))
    )


def test_the_limit_holds_with_proof_too(client: Client, wilayah: World) -> None:
    for _ in range(20):
        count_try("lapor", "127.0.0.1")
    assert client.post(ALAMAT, form(wilayah)).status_code == 429


def test_the_page_carries_a_task_for_its_own_key(client: Client, wilayah: World) -> None:
    written = re.search(r'data-tantangan="([^"]+)"', client.get(ALAMAT).text)
    assert written
    assert set(json.loads(html.unescape(written[1]))) == {"algorithm", "challenge", "maxNumber", "salt", "signature"}


def test_a_point_on_the_map_is_kept_and_a_wrong_one_explained(client: Client, wilayah: World) -> None:
    wrong = client.post(ALAMAT, form(wilayah, titik="112.4, -7.1"))
    assert wrong.status_code == 422
    assert "di luar Indonesia" in visible_text(wrong)
    client.post(ALAMAT, form(wilayah, titik="-7.11234, 112.41725"))
    satu = Pengaduan.objects.get()
    assert (str(satu.lintang), str(satu.bujur)) == ("-7.11234", "112.41725")


def test_the_receipt_has_a_qr_code_of_words_and_no_address_with_the_code(client: Client, wilayah: World) -> None:
    page = client.post(ALAMAT, form(wilayah)).text
    nomor = Pengaduan.objects.get().nomor
    kode = re.findall(r"<code>([^<]+)</code>", page)[1]
    drawn = re.search(r'viewBox="0 0 (\d+) \d+"[^>]*aria-label="Kode QR.*? d="([^"]+)"', page, re.DOTALL)
    assert drawn is not None
    said = read(picture(Qr(int(drawn[1]), drawn[2])))[0].splitlines()
    assert said[:2] == [nomor, f"Kode {kode}"]
    assert said[2].endswith("/lapor/status/")

"""A program sends a report: what becomes of every argument, whose key opens which region, and what is refused."""

import datetime
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.forms_open311_kirim import judul_dari
from pengaduan.models import KategoriPengaduan, KontakPelapor, KunciApi, Lampiran, Pengaduan
from pengaduan.queries.kode import find_by_kode
from pengaduan.views import open311_kirim as views
from tests.assertions import row_counts
from tests.pengaduan.dunia import A1, A
from tests.pengaduan.open311 import FORMULIR, V2, baca, isi, kirim, kunci_for, pesan


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
B1 = "11.01.02.2001"


@pytest.fixture
def kunci(cast: SimpleNamespace, wilayah: World) -> str:
    """For the whole kabupaten."""
    return kunci_for(cast, wilayah["11.01"])


def refused(answer: Any, status: int, *words: str) -> None:
    assert answer.status_code == status, answer.content
    told = pesan(answer)
    assert [word for word in words if word not in told] == []
    assert not Pengaduan.objects.exists()


# Taken in


def test_a_report_is_answered_with_a_token_that_tells_its_number(client: Client, kunci: str) -> None:
    (got,) = baca(kirim(isi(kunci)))
    assert set(got) == {"token", "service_notice", "account_id"}  # a token or a number, never both
    satu = Pengaduan.objects.get()
    assert baca(client.get(f"{V2}/tokens/{got['token']}.json"))[0]["service_request_id"] == satu.nomor
    assert client.get(f"{V2}/requests/{satu.nomor}.json").status_code == 404  # nobody moderated it yet


def test_the_notice_is_the_receipt_of_the_reporter(kunci: str) -> None:
    notice = baca(kirim(isi(kunci)))[0]["service_notice"]
    words = notice.replace(".", " ").split()
    nomor, kode = words[words.index("nomor") + 1], words[words.index("rahasia") + 1]
    assert find_by_kode(nomor, kode) == Pengaduan.objects.get()
    assert "http://127.0.0.1:8000/lapor/status/" in notice


def test_the_same_in_xml(kunci: str) -> None:
    answer = kirim(isi(kunci), "xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    (request,) = ET.fromstring(answer.content).findall("request")
    assert [one.tag for one in request] == ["token", "service_notice", "account_id"]
    assert request.findtext("account_id") == ""


def test_every_argument_has_its_place(kunci: str) -> None:
    kirim(
        isi(
            kunci, description="Anak-anak menyeberang sungai.\r\nSejak Senin.", lat="-6.123456789", long="106.9",
            address_string="Jl. Raya 3", first_name="Siti", last_name="Aminah", phone="0812 3456 7890",
            email="siti@contoh.test", jurisdiction_id="11.01", device_id="ABC", account_id="7",
            **{"attribute[judul]": "Jembatan", "attribute[lokasi]": "Dusun Krajan", "attribute[jenis]": "aspirasi",
               "attribute[tgl_kejadian]": "2026-11-08T23:30:00Z"},
        )
    )  # fmt: skip
    satu, kontak = Pengaduan.objects.get(), KontakPelapor.objects.get()
    assert (satu.judul, satu.isi) == ("Jembatan", "Anak-anak menyeberang sungai.\r\nSejak Senin.")
    assert (str(satu.lintang), str(satu.bujur)) == ("-6.12346", "106.90000")
    assert (satu.lokasi, satu.jenis, satu.kanal) == ("Dusun Krajan, Jl. Raya 3", "aspirasi", "open311")
    assert satu.tgl_kejadian == datetime.date(2026, 11, 9)  # in Jakarta it was the next day
    assert (kontak.nama, kontak.telepon, kontak.surel) == ("Siti Aminah", "+6281234567890", "siti@contoh.test")
    assert satu.identitas == "anonim"


def test_without_name_and_contact_nothing_is_kept_of_anybody(kunci: str) -> None:
    kirim(isi(kunci, device_id="ABC", account_id="7"))
    assert Pengaduan.objects.get().identitas == "tanpa_identitas"
    assert not KontakPelapor.objects.exists()


def test_an_empty_argument_is_an_absent_one(kunci: str) -> None:
    said = isi(kunci, lat="", long="", email="", phone="", **{"attribute[jenis]": "", "attribute[tgl_kejadian]": ""})
    assert kirim(said).status_code == 200
    assert Pengaduan.objects.get().jenis == "pengaduan"


def test_a_link_to_a_picture_is_neither_kept_nor_fetched_and_that_is_told(kunci: str) -> None:
    got = baca(kirim(isi(kunci, media_url="http://127.0.0.1:1/rahasia")))
    assert "Tautan media tidak diambil" in got[0]["service_notice"]
    assert not Lampiran.objects.exists()
    assert "127.0.0.1:1/" not in str(Pengaduan.objects.values().get())


def test_what_must_be_confidential_is_taken_in_and_never_shown(client: Client, kunci: str) -> None:
    (got,) = baca(kirim(isi(kunci, service_code="kekerasan_anak")))
    satu = Pengaduan.objects.get()
    assert satu.rahasia
    nomor = baca(client.get(f"{V2}/tokens/{got['token']}.json"))[0]["service_request_id"]
    assert client.get(f"{V2}/requests/{nomor}.json").status_code == 404


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Jembatan putus.", "Jembatan putus."),
        ("Jembatan\r\n  putus", "Jembatan putus"),
        ("kata " * 40, "kata " * 23 + "…"),
        ("x" * 200, "x" * 119 + "…"),
    ],
)
def test_the_title_is_made_of_the_first_words(text: str, title: str) -> None:
    assert judul_dari(text) == title
    assert len(title) <= 120


# Keys


def test_the_key_stands_in_the_body_or_in_the_header(kunci: str) -> None:
    said = isi(kunci, api_key=None)
    refused(kirim(said), 403, "api_key tidak ada", "http://127.0.0.1:8000/open311/")
    assert kirim(said, X_Api_Key=kunci).status_code == 200
    assert kirim(isi("salah"), X_Api_Key=kunci).status_code == 200
    assert kirim(isi(kunci), X_Api_Key="salah").status_code == 403


def test_a_key_in_the_address_is_refused_although_it_is_right(kunci: str) -> None:
    answer = Client().post(f"{V2}/requests.json?api_key={kunci}", isi(kunci))
    refused(answer, 403, "Anggap kunci ini bocor")


def test_unknown_revoked_and_expired_keys_are_refused_alike(cast: SimpleNamespace, kunci: str) -> None:
    answers = [kirim(isi("dk311_1_tidak-ada"))]
    KunciApi.objects.update(dicabut_pada=timezone.now())
    answers.append(kirim(isi(kunci)))
    KunciApi.objects.update(dicabut_pada=None, berlaku_sampai=timezone.localdate() - datetime.timedelta(days=1))
    answers.append(kirim(isi(kunci)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, answers[0].content)}
    refused(answers[0], 403, "dicabut, atau berakhir")


def test_a_session_is_no_key(cast: SimpleNamespace, wilayah: World) -> None:
    client = Client()
    client.force_login(cast.admin_pusat)
    answer = client.post(f"{V2}/requests.json", "service_code=kesehatan", content_type=FORMULIR)
    refused(answer, 403)


def test_without_a_key_nothing_is_told_about_the_report(wilayah: World) -> None:
    refused(kirim({"service_code": "tidak-ada"}), 403)


# Regions


@pytest.mark.parametrize("kode", [B1, "11.02.01.2001", "99.01.01.2001"])
def test_a_place_outside_the_region_of_the_key_is_refused(kode: str, cast: SimpleNamespace, wilayah: World) -> None:
    refused(kirim(isi(kunci_for(cast, wilayah[A]), address_id=kode)), 400, "address_id: Di luar wilayah kunci ini")


def test_a_jurisdiction_outside_the_region_of_the_key_is_refused(kunci: str) -> None:
    refused(
        kirim(isi(kunci, address_id=None, address_string="Jl. Raya", jurisdiction_id="11.02.01")),
        400, "jurisdiction_id: Di luar wilayah kunci ini",
    )  # fmt: skip
    refused(kirim(isi(kunci, jurisdiction_id="11.01.02")), 400, "address_id: Di luar jurisdiction_id")


@pytest.mark.parametrize(
    ("region", "more", "place"),
    [
        ("11.01", {"address_id": "1101012001"}, A1),
        ("11.01", {"address_id": A}, A),
        ("11.01", {"address_id": None, "address_string": "Jl. Raya", "jurisdiction_id": A1}, A1),
        (A, {"address_id": None, "address_string": "Jl. Raya"}, A),
        (A, {"address_id": None, "lat": "-6", "long": "106", "jurisdiction_id": "11.01"}, A),
        (A, {"address_id": None, "lat": "-6", "long": "106", "jurisdiction_id": A1}, A1),
        (A1, {"address_id": None, "lat": "-6", "long": "106"}, A1),
        ("0", {}, A1),
        ("99.01", {"address_id": "99.01.01.2001"}, "99.01.01.2001"),
    ],
)
def test_the_region_comes_from_its_code_or_from_the_key(
    region: str, more: dict[str, str], place: str, cast: SimpleNamespace, wilayah: World
) -> None:
    if region.startswith("99"):  # the nation holds no fictional regions
        cast.admin_pusat.penugasan.update(wilayah=wilayah[region], peran="admin_kabupaten")
    assert kirim(isi(kunci_for(cast, wilayah[region]), **more)).status_code == 200
    assert Pengaduan.objects.get().wilayah.kode == place


@pytest.mark.parametrize(
    "more",
    [
        {"address_id": None, "lat": "-6", "long": "106"},
        {"address_id": None, "address_string": "Jl. Raya", "jurisdiction_id": "11.01"},
        {"address_id": "11.01"},
    ],
)
def test_where_no_region_follows_the_missing_argument_is_named(more: dict[str, str], kunci: str) -> None:
    refused(kirim(isi(kunci, **more)), 400, "address_id: Tambahkan kode desa, kelurahan, atau kecamatan")


def test_a_key_of_a_region_that_ended_brings_nothing_until_it_has_a_successor(kunci: str, wilayah: World) -> None:
    Wilayah.objects.filter(kode="11.01").update(berlaku_sampai=timezone.localdate())
    refused(kirim(isi(kunci)), 400, "address_id: Di luar wilayah kunci ini")


# What does not fit


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"description": None}, "description: Bidang ini tidak boleh kosong"),
        ({"description": "   "}, "description: Bidang"),
        ({"description": "x" * 4001}, "description: Pastikan nilai ini mengandung paling banyak 4000 karakter"),
        ({"description": "NIK saya 3524012001900001"}, "description: Tulisan ini memuat nomor 16 angka"),
        ({"address_string": "3524 0120 0190 0001"}, "address_string: Tulisan ini memuat"),
        ({"first_name": "3524012001900001"}, "first_name: Tulisan ini memuat"),
        ({"attribute[judul]": "3524012001900001"}, "attribute[judul]: Tulisan ini memuat"),
        ({"service_code": None}, "service_code: Bidang"),
        ({"address_id": None}, "address_id: Kirim tempatnya"),
        ({"address_id": "77.77.77"}, "address_id: Kode wilayah ini tidak ada"),
        ({"address_id": "\0"}, "address_id"),
        ({"lat": "-6"}, "lat: Kirim lat dan long bersama-sama"),
        ({"long": "106"}, "lat: Kirim lat dan long bersama-sama"),
        ({"lat": "91", "long": "106"}, "lat"),
        ({"lat": "NaN", "long": "sNaN"}, "lat"),
        ({"lat": "-6", "long": "Infinity"}, "long"),
        ({"lat": "1e999999999", "long": "-1e999999999"}, "lat"),
        ({"address_string": "x" * 151}, "address_string"),
        ({"address_string": "x" * 100, "attribute[lokasi]": "x" * 100}, "address_string: Bersama attribute[lokasi]"),
        ({"phone": "abc"}, "phone: Nomor telepon tidak dikenal"),
        ({"email": "abc"}, "email: Alamat surel tidak lengkap"),
        ({"first_name": "x" * 51}, "first_name"),
        ({"attribute[jenis]": "usul"}, "attribute[jenis]: Pilih salah satu: pengaduan, aspirasi, informasi."),
        ({"attribute[judul]": "x" * 121}, "attribute[judul]"),
        ({"attribute[tgl_kejadian]": "kemarin"}, "attribute[tgl_kejadian]: Tulis waktu"),
        ({"attribute[tgl_kejadian]": "2099-01-01"}, "attribute[tgl_kejadian]: Waktu ini belum tiba"),
        ({"attribute[warna]": "merah"}, "attribute[warna]: tidak ada dalam definisi layanan ini."),
        ({"description": "a\0b"}, "description"),
    ],
)
@pytest.mark.parametrize("bentuk", ["json", "xml"])
def test_a_bad_argument_is_400_and_named(more: dict[str, Any], words: str, bentuk: str, kunci: str) -> None:
    refused(kirim(isi(kunci, **more), bentuk), 400, words)


@pytest.mark.parametrize(
    "more", [{"service_code": "tidak-ada"}, {"service_code": "x" * 999}, {"jurisdiction_id": "77"}]
)
def test_a_service_or_jurisdiction_that_does_not_exist_is_404(more: dict[str, str], kunci: str) -> None:
    refused(kirim(isi(kunci, **more)), 404, f"{next(iter(more))}: Kode")


def test_a_service_that_is_no_longer_offered_is_404(kunci: str) -> None:
    KategoriPengaduan.objects.filter(pk="infrastruktur").update(aktif=False)
    refused(kirim(isi(kunci)), 404)


def test_several_faults_are_told_at_once(kunci: str) -> None:
    answer = kirim(isi(kunci, description=None, service_code="tidak-ada", address_id="77", phone="abc"))
    refused(answer, 400, "description", "service_code", "address_id", "phone")


BODIES = {
    "json": ("application/json", b"{}"),
    "nothing": ("", b""),
    "files": ("multipart/form-data; boundary=x", b"--x--"),
    "another encoding": (f"{FORMULIR}; charset=latin-1", b"description=a"),
    "an encoding that is none": (f"{FORMULIR}; charset=tidak-ada", b"description=a"),
    "broken utf-8": (FORMULIR, b"description=%ff%fe"),
    "raw broken utf-8": (FORMULIR, b"description=\xff\xfe"),
    "half a surrogate pair": (FORMULIR, b"description=%ed%a0%80"),
    "twice the same": (FORMULIR, b"lat=1&lat=2"),
    "too many": (FORMULIR, b"&".join(b"a%d=1" % n for n in range(1001))),
    "too large": (FORMULIR, b"description=" + b"x" * (1024 * 1024 + 1)),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_read_is_400(name: str, kunci: str) -> None:
    tipe, body = BODIES[name]
    answer = Client().generic("POST", f"{V2}/requests.json", body, tipe, headers={"X-Api-Key": kunci})
    refused(answer, 400)


def test_nothing_is_half_saved_of_what_is_refused(kunci: str) -> None:
    before = row_counts()
    kirim(isi(kunci, phone="abc"))
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} == {"kecamatan.Pembatas"}  # it was counted


def test_control_characters_reach_both_formats_as_a_mark(client: Client, kunci: str) -> None:
    assert kirim(isi(kunci, description="a\x1b[1m\u202eb")).status_code == 200
    satu = Pengaduan.objects.get()
    Pengaduan.objects.filter(pk=satu.pk).update(tayang=True, judul_publik=satu.judul, isi_publik=satu.isi)
    told = baca(client.get(f"{V2}/requests/{satu.nomor}.json"))[0]["description"]
    root = ET.fromstring(client.get(f"{V2}/requests/{satu.nomor}.xml").content)
    assert told == root.findtext("request/description") == "a\ufffd[1m\u202eb\n\na\ufffd[1m\u202eb"


# Again, and too often


def test_the_same_key_and_report_give_the_same_answer(kunci: str) -> None:
    said = isi(kunci, phone="081234567890")
    first, again = (kirim(said, Idempotency_Key="satu") for _ in range(2))
    mixed = kirim(dict(reversed(list(said.items()))), Idempotency_Key="satu")
    assert first.content == again.content == mixed.content
    assert Pengaduan.objects.count() == 1
    assert kirim(said, Idempotency_Key="dua").content != first.content


@pytest.mark.parametrize("more", [{"description": "Lain."}, {"phone": "081234567891"}, {"lat": "-6", "long": "106"}])
def test_the_same_key_with_another_report_is_422(more: dict[str, str], kunci: str) -> None:
    kirim(isi(kunci), Idempotency_Key="satu")
    answer = kirim(isi(kunci, **more), Idempotency_Key="satu")
    assert answer.status_code == 422
    assert pesan(answer)
    assert Pengaduan.objects.count() == 1


@pytest.mark.parametrize("key", ["x" * 201, "dua kata", "kunci\x7f"])
def test_an_idempotency_key_is_short_and_plain(key: str, kunci: str) -> None:
    refused(kirim(isi(kunci), Idempotency_Key=key), 400, "Idempotency-Key: paling banyak 200 huruf")


def test_one_key_sends_so_many_reports_in_an_hour_and_another_goes_on(
    cast: SimpleNamespace, wilayah: World, kunci: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SEJAM", 2)
    other = kunci_for(cast, wilayah[A])
    assert [kirim(isi(kunci)).status_code for _ in range(3)] == [200, 200, 429]
    answer = kirim(isi(kunci))
    assert "Paling banyak 2 laporan sejam" in pesan(answer)
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert kirim(isi(other)).status_code == 200

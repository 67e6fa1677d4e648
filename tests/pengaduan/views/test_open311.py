"""Open311 for reading: every address in both formats, every filter, and every refusal in the shape of the standard."""

import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.actions.meja import add_catatan
from pengaduan.views import open311 as views
from tests.factories import KirimanOpen311Factory, PengaduanFactory
from tests.pengaduan.dunia import A1, A
from tests.pengaduan.open311 import V2, baca, kirim, pesan, tayang


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
DAY = datetime.timedelta(days=1)
API = ("discovery", "services", "definition", "requests", "request", "token", "openapi", "lain")


def ids(answer: Any) -> list[str]:
    return [satu["service_request_id"] for satu in baca(answer)]


def test_the_formats_are_told_by_content_type_in_utf_8(client: Client, wilayah: World) -> None:
    for page in ("/open311/discovery", f"{V2}/services", f"{V2}/services/kesehatan", f"{V2}/requests"):
        for bentuk, tipe in (("xml", "text/xml; charset=utf-8"), ("json", "application/json; charset=utf-8")):
            answer = client.get(f"{page}.{bentuk}", headers={"Accept": "image/png"})
            assert (answer.status_code, answer["Content-Type"]) == (200, tipe)
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Cache-Control"] == "no-store"
            assert client.head(f"{page}.{bentuk}").status_code == 200


def test_discovery_names_the_endpoint_and_where_keys_come_from(client: Client, wilayah: World) -> None:
    found = baca(client.get("/open311/discovery.json", headers={"host": "localhost"}))
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    (endpoint,) = found["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://127.0.0.1:8000/open311/v2"  # as configured, not as asked
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert endpoint["type"] == "production"
    root = ET.fromstring(client.get("/open311/discovery.xml").content)
    assert [one.text for one in root.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]
    assert client.get("/open311/").status_code == 200  # where key_service leads


def test_services_and_definitions_have_texts_as_codes_and_booleans(client: Client, wilayah: World) -> None:
    satu = baca(client.get(f"{V2}/services.json"))[1]
    assert satu["service_code"] == "kesehatan"
    assert satu["metadata"] is True
    found = baca(client.get(f"{V2}/services/kesehatan.json"))
    assert found["service_code"] == "kesehatan"
    assert found["attributes"][0] == {
        "variable": True, "code": "judul", "datatype": "string", "required": False, "order": 1,
        "datatype_description": "paling banyak 120 huruf", "description": "Judul singkat laporan", "values": [],
    }  # fmt: skip
    root = ET.fromstring(client.get(f"{V2}/services/kesehatan.xml").content)
    assert [one.findtext("key") for one in root.findall("attributes/attribute/values/value")] == [
        "pengaduan", "aspirasi", "informasi",
    ]  # fmt: skip
    assert root.find("attributes/attribute/variable").text == "true"  # type: ignore[union-attr]


def test_one_report_is_a_list_of_one_in_both_formats(client: Client, wilayah: World, cast: SimpleNamespace) -> None:
    satu = tayang(wilayah[A1], lintang="-6.12345", bujur="106.98765")
    add_catatan(by=cast.camat_a, pengaduan=satu, catatan="Tukang datang\nbesok.", sifat="publik")
    (told,) = baca(client.get(f"{V2}/requests/{satu.nomor}.json"))
    (asked,) = baca(client.get(f"{V2}/requests.json"))
    assert told == asked
    assert told["service_request_id"] == satu.nomor
    assert (told["lat"], told["long"], told["address_id"]) == (-6.123, 106.988, A1)
    assert told["status_notes"] == "Tukang datang\nbesok."
    assert told["media_url"] is told["zipcode"] is None
    assert told["requested_datetime"].endswith("+07:00")
    root = ET.fromstring(client.get(f"{V2}/requests/{satu.nomor}.xml").content)
    (request,) = root.findall("request")
    assert {one.tag: one.text for one in request} == {k: None if v is None else str(v) for k, v in told.items()}


def test_a_token_tells_the_number(client: Client, wilayah: World) -> None:
    satu = KirimanOpen311Factory(pengaduan=PengaduanFactory(wilayah=wilayah[A1]), kunci__wilayah=wilayah[A])
    got = baca(client.get(f"{V2}/tokens/{satu.token}.json"))
    assert got == [{"service_request_id": satu.pengaduan.nomor, "token": satu.token}]


@pytest.mark.parametrize("bentuk", ["json", "xml"])
def test_what_nobody_may_read_is_told_apart_from_nothing_by_nobody(bentuk: str, client: Client, wilayah: World) -> None:
    rows = [
        PengaduanFactory(wilayah=wilayah[A1]),
        PengaduanFactory(wilayah=wilayah[A1], rahasia=True, judul_publik="x"),
        PengaduanFactory(wilayah=wilayah[A1], perlu_disaring=True),
    ]
    missing = client.get(f"{V2}/requests/DK-110101-2611-0000000X.{bentuk}")
    assert missing.status_code == 404
    for satu in rows:
        answer = client.get(f"{V2}/requests/{satu.nomor}.{bentuk}")
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert {k: v for k, v in answer.headers.items() if k != "X-Request-ID"} == {
            k: v for k, v in missing.headers.items() if k != "X-Request-ID"
        }
        assert ids(client.get(f"{V2}/requests.json?service_request_id={satu.nomor}")) == []
    assert ids(client.get(f"{V2}/requests.json")) == []


def test_a_filter_is_a_list_with_commas_and_an_empty_one_is_none(client: Client, wilayah: World) -> None:
    a = tayang(wilayah[A1], diterima_pada=timezone.now() - DAY)
    b = tayang(wilayah[A1], kategori="kesehatan", status="selesai", ditutup_pada=timezone.now(), tenggat=None)

    def of(query: str) -> list[str]:
        return ids(client.get(f"{V2}/requests.json?{query}"))

    assert of("") == of("status=&service_code=&start_date=&page=&jurisdiction_id=") == [b.nomor, a.nomor]
    assert of("service_code=kesehatan, infrastruktur") == of("status=open,closed,") == [b.nomor, a.nomor]
    assert of("service_code=kesehatan") == of("status=closed") == [b.nomor]
    assert of(f"service_request_id={a.nomor},{b.nomor}&status=salah&page=x") == [b.nomor, a.nomor]
    assert of("page_size=1&page=2") == [a.nomor]
    assert of("jurisdiction_id=11.01.02") == []
    assert of("jurisdiction_id=110101") == [b.nomor, a.nomor]
    assert of("lat=1&long=2&extensions=true") == [b.nomor, a.nomor]  # what is not of this standard


def test_moments_have_a_zone_and_a_day_alone_is_meant_in_jakarta(client: Client, wilayah: World) -> None:
    moment = timezone.make_aware(datetime.datetime(2026, 11, 9, 0, 30))
    satu = tayang(wilayah[A1], diterima_pada=moment)
    for dari, found in (("2026-11-09", True), ("2026-11-09T00:31:00+07:00", False), ("2026-11-08T17:30:00Z", True)):
        query = f"start_date={quote(dari, safe='')}&end_date=2026-11-20"
        assert ids(client.get(f"{V2}/requests.json?{query}")) == ([satu.nomor] if found else [])


NOT_FOUND = (
    "/services/tidak-ada", "/services/a.b", "/services/%00", "/requests/X", "/requests/%00", "/requests/%ff",
    "/tokens/x", "/tokens/%00", "/services?jurisdiction_id=77", "/requests?jurisdiction_id=salah",
    "/requests?service_code=kesehatan,tidak-ada", "/requests/X?jurisdiction_id=77", "/tidak/ada", "/services/",
    "/requests?jurisdiction_id=" + "1" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("bentuk", ["json", "xml"])
@pytest.mark.parametrize("page", NOT_FOUND)
def test_what_does_not_exist_is_404(page: str, bentuk: str, client: Client, wilayah: World) -> None:
    path, mark, query = page.partition("?")
    answer = client.get(f"{V2}{path}.{bentuk}{mark}{query}")
    assert answer.status_code == 404
    assert pesan(answer)


@pytest.mark.parametrize(
    "page", ["/open311/v2/services.csv", "/open311/v2/services", "/open311/discovery", "/open311/x/", "/open311/v2/"]
)
def test_an_unknown_format_is_told_in_xml_which_everybody_reads(page: str, client: Client, wilayah: World) -> None:
    for answer in (client.get(page), client.post(page)):
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/xml; charset=utf-8")
        assert "Daftar alamat: http://127.0.0.1:8000/open311/" in pesan(answer)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=baru", "status: Tulis open, closed"),
        ("start_date=kemarin", "start_date: Tulis waktu seperti"),
        ("end_date=2026-13-40", "end_date: Tulis waktu"),
        ("start_date=9999-12-31T23:59:59-12:00", "start_date"),
        ("start_date=0001-01-01T00:00:00%2B14:00", "start_date"),
        ("start_date=2026-11-09T08:00:00+07:00", "ditulis %2B"),
        ("start_date=2026-01-01&end_date=2026-04-02", "end_date: Pilih waktu setelah start_date, paling lama 90 hari"),
        ("start_date=2026-02-01&end_date=2026-01-01", "end_date: Pilih waktu setelah"),
        ("page=0", "page"),
        ("page=10001", "page"),
        ("page_size=1001", "page_size"),
        (f"page={'9' * 5000}", "page"),
        ("page=1&page=2", "page: dikirim lebih dari sekali"),
        ("service_code=%00", "service_code"),
        ("service_request_id=%00", "service_request_id"),
        ("jurisdiction_id=%00", "jurisdiction_id"),
        ("status=%ff", "UTF-8"),
        ("status=%ed%a0%80", "UTF-8"),
        ("&".join(f"a{n}=1" for n in range(1001)), "terlalu besar"),
    ],
)
@pytest.mark.parametrize("bentuk", ["json", "xml"])
def test_a_bad_argument_is_400_and_named(query: str, words: str, bentuk: str, client: Client, wilayah: World) -> None:
    answer = client.get(f"{V2}/requests.{bentuk}?{query}")
    assert answer.status_code == 400
    assert words in pesan(answer)


def test_several_faults_are_told_at_once(client: Client, wilayah: World) -> None:
    answer = client.get(f"{V2}/requests.json?status=x&page=0&service_code=tidak-ada")
    assert answer.status_code == 400  # one that does not exist among others that are wrong
    assert len(baca(answer)) == 3


def test_ninety_days_are_not_too_many(client: Client, wilayah: World) -> None:
    assert client.get(f"{V2}/requests.json?start_date=2026-01-01&end_date=2026-04-01").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_another_method_is_405_with_an_error_and_what_is_allowed(method: str, wilayah: World) -> None:
    client = Client(enforce_csrf_checks=True)
    for page in ("discovery", "v2/services", "v2/services/x", "v2/requests/X", "v2/tokens/x"):
        answer = getattr(client, method)(f"/open311/{page}.json")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert pesan(answer) == "Metode ini tidak berlaku di sini."
    if method != "post":
        answer = getattr(client, method)(f"{V2}/requests.xml")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_a_key_in_the_address_is_refused_wherever_it_stands(client: Client, wilayah: World) -> None:
    for page in ("/open311/discovery", f"{V2}/services", f"{V2}/requests", f"{V2}/requests/X", f"{V2}/tokens/x"):
        answer = client.get(f"{page}.json?api_key=dk311_1_x")
        assert answer.status_code == 403
        assert "Anggap kunci ini bocor" in pesan(answer)
        assert "dk311_1_x" not in pesan(answer)


def test_whatever_else_refuses_is_told_as_an_error_too(client: Client, wilayah: World) -> None:
    answer = client.get(f"{V2}/services.json", headers={"host": "penipu.test"})
    assert (answer.status_code, pesan(answer)) == (400, "Permintaan ditolak.")
    assert answer["X-Request-ID"]
    answer = client.get(f"{V2}/services.json?a=b", headers={"content-type": "text/plain; charset=utf-16"})
    assert answer.status_code == 200


def test_a_fault_of_the_portal_is_an_error_without_detail(wilayah: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("rusak")

    monkeypatch.setattr(views, "daftar_layanan", broken)
    answer = Client(raise_request_exception=False).get(f"{V2}/services.xml")
    assert (answer.status_code, pesan(answer)) == (500, "Portal sedang terganggu. Coba lagi nanti.")


def test_reading_needs_three_queries_more_for_no_report(
    client: Client, wilayah: World, django_assert_max_num_queries: Any
) -> None:
    for _ in range(7):
        tayang(wilayah[A1])
    with django_assert_max_num_queries(5):  # subject and region of the filter among them
        assert len(ids(client.get(f"{V2}/requests.json?service_code=infrastruktur&jurisdiction_id={A}"))) == 7
    with django_assert_max_num_queries(3):
        client.get(f"{V2}/requests.xml")


def test_only_these_views_need_no_token_of_a_form_and_all_but_one_of_them_only_read(wilayah: World) -> None:
    """Whoever adds another one has to say so here."""

    def exempt(patterns: list[Any]) -> list[str]:
        inner = [exempt(one.url_patterns) for one in patterns if not isinstance(one, URLPattern)]
        own = [one.name for one in patterns if getattr(one, "callback", None) and hasattr(one.callback, "csrf_exempt")]
        return [*(name for name in own if name), *(name for names in inner for name in names)]

    assert sorted(exempt(get_resolver().url_patterns)) == sorted(f"open311_{one}" for one in API)
    assert kirim({"api_key": ""}).status_code == 403

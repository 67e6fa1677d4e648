"""Two clients that others wrote read and write at the running portal, as they are published."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client
from civicbot.registry import Endpoint
from django.utils import timezone
from georeport import GeoReport

from kecamatan.models import Wilayah
from pengaduan.models import KontakPelapor, Pengaduan
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, A
from tests.pengaduan.open311 import kunci_for, tayang


pytestmark = pytest.mark.django_db(transaction=True)
World = dict[str, Wilayah]


@pytest.fixture
def laporan(wilayah: World) -> tuple[Pengaduan, Pengaduan, Pengaduan]:
    """Two that everybody may read, the older one first; and one that nobody may."""
    return (
        tayang(wilayah[A1], diterima_pada=timezone.now() - datetime.timedelta(days=2), lintang="-6.5", bujur="106.5"),
        tayang(wilayah[A], kategori="kesehatan", status="selesai", ditutup_pada=timezone.now(), tenggat=None),
        PengaduanFactory(wilayah=wilayah[A1], rahasia=True),
    )


@pytest.fixture
def civicbot(live_server: Any) -> Open311Client:
    endpoint = Endpoint("uji", "Portal uji", f"{live_server.url}/open311/v2", write=True)
    return Open311Client(endpoint, HttpTransport(rate_limiter=RateLimiter(0)))


def test_civicbot_reads_services_and_reports(civicbot: Open311Client, laporan: tuple[Pengaduan, ...]) -> None:
    old, new, hidden = laporan
    assert "kesehatan" in {satu["service_code"] for satu in civicbot.list_services()}
    assert civicbot.get_service_definition("kesehatan")["attributes"][0]["code"] == "judul"
    assert [satu["service_request_id"] for satu in civicbot.list_requests()] == [new.nomor, old.nomor]
    assert [satu["service_request_id"] for satu in civicbot.list_requests(status="open")] == [old.nomor]
    assert civicbot.list_requests(service_request_ids=[new.nomor, hidden.nomor])[0]["status"] == "closed"
    found = civicbot.get_request(old.nomor)
    assert found
    assert (found["lat"], found["long"]) == (-6.5, 106.5)
    with pytest.raises(HttpError) as refused:
        civicbot.get_request(hidden.nomor)
    assert refused.value.status == 404


def test_civicbot_sends_a_report_after_it_checked_it_against_the_definition(
    civicbot: Open311Client, cast: SimpleNamespace, wilayah: World
) -> None:
    sent = civicbot.create_request(
        "infrastruktur", dry_run=False, confirm="SEND", api_key=kunci_for(cast, wilayah["11.01"]), validate_remote=True,
        lat=-6.5, lng=106.5, address_id=A1, description="Jembatan Dusun Krajan putus & hanyut.", phone="081234567890",
        attributes={"jenis": "pengaduan", "lokasi": "Dusun Krajan"},
    )  # fmt: skip
    (got,) = sent.response
    satu = Pengaduan.objects.get()
    assert civicbot.get_token(got["token"]) == [{"service_request_id": satu.nomor, "token": got["token"]}]
    assert (satu.isi, satu.lokasi) == ("Jembatan Dusun Krajan putus & hanyut.", "Dusun Krajan")
    assert KontakPelapor.objects.get().telepon == "+6281234567890"


def test_civicbot_is_refused_with_a_wrong_key(civicbot: Open311Client, wilayah: World) -> None:
    with pytest.raises(HttpError) as refused:
        civicbot.create_request(
            "kesehatan", dry_run=False, confirm="SEND", api_key="salah", address_id=A1, description="Bidan tidak ada."
        )
    assert refused.value.status == 403
    assert '"code": "403"' in refused.value.body


@pytest.mark.parametrize("bentuk", ["json", "xml"])
def test_georeport_reads_the_same_in_both_formats(
    bentuk: str, live_server: Any, laporan: tuple[Pengaduan, ...]
) -> None:
    old, new, _hidden = laporan
    client = GeoReport(f"{live_server.url}/open311/v2/", output_format=bentuk)
    assert "kesehatan" in {satu["service_code"] for satu in client.get_service_list()}
    assert client.get_service_definition("kesehatan")["service_code"] == "kesehatan"
    assert [satu["service_request_id"] for satu in client.get_service_requests()] == [new.nomor, old.nomor]
    found = client.get_service_request(old.nomor)
    assert found["service_request_id"] == old.nomor
    assert float(found["lat"]) == -6.5
    assert found["media_url"] is None
    local = GeoReport(f"{live_server.url}/open311/v2", jurisdiction=A1, output_format=bentuk)
    assert local.get_service_request(old.nomor)["address_id"] == A1

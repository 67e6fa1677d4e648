import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Pengguna, PesanKeluar, Wilayah
from kecamatan.queries.pesan import keadaan_pesan
from tests.assertions import content, visible_text
from tests.factories import PesanKeluarFactory


pytestmark = pytest.mark.django_db
GIVEN_UP = {"status": "gagal", "percobaan": 10, "gagal_terakhir": "penerima ditolak (550)"}


@pytest.fixture
def admin(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def test_an_empty_outbox_is_good_news(admin: Client) -> None:
    text = visible_text(admin.get("/wilayah/11.01/pesan/"))
    assert "Semua surel kepada petugas wilayah ini sudah dikirim." in text
    assert "Tidak ada surel yang gagal dikirim." in text
    assert "Kirim ulang" not in text


def test_what_waits_is_counted_and_only_what_waits_too_long_is_an_alarm(admin: Client, cast: SimpleNamespace) -> None:
    PesanKeluarFactory(kepada=cast.camat_a)
    text = visible_text(admin.get("/wilayah/11.01/pesan/"))
    assert "1 surel, yang tertua dibuat" in text
    assert "tertahan" not in text
    PesanKeluarFactory(kepada=cast.camat_a, coba_lagi_pada=timezone.now() - datetime.timedelta(minutes=6))
    assert "Pengiriman tertahan lebih dari 5 menit" in visible_text(admin.get("/wilayah/11.01/pesan/"))


def test_what_failed_is_listed_with_receiver_and_cause_and_no_foreign_one(admin: Client, cast: SimpleNamespace) -> None:
    PesanKeluarFactory(kepada=cast.camat_a, **GIVEN_UP)
    PesanKeluarFactory(kepada=cast.admin_kabupaten_lain, **GIVEN_UP)
    text = visible_text(admin.get("/wilayah/11.01/pesan/"))
    assert "camat_a@uji.test" in text
    assert "penerima ditolak (550)" in text
    assert "admin_kabupaten_lain" not in text


def test_a_long_list_shows_the_latest_and_counts_all(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], admin: Client
) -> None:
    PesanKeluar.objects.bulk_create(PesanKeluarFactory.build_batch(101, kepada=cast.camat_a, **GIVEN_UP))
    keadaan = keadaan_pesan(wilayah["11.01"])
    assert (keadaan.n_gagal, len(keadaan.gagal), keadaan.menunggu, keadaan.tertua) == (101, 100, 0, None)
    text = visible_text(admin.get("/wilayah/11.01/pesan/"))
    assert "101 surel tidak berhasil dikirim" in text
    assert "100 yang terbaru." in text


def test_sending_again_puts_the_own_region_back_into_the_queue(admin: Client, cast: SimpleNamespace) -> None:
    for person in (cast.camat_a, cast.camat_b, cast.admin_kabupaten_lain):
        PesanKeluarFactory(kepada=person, **GIVEN_UP)
    answer = admin.post("/wilayah/11.01/pesan/kirim-ulang/", follow=True)
    assert "2 pesan masuk antrean lagi." in visible_text(answer)
    assert PesanKeluar.objects.gagal().get().kepada == cast.admin_kabupaten_lain


def test_the_country_page_holds_everybody(client: Client, cast: SimpleNamespace) -> None:
    PesanKeluarFactory(**GIVEN_UP)
    client.force_login(cast.admin_pusat)
    assert "1 surel tidak berhasil dikirim" in visible_text(client.get("/wilayah/0/pesan/"))


def test_the_region_page_leads_there_only_an_admin_and_only_when_something_is_to_be_done(
    client: Client, cast: SimpleNamespace, django_assert_max_num_queries: object
) -> None:
    def shown(person: Pengguna) -> bool:
        client.force_login(person)
        client.get("/mulai/")  # writes the session, which happens once a minute
        with django_assert_max_num_queries(33):
            return "/wilayah/11.01/pesan/" in content(client.get("/wilayah/11.01/"))

    PesanKeluarFactory(kepada=cast.camat_a)
    assert not shown(cast.admin_kabupaten)
    PesanKeluarFactory(kepada=cast.camat_a, **GIVEN_UP)
    assert shown(cast.admin_kabupaten)
    assert not shown(cast.camat_a)
    assert not shown(cast.admin_kabupaten_lain)
    PesanKeluar.objects.gagal().delete()
    PesanKeluarFactory(kepada=cast.camat_a, coba_lagi_pada=timezone.now() - datetime.timedelta(minutes=6))
    assert shown(cast.admin_kabupaten)

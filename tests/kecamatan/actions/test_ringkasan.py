"""The daily e-mail: once a day at half past seven on the receiver's own clock."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from kecamatan.actions.notifikasi import create_ringkasan
from kecamatan.actions.pesan import relay
from kecamatan.models import AturanDaerah, Notifikasi, Pengguna, PesanKeluar, Wilayah
from kecamatan.queries.zona import zona_pengguna
from tests.factories import NotifikasiFactory, PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")


def at(hour: int, minute: int = 0, day: int = 4, zone: ZoneInfo = WIB) -> datetime.datetime:
    return datetime.datetime(2025, 3, day, hour, minute, tzinfo=zone)


def notice(kepada: Pengguna, created_at: datetime.datetime, **fields: object) -> Notifikasi:
    return NotifikasiFactory(kepada=kepada, created_at=created_at, **{"surel": "harian", **fields})


@pytest.fixture
def three_zones(db: None) -> None:
    """Kabupaten Satu lies in WITA, Kabupaten Dua in WIT, everything else in WIB."""
    for kode, zona in (("11.01", "WITA"), ("11.02", "WIT")):
        AturanDaerah.objects.create(kode=kode, zona_waktu=zona, keyakinan="tinggi", sumber="uji")


def test_nothing_to_tell_sends_nothing(db: None) -> None:
    assert create_ringkasan(pada=at(7, 30)) == 0


def test_before_half_past_seven_the_notices_of_the_night_wait(camat_a: Pengguna) -> None:
    notice(camat_a, at(1))
    assert create_ringkasan(pada=at(7, 29)) == 0
    assert create_ringkasan(pada=at(7, 30)) == 1


def test_one_mail_carries_all_that_is_unread_and_says_where_to_read_it(camat_a: Pengguna) -> None:
    first, second = notice(camat_a, at(20, day=3)), notice(camat_a, at(6))
    assert create_ringkasan(pada=at(7, 30)) == 1
    pesan = PesanKeluar.objects.get()
    assert set(pesan.notifikasi.all()) == {first, second}
    assert relay() == {"terkirim": 1}
    (sent,) = mail.outbox
    assert sent.subject == "2 notifikasi belum Anda baca"
    assert sent.to == [camat_a.email]
    assert sent.body.index(first.judul) < sent.body.index(second.judul)
    assert "/mulai/" in sent.body


@pytest.mark.parametrize(
    "fields", [{"dibaca_pada": at(6)}, {"surel": "tidak"}, {"surel": "langsung"}], ids=["read", "no mail", "at once"]
)
def test_what_was_read_or_goes_another_way_is_left_out(fields: dict[str, object], camat_a: Pengguna) -> None:
    notice(camat_a, at(1), **fields)
    assert create_ringkasan(pada=at(8)) == 0


def test_a_switched_off_account_gets_none(wilayah: dict[str, Wilayah]) -> None:
    notice(PenggunaFactory(is_active=False), at(1))
    assert create_ringkasan(pada=at(8)) == 0


def test_once_a_day_however_often_it_runs(camat_a: Pengguna) -> None:
    notice(camat_a, at(1))
    assert [create_ringkasan(pada=at(hour, 30)) for hour in (7, 8, 23)] == [1, 0, 0]
    notice(camat_a, at(9))
    assert [create_ringkasan(pada=at(hour, 30)) for hour in (10, 23)] == [0, 0]
    assert [create_ringkasan(pada=at(hour, 30, day=5)) for hour in (6, 7)] == [0, 1]


def test_a_notice_that_became_visible_late_comes_the_next_day(camat_a: Pengguna) -> None:
    """Its transaction began before half past seven and ended after the mail of the day."""
    notice(camat_a, at(1))
    create_ringkasan(pada=at(7, 30))
    late = notice(camat_a, at(7, 29))
    assert create_ringkasan(pada=at(8, 30)) == 0
    assert create_ringkasan(pada=at(7, 30, day=5)) == 1
    assert Notifikasi.objects.get(pk=late.pk).pesan.kunci == "ringkasan:2025-03-05"


def test_a_missed_morning_is_made_up_for(camat_a: Pengguna) -> None:
    notice(camat_a, at(1))
    assert create_ringkasan(pada=at(11, 30)) == 1


def test_half_past_seven_is_where_the_receiver_works(cast: SimpleNamespace, three_zones: None) -> None:
    for person in (cast.camat_a, cast.admin_kabupaten_lain, cast.admin_pusat):
        notice(person, at(1))
    told = []
    for hour in (4, 5, 6, 7, 8):
        create_ringkasan(pada=at(hour, 30))
        told.append(sorted(PesanKeluar.objects.values_list("kepada__orang__nama", flat=True)))
    east, middle = ["admin_kabupaten_lain"], ["admin_kabupaten_lain", "camat_a"]
    everybody = ["admin_kabupaten_lain", "admin_pusat", "camat_a"]
    assert told == [[], east, middle, everybody, everybody]


def test_the_day_of_the_mail_is_that_of_the_receiver(cast: SimpleNamespace, three_zones: None) -> None:
    notice(cast.admin_kabupaten_lain, at(1))
    create_ringkasan(pada=at(23, 30, zone=WIB))
    assert PesanKeluar.objects.get().kunci == "ringkasan:2025-03-04"


def test_whoever_works_in_several_zones_is_told_by_the_clock_of_the_largest_region(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], three_zones: None
) -> None:
    PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02"], peran="admin_kabupaten")
    idle = PenggunaFactory()
    found = zona_pengguna([cast.camat_a.pk, idle.pk], datetime.date(2025, 3, 4))
    assert found == {cast.camat_a.pk: WIT, idle.pk: WIB}


def test_a_rule_of_the_province_reaches_its_kabupaten(camat_a: Pengguna) -> None:
    day = datetime.date(2025, 3, 4)
    assert zona_pengguna([camat_a.pk], day) == {camat_a.pk: WIB}
    AturanDaerah.objects.create(kode="11", zona_waktu="WITA", keyakinan="tinggi", sumber="uji")
    assert zona_pengguna([camat_a.pk], day) == {camat_a.pk: WITA}


def test_the_clocks_of_many_cost_two_queries(
    cast: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everybody = list(Pengguna.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        zona_pengguna(everybody, datetime.date(2025, 3, 4))

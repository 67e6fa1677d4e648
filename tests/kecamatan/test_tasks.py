import datetime

import pytest
from django.utils import timezone

from kecamatan.models import BerkasImpor, PesanKeluar
from kecamatan.tasks import hapus_pratinjau_lama, kirim_pesan, ringkasan_notifikasi
from p3pd_portal.celery import app
from tests.factories import BerkasImporFactory, NotifikasiFactory, PesanKeluarFactory


pytestmark = pytest.mark.django_db


def test_previews_nobody_confirmed_in_thirty_days_are_forgotten() -> None:
    for days in (31, 40, 29, 0):
        BerkasImporFactory(created_at=timezone.now() - datetime.timedelta(days=days))
    assert hapus_pratinjau_lama() == {"dihapus": 2}
    assert BerkasImpor.objects.count() == 2


def test_finished_files_stay_for_ever() -> None:
    year_ago = timezone.now() - datetime.timedelta(days=365)
    BerkasImporFactory(created_at=year_ago, status="tersimpan", isi=None, finished_at=year_ago)
    assert hapus_pratinjau_lama() == {"dihapus": 0}
    assert BerkasImpor.objects.count() == 1


def test_a_second_run_finds_nothing_left() -> None:
    BerkasImporFactory(created_at=timezone.now() - datetime.timedelta(days=31))
    assert [hapus_pratinjau_lama(), hapus_pratinjau_lama()] == [{"dihapus": 1}, {"dihapus": 0}]


def test_what_waits_in_the_outbox_is_sent() -> None:
    PesanKeluarFactory()
    assert kirim_pesan() == {"terkirim": 1}


def test_yesterdays_notices_are_summed_up_now() -> None:
    two_days_ago = timezone.now() - datetime.timedelta(days=2)
    NotifikasiFactory(surel="harian", created_at=two_days_ago)
    assert ringkasan_notifikasi() == {"ringkasan": 1}
    assert PesanKeluar.objects.get().templat == "ringkasan"


def test_the_relay_runs_every_ten_seconds_and_orders_do_not_pile_up() -> None:
    entry = app.conf.beat_schedule["kirim-pesan"]
    assert (entry["task"], entry["schedule"], entry["options"]) == (kirim_pesan.name, 10, {"expires": 10})


def test_the_summary_comes_at_half_past_of_every_hour() -> None:
    entry = app.conf.beat_schedule["ringkasan-notifikasi"]
    assert entry["task"] == ringkasan_notifikasi.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == (set(range(24)), {30})

import datetime

import pytest
from django.utils import timezone

from kecamatan.models import BerkasImpor
from kecamatan.tasks import hapus_pratinjau_lama
from tests.factories import BerkasImporFactory


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

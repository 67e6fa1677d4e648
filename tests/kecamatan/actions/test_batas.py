import datetime

import pytest
from django.utils import timezone

from kecamatan.actions.batas import count_try, erase_pembatas, tries
from kecamatan.models import Pembatas


pytestmark = pytest.mark.django_db


def test_tries_are_counted_by_the_hour_and_forgotten() -> None:
    assert [count_try("kode", "192.0.2.1") for _ in range(3)] == [1, 2, 3]
    assert (tries("kode", "192.0.2.1"), tries("kode", "192.0.2.2"), tries("lapor", "192.0.2.1")) == (3, 0, 0)
    assert erase_pembatas() == 0
    Pembatas.objects.update(sampai=timezone.now() - datetime.timedelta(seconds=1))
    assert erase_pembatas() == 1

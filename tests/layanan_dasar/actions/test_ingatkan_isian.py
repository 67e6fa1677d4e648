"""Reminders of the desk of figures."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kecamatan.models import Notifikasi, Wilayah
from layanan_dasar.actions import langkah_isian as langkah
from layanan_dasar.actions.ingatkan_isian import ingatkan_isian
from layanan_dasar.tasks import ingatkan
from tests.layanan_dasar.isian import Meja, hari_ini


pytestmark = pytest.mark.django_db
TENGGAT = datetime.date(2026, 1, 28)


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


@pytest.mark.parametrize(
    ("hari", "n"),
    [
        (datetime.date(2026, 1, 22), 0),
        (datetime.date(2026, 1, 23), 3),
        (TENGGAT, 3),
        (TENGGAT + datetime.timedelta(days=1), 0),
    ],
    ids=str,
)
def test_who_fills_in_is_reminded_three_working_days_before_the_due_date(
    hari: datetime.date, n: int, meja: Meja, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people in Alfa, one in Beta."""
    hari_ini(monkeypatch, hari)
    assert ingatkan_isian() == {"tenggat": n, "diam": 0}
    assert ingatkan_isian() == {"tenggat": 0, "diam": 0}
    told = Notifikasi.objects.filter(judul__startswith="Tenggat isian mendekat").values_list(
        "kepada__orang__nama", flat=True
    )
    people = ["operator_kecamatan_a", "operator_kecamatan_b", "upt_pendidikan_a"]
    assert sorted(told) == (people if n else [])


def test_a_submitted_sheet_is_not_due_any_more(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=meja.isi_penuh())
    hari_ini(monkeypatch, TENGGAT)
    assert ingatkan_isian()["tenggat"] == 1  # the operator of Beta


@pytest.mark.parametrize("verified", [False, True])
def test_silence_of_three_working_days_is_told_to_whose_turn_it_is(
    verified: bool, meja: Meja, monkeypatch: pytest.MonkeyPatch
) -> None:
    isian = meja.isi_penuh()
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    if verified:
        langkah.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian)
    Notifikasi.objects.all().delete()
    today = timezone.localdate()
    hari_ini(monkeypatch, today)
    assert ingatkan()["diam"] == 0
    hari_ini(monkeypatch, today + datetime.timedelta(days=7))
    assert ingatkan()["diam"] == (1 if verified else 3)
    told = set(Notifikasi.objects.values_list("kepada__orang__nama", flat=True))
    assert told == ({"camat_a"} if verified else {"camat_a", "sekcam_a", "verifikator_a"})
    assert ingatkan()["diam"] == 0

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import KualitasBelanja
from layanan_dasar.tasks import rebuild_kualitas_belanja
from p3pd_portal.celery import app
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.django_db


def test_the_night_run_recomputes_every_year_with_a_budget(wilayah: dict[str, Wilayah], acuan: None) -> None:
    for tahun in (2024, 2025):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun))
    assert rebuild_kualitas_belanja() == {
        "2024": {"tahun": 2024, "desa": 1, "wilayah": 4},
        "2025": {"tahun": 2025, "desa": 1, "wilayah": 4},
    }


def test_it_can_be_run_for_one_year(wilayah: dict[str, Wilayah], acuan: None) -> None:
    for tahun in (2024, 2025):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun))
    rebuild_kualitas_belanja(2024)
    assert set(KualitasBelanja.objects.values_list("tahun", flat=True)) == {2024}


def test_it_runs_at_one_in_the_night_of_jakarta() -> None:
    entry = app.conf.beat_schedule["rebuild-kualitas-belanja"]
    assert entry["task"] == rebuild_kualitas_belanja.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({1}, {0})
    assert app.conf.timezone == "Asia/Jakarta"

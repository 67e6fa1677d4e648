import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from kecamatan.models import BerkasImpor, Bidang, Wilayah
from tests.factories import BerkasImporFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAYS_30 = datetime.timedelta(days=30)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pratinjau", "isi": None},
        {"status": "pratinjau", "isi": b"x", "finished_at": NOW},
        {"status": "tersimpan", "isi": None},
        {"status": "tersimpan", "isi": b"x", "finished_at": NOW},
        {"status": "dibatalkan", "isi": b"x", "finished_at": NOW},
    ],
    ids=["waits without content", "waits and is finished", "unfinished", "saved with content", "dropped with content"],
)
def test_content_is_kept_only_while_the_file_waits(fields: dict[str, Any], db: None) -> None:
    with refused_by("berkas_impor_isi_hanya_saat_pratinjau"):
        BerkasImporFactory(**fields)


@pytest.mark.parametrize("status", ["tersimpan", "dibatalkan"])
def test_a_finished_file_keeps_its_hash_and_no_content(status: str) -> None:
    berkas = BerkasImporFactory(status=status, isi=None, finished_at=NOW)
    assert (berkas.sidik, berkas.isi, berkas.is_waiting) == ("0" * 64, None, False)


def test_a_new_file_waits() -> None:
    assert BerkasImporFactory().is_waiting


def test_people_see_the_files_of_their_regions(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    alfa, beta = (BerkasImporFactory(wilayah=wilayah[kode]) for kode in ("11.01.01", "11.01.02"))
    national = BerkasImporFactory(wilayah=None)
    assert set(BerkasImpor.objects.visible_to(cast.camat_a)) == {alfa}
    assert set(BerkasImpor.objects.visible_to(cast.admin_kabupaten)) == {alfa, beta}
    assert national not in BerkasImpor.objects.visible_to(cast.admin_pusat)


def test_a_preview_is_stale_after_thirty_days() -> None:
    old = BerkasImporFactory(created_at=NOW - DAYS_30 - datetime.timedelta(minutes=1))
    BerkasImporFactory(created_at=NOW - DAYS_30 + datetime.timedelta(hours=1))
    BerkasImporFactory(created_at=NOW - 2 * DAYS_30, status="tersimpan", isi=None, finished_at=NOW)
    assert list(BerkasImpor.objects.stale()) == [old]


def test_the_latest_file_comes_first() -> None:
    for hours in (2, 1, 3):
        BerkasImporFactory(nama_berkas=f"{hours}.csv", created_at=NOW - datetime.timedelta(hours=hours))
    assert [str(berkas) for berkas in BerkasImpor.objects.all()] == ["1.csv", "2.csv", "3.csv"]


def test_a_service_prints_as_its_name() -> None:
    assert str(Bidang(kode="KES", nama="Kesehatan", urutan=2)) == "Kesehatan"

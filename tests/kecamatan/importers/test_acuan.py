from pathlib import Path

import pytest

from kecamatan.importers.acuan import impor_bidang
from kecamatan.models import Bidang
from tests.conftest import FIXTURES


pytestmark = pytest.mark.django_db


def test_the_five_services_in_their_order() -> None:
    assert impor_bidang(FIXTURES / "bidang.yaml") == 5
    assert [bidang.kode for bidang in Bidang.objects.all()] == ["PDK", "KES", "SAB", "JSO", "ADM"]
    assert all(bidang.nama and bidang.keterangan for bidang in Bidang.objects.all())


def test_a_second_run_takes_over_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "bidang.yaml"
    file.write_text("- {kode: KES, nama: Kesehatan, keterangan: lama, urutan: 2}")
    impor_bidang(file)
    file.write_text("- {kode: KES, nama: Kesehatan masyarakat, keterangan: baru, urutan: 1}")
    assert impor_bidang(file) == 1
    assert list(Bidang.objects.values_list()) == [("KES", "Kesehatan masyarakat", "baru", 1)]

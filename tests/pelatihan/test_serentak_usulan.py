"""Two officers at the same desk."""

from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from pelatihan.actions.seleksi import approve
from pelatihan.models import Calon, Peserta
from tests.pelatihan.dunia_usulan import usulan_masuk
from tests.pengaduan.test_serentak import at_once


pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_officers_at_once_never_give_more_places_than_there_are(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    angkatan, calon = usulan_masuk(wilayah, 10)
    at_once(10, lambda number: approve(by=cast.admin_provinsi, angkatan=angkatan, calon=[calon[number].pk]))
    assert Peserta.objects.count() == 2
    assert sorted(Calon.objects.values_list("status", flat=True)) == ["cadangan"] * 8 + ["disetujui"] * 2

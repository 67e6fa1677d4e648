import datetime

import pytest

from kecamatan.models import Lokus, ProfilWilayah, Wilayah
from kecamatan.queries.profil import Profil, profil


pytestmark = pytest.mark.django_db


def test_the_latest_count_and_every_year_as_lokus(wilayah: dict[str, Wilayah]) -> None:
    for year in (2024, 2025, 2023):
        per = datetime.date(year, 12, 31)
        ProfilWilayah.objects.create(wilayah=wilayah["11.01"], per=per, penduduk=year, sumber="Dukcapil")
        Lokus.objects.create(wilayah=wilayah["11.01"], tahun=year, dasar="SK")
    ProfilWilayah.objects.create(wilayah=wilayah["11.02"], per="2030-12-31", penduduk=1, sumber="Dukcapil")
    found = profil(wilayah["11.01"])
    assert found.terbaru is not None
    assert (found.terbaru.penduduk, [satu.tahun for satu in found.lokus]) == (2025, [2023, 2024, 2025])


def test_nothing_known_is_nothing(wilayah: dict[str, Wilayah]) -> None:
    assert profil(wilayah["11.01"]) == Profil(None, [])

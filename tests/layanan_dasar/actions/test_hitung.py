"""Which desa and years are computed anew."""

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.models import DesaBerubah
from tests.factories import APBDesFactory, BarisAPBDesFactory


A1, B1, G1 = "11.01.01.2001", "11.01.02.2001", "11.02.01.2001"


@pytest.fixture(autouse=True)
def budgets(wilayah: dict[str, Wilayah]) -> None:
    """Of each desa in two years, with posyandu; A1 has a road in 2025 too."""
    for kode in (A1, B1, G1):
        for tahun in (2024, 2025):
            apbdes = APBDesFactory(desa=wilayah[kode], tahun=tahun)
            BarisAPBDesFactory(apbdes=apbdes)
            if (kode, tahun) == (A1, 2025):
                BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10")
    old = APBDesFactory(desa=wilayah["11.01.01.2002"], berlaku=False)
    BarisAPBDesFactory(apbdes=old)


def marked() -> set[tuple[str, int]]:
    return set(DesaBerubah.objects.values_list("desa__kode", "tahun"))


def test_everything_from_a_year_on() -> None:
    assert mark_changed(tahun_dari=2025) == 3
    assert marked() == {(A1, 2025), (B1, 2025), (G1, 2025)}


def test_up_to_a_year() -> None:
    assert mark_changed(tahun_dari=2015, tahun_sampai=2024) == 3
    assert {tahun for _, tahun in marked()} == {2024}


def test_of_one_kabupaten(wilayah: dict[str, Wilayah]) -> None:
    mark_changed(tahun_dari=2015, kabupaten=wilayah["11.02"])
    assert marked() == {(G1, 2024), (G1, 2025)}


def test_of_a_kabupaten_are_also_villages_that_went_over_into_it(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode=G1).update(berlaku_sampai="2025-12-31", kode_penerus=A1)
    mark_changed(tahun_dari=2025, kabupaten=wilayah["11.01"])
    assert marked() == {(A1, 2025), (B1, 2025), (G1, 2025)}


def test_only_budgets_in_which_the_kegiatan_occurs() -> None:
    assert mark_changed(tahun_dari=2015, kode_kegiatan=["02.03.10", "02.03.11"]) == 1
    assert marked() == {(A1, 2025)}
    assert mark_changed(tahun_dari=2015, kode_kegiatan=[]) == 0


def test_what_is_marked_already_stays_marked_once() -> None:
    mark_changed(tahun_dari=2025)
    mark_changed(tahun_dari=2025)
    assert DesaBerubah.objects.count() == 3

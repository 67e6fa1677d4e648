from decimal import Decimal

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import TotalAPBDes
from layanan_dasar.queries import kualitas
from layanan_dasar.queries.kualitas import KualitasWilayah
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.django_db
JUTA = 1_000_000


@pytest.fixture
def two_desa(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """A1 spends 30 of 100 on health; A2 has the road alone, 200; both of 2025. A1 also 10 of 50 in 2024."""
    for kode, tahun, kes, jalan in (("2001", 2025, 30, 70), ("2002", 2025, 0, 200), ("2001", 2024, 10, 40)):
        apbdes = APBDesFactory(desa=wilayah[f"11.01.01.{kode}"], tahun=tahun)
        if kes:
            BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.02.02", anggaran=kes * JUTA)
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.03.10", anggaran=jalan * JUTA, realisasi_s1=jalan * JUTA)
        rebuild(tahun)


def test_years_are_listed_latest_first(two_desa: None, wilayah: dict[str, Wilayah]) -> None:
    assert KualitasWilayah(wilayah["11.01.01"]).tahun == [2025, 2024]
    assert KualitasWilayah(wilayah["11.01.02"]).tahun == []


def test_the_summary_lists_five_services_with_their_shares(two_desa: None, wilayah: dict[str, Wilayah]) -> None:
    ringkasan = KualitasWilayah(wilayah["11.01.01"]).ringkasan(2025)
    assert [satu.bidang.kode for satu in ringkasan.bidang] == ["PDK", "KES", "SAB", "JSO", "ADM"]
    assert [satu.porsi for satu in ringkasan.bidang] == [0, Decimal("0.1"), 0, 0, 0]
    assert [bab.kode for bab in ringkasan.bab] == ["01", "02", "03", "04", "05"]


def test_a_region_without_budgets_still_knows_its_number_of_desa(two_desa: None, wilayah: dict[str, Wilayah]) -> None:
    ringkasan = KualitasWilayah(wilayah["11.01.02"]).ringkasan(2025)
    assert (ringkasan.baris, ringkasan.n_desa, ringkasan.bidang) == (None, 2, [])


def test_the_parts_of_the_composition_add_up_to_the_whole(two_desa: None, wilayah: dict[str, Wilayah]) -> None:
    earlier, later = KualitasWilayah(wilayah["11.01.01"]).komposisi()
    assert (earlier.tahun, later.tahun) == (2024, 2025)
    assert later.total == sum(later.bagian.values()) == 300 * JUTA
    assert later.bagian["Kesehatan"] == 30 * JUTA
    assert later.bagian["Belanja lain"] == 270 * JUTA


def names(rows: list[kualitas.BarisAnak]) -> list[str]:
    return [row.wilayah.nama for row in rows]


@pytest.mark.parametrize(
    ("urut", "order"),
    [
        ("", ["A3", "A1", "A2"]),
        ("nama", ["A1", "A2", "A3"]),
        ("-nama", ["A3", "A2", "A1"]),
        ("belanja", ["A1", "A2", "A3"]),
        ("-belanja", ["A2", "A1", "A3"]),
        ("porsi", ["A2", "A1", "A3"]),
        ("-porsi", ["A1", "A2", "A3"]),
        ("serapan", ["A1", "A2", "A3"]),
        ("cakupan", ["A1", "A2", "A3"]),
        ("belum", ["A1", "A2", "A3"]),
        ("'; DROP TABLE", ["A3", "A1", "A2"]),
    ],
)
def test_children_are_sorted_and_the_unknown_come_last(
    urut: str, order: list[str], two_desa: None, wilayah: dict[str, Wilayah]
) -> None:
    assert names(kualitas.anak(wilayah["11.01.01"], 2025, urut)) == order


def test_the_nation_lists_no_demo_province(wilayah: dict[str, Wilayah]) -> None:
    assert names(kualitas.anak(wilayah["0"], 2025)) == ["Uji"]


def test_children_cost_two_queries_however_many(
    two_desa: None, wilayah: dict[str, Wilayah], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):
        kualitas.anak(wilayah["11.01.01"], 2025)


def test_the_budget_in_force_comes_with_its_published_totals(
    wilayah: dict[str, Wilayah], django_assert_num_queries: object
) -> None:
    desa = wilayah["11.01.02.2001"]
    APBDesFactory(desa=desa, berlaku=False)
    amended = APBDesFactory(desa=desa, jenis="perubahan", cakupan_belanja="bidang")
    TotalAPBDes.objects.create(apbdes=amended, kode="surplus", uraian="Surplus", anggaran=-5)
    with django_assert_num_queries(2):
        found = kualitas.apbdes_berlaku(desa, 2025)
        assert found == amended
        assert [total.anggaran for total in found.total.all()] == [-5]
    assert kualitas.apbdes_berlaku(desa, 2024) is None

"""Sums that follow closed villages to their successors."""

import datetime

import pytest

from kecamatan.models import Wilayah
from layanan_dasar import exports
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import KualitasBelanja
from layanan_dasar.queries import kualitas
from layanan_dasar.queries.kualitas import KualitasWilayah
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.django_db
JUTA = 1_000_000
A1, A2, B1, B2 = "11.01.01.2001", "11.01.01.2002", "11.01.02.2001", "11.01.02.2002"


@pytest.fixture(autouse=True)
def reference(acuan: None) -> None:
    """The code lists of village budgets."""


def spend(desa: Wilayah, juta: int, tahun: int = 2025) -> None:
    apbdes = APBDesFactory(desa=desa, tahun=tahun)
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.01.01", anggaran=juta * JUTA)


def close(kode: str, penerus: str | None) -> None:
    Wilayah.objects.filter(kode=kode).update(berlaku_sampai=datetime.date(2025, 4, 24), kode_penerus=penerus)


def total(kode: str, tahun: int = 2025) -> tuple[int, int] | None:
    """Million rupiah of spending in a region, and of how many villages; None without a row."""
    row = KualitasBelanja.objects.filter(wilayah__kode=kode, tahun=tahun).first()
    return row and ((row.jumlah("belanja").anggaran or 0) // JUTA, row.n_apbdes)


def test_a_village_that_moved_counts_in_the_kecamatan_of_its_successor(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    spend(wilayah[A2], 5)
    rebuild(2025)
    assert (total("11.01.01"), total("11.01.02")) == ((15, 2), None)
    close(A1, B1)
    rebuild(2025)
    assert (total("11.01.01"), total("11.01.02"), total("11.01")) == ((5, 1), (10, 1), (15, 2))
    assert total(A1) == (10, 1)


def test_without_a_successor_it_adds_to_nothing(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    close(A1, None)
    rebuild(2025)
    assert (total(A1), total("11.01.01"), total("0")) == ((10, 1), None, None)


def test_a_successor_with_a_budget_of_its_own_is_not_counted_twice(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    spend(wilayah[B1], 7)
    close(A1, B1)
    rebuild(2025)
    assert (total("11.01.01"), total("11.01.02")) == (None, (7, 1))
    assert KualitasWilayah(wilayah[B1]).ringkasan(2025).baris.jumlah("belanja").anggaran == 7 * JUTA


def test_villages_that_merged_add_up_and_are_never_more_than_there_are(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    spend(wilayah[A2], 5)
    for kode in (A1, A2):
        close(kode, B1)
    Wilayah.objects.filter(kode="11.01.02").update(jumlah_desa=1)
    rebuild(2025)
    assert total("11.01.02") == (15, 1)
    assert KualitasWilayah(wilayah[B1]).ringkasan(2025).baris is None


def test_recomputing_a_closed_village_alone_reaches_its_successors_regions(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    close(A1, B1)
    rebuild(2025, desa_ids=[wilayah[A1].pk])
    assert (total("11.01.02"), total("11.01"), total("0")) == ((10, 1), (10, 1), (10, 1))


def test_rows_of_a_closed_kecamatan_go(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    rebuild(2025)
    close(A1, B1)
    close("11.01.01", "11.01.02")
    rebuild(2025)
    assert (total("11.01.01"), total("11.01.02")) == (None, (10, 1))


def test_the_successors_page_shows_the_years_before(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10, 2024)
    spend(wilayah[B1], 7, 2025)
    close(A1, B1)
    for tahun in (2024, 2025):
        rebuild(tahun)
    assert KualitasWilayah(wilayah[B1]).tahun == [2025, 2024]
    assert [row.total for row in KualitasWilayah(wilayah[B1]).komposisi()] == [10 * JUTA, 7 * JUTA]
    assert kualitas.apbdes_berlaku(wilayah[B1], 2024).desa == wilayah[A1]
    children = {satu.wilayah.kode: satu.baris for satu in kualitas.anak(wilayah["11.01.02"], 2024)}
    assert children[B1].wilayah == wilayah[A1]
    assert children[B2] is None


def test_its_own_budget_comes_before_that_of_a_village_it_follows(wilayah: dict[str, Wilayah]) -> None:
    for kode in (A1, B1):
        spend(wilayah[kode], 1)
    close(A1, B1)
    assert kualitas.apbdes_berlaku(wilayah[B1], 2025).desa == wilayah[B1]


def test_exports_keep_the_codes_under_which_facts_were_recorded(wilayah: dict[str, Wilayah]) -> None:
    spend(wilayah[A1], 10)
    close(A1, B1)
    rebuild(2025)
    assert [row[0] for row in exports.kualitas_rows(wilayah["11.01.02"])] == [A1, "11.01.02"]

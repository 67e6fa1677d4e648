"""Lists of cohorts: who sees which, and at what cost."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Wilayah
from pelatihan.models import AngkaTerbit
from pelatihan.queries.angkatan import daftar_angkatan, jumlah_terbit, rincian_angkatan
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, SesiFactory


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([("12", 39), ("33", 36), ("53", 36)], 111),
        ([("12", 39), ("33", None)], None),  # a sum without one of its parts is no sum
        ([(None, 1235), ("12", None)], 1235),  # the whole was published
        ([(None, None), ("12", 5)], None),
        ([("12", 0)], 0),
        ([], None),
    ],
)
def test_what_was_published_in_all(rows: list[tuple[str | None, int | None]], total: int | None) -> None:
    angka = [AngkaTerbit(wilayah_id=int(kode) if kode else None, jumlah=n) for kode, n in rows]
    assert jumlah_terbit(angka) == total


def test_a_region_shows_cohorts_for_it_above_it_and_below_it(wilayah: World) -> None:
    for nama, owner, cakupan in (
        ("Nasional", "0", ["11"]), ("Kecamatan", "11.01", ["11.01.01"]), ("Lain", "11.02", ["11.02"]),
    ):  # fmt: skip
        AngkatanFactory(
            program__wilayah=wilayah[owner], nama=nama, status="ditetapkan", cakupan=[wilayah[kode] for kode in cakupan]
        )
    AngkatanFactory(program__wilayah=wilayah["11.01"], nama="Rancangan")

    def seen(kode: str) -> set[str]:
        return {baris.angkatan.nama for baris in daftar_angkatan(wilayah[kode], 1)[1]}

    assert seen("0") == seen("11") == {"Nasional", "Kecamatan", "Lain"}
    assert seen("11.01.01") == seen("11.01.01.2001") == {"Nasional", "Kecamatan"}
    assert seen("11.02") == {"Nasional", "Lain"}
    assert [b.angkatan.nama for b in daftar_angkatan(wilayah["11"], 1, "lokakarya")[1]] == []


def test_those_who_withdrew_are_not_counted_and_classes_do_not_multiply(wilayah: World) -> None:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"], cakupan=[wilayah["11.01.01"], wilayah["11.01.02"]])
    kelas = KelasFactory(angkatan=satu)
    KelasFactory(angkatan=satu)
    SesiFactory.create_batch(3, kelas=kelas)
    PesertaFactory.create_batch(2, angkatan=satu, kelas=kelas)
    PesertaFactory(angkatan=satu, kelas=kelas, status="mundur", alasan="Sakit.")
    found = rincian_angkatan(satu)
    assert found.baris.tercatat == 2
    assert sorted((k.n_peserta, k.n_sesi) for k in found.kelas) == [(0, 0), (2, 3)]


def test_the_list_costs_the_same_for_one_cohort_and_for_twenty(
    wilayah: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        satu = AngkatanFactory(program__wilayah=wilayah["11.01"], status="ditetapkan")
        satu.angka_terbit.create(wilayah=wilayah["11.01"], jumlah=3, sumber="Uji")
        PesertaFactory(angkatan=satu)
    with django_assert_num_queries(4):
        rows = daftar_angkatan(wilayah["11.01"], 1)[1]
    assert [(baris.tercatat, baris.terbit) for baris in rows] == [(1, 3)] * 20

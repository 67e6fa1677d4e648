"""The list of a region's units: filtered, sorted, counted, cut into pages."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kecamatan.models import UnitLayanan, Wilayah
from kecamatan.queries.unit import (
    PER_HALAMAN,
    JumlahUnit,
    Saringan,
    daftar_unit,
    jumlah_unit,
    semua_unit,
    wilayah_kerja,
)
from tests.factories import UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, B1


ALFA = "11.01.01"
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def units(wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="mawar", wilayah=wilayah[A1])
    UnitLayananFactory(nama="Anggrek", wilayah=wilayah[A2])
    UnitLayananFactory(nama="Tutup", wilayah=wilayah[A2], sampai=YESTERDAY)
    UnitLayananFactory(nama="SD", jenis="sekolah", wilayah=wilayah[A1])
    UnitLayananFactory(nama="Puskesmas B", jenis="puskesmas", wilayah=wilayah[B1], kerja=[wilayah[A1], wilayah[B1]])


def names(wilayah: Wilayah, **asked: object) -> list[str]:
    return [satu.nama for satu in semua_unit(wilayah, Saringan(**({"urut": "tempat"} | asked)))]


@pytest.mark.parametrize(
    ("query", "saringan"),
    [
        ({}, Saringan(urut="tempat")),
        ({"jenis": "posyandu", "tutup": "1", "urut": "-nama"}, Saringan("posyandu", True, "-nama")),
        ({"jenis": "warung", "tutup": "ya", "urut": "-sandi"}, Saringan(urut="tempat")),
        ({"urut": "--nama"}, Saringan(urut="tempat")),
    ],
)
def test_what_an_address_asks_for(query: dict[str, str], saringan: Saringan) -> None:
    assert Saringan.of(query) == saringan


def test_counts_per_kind_in_the_order_of_the_kinds(units: None, wilayah: dict[str, Wilayah]) -> None:
    assert jumlah_unit(wilayah[ALFA]) == [
        JumlahUnit("puskesmas", "puskesmas", 1),
        JumlahUnit("posyandu", "posyandu", 2),
        JumlahUnit("sekolah", "sekolah/madrasah", 1),
    ]
    assert jumlah_unit(wilayah[ALFA], tutup=True)[1].n == 3
    assert jumlah_unit(wilayah["11.02"]) == []


@pytest.mark.parametrize(
    ("urut", "expected"),
    [
        ("nama", ["Anggrek", "mawar", "Puskesmas B", "SD"]),
        ("-nama", ["SD", "Puskesmas B", "mawar", "Anggrek"]),
        ("jenis", ["Anggrek", "mawar", "Puskesmas B", "SD"]),
        ("tempat", ["mawar", "SD", "Anggrek", "Puskesmas B"]),
        ("-tempat", ["Puskesmas B", "Anggrek", "SD", "mawar"]),
    ],
)
def test_the_order_a_reader_asks_for(urut: str, expected: list[str], units: None, wilayah: dict[str, Wilayah]) -> None:
    assert names(wilayah[ALFA], urut=urut) == expected


def test_the_kind_a_reader_asks_for_leaves_the_counts_alone(units: None, wilayah: dict[str, Wilayah]) -> None:
    daftar = daftar_unit(wilayah[ALFA], Saringan("sekolah", urut="nama"), "")
    assert [satu.nama for satu in daftar.halaman] == ["SD"]
    assert daftar.n_semua == 4


def test_closed_units_come_when_asked_for(units: None, wilayah: dict[str, Wilayah]) -> None:
    assert "Tutup" not in names(wilayah[ALFA])
    assert "Tutup" in names(wilayah[ALFA], tutup=True)


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("x", 1), ("2", 2), ("99", 2), ("0", 2)])
def test_a_long_list_comes_in_pages(asked: str, number: int, wilayah: dict[str, Wilayah]) -> None:
    UnitLayanan.objects.bulk_create(
        UnitLayanan(jenis="posyandu", nama=f"Posyandu {n}", wilayah=wilayah[A1]) for n in range(PER_HALAMAN + 1)
    )
    daftar = daftar_unit(wilayah[ALFA], Saringan(urut="nama"), asked)
    assert daftar.halaman.number == number
    assert len(daftar.halaman) == (PER_HALAMAN if number == 1 else 1)


def test_a_longer_list_costs_no_more_queries(wilayah: dict[str, Wilayah]) -> None:
    counts = []
    for n in (1, 20):
        for number in range(n):
            UnitLayananFactory(nama=f"{n}-{number}", jenis="puskesmas", wilayah=wilayah[A1], kerja=[wilayah[A2]])
        with CaptureQueriesContext(connection) as captured:
            for satu in daftar_unit(wilayah[ALFA], Saringan(urut="nama"), "").halaman:
                assert satu.serves_by_default
                assert satu.wilayah_kerja.all()
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_working_area_by_kecamatan(units: None, wilayah: dict[str, Wilayah]) -> None:
    kerja = wilayah_kerja(UnitLayanan.objects.get(nama="Puskesmas B"))
    assert [(satu.kecamatan.nama, [desa.nama for desa in satu.desa]) for satu in kerja] == [
        ("Alfa", ["A1"]),
        ("Beta", ["B1"]),
    ]
    assert wilayah_kerja(UnitLayanan.objects.get(nama="SD")) == []

"""The grid of a cohort, what looks odd in it, who may teach, and the calendar."""

import datetime
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import AturanDaerah, Wilayah
from pelatihan.models import Angkatan, Kelas
from pelatihan.queries.jadwal import acara, calon_pelatih, hari_angkatan, jp_seluruh, kisi_jadwal, sesi_buka
from tests.factories import AngkatanFactory, ModulFactory, OrangFactory, PesertaFactory, SesiFactory
from tests.pelatihan.kelas import angkatan_kini, at, kelas_kini, sesi_kini


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah]) -> Kelas:
    return kelas_kini(wilayah, nama="Kelas Barat", tempat="Hotel Uji")


def isi(kelas: Kelas, dari: str, sampai: str, **kwargs: object) -> object:
    day, zona = kelas.angkatan.mulai, kelas.zona_waktu
    return SesiFactory(kelas=kelas, mulai=at(day, dari, zona), selesai=at(day, sampai, zona), **kwargs)


def test_the_grid_is_days_by_classes_each_by_its_own_clock(kelas: Kelas, wilayah: dict[str, Wilayah]) -> None:
    timur = kelas_kini(wilayah, angkatan=kelas.angkatan, nama="Kelas Timur", zona="WIT")
    satu = isi(kelas, "08.00", "11.00")
    dini = isi(timur, "00.30", "03.30")  # the day before by the clock in Jakarta
    kisi = kisi_jadwal(kelas.angkatan)
    assert [str(one) for one in kisi.kelas] == ["Kelas Barat", "Kelas Timur"]
    assert [day for day, _cells in kisi.hari] == hari_angkatan(kelas.angkatan)
    assert [sesi for _kelas, sesi in kisi.hari[0][1]] == [[satu], [dini]]
    assert all(sesi == [] for _day, cells in kisi.hari[1:] for _kelas, sesi in cells)


def test_the_grid_takes_as_many_queries_for_many_sessions(
    kelas: Kelas, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for jam in range(8, 16):
        isi(kelas, f"{jam}.00", f"{jam}.45", jp=1, pelatih=[OrangFactory()])
    with django_assert_num_queries(6):
        kisi = kisi_jadwal(kelas.angkatan)
        assert [list(satu.pelatih.all()) for satu in kisi.hari[0][1][0][1]]


def test_hours_that_differ_from_the_curriculum_are_told_where_it_knows_them(kelas: Kelas) -> None:
    known, _unknown = ModulFactory(judul="Kepemimpinan", jp=4), ModulFactory(jp=None)
    assert kisi_jadwal(kelas.angkatan).peringatan == []
    isi(kelas, "08.00", "10.15", modul=known, jp=3)
    assert kisi_jadwal(kelas.angkatan).peringatan == ["Kelas Barat: “Kepemimpinan” mendapat 3 JP; kurikulumnya 4 JP."]
    isi(kelas, "13.00", "13.45", modul=known, jp=1)
    assert kisi_jadwal(kelas.angkatan).peringatan == []


def test_hours_that_do_not_fit_the_minutes_are_told(kelas: Kelas) -> None:
    isi(kelas, "08.00", "09.29", jp=2, judul="Kemitraan")
    assert kisi_jadwal(kelas.angkatan).peringatan == [
        "Kelas Barat: “Kemitraan” berlangsung 89 menit; 2 JP lamanya 90 menit."
    ]


def test_a_class_that_does_not_keep_the_clock_of_its_region_is_told(kelas: Kelas) -> None:
    AturanDaerah.objects.create(kode="11", zona_waktu="WITA", keyakinan="tinggi", sumber="uji")
    assert kisi_jadwal(kelas.angkatan).peringatan == ["Kelas Barat memakai WIB, padahal Kabupaten Satu memakai WITA."]


def test_a_cohort_without_days_shows_those_it_meets_on(wilayah: dict[str, Wilayah]) -> None:
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"], mulai=None)
    assert kisi_jadwal(angkatan).hari == []
    satu = sesi_kini(kelas_kini(wilayah, angkatan=angkatan))
    assert [day for day, _cells in kisi_jadwal(angkatan).hari] == [satu.hari]


def test_days_of_a_cohort_include_its_opening(wilayah: dict[str, Wilayah]) -> None:
    day = datetime.date(2024, 7, 9)
    told = {"mulai": day, "selesai": datetime.date(2024, 7, 10), "pembukaan": datetime.date(2024, 7, 8)}
    assert [one.day for one in hari_angkatan(Angkatan(**told))] == [8, 9, 10]


def test_trainers_offered_are_graduates_those_of_the_region_and_those_of_the_cohort(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    tot = angkatan_kini(wilayah)
    passed = PesertaFactory(angkatan=tot, status="lulus", orang__nama="A Lulus")
    PesertaFactory(angkatan=tot, status="tidak_lulus", alasan="nilai", orang__nama="B Gagal")
    kelas = kelas_kini(wilayah, angkatan=angkatan_kini(wilayah, induk=tot))
    guest = OrangFactory(nama="C Tamu")
    sesi_kini(kelas, pelatih=[guest])
    assert calon_pelatih(kelas) == [passed.orang, guest, cast.pelatih_kabupaten.orang]
    jauh = kelas_kini(wilayah, angkatan=angkatan_kini(wilayah), tempat_di=wilayah["11.02"])
    assert calon_pelatih(jauh) == []
    kecamatan = kelas_kini(wilayah, angkatan=angkatan_kini(wilayah), tempat_di=wilayah["11.01.01"])
    assert calon_pelatih(kecamatan) == [cast.pelatih_kabupaten.orang]


def test_the_calendar_names_places_and_no_people(kelas: Kelas) -> None:
    satu = sesi_kini(kelas, ruang="Mawar", judul="Kepemimpinan", pelatih=[OrangFactory(nama="Siti")])
    (event,) = acara(kelas)
    assert event.uid.startswith(f"sesi-{satu.pk}@")
    assert (event.judul, event.tempat, event.urutan) == ("Kepemimpinan", "Mawar, Hotel Uji", 0)
    assert "Siti" not in repr(event)


def test_sessions_are_open_from_half_an_hour_before_until_their_end(kelas: Kelas) -> None:
    now = sesi_kini(kelas, 179)
    soon = sesi_kini(kelas, -29)
    sesi_kini(kelas, -31)
    sesi_kini(kelas, 181)
    assert sesi_buka(kelas) == [now, soon]
    assert now not in sesi_buka(kelas, at=now.mulai - datetime.timedelta(minutes=31))


def test_lesson_hours_of_a_class_are_added_up(kelas: Kelas) -> None:
    assert jp_seluruh(kelas) == 0
    sesi_kini(kelas, jp=3)
    sesi_kini(kelas, -300, jp=4)
    assert jp_seluruh(kelas) == 7

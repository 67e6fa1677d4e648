"""What is known of past cohorts, as published: no person is invented, no unknown number becomes 0."""

import pytest
from django.conf import settings

from kecamatan.importers.wilayah import impor_wilayah
from pelatihan.importers.acuan import impor_angkatan, impor_kurikulum
from pelatihan.models import Angkatan, AngkaTerbit, Modul, PertanyaanEvaluasi, Peserta, UnsurPeserta
from pelatihan.queries.angkatan import jumlah_terbit


pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "fixtures" / "pelatihan"
PROVINSI = {"11": "Aceh", "12": "Sumatera Utara", "33": "Jawa Tengah", "34": "DI Yogyakarta", "35": "Jawa Timur",
            "52": "NTB", "53": "NTT", "63": "Kalsel", "64": "Kaltim", "71": "Sulut", "73": "Sulsel"}  # fmt: skip


@pytest.fixture
def terbit(db: None) -> dict[str, Angkatan]:
    impor_wilayah(PROVINSI.items())
    assert impor_angkatan(FOLDER) == 8
    return {satu.nama: satu for satu in Angkatan.objects.all()}


def test_stage_two_is_the_published_111_beside_nobody_recorded(terbit: dict[str, Angkatan]) -> None:
    satu = terbit["ToT tahap 2"]
    parts = {angka.wilayah.kode: angka.jumlah for angka in satu.angka_terbit.all()}
    assert parts == {"12": 39, "33": 36, "53": 36}
    assert jumlah_terbit(satu.angka_terbit.all()) == 111
    assert not Peserta.objects.exists()
    assert (satu.mulai.isoformat(), satu.pembukaan.isoformat()) == ("2024-06-18", "2024-06-19")


def test_a_number_that_was_not_published_stays_unknown(terbit: dict[str, Angkatan]) -> None:
    known = {nama: jumlah_terbit(satu.angka_terbit.all()) for nama, satu in terbit.items()}
    assert known == {
        "ToT tahap 1": None,
        "ToT tahap 2": 111,
        "ToT tahap 3": None,
        "Pelatihan Aparatur Kecamatan Juli 2024": 1235,
        "Lokakarya 6–10 November 2024": 1156,
        "Lokakarya 13–17 November 2024": 840,
        "Uji coba modul, April 2017": 31,
        "Bimtek 8–18 Mei 2017": 90,
    }


def test_all_of_them_are_closed_and_tell_their_source(terbit: dict[str, Angkatan]) -> None:
    assert {satu.status for satu in terbit.values()} == {"ditutup"}
    assert all(satu.sumber and satu.program.sumber for satu in terbit.values())
    assert not AngkaTerbit.objects.filter(sumber="").exists()
    assert terbit["Pelatihan Aparatur Kecamatan Juli 2024"].induk == terbit["ToT tahap 2"]


def test_a_cohort_about_a_region_that_is_not_loaded_waits(db: None) -> None:
    impor_wilayah([("35", "Jawa Timur")])
    assert impor_angkatan(FOLDER) == 1
    assert Angkatan.objects.get().nama == "Bimtek 8–18 Mei 2017"


def test_loading_twice_changes_nothing(terbit: dict[str, Angkatan]) -> None:
    before = AngkaTerbit.objects.count()
    assert impor_angkatan(FOLDER) == 8
    assert {satu.pk for satu in Angkatan.objects.all()} == {satu.pk for satu in terbit.values()}
    assert AngkaTerbit.objects.count() == before


def test_the_curricula_of_the_sources_and_hours_that_somebody_wrote_stay() -> None:
    assert impor_kurikulum(FOLDER) == {
        "unsur peserta": 9,
        "modul pelatihan": 19,
        "pertanyaan evaluasi": PertanyaanEvaluasi.objects.count(),
    }
    assert Modul.objects.filter(jenis="aparatur").count() == 9
    assert set(Modul.objects.values_list("jp", flat=True)) == {None}
    assert UnsurPeserta.objects.filter(jenis="tot", wajib=True).count() == 5
    Modul.objects.filter(kode="kec-1").update(jp=6)
    impor_kurikulum(FOLDER)
    assert Modul.objects.get(kode="kec-1").jp == 6

"""The timetable: what is taken in, and what clashes, whatever clock hangs on the wall."""

import datetime
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.template.defaultfilters import date as date_filter

from kecamatan.models import CatatanAudit, Wilayah
from pelatihan.actions.sesi import change_sesi, create_sesi, remove_sesi
from pelatihan.models import Kelas, Sesi
from tests.factories import KelasFactory, OrangFactory, PresensiFactory
from tests.pelatihan.kelas import angkatan_kini, at, kelas_kini, peserta_kini


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Kelas:
    return kelas_kini(wilayah, nama="Kelas Barat", tempat="Hotel Uji")


def tambah(kelas: Kelas, by: Any, dari: str = "08.00", sampai: str = "10.00", zona: Any = None, **isi: Any) -> Sesi:
    day = isi.pop("hari", kelas.angkatan.mulai)
    isi = {"judul": "Kepemimpinan", "jp": 2, **isi}
    zona = zona or kelas.zona_waktu
    return create_sesi(by=by, kelas=kelas, mulai=at(day, dari, zona), selesai=at(day, sampai, zona), **isi)


def refused(kelas: Kelas, by: Any, **isi: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        tambah(kelas, by, **isi)
    return caught.value.message_dict


def test_a_session_stands_in_the_timetable_with_its_trainers(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = tambah(kelas, cast.admin_kabupaten, pelatih=[cast.pelatih_kabupaten.orang], ruang="Mawar")
    satu.refresh_from_db()
    assert (str(satu), satu.jp, satu.ruang, satu.versi, satu.hari) == (
        "Kepemimpinan", 2, "Mawar", 0, kelas.angkatan.mulai,
    )  # fmt: skip
    assert list(satu.pelatih.all()) == [cast.pelatih_kabupaten.orang]


def test_a_class_is_in_one_place_at_a_time(kelas: Kelas, cast: SimpleNamespace) -> None:
    tambah(kelas, cast.admin_kabupaten)
    found = refused(kelas, cast.admin_kabupaten, dari="09.59", sampai="11.00")
    assert list(found) == ["dari"]
    assert found["dari"][0].startswith("Kelas ini sudah mengikuti “Kepemimpinan”, ")
    assert found["dari"][0].endswith("08.00–10.00 WIB.")
    tambah(kelas, cast.admin_kabupaten, dari="10.00", sampai="11.00")  # one after the other is no clash


def test_a_trainer_is_in_one_place_at_a_time_by_the_clock_of_the_world(
    kelas: Kelas, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    siti = OrangFactory(nama="Siti", gelar_depan="Dr.")
    timur = kelas_kini(wilayah, angkatan=kelas.angkatan, nama="Kelas Timur", zona="WITA")
    tambah(kelas, cast.admin_kabupaten, pelatih=[siti])
    assert refused(timur, cast.admin_kabupaten, dari="10.30", sampai="12.00", pelatih=[siti]) == {
        "pelatih": [
            f"Dr. Siti sudah melatih “Kepemimpinan” di Kelas Barat ({kelas.angkatan}), {hari(kelas)} 08.00–10.00 WIB."
        ]
    }
    tambah(timur, cast.admin_kabupaten, dari="08.00", sampai="09.00", pelatih=[siti])  # 07.00 WIB


def hari(kelas: Kelas) -> str:
    return date_filter(kelas.angkatan.mulai, "j F Y")


def test_a_trainer_of_another_cohort_is_taken_too(
    kelas: Kelas, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    siti = OrangFactory(nama="Siti")
    lain = kelas_kini(wilayah, angkatan=angkatan_kini(wilayah, nama="Angkatan Lain"), nama="Kelas Lain")
    tambah(lain, cast.admin_kabupaten, pelatih=[siti])
    assert "Kelas Lain (Angkatan Lain)" in refused(kelas, cast.admin_kabupaten, pelatih=[siti])["pelatih"][0]
    lain.angkatan.status = "batal"
    lain.angkatan.alasan = "Banjir"
    lain.angkatan.save()
    tambah(kelas, cast.admin_kabupaten, pelatih=[siti])  # what was called off takes nobody's time


def test_a_room_of_a_venue_holds_one_class(kelas: Kelas, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    sejajar = kelas_kini(wilayah, angkatan=kelas.angkatan, nama="Kelas Sejajar", tempat="hotel uji")
    jauh = kelas_kini(wilayah, angkatan=kelas.angkatan, nama="Kelas Jauh", tempat="Hotel Lain")
    tambah(kelas, cast.admin_kabupaten, ruang="Mawar")
    assert refused(sejajar, cast.admin_kabupaten, ruang="mawar")["ruang"][0].startswith(
        "Ruang ini sudah dipakai Kelas Barat untuk “Kepemimpinan”, "
    )
    tambah(sejajar, cast.admin_kabupaten, ruang="Melati")
    tambah(jauh, cast.admin_kabupaten, ruang="Mawar")


def test_rooms_nobody_named_do_not_clash(kelas: Kelas, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    tambah(kelas, cast.admin_kabupaten)
    tambah(kelas_kini(wilayah, angkatan=kelas.angkatan, tempat="Hotel Uji"), cast.admin_kabupaten)


def test_a_session_lies_on_a_day_of_the_cohort_or_of_its_opening(kelas: Kelas, cast: SimpleNamespace) -> None:
    angkatan = kelas.angkatan
    before = angkatan.mulai - datetime.timedelta(days=2)
    assert "Hari ini bukan hari angkatan" in refused(kelas, cast.admin_kabupaten, hari=before)["hari"][0]
    angkatan.pembukaan = before
    angkatan.save()
    tambah(kelas, cast.admin_kabupaten, hari=before)


def test_a_cohort_without_days_takes_any(kelas: Kelas, cast: SimpleNamespace) -> None:
    angkatan, day = kelas.angkatan, kelas.angkatan.mulai
    angkatan.mulai = angkatan.selesai = angkatan.batas_usulan = None
    angkatan.save()
    assert tambah(kelas, cast.admin_kabupaten, hari=day).pk


def test_a_change_counts_up_and_keeps_the_secret_of_the_codes(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = tambah(kelas, cast.admin_kabupaten)
    before = (bytes(satu.kunci), satu.diubah_pada)
    change_sesi(by=cast.admin_kabupaten, sesi=satu, judul="Kemitraan", pelatih=[])
    satu.refresh_from_db()
    assert (satu.judul, satu.versi, bytes(satu.kunci)) == ("Kemitraan", 1, before[0])
    assert satu.diubah_pada > before[1]


def test_a_session_does_not_clash_with_itself(kelas: Kelas, cast: SimpleNamespace) -> None:
    siti = OrangFactory()
    satu = tambah(kelas, cast.admin_kabupaten, pelatih=[siti], ruang="Mawar")
    change_sesi(by=cast.admin_kabupaten, sesi=satu, pelatih=[siti], jp=3)
    satu.refresh_from_db()
    assert satu.jp == 3


def test_the_secret_never_enters_the_history(kelas: Kelas, cast: SimpleNamespace) -> None:
    tambah(kelas, cast.admin_kabupaten)
    row = CatatanAudit.objects.get(model="pelatihan.sesi")
    assert {"kunci", "versi", "diubah_pada"}.isdisjoint(row.perubahan)
    assert row.perubahan["judul"] == [None, "Kepemimpinan"]


def test_a_session_ends_after_it_begins(kelas: Kelas, cast: SimpleNamespace) -> None:
    found = refused(kelas, cast.admin_kabupaten, dari="10.00", sampai="10.00")
    assert found == {"__all__": ["Jam selesai mendahului jam mulai. Periksa keduanya."]}


def test_a_session_is_taken_out_unless_somebody_was_there(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = tambah(kelas, cast.admin_kabupaten)
    hadir = PresensiFactory(sesi=satu, peserta=peserta_kini(kelas))
    with pytest.raises(ValidationError, match="sudah memiliki presensi"):
        remove_sesi(by=cast.admin_kabupaten, sesi=satu)
    hadir.delete()
    remove_sesi(by=cast.admin_kabupaten, sesi=satu)
    assert not Sesi.objects.exists()


@pytest.mark.parametrize("name", ["penyedia", "pelatih_kabupaten", "admin_kabupaten_lain", "camat_a"])
def test_only_those_who_run_the_cohort_make_its_timetable(kelas: Kelas, cast: SimpleNamespace, name: str) -> None:
    kelas.petugas.add(cast.penyedia)
    satu = tambah(kelas, cast.admin_kabupaten, pelatih=[cast.pelatih_kabupaten.orang])
    by = getattr(cast, name)
    for act in (
        lambda: tambah(kelas, by, dari="13.00", sampai="14.00"),
        lambda: change_sesi(by=by, sesi=satu, jp=1),
        lambda: remove_sesi(by=by, sesi=satu),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nothing_of_a_closed_cohort_changes(kelas: Kelas, cast: SimpleNamespace) -> None:
    satu = tambah(kelas, cast.admin_kabupaten)
    kelas.angkatan.status = "ditutup"
    kelas.angkatan.save()
    for act in (
        lambda: tambah(kelas, cast.admin_kabupaten, dari="13.00", sampai="14.00"),
        lambda: change_sesi(by=cast.admin_kabupaten, sesi=satu, jp=1),
        lambda: remove_sesi(by=cast.admin_kabupaten, sesi=satu),
    ):
        with pytest.raises(ValidationError, match="tidak dapat diubah lagi"):
            act()


def ask_at_once(cast: SimpleNamespace, classes: list[Kelas], **isi: Any) -> int:
    """How many of the classes got a session at the same hour, all asking together."""
    gate, got = threading.Barrier(len(classes)), []

    def ask(kelas: Kelas) -> None:
        gate.wait()
        try:
            got.append(tambah(kelas, cast.admin_kabupaten, **isi))
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(satu,)) for satu in classes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Sesi.objects.count() == len(got)
    return len(got)


@pytest.mark.django_db(transaction=True)
def test_two_cohorts_that_ask_for_a_trainer_at_once_do_not_both_get_one(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    classes = [KelasFactory(angkatan=angkatan_kini(wilayah)) for _ in range(4)]
    assert ask_at_once(cast, classes, pelatih=[OrangFactory()]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_cohorts_that_ask_for_a_room_at_once_do_not_both_get_it(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    places = ("Hotel Uji", "hotel uji", "HOTEL UJI", "Hotel Uji")
    classes = [KelasFactory(angkatan=angkatan_kini(wilayah), tempat=tempat) for tempat in places]
    assert ask_at_once(cast, classes, ruang="Mawar") == 1
    Sesi.objects.all().delete()
    assert ask_at_once(cast, classes) == 4  # rooms nobody named are nobody's

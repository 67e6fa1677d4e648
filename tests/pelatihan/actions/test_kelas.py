"""Classes: who makes them, who sees them, and who sits in them."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.actions.kelas import change_kelas, create_kelas, place_peserta, require_kelola_kelas
from pelatihan.models import Angkatan, Kelas, Sesi
from tests.factories import (
    AngkatanFactory,
    KelasFactory,
    OrangFactory,
    PesertaFactory,
    PresensiFactory,
    SesiFactory,
    TesFactory,
)
from tests.pelatihan.kelas import at


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.fixture
def angkatan(wilayah: World) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"])


def test_classes_of_a_cohort_stand_in_several_zones(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World) -> None:
    for nama, zona in (("Medan", "WIB"), ("Kupang", "WITA")):
        create_kelas(by=cast.admin_kabupaten, angkatan=angkatan, nama=nama, zona=zona, wilayah=wilayah["11"])
    assert {(satu.nama, str(satu.zona_waktu)) for satu in Kelas.objects.all()} == {
        ("Medan", "Asia/Jakarta"), ("Kupang", "Asia/Makassar")
    }  # fmt: skip
    with pytest.raises(ValidationError, match="Beri nama lain"):
        create_kelas(by=cast.admin_kabupaten, angkatan=angkatan, nama="Medan", wilayah=wilayah["11"])


def test_provider_and_trainer_see_their_class_and_no_other(
    angkatan: Angkatan, cast: SimpleNamespace, wilayah: World
) -> None:
    by, mine = cast.admin_kabupaten, KelasFactory(angkatan=angkatan)
    other = KelasFactory(angkatan=angkatan)
    change_kelas(by=by, kelas=mine, petugas=[cast.penyedia], tempat="Aula")
    SesiFactory(kelas=mine, pelatih=[cast.pelatih_kabupaten.orang])
    seen = {
        name: set(Kelas.objects.visible_to(getattr(cast, name)))
        for name in ("penyedia", "pelatih_kabupaten", "admin_kabupaten", "admin_pusat", "camat_a", "sekda")
    }
    assert seen == {
        "penyedia": {mine}, "pelatih_kabupaten": {mine}, "admin_kabupaten": {mine, other},
        "admin_pusat": {mine, other}, "camat_a": set(), "sekda": set(),
    }  # fmt: skip
    cast.penyedia.is_active = False
    assert not Kelas.objects.visible_to(cast.penyedia).exists()


def test_others_and_closed_cohorts_change_nothing(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    kelas.petugas.set([cast.penyedia])
    with pytest.raises(PermissionDenied):
        change_kelas(by=cast.penyedia, kelas=kelas, nama="Lain")
    with pytest.raises(PermissionDenied):
        require_kelola_kelas(cast.penyedia, kelas)
    with pytest.raises(PermissionDenied):
        create_kelas(by=cast.admin_kabupaten_lain, angkatan=angkatan, nama="A", wilayah=wilayah["11.02"])
    Angkatan.objects.update(status="ditutup")
    with pytest.raises(ValidationError):
        change_kelas(by=cast.admin_kabupaten, kelas=Kelas.objects.get(), nama="Lain")


def test_participants_of_the_cohort_are_put_into_a_class_and_nobody_else(
    angkatan: Angkatan, cast: SimpleNamespace, wilayah: World
) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    mine = PesertaFactory.create_batch(2, angkatan=angkatan)
    stranger = PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]))
    keys = [satu.pk for satu in (*mine, stranger)]
    assert place_peserta(by=cast.admin_kabupaten, kelas=kelas, peserta=keys) == 2
    assert place_peserta(by=cast.admin_kabupaten, kelas=kelas, peserta=keys) == 0
    assert set(kelas.peserta.all()) == set(mine)
    with pytest.raises(PermissionDenied):
        place_peserta(by=cast.admin_kabupaten_lain, kelas=kelas, peserta=keys)


def clock(kelas: Kelas, hari: datetime.date, jam: str, **more: object) -> Sesi:
    mulai = at(hari, jam, kelas.zona_waktu)
    return SesiFactory(kelas=kelas, mulai=mulai, selesai=mulai + datetime.timedelta(hours=2), **more)


def on_the_wall(sesi: Sesi) -> str:
    fresh = Sesi.objects.select_related("kelas").get(pk=sesi.pk)
    mulai, selesai = (moment.astimezone(fresh.kelas.zona_waktu) for moment in (fresh.mulai, fresh.selesai))
    return f"{mulai:%H.%M}–{selesai:%H.%M}"


NANTI = timezone.localdate() + datetime.timedelta(days=7)


@pytest.mark.parametrize("zona", ["WITA", "WIT"])
def test_in_another_zone_sessions_keep_their_hour_on_the_wall(
    angkatan: Angkatan, cast: SimpleNamespace, zona: str
) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    begun, coming = SesiFactory(kelas=kelas), clock(kelas, NANTI, "09.00")
    begun_at, coming_at = begun.mulai, coming.mulai
    changed = change_kelas(by=cast.admin_kabupaten, kelas=kelas, zona=zona)
    assert on_the_wall(coming) == "09.00–11.00"
    for sesi in (begun, coming):
        sesi.refresh_from_db()
    hours = {"WITA": 1, "WIT": 2}[zona]
    assert (begun.mulai, coming.mulai) == (begun_at, coming_at - datetime.timedelta(hours=hours))
    assert (begun.versi, coming.versi) == (0, 1)  # calendars learn of what moved
    change_kelas(by=cast.admin_kabupaten, kelas=changed, zona="WIB")
    coming.refresh_from_db()
    assert coming.mulai == coming_at


def test_a_change_that_was_made_meanwhile_is_not_made_twice(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    sesi = clock(kelas, NANTI, "09.00")
    first, second = Kelas.objects.get(), Kelas.objects.get()
    for satu in (first, second):
        change_kelas(by=cast.admin_kabupaten, kelas=satu, zona="WITA")
    assert on_the_wall(sesi) == "09.00–11.00"


def test_the_zone_stays_once_attendance_was_taken_or_while_a_test_is_open(
    angkatan: Angkatan, cast: SimpleNamespace
) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    sesi = clock(kelas, NANTI, "09.00")
    tes = TesFactory(angkatan=angkatan)
    with pytest.raises(ValidationError, match="sedang dibuka"):
        change_kelas(by=cast.admin_kabupaten, kelas=kelas, zona="WITA")
    tes.delete()
    PresensiFactory(sesi=SesiFactory(kelas=kelas), peserta=PesertaFactory(angkatan=angkatan, kelas=kelas))
    with pytest.raises(ValidationError) as caught:
        change_kelas(by=cast.admin_kabupaten, kelas=kelas, zona="WITA", nama="Lain")
    assert list(caught.value.message_dict) == ["zona"]
    assert list(Kelas.objects.values_list("nama", "zona")) == [(kelas.nama, "WIB")]
    assert on_the_wall(sesi) == "09.00–11.00"
    assert change_kelas(by=cast.admin_kabupaten, kelas=kelas, nama="Lain", tempat="Aula").nama == "Lain"


def test_a_class_moves_neither_into_a_taken_room_nor_to_where_its_trainer_is_elsewhere(
    angkatan: Angkatan, cast: SimpleNamespace
) -> None:
    siti = OrangFactory(nama="Siti")
    kelas = KelasFactory(angkatan=angkatan, tempat="Hotel Uji")
    sesi = clock(kelas, NANTI, "09.00", ruang="Mawar", pelatih=[siti])
    lain = KelasFactory(angkatan=angkatan, nama="Kelas Lain", tempat="Hotel Lain")
    clock(lain, NANTI, "09.00", ruang="mawar")
    with pytest.raises(ValidationError) as caught:
        change_kelas(by=cast.admin_kabupaten, kelas=kelas, tempat="Hotel Lain")
    assert caught.value.message_dict["tempat"][0].startswith("Ruang ini sudah dipakai Kelas Lain")
    clock(lain, NANTI, "07.00", pelatih=[siti])  # 09.00 in Jayapura
    with pytest.raises(ValidationError) as caught:
        change_kelas(by=cast.admin_kabupaten, kelas=kelas, zona="WIT")
    assert caught.value.message_dict["zona"][0].startswith("Siti sudah melatih")
    assert (Kelas.objects.get(pk=kelas.pk).tempat, on_the_wall(sesi)) == ("Hotel Uji", "09.00–11.00")

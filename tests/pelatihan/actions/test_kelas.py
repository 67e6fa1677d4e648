"""Classes: who makes them, who sees them, and who sits in them."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Wilayah
from pelatihan.actions.kelas import change_kelas, create_kelas, place_peserta, require_kelola_kelas
from pelatihan.models import Angkatan, Kelas
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, SesiFactory


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

"""Participants one by one."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Orang, Pengguna, Wilayah
from pelatihan.actions import peserta as actions
from pelatihan.actions.tautan import give_kode, link_perangkat
from pelatihan.models import Angkatan, Peserta, UnsurPeserta
from pelatihan.models.data_peserta import DataPeserta
from tests.factories import AngkatanFactory, CalonFactory, OrangFactory, PesertaFactory, UndanganFactory
from tests.pelatihan.dunia_orang import ALFA, BETA, NIP, aparatur


pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: SimpleNamespace) -> Pengguna:
    return cast.admin_kabupaten


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return aparatur(wilayah["11.01"])


@pytest.fixture
def data(wilayah: dict[str, Wilayah], angkatan: Angkatan) -> DataPeserta:
    return DataPeserta("Siti Aminah", wilayah[ALFA], NIP, jabatan="Camat", unsur=UnsurPeserta.objects.get(pk="camat"))


def test_a_new_person_is_recorded_with_what_the_number_tells(
    admin: Pengguna, angkatan: Angkatan, data: DataPeserta
) -> None:
    peserta = actions.add_peserta(by=admin, angkatan=angkatan, data=data)
    assert (peserta.orang.jenis_kelamin, peserta.orang.jabatan, peserta.status) == ("L", "Camat", "terdaftar")


def test_whoever_has_the_number_is_added_as_recorded(admin: Pengguna, angkatan: Angkatan, data: DataPeserta) -> None:
    known = OrangFactory(nama="SITI AMINAH", nip=NIP, jabatan="Sekcam")
    assert actions.add_peserta(by=admin, angkatan=angkatan, data=data).orang == known
    known.refresh_from_db()
    assert (known.nama, known.jabatan) == ("SITI AMINAH", "Sekcam")
    with pytest.raises(ValidationError, match="sudah menjadi peserta"):
        actions.add_peserta(by=admin, angkatan=angkatan, data=data)


def test_a_number_of_somebody_else_and_a_place_outside_are_refused(
    admin: Pengguna, angkatan: Angkatan, data: DataPeserta, wilayah: dict[str, Wilayah]
) -> None:
    OrangFactory(nama="Budi", nip=NIP)
    with pytest.raises(ValidationError, match="atas nama orang lain"):
        actions.add_peserta(by=admin, angkatan=angkatan, data=data)
    with pytest.raises(ValidationError, match="di luar wilayah sasaran"):
        actions.add_peserta(by=admin, angkatan=angkatan, data=DataPeserta("Ani", wilayah["11.02.01"]))
    assert not Peserta.objects.exists()


def test_the_person_is_corrected_only_where_they_are_ones_own(
    admin: Pengguna, angkatan: Angkatan, data: DataPeserta, wilayah: dict[str, Wilayah]
) -> None:
    peserta = actions.add_peserta(by=admin, angkatan=angkatan, data=data)
    changed = DataPeserta("Siti A.", wilayah[BETA], telepon="+6281234567890")
    actions.change_peserta(by=admin, peserta=peserta, data=changed)
    orang = Orang.objects.get(nip=NIP)
    assert (orang.nama, orang.jabatan, orang.telepon) == ("Siti A.", "Camat", "+6281234567890")
    PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["0"]), orang=orang)
    actions.change_peserta(by=admin, peserta=peserta, data=DataPeserta("Lain", wilayah[ALFA]))
    orang.refresh_from_db()
    peserta.refresh_from_db()
    assert (orang.nama, peserta.wilayah.kode, peserta.unsur) == ("Siti A.", ALFA, None)


def test_withdrawing_has_a_reason_and_ends_the_links(admin: Pengguna, angkatan: Angkatan, data: DataPeserta) -> None:
    peserta = actions.add_peserta(by=admin, angkatan=angkatan, data=data)
    kelas = angkatan.kelas.get()
    Peserta.objects.update(kelas=kelas)
    kode = give_kode(by=admin, kelas=kelas, peserta=[peserta.pk])[peserta.pk]
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        actions.withdraw_peserta(by=admin, peserta=peserta, alasan=" ")
    actions.withdraw_peserta(by=admin, peserta=peserta, alasan="Sakit")
    peserta.refresh_from_db()
    assert (peserta.status, peserta.alasan, peserta.versi_tautan) == ("mundur", "Sakit", 1)
    assert link_perangkat(kode=kode) is None
    with pytest.raises(ValidationError, match="sudah dinyatakan"):
        actions.withdraw_peserta(by=admin, peserta=peserta, alasan="Lagi")
    assert actions.restore_peserta(by=admin, peserta=peserta).status == "terdaftar"
    with pytest.raises(ValidationError, match="tidak mengundurkan diri"):
        actions.restore_peserta(by=admin, peserta=peserta)


def test_who_was_proposed_stands_in_the_proposal_as_in_the_list(
    admin: Pengguna, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    undangan = UndanganFactory(angkatan=angkatan, wilayah=wilayah["11.01"], terkirim=True)
    peserta = PesertaFactory(angkatan=angkatan)
    calon = CalonFactory(usulan=undangan.usulan, status="konfirmasi", peserta=peserta)
    actions.withdraw_peserta(by=admin, peserta=peserta, alasan="Sakit")
    calon.refresh_from_db()
    assert (calon.status, calon.alasan) == ("mundur", "Sakit")
    actions.restore_peserta(by=admin, peserta=peserta)
    calon.refresh_from_db()
    assert (calon.status, calon.alasan) == ("disetujui", "")


def test_only_a_mistake_is_struck_out(admin: Pengguna, angkatan: Angkatan) -> None:
    wrong, passed = PesertaFactory(angkatan=angkatan), PesertaFactory(angkatan=angkatan, status="lulus")
    actions.remove_peserta(by=admin, peserta=wrong)
    with pytest.raises(ValidationError, match="Catat sebagai mengundurkan diri"):
        actions.remove_peserta(by=admin, peserta=passed)
    assert list(angkatan.peserta.all()) == [passed]


def test_strangers_and_closed_cohorts_are_refused(
    admin: Pengguna, angkatan: Angkatan, data: DataPeserta, cast: SimpleNamespace
) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_peserta(by=cast.admin_kabupaten_lain, angkatan=angkatan, data=data)
    peserta = PesertaFactory(angkatan=angkatan)
    Angkatan.objects.update(status="ditutup")
    for act in (
        lambda: actions.add_peserta(by=admin, angkatan=angkatan, data=data),
        lambda: actions.change_peserta(by=admin, peserta=peserta, data=data),
        lambda: actions.remove_peserta(by=admin, peserta=peserta),
    ):
        with pytest.raises(ValidationError, match="sudah ditutup"):
            act()

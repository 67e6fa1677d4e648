"""The office of a Sekda fills a proposal in and sends it."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from kecamatan.models import Notifikasi
from pelatihan.actions.usulan import raise_calon, record_surat, remove_calon, save_calon, send_usulan
from pelatihan.models import Calon, Kuota, Undangan, Usulan
from tests.factories import CalonFactory, UnsurPesertaFactory
from tests.factories.usulan import PDF, nip
from tests.pelatihan.dunia_usulan import LENGKAP, SATU, World, angkatan_tot, hari, undangan_of


pytestmark = pytest.mark.django_db
SURAT = {"nomor_surat": "800/12", "pejabat": "Sri Rejeki", "jabatan_pejabat": "Sekretaris Daerah"}


@pytest.fixture
def undangan(wilayah: World) -> Undangan:
    return undangan_of(angkatan_tot(wilayah), wilayah[SATU])


def added(undangan: Undangan, **more: object) -> Calon:
    told = {"unsur": UnsurPesertaFactory(), "wilayah": undangan.wilayah, **LENGKAP, **more}
    return save_calon(undangan=undangan, **told)


def complete(undangan: Undangan) -> None:
    record_surat(undangan=undangan, **SURAT, tanggal_surat=hari(0), berkas=PDF)


def test_the_nip_tells_the_sex_and_contradicts_a_wrong_one(undangan: Undangan) -> None:
    assert added(undangan).jenis_kelamin == "P"
    with pytest.raises(ValidationError, match="menyatakan jenis kelamin yang lain"):
        added(undangan, nip=nip(2, sex="1"), jenis_kelamin="P")


def test_the_same_nip_is_proposed_once(undangan: Undangan) -> None:
    added(undangan)
    with pytest.raises(ValidationError, match="sudah ada dalam usulan ini"):
        added(undangan)


def test_only_offices_with_a_quota_are_proposed_for(undangan: Undangan) -> None:
    Kuota.objects.filter(unsur="bappeda").update(jumlah=0)
    with pytest.raises(ValidationError, match="Tidak ada kuota"):
        added(undangan)


def test_whoever_works_in_a_kecamatan_names_one_of_the_kabupaten(undangan: Undangan, wilayah: World) -> None:
    camat = UnsurPesertaFactory(kode="camat", nama="Camat", kecamatan=True)
    Kuota.objects.create(angkatan=undangan.angkatan, wilayah=undangan.wilayah, unsur=camat, jumlah=1)
    assert added(undangan, unsur=camat, wilayah=wilayah["11.01.01"]).wilayah.kode == "11.01.01"
    for elsewhere in (wilayah["11.02.01"], undangan.wilayah):
        with pytest.raises(ValidationError, match="Pilih kecamatan"):
            added(undangan, unsur=camat, wilayah=elsewhere, nip=nip(9))


def test_people_are_ordered_within_their_office_and_taken_out_again(undangan: Undangan) -> None:
    one, two = added(undangan), added(undangan, nip=nip(2), nama="Dua")
    raise_calon(undangan=undangan, calon=two.pk)
    assert list(undangan.usulan.calon.berurut()) == [two, one]
    raise_calon(undangan=undangan, calon=two.pk)
    assert list(undangan.usulan.calon.berurut()) == [two, one]
    remove_calon(undangan=undangan, calon=two.pk)
    assert list(undangan.usulan.calon.all()) == [one]


def test_equal_places_are_put_in_order_too(undangan: Undangan) -> None:
    one, two = (CalonFactory(usulan=undangan.usulan, urutan=1) for _ in range(2))
    raise_calon(undangan=undangan, calon=two.pk)
    assert list(undangan.usulan.calon.berurut()) == [two, one]


def test_somebody_can_be_moved_to_another_office(undangan: Undangan) -> None:
    added(undangan, nip=nip(5), unsur=UnsurPesertaFactory(kode="inspektorat"))
    moved = added(undangan)
    told = {**LENGKAP, "unsur": UnsurPesertaFactory(kode="inspektorat"), "wilayah": undangan.wilayah}
    save_calon(undangan=undangan, calon=moved, **told)
    moved.refresh_from_db()
    assert (moved.unsur_id, moved.urutan) == ("inspektorat", 2)


def test_nobody_of_another_proposal_is_touched(undangan: Undangan, wilayah: World) -> None:
    other = CalonFactory(usulan=undangan_of(undangan.angkatan, wilayah["11.02"]).usulan)
    for act in (raise_calon, remove_calon):
        with pytest.raises(Calon.DoesNotExist):
            act(undangan=undangan, calon=other.pk)


def test_what_is_missing_is_named_thing_by_thing_and_person_by_person(undangan: Undangan) -> None:
    with pytest.raises(ValidationError) as empty:
        send_usulan(undangan=undangan)
    assert empty.value.messages == [
        "Isi nomor surat.",
        "Isi tanggal surat.",
        "Isi nama pejabat pengusul.",
        "Unggah pindaian surat yang sudah ditandatangani.",
        "Tambahkan sedikitnya satu calon.",
    ]
    complete(undangan)
    added(undangan, nip="", telepon="")
    added(undangan, nip=nip(3), nama="Lengkap")
    with pytest.raises(ValidationError) as half:
        send_usulan(undangan=undangan)
    assert half.value.messages == ["Bappeda, Siti Aminah: lengkapi NIP, jenis kelamin, nomor telepon."]


def test_a_letter_of_a_day_to_come_is_refused(undangan: Undangan) -> None:
    with pytest.raises(ValidationError, match="Tanggal surat belum tiba"):
        record_surat(undangan=undangan, **SURAT, tanggal_surat=hari(1))


def test_a_letter_is_corrected_without_a_new_scan(undangan: Undangan) -> None:
    record_surat(undangan=undangan, **SURAT, tanggal_surat=hari(0), berkas=PDF)
    usulan = record_surat(undangan=undangan, **SURAT | {"nomor_surat": "800/13"}, tanggal_surat=hari(0))
    assert (usulan.nomor_surat, bytes(usulan.berkas.isi)) == ("800/13", PDF.isi)


def test_a_sent_proposal_is_complete_read_only_and_told_to_the_organiser(
    undangan: Undangan, cast: SimpleNamespace
) -> None:
    complete(undangan)
    calon = added(undangan)
    usulan = send_usulan(undangan=undangan)
    calon.refresh_from_db()
    assert (usulan.status, calon.status) == ("terkirim", "lengkap")
    told = Notifikasi.objects.get(kepada=cast.admin_provinsi)
    assert (told.judul, "Siti" in told.isi) == ("Usulan Kabupaten Satu masuk", False)
    with pytest.raises(ValidationError, match="sudah dikirim"):
        added(undangan, nip=nip(4))


def test_a_late_proposal_is_refused_with_whom_to_ask(undangan: Undangan) -> None:
    undangan.angkatan.batas_usulan = hari(-1)
    undangan.angkatan.save()
    with pytest.raises(ValidationError, match=r"sudah lewat. Minta perpanjangan .* Provinsi Uji"):
        added(undangan)
    Undangan.objects.update(batas=hari(0))
    assert added(undangan).pk


@pytest.mark.parametrize("status", ["rancang", "seleksi", "ditetapkan", "batal"])
def test_outside_the_time_of_nomination_nothing_is_proposed(wilayah: World, status: str) -> None:
    with pytest.raises(ValidationError, match="sudah ditutup"):
        added(undangan_of(angkatan_tot(wilayah, status), wilayah[SATU]))


def test_what_was_sent_back_can_be_repaired_during_selection(wilayah: World) -> None:
    undangan = undangan_of(angkatan_tot(wilayah, "seleksi"), wilayah[SATU], terkirim=True)
    Usulan.objects.update(status="dikembalikan", alasan="Stempel")
    added(undangan)
    assert send_usulan(undangan=undangan).alasan == ""


def test_after_it_was_taken_back_an_invitation_takes_nothing(undangan: Undangan) -> None:
    Undangan.objects.update(dicabut_pada=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    with pytest.raises(ValidationError, match="dicabut"):
        added(undangan)

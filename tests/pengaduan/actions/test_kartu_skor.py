"""A score card from the first round to what was agreed on."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Bidang, Wilayah
from pengaduan.actions.kartu_skor import (
    IsiSkor,
    add_aksi,
    create_kartu,
    record_pertemuan,
    save_skor,
    set_keadaan,
    set_tayang_kartu,
)
from pengaduan.models import KartuSkor
from tests.factories import KartuSkorFactory, UnitLayananFactory
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HARI = datetime.date(2026, 3, 2)
RAMAH = IsiSkor("Petugas ramah", "perempuan", 8, 2, "Sering ketus.")


@pytest.fixture
def kartu(wilayah: World) -> KartuSkor:
    return KartuSkorFactory(wilayah=wilayah[A1])


def buat(cast: SimpleNamespace, by: str, tempat: Wilayah, **more: object) -> KartuSkor:
    told = {"bidang": Bidang.objects.get(pk="KES"), "putaran": 1, "tanggal": HARI, "fasilitator": ""}
    return create_kartu(by=getattr(cast, by), wilayah=tempat, **(told | more))  # type: ignore[arg-type]


def test_a_kecamatan_begins_a_card_with_or_without_a_unit(cast: SimpleNamespace, wilayah: World) -> None:
    bare = buat(cast, "operator_kecamatan_a", wilayah[A1])
    assert bare.get_absolute_url() == f"/wilayah/{A1}/kartu-skor/kelola/{bare.pk}/"
    buat(cast, "operator_kecamatan_a", wilayah[A1], unit=UnitLayananFactory(wilayah=wilayah[A1]))
    with pytest.raises(ValidationError, match="Putaran ini sudah ada"):
        buat(cast, "camat_a", wilayah[A1])


def test_a_upt_begins_cards_of_its_own_units_only(cast: SimpleNamespace, wilayah: World) -> None:
    buat(cast, "upt_kesehatan_a", wilayah[A1], unit=UnitLayananFactory(wilayah=wilayah[A1]))
    with pytest.raises(PermissionDenied):
        buat(cast, "upt_pendidikan_a", wilayah[A1], unit=UnitLayananFactory(wilayah=wilayah[A1]))
    with pytest.raises(ValidationError, match="Pilih unit layanan Anda"):
        buat(cast, "upt_kesehatan_a", wilayah[A1])
    assert KartuSkor.objects.count() == 1


def test_strangers_begin_and_change_nothing(cast: SimpleNamespace, wilayah: World, kartu: KartuSkor) -> None:
    with pytest.raises(PermissionDenied):
        buat(cast, "camat_b", wilayah[A1], putaran=2)
    with pytest.raises(PermissionDenied):
        save_skor(by=cast.camat_b, kartu=kartu, skor=[RAMAH])


def test_a_card_is_of_a_desa_or_kecamatan(cast: SimpleNamespace, wilayah: World) -> None:
    with pytest.raises(ValidationError, match="Pilih desa"):
        buat(cast, "admin_kabupaten", wilayah["11.01"])
    assert buat(cast, "admin_kabupaten", wilayah[A]).pk


def test_scores_take_the_place_of_those_before(cast: SimpleNamespace, kartu: KartuSkor) -> None:
    other = IsiSkor("Obat tersedia", "penyedia", 4, 5)
    assert save_skor(by=cast.camat_a, kartu=kartu, skor=[RAMAH, other]) == 2
    assert [(satu.urutan, satu.skor, satu.alasan) for satu in kartu.skor.all()] == [(0, 2, "Sering ketus."), (1, 5, "")]
    assert save_skor(by=cast.camat_a, kartu=kartu, skor=[other]) == 1
    assert kartu.skor.get().kriteria == "Obat tersedia"


def test_a_criterion_stands_once_and_something_must_be_scored(cast: SimpleNamespace, kartu: KartuSkor) -> None:
    again = IsiSkor("petugas RAMAH", "perempuan", 8, 4)
    with pytest.raises(ValidationError, match="dua kali"):
        save_skor(by=cast.camat_a, kartu=kartu, skor=[RAMAH, again])
    with pytest.raises(ValidationError, match="sedikitnya satu"):
        save_skor(by=cast.camat_a, kartu=kartu, skor=[])
    assert not kartu.skor.exists()


def test_the_meeting_follows_the_scores(cast: SimpleNamespace, kartu: KartuSkor) -> None:
    with pytest.raises(ValidationError, match="mendahului"):
        record_pertemuan(by=cast.camat_a, kartu=kartu, tanggal=HARI - datetime.timedelta(days=1), catatan="")
    met = record_pertemuan(by=cast.camat_a, kartu=kartu, tanggal=HARI, catatan="Sepakat.")
    assert (met.tgl_pertemuan, met.catatan_pertemuan) == (HARI, "Sepakat.")


def test_actions_are_agreed_on_and_followed_up(cast: SimpleNamespace, kartu: KartuSkor) -> None:
    aksi = add_aksi(by=cast.camat_a, kartu=kartu, tindakan="Tambah kursi", penanggung_jawab="Kapus", tenggat=HARI)
    assert aksi.keadaan == "belum"
    assert set_keadaan(by=cast.camat_a, aksi=aksi, keadaan="selesai").get_keadaan_display() == "selesai"
    with pytest.raises(PermissionDenied):
        set_keadaan(by=cast.camat_b, aksi=aksi, keadaan="belum")


def test_an_empty_card_is_not_shown(cast: SimpleNamespace, kartu: KartuSkor) -> None:
    with pytest.raises(ValidationError, match="Isi skornya"):
        set_tayang_kartu(by=cast.camat_a, kartu=kartu, tayang=True)
    save_skor(by=cast.camat_a, kartu=kartu, skor=[RAMAH])
    assert set_tayang_kartu(by=cast.camat_a, kartu=kartu, tayang=True).tayang
    assert not set_tayang_kartu(by=cast.camat_a, kartu=kartu, tayang=False).tayang

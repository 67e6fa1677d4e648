import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.actions.tim import add_anggota, record_tim, remove_anggota
from kecamatan.models import BerkasSK, Orang, TimPengelola, Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from tests.factories import tim_lengkap


pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 2, 2)
PDF = Dokumen(b"%PDF-1.7", "application/pdf", "pdf")


@pytest.fixture
def alfa(wilayah: dict[str, Wilayah]) -> Wilayah:
    return wilayah["11.01.01"]


@pytest.mark.parametrize("name", ["camat_b", "sekretariat_bersama", "admin_kabupaten", "verifikator_a", "ptpd_a"])
def test_only_camat_secretary_and_operator_of_the_kecamatan_keep_its_team(
    name: str, cast: SimpleNamespace, alfa: Wilayah
) -> None:
    by, tim = getattr(cast, name), tim_lengkap(alfa)
    with pytest.raises(PermissionDenied):
        record_tim(by=by, wilayah=alfa, nomor_sk="2", tanggal_sk=DAY)
    with pytest.raises(PermissionDenied):
        add_anggota(by=by, tim=tim, orang=Orang(nama="Budi"), kedudukan="anggota")
    with pytest.raises(PermissionDenied):
        remove_anggota(by=by, anggota=tim.anggota.get())
    assert (tim.anggota.count(), TimPengelola.objects.get().nomor_sk) == (1, "188/12/2026")


@pytest.mark.parametrize("name", ["camat_a", "sekcam_a", "operator_kecamatan_a"])
def test_they_write_down_the_decision_and_its_scan(name: str, cast: SimpleNamespace, alfa: Wilayah) -> None:
    tim = record_tim(by=getattr(cast, name), wilayah=alfa, nomor_sk="188/1", tanggal_sk=DAY, berkas=PDF)
    assert (tim.wilayah, tim.nomor_sk, tim.tanggal_sk) == (alfa, "188/1", DAY)
    assert bytes(BerkasSK.objects.get(tim=tim).isi) == PDF.isi


def test_a_new_decision_replaces_the_old_and_keeps_the_scan_until_there_is_a_new_one(
    cast: SimpleNamespace, alfa: Wilayah
) -> None:
    old = tim_lengkap(alfa)
    assert record_tim(by=cast.camat_a, wilayah=alfa, nomor_sk="188/2", tanggal_sk=DAY) == old
    assert BerkasSK.objects.get().tipe == "application/pdf"
    record_tim(
        by=cast.camat_a, wilayah=alfa, nomor_sk="188/2", tanggal_sk=DAY, berkas=Dokumen(b"x", "image/png", "png")
    )
    assert BerkasSK.objects.get().tipe == "image/png"


def test_members_are_people_of_the_portal_or_new_ones(cast: SimpleNamespace, alfa: Wilayah) -> None:
    tim = tim_lengkap(alfa)
    add_anggota(by=cast.camat_a, tim=tim, orang=cast.operator_kecamatan_a.orang, kedudukan="sekretaris")
    new = add_anggota(by=cast.camat_a, tim=tim, orang=Orang(nama="Budi", jabatan="Staf"), kedudukan="anggota")
    assert tim.anggota.count() == 3
    assert Orang.objects.get(nama="Budi").jabatan == "Staf"
    remove_anggota(by=cast.camat_a, anggota=new)
    assert tim.anggota.count() == 2


def test_a_second_head_is_refused_and_leaves_no_person_behind(cast: SimpleNamespace, alfa: Wilayah) -> None:
    with pytest.raises(ValidationError, match="sudah memiliki ketua"):
        add_anggota(by=cast.camat_a, tim=tim_lengkap(alfa), orang=Orang(nama="Budi"), kedudukan="ketua")
    assert not Orang.objects.filter(nama="Budi").exists()


def test_nobody_is_a_member_twice(cast: SimpleNamespace, alfa: Wilayah) -> None:
    tim = tim_lengkap(alfa)
    with pytest.raises(ValidationError, match="sudah menjadi anggota"):
        add_anggota(by=cast.camat_a, tim=tim, orang=tim.anggota.get().orang, kedudukan="anggota")

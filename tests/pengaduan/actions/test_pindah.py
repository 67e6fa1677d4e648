"""A report that another kecamatan must answer: it moves, its days go on, and the old desk sees it no longer."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Notifikasi, Wilayah
from pengaduan.actions.meja import take_langkah
from pengaduan.models import Langkah, Pengaduan
from tests.factories import UnitLayananFactory
from tests.pengaduan.dunia import A1, B1, A, B, fresh, lapor, maju


pytestmark = pytest.mark.django_db


def pindah(pengaduan: Pengaduan, by: object, wilayah: Wilayah) -> Pengaduan:
    take_langkah(
        by=by, pengaduan=pengaduan, langkah=Langkah.PINDAH, catatan="Sungai itu di desa sebelah.", wilayah=wilayah
    )  # type: ignore[arg-type]
    return fresh(pengaduan)


def test_the_other_desk_has_it_and_the_days_go_on(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A])
    before = fresh(lapor(wilayah[A1], unit=unit).pengaduan)
    after = pindah(before, cast.camat_a, wilayah[B1])
    assert (after.wilayah, after.meja, after.pelaksana_wilayah) == (wilayah[B1], wilayah[B], wilayah[B])
    assert (after.status, after.unit, after.nomor) == ("diverifikasi", None, before.nomor)
    assert (after.jam_mulai, after.tenggat_selesai) == (before.jam_mulai, before.tenggat_selesai)
    seen = Pengaduan.objects.filter(pk=after.pk)
    assert not seen.visible_to(cast.camat_a).exists()
    assert seen.visible_to(cast.camat_b).exists()
    assert Notifikasi.objects.filter(kepada=cast.camat_b, judul__contains="dipindahkan").exists()
    told = after.langkah.get(langkah=Langkah.PINDAH)
    assert (told.sifat, told.catatan) == ("pelapor", "Sungai itu di desa sebelah.")


def test_what_is_late_does_not_move_up_before_the_new_desk_had_its_days(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    long_ago = satu.jam_mulai - datetime.timedelta(days=90)
    Pengaduan.objects.filter(pk=satu.pk).update(jam_mulai=long_ago)
    after = pindah(fresh(satu), cast.camat_a, wilayah[B1])
    assert after.tenggat is not None and after.tenggat_naik is not None and after.naik_pada is not None
    assert after.tenggat < after.naik_pada < after.tenggat_naik


@pytest.mark.parametrize("kode", [A, A1, "11.01", "0"])
def test_it_moves_to_another_kecamatan_or_its_desa_alone(
    kode: str, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    with pytest.raises(ValidationError, match="di luar kecamatan ini"):
        pindah(satu, cast.camat_a, wilayah[kode])
    assert fresh(satu).meja == wilayah[A]


def test_a_demo_report_stays_in_the_demo(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    wilayah[B1].contoh = True
    with pytest.raises(ValidationError, match="di luar kecamatan ini"):
        pindah(satu, cast.camat_a, wilayah[B1])


def test_a_stranger_moves_nothing(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    satu = maju(lapor(wilayah[A1]).pengaduan, cast, Langkah.VERIFIKASI)
    with pytest.raises(PermissionDenied):
        pindah(satu, cast.camat_b, wilayah[B1])

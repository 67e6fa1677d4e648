"""What is personal is forgotten in time; figures and steps stay."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.actions.batas import count_try, tries
from pengaduan.actions.hapus import erase_old, erase_pembatas, erase_pribadi
from pengaduan.models import KontakPelapor, Lampiran, Langkah, Pembatas, Pengaduan
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, fresh


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


def closed(wilayah: World, days: int, **more: Any) -> Pengaduan:
    """A report with contact and picture that ended so many days ago."""
    then = timezone.now() - datetime.timedelta(days=days)
    ended = {"status": "selesai", "ditutup_pada": then, "tenggat": None}
    return PengaduanFactory(wilayah=wilayah[A1], lengkap=True, **(ended | more))


def personal(satu: Pengaduan) -> tuple[bool, bool, bool, str]:
    rows = {"pengaduan": satu}
    said = satu.langkah.filter(langkah=Langkah.LAPOR).exclude(catatan="").exists()
    return (
        KontakPelapor.objects.filter(**rows).exists(),
        Lampiran.objects.filter(**rows).exists(),
        said,
        fresh(satu).isi,
    )


def test_two_years_after_the_end_what_is_personal_is_gone(cast: SimpleNamespace, wilayah: World) -> None:
    old, recent = closed(wilayah, 731), closed(wilayah, 729)
    assert erase_old(pada=timezone.now()) == {"kontak": 1, "laporan": 1}
    assert personal(old) == (False, False, False, "(dihapus)")
    assert personal(recent)[:3] == (True, True, True)
    assert (old.langkah.count(), fresh(old).status) == (1, "selesai")
    assert erase_old(pada=timezone.now()) == {"kontak": 0, "laporan": 0}


def test_a_confidential_report_is_forgotten_after_half_a_year(wilayah: World) -> None:
    old, public = closed(wilayah, 181, rahasia=True), closed(wilayah, 181)
    erase_old(pada=timezone.now())
    assert personal(old)[0] is False
    assert personal(public)[0] is True


def test_what_runs_is_never_erased_by_the_calendar(wilayah: World) -> None:
    satu = PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    erase_old(pada=timezone.now() + datetime.timedelta(days=10_000))
    assert personal(satu)[0] is True


def test_its_reporter_may_have_it_erased_at_once(wilayah: World) -> None:
    satu = PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    erase_pribadi(pengaduan=satu)
    assert personal(satu) == (False, False, False, "(dihapus)")


def test_tries_are_counted_by_the_hour_and_forgotten() -> None:
    assert [count_try("kode", "192.0.2.1") for _ in range(3)] == [1, 2, 3]
    assert (tries("kode", "192.0.2.1"), tries("kode", "192.0.2.2"), tries("lapor", "192.0.2.1")) == (3, 0, 0)
    assert erase_pembatas() == 0
    Pembatas.objects.update(sampai=timezone.now() - datetime.timedelta(seconds=1))
    assert erase_pembatas() == 1

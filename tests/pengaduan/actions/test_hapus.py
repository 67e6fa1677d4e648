"""What is personal is forgotten in time; figures and steps stay."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.actions.hapus import erase_kontak, erase_old, erase_pribadi
from pengaduan.models import KontakPelapor, Lampiran, Langkah, Pengaduan
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


def test_what_everybody_reads_goes_with_it_and_stays_where_the_calendar_erases(wilayah: World) -> None:
    """The public text was covered by a moderator; it goes where the reporter wants it to."""
    shown = {"tayang": True, "judul_publik": "Jembatan putus", "isi_publik": "Sejak Senin."}
    satu, old = PengaduanFactory(wilayah=wilayah[A1], **shown), closed(wilayah, 731, **shown)
    erase_pribadi(pengaduan=satu)
    erase_old(pada=timezone.now())
    assert [(one.tayang, one.judul_publik, one.isi_publik) for one in (fresh(satu), fresh(old))] == [
        (False, "", ""), (True, "Jembatan putus", "Sejak Senin.")
    ]  # fmt: skip


def test_the_contact_alone_may_go(wilayah: World) -> None:
    satu = PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    erase_kontak(pengaduan=satu)
    assert personal(satu) == (False, True, True, satu.isi)

"""Keys are given and taken back by who may; what a program brings becomes one report, however often it is sent."""

import datetime
import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.models import CatatanAudit, Notifikasi, Wilayah
from pengaduan.actions.open311 import make_kunci, revoke_kunci, take_kiriman
from pengaduan.models import KirimanOpen311, KunciApi, Pengaduan
from pengaduan.queries.kode import find_by_kode
from pengaduan.queries.open311_kunci import find_token
from tests.factories import KunciApiFactory
from tests.pengaduan.dunia import A1, A, laporan


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def kunci(wilayah: World) -> KunciApi:
    return KunciApiFactory(wilayah=wilayah[A])


def test_the_text_of_a_key_stands_in_no_table_and_no_history(cast: SimpleNamespace, wilayah: World) -> None:
    today = timezone.localdate()
    satu, teks = make_kunci(by=cast.admin_kabupaten, wilayah=wilayah[A], nama="Aplikasi", berlaku_sampai=today)
    assert teks.startswith(f"dk311_{satu.pk}_")
    assert len(bytes(satu.tanda)) == 32
    entry = CatatanAudit.objects.get(model="pengaduan.kunciapi")
    assert entry.wilayah == wilayah[A]
    assert entry.perubahan["nama"] == [None, "Aplikasi"]
    assert "tanda" not in entry.perubahan
    assert teks.rpartition("_")[2] not in json.dumps(entry.perubahan) + str(KunciApi.objects.values().get())


@pytest.mark.parametrize("days", [-1, 731])
def test_a_key_ends_within_two_years(days: int, cast: SimpleNamespace, wilayah: World) -> None:
    until = timezone.localdate() + days * DAY
    with pytest.raises(ValidationError, match="dua tahun lagi"):
        make_kunci(by=cast.admin_kabupaten, wilayah=wilayah[A], nama="Aplikasi", berlaku_sampai=until)


@pytest.mark.parametrize("name", ["camat_a", "admin_kabupaten_lain", "admin_provinsi"])
def test_only_who_keeps_the_keys_of_a_region_gives_and_revokes_them(
    name: str, cast: SimpleNamespace, wilayah: World, kunci: KunciApi
) -> None:
    with pytest.raises(PermissionDenied):
        make_kunci(by=getattr(cast, name), wilayah=wilayah[A], nama="X", berlaku_sampai=timezone.localdate())
    with pytest.raises(PermissionDenied):
        revoke_kunci(by=getattr(cast, name), kunci=kunci)
    assert KunciApi.objects.get().dicabut_pada is None


def test_a_revoked_key_keeps_the_day_of_its_first_revocation(cast: SimpleNamespace, kunci: KunciApi) -> None:
    revoke_kunci(by=cast.admin_kabupaten, kunci=kunci)
    first = KunciApi.objects.get().dicabut_pada
    revoke_kunci(by=cast.admin_kabupaten, kunci=kunci)
    assert KunciApi.objects.get().dicabut_pada == first
    assert not KunciApi.objects.get().is_berlaku(timezone.localdate())
    assert CatatanAudit.objects.filter(model="pengaduan.kunciapi", jenis="UPDATE").count() == 1


def test_what_is_brought_is_a_report_like_any_other_and_remembers_its_key(
    cast: SimpleNamespace, wilayah: World, kunci: KunciApi
) -> None:
    taken = take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1], kanal="open311"), isi="a")
    satu = Pengaduan.objects.get()
    assert (satu.kanal, satu.perlu_disaring, satu.tayang) == ("open311", False, False)
    assert satu.kiriman.kunci == kunci
    assert find_by_kode(satu.nomor, taken.tanda.kode) == satu
    found = find_token(taken.token)
    assert found
    assert found.service_request_id == satu.nomor
    assert Notifikasi.objects.filter(jenis="pengaduan").count() == 3


def test_a_key_remembers_the_day_of_its_last_report_and_no_more(wilayah: World, kunci: KunciApi) -> None:
    before = CatatanAudit.objects.filter(model="pengaduan.kunciapi").count()
    for isi in "ab":
        take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1]), isi=isi)
    assert KunciApi.objects.get().dipakai_pada == timezone.localdate()
    assert CatatanAudit.objects.filter(model="pengaduan.kunciapi").count() == before


def test_without_an_idempotency_key_each_call_is_a_report(wilayah: World, kunci: KunciApi) -> None:
    tokens = {take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1]), isi="a").token for _ in range(3)}
    assert len(tokens) == Pengaduan.objects.count() == 3


def test_the_same_under_the_same_idempotency_key_is_one_report_and_one_answer(wilayah: World, kunci: KunciApi) -> None:
    def take() -> tuple[str, str, str]:
        taken = take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1]), isi="a", idempotensi="satu")
        return taken.token, taken.tanda.kode, taken.tanda.pengaduan.nomor

    assert take() == take()
    assert Pengaduan.objects.count() == KirimanOpen311.objects.count() == 1


def test_an_idempotency_key_is_one_programs_own(wilayah: World, kunci: KunciApi) -> None:
    other = KunciApiFactory(wilayah=wilayah[A])
    tokens = {
        take_kiriman(kunci=one, laporan=laporan(wilayah[A1]), isi="a", idempotensi="1").token for one in (kunci, other)
    }
    assert len(tokens) == 2


@pytest.mark.parametrize("more", [{"isi": "Lain."}, {}], ids=["another report", "another contact"])
def test_something_else_under_the_same_idempotency_key_is_refused(
    more: dict[str, str], wilayah: World, kunci: KunciApi
) -> None:
    """Whatever differs: also what the mark of the report itself leaves out."""
    take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1]), isi="a", idempotensi="satu")
    with pytest.raises(ValidationError):
        take_kiriman(kunci=kunci, laporan=laporan(wilayah[A1], **more), isi="b", idempotensi="satu")
    assert Pengaduan.objects.count() == 1

"""Work is given and ended; a successor finds it where the role and the region are."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.utils import timezone

from kecamatan.actions.orang import assign, end_assignment
from kecamatan.models import Pengguna, Penugasan, Wilayah
from kecamatan.models.data_orang import DataTugas
from kecamatan.permissions import Izin
from tests.factories import BerkasImporFactory, PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def tugas(wilayah: dict[str, Wilayah]) -> DataTugas:
    return DataTugas("ptpd", wilayah["11.01.01"], TODAY)


def objections(by: Pengguna, tugas: DataTugas, pengguna: Pengguna | None = None) -> str:
    before = Penugasan.objects.count()
    with pytest.raises(ValidationError) as error:
        assign(by=by, pengguna=pengguna or PenggunaFactory(), tugas=tugas)
    assert Penugasan.objects.count() == before
    return " ".join(error.value.messages)


# Refused


def test_a_second_camat_is_refused_and_a_plt_is_not(cast: SimpleNamespace, tugas: DataTugas) -> None:
    camat = replace(tugas, peran="camat")
    assert "sudah memiliki camat pada masa itu" in objections(cast.admin_kabupaten, camat)
    assert "memerlukan tanggal akhir" in objections(cast.admin_kabupaten, replace(camat, jenis="plt"))
    plt = replace(camat, jenis="plt", sampai=TODAY + DAY)
    assert str(assign(by=cast.admin_kabupaten, pengguna=PenggunaFactory(), tugas=plt)) == "Plt. Camat Kecamatan Alfa"


def test_days_in_the_wrong_order_are_refused(cast: SimpleNamespace, tugas: DataTugas) -> None:
    assert "mendahului tanggal mulai" in objections(cast.admin_kabupaten, replace(tugas, sampai=TODAY - DAY))


def test_the_same_work_is_not_given_twice(cast: SimpleNamespace, tugas: DataTugas) -> None:
    somebody = PenggunaFactory()
    assign(by=cast.admin_kabupaten, pengguna=somebody, tugas=tugas)
    assert "sudah tercatat" in objections(cast.admin_kabupaten, tugas, somebody)


def test_nobody_gives_work_to_themselves(cast: SimpleNamespace, tugas: DataTugas) -> None:
    assert "dicatat oleh admin lain" in objections(cast.admin_kabupaten, tugas, cast.admin_kabupaten)


@pytest.mark.parametrize("kode", ["11.02.01.2001", "11.01.02", "99.01.01.2001"])
def test_a_list_holds_desa_of_the_same_kabupaten(
    kode: str, cast: SimpleNamespace, tugas: DataTugas, wilayah: dict[str, Wilayah]
) -> None:
    listed = replace(tugas, desa=(wilayah["11.01.01.2001"], wilayah[kode]))
    assert "bukan desa di kabupaten/kota yang sama" in objections(cast.admin_pusat, listed)


def test_other_roles_take_no_list(cast: SimpleNamespace, tugas: DataTugas, wilayah: dict[str, Wilayah]) -> None:
    listed = replace(tugas, peran="fasilitator", desa=(wilayah["11.01.01.2001"],))
    assert "Kosongkan daftar desa." in objections(cast.admin_kabupaten, listed)


@pytest.mark.django_db(transaction=True)
def test_two_camat_at_once_are_one_camat_and_one_sentence(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    tugas = DataTugas("camat", wilayah["11.02.01"], TODAY)
    people, start = [PenggunaFactory(), PenggunaFactory()], Barrier(2)

    def give(somebody: Pengguna) -> str:
        try:
            start.wait(timeout=10)
            assign(by=cast.admin_pusat, pengguna=somebody, tugas=tugas)
        except ValidationError as error:
            return " ".join(error.messages)
        else:
            return "tersimpan"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        got = sorted(pool.map(give, people))
    assert got[1] == "tersimpan"
    assert "sudah memiliki camat" in got[0]


# Given


def test_a_list_may_reach_into_the_next_kecamatan(
    cast: SimpleNamespace, tugas: DataTugas, wilayah: dict[str, Wilayah]
) -> None:
    desa = (wilayah["11.01.01.2002"], wilayah["11.01.02.2001"])
    penugasan = assign(by=cast.admin_kabupaten, pengguna=PenggunaFactory(), tugas=replace(tugas, desa=desa))
    assert penugasan.kode_desa == ["11.01.01.2002", "11.01.02.2001"]
    assert not penugasan.covers("11.01.01.2001")


# Ended


@pytest.mark.parametrize("name", ["camat_a", "camat_b", "admin_kabupaten_lain", "operator_kecamatan_a"])
def test_only_who_gives_the_role_there_ends_it(name: str, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        end_assignment(by=getattr(cast, name), penugasan=cast.camat_a.penugasan.get(), sampai=TODAY)


def test_nobody_ends_their_own_work(cast: SimpleNamespace) -> None:
    """Else the last Admin Pusat could lock everybody out."""
    with pytest.raises(PermissionDenied):
        end_assignment(by=cast.admin_pusat, penugasan=cast.admin_pusat.penugasan.get(), sampai=TODAY)


def test_what_has_ended_stays_ended(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    over = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="sekcam", sampai=TODAY - DAY)
    with pytest.raises(ValidationError, match="sudah berakhir"):
        end_assignment(by=cast.admin_kabupaten, penugasan=over, sampai=TODAY)


@pytest.mark.parametrize(
    ("sampai", "message"),
    [(datetime.date(2019, 12, 31), "mendahului tanggal mulai"), (TODAY + 2 * DAY, "sesudah akhir masa tugas")],
)
def test_the_last_day_lies_inside_the_period(
    sampai: datetime.date, message: str, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    runs = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="sekcam", sampai=TODAY + DAY)
    with pytest.raises(ValidationError, match=message):
        end_assignment(by=cast.admin_kabupaten, penugasan=runs, sampai=sampai)
    assert Penugasan.objects.get(pk=runs.pk).sampai == TODAY + DAY


def test_a_mutation_ends_the_work_from_the_next_day(cast: SimpleNamespace) -> None:
    end_assignment(by=cast.admin_kabupaten, penugasan=cast.camat_a.penugasan.get(), sampai=TODAY - DAY)
    camat = Pengguna.objects.get(pk=cast.camat_a.pk)
    assert camat.penugasan_berlaku == []
    assert camat.is_active  # the account stays, for the next work


def test_the_successor_inherits_the_work(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    """Files wait for the role in the region, not for the person who handed them in."""
    before = cast.operator_kecamatan_a
    berkas = BerkasImporFactory(wilayah=wilayah["11.01.01"], created_by=before)
    end_assignment(by=cast.admin_kabupaten, penugasan=before.penugasan.get(), sampai=TODAY - DAY, penerus=cast.camat_b)
    penerus, before = (Pengguna.objects.get(pk=satu.pk) for satu in (cast.camat_b, before))
    assert penerus.has_izin(Izin.IMPOR_APBDES, berkas.wilayah)
    assert berkas in type(berkas).objects.visible_to(penerus)
    assert not type(berkas).objects.visible_to(before).exists()


def test_the_successor_gets_the_same_list_of_desa_from_the_next_day(cast: SimpleNamespace) -> None:
    old = cast.ptpd_a.penugasan.get()
    new = end_assignment(by=cast.admin_kabupaten, penugasan=old, sampai=TODAY, penerus=PenggunaFactory())
    assert (new.peran, new.wilayah, new.mulai, new.kode_desa) == (old.peran, old.wilayah, TODAY + DAY, old.kode_desa)


def test_if_the_successor_cannot_follow_nothing_ends(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="dinonaktifkan"):
        end_assignment(
            by=cast.admin_kabupaten, penugasan=cast.camat_a.penugasan.get(), sampai=TODAY,
            penerus=PenggunaFactory(is_active=False),
        )  # fmt: skip
    assert cast.camat_a.penugasan.get().sampai is None

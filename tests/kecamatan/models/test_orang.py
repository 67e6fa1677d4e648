import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import BerkasImpor, Pengguna, Penugasan, Wilayah
from kecamatan.permissions import Izin
from tests.factories import BerkasImporFactory, OrangFactory, PenggunaFactory, PenugasanFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
ALFA = {"11.01.01", "11.01.01.2001", "11.01.01.2002", "11.01.01.1003"}
BETA = {"11.01.02", "11.01.02.2001", "11.01.02.2002"}
DUA = {"11.02", "11.02.01", "11.02.01.2001"}
SCOPES = {
    "camat_a": ALFA,
    "operator_kecamatan_a": ALFA,
    "upt_kesehatan_a": ALFA,
    "upt_pendidikan_a": ALFA,
    "operator_desa_a1": {"11.01.01.2001"},
    "camat_b": BETA,
    "operator_kecamatan_b": BETA,
    "admin_kabupaten": {"11.01"} | ALFA | BETA,
    "admin_kabupaten_lain": DUA,
    "admin_pusat": {"0", "11", "11.01"} | ALFA | BETA | DUA,
    "admin_provinsi": {"11", "11.01"} | ALFA | BETA | DUA,
    "ptpd_a": {"11.01.01.2001"},
    "pendamping_a": {"11.01.01.2002", "11.01.02.2001"},
}
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def scope(user: Pengguna | AnonymousUser) -> set[str]:
    return set(Wilayah.objects.visible_to(user).values_list("kode", flat=True))


def again(pengguna: Pengguna) -> Pengguna:
    """The same account in a later request: assignments are read once per request."""
    return Pengguna.objects.get(pk=pengguna.pk)


# What the database refuses


@pytest.mark.parametrize("nip", ["19800312200501199", "19800312200501199x", "19800312 200501199", "１" * 18, ""])
def test_a_nip_has_18_digits(nip: str) -> None:
    with refused_by("orang_nip_18_angka"):
        OrangFactory(nip=nip)


def test_many_people_have_no_nip_but_no_two_the_same() -> None:
    OrangFactory(nip=None)
    OrangFactory(nip=None)
    OrangFactory(nip="198003122005011991")
    with refused_by("kecamatan_orang_nip_key"):
        OrangFactory(nip="198003122005011991")


def test_an_email_address_is_stored_in_lower_case() -> None:
    with refused_by("pengguna_surel_huruf_kecil"):
        PenggunaFactory(email="Camat@uji.test")
    assert Pengguna.objects.create_user("Camat@UJI.test", None, orang=OrangFactory()).email == "camat@uji.test"


def test_an_assignment_does_not_end_before_it_begins(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("penugasan_masa_urut"):
        PenugasanFactory(wilayah=wilayah["11.01.01"], mulai=TODAY, sampai=TODAY - DAY)
    assert PenugasanFactory(wilayah=wilayah["11.01.01"], mulai=TODAY, sampai=TODAY).pk


def test_the_same_assignment_is_not_given_twice(wilayah: dict[str, Wilayah]) -> None:
    first = PenugasanFactory(wilayah=wilayah["11.01.01"])
    with refused_by("penugasan_tidak_ganda"):
        PenugasanFactory(pengguna=first.pengguna, wilayah=first.wilayah)
    assert PenugasanFactory(pengguna=first.pengguna, wilayah=first.wilayah, peran="operator_kecamatan").pk


# Who works where


@pytest.mark.parametrize("name", SCOPES)
def test_everybody_sees_the_own_region_and_what_is_below(name: str, cast: SimpleNamespace) -> None:
    assert scope(getattr(cast, name)) == SCOPES[name]


def test_a_visitor_sees_no_region_of_work(wilayah: dict[str, Wilayah]) -> None:
    assert scope(AnonymousUser()) == set()


def test_an_account_without_an_assignment_sees_none(wilayah: dict[str, Wilayah]) -> None:
    assert scope(PenggunaFactory()) == set()


def test_an_inactive_account_sees_none(cast: SimpleNamespace) -> None:
    cast.camat_a.is_active = False
    assert scope(cast.camat_a) == set()
    assert not cast.camat_a.has_izin(Izin.LIHAT_DATA_KERJA, Wilayah(kode="11.01.01"))


@pytest.mark.parametrize(
    ("mulai", "sampai", "in_force"),
    [
        (TODAY - DAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
    ids=["runs", "only today", "ended yesterday", "begins tomorrow"],
)
def test_only_assignments_of_today_count(
    mulai: datetime.date, sampai: datetime.date | None, in_force: bool, wilayah: dict[str, Wilayah]
) -> None:
    penugasan = PenugasanFactory(wilayah=wilayah["11.01.02"], mulai=mulai, sampai=sampai)
    assert (scope(penugasan.pengguna) == BETA) is in_force
    assert penugasan.pengguna.has_izin(Izin.LIHAT_DATA_KERJA, wilayah["11.01.02"]) is in_force


def test_the_day_begins_in_jakarta(wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch) -> None:
    PenugasanFactory(wilayah=wilayah["11.01.01"], mulai=datetime.date(2026, 1, 1))
    for utc_hour, begun in ((16, False), (17, True)):
        now = datetime.datetime(2025, 12, 31, utc_hour, 30, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert Penugasan.objects.in_force().exists() is begun


def test_assignments_on_a_given_day(wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(wilayah=wilayah["11.01.01"], mulai=datetime.date(2021, 1, 1), sampai=datetime.date(2021, 12, 31))
    days = [
        datetime.date(2020, 12, 31),
        datetime.date(2021, 1, 1),
        datetime.date(2021, 12, 31),
        datetime.date(2022, 1, 1),
    ]
    assert [Penugasan.objects.in_force(on=day).count() for day in days] == [0, 1, 1, 0]


def test_several_assignments_add_up_largest_region_first(wilayah: dict[str, Wilayah]) -> None:
    desa = PenugasanFactory(wilayah=wilayah["11.01.01.2001"], peran="operator_desa")
    PenugasanFactory(pengguna=desa.pengguna, wilayah=wilayah["11.01.02"])
    pengguna = again(desa.pengguna)
    assert [p.wilayah.kode for p in pengguna.penugasan_berlaku] == ["11.01.02", "11.01.01.2001"]
    assert scope(pengguna) == {"11.01.01.2001"} | BETA


def test_assignments_are_read_once_per_request(
    camat_a: Pengguna, wilayah: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        for kode in ALFA:
            assert camat_a.has_izin(Izin.LIHAT_DATA_KERJA, wilayah[kode])
        camat_a.q_scope()


def test_the_scope_reaches_through_a_relation(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    for kode in ("11.01.01", "11.01.02"):
        BerkasImporFactory(wilayah=wilayah[kode])
    found = BerkasImpor.objects.filter(cast.camat_a.q_scope("wilayah__"))
    assert [berkas.wilayah.kode for berkas in found] == ["11.01.01"]


# What people may do


@pytest.mark.parametrize(
    ("name", "kode", "allowed"),
    [
        ("operator_kecamatan_a", "11.01.01", True),
        ("operator_kecamatan_a", "11.01.01.2002", True),
        ("operator_kecamatan_a", "11.01", False),
        ("operator_kecamatan_a", "11.01.02", False),
        ("camat_a", "11.01.01", False),
        ("operator_desa_a1", "11.01.01.2001", True),
        ("operator_desa_a1", "11.01.01.2002", False),
        ("admin_pusat", "11.02.01.2001", True),
        ("admin_pusat", "99.01", False),
    ],
)
def test_a_permission_needs_the_role_and_the_region(
    name: str, kode: str, allowed: bool, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    assert getattr(cast, name).has_izin(Izin.IMPOR_APBDES, wilayah[kode]) is allowed


def test_a_permission_in_one_region_is_none_in_the_other(wilayah: dict[str, Wilayah]) -> None:
    """Operator here and camat there: the files of the second region are not for them to import."""
    here = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    PenugasanFactory(pengguna=here.pengguna, wilayah=wilayah["11.01.02"], peran="camat")
    assert here.pengguna.has_izin(Izin.IMPOR_APBDES, wilayah["11.01.01"])
    assert not here.pengguna.has_izin(Izin.IMPOR_APBDES, wilayah["11.01.02"])


def test_only_superusers_enter_the_admin(cast: SimpleNamespace) -> None:
    assert [name for name in SCOPES if getattr(cast, name).is_staff] == ["admin_pusat"]


# Names


def test_people_and_work_print_as_a_reader_calls_them(wilayah: dict[str, Wilayah]) -> None:
    penugasan = PenugasanFactory(pengguna__orang__nama="Siti Aminah", wilayah=wilayah["11.01.01"])
    assert str(penugasan.pengguna.orang) == str(penugasan.pengguna) == "Siti Aminah"
    assert str(penugasan) == "Camat Kecamatan Alfa"

"""What the database refuses of assignments, what a list of desa covers, and who gives what to whom."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah
from kecamatan.permissions import Izin
from tests.factories import OrangFactory, PenggunaFactory, PenugasanFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
ALFA = "11.01.01"
DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()


# One camat at a time


@pytest.mark.parametrize("sampai", [None, datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)])
def test_a_kecamatan_has_one_camat_at_a_time(sampai: datetime.date | None, wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(wilayah=wilayah[ALFA])
    with refused_by("penugasan_satu_camat"):
        PenugasanFactory(wilayah=wilayah[ALFA], mulai=datetime.date(2019, 12, 31), sampai=sampai)


def test_the_next_camat_begins_the_day_after(wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(wilayah=wilayah[ALFA], sampai=TODAY)
    with refused_by("penugasan_satu_camat"):
        PenugasanFactory(wilayah=wilayah[ALFA], mulai=TODAY)
    assert PenugasanFactory(wilayah=wilayah[ALFA], mulai=TODAY + DAY).pk


@pytest.mark.parametrize(
    "other", [{"jenis": "plt"}, {"jenis": "plh"}, {"jenis": "pj"}, {"peran": "sekcam"}, {"wilayah": "11.01.02"}]
)
def test_beside_the_camat_stand_substitutes_other_roles_and_other_kecamatan(
    other: dict[str, str], wilayah: dict[str, Wilayah]
) -> None:
    PenugasanFactory(wilayah=wilayah[ALFA])
    fields = {"wilayah": ALFA, "sampai": TODAY} | other
    assert PenugasanFactory(**fields | {"wilayah": wilayah[fields["wilayah"]]}).pk


@pytest.mark.parametrize("jenis", ["plt", "plh", "pj"])
def test_a_substitute_has_a_last_day(jenis: str, wilayah: dict[str, Wilayah]) -> None:
    with refused_by("penugasan_pengganti_bertanggal"):
        PenugasanFactory(wilayah=wilayah[ALFA], jenis=jenis)
    assert str(PenugasanFactory(wilayah=wilayah[ALFA], jenis=jenis, sampai=TODAY)) == (
        f"{jenis.capitalize()}. Camat Kecamatan Alfa"
    )


def test_the_form_hears_of_a_second_camat_in_plain_words(wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(wilayah=wilayah[ALFA])
    second = Penugasan(pengguna=PenggunaFactory(), peran="camat", wilayah=wilayah[ALFA], mulai=TODAY)
    with pytest.raises(ValidationError, match="sudah memiliki camat pada masa itu"):
        second.full_clean()


# Persons


@pytest.mark.parametrize("telepon", ["0812", "081234567890", "+0812345678", "+62x"])
def test_a_telephone_number_is_stored_with_its_country(telepon: str) -> None:
    with refused_by("orang_telepon_e164"):
        OrangFactory(telepon=telepon)


def test_a_nip_is_checked_digit_by_digit_where_people_type_it() -> None:
    with pytest.raises(ValidationError, match="Angka ke-15 NIP"):
        Orang(nama="Siti", nip="198003122005013991").full_clean()
    Orang(nama="Siti", nip="198003122005011991").full_clean()


def test_a_name_is_written_with_its_titles() -> None:
    assert Orang(nama="Siti", gelar_depan="Dr.", gelar_belakang="M.Si.").nama_lengkap == "Dr. Siti, M.Si."
    assert Orang(nama="Siti").nama_lengkap == "Siti"


@pytest.mark.parametrize("nip", [None, "000000000000000000"])
def test_no_nip_and_one_from_before_the_check_say_nothing(nip: str | None) -> None:
    assert Orang(nip=nip).nip_terurai is None
    assert Orang(nip="198003122005011991").nip_terurai.tahun_tmt == 2005


# Lists of desa


@pytest.fixture
def ptpd(cast: SimpleNamespace) -> Pengguna:
    return cast.ptpd_a


def test_a_list_of_desa_covers_those_and_nothing_else(ptpd: Pengguna, wilayah: dict[str, Wilayah]) -> None:
    covered = {kode for kode, satu in wilayah.items() if ptpd.has_izin(Izin.LIHAT_DATA_KERJA, satu)}
    assert covered == set(Wilayah.objects.visible_to(ptpd).values_list("kode", flat=True)) == {"11.01.01.2001"}


def test_a_list_and_a_region_add_up(ptpd: Pengguna, wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(pengguna=ptpd, wilayah=wilayah["11.02.01"], peran="fasilitator")
    codes = Wilayah.objects.visible_to(Pengguna.objects.get(pk=ptpd.pk)).values_list("kode", flat=True)
    assert set(codes) == {"11.01.01.2001", "11.02.01", "11.02.01.2001"}


def test_lists_cost_no_query_of_their_own(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for kode in ("11.01.02", "11.02.01"):
        penugasan = PenugasanFactory(pengguna=cast.pendamping_a, wilayah=wilayah[kode], peran="pendamping")
        penugasan.desa.set([wilayah[f"{kode}.2001"]])
    pendamping = Pengguna.objects.get(pk=cast.pendamping_a.pk)
    with django_assert_num_queries(1):
        assert len(pendamping.penugasan_berlaku) == 3
        assert not any(pendamping.has_izin(Izin.LIHAT_DATA_KERJA, satu) for satu in (wilayah[ALFA], wilayah["11.01"]))
        pendamping.q_scope()


def test_a_single_assignment_looks_its_list_up(ptpd: Pengguna) -> None:
    assert ptpd.penugasan.get().kode_desa == ["11.01.01.2001"]


def test_a_scope_can_be_narrowed_to_a_permission(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(pengguna=cast.operator_kecamatan_a, wilayah=wilayah["11.02.01"], peran="camat")
    scope = cast.operator_kecamatan_a.q_scope(izin=Izin.IMPOR_APBDES)
    kode = set(Wilayah.objects.filter(scope, tingkat=3).values_list("kode", flat=True))
    assert kode == {ALFA}


# Who gives work


@pytest.mark.parametrize(
    ("giver", "peran", "kode", "allowed"),
    [
        ("admin_kabupaten", "camat", ALFA, True),
        ("admin_kabupaten", "operator_desa", "11.01.01.2001", True),
        ("admin_kabupaten", "camat", "11.02.01", False),
        ("admin_kabupaten", "admin_kabupaten", "11.01", False),
        ("admin_kabupaten", "admin_provinsi", "11", False),
        ("admin_provinsi", "admin_kabupaten", "11.01", True),
        ("admin_provinsi", "admin_provinsi", "11", False),
        ("admin_provinsi", "pemantau_pusat", "0", False),
        ("admin_pusat", "admin_pusat", "0", True),
        ("admin_pusat", "admin_provinsi", "11", True),
        ("admin_pusat", "camat", "99.01.01", False),
        ("camat_a", "operator_desa", "11.01.01.2001", False),
        ("sekretariat_bersama", "camat", ALFA, False),
    ],
)
def test_work_is_given_inside_the_own_region_and_giving_from_above(
    giver: str, peran: str, kode: str, allowed: bool, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    assert getattr(cast, giver).may_assign(peran, wilayah[kode]) is allowed


@pytest.mark.parametrize(
    ("manager", "other", "allowed"),
    [
        ("admin_kabupaten", "camat_a", True),
        ("admin_kabupaten", "ptpd_a", True),
        ("admin_kabupaten", "admin_kabupaten", False),
        ("admin_kabupaten", "admin_kabupaten_lain", False),
        ("admin_kabupaten", "admin_provinsi", False),
        ("admin_provinsi", "admin_kabupaten", True),
        ("camat_a", "operator_desa_a1", False),
    ],
)
def test_an_account_is_managed_from_above(manager: str, other: str, allowed: bool, cast: SimpleNamespace) -> None:
    assert getattr(cast, manager).may_manage(getattr(cast, other)) is allowed


def test_work_elsewhere_too_leaves_the_account_to_somebody_above(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    there = PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02.01"])
    assert not cast.admin_kabupaten.may_manage(cast.camat_a)
    assert cast.admin_provinsi.may_manage(cast.camat_a)
    there.sampai = TODAY - DAY
    there.save()
    assert cast.admin_kabupaten.may_manage(cast.camat_a)


def test_after_all_work_has_ended_those_who_gave_it_still_manage_the_account(cast: SimpleNamespace) -> None:
    cast.camat_a.penugasan.update(sampai=TODAY - DAY)
    assert cast.admin_kabupaten.may_manage(cast.camat_a)
    assert not cast.admin_kabupaten_lain.may_manage(cast.camat_a)


def test_nobody_below_manages_a_superuser_or_an_account_without_any_work(cast: SimpleNamespace) -> None:
    cast.camat_a.is_superuser = True
    assert not cast.admin_kabupaten.may_manage(cast.camat_a)
    assert cast.admin_pusat.may_manage(cast.camat_a)
    assert not cast.admin_pusat.may_manage(PenggunaFactory())


def test_accounts_are_visible_where_work_was_ever_given(cast: SimpleNamespace) -> None:
    cast.camat_a.penugasan.update(sampai=TODAY - DAY)
    names = set(Pengguna.objects.visible_to(cast.admin_kabupaten_lain).values_list("orang__nama", flat=True))
    assert names == {"admin_kabupaten_lain"}
    assert Pengguna.objects.visible_to(cast.admin_kabupaten).filter(pk=cast.camat_a.pk).exists()
    assert not Pengguna.objects.visible_to(cast.camat_b).exists()


# Days


def test_an_assignment_knows_whether_it_runs(wilayah: dict[str, Wilayah]) -> None:
    days = [(TODAY - DAY, None), (TODAY, TODAY), (TODAY - DAY, TODAY - DAY), (TODAY + DAY, None)]
    found = [Penugasan(mulai=mulai, sampai=sampai) for mulai, sampai in days]
    assert [satu.is_in_force for satu in found] == [True, True, False, False]
    assert [satu.is_over for satu in found] == [False, False, True, False]


@pytest.mark.parametrize(
    ("peran", "kode", "shown"),
    [
        ("camat", ALFA, "Camat Kecamatan Alfa"),
        ("operator_kecamatan", ALFA, "Operator Kecamatan Alfa"),
        ("operator_desa", "11.01.01.2001", "Operator Desa A1"),
        ("admin_kabupaten", "11.01", "Admin Kabupaten Satu"),
        ("admin_pusat", "0", "Admin Pusat (Bina Adwil) Indonesia"),
    ],
)
def test_an_assignment_is_said_as_people_say_it(peran: str, kode: str, shown: str, wilayah: dict[str, Wilayah]) -> None:
    assert str(Penugasan(peran=peran, wilayah=wilayah[kode])) == shown

"""The board: one row of counters for each cohort, what it can be narrowed to, and at what cost."""

import datetime
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Pengguna
from pelatihan.actions.seleksi import approve
from pelatihan.models import Angkatan, Peserta
from pelatihan.queries.papan import BarisPapan, PapanKelola, papan_kelola
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, PresensiFactory, RtlFactory, SesiFactory
from tests.pelatihan.dunia_usulan import World, angkatan_tot, usulan_masuk


pytestmark = pytest.mark.django_db
A1 = "11.01.01.2001"


def board(cast: SimpleNamespace, wilayah: World, kode: str = "11", **dipilih: str) -> PapanKelola:
    return papan_kelola(cast.admin_pusat, wilayah[kode], dipilih, 1)


def row(cast: SimpleNamespace, wilayah: World, angkatan: Angkatan) -> BarisPapan:
    (found,) = [satu for satu in board(cast, wilayah).baris if satu.angka.angkatan == angkatan]
    return found


def trained(angkatan: Angkatan, wilayah: World, by: Pengguna) -> Angkatan:
    """Four people: one came on time, one late to the second session, one was ill and failed, one came and withdrew."""
    kelas = KelasFactory(angkatan=angkatan)
    first, second = SesiFactory.create_batch(2, kelas=kelas)
    states = ("lulus", "lulus", "tidak_lulus", "mundur")
    who = {"angkatan": angkatan, "kelas": kelas}
    people = [PesertaFactory(**who, status=status, alasan="" if status == "lulus" else "Sakit.") for status in states]
    marks = [(first, 0, "hadir"), (second, 0, "hadir"), (first, 1, "alpa"), (second, 1, "terlambat")]
    for sesi, number, status in [*marks, (first, 3, "hadir")]:
        told = {"cara": "qr"} if status in ("hadir", "terlambat") else {"cara": "petugas", "oleh": by}
        PresensiFactory(sesi=sesi, peserta=people[number], status=status, **told)
    for status in ("rencana", "berjalan", "selesai", "batal"):
        RtlFactory(peserta=people[0], desa=wilayah[A1], status=status)
    RtlFactory(peserta=people[3], desa=wilayah[A1], status="selesai")
    return angkatan


def test_a_row_follows_people_from_the_quota_to_their_plans(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=[satu.pk for satu in calon])
    trained(angkatan, wilayah, cast.admin_provinsi)
    found = row(cast, wilayah, angkatan)
    assert found.usulan
    assert (found.usulan.kuota, found.usulan.diusulkan, found.usulan.lengkap, found.usulan.disetujui) == (4, 4, 4, 2)
    assert (found.angka.tercatat, found.hadir, found.lulus) == (2 + 3, 2, 2)
    assert (found.rtl_jalan, found.rtl) == (2, 3)


def test_a_cohort_without_nominations_shows_none_instead_of_zeros(cast: SimpleNamespace, wilayah: World) -> None:
    found = row(cast, wilayah, AngkatanFactory(program__wilayah=wilayah["11"]))
    assert found.usulan is None
    assert (found.merah, found.hadir, found.rtl) == (False, 0, 0)


@pytest.mark.parametrize(
    ("status", "merah"),
    [("rancang", False), ("undang", True), ("usulan", True), ("seleksi", True), ("ditetapkan", False)],
)
def test_it_is_red_while_a_kabupaten_can_still_be_called_up(
    cast: SimpleNamespace, wilayah: World, status: str, merah: bool
) -> None:
    found = row(cast, wilayah, angkatan_tot(wilayah, status))
    assert found.usulan
    assert (found.usulan.belum, found.merah) == (2, merah)


def names(found: PapanKelola) -> set[str]:
    return {satu.angka.angkatan.nama for satu in found.baris}


@pytest.fixture
def many(wilayah: World) -> None:
    more = {"program__wilayah": wilayah["11"]}
    AngkatanFactory(nama="Satu", cakupan=[wilayah["11.01"]], tahap=1, mulai=datetime.date(2024, 6, 18), **more)
    AngkatanFactory(nama="Dua", cakupan=[wilayah["11.02"]], tahap=2, mulai=datetime.date(2025, 6, 18), **more)
    AngkatanFactory(nama="Alfa", cakupan=[wilayah["11.01.01"]], status="batal", mulai=None, **more)
    AngkatanFactory(nama="Semua", cakupan=[wilayah["11"]], status="undang", mulai=datetime.date(2025, 7, 1), **more)


ALL = {"Satu", "Dua", "Alfa", "Semua"}


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("dipilih", "seen"),
    [
        ({"sasaran": "11.01"}, {"Satu", "Alfa", "Semua"}),
        ({"sasaran": "11.02", "tahun": "2025"}, {"Dua", "Semua"}),
        ({"tahap": "2"}, {"Dua"}),
        ({"status": "batal"}, {"Alfa"}),
        ({"sasaran": "11.01", "tahap": "2"}, set()),
        ({"sasaran": "99.01", "tahun": "x", "tahap": "-1", "status": "karangan"}, ALL),
        ({"sasaran": "' OR 1=1", "tahun": "\x00", "hal": "2"}, ALL),
    ],
)
def test_the_board_is_narrowed_by_region_year_stage_and_state(
    cast: SimpleNamespace, wilayah: World, dipilih: dict[str, str], seen: set[str]
) -> None:
    assert names(board(cast, wilayah, **dipilih)) == seen


@pytest.mark.usefixtures("many")
def test_one_chooses_among_what_the_cohorts_have(cast: SimpleNamespace, wilayah: World) -> None:
    def choices(kode: str) -> list[tuple[str, list[str]]]:
        ways = board(cast, wilayah, kode).saringan
        return [(satu.label, [nilai for nilai, _label in satu.pilihan]) for satu in ways]

    assert choices("11") == [
        ("Kabupaten/kota", ["11.02", "11.01"]), ("Tahun", ["2025", "2024"]), ("Tahap", ["1", "2"]),
        ("Keadaan", ["rancang", "undang", "batal"]),
    ]  # fmt: skip
    AngkatanFactory(program__wilayah=wilayah["0"], cakupan=[wilayah["11.02"], wilayah["0"]], mulai=None)
    assert choices("0") == [("Provinsi", ["11"]), ("Tahun", []), ("Tahap", []), ("Keadaan", ["rancang"])]


def test_the_cohorts_of_others_are_not_on_it(cast: SimpleNamespace, wilayah: World) -> None:
    AngkatanFactory(program__wilayah=wilayah["11.01"])
    stranger = papan_kelola(cast.admin_kabupaten_lain, wilayah["11.01"], {}, 1)
    assert (stranger.baris, stranger.kosong) == ([], True)
    assert not papan_kelola(cast.admin_kabupaten, wilayah["11.01"], {}, 1).kosong


def test_the_board_costs_the_same_for_one_cohort_and_for_twenty_five(
    cast: SimpleNamespace, wilayah: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert cast.admin_provinsi.penugasan_berlaku
    for many in (1, 24):
        for _ in range(many):
            angkatan = trained(angkatan_tot(wilayah, cakupan=[wilayah["11.01"]]), wilayah, cast.admin_provinsi)
            angkatan.angka_terbit.create(wilayah=wilayah["11.01"], jumlah=3, sumber="Uji")
        with django_assert_num_queries(11):
            found = papan_kelola(cast.admin_provinsi, wilayah["11"], {}, 1)
    assert [(satu.hadir, satu.lulus, satu.rtl) for satu in found.baris] == [(2, 2, 3)] * 25
    assert Peserta.objects.count() == 100

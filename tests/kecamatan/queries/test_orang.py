import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import PERAN
from kecamatan.queries import orang as queries
from kecamatan.queries.orang import Saring, daftar_orang, daftar_peran, rincian_orang
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def names(user: Pengguna, **saring: object) -> set[str]:
    return {baris.pengguna.orang.nama for baris in daftar_orang(user, Saring(**saring))[0]}


# The list


def test_only_those_who_work_in_the_own_regions_are_listed(cast: SimpleNamespace) -> None:
    assert names(cast.admin_kabupaten_lain) == {"admin_kabupaten_lain"}
    assert "camat_a" in names(cast.admin_kabupaten)
    assert "admin_kabupaten_lain" not in names(cast.admin_kabupaten)
    assert names(cast.camat_a) == set()


def test_of_their_work_only_that_in_the_own_regions(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02.01"])
    rows = {baris.pengguna.orang.nama: baris for baris in daftar_orang(cast.admin_kabupaten_lain, Saring())[0]}
    assert [str(satu) for satu in rows["camat_a"].tugas] == ["Camat Kecamatan Gama"]


@pytest.mark.parametrize(
    ("saring", "found"),
    [
        ({"kata": "CAM sek"}, {"sekcam_a"}),
        ({"kata": "bupati"}, set()),
        ({"kata": "19750218"}, {"camat_b"}),
        ({"kata": "0218"}, set()),
        ({"kata": "kasi"}, {"camat_b"}),
        ({"peran": "camat"}, {"camat_a", "camat_b"}),
        ({"peran": "camat", "wilayah": "11.01.02"}, {"camat_b"}),
        ({"wilayah": "11.02"}, set()),
        ({"peran": "camat", "status": "aktif"}, {"camat_b"}),
        ({"peran": "camat", "status": "berakhir"}, {"camat_a"}),
        ({"status": "menunggu"}, {"verifikator_a"}),
        ({"status": "nonaktif"}, {"sekcam_a"}),
    ],
)
def test_the_list_is_narrowed(
    saring: dict[str, object], found: set[str], cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    cast.camat_a.penugasan.update(sampai=TODAY - DAY)
    cast.camat_b.orang.nip, cast.camat_b.orang.jabatan = "197502182000031994", "Kasi Pemerintahan"
    cast.camat_b.orang.save()
    Pengguna.objects.filter(pk=cast.verifikator_a.pk).update(password="!")
    Pengguna.objects.filter(pk=cast.sekcam_a.pk).update(is_active=False)
    if "wilayah" in saring:
        saring = saring | {"wilayah": wilayah[str(saring["wilayah"])]}
    assert names(cast.admin_kabupaten, **saring) == found


def test_pages_have_a_size_and_a_page_beyond_the_last_is_the_last(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PER_HALAMAN", 2)
    first, page = daftar_orang(cast.admin_kabupaten, Saring(kata="camat"), 1)
    last, _ = daftar_orang(cast.admin_kabupaten, Saring(kata="camat"), 99)
    assert [baris.pengguna.orang.nama for baris in (*first, *last)] == [
        "camat_a", "camat_b", "operator_kecamatan_a", "operator_kecamatan_b"
    ]  # fmt: skip
    assert (page.paginator.count, page.has_next()) == (4, True)


def test_however_many_people_the_queries_are_three(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        PenugasanFactory(wilayah=wilayah["11.01.01"], peran="fasilitator")
    assert cast.admin_kabupaten.penugasan_berlaku
    with django_assert_num_queries(3):  # how many there are, the page, its assignments
        for baris in daftar_orang(cast.admin_kabupaten, Saring())[0]:
            assert [f"{satu} {satu.kode_desa}" for satu in baris.tugas]


# One person


def test_who_manages_sees_the_contact_and_may_end_the_work(cast: SimpleNamespace) -> None:
    rincian = rincian_orang(cast.admin_kabupaten, cast.camat_a)
    assert (rincian.boleh_kelola, rincian.lihat_kontak, rincian.di_luar) == (True, True, False)
    assert [riwayat.boleh_akhiri for riwayat in rincian.riwayat] == [True]


def test_after_a_mutation_out_of_the_region_the_contact_is_gone(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    cast.camat_a.penugasan.update(sampai=TODAY - DAY)
    PenugasanFactory(pengguna=cast.camat_a, wilayah=wilayah["11.02.01"])
    rincian = rincian_orang(cast.admin_kabupaten, cast.camat_a)
    assert (rincian.boleh_kelola, rincian.lihat_kontak, rincian.di_luar) == (False, False, True)
    assert [(str(satu.penugasan), satu.boleh_akhiri) for satu in rincian.riwayat] == [("Camat Kecamatan Alfa", False)]


def test_the_own_work_and_that_of_equals_is_not_for_oneself_to_end(cast: SimpleNamespace) -> None:
    assert not rincian_orang(cast.admin_pusat, cast.admin_pusat).riwayat[0].boleh_akhiri
    assert not rincian_orang(cast.admin_kabupaten, cast.admin_kabupaten).boleh_kelola


def test_the_page_shows_who_held_the_work_before_and_after(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    before = PenugasanFactory(
        wilayah=wilayah["11.01.01"], mulai=datetime.date(2018, 1, 1), sampai=datetime.date(2019, 12, 31)
    )
    plt = PenugasanFactory(wilayah=wilayah["11.01.01"], jenis="plt", mulai=TODAY, sampai=TODAY)
    PenugasanFactory(wilayah=wilayah["11.02.01"])
    (riwayat,) = rincian_orang(cast.admin_kabupaten, cast.camat_a).riwayat
    assert riwayat.pemegang_lain == [plt, before]


def test_a_persons_page_costs_the_same_whatever_the_history(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2000, 2010):
        PenugasanFactory(
            pengguna=cast.camat_a, wilayah=wilayah["11.01.02"], mulai=datetime.date(year, 1, 1),
            sampai=datetime.date(year, 12, 31),
        )  # fmt: skip
        PenugasanFactory(wilayah=wilayah["11.01.02"], peran="ptpd", pengguna=PenggunaFactory())
    assert cast.admin_kabupaten.penugasan_berlaku
    with django_assert_num_queries(4):
        rincian_orang(cast.admin_kabupaten, cast.camat_a)


# Roles


def test_the_table_of_roles_is_the_table_of_permissions() -> None:
    rows = daftar_peran()
    assert [row.peran for row in rows] == list(PERAN.values())
    by_kode = {row.peran.kode: row for row in rows}
    evaluasi = ["mengevaluasi Raperdes APBDes", "mengatur kop surat"]
    angka = ["memverifikasi angka layanan dasar", "mengesahkan angka layanan dasar"]
    pengaduan = ["menerima, memverifikasi, dan meneruskan pengaduan", "menindaklanjuti dan menjawab pengaduan"]
    pengaduan += ["memutuskan penundaan dan penayangan pengaduan", "mengelola survei kepuasan dan kartu skor"]
    assert by_kode["camat"].izin == ["melihat data kerja", "mengisi tim pengelola", *evaluasi, *angka, *pengaduan]
    assert by_kode["sekda"].izin == []
    assert by_kode["ptpd"].tingkat == "kecamatan atau daftar desa"
    assert by_kode["penyedia"].tingkat == "nasional, provinsi, kabupaten/kota"

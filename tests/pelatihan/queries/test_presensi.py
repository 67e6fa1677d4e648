"""Who was there, as a list, on the screen and in percent."""

import time
from decimal import Decimal

import pytest
from django.core import signing
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Wilayah
from p3pd_portal.lib import presensi as kode
from pelatihan.models import Kelas
from pelatihan.queries import presensi as queries
from tests.factories import PesertaFactory, PresensiFactory
from tests.lib.test_qr import picture, read
from tests.pelatihan.kelas import angkatan_kini, kelas_kini, peserta_kini, sesi_kini


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah]) -> Kelas:
    return kelas_kini(wilayah)


def test_attendance_is_the_share_of_lesson_hours_of_each(
    kelas: Kelas, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    four, two, none = sesi_kini(kelas, jp=4), sesi_kini(kelas, -300, jp=2), sesi_kini(kelas, -600, jp=0)
    all_, late, ill, never = (peserta_kini(kelas) for _ in range(4))
    for sesi in (four, two, none):
        PresensiFactory(sesi=sesi, peserta=all_)
    PresensiFactory(sesi=four, peserta=late, status="terlambat")
    PresensiFactory(sesi=two, peserta=ill)
    PresensiFactory(sesi=none, peserta=never)
    with django_assert_num_queries(2):
        found = queries.kehadiran(kelas.angkatan)
    persen = {all_.pk: "100.0", late.pk: "66.7", ill.pk: "33.3", never.pk: "0.0"}
    assert found == {pk: Decimal(text) for pk, text in persen.items()}


@pytest.mark.parametrize("status", ["izin", "sakit", "alpa"])
def test_leave_and_illness_are_no_attendance(kelas: Kelas, admin_user_pk: int, status: str) -> None:
    satu = PresensiFactory(
        sesi=sesi_kini(kelas), peserta=peserta_kini(kelas), status=status, cara="petugas", oleh_id=admin_user_pk
    )
    assert queries.kehadiran(kelas.angkatan) == {satu.peserta_id: Decimal("0.0")}
    assert not satu.is_hadir


@pytest.fixture
def admin_user_pk(cast: object) -> int:
    return int(cast.admin_kabupaten.pk)  # type: ignore[attr-defined]


def test_attendance_is_unknown_without_hours_or_a_class(kelas: Kelas) -> None:
    sesi_kini(kelas, jp=0)
    a, b = peserta_kini(kelas), PesertaFactory(angkatan=kelas.angkatan)
    assert queries.kehadiran(kelas.angkatan) == {a.pk: None, b.pk: None}


def test_hours_of_a_class_left_before_count(kelas: Kelas, wilayah: dict[str, Wilayah]) -> None:
    lain = kelas_kini(wilayah, angkatan=kelas.angkatan)
    before, after = sesi_kini(kelas, jp=4), sesi_kini(lain, -300, jp=4)
    sesi_kini(lain, jp=4)
    moved = peserta_kini(lain)
    for sesi in (before, after):
        PresensiFactory(sesi=sesi, peserta=moved)
    assert queries.kehadiran(kelas.angkatan) == {moved.pk: Decimal("100.0")}


def test_the_list_names_everybody_with_and_without_a_record(
    kelas: Kelas, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sesi = sesi_kini(kelas)
    ani, budi = peserta_kini(kelas, orang__nama="Ani"), peserta_kini(kelas, orang__nama="Budi")
    peserta_kini(kelas, status="mundur", alasan="sakit")
    satu = PresensiFactory(sesi=sesi, peserta=budi, status="terlambat")
    with django_assert_num_queries(3):
        daftar = queries.daftar_presensi(sesi)
    assert [(row.peserta, row.presensi) for row in daftar.baris] == [(ani, None), (budi, satu)]
    assert (daftar.n_hadir, daftar.jumlah["terlambat"], daftar.jumlah["hadir"], daftar.lembar) == (1, 1, 0, [])


def test_whoever_was_there_and_left_stays_on_the_list(kelas: Kelas) -> None:
    sesi = sesi_kini(kelas)
    gone = peserta_kini(kelas, status="mundur", alasan="pindah tugas")
    PresensiFactory(sesi=sesi, peserta=gone)
    assert [row.peserta for row in queries.daftar_presensi(sesi).baris] == [gone]


def test_the_screen_shows_a_code_that_a_camera_reads(kelas: Kelas) -> None:
    sesi = sesi_kini(kelas)
    PresensiFactory(sesi=sesi, peserta=peserta_kini(kelas))
    peserta_kini(kelas)
    shown = queries.layar(sesi)
    assert shown.qr
    (address,) = read(picture(shown.qr))
    assert address.startswith(f"http://127.0.0.1:8000/ikut/h/{sesi.pk}/")
    token = address.rstrip("/").rpartition("/")[2]
    assert queries.sesi_of_token(sesi.pk, token) == sesi
    assert kode.is_kode(bytes(sesi.kunci), shown.kode, time.time())
    assert (shown.n_hadir, shown.n_peserta) == (1, 2)


@pytest.mark.parametrize("menit", [-31, 181])
def test_outside_its_time_a_session_shows_no_code(kelas: Kelas, menit: int) -> None:
    shown = queries.layar(sesi_kini(kelas, menit))
    assert (shown.qr, shown.kode) == (None, "")


def test_a_closed_cohort_shows_no_code(wilayah: dict[str, Wilayah]) -> None:
    assert queries.layar(sesi_kini(kelas_kini(wilayah, angkatan=angkatan_kini(wilayah, status="ditutup")))).qr is None


def test_a_token_is_of_its_own_session_and_young(kelas: Kelas) -> None:
    satu, lain, now = sesi_kini(kelas), sesi_kini(kelas, -20), time.time()
    token = kode.token(bytes(satu.kunci), now)
    assert queries.sesi_of_token(satu.pk, token) == satu
    assert queries.sesi_of_token(lain.pk, token) is None
    assert queries.sesi_of_token(satu.pk + 1000, token) is None
    assert queries.sesi_of_token(satu.pk, kode.token(bytes(satu.kunci), now - 90)) is None


def test_six_digits_find_the_session_that_shows_them(kelas: Kelas) -> None:
    satu, lain = sesi_kini(kelas, 170), sesi_kini(kelas, -20)
    shown = kode.kode(bytes(lain.kunci), time.time())
    assert queries.sesi_of_kode([satu, lain], shown) == lain
    assert queries.sesi_of_kode([satu], shown) is None


def test_a_page_counts_for_a_minute_for_whoever_opened_it(kelas: Kelas, monkeypatch: pytest.MonkeyPatch) -> None:
    peserta = peserta_kini(kelas)
    opened = queries.tiket(peserta, 7)
    assert queries.peserta_of_tiket(opened, 7) == peserta.pk
    assert queries.peserta_of_tiket(opened, 8) is None
    assert queries.peserta_of_tiket(signing.dumps([peserta.pk, 7]), 7) is None
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + queries.TIKET_BERLAKU + 2)
    assert queries.peserta_of_tiket(opened, 7) is None


def test_a_participant_without_a_class_has_no_sessions(kelas: Kelas) -> None:
    sesi, peserta = sesi_kini(kelas), peserta_kini(kelas)
    assert queries.presensi_peserta(peserta) == [(sesi, None)]
    assert queries.presensi_peserta(PesertaFactory(angkatan=kelas.angkatan)) == []

"""Evaluations as lists and pages show them."""

import datetime
from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from kecamatan.queries.hari_libur import Kalender
from layanan_dasar.models import APBDes, EvaluasiAPBDes
from layanan_dasar.queries import evaluasi as queries
from layanan_dasar.queries.pihak_evaluasi import camat_pada
from tests.factories import APBDesFactory, DelegasiFactory, EvaluasiFactory, PenugasanFactory, RancanganFactory
from tests.factories.evaluasi import PUTUSAN
from tests.layanan_dasar.berkas import A1, A2, B1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]
KALENDER = Kalender("WIB", datetime.time(16), frozenset(), frozenset({2025}))


@pytest.mark.parametrize(
    ("hari", "sisa", "lewat"),
    [
        (datetime.date(2025, 12, 1), 2, False),
        (datetime.date(2025, 12, 3), 0, False),
        (datetime.date(2025, 12, 4), -1, True),
        (datetime.date(2025, 12, 8), -3, True),
    ],
    ids=str,
)
def test_the_clock_counts_working_days(
    hari: datetime.date, sisa: int, lewat: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kalender, "hari_ini", hari)
    jam = queries.jam_of(EvaluasiAPBDes(status="lengkap", tenggat=datetime.date(2025, 12, 3)), KALENDER)
    assert (jam.sisa, jam.lewat, jam.terlambat, jam.pasti) == (sisa, lewat, -sisa, True)


def test_on_the_weekend_after_its_last_day_the_clock_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kalender, "hari_ini", datetime.date(2025, 12, 6))
    jam = queries.jam_of(EvaluasiAPBDes(status="lengkap", tenggat=datetime.date(2025, 12, 5)), KALENDER)
    assert (jam.sisa, jam.lewat) == (-1, True)


def test_a_clock_into_an_unknown_year_may_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kalender, "hari_ini", datetime.date(2025, 12, 6))
    satu = EvaluasiAPBDes(status="perbaikan", tenggat_perbaikan=datetime.date(2026, 1, 5))
    assert not queries.jam_of(satu, KALENDER).pasti
    assert queries.jam_of(EvaluasiAPBDes(status="selesai"), KALENDER) == queries.Jam()


def test_a_list_shows_what_runs_first_and_counts_what_is_late(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    ended = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True, status="selesai")
    late = EvaluasiFactory(apbdes__desa=wilayah[A2], lengkap=True)
    new = EvaluasiFactory(apbdes__desa=wilayah[A2], apbdes__jenis="perubahan")
    EvaluasiFactory(apbdes__desa=wilayah[B1], lengkap=True)
    daftar = queries.daftar_evaluasi(cast.camat_a, wilayah["11.01.01"])
    assert [baris.evaluasi for baris in daftar.baris] == [late, new, ended]
    assert (daftar.n_berjalan, daftar.n_lewat) == (2, 1)
    for tampil, rows in (("berjalan", [late, new]), ("selesai", [ended])):
        found = queries.daftar_evaluasi(cast.camat_a, wilayah["11.01.01"], tampil)
        assert [baris.evaluasi for baris in found.baris] == rows
    assert queries.jumlah_evaluasi(cast.camat_a, wilayah["11.01.01"]) == {"semua": 3, "berjalan": 2}


def test_a_desa_sees_its_own_and_a_stranger_nothing(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    own = EvaluasiFactory(apbdes__desa=wilayah[A1])
    EvaluasiFactory(apbdes__desa=wilayah[A2])
    daftar = queries.daftar_evaluasi(cast.operator_desa_a1, wilayah["11.01.01"])
    assert [baris.evaluasi for baris in daftar.baris] == [own]
    assert queries.daftar_evaluasi(cast.camat_b, wilayah["11.01.01"]).baris == []


def test_a_list_of_any_length_costs_the_same_queries(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace, django_assert_max_num_queries: object
) -> None:
    for kode in (A1, A2):
        EvaluasiFactory(apbdes__desa=wilayah[kode], lengkap=True)
    cast.camat_a.penugasan_berlaku  # noqa: B018 - read once per request
    with django_assert_max_num_queries(7):
        queries.daftar_evaluasi(cast.camat_a, wilayah["11.01.01"])


def test_drafts_wait_until_they_are_taken_in(wilayah: dict[str, Wilayah]) -> None:
    waiting = RancanganFactory(desa=wilayah[A1])
    APBDesFactory(desa=wilayah[A1])
    back = EvaluasiFactory(apbdes__desa=wilayah[A2], perbaikan=True).apbdes
    EvaluasiFactory(apbdes__desa=wilayah[A2], apbdes__jenis="perubahan", lengkap=True)
    RancanganFactory(desa=wilayah[B1])
    assert list(queries.rancangan_menunggu(wilayah["11.01.01"])) == [waiting, back]
    assert APBDes.objects.filter(status="rancangan").count() == 4


def test_everything_about_one_evaluation(wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True, dokumen=True, butir=True)
    rincian = queries.rincian_evaluasi(satu)
    assert rincian.dokumen_lengkap
    assert [(baris.jenis, baris.berkas) for baris in rincian.dokumen if baris.berkas] == [("rkpdes", True)]
    assert {baris.butir.nilai for baris in rincian.butir if baris.butir} == {"patuh"}
    assert (rincian.delegasi, rincian.keputusan) == (None, False)
    satu.dokumen.filter(jenis="raperdes").delete()
    assert not queries.rincian_evaluasi(satu).dokumen_lengkap


def test_the_delegation_of_the_day_of_the_decision_counts(wilayah: dict[str, Wilayah]) -> None:
    ended = DelegasiFactory(kabupaten=wilayah["11.01"], berlaku_sampai=PUTUSAN)
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    assert queries.rincian_evaluasi(satu).delegasi == ended
    lain = EvaluasiFactory(apbdes__desa=wilayah[A2], lengkap=True)
    assert queries.rincian_evaluasi(lain).delegasi is None


def test_a_kept_checklist_is_not_computed_again(wilayah: dict[str, Wilayah]) -> None:
    kept = [{"kode": "keseimbangan", "nama": "Keseimbangan", "status": "patuh", "pembilang": 0}]
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True, pemeriksaan=kept)
    assert [butir.nama for butir in queries.rincian_evaluasi(satu).pemeriksaan] == ["Keseimbangan"]


def test_whoever_held_the_office_that_day_signs_a_substitute_first(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    alfa = wilayah["11.01.01"]
    plt = PenugasanFactory(wilayah=alfa, jenis="plt", mulai=PUTUSAN, sampai=PUTUSAN)
    assert camat_pada(alfa, PUTUSAN) == plt
    camat = camat_pada(alfa, PUTUSAN - datetime.timedelta(days=1))
    assert camat is not None
    assert camat.pengguna == cast.camat_a
    assert camat_pada(wilayah["11.02.01"], PUTUSAN) is None

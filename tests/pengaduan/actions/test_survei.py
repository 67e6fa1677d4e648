"""A survey from its draft to the page of everybody."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.models import Wilayah
from p3pd_portal.lib.kode import is_kode
from pengaduan.actions.jawaban_survei import IsiJawaban, answer
from pengaduan.actions.survei import (
    change_survei,
    close_overdue,
    close_survei,
    create_survei,
    open_survei,
    plan_survei,
    publish_survei,
    withdraw_survei,
)
from pengaduan.models import JawabanSurvei, RingkasanSurvei, Survei
from pengaduan.models.jawaban_survei import UNSUR
from pengaduan.queries.jawaban_survei import has_answered
from tests.factories import SurveiFactory, UnitLayananFactory
from tests.pengaduan.dunia import A1


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HARI_INI = timezone.localdate()
LAMA = {"dari": datetime.date(2026, 1, 1), "sampai": datetime.date(2026, 1, 31)}


def isi(nilai: int | None = 3, **more: object) -> IsiJawaban:
    return IsiJawaban(nilai=dict.fromkeys(UNSUR, nilai), **more)  # type: ignore[arg-type]


@pytest.fixture
def berjalan(wilayah: World) -> Survei:
    return SurveiFactory(unit__wilayah=wilayah[A1])


def draf(cast: SimpleNamespace, wilayah: World, by: str = "camat_a", **more: object) -> Survei:
    told = {
        "jenis_layanan": "Rawat jalan",
        "periode": "2026-S2",
        "dari": HARI_INI,
        "sampai": HARI_INI,
        "populasi": None,
    }
    unit = more.pop("unit", None) or UnitLayananFactory(wilayah=wilayah[A1])
    return create_survei(by=getattr(cast, by), unit=unit, **(told | more))  # type: ignore[arg-type]


def test_a_draft_has_a_key_that_nobody_guesses_and_a_tidy_name(cast: SimpleNamespace, wilayah: World) -> None:
    one, two = (draf(cast, wilayah, jenis_layanan="  Rawat   jalan ") for _ in range(2))
    assert one.kunci != two.kunci
    assert is_kode(one.kunci)
    assert (one.status, one.jenis_layanan, one.garam) == ("draf", "Rawat jalan", None)


@pytest.mark.parametrize("by", ["camat_b", "upt_pendidikan_a", "verifikator_a", "kades_a1"])
def test_whoever_does_not_keep_the_unit_makes_no_survey_of_it(by: str, cast: SimpleNamespace, wilayah: World) -> None:
    with pytest.raises(PermissionDenied):
        draf(cast, wilayah, by=by)
    assert not Survei.objects.exists()


def test_the_same_service_and_period_is_refused_in_words(cast: SimpleNamespace, wilayah: World) -> None:
    first = draf(cast, wilayah)
    with pytest.raises(ValidationError, match="sudah disurvei"):
        draf(cast, wilayah, unit=first.unit, jenis_layanan="rawat jalan")
    with pytest.raises(ValidationError, match="mendahului"):
        draf(cast, wilayah, sampai=HARI_INI - datetime.timedelta(days=1))


def test_what_may_be_corrected_shrinks_on_the_way(cast: SimpleNamespace, wilayah: World) -> None:
    survei, by = draf(cast, wilayah), cast.camat_a
    change_survei(by=by, survei=survei, jenis_layanan="Imunisasi", unit=survei.unit)
    open_survei(by=by, survei=survei)
    change_survei(by=by, survei=survei, populasi=100, sampai=HARI_INI + datetime.timedelta(days=9))
    with pytest.raises(ValidationError, match="sudah berjalan"):
        change_survei(by=by, survei=survei, jenis_layanan="Lain")
    close_survei(by=by, survei=survei)
    with pytest.raises(ValidationError, match="sudah ditutup"):
        change_survei(by=by, survei=survei, sampai=HARI_INI)
    fresh = change_survei(by=by, survei=survei, populasi=200)
    assert (fresh.jenis_layanan, fresh.populasi) == ("Imunisasi", 200)


def test_a_survey_is_not_moved_to_a_unit_of_others(cast: SimpleNamespace, wilayah: World) -> None:
    survei = draf(cast, wilayah)
    with pytest.raises(PermissionDenied):
        change_survei(by=cast.camat_a, survei=survei, unit=UnitLayananFactory(wilayah=wilayah["11.01.02.2001"]))


def test_strangers_take_no_step(cast: SimpleNamespace, berjalan: Survei) -> None:
    for act in (open_survei, close_survei, publish_survei, withdraw_survei):
        with pytest.raises(PermissionDenied):
            act(by=cast.camat_b, survei=berjalan)
    with pytest.raises(PermissionDenied):
        answer(survei=berjalan, isi=isi(), kunci="x", by=cast.upt_pendidikan_a)


def test_a_draft_whose_days_are_over_is_not_opened(cast: SimpleNamespace, wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1], status="draf", **LAMA)
    with pytest.raises(ValidationError, match="sudah lewat"):
        open_survei(by=cast.camat_a, survei=survei)


def test_closing_counts_and_throws_the_marks_away(cast: SimpleNamespace, berjalan: Survei) -> None:
    for nomor in range(10):
        answer(survei=berjalan, isi=isi(), kunci=f"perangkat-{nomor}")
    assert has_answered(berjalan, "perangkat-3")
    closed = close_survei(by=cast.camat_a, survei=berjalan)
    assert (closed.status, closed.garam) == ("ditutup", None)
    assert not JawabanSurvei.objects.exclude(tanda=None).exists()
    assert not has_answered(closed, "perangkat-3")
    assert RingkasanSurvei.objects.get().n == 10
    with pytest.raises(ValidationError, match="tidak berlaku lagi"):
        close_survei(by=cast.camat_a, survei=closed)


def test_a_result_is_published_and_taken_back(cast: SimpleNamespace, wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup", jawaban=10)
    shown = publish_survei(by=cast.upt_kesehatan_a, survei=survei)
    assert shown.terbit_pada
    assert list(Survei.objects.published()) == [survei]
    assert withdraw_survei(by=cast.camat_a, survei=survei).terbit_pada is None
    with pytest.raises(ValidationError, match="sekarang ditutup"):
        withdraw_survei(by=cast.camat_a, survei=survei)


def test_nine_respondents_are_not_published(cast: SimpleNamespace, wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup", jawaban=9)
    with pytest.raises(ValidationError, match="sedikitnya 10 responden"):
        publish_survei(by=cast.camat_a, survei=survei)
    assert not Survei.objects.published().exists()


def test_plans_are_made_when_the_weakest_is_known(cast: SimpleNamespace, berjalan: Survei) -> None:
    with pytest.raises(ValidationError):
        plan_survei(by=cast.camat_a, survei=berjalan, rencana="Perbaiki.")
    close_survei(by=cast.camat_a, survei=berjalan)
    assert plan_survei(by=cast.camat_a, survei=berjalan, rencana="Perbaiki.").rencana == "Perbaiki."


# By the calendar


def test_what_nobody_closed_closes_a_month_after_its_last_day(wilayah: World) -> None:
    old = SurveiFactory(unit__wilayah=wilayah[A1], **LAMA)
    last = LAMA["sampai"]
    assert close_overdue(pada=last + datetime.timedelta(days=30)) == 0
    assert close_overdue(pada=last + datetime.timedelta(days=31)) == 1
    old.refresh_from_db()
    assert old.is_closed
    assert close_overdue(pada=last + datetime.timedelta(days=31)) == 0

"""An answer is stored once, without anything that tells who gave it."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kecamatan.models import Wilayah
from pengaduan.actions.jawaban_survei import IsiJawaban, answer, erase_saran, remove_kertas
from pengaduan.actions.survei import (
    close_survei,
)
from pengaduan.models import JawabanSurvei, Survei
from pengaduan.models.jawaban_survei import UNSUR
from pengaduan.queries.jawaban_survei import tanda_perangkat
from tests.factories import JawabanSurveiFactory, SurveiFactory
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


def test_an_answer_holds_what_was_said_the_day_and_nothing_else(berjalan: Survei) -> None:
    said = isi(4, jenis_kelamin="p", disabilitas=True, saran="Tambah kursi.")
    assert answer(survei=berjalan, isi=said, kunci="perangkat", cara="pengaduan", terbukti=True)
    satu = JawabanSurvei.objects.get()
    assert (satu.nilai, satu.jenis_kelamin, satu.disabilitas, satu.saran) == ([4] * 9, "p", True, "Tambah kursi.")
    assert (satu.cara, satu.terbukti, satu.tanggal, satu.dicatat_oleh) == ("pengaduan", True, HARI_INI, None)
    assert bytes(satu.tanda) != b"perangkat"
    assert "Tambah kursi" not in repr(said)


def test_the_same_device_counts_once_whatever_it_says_the_second_time(berjalan: Survei) -> None:
    assert answer(survei=berjalan, isi=isi(4), kunci="perangkat")
    assert not answer(survei=berjalan, isi=isi(1), kunci="perangkat")
    assert JawabanSurvei.objects.get().nilai == [4] * 9


def test_in_another_survey_the_mark_of_a_device_is_another(berjalan: Survei, wilayah: World) -> None:
    other = SurveiFactory(unit__wilayah=wilayah[A1])
    assert tanda_perangkat(berjalan, "perangkat") != tanda_perangkat(other, "perangkat")


@pytest.mark.parametrize("more", [{"status": "draf"}, {"status": "ditutup"}, LAMA])
def test_only_a_survey_that_runs_takes_answers(more: dict[str, object], wilayah: World) -> None:
    with pytest.raises(ValidationError, match="tidak sedang berjalan"):
        answer(survei=SurveiFactory(unit__wilayah=wilayah[A1], **more), isi=isi(), kunci="x")


def test_nothing_at_all_is_no_answer(berjalan: Survei) -> None:
    with pytest.raises(ValidationError, match="sedikitnya satu"):
        answer(survei=berjalan, isi=isi(None), kunci="x")


def test_paper_is_typed_in_after_the_last_day_too_until_it_is_closed(cast: SimpleNamespace, wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1], **LAMA)
    assert answer(survei=survei, isi=isi(), kunci="lembar-1", by=cast.operator_kecamatan_a)
    assert not answer(survei=survei, isi=isi(), kunci="lembar-1", by=cast.operator_kecamatan_a)
    satu = JawabanSurvei.objects.get()
    assert (satu.cara, satu.dicatat_oleh) == ("kertas", cast.operator_kecamatan_a)
    close_survei(by=cast.camat_a, survei=survei)
    with pytest.raises(ValidationError):
        answer(survei=survei, isi=isi(), kunci="lembar-2", by=cast.operator_kecamatan_a)


def test_a_sheet_typed_wrongly_is_taken_back_but_nothing_that_came_online(
    cast: SimpleNamespace, berjalan: Survei
) -> None:
    answer(survei=berjalan, isi=isi(), kunci="daring")
    answer(survei=berjalan, isi=isi(), kunci="lembar", by=cast.camat_a)
    online, sheet = JawabanSurvei.objects.order_by("pk")
    assert remove_kertas(by=cast.camat_a, survei=berjalan, pk=online.pk) == 0
    assert remove_kertas(by=cast.camat_a, survei=berjalan, pk=sheet.pk) == 1
    close_survei(by=cast.camat_a, survei=berjalan)
    with pytest.raises(ValidationError):
        remove_kertas(by=cast.camat_a, survei=berjalan, pk=online.pk)


def test_suggestions_are_forgotten_with_the_retention(berjalan: Survei, wilayah: World) -> None:
    closed = SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup")
    for survei in (berjalan, closed):
        JawabanSurveiFactory(survei=survei, saran="Saran.")
    assert erase_saran(sebelum=timezone.now() - datetime.timedelta(days=1)) == 0
    assert erase_saran(sebelum=timezone.now() + datetime.timedelta(days=1)) == 1
    assert list(JawabanSurvei.objects.exclude(saran="").values_list("survei", flat=True)) == [berjalan.pk]

"""Many at once: one form is one report, one step is one officer's."""

import re
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from kecamatan.models import Notifikasi, Wilayah
from pengaduan.actions.jawaban_survei import IsiJawaban, answer
from pengaduan.actions.meja import take_langkah
from pengaduan.actions.survei import close_survei
from pengaduan.models import JawabanSurvei, Langkah, Pengaduan, RingkasanSurvei
from pengaduan.models.jawaban_survei import UNSUR
from tests.factories import SurveiFactory
from tests.pengaduan import open311
from tests.pengaduan.dunia import A1, fresh, lapor, laporan, maju
from tests.pengaduan.views.test_lapor import ALAMAT, form


pytestmark = pytest.mark.django_db(transaction=True)


def at_once(many: int, act: Callable[[int], object]) -> list[object]:
    """What each of many threads got, all let loose together; what was refused is None."""
    gate, got = threading.Barrier(many), [None] * many

    def run(number: int) -> None:
        gate.wait()
        try:
            got[number] = act(number)  # type: ignore[call-overload]
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_fifty_times_the_same_form_at_once_is_one_report_and_one_notice_each(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    laporan(wilayah[A1])
    got = at_once(50, lambda _number: lapor(wilayah[A1]).kode)
    assert len(set(got)) == 1
    assert None not in got
    assert Pengaduan.objects.count() == 1
    assert Notifikasi.objects.filter(jenis="pengaduan").count() == 3  # camat, sekcam, operator


def test_the_same_form_posted_fifty_times_at_once_shows_fifty_times_the_same_receipt(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    said = form(wilayah)
    got = at_once(50, lambda _number: re.findall("<code>[^<]+</code>", Client().post(ALAMAT, said).text))
    assert [len(codes) for codes in got] == [2] * 50  # type: ignore[arg-type]
    assert len({tuple(codes) for codes in got}) == 1  # type: ignore[arg-type]
    assert Pengaduan.objects.count() == 1
    assert Notifikasi.objects.filter(jenis="pengaduan").count() == 3


def test_the_same_report_of_a_program_fifty_times_at_once_is_one_report_and_one_answer(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    said = open311.isi(open311.kunci_for(cast, wilayah["11.01"]))
    got = at_once(50, lambda _number: open311.kirim(said, Idempotency_Key="satu").content)
    assert len(set(got)) == 1
    assert b"token" in got[0]  # type: ignore[operator]
    assert Pengaduan.objects.count() == 1
    assert Notifikasi.objects.filter(jenis="pengaduan").count() == 3


def test_another_report_under_the_same_key_at_once_is_refused(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    kunci = open311.kunci_for(cast, wilayah["11.01"])
    said = [open311.isi(kunci, description=f"Laporan {n}.") for n in range(8)]
    got = at_once(8, lambda number: open311.kirim(said[number], Idempotency_Key="satu").status_code)
    assert sorted(got) == [200, *[422] * 7]  # type: ignore[type-var]
    assert Pengaduan.objects.count() == 1


def test_two_officers_at_once_one_wins_and_the_other_is_told(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    people = (cast.camat_a, cast.sekcam_a)
    got = at_once(2, lambda number: take_langkah(by=people[number], pengaduan=satu, langkah=Langkah.VERIFIKASI))
    assert got.count(None) == 1
    assert satu.langkah.filter(langkah="verifikasi").count() == 1
    assert maju(fresh(satu), cast, Langkah.PROSES).status == "diproses"


def test_the_same_device_many_times_at_once_is_one_answer_and_closing_loses_none(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    survei, isi = SurveiFactory(unit__wilayah=wilayah[A1]), IsiJawaban(nilai=dict.fromkeys(UNSUR, 3))
    got = at_once(20, lambda _number: answer(survei=survei, isi=isi, kunci="satu"))
    assert sorted(map(str, got)) == ["False"] * 19 + ["True"]

    def act(number: int) -> object:
        if number == 10:
            return close_survei(by=cast.camat_a, survei=survei)
        return answer(survei=survei, isi=isi, kunci=f"perangkat-{number}")

    taken = [one for one in at_once(20, act) if one is True]
    assert JawabanSurvei.objects.count() == RingkasanSurvei.objects.get().n == 1 + len(taken)

"""What a reporter does with number and code: complete, add, accept, object twice; and others who met the same."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from kecamatan.models import Notifikasi, Wilayah
from pengaduan.actions.pelapor import add_tambahan, answer, support
from pengaduan.models import Langkah, Pengaduan
from tests.pengaduan.dunia import A1, fresh, lapor, maju


pytestmark = pytest.mark.django_db
L = Langkah


@pytest.fixture
def satu(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Pengaduan:
    return lapor(wilayah[A1]).pengaduan


@pytest.fixture
def dijawab(cast: SimpleNamespace, satu: Pengaduan) -> Pengaduan:
    return maju(satu, cast, L.VERIFIKASI, L.PROSES, L.TANGGAPI)


def test_what_was_asked_for_is_completed_and_the_clock_begins_anew(cast: SimpleNamespace, satu: Pengaduan) -> None:
    started = satu.jam_mulai
    satu = maju(satu, cast, L.MINTA_DATA)
    assert satu.tenggat_naik is None
    answer(pengaduan=satu, langkah=L.LENGKAPI, catatan="Di RT 3.")
    satu = fresh(satu)
    assert (satu.status, satu.jam_mulai > started) == ("diterima", True)
    assert Notifikasi.objects.filter(judul="Pelapor melengkapi laporannya").count() == 3


def test_without_words_nothing_is_completed(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.MINTA_DATA)
    with pytest.raises(ValidationError, match="Tulis keterangan Anda"):
        answer(pengaduan=satu, langkah=L.LENGKAPI, catatan=" ")
    assert fresh(satu).status == "perlu_dilengkapi"


def test_an_answer_is_accepted_and_rated(dijawab: Pengaduan) -> None:
    satu = answer(pengaduan=dijawab, langkah=L.PUAS, kepuasan=4)
    assert (satu.status, satu.kepuasan, satu.tenggat) == ("selesai", 4, None)
    assert fresh(satu).ditutup_pada is not None


def test_an_objection_opens_the_case_twice_and_no_more(cast: SimpleNamespace, dijawab: Pengaduan) -> None:
    for nomor in (1, 2):
        satu = answer(pengaduan=dijawab, langkah=L.KEBERATAN, catatan="Jembatannya masih putus.")
        assert (satu.status, satu.keberatan) == ("dibuka_kembali", nomor)
        maju(satu, cast, L.PROSES, L.TANGGAPI)
    assert not fresh(dijawab).may_object
    with pytest.raises(ValidationError, match="Ombudsman"):
        answer(pengaduan=dijawab, langkah=L.KEBERATAN, catatan="Masih.")
    assert fresh(dijawab).status == "ditanggapi"


def test_a_reporter_takes_no_step_of_an_office(satu: Pengaduan) -> None:
    with pytest.raises(ValidationError, match="bukan langkah pelapor"):
        answer(pengaduan=satu, langkah=L.VERIFIKASI)


def test_a_step_from_elsewhere_is_refused(satu: Pengaduan) -> None:
    with pytest.raises(ValidationError, match="laporan sekarang diterima"):
        answer(pengaduan=satu, langkah=L.KEBERATAN, catatan="Tidak.")


def test_something_is_added_while_it_runs(cast: SimpleNamespace, satu: Pengaduan) -> None:
    row = add_tambahan(pengaduan=satu, catatan=" Ada foto baru. ")
    assert (row.catatan, row.pihak, row.sebagai) == ("Ada foto baru.", "pelapor", "")
    with pytest.raises(ValidationError, match="Tulis keterangan"):
        add_tambahan(pengaduan=satu, catatan="")
    maju(satu, cast, L.TOLAK)
    with pytest.raises(ValidationError, match="sudah ditutup"):
        add_tambahan(pengaduan=satu, catatan="Tunggu!")


def test_a_device_supports_a_report_once(satu: Pengaduan) -> None:
    assert [support(pengaduan=satu, perangkat=one) for one in ("ponsel", "ponsel", "lain")] == [True, False, True]
    assert fresh(satu).dukungan == 2

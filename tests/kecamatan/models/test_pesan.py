import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from kecamatan.models import PesanKeluar, Wilayah
from tests.factories import PenggunaFactory, PenugasanFactory, PesanKeluarFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "hilang"}, "pesan_keluar_status_dikenal"),
        ({"status": "terkirim"}, "pesan_keluar_terkirim_berwaktu"),
        ({"sent_at": NOW}, "pesan_keluar_terkirim_berwaktu"),
        ({"status": "gagal"}, "pesan_keluar_gagal_bersebab"),
        ({"status": "gagal", "percobaan": 10}, "pesan_keluar_gagal_bersebab"),
        ({"status": "gagal", "gagal_terakhir": "ditolak"}, "pesan_keluar_gagal_bersebab"),
        ({"message_id": "<a@b>\r\nBcc: x@y.test"}, "pesan_keluar_nomor_sah"),
        ({"message_id": "tanpa kurung"}, "pesan_keluar_nomor_sah"),
    ],
)
def test_a_fate_that_cannot_be_is_refused(fields: dict[str, Any], constraint: str) -> None:
    with refused_by(constraint):
        PesanKeluarFactory(**fields)


def test_no_two_messages_have_one_number() -> None:
    first = PesanKeluarFactory()
    with refused_by("kecamatan_pesankeluar_message_id_key"):
        PesanKeluarFactory(message_id=first.message_id)


def test_the_same_message_goes_to_a_person_once() -> None:
    first = PesanKeluarFactory(kunci="undangan:1")
    PesanKeluarFactory(kunci="undangan:1")
    with refused_by("pesan_keluar_tidak_ganda"):
        PesanKeluarFactory(kepada=first.kepada, kunci="undangan:1")


@override_settings(SITE_URL="https://portal.contoh.test")
def test_the_number_is_fixed_when_the_row_is_written() -> None:
    pesan = PesanKeluarFactory()
    assert pesan.message_id.endswith("@portal.contoh.test>")
    assert PesanKeluar.objects.get().message_id == pesan.message_id
    assert str(pesan) == f"ringkasan {pesan.message_id}"


def test_due_is_what_waits_and_whose_time_has_come_longest_waiting_first() -> None:
    minutes = {
        name: timezone.now() + datetime.timedelta(minutes=n) for name, n in (("lama", -9), ("baru", -1), ("nanti", 1))
    }
    rows = {name: PesanKeluarFactory(coba_lagi_pada=moment) for name, moment in reversed(minutes.items())}
    PesanKeluarFactory(status="terkirim", sent_at=NOW, coba_lagi_pada=minutes["lama"])
    PesanKeluarFactory(status="batal", coba_lagi_pada=minutes["lama"])
    PesanKeluarFactory(status="gagal", percobaan=10, gagal_terakhir="x", coba_lagi_pada=minutes["lama"])
    assert list(PesanKeluar.objects.due()) == [rows["lama"], rows["baru"]]
    assert list(PesanKeluar.objects.overdue()) == [rows["lama"]]


def test_an_admin_answers_for_messages_to_the_people_of_the_own_region(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    camat, neighbour = PesanKeluarFactory(kepada=cast.camat_a), PesanKeluarFactory(kepada=cast.admin_kabupaten_lain)
    nobody = PesanKeluarFactory(kepada=PenggunaFactory())
    demo = PesanKeluarFactory(kepada=PenugasanFactory(wilayah=wilayah["99.01.01"]).pengguna)
    ended = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="sekcam", sampai="2021-12-31")
    to_come = PenugasanFactory(wilayah=wilayah["11.01.02"], peran="sekcam", mulai="2999-01-01")
    gone, soon = PesanKeluarFactory(kepada=ended.pengguna), PesanKeluarFactory(kepada=to_come.pengguna)
    everybody = {camat, neighbour, nobody, demo, gone, soon}
    assert set(PesanKeluar.objects.in_wilayah(wilayah["11.01"])) == {camat, soon}
    assert set(PesanKeluar.objects.in_wilayah(wilayah["11.01.02"])) == {soon}
    assert set(PesanKeluar.objects.in_wilayah(wilayah["0"])) == everybody

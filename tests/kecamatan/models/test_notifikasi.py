from types import SimpleNamespace

import pytest
from django.db import connection

from kecamatan.models import Notifikasi, PreferensiNotifikasi
from kecamatan.models.notifikasi import JENIS, Surel
from tests.factories import NotifikasiFactory, PenggunaFactory, PesanKeluarFactory
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    ["", "mulai/", "//lain.test/", "/\\lain.test/", "https://lain.test/", "javascript:x", "/a b", "/a\r\nb", "/a\\b"],
)  # fmt: skip
def test_a_notice_leads_nowhere_but_into_the_portal(url: str) -> None:
    with refused_by("notifikasi_url_dalam_portal"):
        NotifikasiFactory(url=url)


@pytest.mark.parametrize("url", ["/", "/mulai/", "/wilayah/11.01/?tahun=2025#apbdes"])
def test_a_path_with_a_question_is_a_page_of_the_portal(url: str) -> None:
    assert NotifikasiFactory(url=url).url == url


def test_a_notice_has_a_title() -> None:
    with refused_by("notifikasi_berjudul"):
        NotifikasiFactory(judul="")


def test_the_way_of_the_mail_is_known() -> None:
    with refused_by("notifikasi_surel_dikenal"):
        NotifikasiFactory(surel="merpati")
    with refused_by("preferensi_notifikasi_surel_dikenal"):
        PreferensiNotifikasi.objects.create(pengguna=PenggunaFactory(), jenis="data", surel="merpati")


def test_a_notice_without_mail_is_carried_by_none() -> None:
    with refused_by("notifikasi_tanpa_surel_tanpa_pesan"):
        NotifikasiFactory(surel="tidak", pesan=PesanKeluarFactory())


def test_the_same_is_told_to_a_person_once_and_what_has_no_key_as_often_as_it_is_said() -> None:
    first = NotifikasiFactory(kunci="apbdes:1")
    with refused_by("notifikasi_tidak_ganda"):
        NotifikasiFactory(kepada=first.kepada, kunci="apbdes:1")
    NotifikasiFactory(kunci="apbdes:1")
    for _ in range(2):
        NotifikasiFactory(kepada=first.kepada)


def test_one_choice_per_kind() -> None:
    choice = PreferensiNotifikasi.objects.create(pengguna=PenggunaFactory(), jenis="data", surel="tidak")
    assert str(choice) == "Data dan berkas: tidak"
    with refused_by("preferensi_notifikasi_satu_per_jenis"):
        PreferensiNotifikasi.objects.create(pengguna=choice.pengguna, jenis="data", surel="harian")


def test_everybody_sees_the_own_notices_and_no_others(cast: SimpleNamespace) -> None:
    """The admin of the whole country does not read what a camat is told."""
    mine = NotifikasiFactory(kepada=cast.camat_a)
    assert list(Notifikasi.objects.visible_to(cast.camat_a)) == [mine]
    assert not Notifikasi.objects.visible_to(cast.admin_pusat).exists()
    assert str(mine) == mine.judul


@pytest.mark.parametrize("jenis", JENIS.values(), ids=lambda jenis: jenis.kode)
def test_every_kind_can_be_read_and_stored(jenis: object) -> None:
    assert jenis.label
    assert jenis.keterangan.endswith(".")
    assert NotifikasiFactory(jenis=jenis.kode).get_jenis_display() == jenis.label


def test_a_choice_counts_unless_the_safety_of_the_account_hangs_on_it() -> None:
    assert JENIS["data"].surel_of(None) == Surel.HARIAN
    assert JENIS["data"].surel_of("tidak") == Surel.TIDAK
    assert JENIS["akun"].surel_of("tidak") == Surel.LANGSUNG


@pytest.mark.parametrize("index", ["notifikasi_belum_dibaca", "notifikasi_menunggu_ringkasan", "pesan_keluar_menunggu"])
def test_what_is_asked_all_the_time_has_an_index_that_stays_small(index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        (definition,) = cursor.fetchone()
    assert " WHERE " in definition

"""What makes the desk quick: filters, answers written beforehand, several reports at once, regions typed by name."""

from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from pengaduan.models import JawabanBaku, KategoriSp4n, Langkah, Pengaduan
from tests.assertions import visible_text
from tests.factories import JawabanBakuFactory, UnitLayananFactory
from tests.pengaduan.dunia import A1, B1, A, fresh, lapor, maju
from tests.pengaduan.views.test_meja import MEJA, at


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
JAWABAN = f"/wilayah/{A}/pengaduan/jawaban/"


@pytest.fixture
def camat(cast: SimpleNamespace) -> Client:
    return at(cast.camat_a)


def langkah(satu: Pengaduan, step: str) -> str:
    return f"{MEJA}{satu.pk}/langkah/{step}/"


def test_the_list_is_narrowed_to_a_unit(camat: Client, wilayah: World) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A], nama="Puskesmas Teupah")
    lapor(wilayah[A1], unit=unit, judul="Antrean panjang")
    lapor(wilayah[A1], kunci="dua", judul="Jalan berlubang")
    text = visible_text(camat.get(f"{MEJA}?unit={unit.pk}"))
    assert "Antrean panjang" in text
    assert "Jalan berlubang" not in text
    assert "Berjalan (1)" in text
    for odd in ("x", "9" * 30):
        assert camat.get(f"{MEJA}?unit={odd}").status_code == 200


def test_several_are_refused_at_once_with_one_reason(camat: Client, wilayah: World) -> None:
    reports = [lapor(wilayah[A1], kunci=kunci, perlu_disaring=True).pengaduan for kunci in ("satu", "dua")]
    chosen = {"pilih": [str(satu.pk) for satu in reports]}
    assert f'value="{reports[0].pk}"' in camat.get(f"{MEJA}?tampil=saring").text
    page = camat.get(f"{MEJA}serentak/", chosen)
    assert "Kerjakan 2 laporan" in visible_text(page)
    wordless = camat.post(f"{MEJA}serentak/", chosen | {"langkah": "tolak"})
    assert (wordless.status_code, fresh(reports[0]).status) == (422, "diterima")
    done = camat.post(f"{MEJA}serentak/", chosen | {"langkah": "tolak", "catatan": "Iklan."}, follow=True)
    assert "2 laporan selesai" in visible_text(done)
    assert {fresh(satu).status for satu in reports} == {"ditolak"}
    again = camat.post(f"{MEJA}serentak/", chosen | {"langkah": "verifikasi"}, follow=True)
    assert reports[0].nomor in visible_text(again)


def test_none_chosen_or_a_foreign_one_does_nothing(camat: Client, wilayah: World) -> None:
    foreign = lapor(wilayah[B1]).pengaduan
    assert "Centang dahulu" in visible_text(camat.post(f"{MEJA}serentak/", {}, follow=True))
    told = {"pilih": [str(foreign.pk)], "langkah": "tolak", "catatan": "Iklan."}
    assert camat.post(f"{MEJA}serentak/", told).status_code == 404
    assert fresh(foreign).status == "diterima"


def test_an_answer_is_written_beforehand_changed_and_used(camat: Client, cast: SimpleNamespace, wilayah: World) -> None:
    assert "Belum ada jawaban baku" in visible_text(camat.get(JAWABAN))
    told = {"judul": "PLN", "isi": "Diteruskan ke PLN.", "aktif": "on"}
    assert camat.post(JAWABAN, told).status_code == 302
    assert camat.post(JAWABAN, told).status_code == 422  # the title again
    satu = JawabanBaku.objects.get()
    assert camat.post(f"{JAWABAN}{satu.pk}/", told | {"isi": "Sudah ke PLN."}).status_code == 302
    JawabanBakuFactory(wilayah=wilayah["11.01"], judul="Dari kabupaten")
    assert "Dari kabupaten" in visible_text(camat.get(JAWABAN))
    case = maju(lapor(wilayah[A1]).pengaduan, cast, Langkah.VERIFIKASI)
    page = camat.get(langkah(case, "proses"), {"jawaban": satu.pk})
    assert "Sudah ke PLN." in page.text
    assert "Sudah ke PLN." not in camat.get(langkah(case, "proses"), {"jawaban": "x"}).text


def test_a_report_goes_where_its_name_is_typed(camat: Client, wilayah: World) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    told = {"catatan": "Sungai itu di desa sebelah."}
    assert "Tidak ada yang cocok" in visible_text(camat.post(langkah(satu, "pindah"), told | {"tujuan": "Zzz"}))
    several = visible_text(camat.post(langkah(satu, "pindah"), told | {"tujuan": "11.01.02"[:5]}))
    assert "Ada beberapa yang cocok" in several
    assert camat.post(langkah(satu, "pindah"), told | {"tujuan": B1}).status_code == 302
    assert fresh(satu).wilayah == wilayah[B1]


def test_a_referral_names_a_category_of_the_national_list(camat: Client, wilayah: World) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    told = {"catatan": "Kami teruskan.", "instansi_lain": "SP4N-LAPOR!", "nomor_rujukan": "77"}
    KategoriSp4n.objects.create(utama="AIR", nama="AIR BERSIH")
    KategoriSp4n.objects.create(utama="AIR", nama="AIR LIMBAH")
    vague = camat.post(langkah(satu, "alihkan"), told | {"kategori_sp4n": "air"})
    assert "AIR / AIR BERSIH; AIR / AIR LIMBAH" in visible_text(vague)
    assert camat.post(langkah(satu, "alihkan"), told | {"kategori_sp4n": "air bersih"}).status_code == 302
    assert fresh(satu).kategori_sp4n == "AIR / AIR BERSIH"


def test_without_the_national_list_the_category_is_free_text(camat: Client, wilayah: World) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    told = {"catatan": "Kami teruskan.", "instansi_lain": "SP4N-LAPOR!", "kategori_sp4n": "Air bersih"}
    assert camat.post(langkah(satu, "alihkan"), told).status_code == 302
    assert fresh(satu).kategori_sp4n == "Air bersih"

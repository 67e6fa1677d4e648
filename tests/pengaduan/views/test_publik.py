"""What everybody may read: figures without small numbers, and reports that were let through."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Pengguna, Wilayah
from pengaduan.actions.meja import set_tayang
from pengaduan.aggregation.pengaduan import rebuild
from pengaduan.models import Langkah
from pengaduan.queries.publik import tekan
from tests.assertions import visible_text
from tests.factories import CapaianFactory, PengaduanFactory
from tests.pengaduan.dunia import A1, A, fresh, lapor, maju


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HALAMAN = f"/wilayah/{A}/pengaduan/"
PADA = datetime.date(2026, 11, 22)


def received(wilayah: World, many: int) -> None:
    then = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    for _ in range(many):
        PengaduanFactory(wilayah=wilayah[A1], diterima_pada=then)
    rebuild(2026, pada=PADA)


def test_without_reports_the_page_says_so(client: Client, wilayah: World) -> None:
    text = visible_text(client.get(HALAMAN))
    assert "Belum ada laporan warga yang tercatat" in text
    assert "Belum ada laporan yang ditayangkan" in text


def test_few_reports_show_no_figure(client: Client, wilayah: World) -> None:
    received(wilayah, 4)
    assert "Kurang dari 5 laporan" in visible_text(client.get(HALAMAN))


def test_figures_of_a_year(client: Client, wilayah: World) -> None:
    received(wilayah, 7)
    text = visible_text(client.get(f"{HALAMAN}?tahun=2026"))
    assert "Angka 2026" in text
    assert "Diterima 7" in text
    assert "Lainnya: 7" in text


def test_reports_are_shown_in_the_moderators_words_and_never_confidential_ones(
    client: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    satu, secret = (
        lapor(wilayah[A1]).pengaduan,
        lapor(wilayah[A1], kunci="dua", rahasia=True, judul="Rahasia").pengaduan,
    )
    maju(satu, cast, Langkah.VERIFIKASI)
    maju(secret, cast, Langkah.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan rusak", isi="Sudah seminggu.")
    text = visible_text(client.get(HALAMAN))
    assert "Jembatan rusak" in text
    assert "menyeberang" not in text
    assert "Rahasia" not in text


def test_a_small_number_takes_another_one_along() -> None:
    """Ten in all and six here would tell of the four there."""
    assert [(row.nama, row.n) for row in tekan({"A": 6, "B": 4, "C": 9, "D": 0})] == [
        ("A", None), ("B", None), ("C", 9), ("D", 0),
    ]  # fmt: skip
    assert [row.n for row in tekan({"A": 3, "B": 4, "C": 9})] == [None, None, 9]
    assert [row.n for row in tekan({"A": 3})] == [None]
    assert [row.n for row in tekan({"A": 5, "B": 0})] == [5, 0]


def test_the_region_page_leads_those_who_sit_there_to_the_desk(
    client: Client, camat_a: Pengguna, wilayah: World
) -> None:
    PengaduanFactory(wilayah=wilayah[A1], tenggat="2026-01-05")
    assert "Meja pengaduan" not in visible_text(client.get(f"/wilayah/{A}/"))
    client.force_login(camat_a)
    assert "Meja pengaduan: 1 berjalan, 1 lewat tenggat" in visible_text(client.get(f"/wilayah/{A}/"))


def test_what_others_reported_is_offered_and_may_be_supported_once(
    client: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    maju(satu, cast, Langkah.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan rusak")
    offered = f"{HALAMAN}serupa/?kategori="
    assert "Jembatan rusak" in visible_text(client.get(f"{offered}infrastruktur"))
    assert visible_text(client.get(f"{offered}kesehatan")) == ""
    assert visible_text(client.get(offered)) == ""
    address = f"{HALAMAN}{satu.nomor}/dukung/"
    assert "mengalami hal yang sama" in visible_text(client.post(address, follow=True))
    assert "sudah tercatat" in visible_text(client.post(address, follow=True))
    assert fresh(satu).dukungan == 1
    assert client.post(address, headers={"User-Agent": "lain"}).status_code == 302
    assert fresh(satu).dukungan == 2


def test_what_is_not_public_or_over_cannot_be_supported(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    address = f"{HALAMAN}{satu.nomor}/dukung/"
    assert client.post(address).status_code == 404
    maju(satu, cast, Langkah.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan rusak")
    maju(satu, cast, Langkah.PROSES, Langkah.TANGGAPI)
    assert "Saya juga mengalaminya" in visible_text(client.get(HALAMAN))


def test_a_reader_says_that_a_figure_is_wrong_without_an_account(client: Client, wilayah: World) -> None:
    satu = CapaianFactory(wilayah=wilayah[A])
    page = client.get(f"/wilayah/{A}/angka/{satu.indikator_id}/{satu.periode}/").text
    assert f"/lapor/?wilayah={A}&amp;tentang=Angka%20{satu.indikator_id}" in page
    form = client.get(f"/lapor/?wilayah={A}&tentang=Angka%20{satu.indikator_id}%20keliru").text
    assert f'value="Angka {satu.indikator_id} keliru"' in form


def test_figures_and_map_by_desa_hide_small_numbers_and_one_more(client: Client, wilayah: World) -> None:
    then = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    for kode, many in ((A1, 7), ("11.01.01.2002", 3)):
        for number in range(many):
            PengaduanFactory(
                wilayah=wilayah[kode], diterima_pada=then, tayang=number == 0, judul_publik="Jembatan rusak"
            )
    rebuild(2026, pada=PADA)
    page = visible_text(client.get(HALAMAN))
    assert "Menurut wilayah, 2026" in page
    assert page.count("disembunyikan") >= 2  # three would follow from ten and seven
    assert page.count("1 laporan") == 2
    of_kabupaten = visible_text(client.get("/wilayah/11.01/pengaduan/"))
    assert f"{wilayah[A].nama} 10 10" in of_kabupaten


def test_a_desa_has_no_map_and_a_page_no_more_queries_for_more_desa(
    client: Client, wilayah: World, django_assert_max_num_queries: object
) -> None:
    received(wilayah, 7)
    assert "Menurut wilayah" not in visible_text(client.get(f"/wilayah/{A1}/pengaduan/"))
    client.get(HALAMAN)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(HALAMAN)

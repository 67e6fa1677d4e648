"""Surveys to read: few questions to the database however many there are, and no small numbers."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Wilayah
from pengaduan.aggregation.survei import rebuild
from pengaduan.charts_survei import garis_deret
from pengaduan.exports_survei import laporan_sheets, ringkas
from pengaduan.forms_survei import pilihan_periode
from pengaduan.queries import kartu_skor, survei
from tests.factories import JawabanSurveiFactory, KartuSkorFactory, SurveiFactory
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.mark.parametrize("many", [1, 12])
def test_the_public_page_asks_as_often_for_many_services_as_for_one(
    many: int, wilayah: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for nomor in range(many):
        SurveiFactory(unit__wilayah=wilayah[A1], status="terbit", jawaban=10, jenis_layanan=f"Layanan {nomor}")
    with django_assert_num_queries(5):
        page, rows = survei.daftar_publik(wilayah[A])
    assert page.paginator.count == len(rows) == many
    assert all(row.terbaru.ringkasan.mutu for row in rows)


def test_a_long_list_has_pages(wilayah: World) -> None:
    for nomor in range(16):
        SurveiFactory(unit__wilayah=wilayah[A1], unit__nama=f"Unit {nomor:02}", status="terbit", jawaban=10)
    page, rows = survei.daftar_publik(wilayah[A], 2)
    assert (page.paginator.num_pages, [str(row.terbaru.survei.unit) for row in rows]) == (2, ["Unit 15"])


def test_years_semesters_and_quarters_are_offered_around_today() -> None:
    words = dict(pilihan_periode(2026))
    assert len(words) == 21
    assert words["2026-S2"] == "Semester 2 2026"
    assert {"2025", "2027-T4"} <= set(words)


def test_under_four_periods_there_are_dots_and_no_line(wilayah: World) -> None:
    SurveiFactory(unit__wilayah=wilayah[A1], status="terbit", jawaban=10)
    line = garis_deret(survei.daftar_publik(wilayah[A])[1][0])
    assert (len(line.titik), line.garis) == (1, "")


def closed_with(wilayah: World, perempuan: int, laki_laki: int) -> survei.HasilSurvei:
    """What a survey found in which so many women and men answered."""
    satu = SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup")
    for kelamin in ["p"] * perempuan + ["l"] * laki_laki:
        JawabanSurveiFactory(survei=satu, jenis_kelamin=kelamin)
    rebuild(satu)
    hasil = survei.hasil_survei(satu)
    assert hasil
    return hasil


@pytest.mark.parametrize(("perempuan", "shown"), [(3, [None, None, 0]), (0, [0, 20, 0]), (5, [5, 20, 0])])
def test_one_hidden_number_hides_another_so_that_the_total_gives_nothing_away(
    perempuan: int, shown: list[int | None], wilayah: World
) -> None:
    hasil = closed_with(wilayah, perempuan, 20)
    assert [row.n for row in hasil.profil[0].baris] == shown
    assert f"{20 + perempuan} responden: populasi belum diisi." in ringkas(hasil)
    profil = laporan_sheets(hasil, "https://a.test/")[2]
    assert [row[2] for row in profil.rows][:3] == ["ditekan" if n is None else n for n in shown]


def test_round_by_round_costs_a_fixed_number_of_questions(
    wilayah: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def skor(many: int) -> list[tuple[str, str, int, int]]:
        return [(f"Kriteria {nomor}", "pemuda", 6, 3) for nomor in range(many)]

    KartuSkorFactory(wilayah=wilayah[A1], skor=skor(8))
    satu = KartuSkorFactory(wilayah=wilayah[A1], putaran=2, skor=skor(8))
    with django_assert_num_queries(4):
        isi = kartu_skor.isi_kartu(satu)
    assert [baris.sel[0].lalu for baris in isi.baris] == [3] * 8


def test_a_criterion_without_any_citizen_has_no_range(wilayah: World) -> None:
    satu = KartuSkorFactory(wilayah=wilayah[A1], skor=[("Ramah", "penyedia", 2, 5)])
    baris = kartu_skor.isi_kartu(satu, publik=True).baris[0]
    assert (baris.rentang, baris.berbeda, baris.sel[0].skor) == ("–", False, 5)

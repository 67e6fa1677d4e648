"""Results of the tests of a cohort, worked out by hand."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from kecamatan.models import Wilayah
from pelatihan.exports_laporan import laporan_sheets, laporan_surat
from pelatihan.queries.laporan import laporan_angkatan
from pelatihan.queries.tes import (
    bank_soal,
    bobot_awal,
    butir_pilihan,
    daftar_tes,
    hasil_modul,
    hasil_tes,
    modul_of,
    nilai_tes,
)
from tests.factories import ButirFactory, ModulFactory, PengerjaanFactory, PesertaFactory
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Dunia:
    satu = buat_dunia(wilayah, n=12)
    modul = ModulFactory(judul="Pembinaan dan pengawasan")
    satu.butir[0].modul = modul
    satu.butir[0].save()
    return satu


@pytest.fixture
def hasil(dunia: Dunia) -> Dunia:
    """Ten take both tests: before 0 or 1 of 3 right, after 1 to 3; one only the first; one none."""
    pra, pasca = dunia.tes(), dunia.tes("pasca")
    for n, peserta in enumerate(dunia.peserta[:11]):
        before = n % 2
        PengerjaanFactory(tes=pra, peserta=peserta, benar=before, skor=D(100 * before) / 3)
        if n < 10:
            after = 1 + n % 3
            PengerjaanFactory(tes=pasca, peserta=peserta, benar=after, skor=(D(100 * after) / 3).quantize(D("0.01")))
    return dunia


def test_marks_by_participant(hasil: Dunia) -> None:
    marks = nilai_tes(hasil.angkatan)
    assert marks[hasil.peserta[3].pk] == (D("33.33"), D("33.33"))
    assert marks[hasil.peserta[10].pk] == (D(0), None)  # missed is not 0
    assert hasil.peserta[11].pk not in marks


def test_an_unfinished_test_has_no_mark(dunia: Dunia) -> None:
    PengerjaanFactory(tes=dunia.tes(), peserta=dunia.peserta[0], benar=3)
    assert nilai_tes(dunia.angkatan) == {}


def test_only_pairs_count(hasil: Dunia) -> None:
    found = hasil_tes(hasil.angkatan)
    assert (found.ikut, found.n_pra, found.n_pasca, found.ringkasan.n) == (12, 11, 10, 10)
    after = sum(marks[1] for marks in nilai_tes(hasil.angkatan).values() if marks[1] is not None)
    assert found.ringkasan.pasca == after / 10


def test_small_groups_only_tell_how_many(hasil: Dunia, wilayah: dict[str, Wilayah]) -> None:
    for peserta in hasil.peserta[:4]:
        peserta.orang.jenis_kelamin = "P"
        peserta.orang.save()
    groups = {judul: dict(rows) for judul, rows in hasil_tes(hasil.angkatan).kelompok}
    assert (groups["Jenis kelamin"]["perempuan"].n, groups["Jenis kelamin"]["perempuan"].gain) == (4, None)
    assert groups["Jenis kelamin"]["tanpa keterangan"].gain is not None
    assert groups["Provinsi"]["Uji"].n == groups["Instansi"]["Bappeda"].n == 10


def test_questions_and_modules_that_need_work(hasil: Dunia) -> None:
    found = hasil_tes(hasil.angkatan)
    one, two, three = sorted(found.butir, key=lambda satu: satu.butir.pk)
    assert (one.pra, one.pasca, one.beda) == (Fraction(5, 11), 1, 0)  # everybody knows it afterwards
    assert one.alasan == "tidak membedakan yang menguasai materi"
    assert (two.pra, two.pasca, three.pasca) == (0, Fraction(6, 10), Fraction(3, 10))
    assert (two.beda, two.alasan, three.beda, three.alasan) == (1, "", 1, "")
    assert three.korelasi == pytest.approx(0.8, abs=0.1)
    by_modul = {str(satu.modul): satu for satu in found.modul}
    assert (by_modul["Pembinaan dan pengawasan"].pasca, by_modul["Pembinaan dan pengawasan"].ulangi) == (1, False)
    assert (by_modul["None"].pasca, by_modul["None"].ulangi) == (Fraction(9, 20), True)
    assert hasil_modul(hasil.angkatan) == found.modul


def test_the_report_tells_of_every_module_which_to_teach_again(hasil: Dunia) -> None:
    told = laporan_angkatan(hasil.angkatan)
    (sheet,) = [sheet for sheet in laporan_sheets(told) if sheet.name == "Modul"]
    rows = {row[0]: row[2:] for row in sheet.rows}
    assert rows == {"Pembinaan dan pengawasan": (1.0, "tidak"), "pelatihan seluruhnya": (0.45, "ya")}
    part = laporan_surat(told).bagian[-1]
    assert part.tabel
    assert {row[0]: row[2:] for row in part.tabel.baris} == {
        "Pembinaan dan pengawasan": ("100,0%", "tidak"), "pelatihan seluruhnya": ("45,0%", "ya")
    }  # fmt: skip


def test_a_question_few_know_afterwards_is_weak(dunia: Dunia) -> None:
    pasca = dunia.tes("pasca")
    for peserta in dunia.peserta[:5]:
        PengerjaanFactory(tes=pasca, peserta=peserta, benar=1, skor=33)
    weak = hasil_tes(dunia.angkatan).butir
    assert {satu.alasan for satu in weak if satu.pasca == 0} == {"jarang dijawab benar sesudah pelatihan"}
    assert {(satu.beda, satu.pra) for satu in weak} == {(None, None)}  # five are too few, and nobody was asked before


def test_who_withdrew_is_left_out(hasil: Dunia) -> None:
    hasil.peserta[0].status, hasil.peserta[0].alasan = "mundur", "Sakit"
    hasil.peserta[0].save()
    found = hasil_tes(hasil.angkatan)
    assert (found.ikut, found.n_pra, found.ringkasan.n) == (11, 10, 9)


def test_results_take_the_same_queries_for_any_cohort(
    hasil: Dunia, wilayah: dict[str, Wilayah], django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        PesertaFactory(angkatan=hasil.angkatan, wilayah=wilayah["11.01.01"])
    with django_assert_max_num_queries(7):
        hasil_tes(hasil.angkatan)


def test_the_second_test_begins_with_the_questions_of_the_first(dunia: Dunia) -> None:
    pra = dunia.tes(butir__bobot=[2, 1, 1])
    assert bobot_awal(dunia.angkatan, None) == bobot_awal(dunia.angkatan, pra)
    assert bobot_awal(dunia.angkatan, pra)[dunia.butir[0].pk] == 2
    old = dunia.butir[0]
    old.aktif = False
    old.save()
    assert old in butir_pilihan(dunia.angkatan, pra)
    assert old not in butir_pilihan(dunia.angkatan, None)
    assert [(satu.jenis, satu.n_butir, satu.dibuka) for satu in daftar_tes(dunia.angkatan)] == [
        ("pra", 3, True), ("pasca", 0, False)
    ]  # fmt: skip


def test_the_bank_shows_what_is_in_use_first_and_no_old_versions(dunia: Dunia) -> None:
    one, two, _three = dunia.butir
    one.aktif = two.aktif = False
    two.gantinya = ButirFactory(program=dunia.angkatan.program)
    one.save()
    two.save()
    bank = bank_soal(dunia.angkatan.program)
    assert (bank[-1], two in bank, len(bank)) == (one, False, 3)
    assert len(modul_of(dunia.angkatan.program)) == 1

"""Reports: what stands in them, and at what cost."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import Wilayah
from pelatihan.charts import angkatan_figure, batang_angkatan
from pelatihan.exports_laporan import keluaran, laporan_sheets, laporan_surat, program_sheets, program_surat, ringkasan
from pelatihan.models import Angkatan
from pelatihan.queries.bukti import bukti
from pelatihan.queries.laporan import dasbor, kepuasan, laporan_angkatan, laporan_program
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, PresensiFactory, SesiFactory


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.fixture
def angkatan(wilayah: World) -> Angkatan:
    """Three participants of two kabupaten, one of whom withdrew; one was there for half of the hours."""
    satu = AngkatanFactory(program__wilayah=wilayah["0"], status="evaluasi", cakupan=[wilayah["11"]], nama="ToT uji",
                           mulai=datetime.date(2026, 6, 18), sumber="Laporan uji")  # fmt: skip
    kelas = KelasFactory(angkatan=satu)
    sesi = [SesiFactory(kelas=kelas, jp=4), SesiFactory(kelas=kelas, jp=4)]
    ada = PesertaFactory(angkatan=satu, kelas=kelas, wilayah=wilayah["11.01"], orang__jenis_kelamin="P", status="lulus",
                         orang__jabatan="Analis  Muda")  # fmt: skip
    PesertaFactory(angkatan=satu, kelas=kelas, wilayah=wilayah["11.02"], orang__jenis_kelamin="L", orang__jabatan="")
    PesertaFactory(angkatan=satu, wilayah=wilayah["11.02"], status="mundur", alasan="Sakit.")
    PresensiFactory(sesi=sesi[0], peserta=ada, status="hadir")
    return satu


def test_a_report_counts_the_same_people_in_every_way(angkatan: Angkatan) -> None:
    found = laporan_angkatan(angkatan)
    assert (found.semua.n, found.semua.perempuan, found.semua.lulus) == (2, 1, 1)
    assert [(title, [(satu.nama, satu.n) for satu in groups]) for title, groups in found.kelompok] == [
        ("Provinsi", [("Provinsi Uji", 2)]),
        ("Kabupaten/kota", [("Kabupaten Dua", 1), ("Kabupaten Satu", 1)]),
        ("Instansi", [("Bappeda", 2)]),
        ("Jabatan", [("Analis Muda", 1), ("", 1)]),
        ("Jenis kelamin", [("laki-laki", 1), ("perempuan", 1)]),
    ]
    assert found.semua.hadir == Decimal(25)
    assert (found.penyelenggara.indeks, found.rtl.n, found.biaya.per_peserta) == (None, 0, None)


def test_the_output_indicator_stands_beside_what_was_published(angkatan: Angkatan, wilayah: World) -> None:
    for kode, n in (("11.01", 39), ("11.02", 36)):
        angkatan.angka_terbit.create(wilayah=wilayah[kode], jumlah=n, sumber="Laporan uji")
    assert keluaran(laporan_angkatan(angkatan)) == [
        "Tenaga terlatih yang tersedia (lulus dan tercatat): 1 (Provinsi Uji 1).",
        "Peserta menurut terbitan: 75 (Kabupaten Satu 39, Kabupaten Dua 36).",
        "Sumber terbitan: Laporan uji.",
    ]


def test_the_workbook_and_the_letter_carry_the_totals(angkatan: Angkatan) -> None:
    found = laporan_angkatan(angkatan)
    sheets = {sheet.name: list(sheet.rows) for sheet in laporan_sheets(found)}
    assert list(sheets) == ["Ringkasan", "Provinsi", "Kabupaten kota", "Instansi", "Jabatan", "Jenis kelamin", "Modul",
                            "Menurut terbitan"]  # fmt: skip
    assert sheets["Kabupaten kota"][-1][:2] == ["Seluruhnya", 2]
    assert dict(ringkasan(found))["Biaya per peserta (Rp)"] is None
    letter = laporan_surat(found)
    assert letter.judul[-1] == "ToT uji, 18–22 Juni 2026"
    assert [part.tabel.baris[-1][:2] for part in letter.bagian[3:] if part.tabel] == [("Seluruhnya", "2")] * 5


def test_a_programme_adds_its_cohorts_up(angkatan: Angkatan, wilayah: World) -> None:
    later = AngkatanFactory(program=angkatan.program, nama="ToT lanjut", mulai=datetime.date(2026, 9, 1),
                            cakupan=[wilayah["11"]])  # fmt: skip
    PesertaFactory(angkatan=later, wilayah=wilayah["11.01"], status="lulus")
    AngkatanFactory(program=angkatan.program, status="batal", cakupan=[wilayah["11"]])
    angkatan.angka_terbit.create(wilayah=wilayah["11.01"], jumlah=39, sumber="Uji")
    found = laporan_program(angkatan.program)
    assert [(baris.angkatan.nama, satu.n, satu.lulus) for baris, satu, _ in found.angkatan] == [
        ("ToT uji", 2, 1), ("ToT lanjut", 1, 1)
    ]  # fmt: skip
    assert (found.semua.n, found.semua.lulus) == (3, 2)
    sheets = {sheet.name: list(sheet.rows) for sheet in program_sheets(found)}
    assert [row[:5] for row in sheets["Angkatan"]] == [
        ["ToT uji", datetime.date(2026, 6, 18), "evaluasi", 39, 2],
        ["ToT lanjut", datetime.date(2026, 9, 1), "dirancang", None, 1],
    ]
    assert sheets["Kabupaten kota"][-1][:2] == ["Seluruhnya", 3]
    letter = program_surat(found)
    assert [row[0] for row in letter.bagian[0].tabel.baris] == ["ToT uji", "ToT lanjut"]


def test_satisfaction_counts_each_sheet_by_its_answers() -> None:
    def sheet(indeks: str | None, n: int) -> SimpleNamespace:
        return SimpleNamespace(indeks=None if indeks is None else Decimal(indeks), n=n)

    found = kepuasan([sheet("4", 10), sheet("3", 30), sheet(None, 2)])  # type: ignore[list-item]
    assert (found.indeks, found.n, found.lembar, found.semua) == (Decimal("3.25"), 40, 2, 3)
    assert kepuasan([]).indeks is None


def test_the_evidence_of_everybody(angkatan: Angkatan) -> None:
    found = bukti(angkatan)
    assert len(found) == 3
    assert {satu.hadir for satu in found.values()} == {Decimal(50), Decimal(0), None}
    assert {(satu.nilai, satu.rtl) for satu in found.values()} == {(None, False)}


def test_the_dashboard_adds_no_unknown_number(angkatan: Angkatan, wilayah: World) -> None:
    angkatan.angka_terbit.create(wilayah=wilayah["11.01"], jumlah=None, sumber="Uji")
    other = AngkatanFactory(program__wilayah=wilayah["0"], status="ditutup", cakupan=[wilayah["11"]])
    other.angka_terbit.create(wilayah=wilayah["11"], jumlah=36, sumber="Uji")
    AngkatanFactory(program__wilayah=wilayah["0"], cakupan=[wilayah["11"]], nama="Rancangan")
    nothing = dasbor(wilayah["99"])
    assert (nothing.n_terbit, nothing.n_tercatat) == (None, 0)
    found = dasbor(wilayah["0"])
    assert (found.n_terbit, found.tanpa_angka, found.n_tercatat) == (36, 1, 2)
    assert [
        (satu.wilayah.kode, satu.terbit, satu.tanpa_angka, satu.tercatat, satu.lulus) for satu in found.provinsi
    ] == [("11", 36, 1, 2, 1)]
    bars = batang_angkatan(found.angkatan)
    assert sorted((bar.terbit, bar.tercatat) for bar in bars) == [("0.00", "5.56"), ("100.00", "0.00")]
    assert "null" in angkatan_figure(found.angkatan)  # a gap, not a bar of height 0


def test_reports_cost_the_same_for_two_people_and_for_twenty(
    angkatan: Angkatan, wilayah: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    PesertaFactory.create_batch(18, angkatan=angkatan, wilayah=wilayah["11.01"])
    with django_assert_max_num_queries(20):
        assert laporan_angkatan(angkatan).semua.n == 20
    for _ in range(10):
        AngkatanFactory(program__wilayah=wilayah["0"], status="ditutup", cakupan=[wilayah["11"]])
    with django_assert_max_num_queries(8):
        assert len(dasbor(wilayah["11"]).angkatan) == 11

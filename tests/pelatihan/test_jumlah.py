"""Every total of every report equals the rows listed above it, on the page, in the workbook and on paper alike."""

from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from p3pd_portal.lib.tables import Sheet
from pelatihan.exports_laporan import (
    KEPALA,
    RINGKAS,
    keluaran,
    laporan_sheets,
    laporan_surat,
    program_sheets,
    program_surat,
)
from pelatihan.models import Angkatan, Program
from pelatihan.queries.laporan import dasbor, laporan_angkatan, laporan_program
from pelatihan.queries.papan import papan_kelola
from pelatihan.queries.peserta import Saringan, daftar_peserta, semua_peserta
from pelatihan.queries.tes import hasil_tes
from tests.factories import (
    AngkatanFactory,
    KelasFactory,
    PengerjaanFactory,
    PesertaFactory,
    PresensiFactory,
    RtlFactory,
    SesiFactory,
    TesFactory,
    UnsurPesertaFactory,
)


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
DIHITUNG = ("peserta", "perempuan", "laki-laki", "lulus", "tidak lulus", "belum diputuskan", "dari n", "pasangan tes",
            "ber-RTL")  # fmt: skip
"""Columns that are added up; the others are shares and means, which nobody adds."""
ORANG = [  # where, office, sex, verdict, tests, hours attended, plan
    ("11.01", "bappeda", "P", "lulus", (40, 80), True, True), ("11.01", "bappeda", "L", "lulus", (50, 50), True, False),
    ("11.01.01", "pmd", "", "tidak_lulus", (40, None), False, False), ("11.02", None, "P", "lulus", None, True, True),
    ("11.02", "pmd", "L", "terdaftar", (70, 90), False, False), ("11", None, "L", "dikonfirmasi", None, False, False),
    ("11.01", "pmd", "P", "mundur", (10, 20), True, True),
]  # fmt: skip


def cohort(program: Program, wilayah: World) -> Angkatan:
    angkatan = AngkatanFactory(program=program, status="evaluasi", cakupan=[wilayah["11"]])
    kelas = KelasFactory(angkatan=angkatan)
    sesi, pra, pasca = (
        SesiFactory(kelas=kelas),
        TesFactory(angkatan=angkatan),
        TesFactory(angkatan=angkatan, jenis="pasca"),
    )
    for kode, unsur, sex, status, marks, there, plan in ORANG:
        office = UnsurPesertaFactory(kode=unsur, nama=unsur.upper()) if unsur else None
        told = {"status": status, "alasan": "Uji." if status in ("tidak_lulus", "mundur") else "", "unsur": office}
        satu = PesertaFactory(angkatan=angkatan, kelas=kelas, wilayah=wilayah[kode], orang__jenis_kelamin=sex, **told)
        for tes, skor in zip((pra, pasca), marks or (), strict=False):
            PengerjaanFactory(tes=tes, peserta=satu, skor=skor)
        if there:
            PresensiFactory(sesi=sesi, peserta=satu)
        if plan:
            RtlFactory(peserta=satu, desa=wilayah["11.01.01.2001"])
    return angkatan


@pytest.fixture
def program(wilayah: World) -> Program:
    """Two cohorts alike, and one that was called off."""
    found: Program = AngkatanFactory(program__wilayah=wilayah["11"], status="batal").program
    for _ in range(2):
        cohort(found, wilayah)
    return found


@pytest.fixture
def angkatan(program: Program) -> Angkatan:
    return Angkatan.objects.filter(program=program, status="evaluasi").earliest("pk")


def check_sheet(sheet: Sheet) -> None:
    *rows, total = [dict(zip(KEPALA, row, strict=True)) for row in sheet.rows]
    assert total["kelompok"] == "Seluruhnya"
    assert rows
    for name in DIHITUNG:
        assert total[name] == sum(row[name] for row in rows), (sheet.name, name)


def check_table(kepala: Sequence[str], baris: Sequence[Sequence[str]]) -> None:
    *rows, total = baris
    for number, name in enumerate(kepala):
        if name in ("Peserta", "Perempuan", "Lulus", "n tes", "Ber-RTL"):
            assert int(total[number]) == sum(int(row[number]) for row in rows), name


def test_the_groups_of_a_cohort_add_up_to_its_people(angkatan: Angkatan) -> None:
    found = laporan_angkatan(angkatan)
    assert found.semua.n == semua_peserta(angkatan).exclude(status="mundur").count() == 6
    for sheet in laporan_sheets(found)[1:6]:
        check_sheet(sheet)
    tables = [part.tabel for part in laporan_surat(found).bagian if part.tabel and list(part.tabel.kepala) == RINGKAS]
    assert len(tables) == 5
    for tabel in tables:
        check_table(tabel.kepala, tabel.baris)
    assert keluaran(found)[0] == "Tenaga terlatih yang tersedia (lulus dan tercatat): 3 (Provinsi Uji 3)."


def test_the_cohorts_of_a_programme_add_up_and_so_do_its_groups(program: Program) -> None:
    found = laporan_program(program)
    for name in ("n", "perempuan", "laki_laki", "lulus", "tidak_lulus", "belum", "n_hadir", "rtl"):
        assert getattr(found.semua, name) == sum(getattr(satu, name) for _baris, satu, _biaya in found.angkatan), name
    assert found.semua.n == 12
    for sheet in program_sheets(found)[1:]:
        check_sheet(sheet)
    for part in program_surat(found).bagian[1:]:
        assert part.tabel
        check_table(part.tabel.kepala, part.tabel.baris)


def test_the_results_of_tests_add_up_to_the_pairs(angkatan: Angkatan) -> None:
    found = hasil_tes(angkatan)
    assert (found.ikut, found.n_pra, found.n_pasca, found.ringkasan.n) == (6, 4, 3, 3)
    for title, groups in found.kelompok:
        assert sum(satu.n for _nama, satu in groups) == found.ringkasan.n, title


def test_the_list_of_participants_has_as_many_rows_as_its_counts(angkatan: Angkatan) -> None:
    daftar = daftar_peserta(angkatan, Saringan(), 1)
    assert sum(n for _label, n in daftar.jumlah) == daftar.halaman.paginator.count == len(ORANG)
    for status in ("lulus", "mundur"):
        listed = daftar_peserta(angkatan, Saringan(status=status), 1).halaman.paginator.count
        assert listed == sum(satu[3] == status for satu in ORANG)


def test_board_report_and_dashboard_tell_the_same_numbers(
    angkatan: Angkatan, program: Program, wilayah: World, cast: SimpleNamespace
) -> None:
    rows = papan_kelola(cast.admin_provinsi, wilayah["11"], {"status": "evaluasi"}, 1).baris
    report = laporan_angkatan(angkatan)
    for row in rows:
        told = (row.angka.tercatat, row.lulus, row.rtl, row.hadir)
        assert told == (report.semua.n, report.semua.lulus, report.rtl.n, 3)
    found = dasbor(wilayah["11"])
    assert found.n_tercatat == sum(satu.tercatat for satu in found.angkatan) == laporan_program(program).semua.n
    assert sum(satu.tercatat for satu in found.provinsi) == found.n_tercatat

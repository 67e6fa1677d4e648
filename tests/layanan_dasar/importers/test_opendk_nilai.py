"""Files in OpenDK's indicator templates: what each becomes, and what is refused with where and why."""

import io
from collections.abc import Sequence
from typing import Any

import pytest

from layanan_dasar.importers.opendk_nilai import Keterangan, read_templat
from layanan_dasar.importers.opendk_templat import find_templat
from layanan_dasar.models import Indikator
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected, read_table
from tests.layanan_dasar import opendk
from tests.layanan_dasar.opendk import DESA, csv, xlsx


pytestmark = pytest.mark.django_db
D1, D2 = DESA[:2]
JULI, S1 = "2025-07", "2025-S1"


@pytest.fixture(autouse=True)
def katalog(db: None) -> None:
    opendk.load_katalog()


def read(file: io.BytesIO, periode: str = "", desa: str = "", penyakit: str = "") -> list[tuple[Any, ...]]:
    """Desa, indicator, period, numerator and denominator of every figure."""
    table, errors = read_table(file), Errors()
    templat = find_templat(table)
    assert templat is not None
    isian = Keterangan(Periode.parse(periode) if periode else None, desa, penyakit)
    rows = list(read_templat(table, templat, isian, errors))
    errors.raise_if_any()
    return [(r.kode, r.indikator, r.periode, r.pembilang, r.penyebut) for r in rows]


def refusals(file: io.BytesIO, **told: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as caught:
        read(file, **told)
    return [(error.baris, error.kolom, error.pesan) for error in caught.value.errors]


def test_columns_are_read_by_name_and_codes_with_or_without_dots() -> None:
    file = xlsx(("Toilet", "desa_id", "Sanitasi"), (12, D1, 34), (23.0, "5306132002", 44), (5, 5306132003, ""))
    assert read(file, JULI) == [
        (D1, "OD-SANITASI", JULI, 34, None),
        (D1, "OD-TOILET", JULI, 12, None),
        (D2, "OD-SANITASI", JULI, 44, None),
        (D2, "OD-TOILET", JULI, 23, None),
        (DESA[2], "OD-TOILET", JULI, 5, None),  # an empty cell is not reported, and no zero
    ]


def test_all_five_levels_of_schooling_are_kept() -> None:
    """Peers drop the graduates of universities on the way to their fifth column."""
    found = read(xlsx(opendk.PENDIDIKAN, (34, 23, 12, 11, 3)), S1, D1)
    assert found == [(D1, f"OD-PEND-{n}", S1, jumlah, None) for n, jumlah in enumerate((34, 23, 12, 11, 3))]


def test_pupils_are_a_share_of_the_children_of_that_age() -> None:
    found = read(csv(opendk.PUTUS, (23, 34, 44, 45, 2, 3, 0, 0)), S1, "5306132001")
    assert [(kode, *pair) for _, kode, _, *pair in found] == [
        ("OD-PS-PAUD", 23, 34),
        ("OD-PS-SD", 44, 45),
        ("OD-PS-SMP", 2, 3),
        ("OD-PS-SMA", 0, 0),
    ]


def test_more_pupils_than_children_are_refused_by_cell() -> None:
    """The sample row of OpenDK's own template."""
    found = refusals(xlsx(opendk.PUTUS, opendk.CONTOH_PUTUS), periode=S1, desa=D1)
    assert [(baris, kolom) for baris, kolom, _ in found] == [
        (2, "siswa_paud_ra"),
        (2, "siswa_smp_mts"),
        (2, "siswa_sma_ma"),
    ]
    assert "Pembilang 34 melebihi penyebut 23" in found[0][2]


@pytest.mark.parametrize(
    ("header", "row", "kolom", "pesan"),
    [
        (opendk.AKI, (D1, -1, 0), "jumlah_aki", "nol sampai"),
        (opendk.AKI, (D1, 0, 1.5), "jumlah_akb", "bulat"),
        (opendk.AKI, (D1, 0, "dua"), "jumlah_akb", "Bukan angka"),
        (opendk.AKI, ("desa kami", 0, 0), "desa_id", "bukan kode wilayah"),
        (opendk.AKI, ("", 1, 0), "desa_id", "belum diisi"),
        (opendk.IMUNISASI, (D1, 100.5), "cakupan_imunisasi", "100,5% melebihi 100%"),
        (opendk.IMUNISASI, (D1, -3), "cakupan_imunisasi", "nol sampai"),
        ((*opendk.EPIDEMI, "penyakit"), (D1, 3, ""), "penyakit", "belum diisi"),
    ],
)
def test_wrong_cells_are_named(header: Sequence[str], row: Sequence[object], kolom: str, pesan: str) -> None:
    ((baris, where, text),) = refusals(xlsx(header, row), periode=JULI)
    assert (baris, where) == (2, kolom)
    assert pesan in text


def test_half_a_pair_is_refused() -> None:
    ((_, kolom, text),) = refusals(csv(opendk.PUTUS, (1, 2, 3, "", "", "", "", "")), periode=S1, desa=D1)
    assert kolom == "anak_usia_sd_mi"
    assert "siswa_sd_mi dan anak_usia_sd_mi keduanya" in text


def test_eight_rows_of_one_desa_are_seven_conflicts() -> None:
    """OpenDK's own sample: there the last row, 4 and 32, wins in silence."""
    found = refusals(xlsx(opendk.AKI, *opendk.CONTOH_AKI), periode=JULI)
    assert [(baris, kolom) for baris, kolom, _ in found] == [(baris, "desa_id") for baris in range(3, 10)]
    assert {text for _, _, text in found} == {f"Desa {D1} periode {JULI} sudah ada di baris 2. Sisakan satu."}


# Periods and desa


@pytest.mark.parametrize(
    ("names", "cells", "periode"),
    [
        (("bulan", "tahun"), (7, 2025), "2025-07"),
        (("tahun", "bulan"), ("2024", "03"), "2024-03"),
        (("bulan", "tahun"), ("Desember", 2025), "2025-12"),
        (("periode",), ("2025-02",), "2025-02"),
        (("periode", "bulan", "tahun"), ("2025-02", 2, 2025), "2025-02"),
        (("bulan", "tahun"), ("", ""), JULI),  # what was told
    ],
)
def test_a_month_from_columns(names: Sequence[str], cells: Sequence[object], periode: str) -> None:
    assert read(xlsx((*opendk.IMUNISASI, *names), (D1, 34, *cells)), JULI) == [(D1, "OD-IMUN", periode, 34, None)]


def test_semesters_and_desa_from_columns_in_one_file() -> None:
    header = ("desa_id", "semester", "tahun", *opendk.PAUD)
    rows = [(D1, 1, 2025, 34, 23, 12), (D1, 2, 2025, 40, 23, 12), (D2, 1, 2025, 5, 6, 7)]
    found = read(xlsx(header, *rows))
    assert [(kode, periode, n) for kode, indikator, periode, n, _ in found if indikator == "OD-PAUD"] == [
        (D1, "2025-S1", 34),
        (D1, "2025-S2", 40),
        (D2, "2025-S1", 5),
    ]


@pytest.mark.parametrize(
    ("names", "cells", "kolom", "pesan"),
    [
        (("bulan", "tahun"), (13, 2025), "bulan", "angka 1 sampai 12"),
        (("bulan", "tahun"), (7, 25), "tahun", "Periode ditulis"),
        (("bulan", "tahun"), (7, "2025-07"), "tahun", "empat angka"),
        (("bulan", "tahun"), (7, ""), "periode", "Isi bulan dan tahun keduanya"),
        (("bulan", "tahun"), ("", ""), "periode", "belum diisi. Tulis bulan, misalnya 2025-07"),
        (("periode",), ("2025-S1",), "periode", "periode 2025-S1 tidak cocok"),
        (("periode", "bulan", "tahun"), ("2025-02", 3, 2025), "periode", "2025-02 berbeda dari bulan dan tahunnya"),
    ],
)
def test_periods_that_do_not_fit(names: Sequence[str], cells: Sequence[object], kolom: str, pesan: str) -> None:
    ((baris, where, text),) = refusals(xlsx((*opendk.IMUNISASI, *names), (D1, 34, *cells)))
    assert (baris, where) == (2, kolom)
    assert pesan in text


def test_what_is_told_nowhere_is_asked_for_at_once() -> None:
    found = refusals(csv(("jumlah_penderita",), (34,)))
    assert [(baris, kolom) for baris, kolom, _ in found] == [(1, "periode"), (1, "desa_id"), (1, "penyakit")]


def test_what_is_told_must_fit() -> None:
    assert "periode 2025-S1 tidak cocok" in refusals(csv(opendk.AKI), periode=S1)[0][2]
    assert "bukan kode wilayah" in refusals(csv(opendk.PAUD), periode=S1, desa="Desa Kami")[0][2]
    assert "tidak dirinci menurut penyakit" in refusals(csv(opendk.AKI), periode=JULI, penyakit="DBD")[0][2]


def test_without_the_catalogue_the_way_to_load_it_is_told() -> None:
    Indikator.objects.filter(kode="OD-AKB").delete()
    assert "OD-AKB belum ada di katalog" in refusals(csv(opendk.AKI), periode=JULI)[0][2]


# Diseases


def test_patients_of_several_diseases_add_up() -> None:
    header = (*opendk.EPIDEMI, "penyakit_id", "penyakit")
    rows = [(D1, 34, 1, "DBD"), (D2, 3, 1, "DBD"), (D1, 12, 2, "Diare"), (D1, 1, "", "Malaria")]
    assert read(xlsx(header, *rows), JULI) == [
        (D1, "OD-PENYAKIT", JULI, 47, None),
        (D2, "OD-PENYAKIT", JULI, 3, None),
    ]


def test_the_same_disease_twice_is_refused() -> None:
    file = csv((*opendk.EPIDEMI, "penyakit"), (D1, 34, "DBD"), (D1, 12, "Diare"), (D1, 3, "dbd"))
    ((baris, _, text),) = refusals(file, periode=JULI)
    assert baris == 4
    assert "penyakit dbd periode 2025-07 sudah ada di baris 2" in text


def test_a_disease_may_be_told_for_the_whole_file() -> None:
    rows = [*zip(DESA, (34, 44, 12, 3, 67, 3, 3, 3), strict=True)]
    assert [n for *_, n, _ in read(csv(opendk.EPIDEMI, *rows), JULI, penyakit="DBD")] == [34, 44, 12, 3, 67, 3, 3, 3]

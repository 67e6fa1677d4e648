"""What an import leaves behind: exactly what differs, at once, and nothing when it is only a preview."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, BarisAPBDes, KualitasBelanja, TotalAPBDes
from tests.factories import BerkasImporFactory
from tests.layanan_dasar.berkas import (
    A1,
    A2,
    X1,
    akun,
    apbdes_utuh,
    baris_tersimpan,
    belanja,
    ditolak,
    impor,
    isi_tabel,
    nilai,
    total_tersimpan,
)


pytestmark = pytest.mark.usefixtures("acuan", "wilayah")


def counts(hasil: Any) -> tuple[int, int, int, int, int]:
    return hasil.baru, hasil.berubah, hasil.dihapus, hasil.sama, hasil.apbdes_berubah


def stored() -> tuple[list[tuple[object, ...]], list[dict[str, Any]]]:
    """All that an import decides, without keys and times."""
    budget = ("desa__kode", "tahun", "jenis")
    below = [f"apbdes__{name}" for name in budget]
    rows = [
        *APBDes.objects.values_list(*budget, "berlaku", "cakupan_belanja", "cakupan_pendapatan", "per_tanggal"),
        *BarisAPBDes.objects.values_list(*below, "kode_kegiatan", "kode_rekening", "sumber_dana", "anggaran"),
        *TotalAPBDes.objects.values_list(*below, "kode", "anggaran"),
    ]
    return sorted(rows, key=repr), nilai(KualitasBelanja)


# The same, more, less


def test_the_same_file_again_touches_no_row() -> None:
    rows = [*apbdes_utuh(), akun("4", 1000), *apbdes_utuh(kode_desa=A2, jenis="perubahan")]
    assert counts(impor(rows)) == (10, 0, 0, 0, 2)
    before = isi_tabel()
    assert counts(impor(rows)) == (0, 0, 0, 10, 0)
    assert isi_tabel() == before


def test_one_changed_amount_updates_exactly_that_line() -> None:
    impor(apbdes_utuh())
    before = isi_tabel([BarisAPBDes])
    ids = set(BarisAPBDes.objects.values_list("id", flat=True))
    rows = [belanja(601), *(row for row in apbdes_utuh() if row["kode_kegiatan"] != "02.02.02")]
    assert counts(impor(rows)) == (0, 1, 0, 4, 1)
    (table,) = before
    assert len(isi_tabel([BarisAPBDes])[table] - before[table]) == 1
    assert set(BarisAPBDes.objects.values_list("id", flat=True)) == ids
    assert ("02.02.02", "5.2.1.01", "DDS", 601) in baris_tersimpan()


@pytest.mark.parametrize(
    "change", [{"nama_kegiatan": "Posyandu Melati"}, {"realisasi_s1": 0}, {"realisasi_s2": 5}, {"anggaran": 599}]
)
def test_whatever_a_line_says_counts_as_change(change: dict[str, object]) -> None:
    impor([belanja()])
    assert counts(impor([belanja() | change])) == (0, 1, 0, 0, 1)


def test_a_line_that_left_the_file_is_deleted() -> None:
    impor(apbdes_utuh())
    assert counts(impor(apbdes_utuh()[:2])) == (0, 0, 3, 2, 1)
    assert [kode for _, kode, _, _ in baris_tersimpan()] == ["4.2.1", "5.2.1.01"]


def test_a_new_line_joins_the_others() -> None:
    impor(apbdes_utuh())
    assert counts(impor([*apbdes_utuh(), belanja(5, sumber_dana="ADD")])) == (1, 0, 0, 5, 1)
    assert len(baris_tersimpan()) == 6


def test_another_rekening_is_a_line_removed_and_a_line_added() -> None:
    impor([belanja()])
    assert counts(impor([belanja(kode_rekening="5.2.2.01")])) == (1, 0, 1, 0, 1)
    assert baris_tersimpan() == [("02.02.02", "5.2.2.01", "DDS", 600)]


def test_a_control_row_that_came_or_went_changes_the_budget_but_no_line() -> None:
    impor([belanja()])
    before = isi_tabel([BarisAPBDes])
    assert counts(impor([belanja(), akun("5", 600)])) == (0, 0, 0, 1, 1)
    assert total_tersimpan() == {"5": 600}
    assert counts(impor([belanja()])) == (0, 0, 0, 1, 1)
    assert total_tersimpan() == {}
    assert isi_tabel([BarisAPBDes]) == before


def test_a_new_reporting_date_changes_the_budget() -> None:
    impor([belanja()])
    assert counts(impor([belanja(per_tanggal="2025-06-30")])) == (0, 0, 0, 1, 1)
    assert APBDes.objects.get().per_tanggal == datetime.date(2025, 6, 30)
    assert counts(impor([belanja(per_tanggal="2025-06-30")])) == (0, 0, 0, 1, 0)


def test_control_rows_of_a_budget_that_did_not_change_stay() -> None:
    same = [belanja(kode_desa=A2), akun("5", 600, kode_desa=A2)]
    impor([belanja(), *same])
    before = isi_tabel([TotalAPBDes])
    assert counts(impor([belanja(601), *same])) == (0, 1, 0, 1, 1)
    assert isi_tabel([TotalAPBDes]) == before


def test_of_two_desa_only_the_changed_one_is_marked_and_recomputed(wilayah: dict[str, Wilayah]) -> None:
    first = BerkasImporFactory(wilayah=wilayah["11.01.01"])
    second = BerkasImporFactory(wilayah=wilayah["11.01.01"])
    rows = [belanja(), belanja(kode_desa=A2)]
    impor(rows, berkas=first)
    untouched = _of_desa(A2)
    assert counts(impor([belanja(700), rows[1]], berkas=second)) == (0, 1, 0, 1, 1)
    assert _of_desa(A2) == untouched
    assert dict(APBDes.objects.values_list("desa__kode", "berkas_id")) == {A1: second.pk, A2: first.pk}
    assert KualitasBelanja.objects.get(wilayah__kode=A1).belanja_anggaran == 700
    assert KualitasBelanja.objects.get(wilayah__kode="11.01.01").belanja_anggaran == 1300


def _of_desa(kode: str) -> tuple[dict[str, Any], dict[str, Any]]:
    budget = APBDes.objects.filter(desa__kode=kode).values().get()
    return budget, KualitasBelanja.objects.filter(wilayah__kode=kode).values().get()


def test_a_budget_that_is_not_in_the_file_stays() -> None:
    impor([belanja(), belanja(tahun=2024), belanja(kode_desa=A2)])
    impor([belanja(700)])
    assert [anggaran for *_, anggaran in baris_tersimpan()] == [600, 600, 700]


@settings(max_examples=8, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(13)))
def test_the_order_of_the_lines_does_not_matter(order: list[int]) -> None:
    rows = [
        *apbdes_utuh(per_tanggal="2025-06-30"),
        *apbdes_utuh(jenis="perubahan"),
        belanja(kode_desa=A2, per_tanggal="2025-12-31"),
        akun("4", 1000),
        akun("6", 30),
    ]
    results = []
    for lines in (rows, [rows[position] for position in order]):
        with transaction.atomic():
            hasil = impor(lines)
            results.append((hasil, stored()))
            transaction.set_rollback(True)
    assert results[0] == results[1]


# Which budget is in force


def in_force() -> list[tuple[str, int, str]]:
    return sorted(APBDes.objects.published().values_list("desa__kode", "tahun", "jenis"))


def test_the_amended_budget_comes_into_force_and_the_original_steps_down() -> None:
    impor([belanja()])
    assert in_force() == [(A1, 2025, "awal")]
    impor([belanja(500, jenis="perubahan")])
    assert in_force() == [(A1, 2025, "perubahan")]
    assert KualitasBelanja.objects.get(wilayah__kode=A1).belanja_anggaran == 500


def test_an_original_that_comes_after_its_amendment_is_not_in_force() -> None:
    impor([belanja(500, jenis="perubahan")])
    impor([belanja()])
    assert in_force() == [(A1, 2025, "perubahan")]
    assert KualitasBelanja.objects.get(wilayah__kode=A1).belanja_anggaran == 500


def test_both_in_one_file() -> None:
    impor([belanja(), belanja(500, jenis="perubahan"), belanja(tahun=2024), belanja(kode_desa=A2)])
    assert in_force() == [(A1, 2024, "awal"), (A1, 2025, "perubahan"), (A2, 2025, "awal")]


# Result rows


def test_the_desa_and_all_regions_above_it_are_computed_at_once() -> None:
    impor([*apbdes_utuh(), *apbdes_utuh(kode_desa=X1)])
    rows = {row.wilayah.kode: row for row in KualitasBelanja.objects.select_related("wilayah")}
    assert set(rows) == {"0", "11", "11.01", "11.01.01", A1, "99", "99.01", "99.01.01", X1}
    assert {row.inti_kes_anggaran for row in rows.values()} == {600}
    assert {row.belanja_anggaran for row in rows.values()} == {1030}  # the nation counts no demo region
    assert {row.n_apbdes for row in rows.values()} == {1}


def test_every_year_of_the_file_is_computed() -> None:
    impor([belanja(tahun=2024), belanja(700, kode_desa=A2, tahun=2024), belanja()])
    alfa = KualitasBelanja.objects.filter(wilayah__kode="11.01.01")
    assert dict(alfa.values_list("tahun", "belanja_anggaran")) == {2024: 1300, 2025: 600}


# Preview


def test_a_preview_stores_nothing_and_counts_what_saving_will_change() -> None:
    impor(apbdes_utuh())
    before = isi_tabel()
    rows = [belanja(601), *apbdes_utuh()[2:], belanja(kode_desa=A2)]
    preview = impor(rows, simpan=False)
    assert isi_tabel() == before
    assert counts(preview) == (1, 1, 1, 3, 2)
    assert impor(rows).as_json() == preview.as_json()


def test_control_totals_of_each_budget() -> None:
    impor(apbdes_utuh())
    hasil = impor([*apbdes_utuh(), belanja(7, kode_desa=A2)], simpan=False)
    assert hasil.apbdes == [
        {"kode_desa": A1, "nama_desa": "A1", "tahun": 2025, "jenis": "awal", "pendapatan": 1000, "belanja": 1030,
         "pembiayaan": 30, "baru": 0, "berubah": 0, "dihapus": 0, "sama": 5},
        {"kode_desa": A2, "nama_desa": "A2", "tahun": 2025, "jenis": "awal", "pendapatan": None, "belanja": 7,
         "pembiayaan": None, "baru": 1, "berubah": 0, "dihapus": 0, "sama": 0},
    ]  # fmt: skip


def test_a_refused_file_leaves_stored_budgets_alone() -> None:
    impor(apbdes_utuh())
    assert len(ditolak([belanja(601), belanja("x", kode_rekening="5.2.2.01")])) == 1
